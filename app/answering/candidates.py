"""Candidate sentences for an answer, scored by how much of the question they carry.

    coverage = Σ weight(term) · match(term, sentence) / Σ weight(term)

`weight` is the inverse document frequency of the term, nothing for words without content. `match` is 1 for the word
itself, less for a synonym or a part of a compound, and less again where only the context says it (title, heading,
sentence before). A sentence about another place than the question's is no candidate at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.answering.matching import Words, match, words_of
from app.answering.question import Question, Term
from app.answering.sentences import Sentence, passage_sentences
from app.answering.subjects import (
    NO_TOWNS,
    OPENING,
    Towns,
    about_the_names,
    about_the_place,
    asked_names,
    asked_towns,
)
from index.search import Evidence
from ingest.types import Document

PROGRAMME_WEIGHT = 0.08  # every document is about the programme
CONTEXT_WEIGHT = 0.35
FROM_NAME = 0.95  # the question names the document (»nach der Richtlinie …«)
FROM_PREVIOUS, FROM_TITLE, FROM_HEADING, FROM_OPENING, FROM_NEAR = 0.6, 0.7, 0.6, 0.5, 0.35
FROM_HEADING_LIST = 0.9  # a list item means what stands above the list
ONLY_A_PLACE = 0.6  # coverage where the question names a place or a sum and nothing else of content
UNSEEN_WORD = 0.4  # weight of a word without capital that the collection does not know: most likely a paraphrase


@dataclass(frozen=True)
class Candidate:
    """A sentence with its coverage of one question; `missing` are the terms it says nothing about.

    All shares are of the weight of the question's terms: `coverage` with everything around, `direct` by the sentence
    itself, `exact` by its very words, `before` by the sentence before, `headed` by the heading, `around` by title
    and passage. `dense` is the cosine of its passage and the question.
    """

    sentence: Sentence
    coverage: float
    direct: float
    missing: tuple[Term, ...]
    retrieval: float
    exact: float = 0.0
    before: float = 0.0
    headed: float = 0.0
    around: float = 0.0
    dense: float = 0.0


Weights = Mapping[str, float]


def candidates(
    question: Question, evidence: Sequence[Evidence], weights: Weights, towns: Towns = NO_TOWNS
) -> list[Candidate]:
    """Sentences of the retrieved passages that may answer, best coverage first; `towns` are those of the register."""
    found: dict[tuple[str, int], Candidate] = {}
    names = asked_names(question, {item.document.id: item.document for item in evidence}.values())
    names |= asked_towns(question, towns)
    scorer = _Scorer(question, weights)
    for item in evidence:
        around: _Around | None = None
        for sentence in passage_sentences(item):
            key = (sentence.document.id, sentence.start)
            if key not in found and about_the_place(question, sentence) and about_the_names(names, sentence, towns):
                around = around or scorer.around(item)
                found[key] = scorer.scored(sentence, item, around)
    return sorted(found.values(), key=lambda c: (-c.coverage, -c.retrieval, c.sentence.start))


def names_document(question: Question, document: Document) -> bool:
    """Whether the question names the document by most words of its title (two at least)."""
    title = words_of(document.title).stems
    shared = title & {term.stem for term in question.terms}
    return len(shared) >= 2 and len(shared) >= 0.6 * len(title)


def term_weights(question: Question, idf: Callable[[Sequence[str]], Mapping[str, float]]) -> dict[str, float]:
    """Weight of each term: the idf of its most frequent reading, scaled to 1 for an unseen word."""
    stems = sorted({stem for term in question.terms for stem, _ in term.matches})
    values = idf(stems) if stems else {}
    highest = max([*values.values(), 1e-9])
    weights: dict[str, float] = {}
    for term in question.terms:
        strong = [values.get(stem, highest) for stem, weight in term.matches if weight >= 0.6]
        weight = max(0.3, min(strong) / highest)
        if weight > 0.99 and not term.noun and not term.name:
            weight = UNSEEN_WORD
        if term.light:
            weight = PROGRAMME_WEIGHT if term.programme else 0.0
        weights[term.stem] = weight * (CONTEXT_WEIGHT if term.context else 1.0)
    return weights


def is_subject(term: Term, document: Document) -> bool:
    """Whether a word of the question stands in the title of a document."""
    return term.stem in words_of(document.title).stems


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the sentences of one passage says of each term; `named`: the question names the document."""

    strengths: tuple[float, ...]
    named: frozenset[str]


