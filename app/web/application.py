"""Puts the web application together: API, pages, static files, and the chat in both languages."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from app import __version__
from app.access import Access
from app.api import router
from app.feedback.store import Feedback
from app.web import chat
from app.web.feedback.routes import feedback_routes
from app.web.frame import ASSETS, bottom, frame_of, head, panel, top
from app.web.gate import GradioGate, Wrapping
from app.web.memo import memo_routes
from app.web.pages import page_routes, redeem
from app.web.pictures import Pictures
from app.web.problems import install_problem_handlers
from app.web.quality.page import quality_routes
from app.web.questionlog import QuestionLog
from app.web.register.routes import register_routes
from app.web.security import Security
from app.web.service import Service
from app.web.start import samples_html, start_html
from app.web.strings import LANGUAGES, strings

if TYPE_CHECKING:
    from app.assistant import Assistant


def make_service(assistant: Assistant, host: str) -> Service:
    """The parts of a server for one assistant."""
    settings = assistant.settings
    pictures = Pictures(assistant.page_picture)
    return Service(assistant, settings, Access(settings), QuestionLog(settings), host, pictures, Feedback(settings))


def create_app(service: Service) -> Security:
    """The complete ASGI application."""
    app = FastAPI(title="Auskunft", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.service = service
    install_problem_handlers(app)
    app.include_router(router)
    app.mount(ASSETS, StaticFiles(directory=str(files("app.web").joinpath("static"))), name="assets")
    app.include_router(page_routes())
    app.include_router(register_routes())
    app.include_router(quality_routes())
    app.include_router(memo_routes())
    app.include_router(feedback_routes())
    for lang in reversed(LANGUAGES):  # German stands at the root and catches what is left
        _mount_chat(app, service, lang)
    return Security(app, service)


def _mount_chat(app: FastAPI, service: Service, lang: str) -> None:
    path = strings(lang).prefix or "/"
    if path != "/":
        app.add_route(path, partial(_with_slash, path))
    gr.mount_gradio_app(
        app,
        chat.build_chat(service, strings(lang)),
        path=path,
        show_error=False,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        enable_monitoring=False,
        max_file_size=1,
        theme=chat.theme(),
    )
    mount = app.routes[-1]
    assert isinstance(mount, Mount)
    mount.app = GradioGate(mount.app, partial(_wrapping, service), redeem)


async def _with_slash(path: str, request: HTTPConnection) -> RedirectResponse:
    """Relative addresses in Gradio's page need the slash."""
    return RedirectResponse(f"{path}/")


def _wrapping(service: Service, request: HTTPConnection) -> Wrapping:
    """What stands around the chat: frame, state of the collection, sample questions."""
    frame = frame_of(request)
    return Wrapping(
        lang=frame.t.lang,
        head=head(frame, frame.t("ask_title")),
        before=f'{top(frame)}<div class="buehne chat"><div class="haupt">{start_html(service, frame)}',
        after=f"{samples_html(service, frame)}</div>{panel(frame)}</div>{bottom(frame)}",
    )
