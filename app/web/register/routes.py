"""The routes of the register: list, one statement, decisions about it, export."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.register.rows import Row
from app.web.frame import error_page, frame_of, page
from app.web.register.corrections import Wish, read_wish
from app.web.register.export import csv_response
from app.web.register.page import EXPORT_PATH, register_html, statement_html
from app.web.register.query import PATH, read_query
from app.web.register.review import DECIDE
from app.web.register.table import row_url
from app.web.register.view import look
from app.web.service import Service
from app.web.strings import LANGUAGES, strings
from app.web.texts import login_html
from index.register import Decision
from ingest.errors import DocumentNotFound, InputError

_STYLES = ("register.css",)


def register_routes() -> APIRouter:
    """The routes, once for each language."""
    router = APIRouter(include_in_schema=False)
    for lang in LANGUAGES:
        prefix = strings(lang).prefix
        router.add_api_route(prefix + PATH, register, methods=["GET"])
        router.add_api_route(prefix + EXPORT_PATH, export, methods=["GET"])
        router.add_api_route(f"{prefix}{PATH}/{{id}}", statement, methods=["GET"])
        router.add_api_route(f"{prefix}{PATH}/{{id}}{DECIDE}", decide, methods=["POST"])
    return router


def register(request: Request, getan: str = "") -> Response:
    """The list under the filters of the address; `getan` names the row that a decision was just made about."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    query = read_query(request.query_params, sees_hidden=frame.signed_in)
    decided = _row(service, getan)[0] if getan and frame.signed_in else None
    body = register_html(look(service.assistant, query, frame.t), frame, decided)
    return page(frame, frame.t("register_title"), body, scripts=("register.js",), styles=_STYLES)


def export(request: Request) -> Response:
    """The rows of the list, all pages of it, as a file for spreadsheets."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    query = read_query(request.query_params, sees_hidden=frame.signed_in)
    return csv_response(look(service.assistant, query, frame.t).rows, frame.t)


def statement(request: Request, id: str, getan: str = "") -> Response:
    """One statement with its sentence. Hidden ones are for maintainers."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    row, decisions = _row(service, id)
    if row is None or (row.hidden and not frame.signed_in):
        return error_page(request, 404, "", "")
    body = statement_html(row, decisions, frame, said=bool(getan) and frame.signed_in)
    return page(frame, row.fact.subject, body, styles=_STYLES)


async def decide(request: Request, id: str) -> Response:
    """Notes a decision; only with a session, and only from a page of ours (see `app.web.security`)."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    return await run_in_threadpool(_decide, request, id, form)


def _decide(request: Request, id: str, form: dict[str, str]) -> Response:
    service: Service = request.app.state.service
    frame = frame_of(request)
    t, session = frame.t, service.session(request)
    if session is None:
        body = login_html(frame, t("register_login_needed"), f"{t.prefix}{PATH}")
        return page(frame, t("login_title"), body, status=403)
    row, decisions = _row(service, id)
    if row is None:
        return error_page(request, 404, "", "")
    wish = read_wish(form, row, t)
    problem = wish.problem or _carried_out(service, row, wish, session.name)
    if problem:
        body = statement_html(row, decisions, frame, problem)
        return page(frame, row.fact.subject, body, status=422, styles=_STYLES)
    back = form.get("zurueck", "")
    # Only addresses of the register: whatever else a form may hold would lead elsewhere.
    target = back if back == t.prefix + PATH or back.startswith(f"{t.prefix}{PATH}?") else row_url(row, t)
    return RedirectResponse(f"{target}{'&' if '?' in target else '?'}getan={row.id}#meldung", 303)


def _carried_out(service: Service, row: Row, wish: Wish, who: str) -> str:
    """Notes the decision; what is wrong with it where the register refuses it."""
    try:
        service.assistant.decide(row.id, wish.action, who=who, note=wish.note, change=wish.change)
    except InputError as error:
        return f"{error.message} {error.hint}"
    return ""


def _row(service: Service, id: str) -> tuple[Row | None, list[Decision]]:
    try:
        return service.assistant.fact(id)
    except DocumentNotFound:
        return None, []
