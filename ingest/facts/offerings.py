"""What the programme offers, and what a municipality uses of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.conditions import is_about_conditions
from ingest.facts.moments import published
from ingest.facts.programmes import programme_of
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import association_in, places_of, speaks_of_programme, subject_of, titled_body
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import compiled, has, section


def offerings(found: Sequence[Scene]) -> Iterator[Fact]:
    """The offerings of a document, once for each subject."""
    seen: set[tuple[str, str]] = set()
    for scene in found:
        if is_about_conditions(scene.document) and not (scene.is_item and has(scene.lead, "conditions", "objects")):
            continue
        for name, wording in _named(scene):
            for subject, measure in _subjects(scene):
                if (name, subject.name) not in seen:
                    seen.add((name, subject.name))
                    yield _offering(scene, name, wording, subject, measure)


def _named(scene: Scene) -> Iterator[tuple[str, str]]:
    """Offerings of a sentence; a sum of money is no offering, and a special course is not named twice."""
    if scene.text.endswith("?"):
        return
    if scene.cells and has(scene.cells[0].label, "offers", "column"):
        yield scene.cells[0].value, scene.cells[0].value
        return
    found = [(rule, match) for rule in section("offering") if (match := compiled(rule["pattern"]).search(scene.text))]
    money = any(q.kind == "money" for q in scene.quantities)
    special = any("general" not in rule for rule, _ in found)
    for rule, match in found:
        if any(q.start <= match.start() < q.end for q in scene.quantities):
            continue  # counted, not offered
        general = rule.get("general")
        if (general == "money" and money) or (general == "course" and special and " " not in match.group()):
            continue
        yield str(rule["name"]), match.group()


def _subjects(scene: Scene) -> list[tuple[Subject, str]]:
    """Who offers it or uses it; nobody where the sentence does neither."""
    if scene.is_heading and scene.document.title == " ".join(scene.text.split()):
        return []
    text = scene.said
    if is_about_conditions(scene.document):
        return [(programme_of(scene.document), "offered")]
    if scene.cells and has(scene.cells[0].label, "offers", "column"):
        return [(programme_of(scene.document), "offered")]
    if has(text, "offerings", "negated") and not has(text, "offerings", "free"):
        return []
    association = association_in(scene.text)
    towns = [m for m in scene.places if m.role == "municipality" and not m.derived]
    if has(text, "offerings", "use") and (towns or association):
        if association is not None:
            return [(Subject(association.group()), "used")]
        return [(subject, "used") for subject in {subject_of(m).name: subject_of(m) for m in towns}.values()]
    own = places_of(scene.document)
    titled = association_in(scene.document.title)
    if has(text, "offerings", "use") and titled is not None:
        return [(Subject(titled.group()), "used")]
    if has(text, "offerings", "use") and own and not speaks_of_programme(scene):
        return [(own[0], "used")]
    if has(text, "offerings", "use") and own and not has(text, "offerings", "offer"):
        return []
    listed = scene.is_item and has(f"{scene.document.title} {scene.heading}", "conditions", "title")
    if listed or has(text, "offerings", "offer") or has(text, "offerings", "use") or scene.is_heading:
        return [(titled_body(scene.document) or programme_of(scene.document), "offered")]
    return []


def _offering(scene: Scene, name: str, wording: str, subject: Subject, measure: str) -> Fact:
    attributes: dict[str, Attribute] = {"wording": re.sub(r"\s+", " ", wording)}
    return statement(
        "offering", subject, published(scene.document), scene.span,
        measure=measure, value=name, attributes=attributes, rule="offering",
    )  # fmt: skip
