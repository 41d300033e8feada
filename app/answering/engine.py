"""The answer pipeline: understand, look up (the register, else sentences), choose, decide, compose, verify."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain

from app.answering import compose
from app.answering.candidates import candidates, term_weights
from app.answering.collection import Collection
from app.answering.contact import Contact, concerns, find_contact
from app.answering.decide import Ranked, enough, rank, select
from app.answering.draft import Context
from app.answering.features import is_foreign
from app.answering.followup import resolve
from app.answering.matters import wordings
from app.answering.polarity import claim_of
from app.answering.question import Question, split_parts, understand
from app.answering.readings import read_twice
from app.answering.refusal import Told
from app.answering.register.lookup import look_up
from app.answering.register.statements import Statements
from app.answering.remembered import per_document
from app.answering.sentences import Sentence
from app.answering.spelling import corrected
from app.answering.suggest import PROPOSING, suggestions
from app.answering.truth import judge
from app.answering.unknown import interpret
from app.answers import Answer
from app.data import load
from index.filters import Filters
from index.library import Library
from index.search import Evidence
from ingest.types import Document

DEPTH = 40
DEPTH_OF_PROPOSALS = 10
FOREIGN = 10  # passages of guidelines that never name the programme, where others do
CONTACTS = 20  # newest documents that are asked for a contact beside those that the search brought


@dataclass(slots=True)
class Found:
    """What was found for one part of a question."""

    question: Question
    ranked: list[Ranked] = field(default_factory=list)
    chosen: list[Ranked] = field(default_factory=list)
    contact: Contact | None = None
    told: Told | None = None

    @property
    def answered(self) -> bool:
        """Whether there is something to show."""
        return bool(self.chosen) or self.contact is not None or self.told is not None


class Engine:
    """Answers questions over one library; keeps nothing between questions but what the library says of itself."""

    def __init__(self, library: Library, *, contact: str = "", programme: str = "") -> None:
        self.library = library
        self._collection = Collection(library)
        self._statements = Statements(library, programme)
        self.contact = contact
        self.names = tuple(filter(None, (*load("programme")["names"], programme)))
        self._is_own = per_document(self._names_programme)

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
        self._collection.refresh()
        self._statements.refresh()
        standalone = self._standalone(asked, history, language)
        corpus = self._collection.corpus
        whole = understand(standalone, language)
        filters = Filters(as_of=as_of) if as_of else Filters()
        parts = [] if whole.override or whole.private or not corpus.documents else self._parts(standalone, language)
        searched = time.perf_counter()
        day = today or date.today()
        found = [self._find(part, filters, day) for part in parts]
        timings = {"search": (time.perf_counter() - searched) * 1000}
        context = Context(
            asked, standalone, whole, corpus.documents, corpus.newest, self.contact, as_of, day,
            self._statements.flaws,
        )  # fmt: skip
        answer = compose.compose(context, found)
        if answer.status == "no_evidence":
            answer = compose.with_suggestions(answer, self._suggest(whole, found, filters, day))
        timings["total"] = (time.perf_counter() - started) * 1000
        return compose.with_timings(answer, timings)

    def ranked(
        self, text: str, history: Sequence[str], language: str | None, filters: Filters, today: date
    ) -> list[Ranked]:
        """The sentences that could answer the first part of a question, best first; none where the register answers."""
        self._collection.refresh()
        self._statements.refresh()
        standalone = self._standalone(" ".join(text.split()), history, language)
        whole = understand(standalone, language)
        if whole.override or whole.private or not self._collection.corpus.documents:
            return []
        return self._find(self._parts(standalone, language)[0], filters, today).ranked

    def _standalone(self, asked: str, history: Sequence[str], language: str | None) -> str:
        """The question by itself: what it takes over from earlier ones added, slips of the keyboard put right."""
        return corrected(resolve(asked, history, language), self._collection.frequencies)

    def _parts(self, standalone: str, language: str | None) -> list[Question]:
        texts = split_parts(standalone)
        first = texts[0]
        return [understand(first, language)] + [understand(resolve(t, [first], language), language) for t in texts[1:]]

    def _find(self, question: Question, filters: Filters, today: date, depth: int = DEPTH) -> Found:
        documents_known = self._collection.corpus.documents
        told = look_up(question, self._statements, self.names, documents_known, filters.as_of)
        if told is not None and question.places:
            return Found(question, told=told)
        question = interpret(question, self._collection)
        evidence = self.library.search(question.text, depth, filters=filters)
        documents = list(dict.fromkeys(item.document for item in evidence))
        own = self._own(documents)
        evidence = _near(evidence, own)
        documents = list(dict.fromkeys(item.document for item in evidence))
        told = read_twice(question, documents, partial(self._chosen, question, evidence, own)) or told
        if told is not None:
            return Found(question, told=told)
        if question.kind == "contact":
            others = self._collection.newest(CONTACTS, documents, partial(concerns, question))
            known = (document for document in others if _known_on(document, filters.as_of))
            contact = find_contact(question, chain(documents, known))
            if contact is not None:
                return Found(question, contact=contact)
        weights = term_weights(question, self._collection.idf)
        pool = candidates(question, evidence, weights, self._statements.towns)
        told = judge(question, pool, today) or self._judged_elsewhere(question, filters, weights, today)
        if told is not None:
            return Found(question, told=told)
        ranked = rank(question, pool, own)
        chosen = select(question, ranked) if ranked and enough(question, ranked) else []
        return Found(question, ranked, chosen)

    def _judged_elsewhere(
        self, question: Question, filters: Filters, weights: Mapping[str, float], today: date
    ) -> Told | None:
        """The verdict by sentences that share no word with the question, but speak of its matter."""
        words = wordings(question) if claim_of(question) else ""
        if not words:
            return None
        evidence = self.library.search(words, DEPTH, filters=filters)
        return judge(question, candidates(question, evidence, weights, self._statements.towns), today)

    def _chosen(
        self, question: Question, evidence: Sequence[Evidence], own: frozenset[str], fits: Callable[[Sentence], bool]
    ) -> list[Ranked]:
        """The sentences to show among those that fit one reading of a name."""
        pool = candidates(question, evidence, term_weights(question, self._collection.idf), self._statements.towns)
        ranked = rank(question, [c for c in pool if fits(c.sentence)], own)
        return select(question, ranked) if ranked and enough(question, ranked) else []

    def _own(self, documents: Sequence[Document]) -> frozenset[str]:
        return frozenset(document.id for document in documents if self._is_own(document))

    def _names_programme(self, document: Document) -> bool:
        return any(name in document.text or name in document.title for name in self.names)

    def _suggest(self, whole: Question, found: Sequence[Found], filters: Filters, today: date) -> tuple[str, ...]:
        near = list(dict.fromkeys(item.document for part in found for item in part.ranked))
        if not near:
            near = list(dict.fromkeys(item.document for item in self.library.search(whole.text, 5, filters=filters)))

        # In these documents alone: among thousands of others each suggestion would take as long as an answer.
        there = replace(filters, documents=frozenset(document.id for document in near[:PROPOSING]))

        def answers(text: str) -> bool:
            found = partial(self._find, understand(text), there, today, DEPTH_OF_PROPOSALS)
            return self._collection.answers(text, there, lambda: found().answered)

        return suggestions(whole, near, whole.language, answers)


def _near(evidence: Sequence[Evidence], own: frozenset[str]) -> list[Evidence]:
    """Evidence without the many passages of foreign guidelines behind the first ones: they would outnumber the rest."""
    foreign = [item for item in evidence if is_foreign(item.document, own)]
    far = {item.passage.id for item in foreign[FOREIGN:]}
    return [item for item in evidence if item.passage.id not in far]


def _known_on(document: Document, day: str | None) -> bool:
    """Whether a document was certainly published by that day (always without one)."""
    published = document.published
    latest = published.range[1] if published.range else published.date
    return day is None or (latest is not None and latest <= day)
