"""Days of a guideline: until when to apply and to report, and from when to when it is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.facts.prescribed import prescribed
from ingest.facts.scenes import Scene
from ingest.facts.types import Attribute, Fact
from ingest.facts.vocabulary import has
from ingest.german.dates import DateMention

_UNTIL = re.compile(r"\b(?:[Bb]is|[Ss]pätestens)(?: zum| spätestens| einschließlich| am)*\s+$")
_SPAN = 40  # characters between the first and the last day of a span


def deadlines(scene: Scene) -> Iterator[Fact]:
    """The last day for applications or reports; of »ab 31. August bis spätestens 15. Oktober« first and last day."""
    if not has(f"{asked_before(scene)} {scene.text}", "deadline", "cue") or (scene.is_item and _is_appointment(scene)):
        return
    days = [d for d in scene.dates if d.is_day and not _is_reference(scene, d)]
    if not days or not (scene.cells or _is_limited(scene, days)):
        return
    measure = "report_deadline" if has(scene.text, "deadline", "report") else "application_deadline"
    if scene.cells:  # a column for each version
        yield from (prescribed(scene, measure, d.iso, "date", at=d.start) for d in days)
    elif _is_span(scene, days):
        yield prescribed(scene, "application_opening", days[0].iso, "date")
        yield _deadline(scene, measure, days[-1], {"from": days[0].iso})
    elif len(days) > 1 and (has(scene.text, "deadline", "several") or _each_ends(scene, days)):
        yield from (_deadline(scene, measure, day, {}) for day in days)
    else:
        yield _deadline(scene, measure, days[-1], {"from": days[0].iso} if len(days) > 1 else {})


def validity(scene: Scene) -> Iterator[Fact]:
    """»tritt am 1. März in Kraft und gilt bis zum 31. Dezember 2026«: the days that a guideline is in force."""
    if has(scene.text, "deadline", "validity") and not scene.text.endswith(":"):
        days = [d for d in scene.dates if d.is_day and d.year is not None]
        yield from (prescribed(scene, "guideline_period", d.iso, "date") for d in days)


def _deadline(scene: Scene, measure: str, day: DateMention, more: dict[str, Attribute]) -> Fact:
    attributes: dict[str, Attribute] = {"until": day.iso, **more}
    if day.year is None:
        attributes["recurs"] = "yearly"
    found = prescribed(scene, measure, day.iso, "date")
    return replace(found, attributes={**found.attributes, **attributes})


def _is_limited(scene: Scene, days: Sequence[DateMention]) -> bool:
    """Whether a sentence sets a limit, and does not tell what happened by that day or on it."""
    if has(scene.text, "deadline", "told"):
        return False
    return (
        bool(asked_before(scene))
        or has(scene.text, "deadline", "noun")
        or any(has(scene.text[: d.start], "deadline", "limit") for d in days)
    )


def asked_before(scene: Scene) -> str:
    """»Bis wann ist der Antrag zu stellen?«, where the sentence answers with a day."""
    before = scene.before
    beside = before is not None and "\n\n" not in scene.document.text[before.end : scene.start]
    asked = before.text if before is not None and beside else scene.heading
    return asked if asked.endswith("?") and has(asked, "deadline", "asked") else ""


def _each_ends(scene: Scene, days: Sequence[DateMention]) -> bool:
    """»Anträge bis zum 31. Oktober, Nachweise bis zum 15. November«: each day is a limit of its own."""
    return all(_UNTIL.search(scene.text[: day.start]) for day in days)


def _is_span(scene: Scene, days: Sequence[DateMention]) -> bool:
    first, last = days[0], days[-1]
    between = scene.text[first.end : last.start]
    return first is not last and len(between) < _SPAN and not has(between, "deadline", "and")


def _is_reference(scene: Scene, mention: DateMention) -> bool:
    """»in der Fassung vom 10. April 2001«, »Stand: …«: a day that is only referred to."""
    before = scene.text[: mention.start]
    return mention.year is not None and bool(re.search(r"\b(?:vom|Stand:?|geändert am|seit dem)\s+$", before))


def _is_appointment(scene: Scene) -> bool:
    """»14. September: Sprechstunde »Der Antrag leicht gemacht««: an item that begins with its day is an event."""
    first = next(iter(scene.dates), None)
    return (
        first is not None
        and bool(re.fullmatch(r"\W*", scene.text[: first.start]))
        and (scene.text[first.end :].startswith(":"))
    )
