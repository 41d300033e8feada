"""Counts, shares and measures: what is counted, of whom, as of when; amounts of money are told apart by their verb."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts.data import load
from ingest.facts.measures import OTHER
from ingest.facts.moments import as_of, moment_of, period
from ingest.facts.numbers import Number, numbers
from ingest.facts.programmes import mentions_programme, programme_of
from ingest.facts.scenes import Scene
from ingest.facts.statements import dated, statement
from ingest.facts.subjects import number_subject
from ingest.facts.types import Fact, Subject
from ingest.facts.vocabulary import compiled, has, pattern, section
from ingest.german.quantities import Quantity

_WORDING = 160


def figures(scene: Scene) -> Iterator[Fact]:
    """The counts and shares of a sentence; amounts of money that are no grants, too."""
    for number in numbers(scene):
        if number.quantity.kind == "money" and is_funding(scene, number):
            continue
        yield figure(scene, number)
    yield from _running_numbers(scene)


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
    """Whom a number is about."""
    return number_subject(scene, number.quantity, _scope(scene, number))


def is_funding(scene: Scene, number: Number) -> bool:
    """Whether a sum of money is a grant or a budget, and no price or damage."""
    first, last = scene.clause(number.quantity.start, number.quantity.end)
    clause, before = scene.text[first:last], scene.text[:first].rpartition("; ")[2]
    priced = has(clause, "funding", "unless") or (
        has(before, "funding", "unless") and not has(clause, "funding", "cue")
    )
    sentence = f"{before}{scene.text[first:].partition('; ')[0]}"
    if priced and not has(sentence, "funding", "taken_over"):
        return False
    return mentions_programme(scene.document) or any(
        has(text, "funding", "cue") for text in (scene.text, scene.lead, scene.heading, scene.document.title)
    )


def _scope(scene: Scene, number: Number) -> str:
    """Whether a count goes over the whole `programme`: by its measure, or because it counts municipalities."""
    first, last = scene.clause(number.quantity.start, number.quantity.end)
    if has(scene.text[first:last], "programme", "statewide"):
        return "programme"
    local = pattern("containers", "district").search(scene.text)
    if local and any(m.role == "district" for m in scene.places):
        return ""
    rule = next((r for r in load("measures")["measure"] if r["name"] == number.measure), None)
    if rule is not None and "scope" in rule:
        return str(rule["scope"])
    counts = number.quantity.kind == "count" and pattern("containers", "units").search(number.unit)
    return "towns" if counts else ""


def _running_numbers(scene: Scene) -> Iterator[Fact]:
    """»die 21. Gebietskörperschaft, mit der …«: a count of what was there by then."""
    if not mentions_programme(scene.document):
        return
    for match in pattern("joined", "running").finditer(scene.text):
        yield _running(scene, match.start(), match.end(), int(match["number"]), match["unit"])
    ordinals, units = section("joined", "ordinals"), section("joined", "running_units")
    words = "|".join(ordinals)
    counted = compiled(rf"(?<!jede )(?<!jeder )\b(?P<word>{words})[rnms]?\s(?P<unit>{units})\b")
    for match in counted.finditer(scene.text):
        yield _running(scene, match.start(), match.end(), ordinals[match["word"]], match["unit"])


def _running(scene: Scene, start: int, end: int, value: int, unit: str) -> Fact:
    measure = "cooperation_agreements" if has(scene.text, "joined", "agreement") else OTHER
    number = Number(Quantity(start, end, float(value), unit, "count"), unit, measure)
    found = figure(scene, number, programme_of(scene.document))
    days = [d for d in scene.dates if d.is_day and d.year is not None]
    return dated(found, moment_of(days[0])) if len(days) == 1 else found
