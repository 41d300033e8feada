"""A made question, and what questions are made of: rows, sentences and names of one collection."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from app.assistant import Assistant
from app.register.rows import Row
from eval.quality.cases import UNANSWERABLE, Case, Value
from ingest.types import Document


@dataclass(frozen=True, slots=True)
class Made:
    """One question. `right`: values of which an answer must hold one; without any, the documents answer nothing."""

    template: str
    question: str
    kind: str
    right: tuple[Value, ...] = ()
    as_of: str | None = None
    form: str = "plain"

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.right)

    def case(self, corpus: str, number: int) -> Case:
        """The same as a case, so that what judges cases can judge it."""
        statuses = ("answered", "partial", "corrected", "ambiguous") if self.answerable else UNANSWERABLE[self.kind]
        return Case(
            f"{corpus}-{number:04}", self.question, self.kind, self.answerable, frozenset(statuses), corpus,
            as_of=self.as_of, expected=self.right,
        )  # fmt: skip


@dataclass(frozen=True)
class Material:
    """What a collection gives to ask about. `states`: the rows as they could be known on a day."""

    programme: str
    rows: Sequence[Row]
    states: Mapping[str, Sequence[Row]]
    documents: Sequence[Document]

    @cached_property
    def twins(self) -> frozenset[str]:
        """Names that rows tell apart by what stands behind them in brackets: by itself such a name is ambiguous."""
        names = {row.fact.subject for row in self.rows}
        return frozenset(name for name in names if any(other.startswith(f"{name} (") for other in names))

    @property
    def text(self) -> str:
        """All texts and titles, folded, to see what is mentioned nowhere."""
        return "\n".join(f"{document.title}\n{document.text}" for document in self.documents).casefold()


def material_of(assistant: Assistant) -> Material:
    """Everything questions are made of."""
    rows = assistant.facts()
    free = Counter(row.fact.subject for row in rows if row.fact.place is None and row.fact.kind == "figure")
    documents = [assistant.document(row.id)[0] for row in assistant.documents()]
    days = sorted({d.published.date for d in documents if d.published.date and len(d.published.date) == 10})
    states = {day: assistant.facts(as_of=day) for day in days}
    programme = min(free, key=lambda name: (-free[name], name))
    return Material(programme, rows, states, sorted(documents, key=lambda document: document.source))


@cache
def templates() -> Mapping[str, Any]:
    """The wording of all questions."""
    return tomllib.loads(files("eval.generated").joinpath("templates.toml").read_text(encoding="utf-8"))
