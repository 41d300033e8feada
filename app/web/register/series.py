"""How a value developed: dated statements of one subject and measure, as a chart with its table beside it.

Values are put into one series only if they count the same: subject, measure, unit, kind of period, and for measures
without a canonical name also the wording's verb. »zur Verfügung gestellt« and »bewilligt« never meet.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from app.register.rows import Row
from app.web.chart import Chart, Point, chart_svg
from app.web.markup import esc
from app.web.register.query import Query
from app.web.register.table import source_url, state_words, value_cell
from app.web.register.words import (
    as_of_words,
    folded,
    is_canonical,
    joined,
    measure_words,
    period_words,
    short_number,
    short_words,
    value_words,
)
from app.web.strings import Strings
from index.filters import day_span

_SIZES = ((640, 320), (330, 280))
_YEAR = re.compile(r"\d{4}")
# Units in which a measure can be told in different ways.
_OWN_UNITS = {"EUR", "Prozent", "Anteil", "km²", "ha", "m²", "VZÄ"}


@dataclass(frozen=True, slots=True)
class Series:
    """Comparable statements in the order of time; `id` stays the same while its subject and measure do."""

    id: str
    title: str
    rows: Sequence[Row]


def find_series(rows: Iterable[Row], t: Strings) -> list[Series]:
    """All series with at least two different days, the longest first."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.fact.kind in ("figure", "funding") and _number(row) is not None and _days(row) is not None:
            groups[_key(row)].append(row)
    found = [
        Series(hashlib.sha256("|".join(key).encode()).hexdigest()[:10], _title(group[0], t), sorted(group, key=_order))
        for key, group in groups.items()
        if len({_days(row) for row in group}) > 1
    ]
    return sorted(found, key=lambda series: (-len(series.rows), folded(series.title)))


def _key(row: Row) -> tuple[str, ...]:
    fact = row.fact
    place = fact.place.ags if fact.place and fact.place.ags else ""
    unit = fact.unit or ""
    canonical = is_canonical(fact.measure)
    verb = "" if canonical else joined(fact.attributes.get("verb", ""))
    period = fact.period or ""
    return (
        place or folded(fact.subject), fact.measure, verb,
        unit if unit in _OWN_UNITS or not canonical else "",
        "year" if _YEAR.fullmatch(period) else period,
    )  # fmt: skip


def _title(row: Row, t: Strings) -> str:
    fact = row.fact
    period = t("register_series_years") if _YEAR.fullmatch(fact.period or "") else period_words(fact.period, t)
    notes = [note for note in (period, t("register_series_euro") if fact.unit == "EUR" else "") if note]
    more = f" ({', '.join(notes)})" if notes else ""
    return f"{measure_words(fact, t)}, {fact.subject}{more}"


def _number(row: Row) -> float | None:
    value = row.fact.value
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None


def _days(row: Row) -> tuple[datetime.date, datetime.date] | None:
    """First and last day that a value may stand for: a counted year is that year, not the day it was told."""
    fact = row.fact
    iso = fact.period if _YEAR.fullmatch(fact.period or "") else fact.as_of
    if iso:
        first, last = (_date(number) for number in day_span(iso))
        return first, last
    if fact.as_of_range:
        return _date(day_span(fact.as_of_range[0])[0]), _date(day_span(fact.as_of_range[1])[1])
    return None


