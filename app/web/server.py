"""Starts and stops the server, and says in German where it is."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import uvicorn

from app.access import AccessError, is_loopback, may_serve
from app.web.application import create_app, make_service
from app.web.service import Service

if TYPE_CHECKING:
    from app.assistant import Assistant

SHUTDOWN_SECONDS = 3


class AddressInUse(AccessError):
    """The port is taken, or the address does not belong to this machine."""

    can_retry = True


def run(
    assistant: Assistant | Callable[[], Assistant],
    host: str | None,
    port: int | None,
    open_token_link: bool,
    told: Callable[[str], None] | None = None,
) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises NotServable, AddressInUse."""
    made = assistant() if callable(assistant) else assistant
    host = made.settings.host if host is None else host
    port = made.settings.port if port is None else port
    may_serve(host, made.settings)
    service = make_service(made, host)
    with bound(host, port) as listening:
        address = address_of(host, listening.getsockname()[1])
        if told:
            told(f"{address}/")
        logging.getLogger("asyncio").setLevel(logging.ERROR)
        with _stopped_by_signals() as stop:
            announce(service, address, open_token_link)
            stop.server = server(service)
            if not stop.asked:
                stop.server.run(sockets=[listening])
    print("Auskunft ist beendet.", file=sys.stderr)


class _Stop:
    """What a signal does from the moment that the address is told: uvicorn listens to it only once it is up."""

    server: uvicorn.Server | None = None
    asked = False

    def __call__(self, *_: object) -> None:
        self.asked = True
        if self.server is not None:
            self.server.should_exit = True


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[_Stop]:
    """Signals stop the server. uvicorn raises the one that stopped it once more; here it has done its work."""
    stop = _Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def server(service: Service) -> uvicorn.Server:
    """A quiet server: no line per request (addresses may carry secrets), no banner."""
    config = uvicorn.Config(
        create_app(service),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # anybody can send them; the limit of failed logins counts real addresses
        ws="none",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    return uvicorn.Server(config)


def bound(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything slow starts. Raises AddressInUse."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        raise AddressInUse(
            f"Auf {host}:{port} kann der Server nicht starten ({getattr(error, 'strerror', None) or error}).",
            f"Läuft er schon? Sonst eine andere Nummer wählen: auskunft serve --port {port + 1}",
        ) from error


def address_of(host: str, port: int) -> str:
    """Where a browser finds the server."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def announce(service: Service, address: str, open_token_link: bool) -> None:
    """Print the addresses, and the one-time link on loopback."""
    print(f"Auskunft läuft:      {address}/")
    print(f"Schnittstelle:       {address}/api/docs")
    if open_token_link and is_loopback(service.host):
        print(f"Dokumente ändern:    {address}/?token={service.access.issue_ticket()}  (gilt einmal)")
    print("Beenden mit Strg+C.", flush=True)
