"""The caller's side of one call: ask the owner of the data folder, and take its answer line by line."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Generator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.owner import wire
from app.owner.methods import MEDIA_TYPE, METHODS, PREFIX
from app.owner.record import Owner
from ingest.errors import DataError

# How long an owner may take to accept a call; what it answers may take as long as it takes.
ACCEPT_SECONDS = 10.0


class OwnerGone(Exception):
    """The process that `owner` names does not answer, or stopped in the middle of it (`begun`)."""

    def __init__(self, owner: Owner, *, begun: bool = False) -> None:
        super().__init__(owner.description)
        self.owner, self.begun = owner, begun


class RemoteAssistant:
    """The methods of the assistant of another process. Raises its errors, and OwnerGone."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in METHODS:
            raise AttributeError(name)
        return partial(call, self._owner, name)


def alive(owner: Owner) -> bool:
    """Whether the process that `owner` names answers to its secret."""
    try:
        call(owner, "ping")
    except OwnerGone:
        return False
    return True


def call(owner: Owner, method: str, *args: Any, progress: Callable[[Any], None] | None = None, **kwargs: Any) -> Any:
    """Call a method of the owner's assistant; paths are sent as absolute ones.

    Raises:
        OwnerGone: nothing was answered, or not to the end.
        AuskunftError: the method raised it.
    """
    try:
        with closing(_lines(owner, method, _body(args, kwargs))) as lines:
            for line in lines:
                found = wire.loads(line)
                if "progress" not in found:
                    return _outcome(found)
                if progress:
                    progress(found["progress"])
    except wire.WireError as error:
        message = f"Es läuft noch eine andere Fassung von Auskunft: {owner.description}."
        raise DataError(message, "Bitte beenden und neu starten.") from error
    raise OwnerGone(owner, begun=True)


def _outcome(found: dict[str, Any]) -> Any:
    if "error" in found:
        raise wire.error_of(found["error"])
    return found["result"]


def _body(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
    return wire.dumps({"arguments": {"args": _absolute(args), "kwargs": _absolute(kwargs)}})


def _absolute(value: Any) -> Any:
    """`value` with absolute paths: the owner works in another folder."""
    if isinstance(value, Path):
        return value.expanduser().absolute()
    if isinstance(value, dict):
        return {key: _absolute(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_absolute(item) for item in value]
    return value


def _lines(owner: Owner, method: str, body: bytes) -> Generator[bytes, None, None]:
    """What the owner answers. Raises OwnerGone as soon as it cannot be reached or is another one than thought."""
    headers, begun = {"Authorization": f"Bearer {owner.secret}"}, False
    try:
        with closing(http.client.HTTPConnection(*_place(owner), timeout=ACCEPT_SECONDS)) as connection:
            connection.connect()
            socket = connection.sock
            connection.request("POST", PREFIX + method, body, headers)
            response = connection.getresponse()
            if response.status != 200 or response.headers.get_content_type() != MEDIA_TYPE:
                raise OwnerGone(owner)
            socket.settimeout(None)
            begun = True
            while (line := response.readline()).endswith(b"\n"):
                yield line
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OwnerGone(owner, begun=begun) from error


def _place(owner: Owner) -> tuple[str, int]:
    """Host and port; only this machine. Raises ValueError."""
    parts = urlsplit(owner.address)
    if parts.scheme != "http" or parts.hostname != "127.0.0.1" or not parts.port:
        raise ValueError(owner.address)
    return parts.hostname, parts.port
