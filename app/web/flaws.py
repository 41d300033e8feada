"""Sentences of a document that a maintainer found to be wrong; the note stands beside them wherever they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.web.markup import esc
from app.web.strings import Strings

if TYPE_CHECKING:
    from app.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Flaw:
    """`text[start:end]` says something wrong; `note` says what."""

    start: int
    end: int
    note: str


def flaws_of(assistant: Assistant, document_id: str) -> tuple[Flaw, ...]:
    """The flaws of a document in reading order. Rows are only made where a decision asks for it."""
    decisions = assistant.library.register.decisions()
    if not any(d.action == "source_wrong" and d.document_id == document_id for d in decisions):
        return ()
    found = {
        Flaw(row.fact.start, row.fact.end, row.decision.note)
        for row in assistant.facts(hidden=True)
        if row.source_wrong and row.entry.document_id == document_id and row.decision is not None
    }
    return tuple(sorted(found, key=lambda flaw: (flaw.end, flaw.start, flaw.note)))


def flaws_html(flaws: Iterable[Flaw], end: int, t: Strings) -> str:
    """The marks that stand behind the character before `end`."""
    return "".join(
        f' <span class="vermerk fehler-der-quelle" lang="{t.lang}">{esc(t("register_flaw"))}'
        f"{f': {esc(flaw.note)}' if flaw.note else ''}</span>"
        for flaw in flaws
        if flaw.end == end
    )
