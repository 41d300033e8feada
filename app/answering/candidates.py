"""Candidate sentences for an answer, scored by how much of the question they carry.

    coverage = Σ weight(term) · match(term, sentence) / Σ weight(term)

`weight` is the inverse document frequency of the term, nothing for words without content. `match` is 1 for the word
itself, less for a synonym or a part of a compound, and less again where only the context says it (title, heading,
sentence before). A sentence about another place than the question's is no candidate at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from app.answering.question import Question, Term, meant
from app.answering.subjects import about_the_names, about_the_place, asked_names
from index.lexical import analyse
from index.search import Evidence
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import PersonMention, find_persons
from ingest.german.places import PlaceMention, find_places
from ingest.german.quantities import Quantity, find_quantities
from ingest.passages import section_sentences
from ingest.types import Document

PROGRAMME_WEIGHT = 0.08  # every document is about the programme
CONTEXT_WEIGHT = 0.35
FROM_NAME = 0.95  # the question names the document (»nach der Richtlinie …«)
FROM_PREVIOUS, FROM_TITLE, FROM_HEADING, FROM_OPENING, FROM_NEAR = 0.6, 0.7, 0.6, 0.5, 0.35
FROM_HEADING_LIST = 0.9  # a list item means what stands above the list
OPENING = 450
LONGEST_LIST = 900
ONLY_A_PLACE = 0.6  # coverage where the question names a place or a sum and nothing else of content
UNSEEN_WORD = 0.4  # weight of a word without capital that the collection does not know: most likely a paraphrase
COMPOUND_HEAD, COMPOUND_PART, COMPOUND_GENERAL = 0.75, 0.5, 0.45
_MARK = re.compile(r"(?:[-–—•▪◦*·]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_LEANING = re.compile(
    r"(?:\S+\s){0,4}?(?:[Ss]ie|[Ee]r|[Ee]s|[Ii]hn\w?|[Ii]hre?\w?|[Dd]ies\w*|[Dd]avon|[Dd]azu|[Dd]afür|[Dd]arin|[Zz]udem|"
    r"[Aa]ußerdem|[Hh]ierfür|[Dd]arüber|[Zz]uvor|[Dd]ort|[Ss]o|[Ss]ein\w*)\b|(?:Die|Das|Der|Ziel)\b"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a document with what the rules read in it (on demand)."""

    document: Document
    start: int
    end: int
    heading: str
    previous: str
    previous_start: int = 0
    listed: bool = False  # a list item; its mark is left out of the span
    list_end: int = 0  # where the list ends that the sentence announces

    @cached_property
    def text(self) -> str:
        """The sentence itself, to the letter."""
        return self.document.text[self.start : self.end]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its words, and of the verbs that stand in it in two parts (»tritt … bei«)."""
        told = self.document.text[self.start : max(self.end, self.list_end)]
        return frozenset(analyse(" ".join([told, *meant(self.text)])))

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Numbers with units."""
        return find_quantities(self.text)

    @cached_property
    def dates(self) -> list[DateMention]:
        """Dates and periods."""
        return find_dates(self.text)

    @cached_property
    def persons(self) -> list[PersonMention]:
        """Named office-holders."""
        return find_persons(self.text)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Named places."""
        return find_places(self.text, self.document.text)


@dataclass(frozen=True)
class Candidate:
    """A sentence with its coverage of one question; `missing` are the terms it says nothing about."""

    sentence: Sentence
    coverage: float
    direct: float
    missing: tuple[Term, ...]
    retrieval: float


Weights = Mapping[str, float]


def candidates(question: Question, evidence: Sequence[Evidence], weights: Weights) -> list[Candidate]:
    """Sentences of the retrieved passages that may answer, best coverage first."""
    found: dict[tuple[str, int], Candidate] = {}
    names = asked_names(question, [item.document for item in evidence])
    for item in evidence:
        for sentence in passage_sentences(item):
            key = (sentence.document.id, sentence.start)
            if key not in found and about_the_place(question, sentence) and about_the_names(names, sentence):
                found[key] = _scored(question, sentence, item, weights)
    return sorted(found.values(), key=lambda c: (-c.coverage, -c.retrieval, c.sentence.start))


def passage_sentences(item: Evidence) -> list[Sentence]:
    """Sentences that begin in a passage."""
    document, passage = item.document, item.passage
    return [s for s in document_sentences(document) if passage.start <= s.start < passage.end]


@lru_cache(maxsize=256)
def document_sentences(document: Document) -> tuple[Sentence, ...]:
    """All body sentences of a document in reading order."""
    found: list[Sentence] = []
    for section in document.sections:
        if section.role != "body":
            continue
        previous, previous_start = "", section.start
        for start, end in section_sentences(document.text, section):
            mark = _MARK.match(document.text, start, end)
            first = mark.end() if mark else start
            found.append(Sentence(document, first, end, section.heading or "", previous, previous_start, bool(mark)))
            previous, previous_start = document.text[first:end], first
    return tuple(_with_lists(found))


def _with_lists(found: list[Sentence]) -> Iterator[Sentence]:
    """Sentences that announce a list, with where it ends."""
    for i, sentence in enumerate(found):
        end = sentence.end
        if sentence.text.endswith(":"):
            for item in found[i + 1 :]:
                if not item.listed or item.end - sentence.start > LONGEST_LIST:
                    break
                end = item.end
        yield replace(sentence, list_end=end) if end > sentence.end else sentence


def leans_back(sentence: Sentence) -> bool:
    """Whether a sentence refers to the one before it (»Sie ist …«, »Geleitet wird er …«)."""
    return bool(sentence.previous and _LEANING.match(sentence.text))


def names_document(question: Question, document: Document) -> bool:
    """Whether the question names the document by most words of its title (two at least)."""
    title = _stems(document.title)
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


def match(term: Term, stems: frozenset[str]) -> float:
    """How well a set of stems carries a term: 1 the word, less a synonym, less again a part of a compound."""
    best = max((weight for stem, weight in term.matches if stem in stems), default=0.0)
    if best >= COMPOUND_HEAD or len(term.stem) < 5:
        return best
    for stem in stems:
        if len(stem) >= 5 and stem != term.stem and not stem.isdigit():
            best = max(best, _compound(term.stem, stem))
    return best


@lru_cache(maxsize=1 << 16)
def _compound(asked: str, found: str) -> float:
    shorter, longer = sorted((asked, found), key=len)
    if longer.endswith(shorter):
        return COMPOUND_HEAD if found == longer else COMPOUND_GENERAL
    if longer.startswith(shorter) and len(shorter) >= 6:
        return COMPOUND_PART if asked == longer else COMPOUND_PART + 0.1
    common = next((i for i, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    return COMPOUND_PART if common >= 6 and common >= 0.6 * len(longer) else 0.0


def is_subject(term: Term, document: Document) -> bool:
    """Whether a word of the question stands in the title of a document."""
    return term.stem in _stems(document.title)


def _scored(question: Question, sentence: Sentence, item: Evidence, weights: Weights) -> Candidate:
    title, heading = _stems(sentence.document.title), _stems(sentence.heading)
    named = names_document(question, sentence.document)
    near = _stems(item.text)
    opening = _stems(sentence.document.text[:OPENING])
    previous = _stems(sentence.previous)
    leans = leans_back(sentence)
    lean = FROM_PREVIOUS if leans else FROM_NEAR
    total = got = direct = 0.0
    missing: list[Term] = []
    for term in question.terms:
        weight = weights[term.stem]
        own = match(term, sentence.stems)
        if named and term.stem in title:
            own = max(own, FROM_NAME)
        if leans:
            own = max(own, lean * match(term, previous))
        strength = max(
            own,
            lean * match(term, previous),
            FROM_TITLE * match(term, title),
            (FROM_HEADING_LIST if sentence.listed else FROM_HEADING) * match(term, heading),
            FROM_OPENING * match(term, opening),
            FROM_NEAR * match(term, near),
        )
        total, got, direct = total + weight, got + weight * strength, direct + weight * own
        if strength < 0.3 and not term.light:
            missing.append(term)
    coverage, said = (got / total, direct / total) if total else (0.0, 0.0)
    if (question.places or question.quantities) and all(term.light or term.context for term in question.terms):
        coverage, said = (ONLY_A_PLACE + (1 - ONLY_A_PLACE) * part for part in (coverage, said))
    return Candidate(sentence, coverage, said, tuple(missing), item.score)


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(analyse(text))
