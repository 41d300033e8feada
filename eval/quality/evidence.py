"""Where the passages of a case stand in the stored texts, white space aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.answers import Hit
from app.assistant import Assistant
from eval.quality.cases import Case
from eval.quality.judge import Spans, Stored
from ingest.errors import InputError

_LIST_MARKS = ("-", "–", "•", "*")
_BETWEEN = r"\s+(?:[-–•*]\s+)?"
_HINT = "»auskunft eval check« vergleicht alle Fälle mit den Dokumenten."


def stored_in(assistant: Assistant) -> Stored:
    """All texts and dates, read once."""
    rows = assistant.documents()
    return Stored(
        texts={row.id: assistant.document(row.id)[0].text for row in rows},
        published={row.source: row.published.date for row in rows},
        ids={row.source: row.id for row in rows},
    )


def located(case: Case, stored: Stored) -> dict[str, list[tuple[int, int]]]:
    """Spans (start, end) of the case's passages by file name. Raises InputError where one is not there."""
    found: dict[str, list[tuple[int, int]]] = {}
    for evidence in case.evidence:
        if evidence.source not in stored.ids:
            raise InputError(f"Fall {case.id}: Das Dokument »{evidence.source}« gibt es nicht.", _HINT)
        spans = occurrences(stored.texts[stored.ids[evidence.source]], evidence.quote)
        if not spans:
            raise InputError(f"Fall {case.id}: »{evidence.source}« enthält nicht »{evidence.quote}«.", _HINT)
        found.setdefault(evidence.source, []).extend(spans)
    return found


def occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of `quote` in `text`; any white space stands for any other, and marks of list items for none."""
    if quote.lstrip().startswith("|"):
        return _rows(text, quote)
    words = [word for word in quote.strip("# ").split() if word not in _LIST_MARKS]
    if not words:
        return []
    return [match.span() for match in re.finditer(_BETWEEN.join(map(re.escape, words)), text)]


def _rows(text: str, quote: str) -> list[tuple[int, int]]:
    """Rows of a table: stored texts name the column before each cell (»Ort: Musterau; Jahr: 2020«)."""
    cells = [cell.strip(" *") for cell in quote.split("|") if cell.strip(" *-–")]
    return [match.span() for match in re.finditer(r"[^\n]*?".join(map(re.escape, cells)), text)]


def rank_in(hits: Sequence[Hit], spans: Spans) -> int:
    """Rank (from 1) of the first hit that holds part of a passage, 0 where none does."""
    return next((hit.rank for hit in hits if _holds(hit, spans.get(hit.document.source, ()))), 0)


def _holds(hit: Hit, spans: Iterable[tuple[int, int]]) -> bool:
    return any(hit.start < end and start < hit.end for start, end in spans)
