"""Office-holders that contradict each other: two for one office on one day, or one name in two spellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from app.register.found import Found, contradict
from app.register.offices import Person, holder_of, misspelt, offices_of, same_office, same_person
from app.register.rows import Row
from app.register.same import subject_key
from app.register.wording import shown_date

_DAY = len("2021-06-25")
# So many statements stand for a spelling that many documents share.
SHOWN_PER_SPELLING = 3


def different_holders(rows: Sequence[Row]) -> Iterator[Found]:
    """Two persons in an office that only one can hold, at the same time."""
    offices, happenings = offices_of(rows), _happenings(rows)
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        if row.id in offices and len(row.fact.as_of or "") == _DAY:
            groups[offices[row.id].key].append(row)
    for group in groups.values():
        disputed = {
            row.id: row
            for one, other in combinations(group, 2)
            if _at_one_time(one, other, happenings)
            and contradict(one, other)
            and not _agree(group, one, other)
            and not _agree(group, other, one)
            for row in (one, other)
        }
        if disputed:
            first = next(iter(disputed.values()))
            label, day = offices[first.id].label, shown_date(first.fact.as_of or "")
            yield Found("office", tuple(disputed.values()), f"Zwei Personen im selben Amt ({label}) am {day}")


def different_spellings(rows: Iterable[Row]) -> Iterator[Found]:
    """A surname that differs by a letter or two between documents, with the same given name and the same office."""
    named: dict[Person, list[Row]] = defaultdict(list)
    for row in rows:
        if row.fact.kind == "person":
            named[holder_of(row.fact)].append(row)
    for family in _families(named):
        if _in_different_documents([named[person] for person in family]):
            shown = tuple(row for person in family for row in named[person][:SHOWN_PER_SPELLING])
            yield Found("spelling", shown, "Verschiedene Schreibweise eines Namens im selben Amt")


def _at_one_time(one: Row, other: Row, happenings: Mapping[str, set[Hashable]]) -> bool:
    """Whether both are named for the same day, or by documents that tell of the same day in the same place."""
    told = happenings[one.entry.document_id] & happenings[other.entry.document_id]
    return one.fact.as_of == other.fact.as_of or bool(told)


def _happenings(rows: Iterable[Row]) -> Mapping[str, set[Hashable]]:
    """The days that each document tells of, with the place."""
    found: dict[str, set[Hashable]] = defaultdict(set)
    for row in rows:
        fact = row.fact
        if fact.kind == "event" and fact.place is not None and len(str(fact.value)) == _DAY:
            found[row.entry.document_id].add((subject_key(fact), fact.value))
    return found


def _agree(group: Iterable[Row], one: Row, other: Row) -> bool:
    """Whether the document of `one` names the holder that `other` names, too."""
    named = (row.fact for row in group if row.entry.document_id == one.entry.document_id)
    return any(same_person(holder_of(fact), holder_of(other.fact)) for fact in named)


def _families(named: Mapping[Person, Sequence[Row]]) -> Iterator[list[Person]]:
    """Names that hang together by a letter or two each, and by an office."""
    near: dict[str, set[Person]] = defaultdict(set)
    for person in named:
        for form in _forms(person):
            near[form].add(person)
    left = dict.fromkeys(named)
    while left:
        family = [next(iter(left))]
        for one in family:
            left.pop(one, None)
            others = {other for form in _forms(one) for other in near[form]} - set(family)
            family += sorted(
                (other for other in others if misspelt(one, other) and same_office(named[one], named[other])),
                key=lambda person: (person.surname, person.given),
            )
        if len(family) > 1:
            yield family


def _forms(person: Person) -> set[str]:
    """What names that may be spellings of one have in common: the surname without one of its letters, or its beginning
    with the given name.
    """
    surname = person.surname
    without = {surname[:i] + surname[i + 1 :] for i in range(len(surname))}
    return {surname, f"{person.given} {surname[:2]}"} | without


def _in_different_documents(spellings: Sequence[Sequence[Row]]) -> bool:
    pairs = ((one, other) for mine, others in combinations(spellings, 2) for one in mine for other in others)
    return any(contradict(one, other) for one, other in pairs)
