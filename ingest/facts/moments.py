"""The day a statement holds for, and the time over which it counted."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.facts.scenes import Scene
from ingest.facts.vocabulary import compiled, find, has, pattern, section
from ingest.german.dates import DateMention, find_dates, parse_period
from ingest.types import Basis, Document

_YEAR_CLOSES = "12-15"  # month and day from which »zum Jahresende« means the year that ends
Range = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Moment:
    """An as-of date as `Fact` holds it."""

    date: str | None
    range: Range
    basis: Basis


def moment_of(mention: DateMention) -> Moment:
    """The date of a mention, stated."""
    span = None if mention.is_day else (mention.first.isoformat(), mention.last.isoformat())
    return Moment(mention.iso, span, "stated")


def whole_year(year: str) -> Moment:
    """A year as an as-of date."""
    return Moment(year, (f"{year}-01-01", f"{year}-12-31"), "stated")


def published(document: Document) -> Moment:
    """The publication date of a document as an as-of date."""
    known = document.published
    return Moment(known.date, known.range, known.basis)


UNKNOWN = Moment(None, None, "unknown")


def says_today(text: str) -> bool:
    """Whether a sentence dates itself by »heute«."""
    return has(text, "moment", "today") and not has(text, "moment", "not_today")


def period(scene: Scene, start: int, end: int) -> str | None:
    """The time over which something at a span was counted, canonical (see `Fact`): by its clause, then the sentence."""
    first, last = scene.clause(start, end)
    for text in (scene.text[first:last], scene.text):
        for rule in section("period"):
            match = compiled(rule["pattern"]).search(text)
            if match:
                return _period_name(rule["name"], match, scene.document)
    return None


def _period_name(name: str, match: re.Match[str], document: Document) -> str | None:
    if name == "this year":
        return (document.published.date or "")[:4] or None
    found = {key: value for key, value in match.groupdict().items() if value}
    if len(found.get("last", "")) == 2:
        found["last"] = found["first"][:2] + found["last"]
    return str(name).format(**found)


def resolved(mention: DateMention, document: Document) -> DateMention | None:
    """A day without a year in a dated document: the one nearest to its publication; None where that is not known."""
    if mention.year is not None:
        return mention
    known = parse_period(document.published.date or "")
    if known is None or known[0].year != known[1].year:
        return None
    if known[0] != known[1]:
        day = _in_year(mention, known[0].year)
        return replace(mention, first=day, last=day, year=day.year) if day else None
    years = [_in_year(mention, known[0].year + step) for step in (-1, 0, 1)]
    nearest = min((day for day in years if day), key=lambda day: abs((day - known[0]).days), default=None)
    return replace(mention, first=nearest, last=nearest, year=nearest.year) if nearest else None


def _in_year(mention: DateMention, year: int) -> date | None:
    try:
        return mention.first.replace(year=year)
    except ValueError:
        return None


def last_before(moment: Moment, document: Document) -> Moment:
    """A day without a year that something happened on: the last one before the publication."""
    known = known_by(document)
    if not known or not moment.date or moment.range is not None or moment.date <= known:
        return moment
    year, day = int(moment.date[:4]) - 1, moment.date[4:]
    while day == "-02-29" and not isleap(year):
        year -= 1
    return replace(moment, date=f"{year}{day}")


def weekday_of(text: str, document: Document) -> Moment | None:
    """»am Donnerstag« in a release: the last such day up to its publication, »am kommenden« the next; »gestern«."""
    match = pattern("moment", "weekday").search(text)
    known = parse_period(document.published.date or "")
    yesterday = find(text, "moment", "yesterday")
    if known is not None and known[0] == known[1] and yesterday is not None:
        return Moment((known[0] - timedelta(days=2 if yesterday["two"] else 1)).isoformat(), None, "stated")
    if match is None or known is None or known[0] != known[1]:
        return None
    day = section("moment", "weekdays").index(match["name"])
    back = (known[0].weekday() - day) % 7
    step = 7 - back if match["next"] else -back
    return Moment((known[0] + timedelta(days=step)).isoformat(), None, "stated")


def month_of(text: str, document: Document) -> Moment | None:
    """»im Oktober« in a dated document: the last such month up to its publication."""
    match = pattern("moment", "month_since").search(text)
    known = parse_period(document.published.date or "")
    if match is None or known is None or known[0].year != known[1].year:
        return None
    month = section("moment", "months").index(match["name"]) + 1
    found = parse_period(f"{known[1].year - (month > known[1].month)}-{month:02}")
    return Moment(found[0].isoformat()[:7], (found[0].isoformat(), found[1].isoformat()), "stated") if found else None


def told_end(text: str, sentence: str, document: Document) -> Moment | None:
    """»bis Ende April wurden 26 bewilligt«, »zum Jahresende waren es 30«: the past end of a month or year in a text."""
    if has(sentence, "moment", "planned") or not has(sentence, "moment", "told"):
        return None
    month = pattern("moment", "end_of_month").search(text)
    if month is not None:
        return month_of(month.group(), document)
    return _last_year_end(document) if has(text, "moment", "end_of_year") else None


def _last_year_end(document: Document) -> Moment | None:
    """The end of the year that a title names (»Jahresbericht 2022«), else the last one before the publication."""
    known = known_by(document)
    named = {d.iso for d in find_dates(document.title) if len(d.iso) == len("2022")}
    last = str(int(known[:4]) - (known[5:] < _YEAR_CLOSES)) if known else ""
    year = named.pop() if len(named) == 1 else last
    return Moment(f"{year}-12-31", None, "stated") if year else None


def known_by(document: Document) -> str:
    """The last day on which a document can have been published."""
    span = document.published.range
    return (span[1] if span else document.published.date) or ""
