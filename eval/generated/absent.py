"""Questions that no document answers, by construction: what they ask about is mentioned nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from eval.generated.made import Made, Material, templates
from ingest.german.places import all_places, find_places

PLACES = 60
YEARS = (*range(1990, 2012), *range(2031, 2040))
_BEFORE = ("1998-12-31", "2009-06-30", "2014-05-01")


def absent(material: Material, rng: Random) -> Iterator[Made]:
    """All of them, by template."""
    text = material.text
    places = _places(text)
    rng.shuffle(places)
    years = [year for year in YEARS if str(year) not in text]
    yield from _rules_elsewhere(material, places[:PLACES])
    yield from _rules_in_other_years(material, years)
    yield from _things(material, text, places)
    yield from _people(material, text)
    for id, kind in (("nonsense", "nonsense"), ("override", "override")):
        for phrase in templates()["absent"][id]:
            for place, year in zip(places, years * PLACES, strict=False):
                yield Made(id, phrase.format(place=place, year=year), kind)


def _places(text: str) -> list[str]:
    """Towns of the gazetteer that are mentioned nowhere, also not as a part of a word."""
    names = [place.name for place in all_places() if place.kind != "Landkreis"]
    once = [name for name in names if names.count(name) == 1 and " " not in name]
    return [name for name in once if name.casefold() not in text and len(find_places(f"in {name}")) == 1]


def _rules_elsewhere(material: Material, places: list[str]) -> Iterator[Made]:
    for rule in templates()["row"]:
        if rule["about"] != "place" or rule.get("wants") == "yes":
            continue
        offices = {str(r.fact.value) for r in material.rows if r.fact.kind == "person" and r.fact.place}
        values = sorted(v for v in offices if " " not in v) if rule.get("by_value") else [""]
        for phrase in rule["ask"]:
            for number, place in enumerate(places):
                event = list(templates()["events"].values())[number % len(templates()["events"])]
                value = values[number % len(values)] if values else ""
                text = phrase.format(place=place, programme=material.programme, value=value, event=event)
                yield Made(f"absent-{rule['id']}", text, "absent-place")


def _rules_in_other_years(material: Material, years: list[int]) -> Iterator[Made]:
    for rule in templates()["row"]:
        if not rule.get("states"):
            continue
        for phrase in rule["ask"]:
            question = phrase.format(programme=material.programme)
            for year in years:
                for form in templates()["absent"]["years"]:
                    text = form.format(question=question.rstrip("?."), year=year)
                    yield Made("other-year", text, "wrong-year")
            for day in _BEFORE:
                if day < min(material.states, default=day):
                    yield Made("too-early", question, "wrong-year", as_of=day)


def _things(material: Material, text: str, places: list[str]) -> Iterator[Made]:
    rules = templates()["absent"]
    for thing in rules["things"]:
        if thing[:-2].casefold() in text:
            continue
        for number, phrase in enumerate(rules["ask"]):
            place = places[(number * 7 + len(thing)) % len(places)]
            text_ = phrase.format(thing=thing, place=place, programme=material.programme)
            yield Made("other-subject", text_, "out-of-scope")


def _people(material: Material, text: str) -> Iterator[Made]:
    rules = templates()["absent"]
    for name in rules["names"]:
        for phrase in rules["persons"]:
            if name.split()[-1].casefold() not in text:
                yield Made("unknown-person", phrase.format(name=name), "missing-detail")
    for name in sorted({row.fact.subject for row in material.rows if row.fact.kind == "person"}):
        for phrase in rules["private"]:
            yield Made("private", phrase.format(name=name), "private")
