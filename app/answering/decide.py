"""Is the evidence enough? Thresholds, the wrong-subject check and the choice of the sentences that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.candidates import Candidate, is_subject
from app.answering.fit import asks_for_office, asks_for_places, best_date, best_quantity, cue, fits, has_asked_measure
from app.answering.question import Question, Term
from app.answering.subjects import about_another_place, subject_places
from app.data import load
from index.lexical import analyse
from ingest.german.quantities import Quantity
from ingest.types import Document

# Calibrated on the development questions of tests/data/dev (see CHANGELOG for the figures).
MIN_COVERAGE = 0.5
MIN_COVERAGE_VALUE = 0.42  # a value of the wanted kind is evidence in itself
VALUE_KINDS = ("amount", "share", "date", "figure")
MIN_DIRECT = 0.2
RELATIVE = 0.86
RELATIVE_MEASURE = 0.65  # a sentence that states the very measure asked for need not use the same words
RELATIVE_TEXT = 0.75  # for questions that a single value does not answer
TEXT_KINDS = ("yesno", "open", "howto", "definition", "reason", "list", "purpose")
# A guideline that never names the programme answers only what the question names itself.
FOREIGN_FACTOR = 0.8
OTHER_PLACE_FACTOR = 0.8
CUE_BONUS = 0.12
PERSON_BONUS = 0.1
PERIOD_BONUS = 0.2
PLACE_BONUS = 0.04
MAX_SENTENCES = 3
MAX_LIST = 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its final score."""

    candidate: Candidate
    score: float
    fits: bool

    @property
    def document(self) -> Document:
        """Its document."""
        return self.candidate.sentence.document


def rank(question: Question, pool: Sequence[Candidate], own: frozenset[str]) -> list[Ranked]:
    """Candidates by coverage, the wanted kind of value, and whether the document belongs to the programme (`own`).

    A word of the question that heads some document is a subject: a sentence that says nothing of it is about another.
    """
    documents = {candidate.sentence.document.id: candidate.sentence.document for candidate in pool}
    subjects = {t.stem for t in question.terms if t.noun and any(is_subject(t, d) for d in documents.values())}
    factors = {id: _factor(question, document, own) for id, document in documents.items()}
    ranked = []
    for candidate in pool:
        if any(term.stem in subjects for term in candidate.missing):
            continue
        said = cue(question, candidate.sentence)
        fit = said >= 0 and fits(question, candidate.sentence) and _binds_office(question, candidate)
        score = 0.8 * candidate.coverage + 0.2 * candidate.direct + 0.05 * candidate.retrieval
        named = PERSON_BONUS if question.kind == "person" and candidate.sentence.persons else 0.0
        if question.kind == "list" and asks_for_places(question):
            named += min(len(candidate.sentence.places), 5) * PLACE_BONUS
        if _same_period(question, candidate):
            named += PERIOD_BONUS
        score = (score + CUE_BONUS * max(said, 0.0) + named) * factors[candidate.sentence.document.id]
        ranked.append(Ranked(candidate, score if fit else score * 0.5, fit))
    return sorted(ranked, key=lambda r: (-r.score, r.candidate.sentence.start))


def _factor(question: Question, document: Document, own: frozenset[str]) -> float:
    """What counts against all sentences of a document that is about something else."""
    factor = FOREIGN_FACTOR if document.kind == "programme" and document.id not in own else 1.0
    return factor * (OTHER_PLACE_FACTOR if about_another_place(question, document) else 1.0)


def enough(question: Question, best: Ranked) -> bool:
    """Whether the best candidate may be shown as an answer."""
    candidate = best.candidate
    least = MIN_COVERAGE_VALUE if question.kind in VALUE_KINDS else MIN_COVERAGE
    if not best.fits or candidate.coverage < least or candidate.direct < MIN_DIRECT:
        return False
    if not _period_holds(question, best) or not _speaks_of_figure(question, best):
        return False
    return not _misses_the_point(question, candidate)


def select(question: Question, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The sentences to show: all that answer about as well as the best, repeated wording folded."""
    best = ranked[0].score
    share = RELATIVE_TEXT if question.kind in TEXT_KINDS else RELATIVE
    limit = MAX_LIST if question.kind in ("list", "figure", "amount") else MAX_SENTENCES
    chosen: list[Ranked] = []
    for item in ranked:
        if item.score < min(RELATIVE_MEASURE, share) * best:
            break  # so are all that follow
        least = RELATIVE_MEASURE if has_asked_measure(question, item.candidate.sentence) else share
        if len(chosen) == limit:
            break
        if item.score < least * best:
            continue
        if question.kind in VALUE_KINDS and chosen and not _comparable(question, item, chosen[0]):
            continue
        if enough(question, item) and not any(_repeats(item, other) for other in chosen):
            chosen.append(item)
    return chosen


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


def _same_period(question: Question, candidate: Candidate) -> bool:
    """Whether a date of the sentence lies in a period that the question names (a day, a month, a year)."""
    asked = [d for d in question.dates if d.year is not None]
    if not asked:
        return False
    told = [d for d in candidate.sentence.dates if d.year is not None]
    return any(a.first <= t.first and t.last <= a.last for a in asked for t in told)


def _speaks_of_figure(question: Question, item: Ranked) -> bool:
    """A sum or share that the question takes for granted needs a sentence about a sum or share."""
    if question.kind in ("amount", "share", "figure"):
        return True
    asked = {q.kind for q in question.quantities if q.kind in ("money", "share")}
    return asked <= {q.kind for q in item.candidate.sentence.quantities}


def _misses_the_point(question: Question, candidate: Candidate) -> bool:
    """Whether the sentence is silent on a content word that makes up much of the question."""
    focus = [term for term in question.focus if not term.light and not term.name]
    if not focus:
        return False
    stems = {term.stem for term in focus}
    gone = sum(_importance(term) for term in candidate.missing if term.stem in stems)
    return gone * 2 >= sum(_importance(term) for term in focus)


def _importance(term: Term) -> float:
    """A missing noun weighs twice as much as a missing verb or adjective."""
    return 1.0 if term.noun else 0.5


def _repeats(item: Ranked, other: Ranked) -> bool:
    first, second = item.candidate.sentence.stems, other.candidate.sentence.stems
    union = len(first | second) or 1
    same_values = [q.value for q in item.candidate.sentence.quantities] == [
        q.value for q in other.candidate.sentence.quantities
    ]
    return len(first & second) / union > 0.8 and same_values
