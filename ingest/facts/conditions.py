"""What a guideline of funding prescribes: shares, limits, deadlines, durations, exclusions, else the rule itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ingest.facts.deadlines import asked_before, deadlines, validity
from ingest.facts.exclusions import exclusions
from ingest.facts.figures import subject_of_number
from ingest.facts.numbers import Number, numbers
from ingest.facts.prescribed import guideline_said, prescribed
from ingest.facts.scenes import Scene
from ingest.facts.subjects import association_in, guideline_of, places_of
from ingest.facts.types import Attribute, Fact
from ingest.facts.vocabulary import any_case, compiled, has, pattern, section
from ingest.german.quantities import Quantity
from ingest.types import Document

_CHARACTERS_A_CUE = 800  # a law that mentions funding now and then is no guideline of funding
_TERMS, _CHARACTERS_A_TERM = 5, 250  # so many terms of guidelines, so close together, and a text is about conditions
_STEM = 9  # letters that tell terms apart
_LONGEST_HEADING = 100  # characters
_SECTION = re.compile(
    r"(?:§\s?)?\d{1,2}(?:\.\d{1,2}){0,2}\.?\s+(?:(?:Wer|Was|Wie|Wann|Wo|Welche)\b[^.;!?]{2,60}|(?:[\w-]+,?\s?){1,6})"
)
_FINITE = re.compile(
    r"\b(?:ist|sind|wird|werden|muss|müssen|darf|dürfen|kann|können|soll|sollen|hat|haben|gilt|gelten)\b"
)
_SHARES, _LIMITS = ("Prozent", "Anteil"), ("mindestens", "bis zu")


@lru_cache(maxsize=64)
def is_about_conditions(document: Document) -> bool:
    """Whether a document is a guideline of funding, or a text about one."""
    title = document.title
    if has(title, "bodies", "guideline") or has(title, "conditions", "documents"):
        return True
    if guideline_of(document) is not None:
        often = max(2, len(document.text) // _CHARACTERS_A_CUE)
        return has(title, "conditions", "cue") or len(pattern("conditions", "cue").findall(document.text)) >= often
    body = document.body(len(document.text))
    terms = [term.casefold()[:_STEM] for term in pattern("conditions", "terms").findall(body)]
    return len(set(terms)) >= _TERMS and len(terms) * _CHARACTERS_A_TERM >= len(body)


def is_conditional(scene: Scene) -> bool:
    """Whether a sentence stands in a guideline, or under a heading of conditions (»Wer wird gefördert?«)."""
    headed = scene.heading != scene.document.title and has(scene.heading, "conditions", "section")
    return headed or is_about_conditions(scene.document)


def conditions(scene: Scene) -> Iterator[Fact]:
    """What a sentence of a guideline prescribes."""
    found = [*_amounts(scene), *_durations(scene), *deadlines(scene), *_pay_groups(scene), *exclusions(scene)]
    found = found or [*validity(scene)]
    if _is_rule(scene) and (not found or _rule_beside(scene, found)):
        found.append(prescribed(scene, _rule_about(scene), None, None))
    yield from found


def conditions_told(scene: Scene) -> Iterator[Fact]:
    """What a sentence tells of the conditions in a text about something else."""
    if not has(f"{asked_before(scene)} {scene.text}", "conditions", "anywhere") and guideline_said(scene) is None:
        return
    found = [_local(scene, fact) for fact in _amounts(scene) if fact.unit in _SHARES]
    found += [*deadlines(scene), *exclusions(scene)]
    if not found and not scene.is_heading and has(scene.text, "conditions", "required"):
        found.append(prescribed(scene, _rule_about(scene), None, None))
    yield from found


def _local(scene: Scene, fact: Fact) -> Fact:
    """A share that a text about a town gives is that of the town's project, and the limit of a guideline is not."""
    if fact.qualifier in _LIMITS and guideline_said(scene) is not None:
        return fact
    near = next((n for n in numbers(scene) if n.quantity.number == fact.value), None)
    subject = subject_of_number(scene, near) if near is not None and not is_for_all(scene) else None
    return replace(fact, subject=subject.name, place=subject.place) if subject and subject.place else fact


def is_for_all(scene: Scene) -> bool:
    """Whether money is for all who take part, or for several towns that a text is about, and for none of its own."""
    roles = ("municipality", "district") if scene.cells else ("municipality",)
    named = any(m.role in roles for m in scene.places) or association_in(scene.text)
    if named or has(scene.text, "funding", "own_money"):
        return False
    return len(places_of(scene.document)) > 1 or has(scene.text, "funding", "everyone")


def _amounts(scene: Scene) -> Iterator[Fact]:
    for number in numbers(scene):
        measure = _measure(scene, number)
        if measure is None:
            continue
        quantity = number.quantity
        found = prescribed(scene, measure, quantity.number, number.unit, at=quantity.start)
        yield replace(found, qualifier=quantity.qualifier or _own_qualifier(scene, number))


def _measure(scene: Scene, number: Number) -> str | None:
    """What a number limits: by the words of its clause, by its qualifier, by the words of the sentence."""
    quantity = number.quantity
    first, last = scene.clause(quantity.start, quantity.end)
    if number.unit in _SHARES and _is_of_others(scene, quantity):
        return None
    if (
        quantity.kind != "money"
        and has(scene.text[first:last], "conditions", "reckoned")
        and not _is_of_money(scene, quantity)
    ):
        return None
    by_qualifier = section("conditions", "by_qualifier").get(quantity.qualifier) if number.unit == "EUR" else None
    found = _by_words(scene.text[first:last], number.unit) or by_qualifier or _by_words(scene.said, number.unit)
    if found == "funding_share" and quantity.qualifier == "bis zu":
        return "funding_share_max"
    return found or _limit(scene, number)


