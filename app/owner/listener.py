"""The owner's side: calls of other commands come in on a private port of this machine.

Whoever knows the secret of this run may call what `METHODS` lists; a browser never does, since it cannot send the
header without asking first, and is refused by its `Origin` besides.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

from app.owner import wire
from app.owner.methods import MEDIA_TYPE, METHODS, PREFIX, TELLING
from app.owner.record import Owner, at_url, publish, withdraw

PING = "ping"
# An upload of the largest size, in base64, and some more around it.
BODY_LIMIT = 72 * 1024 * 1024
# Seconds that a caller may leave the connection without a sign; then it is given up.
PATIENCE_WITH_CALLERS = 30.0
# An answer gives the interpreter up for each look into the catalogue, and beside a busy ingest it would wait for a
# whole turn each time to get it back (Python's own is 5 ms).
SWITCH_SECONDS = 0.0005


class Answering(Protocol):
    """Anything that has the methods of `METHODS`."""

    @property
    def folder(self) -> Path:
        """The data folder."""


class Stopped(BaseException):
    """Ends a long call between two files: its caller has gone, or the owner is about to. No error of the call."""


class Listener:
    """Answers for an assistant and publishes where, while it is used as a context manager.

    At its end it takes no more calls, stops long ones after the file in hand, and waits for all others.
    """

    def __init__(self, assistant: Answering, kind: str) -> None:
        self.assistant = assistant
        self._calls = 0
        self._idle = threading.Condition()
        self._stopping = False
        self._server = _Server(self)
        address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.owner = Owner(address, os.getpid(), kind, secrets.token_urlsafe(32))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)

    def __enter__(self) -> Listener:
        sys.setswitchinterval(SWITCH_SECONDS)
        self._thread.start()
        publish(self.assistant.folder, self.owner)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def announce(self, url: str) -> None:
        """The web app can be reached under `url` now."""
        self.owner = at_url(self.assistant.folder, self.owner, url)

    def close(self) -> None:
        """Answer no more. Twice is once."""
        withdraw(self.assistant.folder, self.owner)
        with self._idle:
            self._stopping = True
            self._idle.wait_for(lambda: not self._calls)
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()

    @contextmanager
    def working(self) -> Iterator[bool]:
        """Counts one call; False where none may begin any more."""
        with self._idle:
            allowed = not self._stopping
            self._calls += allowed
        try:
            yield allowed
        finally:
            with self._idle:
                self._calls -= allowed
                self._idle.notify_all()

    def check(self) -> None:
        """Raises Stopped where long calls are to end."""
        if self._stopping:
            raise Stopped


class _Server(ThreadingHTTPServer):
    """Silent: what goes wrong with a connection is its caller's business."""

    daemon_threads = True

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing on the terminal."""


class _Handler(BaseHTTPRequestHandler):
    """One call."""

    server: _Server
    timeout = PATIENCE_WITH_CALLERS
    server_version = "Auskunft"
    sys_version = ""

    def do_POST(self) -> None:
        """Check who calls, then answer line by line. Nothing is read of a body that is not allowed."""
        method = self.path.removeprefix(PREFIX)
        refused = self._refusal(method)
        if refused:
            self._head(refused)
            return
        try:
            arguments = wire.loads(self.rfile.read(int(self.headers["Content-Length"])))["arguments"]
        except (wire.WireError, KeyError, TypeError):
            self._head(400)
            return
        with self.server.listener.working() as allowed:
            self._head(200 if allowed else 503)
            if allowed:
                self._answer(method, arguments)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""

    def _refusal(self, method: str) -> int | None:
        """The status of a call that may not go on."""
        given = self.headers.get("Authorization", "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, f"Bearer {self.server.listener.owner.secret}".encode()):
            return 401
        host, port = self.server.server_address[:2]
        if "Origin" in self.headers or self.headers.get("Host") != f"{host!s}:{port}":
            return 403
        if not self.path.startswith(PREFIX) or method not in {PING, *METHODS}:
            return 404
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            return 411
        return 413 if int(length) > BODY_LIMIT else None

    def _head(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", MEDIA_TYPE)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def _answer(self, method: str, arguments: dict[str, Any]) -> None:
        """The lines of a call; none at its end where it was stopped."""
        try:
            line = wire.dumps({"result": self._called(method, arguments["args"], arguments["kwargs"])})
        except Stopped:
            return
        except Exception as error:
            line = wire.dumps({"error": wire.error_to_json(error)})
        self._write(line)

    def _called(self, method: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if method == PING:
            return None
        if method in TELLING:
            kwargs = {**kwargs, "progress": self._progress}
        return getattr(self.server.listener.assistant, method)(*args, **kwargs)

    def _progress(self, progress: Any) -> None:
        """Tell the caller; raises Stopped where nobody listens any more, or the owner ends."""
        self.server.listener.check()
        try:
            self._write(wire.dumps({"progress": progress}))
        except OSError as gone:
            raise Stopped from gone

    def _write(self, line: bytes) -> None:
        self.wfile.write(line)
        self.wfile.flush()
