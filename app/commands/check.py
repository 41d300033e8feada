"""What one check of `doctor` found, and what several of them need."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.owner.record import Owner, read_owner
from app.owner.remote import alive
from app.settings import Settings

Result = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, and what to do if it is not well."""

    name: str
    result: Result
    message: str
    hint: str = ""

    def to_json(self) -> dict[str, str]:
        """As `doctor --json` shows it."""
        return {"name": self.name, "result": self.result, "message": self.message, "hint": self.hint}


def open_to_others(path: Path) -> str:
    """The rights of a file that others than its owner have any of, as `ls` shows them; else nothing."""
    mode = path.stat().st_mode
    return stat.filemode(mode) if os.name == "posix" and mode & 0o077 else ""


def owner_of(settings: Settings) -> Owner | None:
    """The process that holds the data folder and answers."""
    owner = read_owner(settings.data.expanduser())
    return owner if owner is not None and alive(owner) else None
