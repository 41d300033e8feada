"""The routes of objections: the form for everybody who may read, the list for maintainers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.answers import Answer
from app.feedback.case import case_line
from app.feedback.grouping import group
from app.feedback.store import FeedbackFull, UnknownReport
from app.web.asked import Asked, read_asked
from app.web.feedback import form as forms
from app.web.feedback.listing import CASE, DONE, PATH, Listing, listing_html
from app.web.frame import Frame, error_page, frame_of, page
from app.web.service import Service
from app.web.strings import LANGUAGES, strings
from app.web.texts import login_html
from ingest.errors import DataError

_STYLES = ("feedback.css",)


def feedback_routes() -> APIRouter:
    """The routes, once for each language."""
    router = APIRouter(include_in_schema=False)
    for lang in LANGUAGES:
        prefix = strings(lang).prefix
        router.add_api_route(prefix + forms.PATH, form, methods=["GET"])
        router.add_api_route(prefix + forms.PATH, send, methods=["POST"])
        router.add_api_route(f"{prefix}{forms.PATH}/danke", thanks, methods=["GET"])
        router.add_api_route(prefix + PATH, listing, methods=["GET"])
        router.add_api_route(f"{prefix}{PATH}/{{id}}{DONE}", settle, methods=["POST"])
        router.add_api_route(f"{prefix}{PATH}/{{id}}{CASE}", case, methods=["GET"])
    return router


async def form(request: Request, teil: int = 0) -> Response:
    """The form for the answer of the address; `teil=1` gives the panel's content only. Raises InputError, Busy."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    asked = read_asked(request.query_params, frame.t.lang, datetime.date.today())
    days = service.settings.retention_days
    body = await service.again(asked, lambda answer: forms.form_html(asked, answer, days, frame.t))
    return _shown(frame, body, bool(teil))


async def send(request: Request, teil: int = 0) -> Response:
    """Stores an objection; only from a page of ours (see `app.web.security`). Raises InputError, Busy."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    sent = await request.form()
    asked = read_asked(sent, frame.t.lang, datetime.date.today())
    problem = await service.again(asked, partial(_stored, service, asked, sent, frame))
    if problem:
        return _shown(frame, problem, bool(teil), 422)
    if teil:
        return _shown(frame, forms.thanks_html(frame.t), True)
    return RedirectResponse(frame.link(f"{forms.PATH}/danke"), 303)


def _stored(service: Service, asked: Asked, sent: FormData, frame: Frame, answer: Answer) -> str:
    """Stores the objection to an answer; where that cannot be, the page that says why."""
    given = {name: value for name, value in sent.items() if isinstance(value, str)}
    objection = forms.read_objection(given, answer, frame.t)
    if objection.problem:
        return forms.form_html(asked, answer, service.settings.retention_days, frame.t, objection)
    try:
        service.feedback.add(asked, answer, objection.reason, objection.text)
    except (FeedbackFull, DataError) as error:
        return forms.problem_html(error.message, error.hint, frame.t)
    return ""


def thanks(request: Request) -> Response:
    """That it was stored."""
    frame = frame_of(request)
    return _shown(frame, forms.thanks_html(frame.t), False)


def _shown(frame: Frame, body: str, part: bool, status: int = 200) -> Response:
    if part:
        return HTMLResponse(forms.panel_part(body, frame.t), status)
    back = f'<p><a href="{frame.link("/")}">{frame.t("source_back")}</a></p>'
    return page(frame, frame.t("feedback_title"), forms.page_part(body) + back, status, styles=_STYLES)


def listing(request: Request, erledigte: int = 0, getan: str = "") -> Response:
    """Objections and unanswered questions; only for maintainers."""

    def shown(service: Service, frame: Frame) -> Response:
        groups = group(service.questions.unanswered()) if service.settings.log_questions else None
        known = frozenset(row.id for row in service.assistant.documents(withdrawn=True))
        found = Listing(service.feedback.reports(done=bool(erledigte)), bool(erledigte), groups, known, getan)
        return page(frame, frame.t("feedback_list_title"), listing_html(found, frame), styles=_STYLES)

    return _allowed(request, shown)


async def settle(request: Request, id: str) -> Response:
    """Marks an objection as dealt with; only with a session, and only from a page of ours."""

    def settled(service: Service, frame: Frame) -> Response:
        session = service.session(request)
        service.feedback.settle(id, session.name if session else "")
        return RedirectResponse(frame.link(f"{PATH}?getan={id}#meldung"), 303)

    return await run_in_threadpool(_allowed, request, settled)


def case(request: Request, id: str) -> Response:
    """An objection as a case of the eval set, to be completed."""

    def made(service: Service, _frame: Frame) -> Response:
        report = service.feedback.report(id)
        line = case_line(report, lambda document: service.assistant.document(document)[0])
        headers = {"Content-Disposition": f'attachment; filename="feedback-{report.id}.jsonl"'}
        return Response(f"{line}\n", media_type="application/jsonl; charset=utf-8", headers=headers)

    return _allowed(request, made)


def _allowed(request: Request, answer: Callable[[Service, Frame], Response]) -> Response:
    """What `answer` gives to a maintainer; the login for everybody else."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    if not frame.signed_in:
        body = login_html(frame, frame.t("feedback_login_needed"), frame.link(PATH))
        return page(frame, frame.t("login_title"), body, status=403)
    try:
        return answer(service, frame)
    except UnknownReport:
        return error_page(request, 404, "", "")
