"""Whom a happening is about: the town or body that did it, else the programme."""

from __future__ import annotations

import re

from ingest.facts.anaphora import sentence_before
from ingest.facts.days import days_of
from ingest.facts.event_kinds import BRACKET
from ingest.facts.owners import home_of
from ingest.facts.programmes import body_text, find_programme, names_programme, programme_of
from ingest.facts.scenes import Scene, places_in
from ingest.facts.subjects import (
    association_in,
    body_of,
    guideline_of,
    headed_town,
    is_example,
    is_venue,
    places_of,
    subject_of,
    titled_body,
    towns_of,
)
from ingest.facts.types import Subject
from ingest.facts.vocabulary import has, pattern
from ingest.german.places import PlaceMention
from ingest.types import Document

_VENUES = ("conference", "course", "meeting", "public_day", "start")  # »in X« says where these were
_GATHERINGS = ("conference", "course")
_OF_TOWNS = ("council_founded", "decision")  # a sentence without a town goes on about that of the one before
_MOST = 3  # towns; where more join together, it is about the programme
_IN = re.compile(r"\b(?:in|nach|auf)\s+$")
_ARTICLE = re.compile(r"(?:\b(?:[Dd]ie|[Dd]as)|^Der)\s+(?:[a-zäöü]+e\s+)?$")


def subject_of_event(scene: Scene, kind: str, start: int) -> Subject | None:
    """Whom a happening on the day at an offset of the sentence is about; None where a list does not tell."""
    if kind == "founded" or _founds_programme(scene):
        return programme_of(scene.document)
    if has(scene.text, "events", "statewide"):
        return titled_body(scene.document) or programme_of(scene.document)
    guideline = guideline_of(scene.document)
    if guideline is not None and has(scene.text, "joined", "object"):
        return guideline
    first = places_in(scene.cells[0].value, scene.document) if scene.cells else []
    if len(first) == 1:
        return subject_of(first[0])
    towns = _towns(scene, kind)
    if (district := _of_district_council(scene)) is not None:
        return district
    association = association_in(scene.text)
    if association is not None and not scene.text[: association.start()].strip("– "):
        return Subject(association.group())  # whatever towns belong to it
    if kind == "agreement_signed" and len(scene.dates) == 1 and len(towns) + (association is not None) > _MOST:
        return programme_of(scene.document)
    association = association or association_in(scene.document.title)
    if association is not None:
        return Subject(association.group())
    beside = _beside(scene, towns, start)
    if beside is None and len(scene.dates) > 1 and BRACKET.search(scene.text[:start]):
        return None
    if beside is not None or towns:
        return beside or subject_of(towns[0])
    return _unnamed(scene, kind, start)


def _of_district_council(scene: Scene) -> Subject | None:
    """»Der Kreistag hat am 26. Februar zugestimmt«: the district that it names, else the only one of the text."""
    match = pattern("events", "district_council").search(scene.text)
    if match is None:
        return None
    document = scene.document
    text = match["name"] or f"{document.title}\n{document.publisher or ''}\n{body_text(document)}"
    named = {m.candidates[0].name: m for m in places_in(f"Landkreis {text}" if match["name"] else text, document)}
    districts = [m for m in named.values() if m.role == "district"]
    return subject_of(districts[0]) if len(districts) == 1 else None


def _founds_programme(scene: Scene) -> bool:
    """»In Musterau ist die Allianz gegründet worden«: the programme as subject or object of its founding."""
    if pattern("events", "programme_itself").match(scene.text) and has(scene.text, "events", "founded"):
        return True
    name = find_programme(scene.text, scene.document)
    if name is None or not has(scene.text, "events", "programme") or has(scene.text, "events", "not_programme"):
        return False
    return bool(_ARTICLE.search(scene.text[: name.start()]))


def _towns(scene: Scene, kind: str) -> list[PlaceMention]:
    """The towns that a sentence names and not only as venue or example."""
    towns = [m for m in scene.places if m.role == "municipality" and not is_example(scene, m)]
    towns = [m for m in towns if not is_venue(scene.text, m)]
    if kind in _VENUES:
        own = {subject.name for subject in places_of(scene.document)}
        towns = [m for m in towns if subject_of(m).name in own or not _is_where(scene, m)]
    return [m for m in towns if not m.derived or len(towns) == 1]


def _is_where(scene: Scene, mention: PlaceMention) -> bool:
    """»in Musterau«, or a cell under »Ort«."""
    cell = scene.cell_at(mention.start)
    column = cell is not None and has(cell.label, "events", "venue_column")
    return column or bool(_IN.search(scene.text[: mention.start]))


def _beside(scene: Scene, towns: list[PlaceMention], start: int) -> Subject | None:
    """Where a sentence has several days, the town in the clause of the day."""
    if len(days_of(scene)) == 1:
        return None
    first, last = scene.clause(start, start)
    near = {subject_of(m).name: m for m in towns if first <= m.start < last}
    return subject_of(next(iter(near.values()))) if len(near) == 1 else None


def _unnamed(scene: Scene, kind: str, start: int) -> Subject:
    """A sentence without a town: that of its heading, of the sentence before or of the document, else the programme."""
    document = scene.document
    founded = pattern("events", "body_founded").search(scene.text)
    if founded is not None:
        return Subject(re.sub(r"(?<=des )(\w+?)e?s\b", r"\1", founded.group()).split(" ", 2)[2])
    headed = headed_town(scene) if scene.heading != document.title else None
    if headed is not None:
        return headed
    own = places_of(document)
    spoken = has(scene.text, "events", "speaker")
    before = sentence_before(scene) if (kind in _OF_TOWNS or spoken) and scene.follows and not own else None
    if before is not None:
        return before
    started = names_programme(scene.text[:60], document) and has(scene.text, "events", "programme")
    elsewhere = kind in _VENUES and any(m.role == "municipality" and not m.derived for m in scene.places)
    started = started or ((elsewhere or kind in _GATHERINGS) and names_programme(scene.text, document))
    if own and not started:
        return own[0]
    if names_programme(scene.text, document):
        return programme_of(document)
    if has(scene.text, "events", "addressed") and (town := _addressee(document)) is not None:
        return town
    home = home_of(document)
    if home is not None and has(scene.text, "events", "of_town"):
        return home
    first, last = scene.clause(start, start)
    body = titled_body(document) or body_of(scene.text[first:last])
    if body is None or has(body.name, "subjects", "gatherings"):  # the event itself
        return programme_of(document)
    return body


def _addressee(document: Document) -> Subject | None:
    """The town that a letter is written to: the only one that its head addresses (»Gemeinde Musterau«)."""
    head = "\n".join(document.text[s.start : s.end] for s in document.sections if s.role == "contact")
    names = set(pattern("events", "address_line").findall(head))
    if len(names) != 1:
        return None
    name = names.pop()
    return next(iter(towns_of(places_in(name, document))), Subject(name))
