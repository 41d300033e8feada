"""How much a source counts, in words: the issuer itself, an authority, the media."""

from __future__ import annotations

from app.register.rows import Row
from app.web.register.words import labels
from app.web.strings import Strings


def rank_words(row: Row, t: Strings) -> str:
    """The rank of a statement's source; nothing where it is not known."""
    rank = getattr(row, "rank", None)
    return labels("rank", t).get(rank, "") if isinstance(rank, str) and rank != "unknown" else ""
