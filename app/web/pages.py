"""The plain pages: documents, source, help, legal pages, login. They work without Gradio, most without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.access import AccessError
from app.assistant import Assistant
from app.web.flaws import flaws_of
from app.web.frame import Frame, error_page, frame_of, page
from app.web.library import Collection, documents_html
from app.web.markup import esc
from app.web.pagemarks import Places
from app.web.picture_route import picture
from app.web.service import COOKIE, Service, client_address
from app.web.source import Beside, Span, panel_html, source_html
from app.web.strings import LANGUAGES, strings
from app.web.texts import accessibility_html, help_html, imprint_html, login_html, privacy_html
from app.web.versions import difference_html, difference_url, neighbours
from ingest.errors import DocumentNotFound, InputError
from ingest.types import Document

_LEGAL: dict[str, tuple[str, Callable[[Frame], str]]] = {
    "/hilfe": ("help_title", help_html),
    "/impressum": ("imprint_title", imprint_html),
    "/datenschutz": ("privacy_title", privacy_html),
    "/barrierefreiheit": ("accessibility_title", accessibility_html),
}


def page_routes() -> APIRouter:
    """The routes of all pages, once for each language."""
    router = APIRouter(include_in_schema=False)
    for lang in LANGUAGES:
        prefix = strings(lang).prefix
        for path in _LEGAL:
            router.add_api_route(prefix + path, legal, methods=["GET"])
        router.add_api_route(f"{prefix}/dokumente", documents, methods=["GET"])
        router.add_api_route(f"{prefix}/quelle/{{id}}", source, methods=["GET"])
        router.add_api_route(f"{prefix}/quelle/{{id}}/aenderungen", difference, methods=["GET"])
        router.add_api_route(f"{prefix}/anmelden", login_page, methods=["GET"])
        router.add_api_route(f"{prefix}/anmelden", login, methods=["POST"])
        router.add_api_route(f"{prefix}/abmelden", logout, methods=["POST"])
    router.add_api_route("/quelle/{id}/seite/{page}.png", page_picture, methods=["GET"])
    return router


def legal(request: Request) -> Response:
    """Help, imprint, privacy notice or accessibility statement."""
    frame = frame_of(request)
    key, body = _LEGAL[frame.path]
    return page(frame, frame.t(key), body(frame))


def documents(request: Request, zurueckgezogen: int = 0) -> Response:
    """The collection; with the right to change it, also upload, withdrawal and deletion."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    found = _collection(service, service.loopback or frame.signed_in, bool(zurueckgezogen))
    body = documents_html(found, frame, service.loopback)
    return page(frame, frame.t("docs_title"), body, scripts=("documents.js",))


def _collection(service: Service, sees_all: bool, show_withdrawn: bool) -> Collection:
    """Withdrawn documents, and files that failed with their places on the disk, are not for everybody."""
    assistant = service.assistant
    rows = assistant.documents(withdrawn=sees_all)
    return Collection(
        [row for row in rows if row.status != "withdrawn"],
        [row for row in rows if row.status == "withdrawn"],
        assistant.failures() if sees_all else [],
        assistant.activity(),
        show_withdrawn,
    )


def source(
    request: Request, id: str, von: int | None = None, bis: int | None = None, n: int | None = None, teil: int = 0
) -> Response:
    """A document with the characters from `von` to `bis` highlighted; `teil=1` gives the panel's content only."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    try:
        document, _ = service.assistant.document(id)
        valid = von is not None and bis is not None and 0 <= von < bis <= len(document.text)
        span = Span(von or 0, bis or 0, n) if valid else None
        beside = _beside(service.assistant, document, span)
    except DocumentNotFound:
        if teil:
            return HTMLResponse(f"<p>{esc(frame.t('source_missing'))}</p>", 404)
        return error_page(request, 404, "", "")
    if teil:
        return HTMLResponse(panel_html(document, span, frame.t, beside))
    back = f'<p><a href="{frame.link("/")}">{esc(frame.t("source_back"))}</a></p>'
    body = source_html(document, span, frame.t, beside).replace("<h2 ", "<h1 ", 1).replace("</h2>", "</h1>", 1)
    return page(frame, document.title, f'<article class="einzeln">{body}</article>{back}')


def _beside(assistant: Assistant, document: Document, span: Span | None) -> Beside:
    """Its other versions and known flaws; and for a quote in a document with pages, where it stands."""
    found = neighbours(document, assistant.versions(document.id))
    pictured = span is not None and document.pages
    places = Places(*assistant.library.boxes(document.id)) if pictured else Places()
    return Beside(places, found, flaws_of(assistant, document.id))


def difference(request: Request, id: str) -> Response:
    """What a correction changed. For a document that was only replaced: what replaced it changed."""
    assistant: Assistant = request.app.state.service.assistant
    frame = frame_of(request)
    try:
        document, _ = assistant.document(id)
        found = assistant.difference(document.id) if document.status != "withdrawn" else None
        later = neighbours(document, assistant.versions(document.id)).later
    except DocumentNotFound:
        return error_page(request, 404, "", "")
    if found is None:
        return RedirectResponse(difference_url(later, frame.t), 303) if later else error_page(request, 404, "", "")
    back = f'<p><a href="{frame.link("/dokumente")}">{esc(frame.t("difference_back"))}</a></p>'
    return page(frame, frame.t("difference_title"), difference_html(found, frame.t) + back)


async def page_picture(request: Request, id: str, page: int) -> Response:
    """A page of a document as PNG."""
    try:
        return await picture(request, id, page)
    except (DocumentNotFound, InputError):
        return error_page(request, 404, "", "")


def login_page(request: Request, ziel: str = "") -> Response:
    """The form."""
    frame = frame_of(request)
    return page(frame, frame.t("login_title"), login_html(frame, target=ziel))


def login(
    request: Request,
    password: Annotated[str, Form()],
    name: Annotated[str, Form()] = "",
    ziel: Annotated[str, Form()] = "",
) -> Response:
    """Opens a session, or shows the form again with the reason."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    try:
        key = service.access.login(name.strip(), password.strip(), client_address(request))
    except AccessError as error:
        body = login_html(frame, f"{error.message} {error.hint}", ziel)
        return page(frame, frame.t("login_title"), body, status=403)
    # Only addresses of our own: a double slash or backslash would lead elsewhere.
    own = ziel.startswith("/") and not ziel.startswith(("//", "/\\"))
    return _with_session(request, ziel if own else frame.link("/dokumente"), key)


def logout(request: Request) -> Response:
    """Ends the session."""
    service: Service = request.app.state.service
    service.access.logout(request.cookies.get(COOKIE))
    response = RedirectResponse(frame_of(request).link("/dokumente"), 303)
    response.delete_cookie(COOKIE)
    return response


def redeem(request: HTTPConnection, ticket: str) -> Response:
    """The one-time link of `serve`: a session, and the same address without the secret."""
    service: Service = request.app.state.service
    frame = frame_of(request)
    key = service.access.redeem_ticket(ticket)
    if key:
        return _with_session(request, frame.link("/"), key)
    if service.session(request):
        return RedirectResponse(frame.link("/"), 303)
    message = f"{frame.t('login_ticket_used')} {frame.t('login_ticket_hint')}"
    return page(frame, frame.t("login_title"), login_html(frame, message), status=403)


def _with_session(request: HTTPConnection, target: str, key: str) -> Response:
    response = RedirectResponse(target, 303)
    response.set_cookie(COOKIE, key, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/")
    return response
