"""Canonical measures: what a number counts, by its unit and the words around it (`ingest/facts/data/measures.toml`)."""

from __future__ import annotations

import re

from ingest.facts.data import load
from ingest.facts.vocabulary import compiled
from ingest.german.quantities import Quantity

OTHER = "other"
CLAUSE_END = re.compile(r"[,;:–]\s|\.\s|\bund\s(?=(?:in\s|von\s|an\s)?(?:rund\s|etwa\s|über\s)?\d)")


def measure_of(text: str, quantity: Quantity) -> str:
    """The canonical measure of a number, by its clause first and the whole text then, else `other`."""
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


def clause_of(text: str, start: int, end: int) -> str:
    """The stretch between commas, semicolons or sentence marks that holds a span."""
    before = [m.end() for m in CLAUSE_END.finditer(text) if m.end() <= start]
    after = CLAUSE_END.search(text, end)
    return text[before[-1] if before else 0 : after.start() if after else len(text)]


def _has(pattern: str, text: str) -> bool:
    return not pattern or bool(compiled(f"(?i){pattern}").search(text))
