"""`<data>/owner.json`: which process holds the data folder, and where it answers. Only its user can read it."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from ingest.errors import DataError

RECORD_NAME = "owner.json"
SERVE = "serve"
_SIZE_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Owner:
    """A process that answers for a data folder; `kind` is its command, `url` the page of the web app once it is up."""

    address: str
    pid: int
    kind: str
    secret: str = field(repr=False)
    url: str | None = None

    @property
    def stays(self) -> bool:
        """Whether it answers until it is told to stop, and not only for the length of a command."""
        return self.kind == SERVE

    @property
    def description(self) -> str:
        """What people know it by, at the beginning of a sentence or after a colon."""
        name = "Die Web-App" if self.stays else f"»auskunft {self.kind}«"
        return f"{name} ({self.url or f'Prozess {self.pid}'})"


def read_owner(folder: Path) -> Owner | None:
    """The owner that the folder names; None where none does, or nothing that could be one."""
    try:
        with (folder / RECORD_NAME).open("rb") as stream:
            raw = json.loads(stream.read(_SIZE_LIMIT))
        owner = Owner(raw["address"], raw["pid"], raw["kind"], raw["secret"], raw.get("url"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    texts = (owner.address, owner.kind, owner.secret, owner.url or "")
    return owner if isinstance(owner.pid, int) and all(isinstance(text, str) for text in texts) else None


def publish(folder: Path, owner: Owner) -> None:
    """Name `owner` in place of whatever stood there, all or nothing.

    Raises:
        DataError: the folder cannot be written.
    """
    draft = folder / f"{RECORD_NAME}.{owner.pid}"
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            json.dump(asdict(owner), stream)
        draft.replace(folder / RECORD_NAME)
    except OSError as error:
        raise DataError(f"Der Datenordner lässt sich nicht beschreiben: {error.strerror}.") from error


def at_url(folder: Path, owner: Owner, url: str) -> Owner:
    """The same owner, whose web app can be reached now."""
    named = replace(owner, url=url)
    publish(folder, named)
    return named


def withdraw(folder: Path, owner: Owner) -> None:
    """Name nobody any more, unless another owner stands there by now."""
    found = read_owner(folder)
    if found is not None and found.secret == owner.secret:
        with contextlib.suppress(OSError):
            (folder / RECORD_NAME).unlink()
