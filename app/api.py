"""The HTTP API: `/api/v1/…`, the same JSON as the command line. Its description is at `/api/docs`."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from app import __version__
from app.api_base import Current
from app.api_register import router  # with all other routes, which come before the one that takes what is left
from app.memo.content import Occasion
from app.memo.formats import Format
from app.web.apidocs import docs_page
from app.web.memo import memo_response
from app.web.service import QUESTION_LIMIT

__all__ = ["description", "router"]

_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=QUESTION_LIMIT)]
Date = Annotated[str, StringConstraints(pattern=_DATE)]
Name = Annotated[str, StringConstraints(max_length=200)]

HISTORY_LIMIT = 30
# Answers at the same time; whoever comes then waits, and after a while is asked to come again.
CONCURRENT_ANSWERS = 4
WAIT_SECONDS = 30.0
_answering = threading.BoundedSemaphore(CONCURRENT_ANSWERS)


class AskBody(BaseModel):
    """A question; `history` holds the earlier questions of the conversation, oldest first."""

    model_config = ConfigDict(extra="ignore")

    question: Text
    id: Name | None = None
    history: list[Annotated[str, StringConstraints(max_length=QUESTION_LIMIT)]] = Field([], max_length=HISTORY_LIMIT)
    as_of: Date | None = None
    lang: Annotated[str, StringConstraints(pattern="^(de|en)$")] | None = None


class MemoBody(AskBody):
    """A question whose answer is wanted as a document."""

    format: Format = "pdf"


class SearchBody(BaseModel):
    """A query for ranked passages, narrowed by publication date and kind."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    query: Text
    id: Name | None = None
    k: int = Field(10, ge=1, le=100)
    published_from: Date | None = Field(None, alias="from")
    published_to: Date | None = Field(None, alias="to")
    kind: Name | None = None


@contextmanager
def _turn() -> Iterator[None]:
    if not _answering.acquire(timeout=WAIT_SECONDS):
        raise HTTPException(503, "Gerade sind zu viele Fragen in Arbeit.", {"Retry-After": "5"})
    try:
        yield
    finally:
        _answering.release()


@router.post("/v1/ask", summary="Eine Frage, eine belegte Antwort")
def ask(body: AskBody, service: Current) -> JSONResponse:
    """One cited answer."""
    with _turn():
        answer = service.ask(body.question, body.history, body.as_of, body.lang, body.id)
    return JSONResponse(answer.to_json())


@router.post("/v1/vermerk", summary="Eine Frage, die Antwort als Vermerk (PDF oder DOCX)", response_class=Response)
def memo(body: MemoBody, service: Current) -> Response:
    """The cited answer as a document: question, answer, quotes, sources, state of the collection."""
    today = datetime.date.today()
    with _turn():
        answer = service.ask(body.question, body.history, body.as_of, body.lang)
        occasion = Occasion(today, today, body.as_of, tuple(body.history), service.name)
        data = service.memo(answer, occasion, body.format)
    return memo_response(data, body.question, body.format)


@router.post("/v1/search", summary="Passagen suchen")
def search(body: SearchBody, service: Current) -> JSONResponse:
    """Ranked passages."""
    hits = service.assistant.search(
        body.query,
        k=body.k,
        published_from=body.published_from,
        published_to=body.published_to,
        kind=body.kind,
    )
    return JSONResponse({"id": body.id, "query": body.query, "hits": [hit.to_json() for hit in hits]})


@router.get("/v1/health", summary="Läuft der Server, und womit?")
def health(service: Current) -> JSONResponse:
    """State of the server and its collection."""
    state = service.assistant.state()
    body = {
        "status": "ok",
        "version": __version__,
        "documents": state.documents,
        "passages": state.passages,
        "newest": state.newest,
    }
    return JSONResponse(body)


@router.get("/openapi.json", include_in_schema=False)
def openapi() -> JSONResponse:
    """The machine-readable description."""
    return JSONResponse(description())


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """The description as a page of our own: no script or style from elsewhere."""
    return docs_page(description(), request)


@router.get("", include_in_schema=False)
def start() -> Response:
    """The description is the front door."""
    return RedirectResponse("/api/docs")


@router.api_route("/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
def unknown(request: Request, rest: str) -> Response:
    """Whatever else is asked for below /api: another method of a known address, or nothing."""
    partial = [route for route in router.routes if route.matches(request.scope)[0] is Match.PARTIAL]
    allowed = sorted({method for route in partial if isinstance(route, Route) for method in route.methods or ()})
    if allowed:
        raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
    raise HTTPException(404)


def description() -> dict[str, Any]:
    """The OpenAPI document of these routes."""
    text = "Belegte Antworten aus eigenen Dokumenten. Ändernde Aufrufe brauchen »Authorization: Bearer <token>«."
    return get_openapi(title="Auskunft", version=__version__, description=text, routes=router.routes)
