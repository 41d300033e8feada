"""Canonical measures: what a number counts, by its unit and the words around it (`ingest/facts/data/measures.toml`)."""

from __future__ import annotations

import re

from ingest.facts.data import load
from ingest.facts.vocabulary import compiled, has
from ingest.german.quantities import Quantity

OTHER = "other"
# »58 der 138 Städte«: the second number is the whole of which the first is counted.
_WHOLE = re.compile(
    r"(?:\d|\b(?:ein|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf))\s+(?:der|von|aus|unter)\s+"
    r"(?:den\s+|insgesamt\s+)?$",
    re.IGNORECASE,
)
# »neun mehr als im Vorjahr«, »acht neue«: what came or went is no count of what there is.
_CHANGE = (re.compile(r"\s*(?:\w+\s+)?(?:mehr|weniger)\b"), re.compile(r"\b(?:weitere|neue|zusätzliche)[nrs]?\s*$"))
CLAUSE_END = re.compile(r"[,;:–]\s|\.\s|\bund\s(?=(?:in\s|von\s|an\s)?(?:rund\s|etwa\s|über\s)?\d)")


def measure_of(text: str, quantity: Quantity) -> str:
    """The canonical measure of a number, by its clause first and the whole text then, else `other`."""
    if is_relative(text, quantity, quantity.unit or ""):
        return OTHER
    return measure_in((clause_of(text, quantity.start, quantity.end), text), quantity.unit, text)


def measure_in(scopes: tuple[str, ...], unit: str, text: str = "") -> str:
    """The first measure whose unit fits and whose cue stands in the first scope that has one.

    A rule with a `text` holds only where that stands somewhere in the whole `text`.
    """
    for scope in scopes:
        for rule in load("measures")["measure"]:
            if _has(rule["unit"], unit) and _has(rule["cue"], scope) and _has(rule.get("text", ""), text or scope):
                return str(rule["name"])
    return OTHER


def is_relative(text: str, quantity: Quantity, unit: str) -> bool:
    """Whether a number is only of the towns that another one is a part of, or what came and went.

    »Vier der fünf Coachings« are five coachings all the same.
    """
    after, before = _CHANGE
    whole = has(unit, "containers", "again") and _WHOLE.search(text, 0, quantity.start)
    return bool(whole or after.match(text, quantity.end) or before.search(text, 0, quantity.start))


def clause_of(text: str, start: int, end: int) -> str:
    """The stretch between commas, semicolons or sentence marks that holds a span."""
    before = [m.end() for m in CLAUSE_END.finditer(text) if m.end() <= start]
    after = CLAUSE_END.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


def _has(pattern: str, text: str) -> bool:
    return not pattern or bool(compiled(f"(?i){pattern}").search(text))
