"""Numbers of a sentence with what they count, those without a noun of their own included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ingest.facts.data import load
from ingest.facts.measures import OTHER, clause_of, measure_in
from ingest.facts.scenes import Cell, Scene
from ingest.facts.vocabulary import compiled, has, pattern, section
from ingest.german.quantities import ADJECTIVES, Quantity

_COUNT_OF = re.compile(r"^(?:Zahl|Anzahl) (?:der|von)\s+")

_NOUN = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]*")
_BEHIND = re.compile(rf"\s*{ADJECTIVES}(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)")
_RANGE = re.compile(r"\s*(?:und|bis|oder|auf|von|von den|von insgesamt|–|-)\s*")
_BESIDE = re.compile(r"\b(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)\s+\($")
_GOVERNED = re.compile(
    r"\b(?:vom|von|im|in|am|an|durch|mit|zur|zum|für|aus|bei|nach|der|des|den|dem|und|davon eng mit)\s+$"
)
_PREPOSITION = re.compile(
    r"\s+(?:mit|in|im|von|vom|aus|der|des|am|an|zur|zum|nach|auf|für|je|und|bei|pro|ohne|unter)\b"
)
_PARENTHESIS = re.compile(r"\(\s*$")


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity of a sentence with what it counts."""

    quantity: Quantity
    unit: str
    measure: str


@lru_cache(maxsize=64)
def numbers(scene: Scene) -> tuple[Number, ...]:
    """The quantities of a sentence that count something."""
    return tuple(_numbers(scene))


def _numbers(scene: Scene) -> Iterator[Number]:
    for found in scene.quantities:
        quantity = _in_unit_of_column(scene, found)
        unit = None if _names_row(scene, quantity) else _unit(scene, quantity)
        if unit is None or _is_no_figure(scene, quantity, unit):
            continue
        yield Number(quantity, unit, _measure(scene, quantity, unit))
    yield from _bare_cells(scene)
    yield from _bare_words(scene)
    yield from _parts(scene)


def _parts(scene: Scene) -> Iterator[Number]:
    """»jede vierte Kommune« is a share, »eine halbe Stelle« half a post."""
    for match in compiled(r"\b[Jj]ede[rsnm]?\s+(?P<word>[A-ZÄÖÜa-zäöü]\w+)").finditer(scene.text):
        value = section("figures", "one_in").get(match["word"].casefold()[:4])
        if value is not None:
            yield Number(Quantity(*match.span(), value, "Anteil", "share"), "Anteil", OTHER)
    for match in compiled(r"\bhalbe[nr]?\s+(?P<noun>\w*[Ss]telle)\b").finditer(scene.text):
        quantity = Quantity(*match.span(), 0.5, match["noun"], "count")
        yield Number(quantity, match["noun"], _measure(scene, quantity, match["noun"]))


def _names_row(scene: Scene, quantity: Quantity) -> bool:
    """Whether a number only names the row of a table (»30 bis 44 Jahre«)."""
    if scene.is_heading and quantity.start == 0 and _is_numbered(scene.text):
        return True  # »4 Art und Höhe«
    return bool(scene.cells) and scene.cell_at(quantity.start) is scene.cells[0]


def _is_numbered(text: str) -> bool:
    """Whether a heading begins with its number."""
    return bool(re.match(r"\d{1,2}(?:\.\d{1,2})?\.?\s+[A-ZÄÖÜ]", text))


def _in_unit_of_column(scene: Scene, quantity: Quantity) -> Quantity:
    """»bewilligt (Euro): 355.000«: the label of the column says the unit."""
    cell = scene.cell_at(quantity.start)
    unit = pattern("table", "unit").search(cell.label) if cell is not None and quantity.kind == "count" else None
    if unit is None:
        return quantity
    money = unit["unit"] in ("Euro", "EUR", "€")
    return replace(quantity, unit="EUR" if money else "Prozent", kind="money" if money else "share")


def _bare_cells(scene: Scene) -> Iterator[Number]:
    """A cell that holds nothing but a number in words (»Zahl der Städte: fünf«)."""
    words = {word.casefold(): value for word, value in load("register")["table"]["words"].items()}
    for cell in scene.cells[1:]:
        value = words.get(cell.value.casefold())
        nouns = _NOUN.findall(scene.cells[0].value)
        if value is not None and nouns and not any(q.start == cell.start for q in scene.quantities if q.unit):
            quantity = Quantity(cell.start, cell.start + len(cell.value), float(value), nouns[-1], "count")
            yield Number(quantity, nouns[-1], _measure(scene, quantity, nouns[-1]))


@cache
def _lone_words() -> re.Pattern[str]:
    word = rf"(?P<word>(?i:{'|'.join(load('register')['table']['words'])}))"
    verbs = "haben|hatten|sind|waren|wurden|werden|stehen|liegen"
    behind = rf"(?=\s+(?:davon|von ihnen|weitere[nr]?(?=\s+[a-zäöü])|von\s+\d+|{verbs})\b)"
    return re.compile(rf"\b{word}{behind}|\bdavon {word.replace('<word>', '<part>')}\b(?!\s+[A-ZÄÖÜ])")


