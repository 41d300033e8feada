"""Pieces of a page with their boxes: runs of text become lines, lines become paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

WINDOW = 40  # how many of the last lines or blocks a new piece is compared with
LOOSE = 1.25  # of the usual distance of lines: what stands further off begins a paragraph
JOIN = 1.2  # of the height: runs that stand closer are one line
NARROW = 0.5  # the same where a column begins
SHORT = 8  # characters of a code or mark, which belongs to the text behind it even there
EDGE = 6  # so many runs that begin at one place make the edge of a column


@dataclass(frozen=True, slots=True)
class Part:
    """A finished piece of a page: its text lines, and the segments on the page that they come from."""

    texts: tuple[str, ...]
    segments: tuple[Segment, ...]
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text, or a finished area, with its box in points (origin bottom left, so `top > bottom`)."""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    parts: tuple[Part, ...] = ()

    @property
    def height(self) -> float:
        """Height of the box, about the font size."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical line drawn on the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def upright(self) -> bool:
        """Whether it is vertical."""
        return self.y1 - self.y0 > self.x1 - self.x0


class Barriers:
    """Rules between pieces of text: a vertical one parts them, a short level one (a field to fill in) joins."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._fields = sorted((r.y0, r.x0, r.x1) for r in rules if not r.upright)
        self._rules = sorted(((r.x0 + r.x1) / 2, r.y0, r.y1) for r in rules if r.upright)
        self._xs = [x for x, _, _ in self._rules]

    def between(self, left: Segment, right: Segment) -> bool:
        """Whether a rule stands between two segments of one line."""
        y = (max(left.bottom, right.bottom) + min(left.top, right.top)) / 2
        at = bisect_left(self._xs, left.right - 2)
        while at < len(self._xs) and self._xs[at] <= right.left + 2:
            if self._rules[at][1] <= y <= self._rules[at][2]:
                return True
            at += 1
        return False

    def field(self, left: Segment, right: Segment) -> bool:
        """Whether a rule on the base line fills the gap between two segments and no more."""
        height = max(left.height, right.height)
        low = bisect_left(self._fields, (left.bottom - 0.3 * height, 0.0, 0.0))
        for y, x0, x1 in self._fields[low:]:
            if y > left.middle:
                return False
            if left.right - height < x0 < left.right + height and right.left - height < x1 < right.left + height:
                return True
        return False


def lines_of(segments: Sequence[Segment], barriers: Barriers) -> list[Segment]:
    """Merge runs that stand on one line with no rule and no more than a wide blank between them."""
    lines: list[Segment] = []
    begins = Counter(round(segment.left) for segment in segments)
    for segment in sorted(segments, key=lambda s: (-round(s.middle), s.left)):
        first = max(0, len(lines) - WINDOW)
        edge = sum(begins[round(segment.left) + step] for step in (-1, 0, 1)) >= EDGE
        join = NARROW if edge else JOIN
        match = next((i for i in range(first, len(lines)) if _is_same_line(lines[i], segment, barriers, join)), None)
        if match is None:
            lines.append(segment)
        else:
            lines[match] = joined(lines[match], segment)
    return _filled(lines, barriers)


def _filled(lines: Sequence[Segment], barriers: Barriers) -> list[Segment]:
    """Join lines over the fields between them; the hole in the sentence is marked."""
    out: list[Segment] = []
    for line in lines:
        last = out[-1] if out else None
        if last and abs(last.middle - line.middle) < 0.3 * line.height and barriers.field(last, line):
            out[-1] = replace(joined(last, line), text=f"{last.text} … {line.text}")
        else:
            out.append(line)
    return out


def _is_same_line(line: Segment, other: Segment, barriers: Barriers, join: float) -> bool:
    height = max(line.height, other.height, 1.0)
    if abs(line.middle - other.middle) >= 0.5 * height:
        return False
    first, second = (line, other) if line.left <= other.left else (other, line)
    join = JOIN if len(first.text) <= SHORT else join
    return second.left - first.right < join * height and not barriers.between(first, second)


def joined(line: Segment, other: Segment) -> Segment:
    """Two segments of one line as one."""
    first, second = (line, other) if line.left <= other.left else (other, line)
    blank = "" if second.left - first.right < 0.12 * max(first.height, 1) else " "
    box = around((line, other))
    return Segment(box.left, box.bottom, box.right, box.top, f"{first.text}{blank}{second.text}")


def around(segments: Sequence[Segment]) -> Segment:
    """The box around segments, without text."""
    return Segment(
        min(s.left for s in segments),
        min(s.bottom for s in segments),
        max(s.right for s in segments),
        max(s.top for s in segments),
        "",
    )


def paragraphs(lines: Sequence[Segment]) -> list[list[Segment]]:
    """Stack lines that overlap horizontally, stand close and are of one size; finished areas stay alone."""
    usual = _usual_pitches(lines)
    blocks: list[list[Segment]] = []
    for line in lines:
        block = next((b for b in blocks[-WINDOW:] if _continues(b, line, usual)), None)
        if block is None:
            blocks.append([line])
        else:
            block.append(line)
    return blocks


def _usual_pitches(lines: Sequence[Segment]) -> dict[int, float]:
    """For every size of text the distance of lines inside its paragraphs: the lower quartile of all distances."""
    pitches: dict[int, list[float]] = defaultdict(list)
    for above, line in pairwise(lines):
        distance = above.middle - line.middle
        if not (above.parts or line.parts) and 0.8 * line.height < distance < 2.5 * line.height:
            pitches[round(line.height)].append(distance)
    return {size: sorted(found)[len(found) // 4] for size, found in pitches.items() if len(found) >= 3}


def _continues(block: Sequence[Segment], line: Segment, usual: dict[int, float]) -> bool:
    last = block[-1]
    if last.parts or line.parts:
        return False
    overlap = min(last.right, line.right) - max(last.left, line.left)
    distance = last.middle - line.middle
    size = max(last.height, line.height)
    pitch = block[-2].middle - last.middle if len(block) > 1 else usual.get(round(line.height), 1.75 * size)
    similar = 0.7 < (line.height + 1) / (last.height + 1) < 1.43
    return overlap > 0 and similar and 0 < distance <= LOOSE * pitch
