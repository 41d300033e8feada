"""What is said when nothing is known: that nothing is, what comes nearest, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.answering import values
from app.answering.contact import Contact
from app.answering.decide import Ranked
from app.answering.question import Question
from app.answers import Answer
from ingest.german.dates import format_german
from prompts import render


class Part(Protocol):
    """What composition needs of one found part."""

    question: Question
    ranked: list[Ranked]
    chosen: list[Ranked]
    contact: Contact | None

    @property
    def answered(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Context:
    """The question as asked and what the collection holds."""

    asked: str
    standalone: str
    question: Question
    documents: int
    newest: str | None
    contact: str
    as_of: str | None
    today: date

    @property
    def language(self) -> str:
        """Language of everything but the quotes."""
        return self.question.language

    @property
    def state(self) -> str:
        """Newest stated day of the collection, for readers."""
        day = self.as_of or self.newest
        return format_german(day) if day else render("undated", self.language)


def refuse(context: Context, parts: Sequence[Part]) -> Answer:
    """An honest refusal: absence of evidence, never a denial."""
    language = context.language
    if not context.documents:
        short = render("refusal_empty", language)
    elif context.question.override:
        short = render("refusal_override", language, documents=context.documents)
    else:
        short = render("refusal", language, documents=context.documents, state=context.state)
    lines = [short]
    if any(part.question.places or part.question.kind == "yesno" for part in parts):
        lines.append(render("absence", language))
    near = next((part.ranked[0] for part in parts if part.ranked and part.ranked[0].candidate.direct > 0), None)
    if near is not None:
        date = values.stand(near.document, language)
        lines.append(render("nearby", language, title=near.document.title, date=date))
    if context.contact:
        lines.append(render("ask_contact", language, contact=context.contact))
    return Answer(context.asked, context.standalone, "no_evidence", short, "\n\n".join(lines), language)
