"""Money that is given, granted, made available or asked for, and the conditions of a guideline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.facts.as_of import shared
from ingest.facts.conditions import conditions, conditions_told, is_conditional, is_for_all
from ingest.facts.figures import figure, is_funding, subject_of_number
from ingest.facts.measures import OTHER
from ingest.facts.moments import published
from ingest.facts.numbers import Number, numbers
from ingest.facts.programmes import programme_of
from ingest.facts.scenes import Scene
from ingest.facts.statements import dated
from ingest.facts.types import Attribute, Fact
from ingest.facts.vocabulary import any_case, has, pattern, section

_GROUP = r"(?:[a-zäöüß]+\s+){0,2}[A-ZÄÖÜ][\w-]*"
_THOUSANDS = re.compile(r"\d\.\d{3}$")
_MORE = re.compile(r"\b(?:weitere|noch einmal|nochmals|noch|zusätzlich|davon|dazu|nur|sogar)\s+$")
_PURPOSE = re.compile(
    rf"\bfür\s+(?!das (?:Jahr|Folgejahr)|(?:19|20)\d\d|(?:ganz )?Sachsen|die Kommunen)"
    rf"(?P<purpose>{_GROUP}(?:\s+(?:der|des|von|im|in|am|und|zur|zum)\s+{_GROUP}){{0,3}})"
)


def funding(scene: Scene) -> Iterator[Fact]:
    """Amounts and conditions of a sentence; a question states none."""
    if scene.text.endswith("?"):
        return
    amounts = [n for n in (*numbers(scene), *_rest(scene)) if n.quantity.kind == "money" and is_funding(scene, n)]
    if not is_conditional(scene):
        yield from conditions_told(scene)
    elif not any(subject_of_number(scene, number).place for number in amounts):
        yield from conditions(scene)
        return
    yield from (_amount(scene, number) for number in amounts)


def _amount(scene: Scene, number: Number) -> Fact:
    before = scene.before.text if scene.before is not None and has(scene.text, "funding", "of_it") else ""
    elsewhere = has(f"{scene.text} {before}", "programme", "statewide") or is_for_all(scene)
    of_town = has(scene.text, "funding", "own_money") or any(m.role == "municipality" for m in scene.places)
    elsewhere = elsewhere or (has(scene.text, "programme", "receives") and not of_town)
    found = figure(scene, number, programme_of(scene.document) if elsewhere else None)
    first, last = scene.clause(number.quantity.start, number.quantity.end)
    clause = scene.text[first:last]
    cell = scene.cell_at(number.quantity.start)
    texts = (cell.label, cell.value, scene.heading) if cell is not None else (clause, scene.text, scene.heading)
    measure, verb = _verb(*texts)
    if cell is not None and scene.cells[0].label == "Jahr":  # a year of a budget is a period, no day
        found = dated(replace(found, period=scene.cells[0].value), shared(scene) or published(scene.document))
    attributes: dict[str, Attribute] = {**found.attributes, "verb": verb} if verb else dict(found.attributes)
    for name in ("giver", "receiver"):
        match = pattern("funding", name, "patterns").search(scene.text)
        if match:
            attributes[name] = re.sub(r"^(?:durch|von|vom|seitens|an)\s+", "", match.group())
    if "receiver" not in attributes and found.place is not None:
        attributes["receiver"] = found.subject
    purpose = _PURPOSE.search(scene.text)
    if purpose and not any(noun in purpose["purpose"].split() for noun in section("programme", "nouns")):
        attributes["purpose"] = purpose["purpose"].strip()
    return replace(found, kind="funding", measure=measure, attributes=attributes, rule="amount")


def _rest(scene: Scene) -> Iterator[Number]:
    """»1,3 Mio. Euro standen bereit, ausgegeben wurden davon 1,1 Millionen«: the second sum leaves out the unit."""
    money = next((q for q in scene.quantities if q.kind == "money"), None)
    for quantity in scene.quantities:
        said = scene.text[quantity.start : quantity.end]
        bare = not quantity.unit and (
            re.search(r"(?:Mio\.?|Million(?:en)?)$", said)
            or (_THOUSANDS.search(said) and _MORE.search(scene.text[: quantity.start]))
        )
        if bare and money is not None and money.end < quantity.start:
            yield Number(replace(quantity, unit="EUR", kind="money"), "EUR", OTHER)


def _verb(*texts: str) -> tuple[str, str]:
    """Measure by the verb of the narrowest text that has one, and the verb as written."""
    for text in texts:
        for rule in section("funding", "verb"):
            found = next((match for p in rule["patterns"] if (match := any_case(p).search(text))), None)
            if found is not None:
                return str(rule["name"]), found.group()
    return OTHER, ""
