"""From a file to a `Document`: read, classify, mend, describe, put together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from ingest.bounds import bounded
from ingest.boxes import locate
from ingest.cleaning import classify, mend
from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.german.sentences import is_open, sentences
from ingest.language import language_of
from ingest.lines import has_contact_detail, mark_of
from ingest.metadata import Metadata, describe
from ingest.readers import READERS, reader_for
from ingest.types import Block, Document, PageSpan, RawDocument, Role, Section, Validity
from ingest.validity import REGULATIONS, validity_of

NAMESPACE = UUID("6f1b4a52-6a38-5b0e-9d57-2f8f0f3b7c11")
SUFFIXES = frozenset(READERS)
_MARKUP = re.compile(r"\*\*|__")


def read_document(path: Path, *, origin: str, source: str, today: date) -> Document:
    """Read one file.

    `origin` identifies the document for good (the absolute path, or `upload:<name>`); `source` is the name that
    users see; `today` bounds inferred dates.

    Raises:
        UnsupportedFormat: no reader for this suffix.
        UnreadableFile, ScanWithoutText: see the readers.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise UnsupportedFormat(f"»{source}«: Dieses Format wird nicht gelesen.", f"Gelesen werden: {known}.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"»{source}« lässt sich nicht öffnen: {error.strerror}.") from None
    if not data.strip():
        raise UnreadableFile(f"»{source}« ist leer.")
    reader = reader_for(suffix, data, source)
    return assemble(reader(data, source), origin=origin, source=source, data=data, today=today)


def assemble(raw: RawDocument, *, origin: str, source: str, data: bytes, today: date) -> Document:
    """Clean `raw` and lay body, contact and furniture out in one text."""
    blocks = classify(bounded(raw.blocks))
    if not any(block.role == "body" for block in blocks):
        raise UnreadableFile(f"»{source}« enthält keinen Text.")
    meta = describe(raw, blocks, source, today)
    text, sections, pages = _lay_out(blocks, meta)
    return Document(
        id=str(uuid5(NAMESPACE, origin)),
        source=source,
        origin=origin,
        sha256=hashlib.sha256(data).hexdigest(),
        title=meta.title,
        kind=meta.kind,
        publisher=meta.publisher,
        published=meta.published,
        text=text,
        language=language_of(text, raw.meta.get("language", "de")),
        url=raw.meta.get("based_on") or raw.meta.get("url") or _original(blocks),
        sections=sections,
        pages=pages,
        page_count=raw.page_count,
        boxes=locate(text, pages, raw.lines),
        page_sizes=raw.page_sizes,
        validity=validity_of(text, sections) if meta.kind in REGULATIONS else Validity(),
        gaps=raw.meta.get("missing_pages"),
        note=raw.meta.get("note") or next((m for b in blocks for line in b.lines if (m := mark_of(line))), None),
    )


def _original(blocks: Sequence[Block]) -> str | None:
    """The address in a line that names the original (»Quelle: …, https://…«)."""
    lines = (line for block in blocks if block.role != "body" for line in block.lines)
    found = (re.match(r"(?:Vorlage|Quelle|Original\w*):.*?(https?://\S+)", line) for line in lines)
    return next((match.group(1).rstrip(".,;)>") for match in found if match), None)


class _Writer:
    """Collects text, sections and pages with one running offset."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.sections: list[Section] = []
        self.pages: list[PageSpan] = []

    def write(self, text: str, role: Role, heading: str | None, block: Block) -> None:
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        start, end = self.length, self.length + len(text)
        self.parts.append(text)
        self.length = end
        for span, kind in _by_role(text, role):
            self._section(kind, start + span[0], start + span[1], heading)
        if block.page is not None:
            starts = [(0, block.page), *block.breaks]
            for (offset, page), (stop, _) in zip(starts, [*starts[1:], (len(text), 0)], strict=True):
                self._page(page, start + offset, start + stop)

    def _section(self, role: Role, start: int, end: int, heading: str | None) -> None:
        last = self.sections[-1] if self.sections else None
        if last is not None and last.role == role and last.heading == heading and start - last.end <= 2:
            self.sections[-1] = Section(role, last.start, end, heading)
        else:
            self.sections.append(Section(role, start, end, heading))

    def _page(self, page: int, start: int, end: int) -> None:
        if self.pages and self.pages[-1].page == page:
            start = self.pages.pop().start
        self.pages.append(PageSpan(page, start, end))


def _lay_out(blocks: Sequence[Block], meta: Metadata) -> tuple[str, tuple[Section, ...], tuple[PageSpan, ...]]:
    """Body in reading order first; contact blocks and furniture behind it, each as sections of their own."""
    writer = _Writer()
    heading: str | None = None
    title = blocks[meta.title_block] if meta.title_block is not None else None
    for block in mend(blocks):
        text = _MARKUP.sub("", block.text)
        if block.level or (title is not None and block.lines[0] == title.lines[0] and heading is None):
            text = " ".join(text.split())
        if _is_heading(block, title):
            heading = text.rstrip(":")
        writer.write(text, "body", heading, block)
    rest: tuple[Role, ...] = ("contact", "furniture")
    for role in rest:
        for block in blocks:
            if block.role == role:
                writer.write(_MARKUP.sub("", block.text), role, None, block)
    return "".join(writer.parts), tuple(writer.sections), tuple(writer.pages)


def _is_heading(block: Block, title: Block | None) -> bool:
    text = block.text.strip()
    if block.level or (title is not None and block.lines == title.lines):
        return True
    short = len(block.lines) == 1 and len(text) <= 80 and len(text.split()) <= 9 and not re.search(r":\s*\S", text)
    return short and text[:1].isupper() and not text.endswith(".") and (text.endswith(":") or is_open(text))


def _by_role(text: str, role: Role) -> list[tuple[tuple[int, int], Role]]:
    """A body sentence that gives a phone number or a mail address is a contact section in its place."""
    if role != "body" or not has_contact_detail(text):
        return [((0, len(text)), role)]
    runs: list[tuple[tuple[int, int], Role]] = []
    for start, end in sentences(text):
        kind: Role = "contact" if has_contact_detail(text[start:end]) else "body"
        if runs and runs[-1][1] == kind:
            runs[-1] = ((runs[-1][0][0], end), kind)
        else:
            runs.append(((start, end), kind))
    return runs
