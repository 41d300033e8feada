"""Reading order of lines: columns beside each other, and what runs across them.

The idea of the XY-cut (Nagy and Seth, 1984), turned around: lines that run across a gutter cut the page into bands, and
within a band the left side is read before the right one. Narrow sides that stand row by row beside the other (codes,
amounts, list marks) are no columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.segments import Segment

GUTTER = 7.0  # points that a gutter is wide at least
APART = 2.5  # line heights between a column and what stands alone above or below it
MAX_EDGES = 40
MAX_DEPTH = 12
CELL = 12  # characters up to which a line may be a cell of a row
CODE = 4  # characters up to which it is one, wherever it stands


@dataclass(frozen=True, slots=True)
class Band:
    """What stands left and right of a gutter between two lines that run across it."""

    left: tuple[Segment, ...]
    right: tuple[Segment, ...]

    @property
    def weight(self) -> float:
        """How much two columns explain: the area of the shorter side; 0 where the sides are rows, or one is a row."""
        if not self.left or not self.right:
            return 0.0
        if not any(line.parts for line in (*self.left, *self.right)) and min(_rows(self.left), _rows(self.right)) < 2:
            return 0.0
        if _top(self.left) <= _bottom(self.right) or _top(self.right) <= _bottom(self.left):
            return 0.0
        if is_tabular(self.left, self.right):
            return 0.0
        return min(_area(self.left), _area(self.right))


def in_order(lines: Sequence[Segment], depth: int = 0) -> list[list[Segment]]:
    """Lines of a page in reading order, in pieces that hold no columns."""
    gutter = _best_gutter(lines) if depth < MAX_DEPTH and len(lines) > 2 else None
    if gutter is None:
        return [[line for row in rows_of(lines) for line in row]] if lines else []
    found: list[list[Segment]] = []
    rest: list[Segment] = []
    for band in _bands(lines, gutter):
        if band.weight:
            found += in_order(rest, depth + 1) + in_order(band.left, depth + 1) + in_order(band.right, depth + 1)
            rest = []
        else:
            rest += [*band.left, *band.right]
    return found + in_order(rest, depth + 1)


def rows_of(lines: Sequence[Segment]) -> list[list[Segment]]:
    """Lines that stand side by side, from top to bottom and from left to right."""
    rows: list[list[Segment]] = []
    for line in sorted(lines, key=lambda s: -_head(s)):
        if rows and abs(_head(rows[-1][0]) - _head(line)) < 0.5 * min(_row_height(rows[-1][0]), _row_height(line)):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def _rows(lines: Sequence[Segment]) -> int:
    return len(rows_of(lines))


def _head(line: Segment) -> float:
    return line.top - _row_height(line) / 2


def _row_height(line: Segment) -> float:
    """A finished area counts by its upper edge."""
    return 10.0 if line.parts else line.height


def is_tabular(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether two sides are cells of rows: lines of the shorter side are short, and stand on lines of the other."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    if any(line.parts for line in (*left, *right)):
        return False
    if _is_cells(left, CODE) or _is_cells(right, CODE):
        return True
    bases = sorted(line.bottom for line in many)
    aligned = sum(any(abs(line.bottom - base) < 0.3 * line.height for base in bases) for line in few)
    return aligned >= 0.6 * len(few) and (_is_cells(left) or _is_cells(right))


def _is_cells(lines: Sequence[Segment], longest: int = CELL) -> bool:
    """Whether lines are short and none stand side by side: one column of codes, amounts or marks."""
    typical = sorted(len(line.text) for line in lines)[len(lines) // 2]
    return typical <= longest and len(rows_of(lines)) >= 0.9 * len(lines)


def _area(lines: Sequence[Segment]) -> float:
    return sum((line.right - line.left) * line.height for line in lines)


def _best_gutter(lines: Sequence[Segment]) -> float | None:
    """The right end of the gutter that explains most, if any does."""
    edges = Counter(round(line.left) for line in lines)
    scored = ((_score(lines, float(edge)), edge) for edge, _ in edges.most_common(MAX_EDGES))
    best = max(scored, default=(0.0, 0))
    return float(best[1]) if best[0] > 0 else None


def _score(lines: Sequence[Segment], edge: float) -> float:
    return sum(band.weight for band in _bands(lines, edge))


def _bands(lines: Sequence[Segment], edge: float) -> list[Band]:
    """Bands from top to bottom; a line across the gutter that ends at `edge` is a band with a left side only."""
    found: list[Band] = []
    left: list[Segment] = []
    right: list[Segment] = []
    for line in sorted(lines, key=lambda s: -s.top):
        if line.left >= edge - 1:
            right.append(line)
        elif line.right <= edge - GUTTER:
            left.append(line)
        else:
            found += [Band(tuple(left), tuple(right)), Band((line,), ())]
            left, right = [], []
    found.append(Band(tuple(left), tuple(right)))
    return [part for band in found if band.left or band.right for part in _trimmed(band)]


def _trimmed(band: Band) -> list[Band]:
    """What stands well above or below the other side, such as a page number, is a band of its own."""
    if not band.weight:
        return [band]
    floor = max(_bottom(band.left), _bottom(band.right))
    ceiling = min(_top(band.left), _top(band.right))
    under = [line for line in (*band.left, *band.right) if line.top < floor]
    over = [line for line in (*band.left, *band.right) if line.bottom > ceiling]
    if under and floor - _top(under) < APART * under[0].height:
        under = []
    if over and _bottom(over) - ceiling < APART * over[0].height:
        over = []
    core = Band(
        tuple(s for s in band.left if s not in (*over, *under)),
        tuple(s for s in band.right if s not in (*over, *under)),
    )
    return [b for b in (Band(tuple(over), ()), core, Band(tuple(under), ())) if b.left or b.right]


def _bottom(lines: Sequence[Segment]) -> float:
    return min(line.bottom for line in lines)


def _top(lines: Sequence[Segment]) -> float:
    return max(line.top for line in lines)