def _date(number: int) -> datetime.date:
    return datetime.date(number // 10000, number // 100 % 100, number % 100)


def _order(row: Row) -> tuple[datetime.date, datetime.date, float]:
    days = _days(row)
    assert days is not None
    return (*days, _number(row) or 0.0)


def series_html(found: Sequence[Series], query: Query, t: Strings) -> str:
    """The choice of a series, its chart and its table; nothing where nothing can be compared over time."""
    if not found:
        return ""
    chosen = next((series for series in found if series.id == query.series), found[0])
    svgs = "".join(chart_svg(_chart(chosen, t), *size) for size in _SIZES)
    return (
        f'<section class="verlaeufe" id="verlauf" aria-labelledby="verlauf-titel">'
        f'<h2 id="verlauf-titel" tabindex="-1">{esc(t("register_series"))}</h2>{_choice(found, chosen, query, t)}'
        f'<figure class="bild belege"><figcaption>{esc(chosen.title)}</figcaption>{svgs}'
        f'<p class="klein">{esc(t("register_series_legend"))}</p>'
        f"{_table(chosen, t)}</figure></section>"
    )


def _choice(found: Sequence[Series], chosen: Series, query: Query, t: Strings) -> str:
    if len(found) == 1:
        return ""
    kept = "".join(
        f'<input type="hidden" name="{esc(name)}" value="{esc(value)}">'
        for name, value in query.values().items()
        if name not in ("verlauf", "seite")
    )
    options = "".join(
        f'<option value="{series.id}"{" selected" if series is chosen else ""}>'
        f"{esc(t('register_series_option', title=series.title, count=len(series.rows)))}</option>"
        for series in found
    )
    return (
        f'<form method="get" action="{t.prefix}/register#verlauf" class="wahl" id="verlauf-wahl">{kept}'
        f'<label for="verlauf-auswahl">{esc(t("register_series_choose"))}</label>'
        f'<select id="verlauf-auswahl" name="verlauf">{options}</select>'
        f'<button type="submit">{esc(t("register_series_show"))}</button></form>'
    )


def _chart(series: Series, t: Strings) -> Chart:
    first = series.rows[0].fact
    numbers = partial(short_number, unit=first.unit, t=t)
    texts = [f"{value_words(r.fact, t)} ({as_of_words(r.fact, t)})" for r in (series.rows[0], series.rows[-1])]
    description = t("register_series_text", count=len(series.rows), first=texts[0], last=texts[1])
    return Chart(f"verlauf-{series.id}", series.title, description, _points(series, t), numbers, partial(_tick, t=t))


def _points(series: Series, t: Strings) -> list[Point]:
    """A point for each value and time; documents that say the same share one, which leads to the first of them."""
    points: dict[tuple[object, ...], Point] = {}
    for row in series.rows:
        days, number = _days(row), _number(row)
        assert days is not None and number is not None
        fact = row.fact
        state = [period_words(fact.period, t), *state_words(row, t)]
        label = t(
            "register_point",
            value=value_words(fact, t),
            measure=measure_words(fact, t),
            date=as_of_words(fact, t),
            source=row.entry.source.summary.title,
        )
        full = "; ".join([label, *(text for text in state if text)])
        point = Point(*days, number, short_words(fact, t), full, source_url(row, t), row.source_wrong)
        points.setdefault((*days, number, fact.qualifier, row.source_wrong), point)
    return list(points.values())


def _tick(day: datetime.date, yearly: bool, t: Strings) -> str:
    return str(day.year) if yearly else f"{t.month(day.month)[:3]} {day.year}"


def _table(series: Series, t: Strings) -> str:
    names = [t(f"register_col_{name}") for name in ("value", "as_of", "source", "state")]
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    body = "".join(_line(row, names, t) for row in reversed(series.rows))
    return (
        f'<details class="werte"><summary>{esc(t("register_series_table"))}</summary><table class="liste">'
        f'<caption class="sr">{esc(series.title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"</details>"
    )


def _line(row: Row, names: Sequence[str], t: Strings) -> str:
    link = f'<a class="cite" href="{esc(source_url(row, t))}">{esc(row.entry.source.summary.title)}</a>'
    cells = [esc(as_of_words(row.fact, t)), link, esc(", ".join(state_words(row, t)) or "–")]
    rest = "".join(f'<td data-name="{esc(n)}">{cell}</td>' for n, cell in zip(names[1:], cells, strict=True))
    return f'<tr><th scope="row">{value_cell(row, t)}</th>{rest}</tr>'

