"""Rows of the register as CSV for spreadsheet programs: one statement a line, with its sentence and where it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from app.data import load
from app.register.rows import Row
from app.register.wording import word

BOM = "\ufeff"
# A cell that begins like this is a formula for spreadsheet programs, whoever wrote the document.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Row], *, bom: bool = False) -> str:
    """The rows under a German header. With `bom` spreadsheet programs know that it is UTF-8.

    Values keep their form (numbers with a point, ISO dates), except that a text which would be a formula gets an
    apostrophe in front.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    columns: list[tuple[str, str]] = load("register")["export"]["columns"]
    writer.writerow([title for _, title in columns])
    for row in rows:
        cells = dict(_cells(row))
        writer.writerow([safe(cells[name]) for name, _ in columns])
    return (BOM if bom else "") + buffer.getvalue()


def safe(value: Any) -> str:
    """A cell that no spreadsheet program computes. Negative numbers do not occur and need no exception."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(row: Row) -> Iterator[tuple[str, Any]]:
    fact, summary = row.fact, row.entry.source.summary
    place, span = fact.place, fact.as_of_range or (None, None)
    yield from (("kind", fact.kind), ("subject", fact.subject), ("measure", fact.measure))
    yield from (("district", place.district if place else None), ("ags", place.ags if place else None))
    yield from (("qualifier", fact.qualifier), ("value", fact.value), ("unit", fact.unit), ("period", fact.period))
    yield from (("as_of", fact.as_of), ("as_of_from", span[0]), ("as_of_to", span[1]))
    yield ("as_of_basis", word("basis", fact.as_of_basis))
    yield ("superseded", "ja" if row.superseded else "nein")
    yield ("reviewed", word("action", row.decision.action) if row.decision else None)
    yield ("attributes", "; ".join(f"{name}: {_text(value)}" for name, value in fact.attributes.items()))
    yield from (("quote", row.entry.quote), ("page", row.entry.page), ("id", row.id))
    yield from (("title", summary.title), ("publisher", summary.publisher), ("url", summary.url))
    yield from (("published", summary.published.date), ("source", summary.source))


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
