"""The days and months that a sentence names, with the year that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.facts.moments import Moment, moment_of, resolved
from ingest.facts.scenes import Scene
from ingest.facts.vocabulary import has, pattern
from ingest.german.dates import DateMention, find_dates, parse_period
from ingest.types import Document

_WEEKDAY = r"(?:(?:\w+tag|Mittwoch|Mo|Di|Mi|Do|Fr|Sa|So)\.?,?\s+(?:(?:dem|den)\s+)?)?"
_LEAD = re.compile(rf"(?:[-–—•*·]\s+)?(?:[Aa]m\s+)?{_WEEKDAY}")
_ANNOUNCED = re.compile(r"(?:,[^:]{0,30})?(?::|\s[–|-])\s")
_LONGEST = 40  # days; a year is too wide for a happening
_YEAR = 4  # characters of an ISO date
_LEAP_DAY = (2, 29)
_IN_YEAR = re.compile(r"^$|\b(?:[Ii]m Jahr|[Ii]m|[Ii]n|[Jj]ahr\w*)\s+$")
_HALF = 6  # months: a month without a year is the nearest


def days_of(scene: Scene) -> list[DateMention]:
    """Days and months of a sentence in reading order, those without a year dated by sentence or publication."""
    named = (in_year_of(scene, mention) for mention in scene.dates)
    found = [day for day in (*named, *_bare_months(scene)) if day is not None and _is_near(day)]
    return sorted(found, key=lambda day: day.start)


def dated_item(scene: Scene) -> DateMention | None:
    """The day that an item of a chronicle begins with (»– 8. März: Grundkurs«)."""
    days = days_of(scene) if scene.is_item or not scene.follows else []
    if not days or scene.cells or not _ANNOUNCED.match(scene.text[days[0].end :]):
        return None
    return days[0] if _LEAD.fullmatch(scene.text[: days[0].start]) else None


def is_led_by(text: str, mention: DateMention) -> bool:
    """Whether a text begins with a day."""
    return bool(_LEAD.fullmatch(text[: mention.start]))


def is_only(text: str, mention: DateMention) -> bool:
    """Whether a text is no more than a day."""
    return is_led_by(text, mention) and not text[mention.end :].strip(" .:")


def item_day(scene: Scene) -> Moment | None:
    """The same as an as-of date."""
    day = dated_item(scene)
    return moment_of(day) if day is not None else None


def in_year_of(scene: Scene, mention: DateMention) -> DateMention | None:
    """»Im Jahr 2022 traten bei: Musterau (9. Juni)«: a day of the year that the sentence names."""
    if mention.year is None and pattern("moment", "same_year").match(scene.text[mention.end :]):
        return in_year_told(scene, mention)
    years = [d for d in scene.dates if len(d.iso) == _YEAR and _IN_YEAR.search(scene.text[: d.start])]
    year = years[0].first.year if len(years) == 1 else year_told(scene)
    return _dated(mention, year) or resolved(mention, scene.document)


def in_year_told(scene: Scene, mention: DateMention) -> DateMention | None:
    """»Am 3. September desselben Jahres«: a day of the year that the sentences before name."""
    same = pattern("moment", "same_year").match(scene.text[mention.end :])
    before = scene.before if same else None
    while before is not None and not any(d.year for d in before.dates):
        before = before.before
    year = [d.first.year for d in before.dates if d.year][-1] if before is not None else year_told(scene)
    return _dated(mention, year) or resolved(mention, scene.document)


def year_told(scene: Scene) -> int | None:
    """The year that a sentence means by »im Berichtsjahr« (of which its title tells) or »im Vorjahr«."""
    if has(scene.text, "moment", "report_year"):
        years = {d.year for d in find_dates(f"{scene.heading} {scene.document.title}") if d.year is not None}
        return years.pop() if len(years) == 1 else None
    known = (scene.document.published.date or "")[:_YEAR]
    return int(known) - 1 if known and has(scene.text, "moment", "last_year") else None


def _dated(mention: DateMention, year: int | None) -> DateMention | None:
    """A day without a year in that year."""
    if year is None or mention.year is not None or (mention.first.month, mention.first.day) == _LEAP_DAY:
        return None
    day = mention.first.replace(year=year)
    return replace(mention, first=day, last=day, year=year)


def _is_near(mention: DateMention) -> bool:
    return mention.is_day or (mention.last - mention.first).days < _LONGEST


def _bare_months(scene: Scene) -> Iterator[DateMention]:
    """»Im April fiel die Entscheidung«, »im Juli stimmt der Rat ab«: the month nearest to the publication."""
    for match in pattern("moment", "month").finditer(scene.text):
        year = _year_of_month(match["name"], _clause(scene, match), scene.document)
        if year is not None:
            month = find_dates(f"{match['name']} {year}")[0]
            yield replace(month, start=match.start("name"), end=match.end("name"))


def _clause(scene: Scene, match: re.Match[str]) -> str:
    first, last = scene.clause(match.start(), match.end())
    return scene.text[first:last]


def _year_of_month(name: str, text: str, document: Document) -> int | None:
    known = parse_period(document.published.date or "")
    if known is None or known[0].year != known[1].year:
        return None
    if known[0].month != known[1].month:
        return known[0].year  # only the year is known
    past = has(text, "events", "told") and not has(text, "events", "to_come")
    distance = find_dates(f"{name} {known[0].year}")[0].first.month - known[0].month
    if distance > (0 if past else _HALF):
        return known[0].year - 1
    return known[0].year + 1 if distance < -_HALF and not past else known[0].year
