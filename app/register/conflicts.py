"""Statements of different documents that cannot both hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.register.rows import Row


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements on one subject, measure and period that cannot both hold; `reason` says in German why."""

    id: str
    subject: str
    measure: str
    statements: tuple[Row, ...]
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The conflict object of the contract."""
        rows = [row.to_json() for row in self.statements]
        return {
            "id": self.id, "subject": self.subject, "measure": self.measure, "statements": rows, "reason": self.reason,
        }  # fmt: skip


def find_conflicts(rows: Sequence[Row]) -> list[Conflict]:
    """All contradictions among rows, by subject and measure."""
    return []
