"""Last check before anything is shown: every number and date of the short answer stands in a cited span.

What is allowed besides: the date of a cited document (it is catalogue data), and figures of the question itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.answers import Citation
from index.lexical import analyse
from ingest.german.dates import format_german

_NUMBER = re.compile(r"\d[\d.,  ]*\d|\d")


def unsupported(text: str, citations: Sequence[Citation], question: str = "") -> list[str]:
    """Numbers and dates of `text` that neither a cited span nor a cited document's date nor the question holds."""
    allowed = set(analyse(question))
    for citation in citations:
        allowed |= set(analyse(citation.quote))
        published = citation.document.published
        for day in (published.date, *(published.range or ())):
            if day:
                allowed |= set(analyse(format_german(day))) | set(day.split("-")) | {day}
                allowed |= {part.lstrip("0") for part in day.split("-")}
    return [n.group() for n in _NUMBER.finditer(text) if not set(analyse(n.group())) <= allowed]


def carriers(text: str, citations: Sequence[Citation]) -> list[int]:
    """Numbers of the citations that hold the figures of `text`, else its words; each holds what no earlier one does.

    A text that is no one's words (»nicht genannt«) is carried by the first citation, the one it was concluded from.
    """
    words = set(analyse(text))
    figures = {word for word in words if any(map(str.isdigit, word))}
    return _holding(figures, citations) or _holding(words, citations) or [c.number for c in citations[:1]]


def _holding(words: set[str], citations: Sequence[Citation]) -> list[int]:
    """The first citations that together hold as many of the words as all do."""
    found: list[int] = []
    held: set[str] = set()
    for citation in citations:
        more = words & set(analyse(citation.quote)) - held
        if more:
            found.append(citation.number)
            held |= more
    return found
