"""What a »how many« question counts."""

from __future__ import annotations

import re
from functools import lru_cache

from app.answering.question import Question, words

_MEASURING = re.compile(r"\bwie (?:hoch|groß|gross|lang|alt|oft)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:[Ww]ie\s?[Vv]iele?n?|[Aa]nzahl der|[Zz]ahl der|[Hh]ow many|[Nn]umber of)\s+"
    r"(?:(?:[a-zäöüß]+\s+){0,2}?(?:[A-ZÄÖÜ][\wäöüß-]*(?:e|en|er|es)\s+)?(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)|(?P<word>[a-zäöüß-]+))"
)


def measures(question: Question) -> bool:
    """»Wie hoch …«, »wie lange …«: asks for a measure, which need not be named."""
    return bool(_MEASURING.search(question.text))


@lru_cache(maxsize=256)
def counted_noun(question: Question) -> str:
    """What a "how many" question counts, or ""."""
    found = _COUNTED.search(question.text)
    if not found:
        counts = question.kind == "figure" and not measures(question)
        return next((t.text for t in question.focus if t.noun and not t.context), "") if counts else ""
    word = found["noun"] or (
        found["word"] if question.text == question.text.casefold() or question.language == "en" else ""
    )
    return "" if not word or word.casefold() in words("light") else word
