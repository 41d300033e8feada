"""How much a source weighs: the programme's own issuer, an authority, the media, anybody else.

The rank is shown and orders statements that contradict each other; it never hides any. Patterns: `register.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, get_args

from app.data import load
from index.rows import Summary
from ingest.types import Document

Rank = Literal["issuer", "authority", "media", "unknown"]
RANKS: tuple[Rank, ...] = get_args(Rank)


def rank_of(document: Summary | Document, programme: str = "") -> Rank:
    """The rank of a document by its publisher, else by its kind; `programme` is the name in the settings."""
    publisher = document.publisher
    names = [*load("programme")["names"], *([programme] if programme else [])]
    if _matches("issuer", publisher) or any(re.search(rf"\b{re.escape(name)}\b", publisher) for name in names):
        return "issuer"
    if _matches("media", publisher) and not _matches("not_media", publisher):
        return "media"
    if _matches("authority", publisher) or _matches("not_media", publisher):
        return "authority"
    by_kind: Rank = load("register")["rank"]["kinds"].get(document.kind, "unknown")
    return by_kind


def weight(rank: Rank) -> int:
    """0 for the rank that comes first."""
    return RANKS.index(rank)


def _matches(name: str, publisher: str) -> bool:
    return _pattern(name).search(publisher) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("register")["rank"][name], re.IGNORECASE)
