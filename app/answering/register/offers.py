"""What is offered, what a place uses, and the conditions of a funding guideline: lists, each element cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.answering.draft import Draft
from app.answering.register.asked import Asked, within, words
from app.answering.register.finding import cite, day_of, day_words, figure, label, later, supported, written
from app.answering.register.statements import Rows
from app.answering.values import LIMIT, shorten
from app.register.rows import Row
from app.register.same import plain, subject_key
from app.register.time import counts
from index.lexical import analyse

QUOTES = 4  # sentences shown word for word below the list
LONGEST = 20
BEGINNING = 90  # characters of a sentence that stand for it in a list


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
        names = [self._element(row) for row in self.rows]
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

    def _element(self, row: Row) -> str:
        """Its words, or the beginning of its sentence where a number of them is not in it."""
        name = self.named(row, self.asked.language)
        return name if supported(row, name, self.asked.statements) else shorten(row.entry.quote, BEGINNING)


# Kinds of questions for conditions, where their rule names none.
KINDS = ("list", "definition", "open")


def find_offers(asked: Asked) -> ListFinding | None:
    """The finding of a question what the programme offers."""
    rules = words()["offers"]
    if asked.question.kind not in ("list", "open") or not asked.says(rules["pattern"]) or asked.dated:
        return None
    if asked.question.places:
        return None

    def made() -> Rows:
        rows = asked.statements.rows(["offering"], measures=["offered"], as_of=asked.as_of)
        return _newest_each(asked.of_programme(rows), lambda row: plain(str(row.fact.value)))

    found: Rows = asked.statements.worked_out(("offers", asked.as_of), made)
    sure = found and asked.only(rules["explains"], subject=found[0].fact.subject)
    return ListFinding(asked, found, _offer) if sure else None


def find_conditions(asked: Asked) -> ListFinding | None:
    """The finding of a question for the conditions of funding, or for one group of them."""
    if asked.question.places or asked.dated:
        return None
    for rules in words()["conditions"]:
        if asked.question.kind in rules.get("kinds", KINDS) and asked.says(rules["pattern"]):
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
    return ListFinding(asked, tuple(ordered[:LONGEST]), _condition, guideline[0].fact.subject) if ordered else None


def _guideline(asked: Asked, rows: Iterable[Row]) -> list[Row]:
    """The rows of the document that says most about the guideline that is named, else about that of the programme, else
    about the only one there is; of several that say as much those of the newest."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.entry.document_id, row.fact.subject), []).append(row)
    asks = plain(asked.question.own)
    named = [group for group in groups.values() if plain(group[0].fact.subject) in asks]
    own = [group for group in groups.values() if any(name in group[0].fact.subject for name in asked.names)]
    only = list(groups.values()) if len({plain(subject) for _, subject in groups}) == 1 else []
    chosen = named or own or only
    return max(chosen, key=lambda group: (len({row.fact.measure for row in group}), later(group[0])), default=[])


def _newest_each(rows: Iterable[Row], key: Callable[[Row], object]) -> Rows:
    found: dict[object, Row] = {}
    for row in sorted((row for row in rows if counts(row)), key=later, reverse=True):
        found.setdefault(key(row), row)
    return tuple(found.values())


def _offer(row: Row, _language: str) -> str:
    """The name of an offer, with the source's own words where they say more."""
    wording = row.fact.attributes.get("wording", "")
    text = " ".join(wording.split()) if isinstance(wording, str) else ""
    more = text and plain(text) != plain(str(row.fact.value)) and len(text) < BEGINNING
    return f"{row.fact.value} ({text})" if more else str(row.fact.value)


def _condition(row: Row, language: str) -> str:
    fact = row.fact
    name = label(fact.measure, language)
    if fact.unit == "date":
        return f"{name}: {day_words(row, str(fact.value))}"
    if fact.unit == words()["pay_group"]["unit"]:
        step = fact.attributes.get("step")
        return f"{name}: {fact.unit} {fact.value}" + (f", {words()['pay_group']['step']} {step}" if step else "")
    if _is_number(row):
        return f"{name}: {written(row)}"
    return f"{name}: {fact.value}" if fact.value else shorten(row.entry.quote, BEGINNING)


def _is_number(row: Row) -> bool:
    return isinstance(row.fact.value, int | float)


def find_uses(asked: Asked) -> ListFinding | None:
    """The finding of a question which offers a place uses."""
    rules = words()["offers"]
    wanted = asked.question.kind in ("list", "open") or asked.says(rules["what"])
    if not wanted or not asked.says(rules["used"]) or asked.period is None:
        return None
    subject, rows = asked.of_place(["offering"], ["used"])
    if not rows or not asked.only(rules["explains"], rules["using"], subject=subject):
        return None
    found = [row for row in rows if within(row, asked.period)]
    kept = _newest_each(found, lambda row: plain(str(row.fact.value)))
    return ListFinding(asked, kept, _offer, kept[0].fact.subject) if kept else None


def find_users(asked: Asked) -> ListFinding | None:
    """The finding of a question which places use an offer: »Wer nutzt das Coaching?«."""
    rules, question = words()["offers"], asked.question
    if question.kind not in ("list", "open", "person", "place") or not asked.says(rules["users"]):
        return None
    if question.places or asked.period is None:
        return None
    stems = {term.stem for term in question.terms}
    rows = asked.statements.rows(["offering"], measures=["used"], as_of=asked.as_of)
    named = [row for row in rows if counts(row) and set(analyse(str(row.fact.value))) <= stems]
    found = [row for row in named if within(row, asked.period)]
    offers = {plain(str(row.fact.value)) for row in found}
    forms = "|".join(rf"{re.escape(word)}\w{{0,2}}\b" for offer in offers for word in offer.split())
    if len(offers) != 1 or not asked.only(rules["explains"], rules["using"], forms):
        return None
    kept = sorted(_newest_each(found, lambda row: subject_key(row.fact)), key=lambda row: plain(row.fact.subject))
    return ListFinding(asked, tuple(kept[:LONGEST]), _user, str(kept[0].fact.value))


def _user(row: Row, _language: str) -> str:
    return row.fact.subject
