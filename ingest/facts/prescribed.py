"""A condition as a statement: it belongs to the guideline that a document is or tells of, else to the programme."""

from __future__ import annotations

from ingest.facts.as_of import as_of
from ingest.facts.programmes import programme_of
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import guideline_headed, guideline_name, guideline_named
from ingest.facts.types import Fact, Subject, Value
from ingest.facts.vocabulary import pattern

_WORDING = 200  # characters of a condition that are kept beside its values


def prescribed(
    scene: Scene, measure: str, value: Value, unit: str | None, qualifier: str | None = None, *, at: int = 0
) -> Fact:
    """What a sentence prescribes; `at` is where its value stands."""
    return statement(
        "funding",
        _rules_of(scene),
        as_of(scene, at, len(scene.text)),
        scene.span,
        measure=measure,
        value=value,
        unit=unit,
        qualifier=qualifier,
        attributes={"wording": " ".join(scene.text.split())[:_WORDING]},
        rule="condition",
    )


def _rules_of(scene: Scene) -> Subject:
    """Whose rules a sentence tells: those of the guideline that it, its heading or its document names."""
    named = guideline_headed(scene) or guideline_said(scene) or guideline_named(scene.document)
    return named or programme_of(scene.document)


def guideline_said(scene: Scene) -> Subject | None:
    """The guideline that a sentence itself names: »nach der RL Muster bis zu 70 Prozent«."""
    match = pattern("bodies", "under_guideline").search(scene.text)
    return Subject(guideline_name(match)) if match else None
