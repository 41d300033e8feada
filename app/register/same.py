"""What makes two rows of the register statements on one thing. Lists of words: `app/data/register.toml`.

Careful on purpose: rows that merely look alike (another scope, another receiver) must never be compared.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import replace
from functools import cache

from app.data import load
from app.register.rows import Row
from index import lexical
from ingest.facts.programmes import is_made_of
from ingest.facts.types import Fact

# A sentence with fewer words than this says too little to be known again.
MIN_CONTEXT = 2

# An abbreviation in one word: two capital letters at least.
_SHORT = re.compile(r"[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*")

Key = tuple[Hashable, ...]


def plain(text: str | None) -> str:
    """A name as it is compared: words in small letters, single blanks."""
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def subject_key(fact: Fact) -> Key:
    """Whom a statement is about: the place by its official key, anything else by name and place."""
    place = fact.place
    where: Hashable = (place.ags or place.candidates or plain(place.name)) if place else None
    return (None if place and plain(place.name) == plain(fact.subject) else plain(fact.subject), where)


def one_name_each(rows: Iterable[Row]) -> list[Row]:
    """The rows with the full name of a programme or body where one only has its abbreviation (»BSO«)."""
    rows = list(rows)
    names = {row.fact.subject for row in rows if row.fact.place is None}
    short = [name for name in names if _SHORT.fullmatch(name)]
    full = {name: [other for other in names if abbreviates(name, other)] for name in short}
    alias = {name: found[0] for name, found in full.items() if len(found) == 1}
    return [
        replace(row, fact=replace(row.fact, subject=alias[row.fact.subject])) if row.fact.subject in alias else row
        for row in rows
    ]


def abbreviates(short: str, full: str) -> bool:
    """Whether a name in one word is made of the beginnings of the words of another: BeSO, »Bündnis Sichere Orte«."""
    words = full.split()
    return len(words) > 1 and is_made_of(short, words)


def is_other(fact: Fact) -> bool:
    """Whether the measure has no name of its own."""
    return fact.measure in load("register")["identity"]["other"]


def unit_key(fact: Fact) -> str:
    """What is counted, nouns of one meaning as one where the measure has a name."""
    if not fact.unit:
        return ""
    group = None if is_other(fact) else _units().get(plain(fact.unit))
    return group or " ".join(lexical.analyse(fact.unit)) or plain(fact.unit)


def narrowing(fact: Fact) -> Key:
    """Attributes that tell apart what is counted."""
    return tuple(_attribute(fact, name) for name in load("register")["identity"]["attributes"])


def identity(row: Row) -> Key | None:
    """What a figure or an amount measures, the period included; None for rows that cannot be compared so."""
    fact = row.fact
    if fact.kind not in ("figure", "funding") or fact.value is None:
        return None
    key = (fact.measure, subject_key(fact), unit_key(fact), fact.period, narrowing(fact))
    if not is_other(fact):
        return key
    context = words_of(row)
    return (*key, row.entry.source.summary.kind, context) if len(context) >= MIN_CONTEXT else None


def _attribute(fact: Fact, name: str) -> str:
    value = fact.attributes.get(name, "")
    text = plain(value if isinstance(value, str) else " ".join(sorted(value)))
    implied = load("register")["identity"]["implied"].get(name)
    return "" if text == plain(fact.subject) or (implied and re.search(implied, text)) else text


def words_of(row: Row) -> frozenset[str]:
    """The stems of the sentence without its figures: the same in reports that come again with new numbers."""
    return frozenset(stem for stem in lexical.terms(row.entry.quote) if not any(letter.isdigit() for letter in stem))


@cache
def _units() -> dict[str, str]:
    groups: list[list[str]] = load("register")["identity"]["units"]
    return {plain(word): group[0] for group in groups for word in group}
