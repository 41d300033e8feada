"""What surrounds every page: head, skip link, menu, footer. The pages are plain HTML; only the chat is Gradio's."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response

from app import __version__
from app.settings import Settings
from app.web.markup import esc
from app.web.service import Service
from app.web.strings import Strings, strings

ASSETS = "/web"
_MENU = (
    ("/", "nav_ask"),
    ("/dokumente", "nav_documents"),
    ("/register", "nav_register"),
    ("/hilfe", "nav_help"),
)
_MAINTAINER = (("/rueckmeldungen", "nav_feedback"),)
_FOOTER = (
    ("/impressum", "nav_imprint"),
    ("/datenschutz", "nav_privacy"),
    ("/barrierefreiheit", "nav_accessibility"),
    ("/qualitaet", "nav_quality"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Language, address (without language prefix) and reader of the page that is being made."""

    t: Strings
    path: str
    settings: Settings
    signed_in: bool

    def link(self, path: str) -> str:
        """Address of a page in this language."""
        return self.t.prefix + path


def frame_of(request: HTTPConnection) -> Frame:
    """The frame of a request, from its address and cookie."""
    service: Service = request.app.state.service
    lang, path = split_language(request.url.path)
    return Frame(strings(lang), path, service.settings, service.session(request) is not None)


def split_language(path: str) -> tuple[str, str]:
    """`/en/hilfe` as (`en`, `/hilfe`); German addresses have no prefix."""
    if path == "/en" or path.startswith("/en/"):
        return "en", path[3:] or "/"
    return "de", path


def page(
    frame: Frame,
    title: str,
    body: str,
    status: int = 200,
    scripts: tuple[str, ...] = (),
    styles: tuple[str, ...] = (),
) -> Response:
    """A complete page with `body` in its main landmark."""
    html = (
        f'<!doctype html><html lang="{frame.t.lang}"><head><meta charset="utf-8">'
        f"{head(frame, title, scripts, styles)}</head><body>{top(frame)}"
        f'<div class="buehne"><main id="inhalt" class="haupt" tabindex="-1">{body}</main>{panel(frame)}</div>'
        f"{bottom(frame)}</body></html>"
    )
    return HTMLResponse(html, status)


def head(frame: Frame, title: str, scripts: tuple[str, ...] = (), styles: tuple[str, ...] = ()) -> str:
    """Title, own styles and scripts; nothing from elsewhere, nothing inline that runs."""
    names = ("app.js", *scripts)
    sheets = "".join(f'<link rel="stylesheet" href="{ASSETS}/{name}">' for name in ("base.css", "app.css", *styles))
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{esc(title)} – {esc(frame.settings.title)}</title>"
        f'<link rel="icon" href="{ASSETS}/favicon.svg" type="image/svg+xml">'
        f'<script src="{ASSETS}/theme.js"></script>'
        f"{sheets}" + "".join(f'<script src="{ASSETS}/{name}" type="module"></script>' for name in names)
    )


def top(frame: Frame) -> str:
    """Skip link, name of the service, menu, language and appearance."""
    t = frame.t
    target, skip = ("#frage", "skip_question") if frame.path == "/" else ("#inhalt", "skip")
    programme = f"<span>{esc(frame.settings.programme)}</span>" if frame.settings.programme else ""
    menu = (*_MENU, *_MAINTAINER) if frame.signed_in else _MENU
    return (
        f'<a class="sprung" href="{target}">{esc(t(skip))}</a><header class="kopf">'
        f'<a class="name" href="{frame.link("/")}"><strong>{esc(frame.settings.title)}</strong>{programme}</a>'
        f'<nav aria-label="{esc(t("nav_label"))}"><ul>{_menu(frame, menu)}</ul></nav>'
        f'<div class="schalter">{_language(frame)}'
        f'<button type="button" id="darstellung">{esc(t("theme_said", mode=t("theme_system")))}</button>'
        f"{_session(frame)}</div></header>"
    )


def bottom(frame: Frame) -> str:
    """Footer, the region that announces, and the texts that scripts show."""
    t = frame.t
    texts = json.dumps({"lang": t.lang, "prefix": t.prefix, **t.for_script()}, ensure_ascii=False).replace(
        "<", "\\u003c"
    )
    api = f'<li><a href="/api/docs">{esc(t("nav_api"))}</a></li>'
    return (
        f'<footer class="fuss"><nav aria-label="{esc(t("nav_footer"))}"><ul>{_menu(frame, _FOOTER)}{api}</ul></nav>'
        f"<p>{esc(frame.settings.title)} {esc(__version__)}</p></footer>"
        '<div id="ansage" class="sr" role="log" aria-live="polite"></div>'
        f'<script type="application/json" id="texte">{texts}</script>'
    )


def panel(frame: Frame) -> str:
    """The empty source panel."""
    return f'<aside id="quelle" class="quelle" aria-label="{esc(frame.t("source_title"))}" hidden></aside>'


def error_page(request: HTTPConnection, status: int, detail: str, hint: str) -> Response:
    """An error as a page."""
    frame = frame_of(request)
    t = frame.t
    if status == 404:
        title, detail = t("notfound_title"), t("notfound_text")
        hint = ""
    else:
        title = t("error_title")
    more = f"<p>{esc(hint)}</p>" if hint else ""
    back = f'<p><a href="{frame.link("/")}">{esc(t("source_back"))}</a></p>'
    return page(frame, title, f"<h1>{esc(title)}</h1><p>{esc(detail)}</p>{more}{back}", status)


def _menu(frame: Frame, entries: tuple[tuple[str, str], ...]) -> str:
    rows = []
    for path, key in entries:
        here = ' aria-current="page"' if path == frame.path else ""
        rows.append(f'<li><a href="{frame.link(path)}"{here}>{esc(frame.t(key))}</a></li>')
    return "".join(rows)


def _language(frame: Frame) -> str:
    other = strings("en" if frame.t.lang == "de" else "de")
    known = frame.path.startswith(("/quelle/", "/register/")) or frame.path in {
        path for path, _ in (*_MENU, *_MAINTAINER, *_FOOTER)
    }
    href = other.prefix + (frame.path if known else "/")
    return (
        f'<a href="{esc(href)}" lang="{other.lang}" hreflang="{other.lang}" id="sprache">{esc(other("lang_name"))}</a>'
    )


def _session(frame: Frame) -> str:
    if not frame.signed_in:
        return f'<a href="{frame.link("/anmelden")}">{esc(frame.t("login"))}</a>'
    action = frame.link("/abmelden")
    return f'<form method="post" action="{action}"><button type="submit">{esc(frame.t("logout"))}</button></form>'
