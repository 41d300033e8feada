"""Sums of money: never without the verb of the source, its period and its day; the same sum for two periods is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.answering.draft import Draft
from app.answering.register.asked import Asked, within, words
from app.answering.register.finding import (
    brief,
    cite,
    dated,
    day_of,
    details,
    figure,
    label,
    later,
    note_conflicts,
    period_words,
    supported,
    written,
)
from app.answering.register.statements import Rows
from app.register.rows import Row
from app.register.time import counts
from ingest.german.quantities import find_quantities

LIMIT = 6  # sums of one answer


@dataclass(frozen=True, slots=True)
class MoneyFinding:
    """Sums of one subject, the main one first; `readings` says that the question is about their periods."""

    asked: Asked
    rows: Rows
    readings: bool
    subject: str = ""

    def write(self, draft: Draft) -> None:
        """The newest sum with what was done with it; all others with theirs."""
        main, language = self.rows[0], self.asked.language
        for row in self.rows:
            number = cite(draft, self.asked.statements, row)
            draft.figures.append(figure(row, number, superseded=self._superseded(row)))
            draft.line(f"{draft.quoted(number)} ({details(row, language, label(row.fact.measure, language))})")
        if self.readings:
            readings = " · ".join(self._reading(row) for row in self.rows)
            draft.shorts.append(draft.say("register_readings", value=written(main), readings=readings))
        else:
            text = brief(main, self.asked, self.subject, label(main.fact.measure, language))
            draft.shorts.append(draft.say("register_figure", value=written(main), details=text))
        periods = {row.fact.period for row in self.rows if row.fact.value == main.fact.value}
        draft.statuses.append("ambiguous" if self.readings and len(periods) > 1 else "answered")
        draft.holds_for(day_of(main, language))
        disputed = note_conflicts(draft, self.asked, tuple(row.id for row in self.rows), self.rows)
        for row in self.rows[1:]:
            if row.id not in disputed:
                self._other(draft, row)

    def _superseded(self, row: Row) -> bool:
        main = self.rows[0]
        same = (row.fact.measure, row.fact.period) == (main.fact.measure, main.fact.period)
        return same and bool(row.fact.as_of and main.fact.as_of and row.fact.as_of < main.fact.as_of)

    def _reading(self, row: Row) -> str:
        return f"{period_words(row.fact.period, self.asked.language)} ({day_of(row, self.asked.language).shown})"

    def _other(self, draft: Draft, row: Row) -> None:
        language = self.asked.language
        text = details(row, language, label(row.fact.measure, language))
        number = cite(draft, self.asked.statements, row)
        draft.note(draft.say("note_other_sum", value=written(row), details=text, number=number))


def find_money(asked: Asked) -> MoneyFinding | None:
    """The finding of a question for a sum of the programme or of one place, or for the period of a sum."""
    rules = words()["money"]
    readings = asked.says(rules["alternatives"])
    wanted = asked.question.kind == "amount" or asked.counts(rules["counts"]) or readings
    if not wanted or not asked.says(rules["pattern"]):
        return None
    sums = {q.number for q in find_quantities(asked.question.own)}
    if (sums and not readings) or asked.period is None:
        return None
    measures = _verbs(asked, rules) or rules["measures"]
    subject, about = asked.of_place(["funding"], measures)
    if not asked.question.places and not subject:
        about = asked.of_programme(asked.statements.rows(["funding"], measures=measures, as_of=asked.as_of))
    if not about or not asked.only(rules["explains"], subject=about[0].fact.subject):
        return None
    chosen = _period_first(asked, _chosen(asked, about, sums, readings=readings), readings=readings)
    if not chosen or len({row.fact.subject for row in chosen}) > 1:
        return None
    if readings and len({row.fact.period for row in chosen}) < 2:
        return None
    return MoneyFinding(asked, tuple(chosen[:LIMIT]), readings, subject)


def _verbs(asked: Asked, rules: Mapping[str, Any]) -> list[str]:
    """The measures of the verbs that the question uses."""
    return [verb["measure"] for verb in rules["verb"] if asked.says(verb["pattern"])][:1]


def _period_first(asked: Asked, rows: list[Row], *, readings: bool) -> list[Row]:
    """The sums of a period that the question names (»jährlich«) before the others; nothing where there is none."""
    named = {rule["name"] for rule in words()["money"]["period"] if asked.says(rule["pattern"])}
    if readings or not named:
        return rows
    fitting = [row for row in rows if row.fact.period in named]
    return [*fitting, *(row for row in rows if row.fact.period not in named)] if fitting else []


def _chosen(asked: Asked, rows: Rows, sums: set[int | float], *, readings: bool) -> list[Row]:
    """One row for each sum, verb and period: the newest with a day first, those without a day behind."""
    fitting = [row for row in rows if _fits(asked, row, sums, readings=readings)]
    known = {id(row) for row in dated(fitting)}
    ordered = sorted(fitting, key=lambda row: (id(row) in known, later(row)), reverse=True)
    seen: dict[object, Row] = {}
    for row in ordered:
        fact = row.fact
        seen.setdefault((fact.value, fact.measure, fact.period) if not readings else fact.period, row)
    return list(seen.values())


def _fits(asked: Asked, row: Row, sums: set[int | float], *, readings: bool) -> bool:
    fact = row.fact
    if not counts(row) or not isinstance(fact.value, int | float) or fact.unit != "EUR":
        return False
    if (sums and fact.value not in sums) or (readings and not fact.period):
        return False
    return _in_year(asked, row) and supported(row, written(row), asked.statements)


def _in_year(asked: Asked, row: Row) -> bool:
    """A year in the question is the year that the sum is for, else that of its statement."""
    if not asked.dated:
        return True
    years: Sequence[str] = [str(mention.year) for mention in asked.question.dates]
    period = (row.fact.period or "").removeprefix("since ")
    if period[:4].isdigit():
        return any(year in period.split("/") for year in years)
    return asked.period is not None and within(row, asked.period) and period == ""
