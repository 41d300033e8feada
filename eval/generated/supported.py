"""The hard check: what an answer says anywhere, in its short form, text and notes, stands in what it cites."""

from __future__ import annotations

import re

from eval.quality.cases import Value
from eval.quality.corpora import TODAY
from eval.quality.judge import held, is_catalogue, values_of
from eval.quality.reply import Reply
from ingest.german.dates import find_dates
from ingest.german.quantities import find_quantities

_MARK = re.compile(r"\s?\[\d+\]")
_COMPUTED = re.compile(r"\d+ \((?:rechnerisch|computed)\)")
_WORD = re.compile(r"[^\W\d_]+")


def unsupported(reply: Reply, documents: int) -> tuple[str, ...]:
    """Numbers, amounts, dates and names that no cited passage holds and that are not marked as computed.

    Catalogue data is no claim: dates of cited documents, how many `documents` there are, the day of the question. A
    day of every year (»15. Oktober«) holds for the year that a note names, and what a note counts says that it does
    (»4 (rechnerisch)«).
    """
    if reply.refused or reply.error:
        return ()
    notes = (_COMPUTED.sub("", note) for note in reply.notes)
    lines = [line for text in (reply.short, reply.text, *notes) for line in text.splitlines()]
    values = dict.fromkeys(value for line in lines for value in values_of(_MARK.sub("", line)))
    return tuple(str(value) for value in values if not _known(value, reply, documents))


def _known(value: Value, reply: Reply, documents: int) -> bool:
    if held(value, reply.citations, reply) or is_catalogue(value, reply):
        return True
    if value.type == "number":
        return value.value == documents or any(_spelled(value, citation.quote) for citation in reply.citations)
    if value.type == "date":
        day = str(value.value)
        return day == TODAY.isoformat() or any(_recurs(day, citation.quote) for citation in reply.citations)
    return False


def _spelled(value: Value, quote: str) -> bool:
    """»Vier davon« counts what was named before, »die 21. Vereinbarung« up to itself: the number stands there."""
    if re.search(rf"(?<![\d.,]){value.value}\.(?!\d)", quote):
        return True
    words = (word for word in _WORD.findall(quote) if word[0].islower() or quote.startswith(word))
    return any(q.number == value.value for word in words for q in find_quantities(f"{word.lower()} Orte"))


def _recurs(day: str, quote: str) -> bool:
    return any(mention.year is None and mention.iso[-5:] == day[-5:] for mention in find_dates(quote))
