"""The answer pipeline: understand, look up, choose, decide, compose, verify."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.answering import compose
from app.answering.candidates import candidates, term_weights
from app.answering.contact import Contact, find_contact
from app.answering.decide import Ranked, enough, rank, select
from app.answering.followup import resolve
from app.answering.question import Question, split_parts, understand
from app.answering.refusal import Context
from app.answering.suggest import suggestions
from app.answering.unknown import interpret
from app.answers import Answer
from app.data import load
from index.filters import Filters
from index.library import Library
from ingest.types import Document, Published

DEPTH = 40


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the collection holds, for refusals and notes: number of documents and newest stated day."""

    documents: int
    newest: str | None


@dataclass(slots=True)
class Found:
    """What was found for one part of a question."""

    question: Question
    ranked: list[Ranked] = field(default_factory=list)
    chosen: list[Ranked] = field(default_factory=list)
    contact: Contact | None = None

    @property
    def answered(self) -> bool:
        """Whether there is something to show."""
        return bool(self.chosen) or self.contact is not None


def newest_day(dates: Iterable[Published]) -> str | None:
    """The newest stated day; periods (a month, a year) count only where no day is stated at all."""
    stated = [p.date for p in dates if p.date and p.basis == "stated"]
    return max((day for day in stated if len(day) == 10), default=max(stated, default=None))


class Engine:
    """Answers questions over one library; stateless between questions."""

    def __init__(self, library: Library, *, contact: str = "", programme: str = "") -> None:
        self.library = library
        self.contact = contact
        self.names = tuple(filter(None, (*load("programme")["names"], programme)))

    def answer(
        self,
        text: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        language: str | None = None,
        today: date | None = None,
    ) -> Answer:
        """One answer. `history` holds the earlier questions, oldest first; `as_of` is an ISO date."""
        started = time.perf_counter()
        asked = " ".join(text.split())
        standalone = resolve(asked, history, language)
        corpus = self._corpus()
        whole = understand(standalone, language)
        filters = Filters(as_of=as_of) if as_of else Filters()
        parts = [] if whole.override or whole.private or not corpus.documents else self._parts(standalone, language)
        searched = time.perf_counter()
        found = [self._find(part, filters) for part in parts]
        timings = {"search": (time.perf_counter() - searched) * 1000}
        context = Context(
            asked, standalone, whole, corpus.documents, corpus.newest, self.contact, as_of, today or date.today()
        )
        answer = compose.compose(context, found)
        if answer.status == "no_evidence":
            answer = compose.with_suggestions(answer, self._suggest(whole, found, filters))
        timings["total"] = (time.perf_counter() - started) * 1000
        return compose.with_timings(answer, timings)

    def _parts(self, standalone: str, language: str | None) -> list[Question]:
        texts = split_parts(standalone)
        first = texts[0]
        return [understand(first, language)] + [understand(resolve(t, [first], language), language) for t in texts[1:]]

    def _find(self, question: Question, filters: Filters) -> Found:
        question = interpret(question, self.library)
        evidence = self.library.search(question.text, DEPTH, filters=filters)
        documents = list(dict.fromkeys(item.document for item in evidence))
        if question.kind == "contact":
            contact = find_contact(question, documents + self._with_contact(documents))
            if contact is not None:
                return Found(question, contact=contact)
        weights = term_weights(question, self.library.idf)
        ranked = rank(question, candidates(question, evidence, weights), self._own(documents))
        chosen = select(question, ranked) if ranked and enough(question, ranked[0]) else []
        return Found(question, ranked, chosen)

    def _with_contact(self, known: Sequence[Document]) -> list[Document]:
        """Newest documents with a contact block that the search did not bring."""
        seen = {document.id for document in known}
        rows = [row for row in self.library.documents() if row.id not in seen]
        rows.sort(key=lambda row: row.published.date or "", reverse=True)
        return [self.library.document(row.id) for row in rows[:20]]

    def _own(self, documents: Sequence[Document]) -> frozenset[str]:
        return frozenset(d.id for d in documents if any(name in d.text or name in d.title for name in self.names))

    def _corpus(self) -> Corpus:
        rows = self.library.documents()
        return Corpus(len(rows), newest_day(row.published for row in rows))

    def _suggest(self, whole: Question, found: Sequence[Found], filters: Filters) -> tuple[str, ...]:
        near = list(dict.fromkeys(item.document for part in found for item in part.ranked))
        if not near:
            near = list(dict.fromkeys(item.document for item in self.library.search(whole.text, 5, filters=filters)))
        return suggestions(whole, near, whole.language, lambda text: self._find(understand(text), filters).answered)
