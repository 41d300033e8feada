"""How a value developed: dated statements of one subject and measure that can be compared over time.

Values are put into one series only if they count the same: subject, measure, unit, kind of period, scope, receiver and
verb. »zur Verfügung gestellt« and »bewilligt« never meet.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from app.register.rows import Row
from app.register.same import identity, is_other
from app.register.time import Span, span_of
from app.web.register.words import attribute_words, folded, joined, measure_words, period_words
from app.web.strings import Strings
from index.filters import day_span

_YEAR = re.compile(r"\d{4}")
# Units of that length are symbols (km², VZÄ), longer ones name what is counted.
_SYMBOL = 4


@dataclass(frozen=True, slots=True)
class Dated:
    """A numeric statement with the first and last day that it may stand for."""

    row: Row
    first: datetime.date
    last: datetime.date
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """Comparable statements in the order of time; `id` stays the same while its subject and measure do."""

    id: str
    title: str
    values: Sequence[Dated]


def find_series(rows: Iterable[Row], t: Strings) -> list[Series]:
    """All series with at least two different times, the longest first."""
    groups: dict[Hashable, list[Dated]] = defaultdict(list)
    for row in rows:
        if (dated := _dated(row)) is not None and (key := _key(row)) is not None:
            groups[key].append(dated)
    kept = {key: group for key, group in groups.items() if len(_times(group)) > 1 and not _is_list(group)}
    titles = Counter(_title(group[0].row, t) for group in kept.values())
    found = []
    for key, group in kept.items():
        title = _title(group[0].row, t)
        name = _with_details(title, group[0].row, t) if titles[title] > 1 else title
        found.append(Series(_id(key), name, sorted(group, key=lambda d: (d.first, d.last, d.value))))
    return sorted(found, key=lambda series: (-len(_times(series.values)), folded(series.title)))


def _times(values: Iterable[Dated]) -> set[Span]:
    return {(dated.first.toordinal(), dated.last.toordinal()) for dated in values}


def _is_list(values: Iterable[Dated]) -> bool:
    """Whether documents name several values side by side (rates of a guideline, say), so that none follows another."""
    told: dict[tuple[str, datetime.date], set[float]] = defaultdict(set)
    for dated in values:
        told[(dated.row.entry.document_id, dated.first)].add(dated.value)
    return 2 * sum(len(numbers) > 1 for numbers in told.values()) >= len(told)


def _id(key: Hashable) -> str:
    return hashlib.sha256(repr(key).encode()).hexdigest()[:10]


def _dated(row: Row) -> Dated | None:
    value, span = row.fact.value, _span(row)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0 or span is None:
        return None
    return Dated(row, _date(span[0]), _date(span[1]), float(value))


def _span(row: Row) -> Span | None:
    """First and last day of a value: a counted year is that year, not the day on which it was told."""
    period = row.fact.period
    return day_span(period) if period and _is_year(period) else span_of(row.fact)


def _is_year(period: str | None) -> bool:
    return bool(_YEAR.fullmatch(period or ""))


def _date(number: int) -> datetime.date:
    return datetime.date(number // 10000, number // 100 % 100, number % 100)


def _key(row: Row) -> Hashable | None:
    """What is compared over time; counted years stand beside each other. None where a measure has no name."""
    fact = row.fact
    if is_other(fact):
        return None
    verb = joined(fact.attributes.get("verb", "")).casefold()
    period = "year" if _is_year(fact.period) else fact.period
    key = identity(replace(row, fact=replace(fact, period=period)))
    return key and (key, verb)


def _title(row: Row, t: Strings) -> str:
    fact = row.fact
    verb = joined(fact.attributes.get("verb", "")) if fact.kind == "funding" else ""
    notes = [
        f"»{verb}«" if verb else "",
        t("register_series_years") if _is_year(fact.period) else period_words(fact.period, t),
        _unit(row, t),
    ]
    more = ", ".join(note for note in notes if note)
    return f"{measure_words(fact, t)}, {fact.subject}{f' ({more})' if more else ''}"


def _unit(row: Row, t: Strings) -> str:
    """What the axis counts, where the measure does not say it already: money, weeks, square kilometres."""
    unit = row.fact.unit or ""
    if unit in ("", "Prozent", "Anteil"):
        return ""
    if unit == "EUR":
        return t("register_series_euro")
    said = row.fact.kind == "figure" and len(unit) > _SYMBOL
    return "" if said else t("register_series_in", unit=unit)


def _with_details(title: str, row: Row, t: Strings) -> str:
    """Series that only details tell apart name them."""
    details = [f"{label} {text}" for label, text in attribute_words(row.fact, t)]
    return ", ".join([title, *([t("register_series_unit", unit=row.fact.unit)] if row.fact.unit else []), *details])
