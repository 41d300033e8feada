"""The section about a series: which one, its chart, and the table that says the same."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from app.web.chart import Chart, Point, chart_svg
from app.web.frame import Frame
from app.web.markup import esc
from app.web.register.query import PATH, Query
from app.web.register.series import Dated, Series
from app.web.register.table import source_url, state_words
from app.web.register.words import as_of_words, measure_words, period_words, short_number, short_words, value_words
from app.web.strings import Strings

# The chart is drawn for much and for little room; the style sheet shows one of both.
_SIZES = ((640, 320), (330, 290))
# Longer tables are folded, so that the list below stays in sight.
_OPEN = 8


def development_html(found: Sequence[Series], query: Query, frame: Frame) -> str:
    """The choice of a series, its chart and its table; nothing where nothing can be compared over time."""
    if not found:
        return ""
    t = frame.t
    chosen = next((series for series in found if series.id == query.series), found[0])
    svgs = "".join(chart_svg(_chart(chosen, t), *size) for size in _SIZES)
    return (
        f'<section class="verlaeufe" id="entwicklung" aria-labelledby="verlauf-titel">'
        f'<h2 id="verlauf-titel" tabindex="-1">{esc(t("register_series"))}</h2>{_choice(found, chosen, query, t)}'
        f'<figure class="bild belege"><figcaption>{esc(chosen.title)}</figcaption><div class="bild-und-werte">'
        f'<div class="zeichnung">{svgs}<p class="klein">{esc(t("register_series_legend"))}</p></div>'
        f"{_table(chosen, frame)}</div></figure></section>"
    )


def _choice(found: Sequence[Series], chosen: Series, query: Query, t: Strings) -> str:
    """A form of its own, so that arrow keys in the list do not load a chart each."""
    if len(found) == 1:
        return ""
    kept = "".join(
        f'<input type="hidden" name="{esc(name)}" value="{esc(value)}">'
        for name, value in query.values().items()
        if name not in ("verlauf", "seite")
    )
    options = "".join(
        f'<option value="{series.id}"{" selected" if series is chosen else ""}>'
        f"{esc(t('register_series_option', title=series.title, count=len(series.values)))}</option>"
        for series in found
    )
    return (
        f'<form method="get" action="{t.prefix}{PATH}#entwicklung" class="wahl" id="verlauf-wahl">{kept}'
        f'<label for="verlauf-auswahl">{esc(t("register_series_choose"))}</label>'
        f'<select id="verlauf-auswahl" name="verlauf">{options}</select>'
        f'<button type="submit">{esc(t("register_series_show"))}</button></form>'
    )


def _chart(series: Series, t: Strings) -> Chart:
    unit = series.values[0].row.fact.unit
    first, last = (_said(dated, t) for dated in (series.values[0], series.values[-1]))
    text = t("register_series_text", count=len(series.values), first=first, last=last)
    numbers, ticks = partial(short_number, unit=unit, t=t), partial(_tick, t=t)
    return Chart(f"verlauf-{series.id}", series.title, text, _points(series, t), numbers, ticks)


def _said(dated: Dated, t: Strings) -> str:
    return f"{value_words(dated.row.fact, t)} ({as_of_words(dated.row.fact, t)})"


def _points(series: Series, t: Strings) -> list[Point]:
    """A point for each value and time; documents that say the same share one, which leads to the first of them."""
    points: dict[tuple[object, ...], Point] = {}
    for dated in series.values:
        row, fact = dated.row, dated.row.fact
        times = (dated.first, dated.last, dated.value)
        point = Point(*times, short_words(fact, t), _label(dated, t), source_url(row, t), row.source_wrong)
        points.setdefault((*times, fact.qualifier, row.source_wrong), point)
    return list(points.values())


def _label(dated: Dated, t: Strings) -> str:
    """All that a point says, for the ear and for the pointer."""
    fact = dated.row.fact
    label = t(
        "register_point",
        value=value_words(fact, t),
        measure=measure_words(fact, t),
        date=as_of_words(fact, t),
        source=dated.row.entry.source.summary.title,
    )
    return "; ".join(text for text in (label, period_words(fact.period, t), *state_words(dated.row, t)) if text)


def _tick(day: datetime.date, yearly: bool, t: Strings) -> str:
    return str(day.year) if yearly else f"{t.month(day.month)[:3]} {day.year}"


def _table(series: Series, frame: Frame) -> str:
    t = frame.t
    names = [t(f"register_col_{name}") for name in ("value", "as_of", "source", "state")]
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    body = "".join(_line(dated, names, frame) for dated in reversed(series.values))
    opened = " open" if len(series.values) <= _OPEN else ""
    return (
        f'<details class="werte"{opened}><summary>{esc(t("register_series_table"))}</summary><table class="liste">'
        f'<caption class="sr">{esc(series.title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"</details>"
    )


def _line(dated: Dated, names: Sequence[str], frame: Frame) -> str:
    t, row = frame.t, dated.row
    link = f'<a class="cite" href="{esc(source_url(row, t))}">{esc(row.entry.source.summary.title)}</a>'
    cells = [esc(as_of_words(row.fact, t)), link, esc(", ".join(state_words(row, t)) or "–")]
    rest = "".join(f'<td data-name="{esc(n)}">{cell}</td>' for n, cell in zip(names[1:], cells, strict=True))
    period = period_words(row.fact.period, t)
    small = f"<br><small>{esc(period)}</small>" if period else ""
    return f'<tr><th scope="row"><strong>{esc(short_words(row.fact, t))}</strong>{small}</th>{rest}</tr>'
