"""What is said when nothing is known: that nothing is, what comes nearest, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.answering import values
from app.answering.contact import Contact
from app.answering.decide import Ranked
from app.answering.draft import Context, Draft
from app.answering.question import Question
from app.answers import Answer
from prompts import render


class Told(Protocol):
    """What the register says to a question; it knows how to write itself into an answer."""

    def write(self, draft: Draft) -> None: ...


class Part(Protocol):
    """What composition needs of one found part."""

    question: Question
    ranked: list[Ranked]
    chosen: list[Ranked]
    contact: Contact | None
    told: Told | None

    @property
    def answered(self) -> bool: ...


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
