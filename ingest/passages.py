"""Passages: retrievable stretches of body text, whole sentences under one heading, with exact offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from uuid import UUID, uuid5

from ingest.german.quantities import find_quantities
from ingest.german.sentences import Span, sentences
from ingest.types import Document, Passage, Section

TARGET = 600
LIMIT = 1200
_CLAUSE = re.compile(r"(?<=[,;:])\s+|(?<!\d)\s+(?=[–-]\s)")


def split(document: Document) -> tuple[Passage, ...]:
    """Passages of the body sections of `document`, in reading order.

    A passage holds whole sentences, about `TARGET` characters; a single sentence longer than `LIMIT` is cut at a
    clause, never between a number and its unit. Contact blocks, furniture and headings are left out.
    """
    spans = ((*span, s.heading) for s in document.sections if s.role == "body" for span in _pack(document.text, s))
    starts = [page.start for page in document.pages]
    return tuple(
        Passage(
            id=str(uuid5(UUID(document.id), f"{document.sha256}:{start}:{end}")),
            document_id=document.id,
            start=start,
            end=end,
            page=_page_at(document, starts, start),
            heading=heading,
        )
        for start, end, heading in spans
    )


def body_sentences(document: Document, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences of the body between two offsets, headings left out, as offsets in the document."""
    stop = len(document.text) if end is None else end
    return [
        span
        for section in document.sections
        if section.role == "body" and section.start < stop and section.end > start
        for span in section_sentences(document.text, section)
        if span[0] < stop and span[1] > start
    ]


def section_sentences(text: str, section: Section) -> list[Span]:
    """Sentences of one section as offsets in `text`, without its heading line."""
    start = body_start(text, section)
    return [(start + a, start + b) for a, b in sentences(text[start : section.end])]


def body_start(text: str, section: Section) -> int:
    """Where a section begins behind its heading line."""
    start = section.start
    heading = section.heading
    if heading and text.startswith(heading, start, section.end):
        start += len(heading)
        if text[start : start + 1] == ":":
            start += 1
    return start


def _page_at(document: Document, starts: list[int], offset: int) -> int | None:
    """The same as `Document.page_at`, without going through all pages: `starts` are their first offsets."""
    number = bisect_right(starts, offset) - 1
    span = document.pages[number] if number >= 0 else None
    return span.page if span and offset < span.end else None


def _pack(text: str, section: Section) -> Iterator[Span]:
    """Join neighbouring sentences until `TARGET` is reached; a paragraph end is the better place to stop."""
    begin: int | None = None
    last = 0
    for start, end in section_sentences(text, section):
        for piece_start, piece_end in _cut_long(text, start, end):
            paragraph = begin is not None and "\n\n" in text[last:piece_start] and last - begin > TARGET * 0.6
            if begin is not None and (paragraph or piece_end - begin > TARGET):
                yield begin, last
                begin = None
            begin = piece_start if begin is None else begin
            last = piece_end
    if begin is not None:
        yield begin, last


def _cut_long(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LIMIT:
        window = text[start : start + LIMIT]
        kept = [(q.start, q.end) for q in find_quantities(text[start : start + LIMIT + 80])]
        places = [m for m in _CLAUSE.finditer(window, TARGET // 2) if not _inside(kept, m.start())]
        blanks = [m for m in re.finditer(r"\s+", window) if m.start() and not _inside(kept, m.start())]
        cuts = places or blanks
        stop, resume = cuts[-1].span() if cuts else (LIMIT, LIMIT)
        yield start, start + stop
        start += resume
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _inside(spans: list[Span], position: int) -> bool:
    """Whether a cut at `position` would part a number from what it counts."""
    return any(start < position < end for start, end in spans)
