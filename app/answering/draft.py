"""An answer while it grows: citations, lines, notes and figures, collected by all that have something to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.answering.question import Question
from app.answers import AnswerStatus, Citation, Figure
from ingest.german.dates import format_german
from ingest.types import Document
from prompts import render


@dataclass(frozen=True, slots=True)
class Flaw:
    """A stretch of a document that a maintainer found to be wrong, and what was noted about it."""

    start: int
    end: int
    note: str


@dataclass(frozen=True, slots=True)
class Context:
    """The question as asked and what the collection holds; `flaws` are known errors of documents, by their id."""

    asked: str
    standalone: str
    question: Question
    documents: int
    newest: str | None
    contact: str
    as_of: str | None
    today: date
    flaws: Mapping[str, tuple[Flaw, ...]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """Language of everything but the quotes."""
        return self.question.language

    @property
    def state(self) -> str:
        """Newest stated day of the collection, for readers."""
        day = self.as_of or self.newest
        return format_german(day) if day else render("undated", self.language)


@dataclass(frozen=True, slots=True)
class Day:
    """The day an answer holds for, as ISO or as first and last possible day, and in words."""

    as_of: str | None
    span: tuple[str, str] | None
    shown: str


class Draft:
    """Collects citations, notes and figures while an answer grows."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.citations: list[Citation] = []
        self.notes: list[str] = []
        self.figures: list[Figure] = []
        self.lines: list[str] = []
        self.shorts: list[str] = []
        self.statuses: list[AnswerStatus] = []
        self.day: Day | None = None

    def say(self, name: str, /, **fields: object) -> str:
        """A template in the language of the answer."""
        return render(name, self.context.language, **fields)

    def cite(self, document: Document, start: int, end: int) -> int:
        """Number of the citation of a span; the same span keeps its number."""
        for known in self.citations:
            if (known.document.id, known.start, known.end) == (document.id, start, end):
                return known.number
        citation = Citation(len(self.citations) + 1, document, start, end)
        self.citations.append(citation)
        return citation.number

    def covers(self, document: Document, start: int, end: int) -> bool:
        """Whether a citation already holds this span and more."""
        return any(
            c.document.id == document.id and c.start <= start and end <= c.end and (c.start, c.end) != (start, end)
            for c in self.citations
        )

    def quoted(self, number: int) -> str:
        """The line that shows a citation word for word."""
        return f"»{' '.join(self.citations[number - 1].quote.split())}« [{number}]"

    def line(self, text: str) -> None:
        """Add a line of the full answer, once."""
        if text not in self.lines:
            self.lines.append(text)

    def note(self, text: str) -> None:
        """Add what the reader must know besides, once."""
        if text not in self.notes:
            self.notes.append(text)

    def holds_for(self, day: Day) -> None:
        """The first part of an answer decides for which day it holds."""
        self.day = self.day or day
