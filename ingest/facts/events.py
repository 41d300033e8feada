"""Dated happenings: signings, foundings, meetings, conferences, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.conditions import is_about_conditions
from ingest.facts.days import dated_item, days_of, is_led_by, is_only
from ingest.facts.event_kinds import UNNAMED, is_happening, is_reference, kind_of, kind_told
from ingest.facts.event_subjects import subject_of_event
from ingest.facts.moments import Moment, moment_of, published, says_today, weekday_of
from ingest.facts.numbers import numbers
from ingest.facts.offices import bare_name
from ingest.facts.programmes import names_programme, without_programme
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import has, pattern
from ingest.german.dates import DateMention
from ingest.german.sentences import is_open

Happening = tuple[str, Moment, int]  # what, when, and where in the sentence the day stands
_COUNTS = re.compile(r"[^:]{0,20}:\s\D{0,12}\d")
_RUNNING = re.compile(r"\bist (?:die|das|der) \d+\.\s")
_WHOLE = ("agreement_signed", "council_founded", "decision", "handover")  # these can happen in the course of another
_ANNOUNCED = ("conference", "course", "meeting", "public_day", "tour")  # these have a day below their title
_ROW = 110  # characters of a line of a list of sessions
_JOINT = 5  # towns that sign one agreement together, at most
_DAYS = 10  # what lasts longer is a period


def events(found: Sequence[Scene]) -> Iterator[Fact]:
    """The happenings of a document, one row for each day and kind."""
    rows: dict[tuple[str, str], Fact] = {}
    last: Moment | None = None
    for scene in found:
        told = [*_happenings(scene), *_announced(scene), *_founded(scene), *_of_council(scene)]
        told = told or [*_under_date(scene)] or [*_in_course(scene, last)]
        if scene.before is not None and (titled := _below_title(scene)):
            scene, told = scene.before, titled
        for kind, moment, start in told:
            known = {day for _, day in rows} if kind == UNNAMED else set()
            subject = subject_of_event(scene, kind, start)
            if subject is not None and moment.date is not None and moment.date not in known:
                rows.setdefault((kind, moment.date), _event(scene, kind, moment, subject))
                last = moment
    for (kind, day), row in rows.items():
        if not any(kind == other and later != day and later.startswith(f"{day}-") for other, later in rows):
            yield row


def _happenings(scene: Scene) -> Iterator[Happening]:
    if scene.text.endswith("?"):
        return
    days = [day for day in days_of(scene) if not is_about_conditions(scene.document) or _has_year(scene, day)]
    for mention in days:
        if not mention.is_day and _is_vague(scene, mention):
            continue
        if scene.cells and not _is_dated_cell(scene, mention):
            continue
        kind = kind_of(scene, mention.start, mention.end) or (UNNAMED if is_happening(scene, mention) else None)
        if kind == "start" and not mention.is_day and not has(scene.text, "events", "told"):
            continue  # something runs from then on
        if kind == "agreement_signed" and _counts_towns(scene):
            continue
        if kind is not None and not is_reference(scene, mention, kind):
            yield kind, _day(mention), mention.start
    if not days:
        yield from _of_today(scene)


def _counts_towns(scene: Scene) -> bool:
    """»Am 31. August hatten 40 Kommunen eine Vereinbarung geschlossen«: a state of that day, and no signing."""
    units = pattern("containers", "units")
    many = any(q.kind == "count" and q.value > _JOINT and units.search(q.unit) for q in scene.quantities)
    return many and has(scene.text, "events", "had") and not any(m.role == "municipality" for m in scene.places)


def _is_vague(scene: Scene, mention: DateMention) -> bool:
    """A month that only counts or intends something, or in which something is only running."""
    first, last = scene.clause(mention.start, mention.end)
    counted = any(first <= number.quantity.start < last for number in numbers(scene)) and not scene.cells
    return counted or has(scene.text[first:last], "events", "intended")


def _is_dated_cell(scene: Scene, mention: DateMention) -> bool:
    """A cell under »Datum«, or one that tells what happened then (»beschlossen am 3. Mai«)."""
    cell = scene.cell_at(mention.start)
    if cell is None:
        return False
    return has(cell.label, "events", "columns") or kind_told(scene.text[cell.start : mention.start]) is not None


def _has_year(scene: Scene, day: DateMention) -> bool:
    return any(d.year is not None and d.start == day.start for d in scene.dates)


def _announced(scene: Scene) -> Iterator[Happening]:
    """»– 8. März: Grundkurs«: an item of a list of dates; what counts something there is a state of that day."""
    first = dated_item(scene)
    if first is None:
        return
    after = scene.text[first.end :]
    if not _COUNTS.match(after) and (first.is_day or not _RUNNING.search(after)):
        kind = kind_of(scene, first.start, first.end) or UNNAMED
        if not is_reference(scene, first, kind):
            yield kind, _day(first), first.start


def _of_council(scene: Scene) -> Iterator[Happening]:
    """»– Hauptausschuss, 07.11.2023, nichtöffentlich«: a session to come, in the head of a paper."""
    days = days_of(scene) if pattern("events", "council_row").match(scene.text) else []
    if len(days) == 1 and days[0].is_day and len(scene.text) < _ROW:
        yield UNNAMED, _day(days[0]), days[0].start


def _under_date(scene: Scene) -> Iterator[Happening]:
    """»3. November 2021« as a heading or a paragraph's first words: the day of what stands below."""
    above = scene.before
    days = days_of(above) if above is not None and not days_of(scene) else []
    if above is None or len(days) != 1 or not is_only(above.text, days[0]):
        return
    kind = kind_of(scene, 0, len(scene.text))
    if kind is not None and not has(scene.text, "events", "unless"):
        yield kind, _day(days[0]), 0


