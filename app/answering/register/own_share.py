"""What one has to pay oneself for a project of a named sum: computed from the share of a guideline, and marked so."""

from __future__ import annotations

from dataclasses import dataclass

from app.answering.draft import Draft
from app.answering.question import compiled
from app.answering.register.asked import Asked, words
from app.answering.register.finding import cite, day_of, details, figure, later, written
from app.answers import Figure
from app.register.rows import Row
from app.register.time import counts
from app.register.wording import shown_number
from ingest.german.quantities import Quantity, find_quantities

LEAST = "mindestens"


@dataclass(frozen=True, slots=True)
class OwnShareFinding:
    """The share of a guideline and the cost of a project; the product is the only figure that is computed."""

    asked: Asked
    row: Row
    cost: Quantity

    def write(self, draft: Draft) -> None:
        """The amount first, with both of its inputs; then the sentence of the share."""
        number, language = cite(draft, self.asked.statements, self.row), self.asked.language
        amount = _whole(self.cost.value * _own(self.row))
        cost = f"{shown_number(_whole(self.cost.value))} Euro"
        fields = {"share": written(self.row), "cost": cost}
        draft.figures.append(figure(self.row, number))
        derived = draft.say("register_derived_share", **fields)
        draft.figures.append(
            Figure("own_share", amount, "EUR", number, qualifier=LEAST, as_of=self.row.fact.as_of, derived=derived)
        )
        name = "register_own_share" if self.row.fact.measure == "own_share" else "register_own_rest"
        draft.shorts.append(draft.say(name, amount=f"{shown_number(amount)} Euro", **fields))
        draft.line(f"{draft.quoted(number)} ({details(self.row, language)})")
        draft.statuses.append("answered")
        draft.holds_for(day_of(self.row, language))


def find_own_share(asked: Asked) -> OwnShareFinding | None:
    """The finding of a question that names one sum and asks what has to be paid of it; None where shares differ."""
    rules = words()["own_share"]
    if not compiled(rules["pattern"]).search(asked.question.text):
        return None
    sums = _sums(asked.question.own) or _sums(asked.question.text)
    if len(sums) != 1:
        return None
    rows = asked.statements.rows(["funding"], measures=rules["measures"], as_of=asked.as_of)
    general = [row for row in rows if counts(row) and row.fact.place is None and 0 < _own(row) < 1]
    shares = sorted(general, key=later, reverse=True)
    newest = [row for row in shares if later(row) == later(shares[0])]
    if not newest or len({round(_own(row), 4) for row in newest}) > 1:
        return None
    return OwnShareFinding(asked, next((r for r in newest if r.fact.measure == "own_share"), newest[0]), sums[0])


def _sums(text: str) -> list[Quantity]:
    return [quantity for quantity in find_quantities(text) if quantity.kind == "money"]


def _own(row: Row) -> float:
    """The part that one pays oneself; of »bis zu 90 Prozent« the rest. 0 where the row gives no share."""
    value = row.fact.value
    if not isinstance(value, int | float) or row.fact.unit not in ("Prozent", "Anteil"):
        return 0.0
    part = value / 100 if row.fact.unit == "Prozent" else float(value)
    return part if row.fact.measure == "own_share" else 1 - part


def _whole(value: float) -> float | int:
    """An amount in euros and cents, as an int where it is whole."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
