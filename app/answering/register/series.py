"""Developments of a figure, the difference between two days, and two places side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.answering.draft import Draft
from app.answering.register.asked import Asked, within, words
from app.answering.register.figures import measures_asked
from app.answering.register.finding import cite, day_of, details, figure, label, note_conflicts, supported, written
from app.answering.register.points import KINDS, Points, arrange, place_points, points
from app.answering.register.statements import Rows
from app.answers import Figure
from app.register.rows import Row
from app.register.wording import shown_number

LONGEST = 40  # points of a line; all rows are in the register
ABOUT = "etwa"  # the qualifier of what is computed from a figure that has one


@dataclass(frozen=True, slots=True)
class SeriesFinding:
    """The values of a measure, the oldest first; with the `difference` of the first and the last if it is asked for."""

    asked: Asked
    dated: Rows
    vague: Rows
    difference: bool
    subject: str = ""
    more: int = 0

    def write(self, draft: Draft) -> None:
        """From when to when, each value with its day and source."""
        first, last, language = self.dated[0], self.dated[-1], self.asked.language
        for row in self.dated:
            self._point(draft, row, superseded=row is not last)
        for row in self.vague:
            self._point(draft, row)
        measure = label(first.fact.measure, language)
        named = f"{self.subject}, {measure}" if self.subject else measure[:1].upper() + measure[1:]
        values = {"first": written(first), "last": written(last)}
        days = {"since": day_of(first, language).shown, "until": day_of(last, language).shown}
        fields = {"measure": named} | values | days
        if self.difference:
            fields["change"] = change(draft, self.asked, first, last)
        draft.shorts.append(draft.say("register_difference" if self.difference else "register_series", **fields))
        draft.statuses.append("answered")
        draft.holds_for(day_of(last, language))
        draft.note(draft.say("note_coverage", documents=self.asked.documents))
        if any(row.fact.qualifier for row in (first, last)) and self.difference:
            draft.note(draft.say("note_rounded"))
        if self.more:
            draft.note(draft.say("note_more_in_register", number=self.more))
        rows = [*self.dated, *self.vague]
        note_conflicts(draft, self.asked, tuple(row.id for row in rows), rows)

    def _point(self, draft: Draft, row: Row, *, superseded: bool = False) -> None:
        number = cite(draft, self.asked.statements, row)
        draft.figures.append(figure(row, number, superseded=superseded))
        draft.line(f"– {written(row)} ({details(row, self.asked.language)}) [{number}]")


@dataclass(frozen=True, slots=True)
class PlacesFinding:
    """One measure of two places, each newest, and how far they lie apart."""

    asked: Asked
    first: Row
    second: Row

    def write(self, draft: Draft) -> None:
        """Both values, each with its day and source, and the computed difference."""
        said = []
        for row in (self.first, self.second):
            number = cite(draft, self.asked.statements, row)
            draft.figures.append(figure(row, number))
            said.append(f"{row.fact.subject}: {written(row)}")
            draft.line(f"– {row.fact.subject}: {written(row)} ({details(row, self.asked.language)}) [{number}]")
        difference = change(draft, self.asked, self.second, self.first)
        draft.shorts.append(draft.say("register_places", values=", ".join(said), change=difference))
        draft.statuses.append("answered")
        draft.holds_for(day_of(self.first, self.asked.language))
        if any(row.fact.qualifier for row in (self.first, self.second)):
            draft.note(draft.say("note_rounded"))


def change(draft: Draft, asked: Asked, first: Row, last: Row) -> str:
    """The computed difference of two cited figures in words; it is added to the figures with its inputs."""
    values = [row.fact.value for row in (first, last)]
    before, after = (value if isinstance(value, int | float) else 0 for value in values)
    amount = round(abs(after - before), 6)
    amount = int(amount) if amount == int(amount) else amount
    larger, smaller = (last, first) if after >= before else (first, last)
    inputs = {"more": _input(draft, asked, larger), "less": _input(draft, asked, smaller)}
    rough = any(row.fact.qualifier for row in (first, last))
    fact = last.fact
    draft.figures.append(
        Figure(
            measure=fact.measure, value=amount, unit=fact.unit or "", qualifier=ABOUT if rough else None,
            as_of=fact.as_of, citation=cite(draft, asked.statements, last),
            derived=draft.say("register_derived_difference", **inputs, result=shown_number(amount)),
        )
    )  # fmt: skip
    name = "more" if after > before else "less" if after < before else "same"
    about = draft.say("register_about") if rough and amount else ""
    return " ".join(filter(None, (about, draft.say(f"register_{name}", amount=shown_number(amount)))))


def _input(draft: Draft, asked: Asked, row: Row) -> str:
    return f"{written(row)} ({details(row, asked.language)}) [{cite(draft, asked.statements, row)}]"


def find_series(asked: Asked) -> SeriesFinding | None:
    """The finding of a question how a figure developed, or how far two days lie apart."""
    rules = words()["development"]
    difference = asked.says(rules["difference"])
    both = len({mention.year for mention in asked.question.dates}) == 2
    if not (asked.says(rules["pattern"]) or both) or asked.question.quantities:
        return None
    return next((found for rule in _measures(asked) if (found := _series(asked, rule, both, difference))), None)


def _series(asked: Asked, rule: Mapping[str, Any], both: bool, difference: bool) -> SeriesFinding | None:
    rules, period = words()["development"], asked.period
    if period is None:
        return None
    local = rule["scope"] == "place"
    if not local and (asked.question.places or asked.landscape):
        return None
    found = place_points(asked, rule["name"]) if local else points(asked, rule["name"])
    if found is None or not asked.only(rule["explains"], rules["explains"], subject=asked.names_of(found.all)):
        return None
    span = asked.says(rules["span"]) or asked.says(rules["pattern"])
    chosen = _ends(asked, found) if both and not span else [row for row in found.dated if _among(row, period)]
    more = max(0, len(chosen) - LONGEST)
    chosen = chosen[-LONGEST:]
    if len(chosen) < 2 or not all(supported(row, written(row), asked.statements) for row in chosen):
        return None
    others = () if asked.dated else found.vague[-LONGEST:]
    vague = tuple(row for row in others if supported(row, written(row), asked.statements))
    subject = chosen[0].fact.subject if local else ""
    return SeriesFinding(asked, tuple(chosen), vague, difference or both, subject, more)


def find_places(asked: Asked) -> PlacesFinding | None:
    """The finding of a question that holds two places against each other."""
    if len(asked.towns) != 2 or len(asked.question.places) != 2 or asked.dated or asked.question.quantities:
        return None
    rule = next(_measures(asked), None)
    if rule is None or rule["scope"] != "place":
        return None
    if not asked.only(rule["explains"], words()["development"]["explains"], words()["comparison"]["explains"]):
        return None
    rows = [_newest(asked, rule["name"], [place.ags for place in places]) for places in asked.towns]
    first, second = rows
    if first is None or second is None or first.fact.unit is None or second.fact.unit is None:
        return None
    return PlacesFinding(asked, first, second)


def _measures(asked: Asked) -> Iterator[Mapping[str, Any]]:
    """The measures that a question may name, the likeliest first; a development needs no »wie viele« before it."""
    yield from measures_asked(asked)
    yield from (rule for rule in words()["measure"] if asked.says(rule["pattern"]))


def _among(row: Row, period: tuple[int, int]) -> bool:
    """What counts over a year of its own is no point of a line of states."""
    return within(row, period) and not (row.fact.period or "").isdigit()


def _ends(asked: Asked, found: Points) -> list[Row]:
    """The newest value of each of the two years that a question names."""
    years = sorted({mention.year for mention in asked.question.dates if mention.year is not None})
    rows = [[row for row in found.dated if (row.fact.as_of or "")[:4] == str(year)] for year in years]
    return [group[-1] for group in rows if group and not (group[-1].fact.period or "").isdigit()]


def _newest(asked: Asked, measure: str, places: Iterable[str]) -> Row | None:
    found = arrange(asked.statements.rows(KINDS, measures=[measure], places=places, as_of=asked.as_of))
    if found is None or len({row.fact.subject for row in found.all}) > 1:
        return None
    return found.main if supported(found.main, written(found.main), asked.statements) else None
