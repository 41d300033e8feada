"""A figure of the programme or of a place: the newest value, older ones, what looks alike, what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.answering.counted import counted_noun
from app.answering.draft import Draft
from app.answering.register.asked import FIRST, LAST, Asked, words
from app.answering.register.finding import (
    brief,
    cite,
    day_of,
    figure,
    label,
    marks,
    note_conflicts,
    period_words,
    show_marks,
    supported,
    written,
)
from app.answering.register.points import Points, place_points, points
from app.answering.register.statements import Rows
from app.register.rows import Row
from app.register.time import span_of

OLDER = 5  # older values that are named; all of them are in the register
_PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class FigureFinding:
    """The newest row of a measure with the others; `subject` is named where it is a place."""

    asked: Asked
    found: Points
    alike: Rows
    subject: str = ""

    def write(self, draft: Draft) -> None:
        """Value with measure and day, its sentence; older values and look-alikes as notes."""
        main, language = self.found.main, self.asked.language
        number = cite(draft, self.asked.statements, main)
        what = self.subject or label(main.fact.measure, language)
        value = written(main, counted_noun(self.asked.question))
        what = "" if what and what in value else what
        draft.shorts.append(draft.say("register_figure", value=value, details=brief(main, self.asked, what)))
        draft.line(draft.quoted(number))
        draft.figures.append(figure(main, number))
        draft.statuses.append("answered")
        draft.holds_for(day_of(main, language))
        self._series(draft)
        for row in self.alike:
            self._note(draft, "note_lookalike_measure", row, measure=label(row.fact.measure, language))
        note_conflicts(draft, self.asked, (main.fact.measure, self.subject), self.found.all)
        show_marks(draft, "register_compare", " ".join(draft.shorts))

    def _series(self, draft: Draft) -> None:
        main = self.found.main
        older = [row for row in reversed(self.found.dated) if row is not main]
        for row in older[:OLDER]:
            if row.fact.value != main.fact.value or row.fact.qualifier != main.fact.qualifier:
                self._note(draft, "note_older", row, superseded=True, date=self._stand(row))
        for row in self.found.vague[-OLDER:]:
            if row is not main:
                self._note(draft, "note_newer_undated", row, date=self._stand(row))

    def _stand(self, row: Row) -> str:
        period = period_words(row.fact.period, self.asked.language)
        return ", ".join(filter(None, (day_of(row, self.asked.language).shown, period)))

    def _note(self, draft: Draft, name: str, row: Row, *, superseded: bool = False, **fields: str) -> None:
        number = cite(draft, self.asked.statements, row)
        draft.figures.append(figure(row, number, superseded=superseded))
        known = {
            "value": written(row),
            "number": marks(draft, self.asked, row),
            "date": day_of(row, self.asked.language).shown,
        } | fields
        draft.note(draft.say(name, **known))


def measures_asked(asked: Asked) -> Iterator[Mapping[str, Any]]:
    """The measures that a question may count, the likeliest first: programmes call the same by different names."""
    for rule in words()["measure"]:
        if asked.says(rule["pattern"]) and _counts(asked, rule):
            yield rule


def _counts(asked: Asked, rule: Mapping[str, Any]) -> bool:
    return "counts" not in rule or asked.counts(rule["counts"]) or _says_number(asked, rule)


def _says_number(asked: Asked, rule: Mapping[str, Any]) -> bool:
    """»Mitgliederzahl«: the noun asks for a number by itself."""
    return "number" in rule and asked.says(rule["number"])


def find_figure(asked: Asked) -> FigureFinding | None:
    """The finding of a question for one figure."""
    if asked.question.quantities or asked.period is None or asked.open_ended:
        return None
    rules = [
        rule for rule in measures_asked(asked) if asked.question.kind in ("figure", "open") or _says_number(asked, rule)
    ]
    return next((found for rule in rules if (found := _found(asked, rule))), None)


def _found(asked: Asked, rule: Mapping[str, Any]) -> FigureFinding | None:
    if rule["scope"] != _PROGRAMME:
        return _of_place(asked, rule)
    return None if asked.question.places or asked.landscape else _of_programme(asked, rule)


def _of_programme(asked: Asked, rule: Mapping[str, Any]) -> FigureFinding | None:
    found = in_period(asked, points(asked, rule["name"]))
    if found is None or not _sure(asked, found.main):
        return None
    if not asked.only(rule["explains"], subject=asked.names_of(found.all)):
        return None
    alike = [other for name in rule["alike"] if (other := in_period(asked, points(asked, name)))]
    return FigureFinding(asked, found, tuple(other.main for other in alike))


def _of_place(asked: Asked, rule: Mapping[str, Any]) -> FigureFinding | None:
    found = in_period(asked, place_points(asked, rule["name"]))
    if found is None or not _sure(asked, found.main):
        return None
    subject = found.main.fact.subject
    return FigureFinding(asked, found, (), subject) if asked.only(rule["explains"], subject=subject) else None


def in_period(asked: Asked, found: Points | None) -> Points | None:
    """The values of the days asked about; of a value counted over a period only where that is asked for."""
    if found is None or asked.period is None:
        return None
    dated = tuple(_wanted(asked, found))
    vague = tuple(row for row in found.vague if _over(row) == asked.period) if asked.dated else found.vague
    return Points(dated, vague, found.all) if dated or vague else None


def _wanted(asked: Asked, found: Points) -> Iterator[Row]:
    first, last = asked.period or (FIRST, LAST)
    for row in found.dated:
        span = span_of(row.fact) or (FIRST, LAST)
        over = _over(row)
        if over is not None:
            if over == (asked.period or ()):
                yield row
        elif first <= span[0] and span[1] <= last:
            yield row


def _over(row: Row) -> tuple[int, int] | None:
    """The year over which a row counts, as days; None for a state (»seit 2019« is one)."""
    period = row.fact.period or ""
    return (int(period) * 10_000 + 101, int(period) * 10_000 + 1231) if period.isdigit() else None


def _sure(asked: Asked, row: Row) -> bool:
    """Whether the value stands in the sentence that would be cited for it."""
    return supported(row, written(row), asked.statements)
