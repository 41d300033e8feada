"""Figures of an answer: value, unit, qualifier, canonical measure and date of a cited number."""

from __future__ import annotations

import re

from app.answering.candidates import Sentence
from app.answering.fit import best_quantity, clause_of
from app.answering.question import Question
from app.answering.values import as_of
from app.answers import Figure
from app.data import load
from ingest.german.quantities import Quantity


def figure(sentence: Sentence, quantity: Quantity, citation: int, *, superseded: bool = False) -> Figure:
    """The figure object for one number of a cited sentence; its date is the statement's own or that of the document."""
    return Figure(
        measure=measure_of(sentence.text, quantity),
        value=quantity.number,
        unit=quantity.unit,
        citation=citation,
        qualifier=quantity.qualifier,
        as_of=as_of(sentence),
        superseded=superseded,
    )


def measure_of(text: str, quantity: Quantity) -> str:
    """The canonical measure by unit and surrounding clause (`app/data/measures.toml`), else `other`."""
    clause = clause_of(text, quantity.start, quantity.end)
    for scope in (clause, text):
        for rule in load("measures")["measure"]:
            if _has(rule["unit"], quantity.unit) and _has(rule["cue"], scope):
                return str(rule["name"])
    return "other"


def _has(pattern: str, text: str) -> bool:
    return bool(re.search(pattern, text, re.IGNORECASE))


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
