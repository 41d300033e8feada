"""The values of one measure over time, each day once, and what is newest among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.answering.register.asked import Asked
from app.answering.register.statements import Rows
from app.register.rows import Row
from app.register.same import narrowing
from app.register.sources import weight
from app.register.time import Span, counts, span_of
from ingest.facts.types import FactKind
from ingest.german.quantities import find_quantities

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


def points(asked: Asked, measure: str) -> Points | None:
    """What the register holds on a measure of the programme; None where nothing."""

    def made() -> tuple[Points | None]:
        rows = asked.statements.rows(KINDS, measures=[measure], as_of=asked.as_of)
        return (arrange(asked.of_programme(rows)),)

    found: Points | None = asked.statements.worked_out(("points", measure, asked.as_of), made)[0]
    return found


def place_points(asked: Asked, measure: str) -> Points | None:
    """What it holds on a measure of the only place that the question names; None where nothing, or of several."""
    _, rows = asked.of_place(KINDS, [measure])
    return arrange(rows) if len({row.fact.subject for row in rows}) == 1 else None


def arrange(about: Iterable[Row]) -> Points | None:
    """Rows that may count in order; None where there are none."""
    rows = [row for row in about if counts(row) and not any(narrowing(row.fact)) and _is_number(row)]
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
    most = max(votes.values())
    chosen = [row for row in group if votes[row.fact.value] == most]
    return min(chosen, key=lambda row: (weight(row.rank), not _with_unit(row), len(row.entry.quote), row.id))


def _with_unit(row: Row) -> bool:
    """Whether the sentence names what is counted right behind the number, as tables do not."""
    quote = row.entry.quote
    found = [q for q in find_quantities(quote) if q.number == row.fact.value and q.unit]
    return any(quote[q.start : q.end].endswith(q.unit) for q in found)


def _without_months(dated: Sequence[Row]) -> list[Row]:
    """A month is no point of its own beside a day in it that has the same value."""
    spans = [(row, span_of(row.fact) or (0, 0)) for row in dated]
    days = [(row.fact.value, span[0]) for row, span in spans if span[0] == span[1]]
    return [
        row
        for row, (first, last) in spans
        if first == last or not any(value == row.fact.value and first <= day <= last for value, day in days)
    ]


def _is_number(row: Row) -> bool:
    return isinstance(row.fact.value, int | float)
