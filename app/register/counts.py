"""What can be counted and lined up from rows: members, their districts, newest values, series, what a list covers.

Pure functions over rows as `Register.rows` gives them. What a maintainer hid or found wrong is never counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.register.rows import Row
from app.register.same import Key, identity, subject_key
from app.register.sources import weight
from app.register.time import counts, span_of
from ingest.types import Published

NO_DISTRICT = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A municipality (or association) that joined, once; `best` is the row with the best date, `rows` are all."""

    name: str
    district: str
    joined: str | None
    best: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series with the day it holds for."""

    as_of: str | None
    value: int | float
    row: Row


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one measure of one subject over one kind of period, the oldest first, undated ones last."""

    subject: str
    measure: str
    unit: str | None
    period: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a list rests on: how many documents, how many of them with a date, and the newest date."""

    documents: int
    dated: int
    newest: str | None


def members(rows: Iterable[Row]) -> list[Member]:
    """All that joined, each once, by name. A day beats a month beats no date, then a stated one an inferred one."""
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.fact.kind == "member" and counts(row):
            groups[subject_key(row.fact)].append(row)
    found = [_member(group) for group in groups.values()]
    return sorted(found, key=lambda member: (member.name.casefold(), member.district))


def by_district(found: Iterable[Member]) -> list[tuple[str, list[Member]]]:
    """Members by district, in alphabetical order; those of no district (associations) last."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in found:
        groups[member.district].append(member)
    return sorted(groups.items(), key=lambda item: (item[0] == NO_DISTRICT, item[0].casefold()))


def latest(rows: Iterable[Row]) -> dict[Key, Row]:
    """The newest figure or amount on each thing; of equally new ones that of the weightier and then newer document."""
    newest: dict[Key, Row] = {}
    for row in rows:
        key = identity(row)
        if key is None or not counts(row) or span_of(row.fact) is None:
            continue
        if key not in newest or _newer(row, newest[key]):
            newest[key] = row
    return newest


def series(rows: Iterable[Row]) -> list[Series]:
    """The numbers on each thing as they developed, by subject and measure; single values are series of one point."""
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        key = identity(row)
        if key is not None and counts(row) and isinstance(row.fact.value, int | float):
            groups[key].append(row)
    found = [_series(group) for group in groups.values()]
    return sorted(found, key=lambda one: (one.subject.casefold(), one.measure, one.unit or "", one.period or ""))


def coverage(rows: Iterable[Row]) -> Coverage:
    """What a list of rows rests on."""
    documents = {row.entry.document_id: row.entry.source.summary for row in rows}
    dates = [_last_day(summary.published) for summary in documents.values()]
    known = [date for date in dates if date is not None]
    return Coverage(len(documents), len(known), max(known, default=None))


def _member(group: Sequence[Row]) -> Member:
    best = max(group, key=_date_quality)
    place = best.fact.place
    value = best.fact.value
    district = (place.district if place else None) or NO_DISTRICT
    return Member(best.fact.subject, district, value if isinstance(value, str) else None, best, tuple(group))


def _date_quality(row: Row) -> tuple[int, bool, int]:
    """How much a date of joining says: its precision, whether it was stated, the weight of its document."""
    value = row.fact.value
    return (len(value) if isinstance(value, str) else 0, row.fact.as_of_basis == "stated", -weight(row.rank))


def _newer(row: Row, other: Row) -> bool:
    def order(one: Row) -> tuple[int, int, str, str]:
        span = span_of(one.fact) or (0, 0)
        return (span[0], -weight(one.rank), one.entry.source.summary.published.date or "", one.id)

    return order(row) > order(other)


def _series(group: Sequence[Row]) -> Series:
    def order(row: Row) -> tuple[bool, tuple[int, int], str]:
        span = span_of(row.fact)
        return (span is None, span or (0, 0), row.id)

    ordered = sorted(group, key=order)
    points = [Point(r.fact.as_of, r.fact.value, r) for r in ordered if isinstance(r.fact.value, int | float)]
    first = group[0].fact
    return Series(first.subject, first.measure, first.unit, first.period, tuple(points))


def _last_day(published: Published) -> str | None:
    """The newest day that a document may be of, as precise as it is known."""
    return published.range[1] if published.range and not published.date else published.date
