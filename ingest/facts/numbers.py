"""Numbers of a sentence with what they count, those without a noun of their own included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.facts.columns import NOUN, in_unit_of_column, last_head_noun, names_row, noun_of_column
from ingest.facts.measures import OTHER, clause_of, is_relative, measure_in
from ingest.facts.scenes import Scene
from ingest.facts.vocabulary import compiled, has, pattern, section
from ingest.german.quantities import ADJECTIVES, Quantity, number_words, parse_number

_BEHIND = re.compile(rf"\s*{ADJECTIVES}(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)")
_PART_OF = re.compile(rf"\s+(?:der|dieser|unserer|ihrer|von den)\s+{ADJECTIVES}(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)")
_RANGE = re.compile(r"\s*(?:und|bis|oder|auf|zu|gegen|von|von den|von insgesamt|der|der insgesamt|–|-)\s*")
_BESIDE = re.compile(r"\b(?P<noun>[A-ZÄÖÜ][\wäöüß-]*)\s+\($")
_PARENTHESIS = re.compile(r"\(\s*$")
_DETAIL = re.compile(
    r"\b(?:mit|aus|auf|zu|je|über|von|in (?:den|allen)|"
    r"(?:Drittel|Viertel|Fünftel|Hälfte|Prozent|Teil)\s(?:der|aller|von))\s+"
    r"(?:(?:rund|etwa|über|insgesamt|je|mehr als|knapp)\s+)*$"
)
# »im Durchschnitt waren es sechs«, »aus dem Landkreis Musterland sind es drei«: where or when, and not what is counted
_THE_REST = re.compile(r"\b(?:übrigen|anderen|restlichen|verbleibenden|weiteren)\s+$")
_WHOSE_NUMBER = re.compile(r",\s+deren\s+(?:Zahl|Anzahl|Menge)\b[^;]*$")
_THE = re.compile(r"(?i:\b(?:die|der|den|diese|dieser|diesen|alle|allen|aller))\s+(?:\w+en\s+)?$")
_ADVERBIAL = re.compile(r"(?i:\b(?:in|im|am|auf|aus|bei|beim|mit|nach|vor|zum|zur|seit|unter)\s+(?:[\w-]+\s+){0,3})$")


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
    shares = list(_so_many_of(scene))
    for found in scene.quantities:
        quantity = in_unit_of_column(scene, found)
        unit = None if names_row(scene, quantity) else _unit(scene, quantity)
        if unit is None or _is_no_figure(scene, quantity, unit) or _lies_in(quantity, shares):
            continue
        if _speaks_again(scene, quantity, unit):
            continue
        yield Number(quantity, unit, _measure(scene, quantity, unit))
    yield from _bare_cells(scene)
    yield from (n for n in _bare_words(scene) if not _lies_in(n.quantity, shares))
    yield from _parts(scene)
    yield from (Number(share, share.unit, OTHER) for share in shares)


def _speaks_again(scene: Scene, quantity: Quantity, unit: str) -> bool:
    """»Die drei Gemeinden wollen …«: towns that the text has counted or named before."""
    said = scene.text[quantity.start : quantity.end]
    if not (said[:1].isalpha() and has(unit, "containers", "again") and _THE.search(scene.text[: quantity.start])):
        return False
    above = scene.before
    while above is not None:
        towns = {m.name for m in above.places if m.role == "municipality" and not m.derived}
        if len(towns) == quantity.value or any(q.value == quantity.value for q in above.quantities):
            return True
        above = above.before
    return False


def _lies_in(quantity: Quantity, spans: list[Quantity]) -> bool:
    return any(span.start <= quantity.start < span.end for span in spans)


def _parts(scene: Scene) -> Iterator[Number]:
    """»jede vierte Kommune« is a share, »eine halbe Stelle« half a post, »die 3.100-Einwohner-Stadt« has so many."""
    for match in compiled(r"(?<![\w.,])(?P<many>\d{1,3}(?:\.\d{3})*)-(?:Einwohner|Seelen)-[A-Z]").finditer(scene.text):
        quantity = Quantity(*match.span("many"), parse_number(match["many"]), "Einwohner", "count")
        yield Number(quantity, "Einwohner", _measure(scene, quantity, "Einwohner"))
    for match in compiled(r"\b[Jj]ede[rsnm]?\s+(?P<word>[A-ZÄÖÜa-zäöü]\w+)").finditer(scene.text):
        value = section("figures", "one_in").get(match["word"].casefold()[:4])
        if value is not None:
            yield Number(Quantity(*match.span(), value, "Anteil", "share"), "Anteil", OTHER)
    for match in compiled(r"\bhalbe[nr]?\s+(?P<noun>\w*[Ss]telle)\b").finditer(scene.text):
        quantity = Quantity(*match.span(), 0.5, match["noun"], "count")
        yield Number(quantity, match["noun"], _measure(scene, quantity, match["noun"]))


@cache
def _so_many() -> re.Pattern[str]:
    number = rf"(?:\d{{1,3}}|{'|'.join(number_words())})"
    return re.compile(rf"(?i:\b(?P<part>{number})\s+von\s+(?P<whole>{number}))\s+{ADJECTIVES}(?P<noun>[A-ZÄÖÜ]\w+)")


def _so_many_of(scene: Scene) -> Iterator[Quantity]:
    """»neun von zehn Befragten« is a share, »14 von 16 Stadträten« are two counts."""
    if " von " not in scene.text:
        return
    for match in _so_many().finditer(scene.text):
        part, whole = (_worth(match[name]) for name in ("part", "whole"))
        if whole in section("figures", "shared_by") and part < whole and has(match["noun"], "figures", "people"):
            yield Quantity(*match.span(), round(part / whole, 4), "Anteil", "share")


def _worth(number: str) -> float:
    return number_words().get(number.casefold()) or float(number)


def _bare_cells(scene: Scene) -> Iterator[Number]:
    """A cell that holds nothing but a number in words (»Zahl der Städte: fünf«)."""
    for cell in scene.cells[1:]:
        value = number_words().get(cell.value.casefold())
        nouns = NOUN.findall(scene.cells[0].value)
        if value is not None and nouns and not any(q.start == cell.start for q in scene.quantities if q.unit):
            quantity = Quantity(cell.start, cell.start + len(cell.value), value, nouns[-1], "count")
            yield Number(quantity, nouns[-1], _measure(scene, quantity, nouns[-1]))


@cache
def _lone_words() -> re.Pattern[str]:
    words = "|".join(word for word, value in number_words().items() if 2 <= value < 100)
    ordinal = r"(?!(?<=acht)en\s+[A-ZÄÖÜ])"  # »zum achten Forum«
    return re.compile(rf"(?<![\w-])(?i:(?P<word>{words})){ordinal}(?:en)?(?![\w-])(?!\s+(?:Uhr|mal)\b)")


def _bare_words(scene: Scene) -> Iterator[Number]:
    """»sechs davon sind abgeschlossen«, »bei dreien«, »es waren zwölf«: a number in words without a noun behind it."""
    for match in _lone_words().finditer(scene.text):
        quantity = Quantity(*match.span(), number_words()[match["word"].casefold()], "", "count")
        if scene.cells or _lies_in(quantity, scene.quantities):
            continue
        unit = _part_of(scene, quantity) or _of_range(scene, quantity)
        if unit is None and not pattern("figures", "no_ellipsis").search(scene.text[: quantity.start]):
            unit = _named_before(scene, quantity) or (_counted_before(scene.before) if scene.follows else None)
        if unit is not None and not _is_no_figure(scene, quantity, unit):
            yield Number(quantity, unit, _measure(scene, quantity, unit))


def _is_no_figure(scene: Scene, quantity: Quantity, unit: str) -> bool:
    before, after = scene.text[: quantity.start], scene.text[quantity.start : quantity.end + 30]
    number_end = scene.text[quantity.start : quantity.end]
    rest = after[len(number_end) - len(unit) :] if number_end.endswith(unit) else after
    if any(m.start() <= quantity.start < m.end() for m in pattern("contacts", "phone").finditer(scene.text)):
        return True
    if number_end.isdigit() and pattern("not_figures", "label").search(before):
        return True  # »Modul 2 der Fortbildung«
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
    if is_relative(scene.text, quantity, unit):
        return OTHER
    if pattern("figures", "region").match(scene.text[quantity.end :]):
        return OTHER  # »drei Städte im Tal der Muster« are a part of what the measure counts
    own = measure_in((clause_of(scene.text, quantity.start, quantity.end), scene.text), unit, scene.text)
    if own == OTHER and scene.follows and pattern("figures", "same").search(scene.text[: quantity.start]):
        return next((n.measure for n in reversed(numbers(scene.before)) if n.unit == unit), OTHER)
    return own


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
        return noun_of_column(scene, cell) or _counted_before(scene.before)
    unit = quantity.unit or _part_of(scene, quantity) or _of_range(scene, quantity) or _named_before(scene, quantity)
    return unit or _asked_for(scene, quantity)


def _asked_for(scene: Scene, quantity: Quantity) -> str | None:
    """»Wie viele Kommunen machen mit? Ende März waren es 38.«, and »Damit sind wir 36!«."""
    before = scene.text[: quantity.start]
    if pattern("figures", "we_are").search(before):
        return "Mitglieder"
    asked = scene.before.text if scene.before is not None else ""
    match = next((m for text in (asked, scene.heading) if (m := pattern("figures", "asked").search(text))), None)
    return match["noun"] if match and pattern("figures", "ends").search(before) else None


def _part_of(scene: Scene, quantity: Quantity) -> str | None:
    """»16 der beteiligten Kommunen«."""
    match = _PART_OF.match(scene.text, quantity.end)
    return match["noun"] if match else None


def _of_range(scene: Scene, quantity: Quantity) -> str | None:
    """»von zwölf auf vier Seiten«, »elf zu zwei Stimmen«."""
    later = next((q for q in scene.quantities if q.start >= quantity.end), None)
    joined = later is not None and _RANGE.fullmatch(scene.text[quantity.end : later.start])
    return later.unit or None if later is not None and joined else None


def _named_before(scene: Scene, quantity: Quantity) -> str | None:
    """»ein Drittel (45)«, »4.213 kamen zurück«, »die Zahl der Räte stieg auf 31«: the noun stands before the number."""
    before = scene.text[: quantity.start]
    beside = _BESIDE.search(before)
    person = beside and any(p.start <= beside.start("noun") < p.end for p in scene.persons)
    if person or pattern("not_figures", "label").search(before):
        return None  # »Max Beispiel (54)«, »Hauptstraße 12«
    town = beside and any(m.start <= beside.start("noun") < m.end for m in scene.places)
    if beside and not town and not has(beside["noun"], "figures", "shares"):
        return beside["noun"]
    if relative := _WHOSE_NUMBER.search(before):
        return last_head_noun(before[: relative.start()])
    number_of = [
        m
        for m in pattern("figures", "number_of").finditer(before)
        if not _THE_REST.search(before) and not (m["counted"] and _ADVERBIAL.search(before[: m.start("counted")]))
    ]
    if number_of:
        found = number_of[-1]
        return found["noun"] or found["other"] or found["counted"] or found["had"]
    of_them = pattern("figures", "of_them").match(scene.text[quantity.end :])
    measured = [q for q in scene.quantities if q.end <= quantity.start and q.kind == "measure"]
    if of_them and measured and "davon" in of_them.group():
        return measured[-1].unit  # »1,0 VZÄ; 0,7 davon gehören …«
    counted = [q for q in scene.quantities if q.end <= quantity.start and q.kind == "count" and q.unit]
    counted = [q for q in counted if not pattern("not_figures", "units").search(q.unit)]
    if counted:
        return _main(scene, counted).unit
    refers = (
        before.startswith("Davon ")
        or _PARENTHESIS.search(before)
        or of_them
        or pattern("figures", "ends").search(before)
    )
    return _counted_before(scene.before) if refers else None


def _counted_before(scene: Scene | None) -> str | None:
    """What the sentence before counts."""
    counted = [n for n in numbers(scene) if n.quantity.kind == "count"] if scene is not None else []
    if scene is None or not counted:
        return None
    main = _main(scene, [n.quantity for n in counted])
    return next(n.unit for n in counted if n.quantity is main)


def _main(scene: Scene, counted: list[Quantity]) -> Quantity:
    """The last of several counts that is no detail of another (»6.000 Bögen mit 38 Fragen«)."""
    main = [q for q in counted if not _DETAIL.search(scene.text[: q.start])]
    return (main or counted)[-1]
