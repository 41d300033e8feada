"""Where a span of text stands on its page: the lines found on the pages, aligned with the final text.

Cleaning joins lines, drops hyphens at line ends and markup, and moves contact blocks; letters and digits stay. So lines
are compared by these alone, page by page, in reading order, each character claimed once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.types import Box, Line, PageSpan

THREADS = 12  # places at which the text may go on: body, contact block, furniture
REACH = 60  # letters that may stand between the end of a line and the next one: short lines, repeated headers
LONG = 5  # letters of a line that is unlikely to occur inside another


def locate(text: str, pages: Sequence[PageSpan], lines: Sequence[Line]) -> tuple[Box, ...]:
    """The box of every line that is found in the stretches of its page, in the order of the text.

    A line without letters and digits has no box.
    """
    stretches: dict[int, list[PageSpan]] = defaultdict(list)
    by_page: dict[int, list[Line]] = defaultdict(list)
    for span in pages:
        stretches[span.page].append(span)
    for line in lines:
        by_page[line.page].append(line)
    boxes = [box for page, found in by_page.items() for box in _Page(text, stretches[page]).boxes(found)]
    return tuple(sorted(boxes, key=lambda box: (box.start, box.end)))


def marks(boxes: Iterable[Box], start: int, end: int) -> list[Box]:
    """The boxes of `text[start:end]`; the first and the last line are cut in proportion to their characters."""
    return [
        _cut(box, max(start, box.start), min(end, box.end))
        for box in boxes
        if max(start, box.start) < min(end, box.end)
    ]


def _cut(box: Box, start: int, end: int) -> Box:
    width = (box.right - box.left) / (box.end - box.start)
    left = box.left + (start - box.start) * width
    return replace(box, start=start, end=end, left=left, right=left + (end - start) * width)


class _Page:
    """The letters and digits of one page with their offsets, and which of them are claimed."""

    def __init__(self, text: str, stretches: Sequence[PageSpan]) -> None:
        self._text = text
        self._offsets = [i for span in stretches for i in range(span.start, span.end) if text[i].isalnum()]
        self._squeezed = "".join(text[i] for i in self._offsets)
        self._claimed = bytearray(len(self._offsets))
        self._threads: list[int] = [0]

    def boxes(self, lines: Sequence[Line]) -> list[Box]:
        """The boxes of the lines that are found: the long ones first, since short ones occur inside of them."""
        wanted = [squeeze(line.text) for line in lines]
        found: dict[int, int] = {}
        for i, line in enumerate(lines):
            if len(wanted[i]) >= LONG and (at := self._next(wanted[i], line.text)) >= 0:
                self._take(found, i, at, wanted[i])
        for i, line in enumerate(lines):
            before = found.get(i - 1, 0) + len(wanted[i - 1]) if i - 1 in found else 0
            if 0 < len(wanted[i]) < LONG and (at := self._free(wanted[i], line.text, before)) >= 0:
                self._take(found, i, at, wanted[i])
        return [self._box(lines[i], at, at + len(wanted[i])) for i, at in found.items()]

    def _take(self, found: dict[int, int], i: int, at: int, wanted: str) -> None:
        found[i] = at
        self._claimed[at : at + len(wanted)] = b"\x01" * len(wanted)

    def _next(self, wanted: str, line: str) -> int:
        """Where the text goes on, if `wanted` follows there; else the next free place, else the first."""
        for i in range(len(self._threads) - 1, -1, -1):
            at = self._squeezed.find(wanted, self._threads[i], self._threads[i] + len(wanted) + REACH)
            if self._is_free(wanted, line, at):
                del self._threads[i]
                break
        else:
            at = self._free(wanted, line, self._threads[-1] if self._threads else 0)
        if at >= 0:
            self._threads = [*self._threads[1 - THREADS :], at + len(wanted)]
        return at

    def _free(self, wanted: str, line: str, start: int) -> int:
        """The first free place from `start` on, or from the beginning; -1 where there is none."""
        for begin in (start, 0):
            at = self._squeezed.find(wanted, begin)
            while at >= 0 and not self._is_free(wanted, line, at):
                at = self._squeezed.find(wanted, at + 1)
            if at >= 0:
                return at
        return -1

    def _is_free(self, wanted: str, line: str, at: int) -> bool:
        """Whether a place is unclaimed and cuts no word that the line itself does not cut."""
        end = at + len(wanted)
        if at < 0 or any(self._claimed[at:end]):
            return False
        cut_before = self._is_inside_word(at) and not self._claimed[at - 1]
        return not cut_before and not (self._is_inside_word(end) and not line.rstrip().endswith("-"))

    def _is_inside_word(self, at: int) -> bool:
        return 0 < at < len(self._offsets) and self._offsets[at] == self._offsets[at - 1] + 1

    def _box(self, line: Line, first: int, last: int) -> Box:
        start, end = self._offsets[first], self._offsets[last - 1] + 1
        start -= _shared(self._text[:start][::-1][:80], _outside(line.text)[::-1])
        end += _shared(self._text[end : end + 80], _outside(line.text[::-1])[::-1])
        return Box(start, end, line.page, line.left, line.bottom, line.right, line.top)


def squeeze(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(character for character in text if character.isalnum())


def _outside(text: str) -> str:
    """What stands before the first letter or digit."""
    return text[: next((i for i, character in enumerate(text) if character.isalnum()), 0)]


def _shared(text: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    return next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
