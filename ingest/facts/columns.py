"""What the numbers of a table count: the label of the column says it, or the first cell of the row."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.facts.scenes import Cell, Scene
from ingest.facts.vocabulary import has, pattern
from ingest.german.quantities import Quantity

_COUNT_OF = re.compile(r"^(?:Zahl|Anzahl) (?:der|von)\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")
NOUN = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]*")
_GOVERNED = re.compile(
    r"\b(?:vom|von|im|in|am|an|durch|mit|zur|zum|für|aus|bei|nach|über|gegen|unter|vor|wegen|zwischen|ohne|um|"
    r"der|des|den|dem|und|davon eng mit)\s+$"
)
_PREPOSITION = re.compile(
    r"\s+(?:mit|in|im|von|vom|aus|der|des|am|an|zur|zum|nach|auf|für|je|und|bei|pro|ohne|unter)\b"
)


def names_row(scene: Scene, quantity: Quantity) -> bool:
    """Whether a number only names the row of a table (»30 bis 44 Jahre«), or a heading (»4 Art und Höhe«)."""
    if scene.is_heading and quantity.start == 0 and _is_numbered(scene.text):
        return True
    return bool(scene.cells) and scene.cell_at(quantity.start) is scene.cells[0]


def _is_numbered(text: str) -> bool:
    """Whether a heading begins with its number."""
    return bool(re.match(r"\d{1,2}(?:\.\d{1,2})?\.?\s+[A-ZÄÖÜ]", text))


def in_unit_of_column(scene: Scene, quantity: Quantity) -> Quantity:
    """»bewilligt (Euro): 355.000«: the label of the column says the unit, or the row that has years for columns."""
    cell = scene.cell_at(quantity.start)
    unit = pattern("table", "unit").search(cell.label) if cell is not None and quantity.kind == "count" else None
    if cell is not None and unit is None and quantity.kind == "count" and _YEAR.fullmatch(cell.label):
        unit = pattern("table", "unit").search(scene.cells[0].value)
    if cell is not None and unit is None and _YEAR.fullmatch(cell.label) and has(_above(scene), "table", "in_euro"):
        return replace(quantity, unit="EUR", kind="money")
    if unit is None:
        return quantity
    money = unit["unit"] in ("Euro", "EUR", "€")
    return replace(quantity, unit="EUR" if money else "Prozent", kind="money" if money else "share")


def _above(scene: Scene) -> str:
    """The sentence above a table."""
    above = scene.before
    while above is not None and above.cells:
        above = above.before
    return above.text if above is not None else ""


def noun_of_column(scene: Scene, cell: Cell) -> str | None:
    """The noun in the label of the column, or in the first cell where the column only says »Wert«."""
    vague = has(cell.label, "table", "vague") or has(cell.label, "moment", "table")
    plain = None if vague else _head_noun(cell.label)
    if plain is not None:
        return plain
    first = scene.cells[0]
    return _head_noun(_COUNT_OF.sub("", first.value)) if first is not cell else None


def last_head_noun(text: str) -> str | None:
    """What a relative clause behind a text is about: »Klagen über Lärm und Schmutz« are Klagen."""
    nouns = [m for m in NOUN.finditer(text) if not _GOVERNED.search(text[: m.start()])]
    return nouns[-1].group() if nouns else None


def _head_noun(text: str) -> str | None:
    """The first noun that no preposition governs: »im Coaching begleitete Kommunen« are Kommunen."""
    for match in NOUN.finditer(text):
        adjective = re.match(r"\w+(?:e|en|er|es)\s+[A-ZÄÖÜ]", text[match.start() :])
        adverb = re.match(r"\w+\s+[a-zäöüß]", text[match.start() :]) and not _PREPOSITION.match(text[match.end() :])
        if not adjective and not adverb and not _GOVERNED.search(text[: match.start()]):
            return match.group()
    return None
