"""What holds for every request, before any route: host, origin, size, the right to read; and headers on every answer.

One pure ASGI middleware: streamed answers pass through unchanged.
"""

from __future__ import annotations

import re
import secrets
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access import TooManyFailures
from app.web.problems import problem
from app.web.service import UPLOAD_LIMIT, Service, client_address

NONCE = "auskunft.nonce"
INLINE_STYLES = "auskunft.inline_styles"
BODY_LIMIT = 256 * 1024
UPLOAD_PATH = "/api/v1/documents"
_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Readable without a login wherever reading is not open: what the law wants public, and the way in.
_PUBLIC = ("/web/", "/anmelden", "/impressum", "/datenschutz", "/barrierefreiheit", "/api/v1/health")
_ASSET = re.compile(r"(/en)?/(web|assets|static)/")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def content_security_policy(nonce: str, inline_styles: bool) -> str:
    """The policy of a page. No inline script without nonce and no eval anywhere; Gradio alone needs inline styles."""
    styles = "'self' 'unsafe-inline'" if inline_styles else "'self'"
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src {styles}; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'"
    )


class TooLarge(HTTPException):
    """The body of a request exceeds its limit."""

    def __init__(self) -> None:
        super().__init__(413)


class Security:
    """ASGI middleware around the whole application, so that even the answer to a crash has its headers."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        scope[NONCE] = secrets.token_urlsafe(16)
        guarded = _Answering(scope, send)
        refusal = self._refusal(HTTPConnection(scope))
        if refusal:
            await refusal(scope, receive, guarded.send)
            return
        try:
            await self.app(scope, _limited(receive, _limit(scope)), guarded.send)
        except TooLarge:
            if not guarded.started:
                await _too_large()(scope, receive, guarded.send)

    def _refusal(self, request: HTTPConnection) -> Response | None:
        """The answer to a request that may not go on."""
        scope = request.scope
        if not self._host_allowed(request.headers):
            return problem(
                400, "Dieser Hostname gehört nicht zu diesem Server.", "Bitte die Adresse aus dem Terminal öffnen."
            )
        if int(request.headers.get("content-length") or 0) > _limit(scope):
            return _too_large()
        if scope["method"] not in _SAFE and not same_origin(request.headers, self.service):
            return problem(
                403, "Die Anfrage kommt von einer fremden Seite.", "Bitte die Seite dieses Servers benutzen."
            )
        return self._unread(request)

    def _host_allowed(self, headers: Headers) -> bool:
        """Guards against DNS rebinding: a foreign name that resolves to this machine is refused."""
        name = host_name(headers.get("host", ""))
        if self.service.loopback:
            return name in _LOOPBACK_NAMES
        return not self.service.settings.hosts or name in self.service.settings.hosts

    def _unread(self, request: HTTPConnection) -> Response | None:
        """A login is needed for reading beyond loopback, unless the settings open it."""
        path: str = request.scope["path"]
        bare = path.removeprefix("/en") if path.startswith("/en/") else path
        if self.service.loopback or self.service.settings.open_reading or bare.startswith(_PUBLIC):
            return None
        if self.service.session(request) or _bearer_fits(request, self.service):
            return None
        if path.startswith("/api") or "/gradio_api/" in path:
            headers = {"WWW-Authenticate": "Bearer"}
            return problem(401, "Diese Auskunft ist nur nach Anmeldung lesbar.", "Authorization: Bearer …", headers)
        return RedirectResponse(f"{'/en' if bare != path else ''}/anmelden?ziel={quote(path)}", 303)


def _bearer_fits(request: HTTPConnection, service: Service) -> bool:
    try:
        token = bearer(request.headers)
        return token is not None and service.access.check_token(token, client_address(request))
    except TooManyFailures:
        return False


def bearer(headers: Headers) -> str | None:
    """The token of an Authorization header."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def host_name(host: str) -> str:
    """A Host header without its port."""
    return host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and ":" in host else host


def same_origin(headers: Headers, service: Service) -> bool:
    """Whether a changing request comes from a page of ours, or from no page at all (a program)."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
    try:
        parts = urlsplit(origin)
    except ValueError:  # a malformed one comes from no page
        return False
    return parts.netloc == headers.get("host") or parts.hostname in service.settings.hosts


def _limit(scope: Scope) -> int:
    """How many bytes the body of a request may have; an upload has some more around the file."""
    return UPLOAD_LIMIT + BODY_LIMIT if scope["path"].rstrip("/") == UPLOAD_PATH else BODY_LIMIT


def _too_large() -> Response:
    return problem(413, "Die Anfrage ist zu groß.", "Fragen haben höchstens 2.000 Zeichen, Dateien höchstens 50 MB.")


def _limited(receive: Receive, limit: int) -> Receive:
    """`receive` that raises TooLarge once the body exceeds the limit, whatever its header said."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge
        return message

    return counted


class _Answering:
    """Adds the headers to an answer as it starts."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            for name in [n for n in headers if n.lower().startswith("access-control-")]:
                del headers[name]
            for name, value in _HEADERS.items():
                headers[name] = value
            headers["Content-Security-Policy"] = content_security_policy(
                self._scope[NONCE], bool(self._scope.get(INLINE_STYLES))
            )
            headers.setdefault("Cache-Control", "no-cache" if _ASSET.match(self._scope["path"]) else "no-store")
            message = {**message, "headers": headers.raw}
        await self._send(message)
