"""The tables of the catalogue, and the way between their rows and the document model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from typing import Any

import sqlalchemy as sa

from ingest.types import Box, Document, PageSpan, Passage, Published, Section, Status, Validity
from ingest.versions import correction_of, family_of

metadata = sa.MetaData()

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("origin", sa.String, nullable=False, index=True),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("publisher", sa.String, nullable=False),
    sa.Column("published", sa.JSON, nullable=False),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("url", sa.String, index=True),
    sa.Column("page_count", sa.Integer),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("replaces", sa.String),
    sa.Column("note", sa.String),
    sa.Column("characters", sa.Integer, nullable=False),
    sa.Column("file_size", sa.BigInteger),
    sa.Column("file_mtime_ns", sa.BigInteger),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sections", sa.JSON, nullable=False),
    sa.Column("pages", sa.JSON, nullable=False),
    # Each document's share of `terms`, so that it can be taken away again under other rules than it was added.
    sa.Column("term_counts", sa.JSON, nullable=False),
    sa.Column("validity", sa.JSON),
    sa.Column("gaps", sa.String),
    # Where the text stands on the pages: `[start, end, page, left, bottom, right, top]`; `[width, height]` a page.
    sa.Column("boxes", sa.JSON),
    sa.Column("page_sizes", sa.JSON),
    # What versions of one text have in common, the number of the correction, and the first day (yyyymmdd) of the next.
    sa.Column("family", sa.String, nullable=False, server_default="", index=True),
    sa.Column("correction", sa.Integer, nullable=False, server_default="0"),
    sa.Column("replaced_on", sa.Integer),
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("page", sa.Integer),
    sa.Column("heading", sa.String),
)

terms = sa.Table(
    "terms",
    metadata,
    sa.Column("term", sa.String, primary_key=True),
    sa.Column("df", sa.Integer, nullable=False),
)

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("origin", sa.String, primary_key=True),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("file_size", sa.BigInteger),
    sa.Column("file_mtime_ns", sa.BigInteger),
    sa.Column("error", sa.String, nullable=False),
    sa.Column("hint", sa.String, nullable=False),
    sa.Column("attempt", sa.String, nullable=False),
    sa.Column("since", sa.String, nullable=False),
    sa.Column("dismissed", sa.Boolean, nullable=False),
)

# Statements of documents (`ingest.facts`): derived from the text, and made again when the rules change.
facts = sa.Table(
    "facts",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("kind", sa.String, nullable=False, index=True),
    sa.Column("measure", sa.String, nullable=False, index=True),
    sa.Column("ags", sa.String, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

# What maintainers decided about statements. Apart from `facts`, because it outlives them.
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.String(36), nullable=False, index=True),
    sa.Column("fact_id", sa.String(36), nullable=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("statement", sa.JSON, nullable=False),
    sa.Column("change", sa.JSON, nullable=False),
    sa.Column("note", sa.String, nullable=False),
    sa.Column("who", sa.String, nullable=False),
    sa.Column("decided", sa.String, nullable=False),
)

_HEAVY = ("term_counts", "boxes", "page_sizes")
FULL_COLUMNS = [column for column in documents.c if column.name not in _HEAVY]
LIST_COLUMNS = [column for column in FULL_COLUMNS if column.name not in ("text", "sections", "pages")]

_NAMES = (
    "id", "source", "origin", "sha256", "title", "kind", "publisher", "language", "url", "page_count", "status",
    "replaces", "note", "gaps",
)  # fmt: skip

# Any: a row of SQLAlchemy, whose columns only the query knows.
Row = Any


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size and time of change of a file when it was read; None for a document that is no file."""

    size: int | None = None
    mtime_ns: int | None = None


NO_STAMP = Stamp()


@dataclass(frozen=True, slots=True)
class Summary:
    """A document without its text: one line of a list."""

    id: str
    source: str
    origin: str
    sha256: str
    title: str
    kind: str
    publisher: str
    published: Published
    language: str
    url: str | None
    page_count: int | None
    status: Status
    replaces: str | None
    note: str | None
    validity: Validity
    gaps: str | None
    characters: int
    passages: int


def document_row(document: Document, term_counts: Mapping[str, int], stamp: Stamp) -> dict[str, Any]:
    """A document as a row of `documents`."""
    row = {name: getattr(document, name) for name in (*_NAMES, "text", "page_sizes")}
    row["published"], row["validity"] = asdict(document.published), asdict(document.validity)
    row["sections"] = [asdict(section) for section in document.sections]
    row["pages"] = [asdict(page) for page in document.pages]
    row["boxes"] = [astuple(box) for box in document.boxes]
    row["characters"] = len(document.text)
    row["term_counts"] = dict(term_counts)
    row["file_size"], row["file_mtime_ns"] = stamp.size, stamp.mtime_ns
    row["family"], row["correction"] = family_of(document.title), correction_of(document)
    row["replaced_on"] = None
    return row


def document_of(row: Row) -> Document:
    """The document of a full row."""
    return Document(
        **described(row),
        text=row.text,
        sections=tuple(Section(s["role"], s["start"], s["end"], s["heading"]) for s in row.sections),
        pages=tuple(PageSpan(**page) for page in row.pages),
    )


def box_of(row: list[Any]) -> Box:
    """One place on a page as `boxes` holds it."""
    return Box(*row)


def summary_of(row: Row) -> Summary:
    """The summary of a row without text, with a column `passages`."""
    return Summary(**described(row), characters=row.characters, passages=row.passages)


def passage_row(passage: Passage, ordinal: int) -> dict[str, Any]:
    """A passage as a row of `passages`."""
    return asdict(passage) | {"ordinal": ordinal}


def passage_of(row: Row) -> Passage:
    """The passage of a row."""
    return Passage(row.id, row.document_id, row.start, row.end, row.page, row.heading)


def described(row: Row) -> dict[str, Any]:
    """What documents and summaries have in common."""
    found: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    published = dict(row.published)
    found["published"] = Published(**(published | {"range": tuple(published["range"]) if published["range"] else None}))
    found["validity"] = Validity(**(row.validity or {}))
    return found
