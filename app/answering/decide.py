"""Is the evidence enough? The wrong-subject check, the least trust, and the choice of the sentences that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.answering.candidates import Candidate, is_subject
from app.answering.features import NAMES, TEXT_KINDS, VALUE_KINDS, Features, features, pool_of
from app.answering.fit import asks_for_office, best_date, best_quantity, has_asked_measure
from app.answering.question import Question
from app.answering.scoring import model, score, trust
from app.answering.subjects import subject_places
from app.data import load
from index.lexical import analyse
from ingest.german.dates import DateMention, find_dates
from ingest.german.quantities import Quantity
from ingest.types import Document

FITS, LACKS_CUE, TITLED = (NAMES.index(name) for name in ("fits", "lacks_cue", "titled"))
# How far behind the best a further sentence may lie, in points of its score (a point: 2.7 times less likely).
GAP, GAP_TEXT = 0.7, 1.2
GAP_MEASURE = 2.5  # a sentence that states the very measure asked for need not use the same words
# How much a sentence speaks of an asked period by what stands around it; it says so itself: 1.
AROUND_PERIOD, DOCUMENT_PERIOD, OTHER_PERIOD = 0.8, 0.5, -0.5
SAYS_ALL = 0.9  # of the question, by the sentence itself: with the wanted value in it, it needs no further trust
MIN_COVERAGE = 0.15  # of the question; a value alone is no evidence
MAX_SENTENCES = 3
MAX_LIST = 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score (see `app.answering.scoring`) and the features that it is made of."""

    candidate: Candidate
    score: float
    fits: bool
    features: Features

    @property
    def document(self) -> Document:
        """Its document."""
        return self.candidate.sentence.document


def rank(question: Question, pool: Sequence[Candidate], own: frozenset[str]) -> list[Ranked]:
    """Candidates, best first, those without the wanted value last; `own` are the documents of the programme.

    A word of the question that heads some document is a subject: a sentence that says nothing of it is about another.
    So is every part of a person's name.
    """
    documents = {candidate.sentence.document.id: candidate.sentence.document for candidate in pool}
    subjects = {t.stem for t in question.terms if t.noun and any(is_subject(t, d) for d in documents.values())}
    shared = pool_of(pool, own)
    ranked = []
    for candidate in pool:
        if any(term.name or term.stem in subjects for term in candidate.missing):
            continue
        binds, period = _binds_office(question, candidate), _same_period(question, candidate)
        values = features(question, candidate, shared, binds=binds, period=period)
        ranked.append(Ranked(candidate, score(values), bool(values[FITS]) and not values[LACKS_CUE], values))
    return sorted(ranked, key=lambda r: (not r.fits, -r.score, r.candidate.sentence.start))


def enough(question: Question, ranked: Sequence[Ranked]) -> bool:
    """Whether the best candidate may be shown as an answer."""
    best = ranked[0]
    if not _may_answer(question, best):
        return False
    if question.kind in VALUE_KINDS and best.candidate.direct >= SAYS_ALL:
        return True
    return confidence(ranked) >= model().least


def confidence(ranked: Sequence[Ranked]) -> float:
    """The trust in the best candidate, 0 to 1; 0 where none holds the wanted kind of value."""
    fitting = [item for item in ranked if item.fits]
    if not fitting:
        return 0.0
    return trust(ranked[0].features, [r.score for r in fitting], [r.features for r in fitting])


def distinct(ranked: Sequence[Ranked], number: int) -> list[Ranked]:
    """The best `number` of them, titles, headings and repeated wording left out."""
    chosen: list[Ranked] = []
    for item in ranked:
        if len(chosen) == number:
            break
        if not item.features[TITLED] and not any(_repeats(item, other) for other in chosen):
            chosen.append(item)
    return chosen


