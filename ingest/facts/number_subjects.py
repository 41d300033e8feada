"""Whom a number is about: the town, body or association that its sentence or paragraph speaks of, or the programme."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.facts.anaphora import sentence_before
from ingest.facts.owners import home_of
from ingest.facts.programmes import body_text, defined, is_regulation, names_programme, programme_of
from ingest.facts.scenes import Scene, places_in
from ingest.facts.subjects import (
    acting,
    areas_of,
    association_in,
    body_of,
    guideline_headed,
    guideline_of,
    headed_town,
    in_brackets,
    is_example,
    is_scene,
    is_venue,
    places_of,
    speaks_of_programme,
    subject_of,
    titled_body,
    towns_of,
)
from ingest.facts.types import Subject
from ingest.facts.vocabulary import has, pattern
from ingest.german.places import PlaceMention
from ingest.german.quantities import Quantity
from ingest.types import Document

_WITH = re.compile(r"\s*(?:\(|,?\s?mit\s)(?:seinen |ihren |rund |etwa |knapp |gut )*")
_HEAD = 300  # characters that say what kind of text it is
_OPENING = 400  # characters that say what a text is about
_FRONT = 40  # characters at the beginning of a sentence, where stands what it is about
_LIES_IN = re.compile(
    r"(?:[Ss]tadt|[Gg]emeinde|[Oo]rt|[Dd]orf|[Kk]ommune|[Ff]lecken)(?:,?\s(?:liegt|gelegen))?\s(?:im|in|aus dem)\s"
    r"(?:(?:Norden|Süden|Osten|Westen|Nord\w+|Süd\w+|Herzen|Zentrum)\s(?:des|vom|von)\s)?(?:(?:Land)?[Kk]reise?s?\s)?$"
)
_RELATIVE = re.compile(r",\s(?:das|die|der|dem|deren|dessen|in (?:dem|der))\b")
_PRONOUN = re.compile(r"(?:Er|Sie|Es)\b")
_OWNS = re.compile(
    r"\s(?:hat|hatte|verfügt|verfügte|zählt|zählte|umfasst|umfasste|beschäftigt|beschäftigte|besteht|bestand)\b"
)
_OF_OFFICE = re.compile(r"\b(?:[Ii]m|[Bb]eim|[Aa]m|[Dd]es|[Ii]n der|[Bb]ei der|[Aa]n der|[Dd]er)\s$")
_ITS_STAFF = re.compile(r"^(?:Ihr|Sein|Das|Unser) (?:Team|Haus|Büro|Stab|Personal|Kollegium)\b")
_HAS = re.compile(
    r"(?:,[^,;]{3,120},)?\s+(?:mit|hat|besteht aus|umfasst|vereint|vereinigt|bündelt|zählt|aus)\s+"
    r"(?:seinen |ihren |den |derzeit |insgesamt )?"
)


def number_subject(scene: Scene, quantity: Quantity, scope: str) -> Subject:
    """Whom a number is about; `scope` is that of its measure: the whole `programme`, `towns`, one `place`, or ""."""
    document = scene.document
    if is_regulation(document) and scope != "programme" and (rules := guideline_of(document)) is not None:
        return rules  # what a regulation counts and limits is its own
    part = _part(scene.text, quantity.start)
    several = has(part, "subjects", "together") and has(part, "subjects", "several_towns")
    if scope == "place" and not several:
        near = _named_beside(scene, quantity.start) or sentence_before(scene)
        if near is not None:
            return near
    if scope == "programme":
        return _of_association(scene, quantity.start) or programme_of(document)
    if scope == "towns":  # counted are towns, of which only a body or the programme has several
        return (
            _of_association(scene, quantity.start)
            or _the_district(scene)
            or guideline_of(document)
            or titled_body(document)
            or programme_of(document)
        )
    local = advertiser(document) or acting(scene, quantity.start) or _employer(scene, quantity)
    local = local or _publisher_itself(scene) or _the_district(scene)
    local = local or _named_beside(scene, quantity.start) or _association(scene, quantity.start)
    local = local or (None if several else _continued(scene))
    if local is not None:
        return local
    guideline = guideline_headed(scene) or guideline_of(document)
    if guideline is not None:
        return guideline
    headed = None if scene.heading == document.title else body_of(scene.heading)
    return titled_body(document) or headed or _headed_programme(scene) or programme_of(document)


def _publisher_itself(scene: Scene) -> Subject | None:
    """»Der Verband hat 134 Mitglieder« in a text that the »Fachverband Vorsorge« publishes."""
    publisher = re.sub(r"\s*\([^)]*\)", "", scene.document.publisher or "")
    match = pattern("bodies", "itself").search(scene.text)
    if match is None and scene.before is not None and scene.follows and _PRONOUN.match(scene.text):
        match = pattern("bodies", "itself").search(scene.before.text)
    return Subject(publisher) if match and match["head"].casefold() in publisher.casefold() else None


def _the_district(scene: Scene) -> Subject | None:
    """»Der Kreis hat 23 Städte und Gemeinden«: the only district that the text names."""
    if not pattern("bodies", "the_district").search(scene.text):
        return None
    body = body_text(scene.document)
    named = {subject_of(m).name: subject_of(m) for m in places_in(body, scene.document) if m.role == "district"}
    return next(iter(named.values())) if len(named) == 1 else None


def _part(text: str, offset: int) -> str:
    """The part of a sentence between semicolons that holds an offset."""
    end = text.find(";", offset)
    return text[text.rfind(";", 0, offset) + 1 : end if end >= 0 else len(text)]


def _named_beside(scene: Scene, offset: int) -> Subject | None:
    """The place of the first cell of a row, or the nearest before the number, else the only one of the sentence."""
    if scene.cells:
        association = association_in(scene.cells[0].value)
        if association is not None:
            return Subject(association.group())
        first = areas_of(places_in(scene.cells[0].value, scene.document))
        if len(first) == 1:
            return first[0]
        venues = [c for c in scene.cells if c.label == "Ort"]
        at = towns_of(places_in(venues[0].value, scene.document)) if venues and not titled_body(scene.document) else ()
        return at[0] if len(at) == 1 else None
    places = [m for m in scene.places if m.role != "body" and not m.derived]
    with_it = [m for m in places if m.end <= offset and _WITH.fullmatch(scene.text[m.end : offset])]
    if with_it:
        return subject_of(with_it[-1])  # »darunter Musterau mit 3.000 Einwohnern«
    named = [m for m in places if not is_example(scene, m)]
    if not named and len(places) == 1 and places[0].end <= offset and places[0].start < _FRONT:
        return subject_of(places[0])  # »Städte wie Musterau haben zwei Stellen«
    named = [m for m in named if not is_scene(scene, m) and not _tells_where(scene, m)]
    outside = [m for m in named if not in_brackets(scene.text, m.start)]
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
    sums = [q for q in scene.quantities if q.kind == "money"]
    one = len(sums) == 1 and has(scene.text, "funding", "given")  # »184.000 Euro werden der Stadt Musterau gewährt«
    given = {subject_of(m).name: subject_of(m) for m in named} if one else {}
    return next(iter(given.values())) if len(given) == 1 else None


def _tells_where(scene: Scene, mention: PlaceMention) -> bool:
    """»die Kleinstadt im Landkreis Musterland«: a district that only says where the town lies."""
    return mention.role == "district" and bool(_LIES_IN.search(scene.text[: mention.start]))


def _of_association(scene: Scene, offset: int) -> Subject | None:
    """»Ihm gehören fünf Städte an«, »der Städtebund Mustertal mit fünf Städten«: members of an association."""
    own = association_in(scene.document.title)
    if own is not None and (has(scene.text, "subjects", "belonging") or scene.cells or scene.is_heading):
        return Subject(own.group())
    named = association_in(scene.text[:offset])
    if named is not None and _HAS.fullmatch(scene.text[named.end() : offset]):
        return Subject(named.group())
    again = pattern("bodies", "association_again").search(scene.text)
    before = association_in(scene.before.text) if again and scene.before is not None and scene.follows else None
    return Subject(before.group()) if before else None


def _association(scene: Scene, offset: int) -> Subject | None:
    for text in (scene.text[:offset], scene.document.title, scene.document.publisher or ""):
        match = association_in(text)
        if match:
            return Subject(match.group())
    return None


def _employer(scene: Scene, quantity: Quantity) -> Subject | None:
    """»Im Landesbüro Musterprävention arbeiten neun Beschäftigte«: they are those of the office."""
    unit = quantity.unit
    if not has(unit, "figures", "staff") and not has(unit, "figures", "posts"):
        return None
    for office in pattern("bodies", "offices").finditer(scene.text):
        within = has(unit, "figures", "staff") or _works_in(scene.text, office, quantity)
        name = _full_name(office, scene.document) if within else ""
        if name:
            return Subject(name)
    if scene.before is not None and scene.follows and _ITS_STAFF.match(scene.text):
        offices = [m for m in pattern("bodies", "offices").finditer(scene.before.text) if m["rest"]]
        return Subject(_full_name(offices[-1], scene.document)) if offices else None
    return None


@lru_cache(maxsize=64)
def advertiser(document: Document) -> Subject | None:
    """The office that a text offers work at: hours, leave and years of practice are those of its post."""
    if not has(f"{document.title}\n{document.text[:_HEAD]}\n{document.text[-_HEAD:]}", "figures", "job"):
        return None
    office = next((m for m in pattern("bodies", "offices").finditer(document.text) if m["rest"]), None)
    return Subject(_full_name(office, document)) if office else None


def _works_in(text: str, office: re.Match[str], quantity: Quantity) -> bool:
    """»neun Stellen im Büro«, »die Stellen des Büros«, »das Büro, das mit vier Stellen eingerichtet wurde«."""
    relative = _RELATIVE.match(text, office.end()) and office.end() < quantity.start
    said = text[office.end() :] if relative else text
    if has(said, "figures", "paid") or not has(said, "figures", "posted"):
        return False
    owns = _OWNS.match(text, office.end()) and office.end() < quantity.start
    return bool(relative or owns or _OF_OFFICE.search(text[: office.start()]))


def _full_name(office: re.Match[str], document: Document) -> str:
    """The name of an office as the text gives it elsewhere, where a sentence only says »das Landesbüro«."""
    if office["rest"]:
        return re.sub(r"(?<=büro|trum)s\b", "", office.group())
    text = f"{document.title}\n{document.publisher}\n{body_text(document)}"
    named = (m for m in pattern("bodies", "offices").finditer(text) if m["head"] == office["head"] and m["rest"])
    return next((re.sub(r"(?<=büro|trum)s\b", "", m.group()) for m in named), "")


def _continued(scene: Scene) -> Subject | None:
    """A sentence without a place goes on about the town of its heading or document, or speaks of the programme."""
    if speaks_of_programme(scene):
        return None
    if has(scene.text, "subjects", "there") and (there := sentence_before(scene, there=True)) is not None:
        return there
    headed = headed_town(scene)
    if headed is not None:
        return headed
    towns = places_of(scene.document)
    if len(towns) != 1 and scene.follows and not scene.cells and not names_programme(scene.text, scene.document):
        before = sentence_before(scene)
        if before is not None:
            return before
    if not towns and not names_programme(scene.document.title, scene.document):
        return _home(scene.document)
    return towns[0] if len(towns) == 1 else None


@lru_cache(maxsize=64)
def _home(document: Document) -> Subject | None:
    """The town that publishes a text, unless the text only tells of a meeting there."""
    home = home_of(document)
    opening = body_text(document)[:_OPENING]
    named = [m for m in places_in(opening, document) if home is not None and subject_of(m).name == home.name]
    return None if named and all(is_venue(opening, mention) for mention in named) else home


def _headed_programme(scene: Scene) -> Subject | None:
    """A programme of its own, beside that of the document, whose name heads a section: »Starke Klassen (SK)«."""
    own = programme_of(scene.document).name
    named = next(defined(scene.heading), None)
    is_other = named is not None and own not in named and not has(named[0], "programme", "institutions")
    return Subject(named[0]) if named and is_other else None
