"""What the finders of contradictions give, and which documents can contradict each other at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.register.rows import Row

ConflictKind = Literal["value", "period", "office", "spelling"]


@dataclass(frozen=True, slots=True)
class Found:
    """Statements in question, and what is wrong with them: a German clause that the list of statements follows."""

    kind: ConflictKind
    rows: tuple[Row, ...]
    what: str


def contradict(one: Row, other: Row) -> bool:
    """Whether two rows come from documents that can contradict each other: neither the same nor versions of one."""
    a, b = one.entry.source.summary, other.entry.source.summary
    return a.id != b.id and a.replaces != b.id and b.replaces != a.id
