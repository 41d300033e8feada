"""Figures and years that a question takes for granted, against what the documents say."""

from __future__ import annotations

import re

from app.answering.question import Question
from app.answering.sentences import Sentence
from ingest.german.quantities import Quantity

# »ein Projekt für 6.000 Euro«: supposed, not claimed.
_SUPPOSED = re.compile(
    r"\b(?:für|bei|mit|ab|bis|unter|über|von|zu|for|with|at|under|over)\s+(?:\w+\s+)?$", re.IGNORECASE
)
VALUE_KINDS = ("figure", "amount", "share")


def contradicted(question: Question, sentence: Sentence) -> str:
    """What the document says instead, if the question takes a figure for granted that it contradicts."""
    if question.kind in VALUE_KINDS:
        return ""
    for asked in question.quantities:
        if supposed(question, asked):
            continue
        same = [q for q in sentence.quantities if q.kind == asked.kind and (q.unit == asked.unit or q.kind != "count")]
        if same and all(q.value != asked.value for q in same):
            return " ".join(sentence.text[same[0].start : same[0].end].split())
    if question.years and question.kind == "yesno":
        stated = [d for d in sentence.dates if d.year is not None]
        if stated and not question.years & {d.year for d in stated}:
            return sentence.text[stated[0].start : stated[0].end]
    return ""


def supposed(question: Question, quantity: Quantity) -> bool:
    """Whether a figure of the question is a case (»ein Projekt für 6.000 Euro«), not a claim."""
    return bool(_SUPPOSED.search(question.text[: quantity.start]))
