"""Vocabulary that a programme extends without touching code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The TOML file `ingest/data/<name>.toml` as a dictionary; read once."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def fingerprint_bytes() -> bytes:
    """All vocabulary in a stable order: a changed word list means changed documents."""
    folder = files(__name__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith((".toml", ".csv")))
    return b"".join(folder.joinpath(name).read_bytes() for name in names)
