"""The finders of all topics in the order in which they are asked; the first that is sure answers."""

from __future__ import annotations

from collections.abc import Callable

from app.answering.question import Question
from app.answering.refusal import Told
from app.answering.register.asked import Asked, blocked
from app.answering.register.contacts import find_contact_of
from app.answering.register.figures import find_figure
from app.answering.register.holders import find_office_of
from app.answering.register.joined import find_joined
from app.answering.register.members import find_members
from app.answering.register.money import find_money
from app.answering.register.offers import find_conditions, find_offers, find_users, find_uses
from app.answering.register.own_share import find_own_share
from app.answering.register.people import find_office
from app.answering.register.series import find_places, find_series
from app.answering.register.signing import find_signing
from app.answering.register.statements import Statements

FINDERS: tuple[Callable[[Asked], Told | None], ...] = (
    find_places, find_series, find_members, find_figure, find_joined, find_signing, find_money,
    find_office, find_office_of, find_contact_of, find_uses, find_users, find_offers, find_conditions,
)  # fmt: skip


def look_up(
    question: Question, statements: Statements, names: tuple[str, ...], documents: int, as_of: str | None
) -> Told | None:
    """What the register says to one question; None where it is not sure."""
    asked = Asked(question, statements, names, documents, as_of)
    planned = find_own_share(asked)  # whoever plans asks »wenn«, »müssen«, »wollen«
    if planned is not None or blocked(question):
        return planned
    return next((found for finder in FINDERS if (found := finder(asked)) is not None), None)
