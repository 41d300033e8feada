"""What every request needs: assistant, settings, access rules, question log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from starlette.exceptions import HTTPException

from app.access import Access, Session, is_loopback
from app.answers import Answer
from app.feedback.store import Feedback
from app.memo.content import Occasion, make_memo
from app.memo.formats import Format, write
from app.settings import Settings
from app.web.asked import EARLIER, QUESTION_LENGTH, Asked
from app.web.pictures import Pictures
from app.web.questionlog import QuestionLog
from app.web.turns import Turns

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from app.assistant import Assistant

T = TypeVar("T")

COOKIE = "auskunft_sitzung"
QUESTION_LIMIT = QUESTION_LENGTH
UPLOAD_LIMIT = 50 * 1024 * 1024
HISTORY_LIMIT = EARLIER
# Changes wait for one another and for an ingest, which may take long; each of them holds an uploaded file.
WAITING_CHANGES = 16
# Answers that are given again: for a Vermerk, or because somebody objects.
WAITING_PAPERS = 32
_BUSY_PAPERS = "Gerade sind zu viele Anfragen in Arbeit. Bitte gleich noch einmal versuchen."
_BUSY = "Es warten schon zu viele Uploads und Änderungen. Bitte in einer Minute noch einmal versuchen."


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of one running server. `host` is the bind address."""

    assistant: Assistant
    settings: Settings
    access: Access
    questions: QuestionLog
    host: str
    pictures: Pictures
    feedback: Feedback
    changes: Turns = field(default_factory=lambda: Turns(1, WAITING_CHANGES, _BUSY, 60))
    papers: Turns = field(default_factory=lambda: Turns(2, WAITING_PAPERS, _BUSY_PAPERS, 5))

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        as_of: str | None = None,
        lang: str | None = None,
        id: str | None = None,
    ) -> Answer:
        """One answer; the question is written down only if the settings say so."""
        try:
            answer = self.assistant.ask(question, history=list(history)[-HISTORY_LIMIT:], as_of=as_of, lang=lang)
        except Exception:
            self.questions.add(question)
            raise
        self.questions.add(question, answer.status, answer.standalone_question)
        self.feedback.tidy()
        return replace(answer, id=id) if id is not None else answer

    async def again(self, asked: Asked, use: Callable[[Answer], T]) -> T:
        """What `use` makes of the answer to what was asked before; nothing is written down. Raises Busy."""
        return await self.papers.run(lambda: use(self.answer_again(asked)))

    def answer_again(self, asked: Asked) -> Answer:
        """The answer as it was given, unless the collection has changed since."""
        return self.assistant.ask(
            asked.question, history=list(asked.history), as_of=asked.as_of, lang=asked.lang, today=asked.day
        )

    def memo(self, answer: Answer, occasion: Occasion, format: Format) -> bytes:
        """A Vermerk of an answer."""
        return write(make_memo(answer, self.assistant.state(), occasion), format)

    @property
    def name(self) -> str:
        """What this service calls itself, with its programme."""
        return " · ".join(filter(None, (self.settings.title, self.settings.programme)))

    async def upload(self, name: str, file: BinaryIO) -> dict[str, Any]:
        """Take one file in; the report of the contract. Raises HTTPException where it is too large, Busy."""
        return await self.changes.run(lambda: self._upload(name, file))

    async def remove(self, id: str) -> list[str]:
        """Withdraw one document. Raises DocumentNotFound, Busy."""
        return await self.changes.run(lambda: self.assistant.remove([id]))

    async def forget(self, id: str) -> list[str]:
        """Delete one document for good. Raises DocumentNotFound, Busy."""
        return await self.changes.run(lambda: self._forget(id))

    def _upload(self, name: str, file: BinaryIO) -> dict[str, Any]:
        """Only the upload whose turn it is lies in memory."""
        data = file.read(UPLOAD_LIMIT + 1)
        if len(data) > UPLOAD_LIMIT:
            raise HTTPException(413)
        return self.assistant.ingest_upload(name, data).to_json()

    def _forget(self, id: str) -> list[str]:
        document, _ = self.assistant.document(id)
        forgotten = self.assistant.forget([document.id])
        self.pictures.forget(document.sha256)
        return forgotten

    def session(self, request: HTTPConnection) -> Session | None:
        """The session of a browser."""
        return self.access.session(request.cookies.get(COOKIE))


def client_address(request: HTTPConnection) -> str:
    """Where a request comes from, for counting failed logins."""
    return request.client.host if request.client else "unknown"
