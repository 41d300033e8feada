"""The document model: what every other room builds on. Frozen, slotted, offsets in Unicode code points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["body", "contact", "furniture"]
Basis = Literal["stated", "inferred", "file", "unknown"]
Status = Literal["current", "corrected", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Published:
    """When a document appeared, as precisely as known.

    `date` is ISO (`2021-06-25`, `2021-11`, `2021`) or None; `range` holds the first and last possible day
    where only a period is known; `reason` says in German how an inferred date was found.
    """

    date: str | None = None
    range: tuple[str, str] | None = None
    basis: Basis = "unknown"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of a regulation, each ISO as precisely as known: they are not its publication date.

    `signed`: signature of the first version; `edition`: the version that the text shows; `valid_from`, `valid_until`:
    when it is in force.
    """

    signed: str | None = None
    edition: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch `text[start:end]` of one role; `heading` is the nearest heading above it."""

    role: Role
    start: int
    end: int
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Where a page (counted from 1) stands in the text; a page may own several stretches."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on a page (counted from 1): box in points, origin bottom left of the page as it is shown."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where `text[start:end]` stands on its page: box in points, origin bottom left of the page as it is shown."""

    start: int
    end: int
    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Document:
    """One stored document. `text[s:e]` is the only source of quotations."""

    id: str
    source: str
    origin: str
    sha256: str
    title: str
    kind: str
    publisher: str
    published: Published
    text: str
    language: str = "de"
    url: str | None = None
    sections: tuple[Section, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    page_count: int | None = None
    status: Status = "current"
    replaces: str | None = None
    note: str | None = None
    validity: Validity = Validity()
    gaps: str | None = None
    """Pages that could not be read, as "3, 5-7"."""
    boxes: tuple[Box, ...] = ()
    page_sizes: tuple[tuple[float, float], ...] = ()

    def __hash__(self) -> int:
        """By identity and version: documents are keys of caches, and their text is long."""
        return hash((self.id, self.sha256))

    def body(self, limit: int) -> str:
        """The first characters of the running text, letterhead and furniture left out."""
        return "\n".join(self.text[s.start : s.end] for s in self.sections if s.role == "body")[:limit]

    def page_at(self, offset: int) -> int | None:
        """The page that holds `offset`, or None where the format has no pages."""
        return next((p.page for p in self.pages if p.start <= offset < p.end), None)

    def section_at(self, offset: int) -> Section | None:
        """The section that holds `offset`."""
        return next((s for s in self.sections if s.start <= offset < s.end), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable stretch of a document's body: `document.text[start:end]`."""

    id: str
    document_id: str
    start: int
    end: int
    page: int | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader yields: one paragraph, heading or list item, before cleaning.

    `role` is set where the format itself says it (an HTML footer); `level` is above 0 for headings.
    `lines` keeps the line structure, because letterheads are recognised line by line. `breaks` holds the offsets
    in `text` at which later pages begin, where a paragraph runs over a page end.
    """

    lines: tuple[str, ...]
    page: int | None = None
    level: int = 0
    role: Role | None = None
    breaks: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The block as one string, line breaks kept."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file after reading and before cleaning: blocks in reading order and what the format declares."""

    blocks: tuple[Block, ...]
    meta: dict[str, str] = field(default_factory=dict)
    page_count: int | None = None
    lines: tuple[Line, ...] = ()
    page_sizes: tuple[tuple[float, float], ...] = ()
