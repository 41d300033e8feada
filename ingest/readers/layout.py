"""Reading order of a page: text runs become lines, lines blocks, and blocks are ordered by recursive cuts.

The cut is the classic XY-cut (Nagy and Seth, 1984): a gutter over the whole height parts columns; otherwise the
widest horizontal gap parts what stands above from what stands below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with its box in points (origin bottom left, so `top > bottom`)."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """Height of the box, about the font size."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2


def page_blocks(segments: Sequence[Segment]) -> list[tuple[str, ...]]:
    """Blocks of a page in reading order, each as its lines."""
    lines = _lines(segments)
    return [tuple(line.text for line in block) for block in _ordered(_blocks(lines))]


def _lines(segments: Sequence[Segment]) -> list[Segment]:
    """Merge runs that stand on one line with no more than a wide blank between them."""
    lines: list[Segment] = []
    for segment in sorted(segments, key=lambda s: (-round(s.middle), s.left)):
        match = next((i for i, line in enumerate(lines) if _same_line(line, segment)), None)
        if match is None:
            lines.append(segment)
        else:
            lines[match] = _merge(lines[match], segment)
    return lines


def _same_line(line: Segment, other: Segment) -> bool:
    height = max(line.height, other.height, 1.0)
    gap = max(other.left - line.right, line.left - other.right)
    return abs(line.middle - other.middle) < 0.5 * height and gap < 1.2 * height


def _merge(line: Segment, other: Segment) -> Segment:
    first, second = (line, other) if line.left <= other.left else (other, line)
    blank = "" if second.left - first.right < 0.12 * max(first.height, 1) else " "
    return Segment(
        min(line.left, other.left),
        min(line.bottom, other.bottom),
        max(line.right, other.right),
        max(line.top, other.top),
        f"{first.text}{blank}{second.text}",
    )


def _blocks(lines: Sequence[Segment]) -> list[list[Segment]]:
    """Stack lines that overlap horizontally, stand close and are of one size."""
    blocks: list[list[Segment]] = []
    for line in sorted(lines, key=lambda s: (-s.top, s.left)):
        block = next((b for b in blocks if _continues(b, line)), None)
        if block is None:
            blocks.append([line])
        else:
            block.append(line)
    return blocks


def _continues(block: Sequence[Segment], line: Segment) -> bool:
    last = block[-1]
    overlap = min(last.right, line.right) - max(last.left, line.left)
    distance = last.middle - line.middle
    pitch = block[-2].middle - last.middle if len(block) > 1 else 1.75 * max(last.height, line.height)
    similar = 0.7 < (line.height + 1) / (last.height + 1) < 1.43
    return overlap > 0 and similar and 0 < distance <= 1.25 * pitch


def _ordered(blocks: list[list[Segment]]) -> list[list[Segment]]:
    return [blocks[index] for index in _cut([_box(index, block) for index, block in enumerate(blocks)])]


def _box(index: int, block: Sequence[Segment]) -> Segment:
    merged = block[0]
    for line in block[1:]:
        merged = _merge(merged, line)
    return replace(merged, text=str(index))


def _cut(boxes: list[Segment]) -> list[int]:
    """Indices of the boxes in reading order."""
    if len(boxes) < 2:
        return [int(box.text) for box in boxes]
    columns = _gaps([(box.left, box.right, box) for box in boxes], least=8.0)
    if len(columns) > 1:
        return [index for column in columns for index in _cut(column)]
    rows = _gaps([(-box.top, -box.bottom, box) for box in boxes], least=0.1)
    if len(rows) == 1:
        return [int(box.text) for box in sorted(boxes, key=lambda b: (-round(b.top), b.left))]
    return [index for part in _widest(rows) for index in _cut(part)]


def _gaps(spans: list[tuple[float, float, Segment]], least: float) -> list[list[Segment]]:
    """Part boxes wherever a gap of at least `least` runs through all of them."""
    groups: list[list[Segment]] = []
    reach = float("-inf")
    for start, end, box in sorted(spans, key=lambda s: s[0]):
        if groups and start - reach < least:
            groups[-1].append(box)
        else:
            groups.append([box])
        reach = max(reach, end)
    return groups


def _widest(rows: list[list[Segment]]) -> tuple[list[Segment], list[Segment]]:
    """Cut the rows in two where the gap is widest."""

    def gap(i: int) -> float:
        return min(b.bottom for b in rows[i - 1]) - max(b.top for b in rows[i])

    at = max(range(1, len(rows)), key=gap)
    return [box for row in rows[:at] for box in row], [box for row in rows[at:] for box in row]
