"""What every request needs: assistant, settings, access rules, question log."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.access import Access, Session, is_loopback
from app.answers import Answer
from app.settings import Settings
from app.web.questionlog import QuestionLog

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from app.assistant import Assistant

COOKIE = "auskunft_sitzung"
QUESTION_LIMIT = 2000
UPLOAD_LIMIT = 50 * 1024 * 1024
HISTORY_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of one running server. `host` is the bind address."""

    assistant: Assistant
    settings: Settings
    access: Access
    questions: QuestionLog
    host: str
    writing: threading.Lock = field(default_factory=threading.Lock)

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

    def upload(self, name: str, data: bytes) -> dict[str, Any]:
        """Take one file in; the report of the contract."""
        with self.writing:
            report: dict[str, Any] = self.assistant.ingest_upload(name, data).to_json()
        return report

    def remove(self, id: str) -> list[str]:
        """Withdraw one document. Raises DocumentNotFound."""
        with self.writing:
            self.assistant.document(id)
            return self.assistant.remove([id])

    def session(self, request: HTTPConnection) -> Session | None:
        """The session of a browser."""
        return self.access.session(request.cookies.get(COOKIE))


def client_address(request: HTTPConnection) -> str:
    """Where a request comes from, for counting failed logins."""
    return request.client.host if request.client else "unknown"
