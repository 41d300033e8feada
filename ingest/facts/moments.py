"""The day a statement holds for, and the time over which it counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.facts.scenes import Scene
from ingest.facts.vocabulary import compiled, has, pattern, section
from ingest.german.dates import DateMention, find_dates, parse_period
from ingest.types import Basis, Document

Range = tuple[str, str] | None
_RELATIVE = re.compile(
    r"(?:(?:bei|in|mit|von|an|auf) )?(?:der|die|das|dem|den|deren|dessen)\b(?! (?:sind|ist|entspricht|macht|waren))"
)
_YEAR_BEFORE = re.compile(r"\((?P<year>(?:19|20)\d\d):\s*$")
_OPENING = re.compile(r"(?:\s+\w+)?\s*\((?:Stand:? |am |zum )?")
_SHARED_OVER = 30  # sentences for which a »Stand« above them can hold
_ITEM_DATE = re.compile(r"^(?:[-–—•*·]\s+)?$")


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


def _whole_year(year: str) -> Moment:
    return Moment(year, (f"{year}-01-01", f"{year}-12-31"), "stated")


def published(document: Document) -> Moment:
    """The publication date of a document as an as-of date."""
    known = document.published
    return Moment(known.date, known.range, known.basis)


UNKNOWN = Moment(None, None, "unknown")


def as_of(scene: Scene, start: int, end: int) -> Moment:
    """As-of date of what stands at a span of the sentence: its own, its table's or list's, else the publication."""
    own = (
        _row(scene, start) or _beside(scene, start, end) or _own(scene, start, end) or _heading(scene) or _shared(scene)
    )
    if own is None or _is_to_come(own, scene.document):
        return published(scene.document)
    return own


def _is_to_come(moment: Moment, document: Document) -> bool:
    """A day after the publication is a plan: what is said of it was known at the publication."""
    span = document.published.range
    known = span[1] if span else document.published.date
    return bool(moment.date and known and len(moment.date) == 10 and moment.date > known)


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


def _row(scene: Scene, start: int) -> Moment | None:
    """A row of a table: the »Stand« of its column, or of its first cell."""
    if not scene.cells:
        return None
    cell = scene.cell_at(start)
    if cell is not None and re.fullmatch(r"(?:19|20)\d\d", cell.label):
        return _whole_year(cell.label)
    dates = find_dates(cell.label) if cell is not None else []
    if dates and dates[0].year is not None:
        return moment_of(dates[0])
    for other in scene.cells:
        if other is not cell and has(other.label, "moment", "column") and not find_dates(other.label):
            dates = find_dates(other.value)
            if dates or has(other.label, "moment", "table"):
                return moment_of(dates[0]) if dates else UNKNOWN
    return None


def _beside(scene: Scene, start: int, end: int) -> Moment | None:
    """»11.987 Einwohner (30.06.2019)«, »(2022: 10.203)«: a date in brackets with the number."""
    year = _YEAR_BEFORE.search(scene.text[:start])
    if year:
        return _whole_year(year["year"])
    for mention in scene.dates:
        if mention.year is not None and _OPENING.fullmatch(scene.text[end : mention.start]):
            return moment_of(mention) if scene.text[mention.end : mention.end + 1] == ")" else None
    return None


def _own(scene: Scene, start: int, end: int) -> Moment | None:
    """A date of the sentence that says when the statement held."""
    text = scene.text
    first, last = scene.clause(start, end)
    if first and has(text[first:last], "moment", "now"):
        return None
    for mention in scene.dates:
        if mention.year is None:
            continue
        before, after = text[: mention.start], text[mention.end :]
        if pattern("moment", "stand").search(before) or (_ITEM_DATE.match(before) and after.startswith(":")):
            return moment_of(mention)
        inside = first <= mention.start < last or _opens(scene, mention)
        day = mention.is_day and pattern("moment", "day").search(before)
        part = re.search(r"(?i)^(?:ende|anfang|mitte)", text[mention.start : mention.end])
        dated = (
            day
            or part
            or (not mention.is_day and len(mention.iso) == 7 and re.search(r"\b(?:[Ii]m|[Bb]is)\s+$", before))
        )
        summed = mention.is_day and pattern("moment", "until").search(before)
        if inside and dated and (summed or has(text, "moment", "state")):
            return moment_of(mention)
    year = _past_year(scene, first, last)
    if year is not None:
        return year
    days = (resolved(d, scene.document) for d in scene.dates if d.is_day)
    happened = [day for day in days if day is not None]
    if len(happened) == 1 and _tells_of(scene, happened[0], (first, last)):
        return moment_of(happened[0])
    return None


def _past_year(scene: Scene, first: int, last: int) -> Moment | None:
    """»Im Jahr 2020 war es nur die Hälfte«, told later: the state of that year."""
    now = (scene.document.published.date or "")[:4]
    years = [d for d in scene.dates if len(d.iso) == 4 and first <= d.start < last]
    past = len(years) == 1 and years[0].iso < now and has(scene.text[first:last], "moment", "past")
    return moment_of(years[0]) if past else None


def _stand_of(scene: Scene) -> Moment | None:
    """The »Stand« that a sentence gives for itself, and for the rest of its paragraph."""
    for mention in scene.dates:
        if mention.year is not None and pattern("moment", "stand").search(scene.text[: mention.start]):
            return moment_of(mention)
    return None


def _tells_of(scene: Scene, mention: DateMention, clause: tuple[int, int]) -> bool:
    """Whether a sentence tells what happened on a day; what a relative clause adds holds for another time."""
    text = scene.text
    if scene.cells or text.rfind("(", 0, mention.start) > text.rfind(")", 0, mention.start):
        return False
    if mention.start > clause[1] or re.search(r"[;:]\s", text[mention.end : clause[0]]):
        return False
    relative = mention.start < clause[0] and _RELATIVE.match(text[clause[0] :])
    return bool(pattern("moment", "happened").search(text[: mention.start])) and not relative


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


def weekday_of(text: str, document: Document) -> Moment | None:
    """»am Donnerstag« in a release: the last such day up to its publication; »gestern«: the one before it."""
    match = pattern("moment", "weekday").search(text)
    known = parse_period(document.published.date or "")
    if known is not None and known[0] == known[1] and has(text, "moment", "yesterday"):
        return Moment((known[0] - timedelta(days=1)).isoformat(), None, "stated")
    if match is None or known is None or known[0] != known[1]:
        return None
    names = section("moment", "weekdays")
    back = (known[0].weekday() - names.index(match["name"])) % 7
    return Moment((known[0] - timedelta(days=back)).isoformat(), None, "stated")


def month_of(text: str, document: Document) -> Moment | None:
    """»im Oktober« in a dated document: the last such month up to its publication."""
    match = pattern("moment", "month").search(text)
    known = parse_period(document.published.date or "")
    if match is None or known is None or known[0].year != known[1].year:
        return None
    month = section("moment", "months").index(match["name"]) + 1
    found = parse_period(f"{known[1].year - (month > known[1].month)}-{month:02}")
    return Moment(found[0].isoformat()[:7], (found[0].isoformat(), found[1].isoformat()), "stated") if found else None


def _opens(scene: Scene, mention: DateMention) -> bool:
    """»Am 30. Juni 2023 waren es …«: a date at the beginning dates the whole sentence."""
    return len(scene.text[: mention.start].split()) <= 2


def _introduced(scene: Scene) -> Moment | None:
    """»Die Übersicht nennt die Einwohner am 31. Dezember 2020.« right above a table."""
    above = scene.before
    while above is not None and above.cells and above.heading == scene.heading:
        above = above.before
    if above is None or above.heading != scene.heading or not has(above.text, "moment", "shared"):
        return None
    days = [d for d in above.dates if d.is_day and d.year is not None]
    only = len(days) == 1 and pattern("moment", "day").search(above.text[: days[0].start])
    return moment_of(days[0]) if only else None


def _heading(scene: Scene) -> Moment | None:
    if not has(scene.heading, "moment", "table"):
        return None
    dates = [d for d in find_dates(scene.heading) if d.year is not None]
    return moment_of(dates[0]) if dates else None


def _shared(scene: Scene) -> Moment | None:
    """»Die folgenden Zahlen haben den Stand November 2021.« above the sentence in the same section."""
    before, follows = scene.before, scene.follows
    if scene.cells and (introduced := _introduced(scene)) is not None:
        return introduced
    for _ in range(_SHARED_OVER):
        if before is None or before.heading != scene.heading:
            break
        if follows and (own := _stand_of(before)) is not None:
            return own
        follows = follows and before.follows
        if has(before.text, "moment", "table") and not before.cells and has(before.text, "moment", "shared"):
            dates = [d for d in before.dates if d.year is not None]
            if dates:
                return moment_of(dates[-1])
        before = before.before
    return None
