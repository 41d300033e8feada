"""Whom a statement is about: a municipality or district, a body, a guideline, or the programme."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache

from ingest.facts.programmes import (
    begins_with_programme,
    body_text,
    is_regulation,
    names_programme,
    programme_of,
    short_title,
)
from ingest.facts.scenes import Scene, places_in
from ingest.facts.types import PlaceRef, Subject
from ingest.facts.vocabulary import compiled, has, pattern, section
from ingest.german.places import PlaceMention
from ingest.types import Document

_LIST = r"(?:[\s,]+[^.;:()\d]*)?$"
_NEAR = 90
_IN = re.compile(
    r"\b(?:in|nach)\s+(?:(?:der|die)\s+(?:[A-ZÄÖÜa-zäöü]\w+n\s+)?(?:[A-ZÄÖÜ]\w*)?(?:[Ss]tadt|[Gg]emeinde)\s+)?$"
)
_BEHIND = 60
_NOMINATIVE = re.compile(r"(?:^|[:»„]\s*|(?<!\bfür)(?<!\bdurch)(?<!\ban)(?<!\bum) )(?:[Dd]ie|[Dd]as|Der) $")
# »…, Musterau, 9. März 2024« at the end of a title: where and when a speech was given.
_DAY_AT_END = re.compile(r"(?:, [^,;]{2,40})?, (?:am )?\d{1,2}\. ?(?:\w+ \d{4}|\d{1,2}\.\d{4})\s*$")
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
    if match is None:
        under = (pattern("bodies", "under_guideline").search(line) for line in _headlines(document))
        match = next(filter(None, under), None)
    if match is None and document.kind == "guideline":
        match = pattern("bodies", "under_guideline").search(body_text(document))
    if match is not None:
        return Subject(guideline_name(match))
    return Subject(short_title(document.title)) if is_regulation(document) else None


def _headlines(document: Document) -> tuple[str, str]:
    """The title, and the heading above the text, which may say more."""
    return document.title, next((s.heading or "" for s in document.sections if s.role == "body"), "")


@lru_cache(maxsize=256)
def guideline_named(document: Document) -> Subject | None:
    """The guideline whose conditions a document tells of: its own, else the one that it says they stand in."""
    own = guideline_of(document)
    match = None if own else pattern("bodies", "under_guideline").search(body_text(document))
    return Subject(guideline_name(match)) if match else own


def guideline_headed(scene: Scene) -> Subject | None:
    """The guideline that the heading above a sentence names."""
    match = (
        None if scene.heading == scene.document.title else pattern("bodies", "headed_guideline").search(scene.heading)
    )
    return Subject(match["name"]) if match else None


def guideline_name(match: re.Match[str]) -> str:
    """»Richtlinie Sichere Orte«, but »RL SO« for »der Richtlinie RL SO«."""
    name = re.sub(r"[»„\"]", "", match["name"] or match["compound"])
    return name if not match["name"] or re.match(r"F?(?:ö)?RL\b", name) else f"Richtlinie {name}"


@lru_cache(maxsize=256)
def places_of(document: Document) -> tuple[Subject, ...]:
    """The municipalities that a document is about: those of its title, else those of its opening, up to three."""
    if _is_newsletter(document):
        return towns_of(places_in(document.publisher or "", document))  # its items are about one town each, if any
    titled = towns_of([m for m in places_in(document.title, document) if not _only_venue(document, m)])
    if titled:
        return titled if len(titled) <= _MOST else ()
    if (district := _own_district(document)) is not None:
        return (district,)
    if has(document.title, "subjects", "gatherings") or begins_with_programme(document.title, document):
        return ()  # where it took place, and who came; or what the programme did
    body = next((s for s in document.sections if s.role == "body"), None)
    opening = document.text[body.start : body.start + _OPENING] if body else ""
    venues = {m.name for m in places_in(document.title, document)}  # of a title that is about no town
    named = [m for m in places_in(opening, document) if not is_venue(opening[: m.end + 1], m)]
    line = pattern("subjects", "dateline").search(opening)
    if line is not None:  # where it was written: what it is about only if the text comes back to it
        rest = opening[line.end() :] + document.text[body.start + _OPENING : body.end] if body else ""
        named = [m for m in named if not (line.start() <= m.start < line.end()) or m.name in rest]
    if names_programme(document.title, document) or has(f"{document.title} {opening}", "subjects", "celebrated"):
        where = {m.name for m in named if _IN.search(opening[: m.start])}  # where something of the programme happened
        named = [m for m in named if m.name not in where]
    first = towns_of([m for m in named if not _met_at(opening, m)])
    first = tuple(town for town in first if town.name not in venues)
    if 0 < len(first) <= _MOST and _is_local(document, first):
        return first
    if has(opening, "subjects", "own_town"):
        return towns_of(places_in(document.publisher or "", document))
    return towns_of(places_in(_letterhead(document), document))


def _is_newsletter(document: Document) -> bool:
    return document.kind == "newsletter" or has(document.title, "subjects", "newsletter")


def _own_district(document: Document) -> Subject | None:
    """The district that a title is about and that publishes the text."""
    publisher = document.publisher or ""
    named = [m for m in places_in(document.title, document) if m.role == "district" and m.name in publisher]
    return subject_of(named[0]) if named else None


def _letterhead(document: Document) -> str:
    """»GEMEINDE MUSTERAU« above a letter or a proposal, in ordinary letters."""
    for part in document.sections:
        match = pattern("subjects", "letterhead").match(document.text[part.start : part.end])
        if match and part.role != "body":
            return match.group().title()
        imprint = pattern("subjects", "imprint").search(document.text, part.start, part.end)
        if imprint and part.role != "body":
            return imprint["town"]
    return ""


@lru_cache(maxsize=256)
def towns_named(document: Document) -> tuple[Subject, ...]:
    """All municipalities of the running text."""
    return towns_of(places_in(body_text(document), document))


def _is_local(document: Document, towns: tuple[Subject, ...]) -> bool:
    """Whether a text keeps to its towns: they are more than half of all that it names, and not once only."""
    counts = Counter(subject_of(m).name for m in places_in(body_text(document), document) if m.role == "municipality")
    own = sum(counts[town.name] for town in towns)
    return all(counts[town.name] > 1 for town in towns) and own >= _SHARE * sum(counts.values())


def towns_of(mentions: list[PlaceMention]) -> tuple[Subject, ...]:
    found = {}
    for mention in mentions:
        if mention.role == "municipality" and not mention.derived:
            subject = subject_of(mention)
            found[subject.name] = subject
    return tuple(found.values())


def areas_of(mentions: list[PlaceMention], *, derived: bool = False) -> tuple[Subject, ...]:
    """The municipalities of mentions, else their districts; with `derived` also »der Musterauer Stadtrat«."""
    found = towns_of([replace(m, derived=False) for m in mentions] if derived else mentions)
    return found or tuple({subject_of(m).name: subject_of(m) for m in mentions if m.role == "district"}.values())


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
    joins = has(document.title, "joined", "agreement") or has(document.title, "joined", "headline")
    of_programme = not joins and names_programme(document.title, document)
    before_day = _DAY_AT_END.match(document.title[mention.end :])
    if is_venue(document.title, mention) or before_day or (behind and of_programme):
        return True
    gathered = has(document.title, "subjects", "gatherings") or not _is_local(document, (subject_of(mention),))
    return bool(behind) and gathered and has(body_text(document)[:500], "subjects", "gatherings")


def is_venue(text: str, mention: PlaceMention) -> bool:
    """Whether a place only says where a conference or a meeting was (»Konferenz in Musterau«)."""
    before = text[max(0, mention.start - _NEAR) : mention.start]
    if has(before, "subjects", "buildings") or _ROOM.search(before):
        return True
    return bool(_IN.search(before)) and has(before, "subjects", "gatherings")


def is_scene(scene: Scene, mention: PlaceMention) -> bool:
    """Whether a place inside a sentence only says where people met (»kam am 9. Mai in Musterau zusammen«)."""
    inside = _IN.search(scene.text[: mention.start])
    titled = re.search(rf"\b{re.escape(mention.name)}\b", scene.document.title)
    if inside and titled and has(scene.document.title, "subjects", "gatherings"):
        return True
    return is_venue(scene.text, mention) or _met_at(scene.text, mention)


def _met_at(text: str, mention: PlaceMention) -> bool:
    inside = _IN.search(text[: mention.start])
    near = text[max(0, mention.start - _NEAR) : mention.end + _BEHIND]
    return bool(inside and inside.start() and has(near, "subjects", "met"))


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


def in_brackets(text: str, offset: int) -> bool:
    """Whether an offset lies in brackets."""
    return text.rfind("(", 0, offset) > text.rfind(")", 0, offset)


def acting(scene: Scene, offset: int) -> Subject | None:
    """The authority that a clause is about (»die Polizeidirektion Musterau habe 203 Fälle registriert«)."""
    own = pattern("bodies", "having").match(scene.text)
    if own is not None and own.end() <= offset and not any(m.role != "body" for m in scene.places):
        return Subject(own["name"])
    for match in pattern("bodies", "acting").finditer(scene.text, 0, offset):
        elsewhere = any(match.end() <= m.start < offset and m.role != "body" for m in scene.places)
        if _NOMINATIVE.search(scene.text[: match.start()]) and not elsewhere:
            return Subject(_nominative(match.group()))
    return None


def headed_town(scene: Scene) -> Subject | None:
    """The town that the heading above a sentence is about."""
    towns = towns_of([m for m in places_in(scene.heading, scene.document) if not is_venue(scene.heading, m)])
    return towns[0] if len(towns) == 1 else None


def speaks_of_programme(scene: Scene) -> bool:
    """Whether a sentence, or the heading above it, speaks of the programme as a whole."""
    headed = scene.heading != scene.document.title and has(scene.heading, "programme", "background")
    if headed or has(scene.text, "programme", "statewide"):
        return True
    towns = any(m.role == "municipality" for m in places_in(scene.heading, scene.document))
    item = has(scene.heading, "joined", "agenda") or has(
        scene.heading, "joined", "trigger"
    )  # »TOP 4: Beitritt zum Bund«
    titled = scene.heading == scene.document.title or item
    return not towns and not titled and names_programme(scene.heading, scene.document)