def select(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The sentences to show: the best and those that answer about as well, repeated wording folded."""
    best = ranked[0]
    gap = GAP_TEXT if question.kind in TEXT_KINDS else GAP
    limit = MAX_LIST if question.kind in ("list", "figure", "amount") else MAX_SENTENCES
    chosen = [best]
    for item in ranked[1:]:
        behind = best.score - item.score
        if behind > GAP_MEASURE or len(chosen) == limit:
            break
        if behind > (GAP_MEASURE if has_asked_measure(question, item.candidate.sentence) else gap):
            continue
        if question.kind in VALUE_KINDS and not _comparable(question, item, best):
            continue
        if _may_answer(question, item) and not any(_repeats(item, other) for other in chosen):
            chosen.append(item)
    return chosen


def _may_answer(question: Question, item: Ranked) -> bool:
    """Whether nothing rules a sentence out: a value about something else, of another kind or period."""
    if question.kind in VALUE_KINDS and item.candidate.coverage < MIN_COVERAGE:
        return False
    return item.fits and _period_holds(question, item) and _speaks_of_figure(question, item)


def _comparable(question: Question, item: Ranked, best: Ranked) -> bool:
    """Whether the value of a further sentence is of the kind and unit of the first one."""
    sentences = (item.candidate.sentence, best.candidate.sentence)
    if question.kind == "date":
        days = [mention.iso if mention else "" for mention in (best_date(question, s) for s in sentences)]
        return days[0] == days[1]
    if all(has_asked_measure(question, sentence) for sentence in sentences):
        return True
    first, second = (best_quantity(question, s) for s in sentences)
    if first is None or second is None:
        return False
    if first.kind != second.kind or first.kind != "count" or not first.unit or not second.unit:
        return first.kind == second.kind
    return _unit(first) == _unit(second)


def _unit(quantity: Quantity) -> str:
    """What is counted, as a stem; containers such as municipalities and towns count as one."""
    noun = quantity.unit.split()[-1]
    if re.search(load("questions")["values"]["containers"], noun):
        return "container"
    return (analyse(noun) or [noun])[-1]


def _period_holds(question: Question, item: Ranked) -> bool:
    """A year in the question must be the sentence's own year or the year of its document."""
    if not question.years:
        return True
    published = item.document.published
    years = {d.year for d in item.candidate.sentence.dates}
    if published.date and published.date[:4].isdigit():
        years.add(int(published.date[:4]))
    return bool(question.years & years) or question.kind in ("yesno", "reason", "open")


def _binds_office(question: Question, candidate: Candidate) -> bool:
    """»Bürgermeister von X«: the sentence names X, or the document is about X alone."""
    if question.kind != "person" or not question.places or not asks_for_office(question) or question.signing:
        return True
    wanted = question.wanted_places
    named = {place.ags for mention in candidate.sentence.places for place in mention.candidates}
    subjects = subject_places(candidate.sentence.document)
    return bool(wanted & named) or subjects <= wanted


def _same_period(question: Question, candidate: Candidate) -> float:
    """How surely a sentence speaks of a period that is asked for.

    1 where it says so itself, less where heading, title or document do; below zero where all its years are others.
    """
    asked = [d for d in question.dates if d.year is not None]
    if not asked:
        return 0.0
    sentence = candidate.sentence
    if _lies_in(sentence.dates, asked):
        return 1.0
    if any(d.year is not None for d in sentence.dates):
        return OTHER_PERIOD
    if _lies_in(_dates_around(sentence.heading, sentence.document.title), asked):
        return AROUND_PERIOD
    year = (sentence.document.published.date or "")[:4]
    return DOCUMENT_PERIOD if year.isdigit() and int(year) in question.years else 0.0


@lru_cache(maxsize=4096)
def _dates_around(heading: str, title: str) -> list[DateMention]:
    """Read once for all sentences under a heading."""
    return find_dates(f"{heading}. {title}")


def _lies_in(told: Sequence[DateMention], asked: Sequence[DateMention]) -> bool:
    return any(a.first <= t.first and t.last <= a.last for a in asked for t in told if t.year is not None)


def _speaks_of_figure(question: Question, item: Ranked) -> bool:
    """A sum or share that the question takes for granted needs a sentence about a sum or share."""
    if question.kind in ("amount", "share", "figure"):
        return True
    asked = {q.kind for q in question.quantities if q.kind in ("money", "share")}
    return asked <= {q.kind for q in item.candidate.sentence.quantities}


def _repeats(item: Ranked, other: Ranked) -> bool:
    first, second = item.candidate.sentence.stems, other.candidate.sentence.stems
    union = len(first | second) or 1
    same_values = [q.value for q in item.candidate.sentence.quantities] == [
        q.value for q in other.candidate.sentence.quantities
    ]
    return len(first & second) / union > 0.8 and same_values
