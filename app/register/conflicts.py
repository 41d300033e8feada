"""Statements of different documents that cannot both hold.

Growth over time is no contradiction, and neither are other measures, other periods or versions of one text. What each
finder compares stands in `contradictions` (numbers, dates, periods) and `names` (office-holders and their spelling).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from app.register.contradictions import different_periods, different_values
from app.register.found import ConflictKind, Found
from app.register.names import different_holders, different_spellings
from app.register.rows import Row
from app.register.same import one_name_each
from app.register.shares import different_shares
from app.register.sources import weight
from app.register.time import counts
from app.register.wording import shown_period, shown_source, shown_value

PERSONAL = ("office", "spelling")
_NAMESPACE = UUID("5b0f3a52-8a0e-5d0b-9f43-0c6c2f6f7b11")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements on one subject, measure and period that cannot both hold; `reason` says in German why.

    The source of most weight comes first.
    """

    id: str
    subject: str
    measure: str
    statements: tuple[Row, ...]
    reason: str
    kind: ConflictKind = "value"

    def to_json(self) -> dict[str, Any]:
        """The conflict object of the contract."""
        rows = [row.to_json() for row in self.statements]
        return {
            "id": self.id, "subject": self.subject, "measure": self.measure, "statements": rows, "reason": self.reason,
            "kind": self.kind, "ranks": [row.rank for row in self.statements],
        }  # fmt: skip


def find_conflicts(rows: Sequence[Row]) -> list[Conflict]:
    """All contradictions among rows, by subject and measure; what maintainers hid or found wrong is left out."""
    valid = {row.id: row for row in rows if counts(row)}
    finders = (different_values, different_shares, different_periods, different_holders, different_spellings)
    candidates = [found for finder in finders for found in finder(one_name_each(valid.values()))]
    found = [_conflict(replace(one, rows=tuple(valid[row.id] for row in one.rows))) for one in candidates]
    return sorted(found, key=lambda one: (one.subject.casefold(), one.measure, one.kind, one.id))


def _conflict(found: Found) -> Conflict:
    rows = _by_weight(found.rows)
    first = rows[0].fact
    subject = str(first.value) if found.kind in PERSONAL else first.subject
    id = str(uuid5(_NAMESPACE, "|".join([found.kind, *sorted(row.id for row in rows)])))
    return Conflict(id, subject, first.measure, rows, _reason(found, rows), found.kind)


def _by_weight(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The weightiest source first, of equal ones the newest."""
    newest = sorted(rows, key=lambda row: (row.entry.source.summary.published.date or "", row.id), reverse=True)
    return tuple(sorted(newest, key=lambda row: weight(row.rank)))


def _reason(found: Found, rows: Iterable[Row]) -> str:
    said = []
    for row in rows:
        what = f"»{row.fact.subject}«" if found.kind in PERSONAL else shown_value(row.fact)
        said.append(" ".join(filter(None, (what, shown_period(row.fact.period)))) + f" ({shown_source(row)})")
    return f"{found.what}: {' – '.join(dict.fromkeys(said))}."
