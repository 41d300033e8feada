"""What every request needs: assistant, settings, access rules, question log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from starlette.exceptions import HTTPException

from app.access import Access, Session, is_loopback
from app.answers import Answer
from app.settings import Settings
from app.web.pictures import Pictures
from app.web.questionlog import QuestionLog
from app.web.turns import Turns

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from app.assistant import Assistant

COOKIE = "auskunft_sitzung"
QUESTION_LIMIT = 2000
UPLOAD_LIMIT = 50 * 1024 * 1024
HISTORY_LIMIT = 20
# Changes wait for one another and for an ingest, which may take long; each of them holds an uploaded file.
WAITING_CHANGES = 16
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
    changes: Turns = field(default_factory=lambda: Turns(1, WAITING_CHANGES, _BUSY, 60))

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
        self.questions.add(question)
        answer = self.assistant.ask(question, history=list(history)[-HISTORY_LIMIT:], as_of=as_of, lang=lang)
        return replace(answer, id=id) if id is not None else answer

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
