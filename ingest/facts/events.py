"""Dated happenings: signings, foundings, meetings, conferences, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.conditions import is_about_conditions
from ingest.facts.moments import Moment, moment_of, published, resolved, says_today, weekday_of
from ingest.facts.people import bare_name
from ingest.facts.programmes import names_programme, programme_of
from ingest.facts.scenes import Scene, places_in
from ingest.facts.statements import statement
from ingest.facts.subjects import (
    association_in,
    body_of,
    guideline_of,
    headed_town,
    is_example,
    is_venue,
    places_of,
    sentence_before,
    subject_of,
    titled_body,
)
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import any_case, has, pattern, section
from ingest.german.dates import DateMention
from ingest.german.places import PlaceMention

_ITEM = re.compile(r"(?:[-–—•*·]\s+)?")
_VENUES = ("conference", "meeting", "public_day", "start")  # »in X« says where these were
_OF_TOWNS = ("council_founded", "decision")  # a sentence without a town goes on about that of the one before
_DAYS = 10  # what lasts longer is a period
_IN = re.compile(r"\b(?:in|nach|auf)\s+$")
_REFERS = re.compile(r"(?:Diese|Dieser|Sie)\b")


def events(found: Sequence[Scene]) -> Iterator[Fact]:
    """The happenings of a document, one row for each day and kind."""
    rows: dict[tuple[str, str], Fact] = {}
    for scene in found:
        for kind, moment in (*_happenings(scene), *_announced(scene), *_founded(scene)):
            known = {day for _, day in rows} if kind == "happening" else set()
            if moment.date is not None and moment.date not in known:
                rows.setdefault((kind, moment.date), _event(scene, kind, moment))
    for (kind, day), row in rows.items():
        if not any(kind == other and later != day and later.startswith(f"{day}-") for other, later in rows):
            yield row


def _happenings(scene: Scene) -> Iterator[tuple[str, Moment]]:
    if scene.text.endswith("?") or (scene.cells and not has(scene.text, "events", "columns")):
        return
    known = ((d, resolved(d, scene.document)) for d in scene.dates if not is_about_conditions(scene.document) or d.year)
    dates = [day for _, day in known if day is not None and _is_near(day)]
    for mention in dates:
        if scene.quantities and not mention.is_day:
            continue  # a count of that time
        kind = _kind(scene, mention.start, mention.end)
        if kind is not None and not _is_reference(scene, mention, kind):
            yield kind, _day(mention)
    if not dates:
        yield from _of_today(scene)


def _announced(scene: Scene) -> Iterator[tuple[str, Moment]]:
    """»– 8. März: Grundkurs«: an item of a list of dates; what counts something there is a state of that day."""
    first = scene.dates[0] if scene.dates and scene.is_item else None
    if first is None or not _ITEM.fullmatch(scene.text[: first.start]):
        return
    if re.match(r"[^:]{0,20}:\s\D{0,12}\d", scene.text[first.end :]):
        return
    day = resolved(first, scene.document)
    if day is not None and _is_near(day) and re.match(r"(?:,[^:]{0,20})?:\s", scene.text[first.end :]):
        yield _kind(scene, first.start, first.end) or "happening", _day(day)


def _founded(scene: Scene) -> Iterator[tuple[str, Moment]]:
    """»Das Bündnis wurde 2016 gegründet«: of the programme itself the year says enough."""
    years = [d for d in scene.dates if len(d.iso) == 4]
    if len(years) != 1 or not pattern("events", "founded").search(scene.text):
        return
    if names_programme(scene.text, scene.document) or pattern("events", "programme_itself").match(scene.text):
        yield "founded", moment_of(years[0])


def _of_today(scene: Scene) -> Iterator[tuple[str, Moment]]:
    """What happened »heute« or »am Donnerstag« in a dated document."""
    if scene.text.startswith(("»", "„", '"')):
        return  # what somebody says of today is no happening
    kind = _kind(scene, 0, len(scene.text))
    own = published(scene.document)
    day = weekday_of(scene.text, scene.document)
    if day is None and says_today(scene.text) and own.date is not None and own.range is None:
        day = Moment(own.date, None, "stated")
    if kind is not None and day is not None:
        yield kind, day


def _day(mention: DateMention) -> Moment:
    """Of several days the first."""
    if mention.is_day or (mention.last - mention.first).days > _DAYS:
        return moment_of(mention)
    return Moment(mention.first.isoformat(), None, "stated")


def _is_near(mention: DateMention) -> bool:
    """Days and months; a year is too wide for a happening."""
    return mention.is_day or (mention.last - mention.first).days < 40


def _kind(scene: Scene, start: int, end: int) -> str | None:
    """What happened, by the clause of the date first."""
    first, last = scene.clause(start, end)
    for text in (scene.text[first:last], scene.text):
        for rule in section("event"):
            if any_case(rule["pattern"]).search(text):
                return str(rule["name"])
    if has(scene.text, "joined", "signed") and scene.before is not None and _REFERS.match(scene.text):
        return "agreement_signed" if has(scene.before.text, "joined", "agreement") else None
    if scene.quantities:
        return None  # what was counted on a day is a state of it
    told = pattern("moment", "happened").search(scene.text[:start]) and has(scene.text, "events", "told")
    return "happening" if told and not has(scene.text, "events", "to_come") else None


def _is_reference(scene: Scene, mention: DateMention, kind: str) -> bool:
    """A day that the sentence only refers to: when something appeared, ended or was due."""
    first, last = scene.clause(mention.start, mention.end)
    whole = kind in ("agreement_signed", "council_founded") and mention.is_day
    since = not whole and has(scene.text[: mention.start], "events", "since")
    return since or has(scene.text[first:last], "events", "unless")


def _event(scene: Scene, kind: str, moment: Moment) -> Fact:
    subject = _subject(scene, kind)
    present = [bare_name(p.name) for p in scene.persons if p.present_only]
    attributes: dict[str, Attribute] = {"present": present} if present else {}
    return statement(
        "event", subject, moment, scene.span,
        measure=kind, value=moment.date, unit="date", attributes=attributes, rule="event",
    )  # fmt: skip


def _in_venue_column(scene: Scene, mention: PlaceMention) -> bool:
    cell = scene.cell_at(mention.start)
    return cell is not None and has(cell.label, "events", "venue_column")


def _subject(scene: Scene, kind: str) -> Subject:
    if kind == "founded":
        return programme_of(scene.document)
    guideline = guideline_of(scene.document)
    if guideline is not None and has(scene.text, "joined", "object"):
        return guideline
    first = places_in(scene.cells[0].value, scene.document) if scene.cells else []
    if len(first) == 1:
        return subject_of(first[0])
    association = association_in(scene.text) or association_in(scene.document.title)
    if association is not None:
        return Subject(association.group())
    towns = [m for m in scene.places if m.role == "municipality" and not is_example(scene, m)]
    towns = [m for m in towns if not is_venue(scene.text, m) and not _in_venue_column(scene, m)]
    if kind in _VENUES:
        own_towns = {subject.name for subject in places_of(scene.document)}
        towns = [m for m in towns if subject_of(m).name in own_towns or not _IN.search(scene.text[: m.start])]
    named = [subject_of(m) for m in towns if not m.derived or len(towns) == 1]
    if named:
        return named[0]
    headed = headed_town(scene) if kind in _OF_TOWNS and scene.heading != scene.document.title else None
    if headed is not None:
        return headed
    own = places_of(scene.document)
    before = sentence_before(scene) if kind in _OF_TOWNS and scene.follows and not own else None
    if before is not None:
        return before
    started = names_programme(scene.text[:60], scene.document) and has(scene.text, "events", "programme")
    if own and not started:
        return own[0]
    if names_programme(scene.text, scene.document):
        return programme_of(scene.document)
    body = titled_body(scene.document) or body_of(scene.text)
    if body is None or has(body.name, "subjects", "gatherings"):  # the event itself
        return programme_of(scene.document)
    return body
