"""One objection to an answer, and its line in the file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

# What may be wrong with an answer, and with a refusal; the words are in `app/data/ui.toml`.
OBJECTIONS = ("wrong", "outdated", "source", "incomplete", "other")
REFUSED = ("known", "other")
REASONS = (*OBJECTIONS[:-1], *REFUSED)


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited place without its words: those are looked up while the document is there."""

    document: str
    source: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """An objection: what was asked, what was answered from which places, what is said to be wrong with it.

    `at` is the moment of the objection (ISO, UTC), `today` the day of the question. Nothing says who objected.
    """

    id: str
    at: str
    question: str
    history: tuple[str, ...]
    as_of: str | None
    lang: str
    today: str
    status: str
    short: str
    cited: tuple[Cited, ...]
    reason: str
    text: str
    done: str | None = None
    done_by: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is stored and shown to scripts."""
        return asdict(self)


def report_from(row: Any) -> Report:
    """The objection of a stored line. Raises ValueError, TypeError, KeyError."""
    cited = tuple(Cited(**entry) for entry in row["cited"])
    return Report(**{**row, "history": tuple(row["history"]), "cited": cited})
