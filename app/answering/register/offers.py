"""What is offered, what a place uses, and the conditions of a funding guideline: lists, each element cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.answering.draft import Draft
from app.answering.register.asked import Asked, within, words
from app.answering.register.figures import one_place
from app.answering.register.finding import cite, day_of, figure, label, later, supported, written
from app.answering.register.statements import Rows
from app.answering.values import LIMIT, shorten
from app.register.rows import Row
from app.register.same import plain
from app.register.time import counts
from app.register.wording import shown_date

QUOTES = 4  # sentences shown word for word below the list
LONGEST = 20


@dataclass(frozen=True, slots=True)
class ListFinding:
    """Rows as a list; `named` gives the words of an element, `subject` heads it where it is not the programme."""

    asked: Asked
    rows: Rows
    named: Callable[[Row, str], str]
    subject: str = ""

    def write(self, draft: Draft) -> None:
        """The elements, each with its source, then the sentences they stand in."""
        language = self.asked.language
        numbers = [cite(draft, self.asked.statements, row) for row in self.rows]
        names = [self.named(row, language) for row in self.rows]
        for name, number in zip(names, numbers, strict=True):
            draft.line(f"– {name} [{number}]")
        for number in list(dict.fromkeys(numbers))[:QUOTES]:
            draft.line(draft.quoted(number))
        draft.figures += [figure(r, n) for r, n in zip(self.rows, numbers, strict=True) if _is_number(r)]
        text = "; ".join(dict.fromkeys(names))
        draft.shorts.append(shorten(f"{self.subject}: {text}" if self.subject else text, LIMIT))
        draft.statuses.append("answered")
        draft.holds_for(day_of(max(self.rows, key=later), language))
        draft.note(draft.say("note_coverage", documents=self.asked.documents))


def find_offers(asked: Asked) -> ListFinding | None:
    """The finding of a question what the programme offers."""
    rules = words()["offers"]
    if asked.question.kind not in ("list", "open") or not asked.says(rules["pattern"]) or asked.dated:
        return None
    if asked.question.places or not asked.only(rules["explains"]):
        return None
    rows = asked.statements.rows(["offering"], measures=["offered"], as_of=asked.as_of)
    found = _newest_each(asked.of_programme(rows), lambda row: plain(str(row.fact.value)))
    return ListFinding(asked, found, _offer) if found else None


def find_conditions(asked: Asked) -> ListFinding | None:
    """The finding of a question for the conditions of funding, or for one group of them."""
    if asked.question.kind not in ("list", "definition", "open") or asked.question.places or asked.dated:
        return None
    for rules in words()["conditions"]:
        if asked.says(rules["pattern"]):
            return _conditions(asked, rules)
    return None


def _conditions(asked: Asked, rules: Mapping[str, Any]) -> ListFinding | None:
    rows = asked.statements.rows(["funding"], measures=rules["measures"], as_of=asked.as_of)
    guideline = _guideline(asked, [row for row in rows if row.fact.place is None and counts(row)])
    if not guideline or not asked.only(rules["explains"], subject=guideline[0].fact.subject):
        return None
    order = {measure: number for number, measure in enumerate(rules["measures"])}
    kept = [row for row in guideline if row.fact.value is not None or row.fact.measure not in ("own_share",)]
    found = _newest_each(kept, lambda row: (row.fact.measure, row.fact.value))
    ordered = sorted(found, key=lambda row: (order[row.fact.measure], row.fact.start))
    shown = [row for row in ordered if not _is_number(row) or supported(row, written(row), asked.statements)]
    return ListFinding(asked, tuple(shown[:LONGEST]), _condition, guideline[0].fact.subject) if shown else None


def _guideline(asked: Asked, rows: Iterable[Row]) -> list[Row]:
    """The rows of the newest document about the guideline that is named, else about that of the programme."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.entry.source.summary.kind in words()["guideline"]["kinds"]:
            groups.setdefault(row.entry.document_id, []).append(row)
    asks = plain(asked.question.own)
    named = [group for group in groups.values() if plain(group[0].fact.subject) in asks]
    own = [group for group in groups.values() if any(name in group[0].fact.subject for name in asked.names)]
    chosen = named or own or (list(groups.values()) if len(groups) == 1 else [])
    return max(chosen, key=lambda group: later(group[0]), default=[])


def _newest_each(rows: Iterable[Row], key: Callable[[Row], object]) -> Rows:
    found: dict[object, Row] = {}
    for row in sorted((row for row in rows if counts(row)), key=later, reverse=True):
        found.setdefault(key(row), row)
    return tuple(found.values())


def _offer(row: Row, _language: str) -> str:
    """The name of an offer, with the source's own words where they say more."""
    wording = row.fact.attributes.get("wording", "")
    more = isinstance(wording, str) and plain(wording) != plain(str(row.fact.value)) and len(wording) < 60
    return f"{row.fact.value} ({' '.join(str(wording).split())})" if more else str(row.fact.value)


def _condition(row: Row, language: str) -> str:
    fact = row.fact
    name = label(fact.measure, language)
    if fact.unit == "date":
        return f"{name}: {shown_date(str(fact.value))}"
    if fact.unit == words()["pay_group"]["unit"]:
        step = fact.attributes.get("step")
        return f"{name}: {fact.unit} {fact.value}" + (f", {words()['pay_group']['step']} {step}" if step else "")
    if _is_number(row):
        return f"{name}: {written(row)}"
    return f"{name}: {fact.value}" if fact.value else shorten(row.entry.quote, 90)


def _is_number(row: Row) -> bool:
    return isinstance(row.fact.value, int | float)


def find_uses(asked: Asked) -> ListFinding | None:
    """The finding of a question which offers a place uses."""
    rules = words()["offers"]
    places = one_place(asked)
    if asked.question.kind not in ("list", "open") or not places or asked.period is None:
        return None
    if not asked.says(rules["used"]) or not asked.only(rules["explains"], rules["using"]):
        return None
    keys = [place.ags for place in places]
    rows = asked.statements.rows(["offering"], measures=["used"], places=keys, as_of=asked.as_of)
    found = [row for row in rows if within(row, asked.period)]
    kept = _newest_each(found, lambda row: plain(str(row.fact.value)))
    return ListFinding(asked, kept, _offer, kept[0].fact.subject) if kept else None
