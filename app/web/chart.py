"""A line chart over time as inline SVG, made on the server: true to time, from zero, each point a link to its source.

Colours come from classes of the style sheet, so that light, dark and forced colours hold. A chart is a group with
title and description; axes are decoration for the ear, since every point says its value and date itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.web.chartlabels import place_labels
from app.web.chartscale import Scale, time_ticks, value_ticks
from app.web.markup import esc

_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 26, 34, 34
# Longer periods have no middle that could stand for them.
_SHORT_DAYS = 31


_Line = tuple[float, float, float, float]


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

    def visible(self, point: Point) -> tuple[float, float]:
        """The stretch of a point's bar that lies in the drawing."""
        start, end = self.x(point.start.toordinal()), self.x(point.end.toordinal())
        return max(start, _LEFT), min(end, self.width - _RIGHT)

    def mark(self, point: Point) -> float:
        """Where the mark of a point stands: in the middle of what is visible."""
        return sum(self.visible(point)) / 2

    @property
    def room(self) -> tuple[float, float, float]:
        """Left, right and lower edge for what is written into the drawing."""
        return _LEFT, self.width - 4, self.height - _BOTTOM - 4


def chart_svg(chart: Chart, width: int, height: int) -> str:
    """The chart in a size of its own; the same data may be drawn once wide and once narrow."""
    whole = all(point.value == int(point.value) for point in chart.points)
    values = value_ticks(max(point.value for point in chart.points), whole)
    first, last = _period(chart.points)
    dates = time_ticks(first, last, width - _LEFT - _RIGHT)
    plane = _Plane(
        width,
        height,
        Scale(*_around(first, last), _LEFT, width - _RIGHT),
        Scale(0, values[-1], height - _BOTTOM, _TOP),
    )
    id = f"{chart.id}-{width}"
    lines = _lines(chart.points, plane)
    return (
        f'<svg class="verlauf breite-{width}" viewBox="0 0 {width} {height}" role="group" '
        f'aria-labelledby="{id}-titel" aria-describedby="{id}-text">'
        f'<title id="{id}-titel">{esc(chart.title)}</title><desc id="{id}-text">{esc(chart.description)}</desc>'
        f'<g aria-hidden="true">{_value_axis(chart, values, plane)}{_time_axis(chart, dates, plane)}'
        f"{_curve(lines)}</g>{_marks(chart.points, plane, lines)}</svg>"
    )


def _period(points: Sequence[Point]) -> tuple[datetime.date, datetime.date]:
    """First and last day of the axis. Long periods do not stretch it: their bars run out of the drawing."""
    steady = [point for point in points if point.connected]
    if len({point.start for point in steady}) < 2:
        return min(point.start for point in points), max(point.end for point in points)
    first, last = min(point.start for point in steady), max(point.end for point in steady)
    outside = [point for point in points if point.end < first or point.start > last]
    return min([first, *(p.start for p in outside)]), max([last, *(p.end for p in outside)])


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
            f'<text class="zahl" x="{x:.1f}" y="{bottom + 22}" text-anchor="middle">'
            f"{esc(chart.tick(day, yearly))}</text>"
        )
    return "".join(rows)


def _lines(points: Sequence[Point], plane: _Plane) -> list[_Line]:
    """Between neighbours that are known to the day or month; two values at one time break the line."""
    steady = sorted((p for p in points if p.connected), key=lambda p: p.middle)
    times = [point.middle for point in steady]
    return [
        (plane.x(one.middle), plane.y(one.value), plane.x(other.middle), plane.y(other.value))
        for one, other in pairwise(steady)
        if times.count(one.middle) == 1 and times.count(other.middle) == 1
    ]


def _curve(lines: Iterable[_Line]) -> str:
    return "".join(f'<line class="kurve" x1="{a:.1f}" y1="{b:.1f}" x2="{c:.1f}" y2="{d:.1f}"/>' for a, b, c, d in lines)


def _marks(points: Iterable[Point], plane: _Plane, lines: Sequence[_Line]) -> str:
    """A link for each point, in the order of time, so that the keyboard follows the line."""
    ordered = sorted(points, key=lambda p: (p.middle, p.value))
    labels = place_labels([(plane.mark(p), plane.y(p.value), p.short) for p in ordered], lines, plane.room)
    return "".join(_mark(point, plane, label) for point, label in zip(ordered, labels, strict=True))


def _mark(point: Point, plane: _Plane, at: tuple[float, float] | None) -> str:
    x, y = plane.mark(point), plane.y(point.value)
    bar = ""
    if point.end > point.start:
        ends = [plane.x(day.toordinal()) for day in (point.start, point.end)]
        start, end = plane.visible(point)
        # An end that lies outside the drawing has no cap.
        caps = "".join(f"M{e:.1f} {y - 5:.1f}V{y + 5:.1f}" for e in ends if start <= e <= end)
        bar = f'<path class="spanne" d="M{start:.1f} {y:.1f}H{end:.1f}{caps}"/>'
    form = "punkt" if point.connected else "punkt offen"
    label = ""
    if at is not None:
        label = f'<text class="wert" x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="middle">{esc(point.short)}</text>'
    cross = f'<path class="kreuz" d="M{x - 4:.1f} {y - 4:.1f}l8 8m0-8l-8 8"/>' if point.doubtful else ""
    return (
        f'<a class="cite stelle-im-verlauf" href="{esc(point.href)}" aria-label="{esc(point.label)}">'
        f"<title>{esc(point.label)}</title>"
        f'<circle class="griff" cx="{x:.1f}" cy="{y:.1f}" r="13"/>{bar}'
        f'<circle class="{form}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>{cross}{label}</a>'
    )
