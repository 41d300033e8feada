"""Figures of an answer: value, unit, qualifier, canonical measure and date of a cited number."""

from __future__ import annotations

from app.answering.fit import best_quantity
from app.answering.question import Question
from app.answering.sentences import Sentence
from app.answering.values import as_of
from app.answers import Figure
from ingest.facts.measures import measure_of
from ingest.german.quantities import Quantity


def figure(sentence: Sentence, quantity: Quantity, citation: int, *, superseded: bool = False) -> Figure:
    """The figure object for one number of a cited sentence; its date is the statement's own or that of the document."""
    return Figure(
        measure=measure_of(sentence.text, quantity),
        value=quantity.number,
        unit=quantity.unit,
        citation=citation,
        qualifier=quantity.qualifier,
        as_of=as_of(sentence, quantity),
        superseded=superseded,
    )


def same_measure(question: Question, one: Sentence, other: Sentence) -> bool:
    """Whether two sentences state the same measure of the same subject, so that one can supersede the other."""
    first, second = best_quantity(question, one), best_quantity(question, other)
    if first is None or second is None:
        return False
    asked = {p.ags for m in question.places for p in m.candidates}
    subjects = [frozenset(_towns(sentence)) - asked for sentence in (one, other)]
    return measure_of(one.text, first) == measure_of(other.text, second) and subjects[0] == subjects[1]


def _towns(sentence: Sentence) -> set[str]:
    return {p.ags for m in sentence.places if m.role == "municipality" and not m.derived for p in m.candidates}
