"""How near a number or date of a sentence stands to the words of the question, where a sentence holds several.

In a row of a table the label of the column counts (»Meldestufe 4: 640«); elsewhere the distance to the words that carry
the question, clauses between them counted as far.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.answering.counted import counted_noun
from app.answering.matching import match, words_of
from app.answering.question import Question, Term
from app.answering.sentences import Sentence
from ingest.german.dates import DateMention
from ingest.german.quantities import Quantity

PART = 0.5  # »fünf der 84 Orte«: the part is what is asked for, the whole only measures it
LABEL = 2.0
_CLAUSES = re.compile(r"[,;:()–]|\bund\b")
_WORDS = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_WHOLE = re.compile(r"\s+(?:der|von|von den|unter den|of the|of)\s+(?:rund |etwa |insgesamt )?\d")


def nearness(question: Question, sentence: Sentence, span: Quantity | DateMention) -> float:
    """Sum over the question's words of how near each stands to the span (1 beside it, falling with distance)."""
    total = _labelled(question, sentence, span) + PART * is_part(sentence, span)
    for start, end, strength in _carriers(question, sentence):
        between = _between(sentence.text, start, end, span)
        clauses = 0 if between.strip() == "(" else len(_CLAUSES.findall(between))
        distance = max(0, span.start - end, start - span.end)
        total += strength / (1.0 + distance / 25.0 + 1.5 * clauses)
    return total


def is_part(sentence: Sentence, span: Quantity | DateMention) -> bool:
    """»fünf der 84 Orte«: whether a number is a part of the next one."""
    return bool(_WHOLE.match(sentence.text[span.end :]))


def _labelled(question: Question, sentence: Sentence, span: Quantity | DateMention) -> float:
    """In a row of a table: how much of the label of the value's column the question says, numbers included."""
    cell = sentence.row.cell_at(span.start) if sentence.row.cells else None
    label = words_of(cell.label).stems if cell else frozenset()
    asked = words_of(question.text).stems
    return LABEL * len(label & asked) / len(label) if label else 0.0


@lru_cache(maxsize=512)
def _carriers(question: Question, sentence: Sentence) -> tuple[tuple[int, int, float], ...]:
    """The words of a sentence that carry a term or a place of the question (not what it counts), and how strongly."""
    counted = counted_noun(question).casefold()
    terms = [(term, _weight(term)) for term in question.terms if term.text.casefold() != counted]
    found: list[tuple[int, int, float]] = []
    for word in _LETTERS.finditer(sentence.text):
        words = words_of(word.group())
        strength = max((match(term, words) * weight for term, weight in terms), default=0.0)
        if strength:
            found.append((word.start(), word.end(), strength))
    asked = {word for place in question.places for word in _WORDS.findall(question.text[place.start : place.end])}
    found += [(word.start(), word.end(), 1.0) for word in _WORDS.finditer(sentence.text) if word.group() in asked]
    return tuple(found)


def _between(text: str, start: int, end: int, span: Quantity | DateMention) -> str:
    return text[end : span.start] if end <= span.start else text[span.end : start]


def _weight(term: Term) -> float:
    return 0.3 if term.light or term.context else 1.0
