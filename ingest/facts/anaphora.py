"""Towns that a sentence speaks of without naming them: »Sie hat …«, »dort«, »die vier Rathäuser«."""

from __future__ import annotations

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
from ingest.facts.vocabulary import pattern
from ingest.german.quantities import number_words

_BACK = 5  # sentences that a paragraph may go on about a town without naming it


def sentence_before(scene: Scene, *, there: bool = False) -> Subject | None:
    """»Sie hat eine Fläche von …«: the only place of the last sentence before that names one; `there`: »dort« does."""
    before = scene.before
    for _ in range(_BACK):
        if before is None:
            return None
        text = before.text
        named = [m for m in before.places if there or not (is_scene(before, m) or is_example(before, m))]
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


def towns_again(scene: Scene) -> tuple[Subject, ...]:
    """»Die vier Rathäuser haben …«: the towns of the sentence before that names so many."""
    match = pattern("subjects", "group").search(scene.text)
    many = int(number_words().get(match["many"].casefold(), 0)) if match else 0
    above = scene.before if many > 1 else None
    while above is not None:
        towns = towns_of([m for m in above.places if not is_scene(above, m)])
        if len(towns) == many:
            return towns
        above = above.before
    return ()
