"""Which rows a newer one took the place of.

Among statements on one thing the newest as-of is what holds. A row that is known to a period only counts as later than
another if all its days are. Rows without a date are neither newer nor older. What a maintainer hid, or found wrong in
the source, takes no other row's place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from app.data import load
from app.register.offices import Person, holder_of, offices_of, same_person
from app.register.rows import Row
from app.register.same import Key, identity, subject_key
from index.filters import day_span
from ingest.errors import InputError
from ingest.facts.types import Fact

Span = tuple[int, int]


def span_of(fact: Fact) -> Span | None:
    """First and last possible day (yyyymmdd) for which a statement holds; None where nothing is known."""
    try:
        if fact.as_of_range:
            return day_span(fact.as_of_range[0])[0], day_span(fact.as_of_range[1])[1]
        return day_span(fact.as_of) if fact.as_of else None
    except InputError:
        return None


def counts(row: Row) -> bool:
    """Whether a row may speak against others."""
    return not row.hidden and not row.source_wrong


def mark_superseded(rows: Sequence[Row], as_of: str | None = None) -> list[Row]:
    """The same rows in the same order, those marked of which a newer one took the place.

    On the day `as_of` (ISO) nothing later holds yet, even where it was announced.
    """
    limit = day_span(as_of)[1] if as_of else None
    dated = [(row, span) for row in rows if (span := span_of(row.fact)) is not None]
    valid = [(row, span) for row, span in dated if counts(row) and (limit is None or span[0] <= limit)]
    old = _older_values(dated, valid) | _former_holders(dated, valid) | _overtaken(dated, valid)
    return [replace(row, superseded=True) if row.id in old else row for row in rows]


def _older_values(dated: Sequence[tuple[Row, Span]], valid: Sequence[tuple[Row, Span]]) -> set[str]:
    keys = {row.id: key for row, _ in dated if (key := identity(row)) is not None}
    newest: dict[Key, int] = {}
    for row, span in valid:
        if row.id in keys:
            newest[keys[row.id]] = max(newest.get(keys[row.id], 0), span[0])
    return {row.id for row, span in dated if row.id in keys and newest.get(keys[row.id], 0) > span[1]}


def _former_holders(dated: Sequence[tuple[Row, Span]], valid: Sequence[tuple[Row, Span]]) -> set[str]:
    """Holders of an office that somebody else holds later, unless they themselves are named as late again."""
    offices = offices_of(row for row, _ in dated)
    latest: dict[Hashable, dict[Person, Span]] = defaultdict(dict)
    for row, span in valid:
        if row.id in offices:
            known, person = latest[offices[row.id].key], holder_of(row.fact)
            first, last = known.get(person, (0, 0))
            known[person] = (max(first, span[0]), max(last, span[1]))
    held = ((row, span, latest[offices[row.id].key]) for row, span in dated if row.id in offices)
    return {row.id for row, span, known in held if _succeeded(holder_of(row.fact), span, known)}


def _succeeded(person: Person, span: Span, known: Mapping[Person, Span]) -> bool:
    others = max((days[0] for other, days in known.items() if not same_person(person, other)), default=0)
    again = max((days[1] for other, days in known.items() if same_person(person, other)), default=0)
    return others > span[1] and others > again


def _overtaken(dated: Iterable[tuple[Row, Span]], valid: Iterable[tuple[Row, Span]]) -> set[str]:
    """Plans of a municipality that has joined since."""
    stages = load("register")["time"]["overtaken_stages"]
    joined: dict[Key, int] = {}
    for row, span in valid:
        if row.fact.kind == "member":
            key = subject_key(row.fact)
            joined[key] = max(joined.get(key, 0), span[0])
    return {
        row.id
        for row, span in dated
        if row.fact.kind == "participant"
        and row.fact.attributes.get("stage") in stages
        and joined.get(subject_key(row.fact), 0) > span[1]
    }
