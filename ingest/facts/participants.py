"""Who takes part without being a member: planning to join, advised, with a preliminary agreement, or an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.joining import day_of
from ingest.facts.moments import published
from ingest.facts.programmes import mentions_programme
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import association_in, is_example, is_venue, places_of, subject_of
from ingest.facts.types import Fact, Subject
from ingest.facts.vocabulary import has, section


def participants(found: Sequence[Scene], members: set[str]) -> Iterator[Fact]:
    """The participants of a document, one row each, leaving out `members`."""
    seen = set(members)
    for scene in found:
        for subject, stage in _participants(scene):
            if subject.name not in seen:
                seen.add(subject.name)
                yield _participant(scene, subject, stage)


def _participants(scene: Scene) -> Iterator[tuple[Subject, str]]:
    stage = _stage_of_row(scene) if scene.cells else _stage(scene)
    if stage is None or scene.text.endswith("?"):
        return
    towns = [m for m in scene.places if m.role == "municipality" and not m.derived and not is_venue(scene.text, m)]
    association = association_in(scene.text)
    if association is not None and stage in ("named", "listed"):
        yield Subject(association.group()), stage
    for mention in towns:
        if stage != "listed" or is_example(scene, mention):
            yield subject_of(mention), "named" if stage == "listed" else stage
    if stage in ("pre_agreement", "planned") and not towns and not association:
        yield from ((subject, stage) for subject in places_of(scene.document))


def _stage_of_row(scene: Scene) -> str | None:
    """A row of a table of municipalities: a cell says how far they are."""
    values = " ; ".join(cell.value for cell in scene.cells[1:])
    if not scene.places and association_in(scene.cells[0].value) is None:
        return None
    if has(values, "joined", "preliminary"):
        return "pre_agreement"
    stages = section("named", "stage_of_cell")
    return next((str(stages[cell.value]) for cell in scene.cells[1:] if cell.value in stages), None)


def _stage(scene: Scene) -> str | None:
    """How far a town of the sentence has come."""
    text = scene.text
    if has(text, "joined", "preliminary"):
        return "pre_agreement"
    before = scene.before.text if scene.before is not None and re.match(r"Eine solche\b", text) else ""
    joins = has(f"{before} {text}", "joined", "agreement") or has(text, "joined", "trigger")
    text = scene.said
    proposed = not any(d.is_day for d in scene.dates) and has(scene.document.title, "joined", "proposal")
    if joins and (proposed or has(text, "joined", "planned")):
        return "planned"
    if has(text, "named", "list") and mentions_programme(scene.document):
        return "listed"
    if has(text, "named", "advised"):
        return "advised"
    if has(text, "named", "coached"):
        return "coached"
    if has(text, "named", "taking_part") or has(text, "named", "span"):
        return "named"
    return None


def _participant(scene: Scene, subject: Subject, stage: str) -> Fact:
    day = day_of(scene) if stage == "pre_agreement" else None
    moment = day or published(scene.document)
    return statement(
        "participant", subject, moment, scene.span,
        measure="stage", value=None, attributes={"stage": stage}, rule="participant",
    )  # fmt: skip
