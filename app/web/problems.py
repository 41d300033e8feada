"""Errors as RFC 9457 problem documents, for everything below /api and for refusals before a route is reached."""

from __future__ import annotations

import http
import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from app.access import AccessError, TooManyFailures
from app.web.frame import error_page
from ingest.errors import AuskunftError, DataError, DocumentNotFound, FolderFull, InputError, UnsupportedFormat

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("auskunft.web")

# The first class that fits decides.
_STATUS: tuple[tuple[type[AuskunftError], int], ...] = (
    (DocumentNotFound, 404),
    (TooManyFailures, 429),
    (AccessError, 403),
    (UnsupportedFormat, 415),
    (InputError, 422),
    (FolderFull, 507),
    (DataError, 503),
)
_HINTS = {
    401: "Der Zugangsschlüssel steht in der Datei »token« im Datenordner: Authorization: Bearer <token>.",
    404: "Die Adressen der Schnittstelle nennt /api/docs.",
    405: "Die erlaubten Methoden nennt die Kopfzeile Allow; Beschreibung unter /api/docs.",
    413: "Fragen haben höchstens 2.000 Zeichen, Dateien höchstens 50 MB.",
}
_DETAILS = {
    404: "Diese Adresse gibt es nicht.",
    405: "Diese Methode ist hier nicht erlaubt.",
    413: "Die Anfrage ist zu groß.",
}


def problem(status: int, detail: str, hint: str = "", headers: dict[str, str] | None = None, **more: Any) -> Response:
    """A problem document: type, title, status, detail, hint."""
    body = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "hint": hint,
        **more,
    }
    return JSONResponse(body, status, headers, media_type=MEDIA_TYPE)


def status_of(error: AuskunftError) -> int:
    """HTTP status of one of our errors."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def install_problem_handlers(app: FastAPI) -> None:
    """Let `app` answer every error below /api as a problem document, elsewhere as a page."""
    app.add_exception_handler(AuskunftError, _own)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _answer(request: Request, status: int, detail: str, hint: str, **more: Any) -> Response:
    """A problem document below /api, a page elsewhere."""
    if request.url.path.startswith("/api"):
        return problem(status, detail, hint, **more)
    return error_page(request, status, detail, hint)


async def _own(request: Request, error: Exception) -> Response:
    assert isinstance(error, AuskunftError)
    return _answer(request, status_of(error), error.message, error.hint)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # The input itself is left out: it may be a question, and problem documents end up in logs.
    errors = [{"where": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()]
    detail = "; ".join(f"{e['where']}: {e['message']}" for e in errors)
    hint = "Die erwarteten Felder nennt /api/docs."
    return _answer(request, 422, f"Die Anfrage passt nicht: {detail}", hint, errors=errors)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = _DETAILS.get(error.status_code, str(error.detail))
    headers = dict(error.headers) if error.headers else None
    return _answer(request, error.status_code, detail, _HINTS.get(error.status_code, ""), headers=headers)


async def _unexpected(request: Request, error: Exception) -> Response:
    _log.error("unexpected error in %s %s: %s", request.method, request.url.path, type(error).__name__)
    detail = "Im Programm ist ein Fehler aufgetreten."
    return _answer(request, 500, detail, "Die Ausgabe des Programms im Terminal sagt mehr.")
