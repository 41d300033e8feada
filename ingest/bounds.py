"""Keeps lines to a length that prose has, since rules for sentences take time with the square of it.

Files with all their text in one line, exported tables and embedded binary data are met in practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.types import Block

LONGEST_WORD = 2000  # characters; addresses of tracking links come near, anything longer is data
LONGEST_LINE = 3000
LEFT_OUT = "[…]"
_DATA = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_ENDS = (re.compile(r"[.!?…][»«“”\"')]*\s+(?=\S)"), re.compile(r"\s+(?=[A-ZÄÖÜ\d])"))


def bounded(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with over-long lines cut after a sentence, else before a capital or a figure.

    What offers no such place is no prose and becomes furniture. A "word" above `LONGEST_WORD` is left out visibly.
    """
    if all(len(line) <= LONGEST_LINE for block in blocks for line in block.lines):
        return tuple(blocks)
    return tuple(part for block in blocks for part in _cut(block))


def _cut(block: Block) -> Iterator[Block]:
    if all(len(line) <= LONGEST_LINE for line in block.lines):
        yield block
        return
    for line in block.lines:
        for piece in _pieces(_DATA.sub(LEFT_OUT, line)):
            if len(piece) <= LONGEST_LINE and piece != LEFT_OUT:
                yield replace(block, lines=(piece,))
            else:
                yield from (replace(block, lines=(part,), role="furniture", level=0) for part in _chopped(piece))


def _pieces(line: str) -> Iterator[str]:
    """Stretches of a line up to `LONGEST_LINE`; longer ones where there is no place to cut."""
    start = 0
    while len(line) - start > LONGEST_LINE:
        end = _last_place(line, start, start + LONGEST_LINE) or _next_place(line, start + LONGEST_LINE)
        yield line[start:end].strip()
        start = end
    if line[start:].strip():
        yield line[start:].strip()


def _last_place(line: str, start: int, stop: int) -> int:
    """The last good place to cut before `stop`, or 0; sentences before anything else."""
    for pattern in _ENDS:
        places = [match.end() for match in pattern.finditer(line, start, stop) if match.end() > start]
        if places:
            return places[-1]
    return 0


def _next_place(line: str, start: int) -> int:
    found = (pattern.search(line, start) for pattern in _ENDS)
    return min((match.end() for match in found if match), default=len(line))


def _chopped(text: str) -> Iterator[str]:
    """Text in pieces of at most `LONGEST_LINE`, cut at blanks."""
    start = 0
    while start < len(text):
        stop = start + LONGEST_LINE
        at = text.rfind(" ", start, stop) if stop < len(text) else len(text)
        stop = at if at > start else stop
        if text[start:stop].strip():
            yield text[start:stop].strip()
        start = stop
