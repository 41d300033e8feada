"""Money that is given, granted, made available or asked for, and the conditions of a guideline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ingest.facts.as_of import as_of
from ingest.facts.figures import figure, is_funding, subject_of_number
from ingest.facts.measures import OTHER
from ingest.facts.moments import published
from ingest.facts.numbers import Number, numbers
from ingest.facts.programmes import programme_of
from ingest.facts.scenes import Scene
from ingest.facts.statements import dated, statement
from ingest.facts.subjects import guideline_headed, guideline_named, guideline_of
from ingest.facts.types import Attribute, Fact, Value
from ingest.facts.vocabulary import any_case, compiled, has, pattern, section
from ingest.german.dates import DateMention
from ingest.types import Document

_ITEM = re.compile(r"^(?:[-–—•*·]|\(?\w{1,2}[.)])\s+")
_CHARACTERS_A_CUE = 800  # a law that mentions funding now and then is no guideline of funding
_SPAN = 40  # characters between the first and the last day of a span
_WORDING = 200  # characters of a condition that are kept beside its values
_GROUP = r"(?:[a-zäöüß]+\s+){0,2}[A-ZÄÖÜ][\w-]*"
_PURPOSE = re.compile(
    rf"\bfür\s+(?!das (?:Jahr|Folgejahr)|(?:19|20)\d\d|(?:ganz )?Sachsen|die Kommunen)"
    rf"(?P<purpose>{_GROUP}(?:\s+(?:der|des|von|im|in|am|und|zur|zum)\s+{_GROUP}){{0,3}})"
)


def funding(scene: Scene) -> Iterator[Fact]:
    """Amounts and conditions of a sentence."""
    if is_about_conditions(scene.document):
        yield from _conditions(scene)
        return
    if has(scene.text, "conditions", "anywhere"):
        yield from (_local(scene, fact) for fact in _amounts(scene) if fact.unit == "Prozent")
        yield from _deadlines(scene)
        yield from _exclusions(scene)
    for number in numbers(scene):
        if number.quantity.kind == "money" and is_funding(scene, number):
            yield _amount(scene, number)


def _local(scene: Scene, fact: Fact) -> Fact:
    """A share that a text about a town gives is that of the town's project."""
    near = next((n for n in numbers(scene) if n.quantity.number == fact.value), None)
    subject = subject_of_number(scene, near) if near is not None else None
    return replace(fact, subject=subject.name, place=subject.place) if subject and subject.place else fact


