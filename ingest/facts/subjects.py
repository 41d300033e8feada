"""Whom a statement is about: a municipality or district, a body, a guideline, or the programme."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from ingest.facts.programmes import body_text, names_programme, programme_of, short_title
from ingest.facts.scenes import Scene, places_in
from ingest.facts.types import PlaceRef, Subject
from ingest.facts.vocabulary import compiled, has, pattern, section
from ingest.german.places import PlaceMention
from ingest.german.quantities import Quantity
from ingest.types import Document
from ingest.validity import REGULATIONS

_LIST = r"(?:[\s,]+[^.;:()]*)?$"
_NEAR = 90
_BACK = 3  # sentences that a paragraph may go on about a town without naming it
_ROOM = re.compile(r"\b(?:im|in der|in den|am|auf dem)\s+[A-ZÄÖÜ]\w+\s+(?:von|in)\s+$")
_OPENING = 400  # characters that say what a text is about
_SHARE = 0.4  # of all mentions of towns, for those that a text is about
_MOST = 3  # a text that names more places is about none of them


@lru_cache(maxsize=256)
def guideline_of(document: Document) -> Subject | None:
    """The guideline that a document is, or retells; None for other documents."""
    match = pattern("bodies", "guideline").search(document.title)
    if (match is None or not match["name"]) and has(document.title, "conditions", "documents"):
        match = pattern("bodies", "guideline").search(body_text(document)) or match
    short = pattern("bodies", "short_guideline").search(document.title)
    if short is not None:
        return Subject(short["name"])
    if match is None and document.kind == "guideline":
        match = pattern("bodies", "under_guideline").search(body_text(document))
    if match is not None:
        return Subject(_guideline_name(match))
    return Subject(short_title(document.title)) if document.kind in REGULATIONS else None


@lru_cache(maxsize=256)
def guideline_named(document: Document) -> Subject | None:
    """The guideline whose conditions a document tells of: its own, else the one that it says they stand in."""
    own = guideline_of(document)
    match = None if own else pattern("bodies", "under_guideline").search(body_text(document))
    return Subject(_guideline_name(match)) if match else own


def _guideline_name(match: re.Match[str]) -> str:
    """»Richtlinie Sichere Orte«, but »RL SO« for »der Richtlinie RL SO«."""
    name = match["name"] or match["compound"]
    return name if not match["name"] or re.match(r"F?(?:ö)?RL\b", name) else f"Richtlinie {name}"


@lru_cache(maxsize=256)
def places_of(document: Document) -> tuple[Subject, ...]:
    """The municipalities that a document is about: those of its title, else those of its opening, up to three."""
    titled = _towns([m for m in places_in(document.title, document) if not _only_venue(document, m)])
    if titled:
        return titled if len(titled) <= _MOST else ()
    body = next((s for s in document.sections if s.role == "body"), None)
    opening = document.text[body.start : body.start + _OPENING] if body else ""
    venues = {m.name for m in places_in(document.title, document)}  # of a title that is about no town
    first = _towns([m for m in places_in(opening, document) if not is_venue(opening[: m.end + 1], m)])
    first = tuple(town for town in first if town.name not in venues)
    if 0 < len(first) <= _MOST and _is_local(document, first):
        return first
    return _towns(places_in(document.publisher or "", document)) if has(opening, "subjects", "own_town") else ()


@lru_cache(maxsize=256)
def towns_named(document: Document) -> tuple[Subject, ...]:
    """All municipalities of the running text."""
    return _towns(places_in(body_text(document), document))


def _is_local(document: Document, towns: tuple[Subject, ...]) -> bool:
    """Whether a text keeps to its towns: they are more than half of all that it names, and not once only."""
    counts = Counter(subject_of(m).name for m in places_in(body_text(document), document) if m.role == "municipality")
    own = sum(counts[town.name] for town in towns)
    return all(counts[town.name] > 1 for town in towns) and own >= _SHARE * sum(counts.values())


def _towns(mentions: list[PlaceMention]) -> tuple[Subject, ...]:
    found = {}
    for mention in mentions:
        if mention.role == "municipality" and not mention.derived:
            subject = subject_of(mention)
            found[subject.name] = subject
    return tuple(found.values())


def association_in(text: str) -> re.Match[str] | None:
    """An association of municipalities with its name."""
    return pattern("bodies", "associations").search(text)


def subject_of(mention: PlaceMention) -> Subject:
    """The place of a mention as a subject; of several of one name the candidates."""
    first = mention.candidates[0]
    if mention.ambiguous:
        return Subject(mention.name, PlaceRef(mention.name, candidates=tuple(p.ags for p in mention.candidates)))
    return Subject(first.label, PlaceRef(first.name, first.ags or None, first.district or None))


def is_example(scene: Scene, mention: PlaceMention) -> bool:
    """Whether a place stands in a list of examples (»Städte wie Musterroda und Beispielhausen«)."""
    before = scene.text[max(0, mention.start - _NEAR) : mention.start]
    return bool(compiled(section("named", "example") + _LIST).search(before))


def _only_venue(document: Document, mention: PlaceMention) -> bool:
    """Whether the title names a place only as the venue of what the text tells of."""
    behind = re.search(r"\b(?:in|nach)\s+$", document.title[: mention.start])
    return is_venue(document.title, mention) or bool(
        behind and has(body_text(document)[:500], "subjects", "gatherings")
    )


def is_venue(text: str, mention: PlaceMention) -> bool:
    """Whether a place only says where a conference or a meeting was (»Konferenz in Musterau«)."""
    before = text[max(0, mention.start - _NEAR) : mention.start]
    if has(before, "subjects", "buildings") or _ROOM.search(before):
        return True
    return bool(re.search(r"\b(?:in|nach)\s+$", before)) and has(before, "subjects", "gatherings")


def body_of(text: str) -> Subject | None:
    """The body that a title or heading is about."""
    match = pattern("bodies", "names").search(text)
    return Subject(_nominative(match.group())) if match else None


def titled_body(document: Document) -> Subject | None:
    """The body that a document is about by its title, unless the title names the programme."""
    if names_programme(document.title, document):
        return None
    return _introduced(document) or body_of(document.title)


@lru_cache(maxsize=256)
def _introduced(document: Document) -> Subject | None:
    """A programme of its own that the text introduces (»Schulprogramm »Starke Klassen« (SK)«) and the title names."""
    own = programme_of(document).name
    for match in pattern("bodies", "introduced").finditer(body_text(document)):
        names = (match["name"], match["short"])
        if own not in names and any(re.search(rf"\b{re.escape(name)}\b", document.title) for name in names):
            return Subject(match["name"])
    return None


def _nominative(name: str) -> str:
    """»Landespräventionsrats Sachsen« → »Landespräventionsrat Sachsen«."""
    return re.sub(r"(?<=rat|tag)e?s\b", "", name)


def number_subject(scene: Scene, quantity: Quantity, scope: str) -> Subject:
    """Whom a number is about; `scope` is that of its measure: the whole `programme`, `towns`, one `place`, or ""."""
    document = scene.document
    if document.kind in REGULATIONS and scope != "programme" and (rules := guideline_of(document)) is not None:
        return rules  # what a regulation counts and limits is its own
    several = has(scene.text, "subjects", "together") and has(scene.text, "subjects", "several_towns")
    if scope == "place" and not several:
        near = _named_beside(scene, quantity.start) or sentence_before(scene)
        if near is not None:
            return near
    if scope == "programme":
        return _of_association(scene) or programme_of(document)
    if scope == "towns":  # counted are towns, of which only a body or the programme has several
        return _of_association(scene) or guideline_of(document) or titled_body(document) or programme_of(document)
    local = _named_beside(scene, quantity.start) or _association(scene, quantity.start)
    local = local or (None if several else _continued(scene))
    if local is not None:
        return local
    guideline = guideline_of(document)
    if guideline is not None:
        return guideline
    headed = None if scene.heading == document.title else body_of(scene.heading)
    return titled_body(document) or headed or programme_of(document)


def _named_beside(scene: Scene, offset: int) -> Subject | None:
    """The place of the first cell of a row, or the nearest before the number, else the only one of the sentence."""
    if scene.cells:
        association = association_in(scene.cells[0].value)
        if association is not None:
            return Subject(association.group())
        first = _towns(places_in(scene.cells[0].value, scene.document))
        if len(first) == 1:
            return first[0]
        venues = [c for c in scene.cells if c.label == "Ort"]
        at = _towns(places_in(venues[0].value, scene.document)) if venues and not titled_body(scene.document) else ()
        return at[0] if len(at) == 1 else None
    named = [m for m in scene.places if m.role != "body" and not is_example(scene, m) and not m.derived]
    named = [m for m in named if not is_venue(scene.text, m)]
    outside = [m for m in named if not _in_brackets(scene.text, m.start)]
    named = outside or named
    begin, end = scene.clause(offset, offset)
    clause = [m for m in named if begin <= m.start < end]
    if len({m.name for m in named}) > 1 and has(scene.text[begin:end], "subjects", "together"):
        return None
    if len(clause) == 1:
        return subject_of(clause[0])
    before = [m for m in named if m.end <= offset]
    if before:
        return subject_of(before[-1])
    return None


def _in_brackets(text: str, offset: int) -> bool:
    return text.rfind("(", 0, offset) > text.rfind(")", 0, offset)


def sentence_before(scene: Scene) -> Subject | None:
    """»Sie hat eine Fläche von …«: the only place of the last sentence before that names one."""
    before = scene.before
    for _ in range(_BACK):
        towns = _towns([m for m in before.places if not is_venue(before.text, m)]) if before is not None else ()
        if towns or before is None or not before.follows:
            return towns[0] if len(towns) == 1 else None
        before = before.before
    return None


def _of_association(scene: Scene) -> Subject | None:
    """»Ihm gehören fünf Städte an«: members of an association that the document is about."""
    own = association_in(scene.document.title)
    if own is None or not (has(scene.text, "subjects", "belonging") or scene.cells or scene.is_heading):
        return None
    return Subject(own.group())


def _association(scene: Scene, offset: int) -> Subject | None:
    for text in (scene.text[:offset], scene.document.title):
        match = association_in(text)
        if match:
            return Subject(match.group())
    return None


def _continued(scene: Scene) -> Subject | None:
    """A sentence without a place goes on about the town of its heading or document, or speaks of the programme."""
    if speaks_of_programme(scene):
        return None
    headed = headed_town(scene)
    if headed is not None:
        return headed
    towns = places_of(scene.document)
    if len(towns) != 1 and scene.follows and not names_programme(scene.text, scene.document):
        before = sentence_before(scene)
        if before is not None:
            return before
    return towns[0] if towns else None


def headed_town(scene: Scene) -> Subject | None:
    """The town that the heading above a sentence is about."""
    towns = _towns([m for m in places_in(scene.heading, scene.document) if not is_venue(scene.heading, m)])
    return towns[0] if len(towns) == 1 else None


def speaks_of_programme(scene: Scene) -> bool:
    """Whether a sentence, or the heading above it, speaks of the programme as a whole."""
    if has(scene.heading, "programme", "background") or has(scene.text, "programme", "statewide"):
        return True
    towns = any(m.role == "municipality" for m in places_in(scene.heading, scene.document))
    titled = scene.heading == scene.document.title
    return not towns and not titled and names_programme(scene.heading, scene.document)
