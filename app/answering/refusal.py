"""What is said when nothing is known: that nothing is, what comes nearest, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.answering import values
from app.answering.contact import Contact
from app.answering.decide import Ranked, confidence, distinct
from app.answering.draft import Context, Draft
from app.answering.question import Question
from app.answers import Answer, Citation
from prompts import render

# Sentences that a refusal shows: how many, how far behind the first in points of their score, and the least trust in
# the first. Of 185 development questions that were refused though they have an answer, 90 had it in one of them; of 24
# private questions and attempts to override the rules, two had any.
MOST_NEAR, NEAR_GAP, LEAST_NEAR = 3, 1.5, 0.1


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
    nearest = () if context.question.override else _nearest(parts)
    text = "\n\n".join(lines)
    return Answer(context.asked, context.standalone, "no_evidence", short, text, language, nearest=nearest)


def _nearest(parts: Sequence[Part]) -> tuple[Citation, ...]:
    """What is worth reading though it is no evidence, best first, each wording once."""
    shown = [
        item.candidate.sentence
        for part in parts
        if part.ranked and confidence(part.ranked) >= LEAST_NEAR
        for item in distinct(part.ranked, MOST_NEAR)
        if part.ranked[0].score - item.score <= NEAR_GAP
    ][:MOST_NEAR]
    return tuple(Citation(number, s.document, s.start, s.end) for number, s in enumerate(shown, start=1))
