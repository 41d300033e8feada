"""Who holds an office: the newest holder in the form that the source uses. Offices: `app/data/offices.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.answering.draft import Draft
from app.answering.question import compiled
from app.answering.register.asked import Asked, words
from app.answering.register.finding import cite, day_of, later
from app.answering.register.statements import Rows
from app.data import load
from app.register.offices import holder_of, office_of, same_person
from app.register.rows import Row
from app.register.sources import weight
from app.register.time import counts

EARLIER = 3


@dataclass(frozen=True, slots=True)
class UnboundFinding:
    """A holder in a document about the place, which does not say where the office is held."""

    asked: Asked
    row: Row
    places: str

    def write(self, draft: Draft) -> None:
        """The name with what the source leaves open."""
        language, fact = self.asked.language, self.row.fact
        number = cite(draft, self.asked.statements, self.row)
        day = day_of(self.row, language)
        fields = {"name": fact.subject, "office": str(fact.value), "date": day.shown}
        draft.shorts.append(draft.say("register_office_unbound", **fields))
        draft.line(draft.quoted(number))
        draft.note(draft.say("note_office_unbound", places=self.places))
        draft.statuses.append("partial")
        draft.holds_for(day)


@dataclass(frozen=True, slots=True)
class OfficeFinding:
    """Holders of one office, the newest first."""

    asked: Asked
    rows: Rows

    def write(self, draft: Draft) -> None:
        """The holder with office and day as the source has them; former holders as notes."""
        main, language = self.rows[0], self.asked.language
        number = cite(draft, self.asked.statements, main)
        day = day_of(main, language)
        name, office = main.fact.subject, str(main.fact.value)
        draft.shorts.append(draft.say("register_office", name=name, office=office, date=day.shown))
        draft.line(draft.quoted(number))
        draft.statuses.append("answered")
        draft.holds_for(day)
        for row in self.rows[1 : 1 + EARLIER]:
            other = cite(draft, self.asked.statements, row)
            draft.line(draft.quoted(other))
            stand = day_of(row, language).shown
            name, office = row.fact.subject, str(row.fact.value)
            draft.note(draft.say("note_office_earlier", name=name, office=office, date=stand, number=other))


def find_office(asked: Asked) -> OfficeFinding | UnboundFinding | None:
    """The finding of a question who holds an office of a place or of the state."""
    question = asked.question
    if question.kind != "person" or question.signing or question.witnesses or asked.dated:
        return None
    rule = _office_asked(asked)
    if rule is None or not asked.says(words()["office"]["pattern"]):
        return None
    local = rule["scope"] == "place"
    if not local and question.places:
        return None
    subject = _town(asked) if local else ""
    rules = words()["office"]
    if not asked.only(rules["explains"], rules["state"], rule["pattern"], subject=subject):
        return None
    rows = _of_town(asked, rule["name"]) if local else _of_state(asked, rule["name"])
    if rows or not local:
        return OfficeFinding(asked, tuple(rows)) if rows else None
    return _unbound(asked, rule["name"])


def _unbound(asked: Asked, office: str) -> UnboundFinding | None:
    """The only holder whom the documents about the joining of a place name without any place."""
    _, joined = asked.of_place(["member"])
    documents = {row.entry.document_id for row in joined if counts(row)}
    if not documents:
        return None
    rows = asked.statements.rows(["person"], measures=["office"], documents=documents, as_of=asked.as_of)
    named = [row for row in rows if counts(row) and row.fact.place is None and _is_office(row, office)]
    persons = _one_each(newest_first(named))
    if len(persons) != 1:
        return None
    there = asked.statements.rows(["member"], documents=[persons[0].entry.document_id], as_of=asked.as_of)
    return UnboundFinding(asked, persons[0], ", ".join(sorted({row.fact.subject for row in there})))


def _office_asked(asked: Asked) -> dict[str, Any] | None:
    """The office that the question names; those of bodies need the body, which no place says."""
    own = asked.question.own
    if compiled(load("offices")["not_holding"]).search(own):
        return None
    for rule in load("offices")["office"]:
        if rule["scope"] != "body" and compiled(rule["pattern"]).search(own):
            return dict(rule)
    return None


def _town(asked: Asked) -> str:
    """The place of the question as rows without an official key name it."""
    row = next(iter(asked.of_place(["person"], ["office"])[1]), None)
    return row.fact.place.name if row is not None and row.fact.place is not None else ""


def _of_town(asked: Asked, office: str) -> list[Row]:
    """The holders of an office of the only place that the question names."""
    _, rows = asked.of_place(["person"], ["office"])
    return _one_each(newest_first(_holding(rows, office)))


def _of_state(asked: Asked, office: str) -> list[Row]:
    """The holders of an office of the state, looked for once among all persons."""

    def made() -> list[Row]:
        rows = asked.statements.rows(["person"], measures=["office"], as_of=asked.as_of)
        return _one_each(newest_first(_holding(rows, office)))

    found: list[Row] = asked.statements.worked_out(("office", office, asked.as_of), made)
    return found


def _holding(rows: Iterable[Row], office: str) -> list[Row]:
    return [row for row in rows if counts(row) and _holds(row, office)]


def newest_first(rows: Iterable[Row]) -> list[Row]:
    """Rows in the order in which they are told."""
    return sorted(rows, key=_newness, reverse=True)


def _newness(row: Row) -> tuple[bool, tuple[int, int], int]:
    """Rows with a day are newer than those that are known to a range, and of one day the weightiest comes first."""
    return bool(row.fact.as_of), later(row), -weight(row.rank)


def _is_office(row: Row, office: str) -> bool:
    """Whether a row without a place names the office."""
    rule = next(rule for rule in load("offices")["office"] if rule["name"] == office)
    value = str(row.fact.value)
    other = compiled(load("offices")["not_holding"]).search(value)
    return not other and bool(compiled(rule["pattern"]).search(value))


def _holds(row: Row, office: str) -> bool:
    held = office_of(row.fact)
    return held is not None and held.name == office and str(row.fact.value) in " ".join(row.entry.quote.split())


def _one_each(rows: Iterable[Row]) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        if not any(same_person(holder_of(row.fact), holder_of(other.fact)) for other in found):
            found.append(row)
    return found
