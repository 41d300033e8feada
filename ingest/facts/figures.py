"""Counts, shares and measures: what is counted, of whom, as of when; amounts of money are told apart by their verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.facts.as_of import as_of
from ingest.facts.data import load
from ingest.facts.measures import OTHER
from ingest.facts.moments import moment_of, period
from ingest.facts.number_subjects import advertiser, number_subject
from ingest.facts.numbers import Number, numbers
from ingest.facts.programmes import calls_programme, mentions_programme, programme_of
from ingest.facts.scenes import Scene
from ingest.facts.statements import dated, statement
from ingest.facts.types import Fact, Subject
from ingest.facts.vocabulary import has, pattern, section
from ingest.german.quantities import Quantity

_WORDING = 160
_SHARE_OF = re.compile(
    r"\s+(?:(?:der|aller|dieser|unserer|ihrer|von den)\s+)?(?:[a-zäöüß]+\s+){0,2}(?P<noun>[A-ZÄÖÜ][\wäöüß-]+)"
)
_APART = re.compile(r"\s+(?:vor|nach)\b")
_SINCE = re.compile(r"\bseit\s+(?:(?:gut|rund|etwa|knapp|über|fast|mehr als|schon|inzwischen|nun)\s+)*$")
_OF_THEM = re.compile(r"(?:Davon|Hiervon|Darunter|Von (?:diesen|ihnen|denen))\b")
_LABEL = re.compile(r"(?:\w+ ){0,2}\w+:\s*")  # »Schaden: 18.000 Euro«


def figures(scene: Scene) -> Iterator[Fact]:
    """The counts and shares of a sentence; amounts of money that are no grants, too."""
    numbered = pattern("not_figures", "numbered").match(scene.text)  # »4 Art und Höhe«
    question = scene.heading.endswith("?") and scene.text in scene.heading
    asked = question and pattern("figures", "asker").match(scene.text)  # »Wir haben 800 Einwohner. Lohnt sich das?«
    if numbered or asked or has(scene.text, "not_figures", "teaser") or scene.text.endswith("?"):
        return
    for number in numbers(scene):
        if (number.quantity.kind == "money" and is_funding(scene, number)) or _is_distance(scene, number):
            continue
        if _is_size(scene, number):
            continue
        yield figure(scene, number)
    yield from _running_numbers(scene)


def _is_distance(scene: Scene, number: Number) -> bool:
    """»acht Wochen vor Beginn«, »seit zehn Monaten«: no count, but a deadline or a period."""
    apart = _APART.match(scene.text, number.quantity.end) or _SINCE.search(scene.text[: number.quantity.start])
    return has(number.unit, "not_figures", "distance") and bool(apart)


def _is_size(scene: Scene, number: Number) -> bool:
    """»viele haben weniger als 5.000 Einwohner«: how large those are that are spoken of, and no count."""
    first, last = scene.clause(number.quantity.start, number.quantity.end)
    return number.measure == "population" and has(scene.text[first:last], "figures", "bounded")


def figure(scene: Scene, number: Number, subject: Subject | None = None) -> Fact:
    """A number as a statement."""
    quantity = number.quantity
    moment = as_of(scene, quantity.start, quantity.end)
    subject = subject or subject_of_number(scene, number)
    first, last = scene.clause(quantity.start, quantity.end)
    return statement(
        "figure",
        subject,
        moment,
        scene.span,
        measure=number.measure,
        value=quantity.number,
        unit=number.unit,
        qualifier=quantity.qualifier,
        period=period(scene, quantity.start, quantity.end),
        attributes={"wording": " ".join(scene.text[first:last].split())[:_WORDING]},
        rule="figure",
    )


def subject_of_number(scene: Scene, number: Number) -> Subject:
    """Whom a number is about; of »vor zwei Jahren waren es neun« the one whose number the sentence before gives."""
    part = _OF_THEM.match(scene.text)  # »Davon waren zwei unbesetzt«: part of what the sentence before counts
    again = part or pattern("figures", "same").search(scene.text[: number.quantity.start])
    if scene.follows and not scene.places and again:
        before = scene.before
        same = next((n for n in reversed(numbers(before)) if n.unit == number.unit), None) if before else None
        if before is not None and same is not None:
            return subject_of_number(before, same)
    return number_subject(scene, replace(number.quantity, unit=number.unit), _scope(scene, number))


def is_funding(scene: Scene, number: Number) -> bool:
    """Whether a sum of money is a grant or a budget, and no price or damage."""
    if advertiser(scene.document) is not None:
        return False
    said = _said_of(scene, number)
    priced = has(said, "funding", "unless") or (
        not has(said, "funding", "cue") and has(_before_and(scene, number), "funding", "unless")
    )
    if priced and not has(_part(scene, number.quantity.start), "funding", "taken_over"):
        return False
    return mentions_programme(scene.document) or any(
        has(text, "funding", "cue") for text in (scene.text, scene.lead, scene.heading, scene.document.title)
    )


def _before_and(scene: Scene, number: Number) -> str:
    """»der Schaden an Bänken und Zäunen betrug …«: what »und« parts from a clause, where no other sum stands."""
    at = number.quantity.start
    first = max(scene.text.rfind(mark, 0, at) for mark in (", ", "; ", ": ", "– "))
    other = any(q.kind == "money" and first < q.start < at for q in scene.quantities)
    return "" if scene.cells or other else scene.text[first + 1 : at]


def _part(scene: Scene, offset: int) -> str:
    """What stands between two semicolons: a sentence of its own."""
    return scene.text[:offset].rpartition("; ")[2] + scene.text[offset:].partition("; ")[0]


def _said_of(scene: Scene, number: Number) -> str:
    """What says whether a sum is a price: its cell with the label, else its clause and what that goes on about."""
    cell = scene.cell_at(number.quantity.start)
    if cell is not None:
        return f"{cell.label}: {cell.value}"
    first, last = scene.clause(number.quantity.start, number.quantity.end)
    goes_on = bool(_LABEL.fullmatch(scene.text[:first])) or has(scene.text[first:last], "funding", "on_average")
    if goes_on and first:
        first = scene.text.rfind("; ", 0, first) + 1
    return scene.text[first:last]


def _scope(scene: Scene, number: Number) -> str:
    """Whether a count goes over the whole `programme`: by its measure, or because it counts municipalities."""
    first, last = scene.clause(number.quantity.start, number.quantity.end)
    if has(scene.text[first:last], "programme", "statewide"):
        return "programme"
    local = pattern("containers", "district").search(scene.text)
    districts = [m.start for m in scene.places if m.role == "district"]
    if local and any(scene.cells or first <= start < last for start in districts):
        return ""
    rule = next((r for r in load("measures")["measure"] if r["name"] == number.measure), None)
    if rule is not None and "scope" in rule:
        return str(rule["scope"])
    whole = _SHARE_OF.match(scene.text, number.quantity.end) if number.quantity.kind == "share" else None
    counted = number.unit if number.quantity.kind == "count" else whole["noun"] if whole else ""
    members = has(counted, "containers", "members") and not has(scene.text, "containers", "councils")
    clause = scene.text[first:last]
    if members and pattern("figures", "we_are").search(scene.text[: number.quantity.start]):
        return "towns"
    if members and (calls_programme(clause, scene.document) or has(clause, "programme", "itself")):
        return "towns"
    above = scene.before.text if scene.before is not None and scene.follows else ""
    if members and pattern("figures", "it").search(clause) and calls_programme(above, scene.document):
        return "towns"  # »Gegründet wurde das Bündnis 2019. Heute zählt es 39 Mitglieder.«
    return "towns" if pattern("containers", "units").search(counted) else ""


def _running_numbers(scene: Scene) -> Iterator[Fact]:
    """»die 21. Gebietskörperschaft, mit der …«: a count of what was there by then."""
    if not mentions_programme(scene.document):
        return
    for match in _running_number().finditer(scene.text):
        value = match["number"] or match["nth"] or section("joined", "ordinals")[(match["word"] or "").casefold()]
        unit = match["unit"] or match["named"]
        if not has(unit, "joined", "running_statewide") or has(scene.text, "programme", "statewide"):
            yield _running(scene, match.start(), match.end(), int(value), unit)


@cache
def _running_number() -> re.Pattern[str]:
    words, units = "|".join(section("joined", "ordinals")), section("joined", "running_units")
    ordinal = rf"(?:(?<![\d.])(?P<number>\d{{1,3}})\.|(?i:(?<!jede )(?<!jeder )\b(?P<word>{words}))[rnms]?)"
    named = rf"\b(?P<named>{units}) (?:Nummer|Nr\.) (?P<nth>\d{{1,3}})\b"
    return re.compile(rf"{ordinal}\s(?:[a-zäöüß]+e[nrs]?\s)?(?P<unit>{units})\b|{named}")


def _running(scene: Scene, start: int, end: int, value: int, unit: str) -> Fact:
    measure = "cooperation_agreements" if has(scene.text, "joined", "agreement") else OTHER
    number = Number(Quantity(start, end, float(value), unit, "count"), unit, measure)
    found = figure(scene, number, programme_of(scene.document))
    days = [d for d in scene.dates if d.is_day and d.year is not None]
    return dated(found, moment_of(days[0])) if len(days) == 1 else found
