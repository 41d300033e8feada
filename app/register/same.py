"""What makes two rows of the register statements on one thing. Lists of words: `app/data/register.toml`.

Careful on purpose: rows that merely look alike (another scope, another receiver) must never be compared.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache

from app.data import load
from app.register.rows import Row
from index import lexical
from ingest.facts.types import Fact

# A sentence with fewer words than this says too little to be known again.
MIN_CONTEXT = 2

Key = tuple[Hashable, ...]


def plain(text: str | None) -> str:
    """A name as it is compared: words in small letters, single blanks."""
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def subject_key(fact: Fact) -> Key:
    """Whom a statement is about: the place by its official key, anything else by name and place."""
    place = fact.place
    where: Hashable = (place.ags or place.candidates or plain(place.name)) if place else None
    return (None if place and plain(place.name) == plain(fact.subject) else plain(fact.subject), where)


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
    context = _context(row)
    return (*key, row.entry.source.summary.kind, context) if len(context) >= MIN_CONTEXT else None


def _attribute(fact: Fact, name: str) -> str:
    value = fact.attributes.get(name, "")
    text = plain(value if isinstance(value, str) else " ".join(sorted(value)))
    implied = load("register")["identity"]["implied"].get(name)
    return "" if text == plain(fact.subject) or (implied and re.search(implied, text)) else text


def _context(row: Row) -> frozenset[str]:
    """The stems of the sentence without its figures: the same in reports that come again with new numbers."""
    return frozenset(stem for stem in lexical.terms(row.entry.quote) if not any(letter.isdigit() for letter in stem))


@cache
def _units() -> dict[str, str]:
    groups: list[list[str]] = load("register")["identity"]["units"]
    return {plain(word): group[0] for group in groups for word in group}
