"""How to reach whom the question names: the newest number, mail, web or postal address that a document gives."""

from __future__ import annotations

from dataclasses import dataclass

from app.answering.draft import Draft
from app.answering.register.asked import Asked, words
from app.answering.register.finding import cite, day_of, label
from app.answering.register.people import newest_first
from app.answering.register.statements import Rows
from app.register.offices import name_words
from app.register.rows import Row
from app.register.time import counts


@dataclass(frozen=True, slots=True)
class ContactFinding:
    """Ways to reach one body or person, the newest of each."""

    asked: Asked
    rows: Rows

    def write(self, draft: Draft) -> None:
        """Each way with whose it is and its day."""
        for row in self.rows:
            number = cite(draft, self.asked.statements, row)
            day, way = day_of(row, self.asked.language), label(row.fact.measure, self.asked.language)
            fields = {"name": f"{way} {row.fact.value}", "office": row.fact.subject, "date": day.shown}
            draft.shorts.append(draft.say("register_office", **fields))
            draft.line(draft.quoted(number))
            draft.holds_for(day)
        draft.statuses.append("answered")


def find_contact_of(asked: Asked) -> ContactFinding | None:
    """The finding of a question for a contact of a body or person that a document names with it."""
    rules = words()["contact_of"]
    if asked.question.kind != "contact" or asked.dated:
        return None
    measures = [way["measure"] for way in rules["way"] if asked.says(way["pattern"])]
    rows = asked.statements.rows(["contact"], measures=measures or rules["usual"], as_of=asked.as_of)
    named = [row for row in rows if counts(row) and _is_named(asked, row)]
    most = max((len(row.fact.subject) for row in named), default=0)
    best = newest_first(row for row in named if len(row.fact.subject) == most)
    each = {row.fact.measure: row for row in reversed(best)}
    if not each or not asked.only(rules["explains"], subject=best[0].fact.subject):
        return None
    return ContactFinding(asked, tuple(each.values()))


def _is_named(asked: Asked, row: Row) -> bool:
    """Whether every word of the name stands in the question and beside the contact itself."""
    return all(_says(text, row.fact.subject) for text in (asked.question.own, row.entry.quote))


def _says(text: str, name: str) -> bool:
    """Whether a text holds all words of a name, also with the s of a genitive."""
    said = name_words(text)
    return all({word, f"{word}s", f"{word}es"} & said for word in name_words(name))
