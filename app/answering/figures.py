"""Figures of an answer: value, unit, qualifier, canonical measure and date of a cited number."""

from __future__ import annotations

import re

from app.answering.candidates import Sentence
from app.answering.fit import clause_of
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
            if re.search(rule["unit"], quantity.unit) and re.search(rule["cue"], scope):
                return str(rule["name"])
    return "other"