def _bare_words(scene: Scene) -> Iterator[Number]:
    """»sechs davon sind abgeschlossen«, »drei weitere«: a number in words whose noun stands before it."""
    words = {word.casefold(): value for word, value in load("register")["table"]["words"].items()}
    for match in _lone_words().finditer(scene.text):
        quantity = Quantity(
            *match.span("word" if match["word"] else "part"),
            float(words[(match["word"] or match["part"]).casefold()]),
            "",
            "count",
        )
        later = next((q for q in scene.quantities if q.start >= quantity.end), None)
        whole = later.unit if later is not None and _RANGE.fullmatch(scene.text[quantity.end : later.start]) else None
        unit = whole or _named_before(scene, quantity) or _last_counted(scene.before)
        if unit is not None:
            yield Number(quantity, unit, _measure(scene, quantity, unit))


def _is_no_figure(scene: Scene, quantity: Quantity, unit: str) -> bool:
    before, after = scene.text[: quantity.start], scene.text[quantity.start : quantity.end + 30]
    number_end = scene.text[quantity.start : quantity.end]
    rest = after[len(number_end) - len(unit) :] if number_end.endswith(unit) else after
    if any(m.start() <= quantity.start < m.end() for m in pattern("contacts", "phone").finditer(scene.text)):
        return True
    return (
        bool(re.match(r"\d{5} [A-ZÄÖÜ]", number_end) and before.endswith(", "))  # the postal code of an address
        or bool(re.match(r"\D{0,12}0\d", number_end))
        or bool(pattern("not_figures", "units").search(unit))
        or bool(pattern("not_figures", "before").search(before))
        or bool(pattern("not_figures", "after").search(" " + rest))
    )


def _measure(scene: Scene, quantity: Quantity, unit: str) -> str:
    if scene.cells:
        scope = "; ".join(
            f"{cell.label}: {cell.value}" for cell in (scene.cells[0], scene.cell_at(quantity.start)) if cell
        )
        own = scene.text[quantity.start : quantity.end + 40].split(",")[0]
        return measure_in((own, scope), unit, scene.text)
    if pattern("figures", "region").match(scene.text[quantity.end :]):
        return OTHER  # »drei Städte im Tal der Muster« are a part of what the measure counts
    return measure_in((clause_of(scene.text, quantity.start, quantity.end), scene.text), unit, scene.text)


def _unit(scene: Scene, quantity: Quantity) -> str | None:
    """What is counted: named behind the number, by the table, or by a number before it; None where nothing is named."""
    cell = scene.cell_at(quantity.start)
    if quantity.kind != "count":
        return quantity.unit
    named = quantity.unit and scene.text[quantity.start : quantity.end].rstrip("«“").endswith(quantity.unit)
    if not named:
        stop = cell.start + len(cell.value) if cell else len(scene.text)
        own = _BEHIND.match(scene.text[quantity.end : stop])
        if own:
            return own["noun"]
    if cell is not None and not named:
        return _noun(scene, cell) or _last_counted(scene.before)
    if quantity.unit:
        return quantity.unit
    later = next((q for q in scene.quantities if q.start >= quantity.end), None)
    if later is not None and later.unit and _RANGE.fullmatch(scene.text[quantity.end : later.start]):
        return later.unit
    return _named_before(scene, quantity)


def _named_before(scene: Scene, quantity: Quantity) -> str | None:
    """»ein Drittel (45)«, »4.213 kamen zurück«, »die Zahl der Räte stieg auf 31«: the noun stands before the number."""
    before = scene.text[: quantity.start]
    beside = _BESIDE.search(before)
    if beside and not has(beside["noun"], "figures", "shares"):
        return beside["noun"]
    number_of = list(pattern("figures", "number_of").finditer(before))
    if number_of:
        found = number_of[-1]
        return found["noun"] or found["other"] or found["counted"]
    counted = [q for q in scene.quantities if q.end <= quantity.start and q.kind == "count" and q.unit]
    if counted:
        return counted[-1].unit
    refers = (
        before.startswith("Davon ")
        or _PARENTHESIS.search(before)
        or pattern("figures", "of_them").match(scene.text[quantity.end :])
        or pattern("figures", "ends").search(before)
    )
    return _last_counted(scene.before) if refers else None


def _last_counted(scene: Scene | None) -> str | None:
    """The noun that the last number of a sentence counts."""
    for number in reversed(numbers(scene) if scene is not None else ()):
        if number.quantity.kind == "count":
            return number.unit
    return None


def _noun(scene: Scene, cell: Cell) -> str | None:
    """The noun of a table: in the label of the column, or in the first cell where the column only says »Wert«."""
    vague = has(cell.label, "table", "vague") or has(cell.label, "moment", "table")
    plain = None if vague else _head_noun(cell.label)
    if plain is not None:
        return plain
    first = scene.cells[0]
    return _head_noun(_COUNT_OF.sub("", first.value)) if first is not cell else None


def _head_noun(text: str) -> str | None:
    """The first noun that no preposition governs: »im Coaching begleitete Kommunen« are Kommunen."""
    for match in _NOUN.finditer(text):
        adjective = re.match(r"\w+(?:e|en|er|es)\s+[A-ZÄÖÜ]", text[match.start() :])
        adverb = re.match(r"\w+\s+[a-zäöüß]", text[match.start() :]) and not _PREPOSITION.match(text[match.end() :])
        if not adjective and not adverb and not _GOVERNED.search(text[: match.start()]):
            return match.group()
    return None