@lru_cache(maxsize=64)
def is_about_conditions(document: Document) -> bool:
    """Whether a document is a guideline of funding, or a text about one."""
    if has(document.title, "bodies", "guideline"):
        return True
    if guideline_of(document) is not None:
        often = max(2, len(document.text) // _CHARACTERS_A_CUE)
        return (
            has(document.title, "conditions", "cue")
            or len(pattern("conditions", "cue").findall(document.text)) >= often
        )
    return has(document.title, "conditions", "documents")


def _amount(scene: Scene, number: Number) -> Fact:
    elsewhere = has(scene.text, "programme", "statewide")
    found = figure(scene, number, programme_of(scene.document) if elsewhere else None)
    first, last = scene.clause(number.quantity.start, number.quantity.end)
    clause = scene.text[first:last]
    cell = scene.cell_at(number.quantity.start)
    texts = (cell.label, cell.value, scene.heading) if cell is not None else (clause, scene.text, scene.heading)
    measure, verb = _verb(*texts)
    if cell is not None and scene.cells[0].label == "Jahr":  # a year of a budget is a period, no day
        found = dated(replace(found, period=scene.cells[0].value), published(scene.document))
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


def _verb(*texts: str) -> tuple[str, str]:
    """Measure by the verb of the narrowest text that has one, and the verb as written."""
    for text in texts:
        for rule in section("funding", "verb"):
            found = next((match for p in rule["patterns"] if (match := any_case(p).search(text))), None)
            if found is not None:
                return str(rule["name"]), found.group()
    return OTHER, ""


def _conditions(scene: Scene) -> Iterator[Fact]:
    """What a sentence of a guideline prescribes: numbers, deadlines, pay groups, exclusions, else the rule itself."""
    found = [*_amounts(scene), *_deadlines(scene), *_pay_groups(scene), *_exclusions(scene)]
    if not found and _is_rule(scene):
        found = [_condition(scene, _rule_about(scene), None, None)]
    yield from found


def _rule_about(scene: Scene) -> str:
    """What a rule without a number is about."""
    rules = section("conditions", "rule_about")
    return next((str(r["name"]) for r in rules if any_case(r["pattern"]).search(scene.text)), "funding_condition")


def _amounts(scene: Scene) -> Iterator[Fact]:
    text = scene.text if not scene.is_item else f"{scene.lead} {scene.text}"
    for number in numbers(scene):
        measure = _condition_measure(text, number.unit) or _limit(scene, number)
        if measure is None:
            continue
        if measure == "funding_share" and number.quantity.qualifier == "bis zu":
            measure = "funding_share_max"
        found = _condition(scene, measure, number.quantity.number, number.unit, at=number.quantity.start)
        yield replace(found, qualifier=number.quantity.qualifier or _own_qualifier(scene, number))


def _limit(scene: Scene, number: Number) -> str | None:
    """»höchstens fünf Vorhaben«, »bis zu 80 Prozent«: what a guideline limits, whatever it counts."""
    if not is_about_conditions(scene.document):
        return None
    if number.unit == "Prozent":
        return "funding_share_max"
    limits = number.quantity.qualifier in ("mindestens", "bis zu") and number.measure != "population"
    return "guideline_limit" if limits else None


def _own_qualifier(scene: Scene, number: Number) -> str | None:
    after = scene.text[number.quantity.end : number.quantity.end + 20]
    return "bis zu" if re.match(r"\s+(?:und|oder) weniger", after) else None


def _condition_measure(text: str, unit: str) -> str | None:
    for rule in section("conditions", "measure"):
        if compiled(rule["unit"]).search(unit) and any_case(rule["cue"]).search(text):
            return str(rule["name"])
    return {"EUR": "guideline_amount"}.get(unit)


def _deadlines(scene: Scene) -> Iterator[Fact]:
    """The last day for applications; of »ab 31. August bis spätestens 15. Oktober« one row with both days."""
    if not has(scene.text, "conditions", "deadline", "cue"):
        return
    days = [d for d in scene.dates if d.is_day and not _is_reference(scene, d)]
    if not days:
        return
    if scene.cells:  # a column for each version
        yield from (_condition(scene, "application_deadline", d.iso, "date", at=d.start) for d in days)
        return
    first, last = days[0], days[-1]
    if first is not last and last.start - first.end < _SPAN:
        yield _condition(scene, "application_opening", first.iso, "date")
    attributes: dict[str, Attribute] = (
        {"until": last.iso, "from": first.iso} if first is not last else {"until": last.iso}
    )
    if last.year is None:
        attributes["recurs"] = "yearly"
    found = _condition(scene, "application_deadline", last.iso, "date")
    yield replace(found, attributes={**found.attributes, **attributes})


def _is_reference(scene: Scene, mention: DateMention) -> bool:
    """»in der Fassung vom 10. April 2001«, »Stand: …«: a day that is only referred to."""
    before = scene.text[: mention.start]
    return mention.year is not None and bool(re.search(r"\b(?:vom|Stand:?|geändert am|seit dem)\s+$", before))


def _pay_groups(scene: Scene) -> Iterator[Fact]:
    for match in pattern("conditions", "pay_group").finditer(scene.text):
        scale = "E" if match["scale"] == "E" else "EG"
        found = _condition(scene, "pay_group_max", int(match["group"]), scale, qualifier="bis zu")
        step: dict[str, Attribute] = {"step": match["step"]} if match["step"] else {}
        yield replace(found, attributes={**found.attributes, **step})


def _exclusions(scene: Scene) -> Iterator[Fact]:
    if scene.is_item and not scene.is_heading and has(scene.lead, "conditions", "exclusion"):
        yield _condition(scene, "funding_exclusion", _ITEM.sub("", scene.text).rstrip(" .,;"), None)
        return
    match = any_case(section("conditions", "exclusion")).search(scene.text)
    if match is None or scene.text.rstrip().endswith(":") or scene.quantities:
        return
    excluded = scene.cells[0].value if scene.cells else _excluded(scene.text, match)
    if excluded:
        yield _condition(scene, "funding_exclusion", excluded, None)


def _excluded(text: str, match: re.Match[str]) -> str:
    """»Nicht zuwendungsfähig sind investive Ausgaben.« → »investive Ausgaben«."""
    after = re.match(r"\s+(?:sind|ist|werden|wird)\s+(?P<what>[^.;]+)", text[match.end() :])
    if after:
        return after["what"].strip()
    before = re.search(r"(?P<what>[^.;:]+?)\s+(?:sind|ist|werden|wird)\s*$", text[: match.start()])
    return before["what"].strip(" –-") if before else ""


def _is_rule(scene: Scene) -> bool:
    if scene.is_heading or has(scene.text, "conditions", "not_a_rule") or scene.text.endswith(("?", ":")):
        return False
    if has(scene.lead, "conditions", "objects") and not has(scene.lead, "conditions", "priority"):
        return False
    listed = bool(scene.lead) and has(scene.lead, "conditions", "lead")
    row = bool(scene.cells) and has(scene.text, "conditions", "row")
    return (
        listed
        or row
        or has(scene.text, "conditions", "rule")
        or (guideline_of(scene.document) is not None and scene.is_item)
    )


def _condition(
    scene: Scene, measure: str, value: Value, unit: str | None, qualifier: str | None = None, *, at: int = 0
) -> Fact:
    return statement(
        "funding",
        guideline_headed(scene) or guideline_named(scene.document) or programme_of(scene.document),
        as_of(scene, at, len(scene.text)),
        scene.span,
        measure=measure,
        value=value,
        unit=unit,
        qualifier=qualifier,
        attributes={"wording": " ".join(scene.text.split())[:_WORDING]},
        rule="condition",
    )
