"""Which office a named person holds: the newest statement, former offices as notes."""

from __future__ import annotations

from app.answering.register.asked import Asked, words
from app.answering.register.finding import later
from app.answering.register.people import OfficeFinding, newest_first
from app.register.offices import Person, holder_of, name_words
from app.register.rows import Row
from app.register.same import plain
from app.register.time import counts


def find_office_of(asked: Asked) -> OfficeFinding | None:
    """The finding of a question what office somebody holds, or who somebody is, if it names one person in full."""
    rules = words()["office_of"]
    if asked.dated or not asked.says(rules["pattern"]):
        return None
    said = name_words(asked.question.own)
    named = {person: rows for person, rows in _persons(asked).items() if {person.given, person.surname} <= said}
    if len(named) != 1:
        return None
    (rows,) = named.values()
    subject = " ".join(f"{row.fact.subject} {row.fact.place.name if row.fact.place else ''}" for row in rows)
    if not asked.only(rules["explains"], subject=subject):
        return None
    main, *others = newest_first(rows)
    each = {plain(str(row.fact.value)): row for row in reversed(others) if _was_before(row, main)}
    return OfficeFinding(asked, (main, *newest_first(each.values())))


def _was_before(row: Row, main: Row) -> bool:
    """Whether a row names another office, and for an earlier day."""
    offices = [set(plain(str(one.fact.value)).split()) for one in (row, main)]
    return later(row) < later(main) and not (offices[0] <= offices[1] or offices[1] <= offices[0])


def _persons(asked: Asked) -> dict[Person, list[Row]]:
    """The rows of all who are named in full, looked for once."""

    def made() -> dict[Person, list[Row]]:
        found: dict[Person, list[Row]] = {}
        for row in asked.statements.rows(["person"], measures=["office"], as_of=asked.as_of):
            person = holder_of(row.fact)
            if person.given and counts(row):
                found.setdefault(person, []).append(row)
        return found

    persons: dict[Person, list[Row]] = asked.statements.worked_out(("persons", asked.as_of), made)
    return persons
