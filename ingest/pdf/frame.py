"""Coordinates of a page as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """From a page's own coordinates to the picture of it: crop box and rotation (degrees clockwise) applied."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page lies in the picture (origin bottom left)."""
        if self.turn == 90:
            return y - self.bottom, self.right - x
        if self.turn == 180:
            return self.right - x, self.top - y
        if self.turn == 270:
            return self.top - y, x - self.left
        return x - self.left, y - self.bottom

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """Where a rectangle of the page lies in the picture."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the page is visible."""
        return self.left - 1 <= x <= self.right + 1 and self.bottom - 1 <= y <= self.top + 1


def turned_back(box: Rect, size: tuple[float, float], turn: int) -> Rect:
    """A rectangle of a frame that was turned by `turn` once more, in the picture of `size` points itself."""
    width, height = size
    # Seen from the turned frame, the picture is a page turned by the rest of the full circle.
    across, down = (height, width) if turn in (90, 270) else (width, height)
    return Frame(0.0, 0.0, across, down, (360 - turn) % 360).rect(*box)