class _Scorer:
    """Scores the sentences of one question; what many of them share is matched once."""

    def __init__(self, question: Question, weights: Weights) -> None:
        self._question = question
        self._terms = question.terms
        self._weights = [weights[term.stem] for term in question.terms]
        self._matched: dict[Words, tuple[float, ...]] = {}
        self._around: dict[str, tuple[float, ...]] = {}
        self._documents: dict[str, _Around] = {}
        self._bare = bool(question.places or question.quantities) and all(t.light or t.context for t in question.terms)

    def around(self, item: Evidence) -> _Around:
        """What title, opening and passage say."""
        document = item.document
        if document.id not in self._documents:
            title, opening = self._matches(document.title), self._matches(document.text[:OPENING])
            strengths = tuple(max(FROM_TITLE * t, FROM_OPENING * o) for t, o in zip(title, opening, strict=True))
            title_stems = words_of(document.title).stems
            named: frozenset[str] = title_stems if names_document(self._question, document) else frozenset()
            self._documents[document.id] = _Around(strengths, named)
        whole = self._documents[document.id]
        near = self._matches(item.text)
        strengths = tuple(max(s, FROM_NEAR * n) for s, n in zip(whole.strengths, near, strict=True))
        return _Around(strengths, whole.named)

    def scored(self, sentence: Sentence, item: Evidence, around: _Around) -> Candidate:
        """The candidate of a sentence; `around` is what stands around its passage."""
        said, previous = self._carried(sentence.words), self._carried(sentence.previous_words)
        heading = self._matches(sentence.heading)
        headed = FROM_HEADING_LIST if sentence.listed else FROM_HEADING
        leans = sentence.leans_back
        lean = FROM_PREVIOUS if leans else FROM_NEAR
        total = got = direct = exact = earlier = over = near = 0.0
        missing: list[Term] = []
        for i, term in enumerate(self._terms):
            weight, own = self._weights[i], said[i]
            if term.stem in around.named:
                own = max(own, FROM_NAME)
            before = lean * previous[i]
            if leans:
                own = max(own, before)
            strength = max(own, before, headed * heading[i], around.strengths[i])
            total, got, direct = total + weight, got + weight * strength, direct + weight * own
            exact += weight * (said[i] >= 1.0)
            earlier += weight * previous[i]
            over += weight * heading[i]
            near += weight * around.strengths[i]
            if strength < 0.3 and not term.light:
                missing.append(term)
        coverage, share, exact, earlier, over, near = (
            part / total if total else 0.0 for part in (got, direct, exact, earlier, over, near)
        )
        if self._bare:
            coverage, share = (ONLY_A_PLACE + (1 - ONLY_A_PLACE) * part for part in (coverage, share))
        dense = item.scores.get("dense", 0.0)
        return Candidate(
            sentence, coverage, share, tuple(missing), item.score, exact, earlier, over, near, dense
        )  # fmt: skip

    def _matches(self, text: str) -> tuple[float, ...]:
        """How well a text that stands around several sentences carries each term."""
        found = self._around.get(text)
        if found is None:
            found = self._around[text] = self._carried(words_of(text))
        return found

    def _carried(self, words: Words) -> tuple[float, ...]:
        """How well words carry each term; those of a sentence are asked for by the next one, too."""
        found = self._matched.get(words)
        if found is None:
            found = self._matched[words] = tuple([match(term, words) for term in self._terms])
        return found
