"""Answer, citation, figure and hit: the public result types and their JSON (see the contract in README.md)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ingest.types import Document

if TYPE_CHECKING:  # the list of documents comes from the catalogue, whose import is not cheap
    from index.rows import Summary

_MARK = re.compile(r"\s\[\d+\]")
AnswerStatus = Literal["answered", "partial", "corrected", "ambiguous", "no_evidence"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered, verbatim span: `document.text[start:end] == quote`."""

    number: int
    document: Document
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The span itself, to the letter."""
        return self.document.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """Page on which the quote begins, or None."""
        return self.document.page_at(self.start)

    def to_json(self) -> dict[str, Any]:
        """The citation object of the contract."""
        document = self.document
        return {
            "number": self.number,
            "document_id": document.id,
            "source": document.source,
            "url": document.url,
            "title": document.title,
            "kind": document.kind,
            "publisher": document.publisher,
            **published_json(document),
            "page": self.page,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the answer with its date and the citation that holds it."""

    measure: str
    value: float | int | str
    unit: str
    citation: int
    qualifier: str | None = None
    as_of: str | None = None
    superseded: bool = False
    derived: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The figure object of the contract."""
        return {
            "measure": self.measure,
            "value": self.value,
            "unit": self.unit,
            "qualifier": self.qualifier,
            "as_of": self.as_of,
            "superseded": self.superseded,
            "derived": self.derived,
            "citation": self.citation,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: short form, full text with [n] marks, citations, figures, notes and suggestions.

    `nearest` are what a refusal shows to read: sentences that come nearest to the question, none of them evidence.
    """

    question: str
    standalone_question: str
    status: AnswerStatus
    short: str
    text: str
    language: str = "de"
    as_of: str | None = None
    as_of_range: tuple[str, str] | None = None
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    mode: Literal["extractive", "llm"] = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict)
    id: str | None = None

    @property
    def lead(self) -> str:
        """The short answer with its marks, as the text begins with it."""
        first = self.text.split("\n\n", 1)[0].strip()
        return first if _MARK.sub("", first) == self.short.strip() else self.short

    @property
    def details(self) -> str:
        """The text below the short answer."""
        return self.text.removeprefix(self.lead).strip()

    def to_json(self) -> dict[str, Any]:
        """The answer object of the contract."""
        return {
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "status": self.status,
            "short": self.short,
            "text": self.text,
            "language": self.language,
            "as_of": self.as_of,
            "as_of_range": list(self.as_of_range) if self.as_of_range else None,
            "citations": [c.to_json() for c in self.citations],
            "nearest": [c.to_json() for c in self.nearest],
            "figures": [f.to_json() for f in self.figures],
            "notes": list(self.notes),
            "suggestions": list(self.suggestions),
            "mode": self.mode,
            "timings_ms": {k: round(v, 1) for k, v in self.timings_ms.items()},
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage of `search`."""

    rank: int
    score: float
    document: Document
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """The hit object of the contract."""
        document = self.document
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            "document_id": document.id,
            "source": document.source,
            "title": document.title,
            "published": document.published.date,
            "page": document.page_at(self.start),
            "start": self.start,
            "end": self.end,
            "text": document.text[self.start : self.end],
        }


@dataclass(frozen=True, slots=True)
class CorpusState:
    """Size of the collection and its newest stated publication date."""

    documents: int
    passages: int
    newest: str | None


def published_json(document: Document | Summary) -> dict[str, Any]:
    """Publication date with range and basis, as every JSON object of the contract shows it."""
    published = document.published
    return {
        "published": published.date,
        "published_range": list(published.range) if published.range else None,
        "published_basis": published.basis,
    }


def summary_json(row: Summary) -> dict[str, Any]:
    """The document object of the contract, for a document without its text."""
    return _document_fields(row, row.characters, row.passages)


def document_json(document: Document, passages: int) -> dict[str, Any]:
    """The document object of the contract with text, pages and sections."""
    return {
        **_document_fields(document, len(document.text), passages),
        "text": document.text,
        "page_spans": [{"page": p.page, "start": p.start, "end": p.end} for p in document.pages],
        "sections": [{"role": s.role, "start": s.start, "end": s.end} for s in document.sections],
    }


def _document_fields(document: Document | Summary, characters: int, passages: int) -> dict[str, Any]:
    return {
        "id": document.id,
        "source": document.source,
        "url": document.url,
        "title": document.title,
        "kind": document.kind,
        "publisher": document.publisher,
        **published_json(document),
        "published_reason": document.published.reason,
        "language": document.language,
        "pages": document.page_count,
        "characters": characters,
        "passages": passages,
        "status": document.status,
        "replaces": document.replaces,
        "sha256": document.sha256,
        "note": document.note,
        "validity": asdict(document.validity),
        "gaps": document.gaps,
    }
