"""Towns that a sentence speaks of without naming them: »Sie hat …«, »dort«, »die vier Rathäuser«."""

from __future__ import annotations

import re

from ingest.facts.programmes import calls_programme
from ingest.facts.scenes import Scene
from ingest.facts.subjects import (
    acting,
    areas_of,
    association_in,
    in_brackets,
    is_example,
    is_scene,
    towns_of,
)
from ingest.facts.types import Subject
from ingest.facts.vocabulary import has, pattern
from ingest.german.places import PlaceMention
from ingest.german.quantities import number_words

_INSIDE = re.compile(r"\b[Ii]n\s$")
_BACK = 5  # sentences that a paragraph may go on about a town without naming it


def sentence_before(scene: Scene, *, there: bool = False) -> Subject | None:
    """»Sie hat eine Fläche von …«: the only place of the last sentence before that names one; `there`: »dort« does."""
    before = scene.before
    for _ in range(_BACK):
        if before is None:
            return None
        text = before.text
        named = [m for m in before.places if there or _is_spoken_of(before, m)]
        named = [m for m in named if there or not in_brackets(text, m.start)]
        association = None if before.places else association_in(text)
        if association is not None:
            return Subject(association.group())
        if there and (body := acting(before, len(text))) is not None:
            return body
        places = areas_of(named, derived=True) if there else towns_of(named)
        if places or not (before.follows or there):
            return places[0] if len(places) == 1 else None
        before = before.before
    return None


def _is_spoken_of(scene: Scene, mention: PlaceMention) -> bool:
    """Whether a place is neither where people met nor an example; a mayor who speaks speaks of her town."""
    if pattern("subjects", "mayor").match(scene.text, mention.end):
        return True
    if mention.end + 1 == len(scene.text) and not mention.start:
        return False  # »Musterau.«: where a report was written
    inside = _INSIDE.search(scene.text[: mention.start])
    if inside and (calls_programme(scene.text, scene.document) or has(scene.text, "programme", "itself")):
        return False  # »als das Bündnis in Musterau gegründet wurde«
    return not (is_scene(scene, mention) or is_example(scene, mention))


def towns_again(scene: Scene) -> tuple[Subject, ...]:
    """»Die vier Rathäuser haben …«: the towns of the sentence before that names so many."""
    match = pattern("subjects", "group").search(scene.text)
    many = int(number_words().get((match["many"] or match["each"]).casefold(), 0)) if match else 0
    above = scene.before if many > 1 else None
    while above is not None:
        towns = towns_of([m for m in above.places if not is_scene(above, m)])
        if len(towns) == many:
            return towns
        above = above.before
    return ()