def _below_title(scene: Scene) -> list[Happening]:
    """»Fachtag des Bündnisses« and below it »3. November 2021 · Rathaus«: the day of what is announced."""
    above, days = scene.before, days_of(scene)
    if above is None or len(days) != 1 or not days[0].is_day or scene.cells:
        return []
    alone = not scene.text[days[0].end :].strip() or pattern("events", "where").match(scene.text, days[0].end)
    if not alone or not is_led_by(scene.text, days[0]) or not is_open(above.text):
        return []
    kind = kind_told(without_programme(above.text, scene.document))
    return [(kind, _day(days[0]), 0)] if kind in _ANNOUNCED else []


def _founded(scene: Scene) -> Iterator[Happening]:
    """»Das Bündnis wurde 2016 gegründet«: of the programme itself the year says enough."""
    years = [d for d in scene.dates if len(d.iso) == 4]
    if len(years) != 1 or not pattern("events", "founded").search(scene.text):
        return
    if names_programme(scene.text, scene.document) or pattern("events", "programme_itself").match(scene.text):
        yield "founded", moment_of(years[0]), years[0].start


def _of_today(scene: Scene) -> Iterator[Happening]:
    """What happened »heute« or »am Donnerstag« in a dated document."""
    if scene.text.startswith(("»", "„", '"')):
        return  # what somebody says of today is no happening
    counted = any(quantity.kind == "count" for quantity in scene.quantities)
    if counted and has(scene.text, "events", "nowadays"):
        return
    own, day = published(scene.document), weekday_of(scene.text, scene.document)
    named = day is not None
    if day is None and own.date is not None and own.range is None and says_today(scene.text):
        day = Moment(own.date, None, "stated")
    if day is None:
        return
    kind = kind_of(scene, 0, len(scene.text))
    if named and kind is None and not counted and has(scene.text, "events", "told"):
        kind = UNNAMED
    if kind is not None:
        yield kind, day, 0


def _in_course(scene: Scene, last: Moment | None) -> Iterator[Happening]:
    """»Am Rande der Tagung trat X bei«: on the day that the text told of last."""
    timed = bool(scene.cells) and has(scene.cells[0].label, "events", "hours")  # a row of the programme of the day
    if last is None or scene.dates or not (timed or has(scene.text, "events", "same_day")):
        return
    kind = kind_of(scene, 0, len(scene.text))
    if kind in _WHOLE and (timed or has(scene.text, "events", "told")):
        yield kind, last, 0


def _day(mention: DateMention) -> Moment:
    """Of several days the first."""
    if mention.is_day or (mention.last - mention.first).days > _DAYS:
        return moment_of(mention)
    return Moment(mention.first.isoformat(), None, "stated")


def _event(scene: Scene, kind: str, moment: Moment, subject: Subject) -> Fact:
    present = [bare_name(p.name) for p in scene.persons if p.present_only]
    attributes: dict[str, Attribute] = {"present": present} if present else {}
    return statement(
        "event", subject, moment, scene.span,
        measure=kind, value=moment.date, unit="date", attributes=attributes, rule="event",
    )  # fmt: skip
