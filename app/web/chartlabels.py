"""Where values are written beside the points of a chart: above, else below, off each other and off the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LETTER = 7.6
_ABOVE, _BELOW = -12, 24
_HEIGHT, _GAP = 14, 4
Line = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Box:
    """The room of a label whose baseline is `bottom`."""

    x: float
    bottom: float
    half: float

    def meets(self, other: _Box) -> bool:
        """Whether two labels would cover each other."""
        near = abs(self.x - other.x) < self.half + other.half + _GAP
        return near and abs(self.bottom - other.bottom) < _HEIGHT + 2

    def crossed(self, lines: Iterable[Line]) -> bool:
        """Whether a line runs through the label."""
        places = [self.x + self.half * part for part in (-1, -0.5, 0, 0.5, 1)]
        return any(
            a <= x <= c and self.bottom - _HEIGHT < b + (d - b) * (x - a) / (c - a) < self.bottom + _GAP
            for a, b, c, d in lines
            if c > a
            for x in places
        )


def place_labels(
    points: Iterable[tuple[float, float, str]], lines: Sequence[Line], room: tuple[float, float, float]
) -> list[tuple[float, float] | None]:
    """For each point (x, y, text) the middle of its label's baseline.

    None where both places are taken: the table beside the chart has the value.
    """
    left, right, lowest = room
    taken: list[_Box] = []
    places: list[tuple[float, float] | None] = []
    for x, y, text in points:
        half = len(text) * _LETTER / 2
        middle = min(max(x, left + half), right - half)
        boxes = [_Box(middle, y + shift, half) for shift in (_ABOVE, _BELOW) if y + shift <= lowest]
        free = [box for box in boxes if not any(box.meets(other) for other in taken)]
        best = next((box for box in free if not box.crossed(lines)), free[0] if free else None)
        places.append((best.x, best.bottom) if best else None)
        taken.extend([best] if best else [])
    return places
