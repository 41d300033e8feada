"""Lines over the number of passages, both axes by powers of ten, as inline SVG; a table stands beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

_WIDTH, _HEIGHT = 720, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 190, 32, 46
# Lines are told apart without colour, too.
_FORMS = ("", "6 4", "2 4", "10 4 2 4")


@dataclass(frozen=True, slots=True)
class Line:
    """A name and its points (passages, value), all above 0."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic scale from one power of ten to another, between two coordinates."""

    low: int
    high: int
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The coordinate of a value."""
        return self.start + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def ticks(self) -> list[float]:
        """The powers of ten."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def axis(values: Sequence[float], start: float, end: float) -> Axis:
    """The narrowest scale that holds all values."""
    low, high = math.floor(math.log10(min(values)) + 1e-9), math.ceil(math.log10(max(values)) - 1e-9)
    return Axis(low, max(high, low + 1), start, end)


def chart(title: str, description: str, unit: str, lines: Sequence[Line]) -> str:
    """The picture; nothing where there are no points."""
    points = [point for line in lines for point in line.points]
    if not points:
        return ""
    x = axis([size for size, _ in points], _LEFT, _WIDTH - _RIGHT)
    y = axis([value for _, value in points], _HEIGHT - _BOTTOM, _TOP)
    drawn = "".join(_line(line, place, x, y) for place, line in enumerate(lines) if line.points)
    return (
        f'<svg class="verlauf" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="titel text">'
        f'<title id="titel">{escape(title)}</title><desc id="text">{escape(description)}</desc>'
        f"{_grid(x, y)}{drawn}{_names(lines, y)}"
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 6}" text-anchor="middle">Textstellen</text>'
        f'<text x="{_LEFT - 8}" y="{_TOP - 16}" text-anchor="end">{escape(unit)}</text></svg>'
    )


def _grid(x: Axis, y: Axis) -> str:
    rows = [
        f'<line class="gitter" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(v):.1f}" y2="{y(v):.1f}"/>'
        f'<text x="{_LEFT - 8}" y="{y(v) + 4:.1f}" text-anchor="end">{_tick(v)}</text>'
        for v in y.ticks
    ]
    columns = [
        f'<line class="gitter" x1="{x(v):.1f}" x2="{x(v):.1f}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>'
        f'<text x="{x(v):.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{_tick(v)}</text>'
        for v in x.ticks
    ]
    return "".join(rows + columns)


def _line(line: Line, place: int, x: Axis, y: Axis) -> str:
    path = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in line.points)
    dots = "".join(f'<circle cx="{x(size):.1f}" cy="{y(value):.1f}" r="4"/>' for size, value in line.points)
    dashes = f' stroke-dasharray="{_FORMS[place % len(_FORMS)]}"' if _FORMS[place % len(_FORMS)] else ""
    return f'<g class="reihe-{place}"><polyline points="{path}"{dashes}/>{dots}</g>'


def _names(lines: Sequence[Line], y: Axis) -> str:
    """The name of each line at its end; those that would touch move down."""
    ends = sorted((y(line.points[-1][1]), place, line) for place, line in enumerate(lines) if line.points)
    heights = [height for height, _, _ in ends]
    for above, below in pairwise(range(len(heights))):
        heights[below] = max(heights[below], heights[above] + 16)
    return "".join(
        f'<text class="reihe-{place}" x="{_WIDTH - _RIGHT + 8}" y="{height + 4:.1f}">{escape(line.name)}</text>'
        for height, (_, place, line) in zip(heights, ends, strict=True)
    )


def _tick(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".") if value >= 1 else f"{value:g}".replace(".", ",")
