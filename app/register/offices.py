"""Office-holders: which office a row means, and whether two names mean one person. Offices: `app/data/offices.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cache

from app.data import load
from app.register.rows import Row
from app.register.same import plain
from index import lexical
from ingest.facts.types import Fact
from ingest.german.persons import one_letter_apart

_TITLES = re.compile(
    r"(?<!\w)(?:(?:Prof|Dr|Dipl|Ing|med|jur|rer|nat|phil|habil|h|c|M|A|Herrn?|Frau)(?:\.|(?=\s))[\s\-]*)+(?=\w)"
)
# Shorter surnames differ by a letter too often without being the same.
SPELLING_LENGTH = 4
# In surnames as long as this two letters in a row may be surplus.
LONG_NAME = 8


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it is compared: without titles, umlauts folded; `given` is empty where only the surname stands."""

    given: str
    surname: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office that one person holds at a time, with the place or body it belongs to."""

    name: str
    label: str
    where: Hashable

    @property
    def key(self) -> Hashable:
        """Equal for the same office of the same place."""
        return (self.name, self.where)


def holder_of(fact: Fact) -> Person:
    """The person of a row of the kind `person`."""
    words = [_folded(word) for word in _TITLES.sub(" ", fact.subject).split()]
    return Person(words[0] if len(words) > 1 else "", words[-1] if words else "")


def name_words(text: str) -> frozenset[str]:
    """The words of a text as `holder_of` compares names."""
    return frozenset(map(_folded, re.findall(r"[\w-]+", _TITLES.sub(" ", text))))


def same_person(one: Person, other: Person) -> bool:
    """Whether two names may mean one person; a missing given name or a letter more in the surname says nothing else."""
    return _same_given(one, other) and (one.surname == other.surname or alike(one.surname, other.surname))


def misspelt(one: Person, other: Person) -> bool:
    """Whether two names differ by one letter of the surname only; in a long one after the same given name by two."""
    if one.given and one.given == other.given and _nearly_alike(one.surname, other.surname):
        return True
    return _same_given(one, other) and alike(one.surname, other.surname)


def _nearly_alike(one: str, other: str) -> bool:
    """Whether one of two long words is the other with two letters more."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LONG_NAME or len(longer) - len(shorter) != 2:
        return False
    return any(longer[:i] + longer[i + 2 :] == shorter for i in range(len(shorter) + 1))


def alike(one: str, other: str) -> bool:
    """Whether two words differ by one letter: missing, surplus, replaced, or two in another order."""
    if min(len(one), len(other)) < SPELLING_LENGTH:
        return False
    return one_letter_apart(one, other) or _swapped(one, other)


def _swapped(one: str, other: str) -> bool:
    """Whether two letters beside each other changed places."""
    differ = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    beside = len(one) == len(other) and len(differ) == 2 and differ[1] == differ[0] + 1
    return beside and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]


def offices_of(rows: Iterable[Row]) -> dict[str, Office]:
    """The single-holder office of each row that names one, by the id of the row."""
    found = {row.id: office for row in rows if (office := office_of(row.fact)) is not None}
    taken = {office.key for office in found.values()}
    rules = {rule["name"]: rule.get("unless") for rule in load("offices")["office"]}
    return {id: office for id, office in found.items() if (rules[office.name], office.where) not in taken}


def office_of(fact: Fact) -> Office | None:
    """The single-holder office that a row names, if it says of which place or body."""
    if fact.kind != "person" or not isinstance(fact.value, str):
        return None
    if _pattern("not_holding").search(fact.value) or _pattern("elsewhere").search(fact.value):
        return None
    for rule, pattern in _offices():
        if pattern.search(fact.value):
            where = "state" if rule["scope"] == "state" else _where(fact, pattern, body=rule["scope"] == "body")
            return Office(rule["name"], rule["label"], where) if where else None
    return None


def same_office(mine: Iterable[Row], others: Iterable[Row]) -> bool:
    """Whether two names may belong to one office-holder: an office in common, and no place against it.

    Without a given name only an office that one person holds says so.
    """
    ours, theirs = [row.fact for row in mine], [row.fact for row in others]
    if {office.key for fact in ours if (office := office_of(fact))} & {
        office.key for fact in theirs if (office := office_of(fact))
    }:
        return True
    places = [{place for fact in facts if (place := _place(fact))} for facts in (ours, theirs)]
    if not all(holder_of(facts[0]).given for facts in (ours, theirs)) or (all(places) and not places[0] & places[1]):
        return False
    words = [{word for fact in facts for word in _office_words(fact)} for facts in (ours, theirs)]
    return bool(words[0] & words[1])


def _office_words(fact: Fact) -> Iterable[str]:
    """The stems of an office, of the feminine form as of the other."""
    words = (re.sub(r"in(?:nen)?$", "", word) for word in plain(str(fact.value or "")).split())
    return lexical.analyse(" ".join(words))


def _where(fact: Fact, office: re.Pattern[str], *, body: bool) -> Hashable:
    """The place, or for an office in a body what stands with it (»der Polizeidirektion Musterau«)."""
    named = fact.attributes.get("of") or fact.attributes.get("body") or ""
    rest = " ".join(lexical.analyse(office.sub(" ", str(fact.value))))
    said = plain(named if isinstance(named, str) else " ".join(named)) or rest
    return (said or _place(fact)) if body else (_place(fact) or said)


def _place(fact: Fact) -> Hashable:
    place = fact.place
    return (place.ags or place.candidates or plain(place.name)) if place else None


def _same_given(one: Person, other: Person) -> bool:
    """Given names that may be one: left out, shortened (»E.«, »Hans« for »Hans-Peter«), or equal."""
    return one.given.startswith(other.given) or other.given.startswith(one.given)


def _folded(name: str) -> str:
    """Small letters, ä = ae = a: spellings that no one would call another name."""
    joined = re.sub(r"(?<=[aou])e", "", plain(name).replace(" ", ""))
    return "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("offices")[name], re.IGNORECASE)


@cache
def _offices() -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rf"(?:{rule['pattern']})\w*", re.IGNORECASE)) for rule in load("offices")["office"])