def _is_of_others(scene: Scene, quantity: Quantity) -> bool:
    """»30 Prozent der Befragten«: a share of people or things, and not of money."""
    base = pattern("conditions", "base", "of").match(scene.text, quantity.end)
    return base is not None and not pattern("conditions", "base", "money").search(base["noun"])


def _is_of_money(scene: Scene, quantity: Quantity) -> bool:
    """»Das entspricht 20 Prozent der Gesamtkosten«, »der Fördersatz liegt im Mittel bei 78 Prozent«."""
    if has(scene.text[slice(*scene.clause(quantity.start, quantity.end))], "conditions", "base", "share"):
        return True
    base = pattern("conditions", "base", "of").match(scene.text, quantity.end)
    return base is not None and pattern("conditions", "base", "money").search(base["noun"]) is not None


def _by_words(text: str, unit: str) -> str | None:
    for rule in section("conditions", "measure"):
        if compiled(rule["unit"]).search(unit) and any_case(rule["cue"]).search(text):
            return str(rule["name"])
    return None


def _limit(scene: Scene, number: Number) -> str | None:
    """»höchstens fünf Vorhaben«, »bis zu 80 Prozent«: what a guideline limits, whatever it counts."""
    if not is_conditional(scene):
        return None
    if number.unit in ("EUR", "Prozent"):
        return "guideline_amount" if number.unit == "EUR" else "funding_share_max"
    if has(number.unit, "conditions", "counted"):
        return "guideline_limit"  # »in drei Raten«
    fewer = number.measure == "population" and number.quantity.qualifier == "weniger als"
    limits = fewer or number.quantity.qualifier in _LIMITS
    return "guideline_limit" if limits else None


def _own_qualifier(scene: Scene, number: Number) -> str | None:
    after = scene.text[number.quantity.end : number.quantity.end + 20]
    return "bis zu" if re.match(r"\s+(?:und|oder) weniger", after) else None


def _durations(scene: Scene) -> Iterator[Fact]:
    """»längstens drei Jahre«: years are no figure elsewhere, but here they say how long."""
    for quantity in scene.quantities:
        if re.match(r"Jahre?n?$", quantity.unit) and not _is_ago(scene, quantity):
            found = prescribed(scene, "guideline_period", quantity.number, quantity.unit, at=quantity.start)
            yield replace(found, qualifier=quantity.qualifier)


def _is_ago(scene: Scene, quantity: Quantity) -> bool:
    """»seit drei Jahren«, »drei Jahre alt«: a span that is no rule."""
    before, after = scene.text[: quantity.start], scene.text[quantity.end :]
    return bool(re.search(r"\b(?:seit|vor)\s+(?:\w+\s+)?$", before) or re.match(r"\s+(?:alt|später|zuvor)\b", after))


def _pay_groups(scene: Scene) -> Iterator[Fact]:
    for match in pattern("conditions", "pay_group").finditer(scene.text):
        scale = "E" if match["scale"] == "E" else "EG"
        found = prescribed(scene, "pay_group_max", int(match["group"]), scale, qualifier="bis zu")
        step: dict[str, Attribute] = {"step": match["step"]} if match["step"] else {}
        yield replace(found, attributes={**found.attributes, **step})


def _is_rule(scene: Scene) -> bool:
    unfinished = scene.text.endswith(("?", ":")) or scene.heading.endswith(scene.text)
    if scene.is_heading or unfinished or _heads_section(scene) or has(scene.text, "conditions", "not_a_rule"):
        return False
    if has(scene.lead, "conditions", "objects") and not has(scene.lead, "conditions", "priority"):
        return False
    listed = bool(scene.lead) and has(scene.lead, "conditions", "lead")
    row = bool(scene.cells) and has(scene.text, "conditions", "row")
    item = guideline_of(scene.document) is not None and scene.is_item
    return listed or row or item or has(scene.text, "conditions", "rule")


def _heads_section(scene: Scene) -> bool:
    """»3. Voraussetzungen«, »2. Wer gefördert wird«: a heading in plain text."""
    heading = _SECTION.fullmatch(scene.text) if len(scene.text) <= _LONGEST_HEADING else None
    return (
        heading is not None and not scene.lead and (scene.text.split()[1][0] == "W" or not _FINITE.search(scene.text))
    )


def _rule_beside(scene: Scene, found: list[Fact]) -> bool:
    """»Voraussetzung ist eine Vereinbarung, die nicht älter als zwölf Monate ist«: a rule, and a limit beside it."""
    if any(not fact.unit or fact.unit == "date" for fact in found) or scene.cells:
        return False
    start = min((q.start for q in scene.quantities), default=0)
    first = scene.clause(start, start)[0]
    rest = scene.text[:first]
    listed = scene.is_item and has(scene.lead, "conditions", "prerequisites")
    return len(rest.split()) > 2 and (listed or has(rest, "conditions", "prerequisites"))


def _rule_about(scene: Scene) -> str:
    """What a rule without a number is about."""
    rules = section("conditions", "rule_about")
    return next((str(r["name"]) for r in rules if any_case(r["pattern"]).search(scene.text)), "funding_condition")
