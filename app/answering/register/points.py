"""The values of one measure over time, each day once, and what is newest among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.answering.register.asked import FIRST, LAST, Asked, within
from app.answering.register.statements import Rows
from app.register.rows import Row
from app.register.same import narrowing
from app.register.sources import weight
from app.register.time import Span, counts, span_of
from ingest.facts.types import FactKind

KINDS: tuple[FactKind, ...] = ("figure",)


@dataclass(frozen=True, slots=True)
class Points:
    """Rows on one thing: those with a day, the oldest first and one a day, and those known only to a range or not."""

    dated: Rows
    vague: Rows
    all: Rows

    @property
    def main(self) -> Row:
        """The newest; one without a day only where none has a day."""
        return self.dated[-1] if self.dated else self.vague[-1]


def points(asked: Asked, measure: str, *, period: Span | None = None, places: Iterable[str] = ()) -> Points | None:
    """What the register holds on a measure of the programme, or of a place, within a period; None where nothing."""
    rows = asked.statements.rows(KINDS, measures=[measure], places=places, as_of=asked.as_of)
    about = rows if places else asked.of_programme(rows)
    plain = [row for row in about if counts(row) and not any(narrowing(row.fact)) and _is_number(row)]
    return arrange([row for row in plain if within(row, period or (FIRST, LAST))])


def arrange(rows: Sequence[Row]) -> Points | None:
    """Rows in order; None where there are none."""
    days: dict[Span, list[Row]] = defaultdict(list)
    vague: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        span = span_of(row.fact)
        if row.fact.as_of and span is not None:
            days[span].append(row)
        else:
            vague[(row.fact.value, row.fact.as_of_range)].append(row)
    if not days and not vague:
        return None
    dated = [_best(group) for _, group in sorted(days.items())]
    others = sorted((_best(group) for group in vague.values()), key=lambda row: span_of(row.fact) or (0, 0))
    values = {row.fact.value for row in dated} | {row.fact.value for row in others if row.fact.as_of_range}
    named = [row for row in others if row.fact.as_of_range or row.fact.value not in values or not dated]
    return Points(tuple(_without_months(dated)), tuple(named), tuple(rows))


def _best(group: Sequence[Row]) -> Row:
    """Of several statements for one day the value that most documents give, then that of the weightiest source."""
    votes = Counter(value for value, _ in {(row.fact.value, row.entry.document_id) for row in group})
    return min(group, key=lambda row: (-votes[row.fact.value], weight(row.rank), len(row.entry.quote), row.id))


def _without_months(dated: Sequence[Row]) -> list[Row]:
    """A month is no point of its own beside a day in it that has the same value."""
    spans = [(row, span_of(row.fact) or (0, 0)) for row in dated]
    return [
        row
        for row, span in spans
        if not any(
            other is not row and other.fact.value == row.fact.value and span[0] <= days[0] and days[1] <= span[1]
            for other, days in spans
        )
    ]


def _is_number(row: Row) -> bool:
    return isinstance(row.fact.value, int | float)
