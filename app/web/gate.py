"""The gate in front of Gradio: lets through what the chat needs, and puts our frame around its page.

Gradio's page carries inline scripts; they get the nonce of the request, so that the policy can forbid all others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.frame import error_page
from app.web.security import INLINE_STYLES, NONCE

# Uploads and files of Gradio stay shut: what it stores is readable by everyone who knows the address.
_NEEDED = re.compile(
    r"/|/config|/theme\.css|/favicon\.ico|/(assets|static|svelte)/.+"
    r"|/gradio_api/(queue/(join|data|status)|heartbeat/.+|cancel|reset|startup-events|app_id)/?"
)
_FOREIGN_META = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>|\s*<link rel="manifest"[^>]*>')


_JOIN = "/gradio_api/queue/join"
_FORWARDED = (b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-server")
_EVENTS = 2  # ask, new conversation


@dataclass(frozen=True, slots=True)
class Wrapping:
    """HTML around Gradio's app: in the head, before it, behind it."""

    lang: str
    head: str
    before: str
    after: str


class GradioGate:
    """ASGI wrapper of the mounted Gradio app.

    `wrapping` makes the frame of one request (in a thread); `redeem` answers a request for the page with `?token=`.
    """

    def __init__(
        self,
        app: ASGIApp,
        wrapping: Callable[[HTTPConnection], Wrapping],
        redeem: Callable[[HTTPConnection, str], Response],
    ) -> None:
        self.app = app
        self.wrapping = wrapping
        self.redeem = redeem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        root: str = scope.get("root_path", "")
        path = scope["path"].removeprefix(root) or "/"
        request = HTTPConnection(scope)
        if not _NEEDED.fullmatch(path):
            await error_page(request, 404, "", "")(scope, receive, send)
            return
        scope["headers"] = [header for header in scope["headers"] if header[0] not in _FORWARDED]
        if path.rstrip("/") == _JOIN and scope["method"] == "POST":
            body = _plain_event(await _body(receive))
            if body is None:
                await error_page(request, 422, "", "")(scope, receive, send)
                return
            scope["headers"] = [h for h in scope["headers"] if h[0] != b"content-length"]
            scope["headers"].append((b"content-length", str(len(body)).encode()))
            await self.app(scope, _replay(body, receive), send)
            return
        if path != "/":
            await self.app(scope, receive, send)
            return
        if ticket := request.query_params.get("token"):
            await self.redeem(request, ticket)(scope, receive, send)
            return
        scope[INLINE_STYLES] = True
        wrapping = await to_thread.run_sync(self.wrapping, request)
        await self.app(scope, receive, _Rewriting(send, lambda html: wrap(html, wrapping, scope[NONCE])).send)


def _plain_event(body: bytes) -> bytes | None:
    """An event of the chat with nothing but texts in it, or None.

    Gradio takes an object with a path or an address for a file, and copies or fetches it before our code is asked.
    """
    try:
        event = json.loads(body)
        data, index, session = event["data"], event["fn_index"], event["session_hash"]
    except (ValueError, KeyError, TypeError):
        return None
    plain = isinstance(data, list) and len(data) <= 3 and all(item is None or isinstance(item, str) for item in data)
    known = isinstance(index, int) and 0 <= index < _EVENTS and isinstance(session, str)
    if not plain or not known:
        return None
    trigger = event.get("trigger_id")
    kept = {"data": data, "fn_index": index, "session_hash": session, "event_data": None}
    return json.dumps({**kept, "trigger_id": trigger if isinstance(trigger, int) else None}).encode()


async def _body(receive: Receive) -> bytes:
    """The whole body of a request; its size is limited before the gate."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives `body` once and then what really comes."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def wrap(html: str, wrapping: Wrapping, nonce: str) -> str:
    """Gradio's page with nonces, language and our frame; raises ValueError if its structure is not the known one."""
    html = _FOREIGN_META.sub("", html)
    html = html.replace("<script", f'<script nonce="{nonce}"')
    # Our scripts come by address and need none.
    for old, new in (
        ('lang="en"', f'lang="{wrapping.lang}"'),
        ("</head>", f"{wrapping.head}</head>"),
        ("<gradio-app", f"{wrapping.before}<gradio-app"),
        ("</gradio-app>", f"</gradio-app>{wrapping.after}"),
    ):
        if old not in html:
            raise ValueError(f"Gradio's page has no {old}: this version is not supported")
        html = html.replace(old, new, 1)
    return html


class _Rewriting:
    """Collects an HTML answer and sends it on rewritten; anything else passes."""

    def __init__(self, send: Send, rewrite: Callable[[str], str]) -> None:
        self._send, self._rewrite = send, rewrite
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html"):
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._flush(self._start)
            return
        await self._send(message)

    async def _flush(self, start: Message) -> None:
        body = self._rewrite(self._body.decode()).encode()
        headers = [h for h in start["headers"] if h[0].lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})
