"""A line chart over time as inline SVG, made on the server: true to time, from zero, each point a link to its source.

Colours come from classes of the style sheet, so that light, dark and forced colours hold. A chart is a group with
title and description; axes are decoration for the ear, since every point says its value and date itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.web.chartscale import Scale, time_ticks, value_ticks
from app.web.markup import esc

_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 26, 34, 34
_LETTER = 7.6
_LINE = 16
# Longer periods have no middle that could stand for them.
_SHORT_DAYS = 31


@dataclass(frozen=True, slots=True)
class Point:
    """A value that held on a day, or on some day from `start` to `end`; `short` stands beside it, `label` says all.

    A doubtful one is drawn apart and never connected.
    """

    start: datetime.date
    end: datetime.date
    value: float
    short: str
    label: str
    href: str
    doubtful: bool = False

    @property
    def middle(self) -> float:
        """Where its mark stands, in days."""
        return (self.start.toordinal() + self.end.toordinal()) / 2

    @property
    def connected(self) -> bool:
        """Whether a line may lead to it: a day or a month, and no doubt."""
        return not self.doubtful and (self.end - self.start).days < _SHORT_DAYS


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. `number` writes a tick of the value axis, `tick` a date as month or year."""

    id: str
    title: str
    description: str
    points: Sequence[Point]
    number: Callable[[float], str]
    tick: Callable[[datetime.date, bool], str]


@dataclass(frozen=True, slots=True)
class _Plane:
    """The drawing area and its two scales."""

    width: int
    height: int
    x: Scale
    y: Scale


def chart_svg(chart: Chart, width: int, height: int) -> str:
    """The chart in a size of its own; the same data may be drawn once wide and once narrow."""
    whole = all(point.value == int(point.value) for point in chart.points)
    values = value_ticks(max(point.value for point in chart.points), whole)
    first = min(point.start for point in chart.points)
    last = max(point.end for point in chart.points)
    dates = time_ticks(first, last, max(2, (width - _LEFT - _RIGHT) // 90))
    plane = _Plane(
        width,
        height,
        Scale(*_around(first, last), _LEFT, width - _RIGHT),
        Scale(0, values[-1], height - _BOTTOM, _TOP),
    )
    id = f"{chart.id}-{width}"
    return (
        f'<svg class="verlauf breite-{width}" viewBox="0 0 {width} {height}" role="group" '
        f'aria-labelledby="{id}-titel" aria-describedby="{id}-text">'
        f'<title id="{id}-titel">{esc(chart.title)}</title><desc id="{id}-text">{esc(chart.description)}</desc>'
        f'<g aria-hidden="true">{_value_axis(chart, values, plane)}{_time_axis(chart, dates, plane)}'
        f"{_line(chart.points, plane)}</g>{_marks(chart.points, plane)}</svg>"
    )


def _around(first: datetime.date, last: datetime.date) -> tuple[float, float]:
    """First and last day with some room on both sides."""
    room = max(20.0, (last - first).days * 0.05)
    return first.toordinal() - room, last.toordinal() + room


def _value_axis(chart: Chart, values: Sequence[float], plane: _Plane) -> str:
    rows = []
    for value in values:
        y = plane.y(value)
        kind = "null" if value == 0 else "gitter"
        rows.append(
            f'<line class="{kind}" x1="{_LEFT}" x2="{plane.width - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="zahl" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{esc(chart.number(value))}</text>'
        )
    return "".join(rows)


def _time_axis(chart: Chart, dates: Sequence[tuple[datetime.date, bool]], plane: _Plane) -> str:
    bottom = plane.height - _BOTTOM
    rows = []
    for day, yearly in dates:
        x = plane.x(day.toordinal())
        if not _LEFT <= x <= plane.width - _RIGHT:
            continue
        rows.append(
            f'<line class="null" x1="{x:.1f}" x2="{x:.1f}" y1="{bottom}" y2="{bottom + 6}"/>'
            f'<text class="zahl" x="{x:.1f}" y="{bottom + 22}" text-anchor="middle">{esc(chart.tick(day, yearly))}</text>'
        )
    return "".join(rows)


def _line(points: Sequence[Point], plane: _Plane) -> str:
    """Lines between neighbours that are known to the day or month; two values at one time break the line."""
    steady = sorted((p for p in points if p.connected), key=lambda p: p.middle)
    times = [point.middle for point in steady]
    rows = []
    for one, other in pairwise(steady):
        if times.count(one.middle) == 1 and times.count(other.middle) == 1:
            rows.append(
                f'<line class="kurve" x1="{plane.x(one.middle):.1f}" y1="{plane.y(one.value):.1f}" '
                f'x2="{plane.x(other.middle):.1f}" y2="{plane.y(other.value):.1f}"/>'
            )
    return "".join(rows)


def _marks(points: Iterable[Point], plane: _Plane) -> str:
    """A link for each point, in the order of time, so that the keyboard follows the line."""
    taken: list[tuple[float, float, float]] = []
    ordered = sorted(points, key=lambda p: (p.middle, p.value))
    return "".join(_mark(point, plane, _label(point, plane, taken)) for point in ordered)


def _mark(point: Point, plane: _Plane, label: str) -> str:
    x, y = plane.x(point.middle), plane.y(point.value)
    bar = ""
    if point.end > point.start:
        ends = plane.x(point.start.toordinal()), plane.x(point.end.toordinal())
        caps = "".join(f"M{e:.1f} {y - 5:.1f}V{y + 5:.1f}" for e in ends)
        bar = f'<path class="spanne" d="M{ends[0]:.1f} {y:.1f}H{ends[1]:.1f}{caps}"/>'
    form = "punkt" if point.connected else "punkt offen"
    cross = f'<path class="kreuz" d="M{x - 4:.1f} {y - 4:.1f}l8 8m0-8l-8 8"/>' if point.doubtful else ""
    return (
        f'<a class="cite stelle-im-verlauf" href="{esc(point.href)}" aria-label="{esc(point.label)}">'
        f"<title>{esc(point.label)}</title>"
        f'<circle class="griff" cx="{x:.1f}" cy="{y:.1f}" r="13"/>{bar}'
        f'<circle class="{form}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>{cross}{label}</a>'
    )


def _label(point: Point, plane: _Plane, taken: list[tuple[float, float, float]]) -> str:
    """The value above its mark, else below; nothing where both would cover another (the table has it)."""
    half = len(point.short) * _LETTER / 2
    x = min(max(plane.x(point.middle), _LEFT + half), plane.width - 4 - half)
    y = plane.y(point.value)
    for top in (y - 12, y + 24):
        free = all(abs(x - a) >= half + b or abs(top - c) >= _LINE for a, b, c in taken)
        if free and top < plane.height - _BOTTOM - 4:
            taken.append((x, half + 4, top))
            return f'<text class="wert" x="{x:.1f}" y="{top:.1f}" text-anchor="middle">{esc(point.short)}</text>'
    return ""
