"""The day for which a number holds: its own, that of its table, list or paragraph, else that of the document."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.facts.moments import UNKNOWN, Moment, known_by, moment_of, published, resolved, told_end, whole_year
from ingest.facts.scenes import Scene
from ingest.facts.vocabulary import has, pattern
from ingest.german.dates import DateMention, find_dates
from ingest.german.quantities import number_words
from ingest.types import Document

_RELATIVE = re.compile(
    r"(?:(?:bei|in|mit|von|an|auf|über|für|aus|zu|nach|gegen|unter) )?(?:der|die|das|dem|den|deren|dessen)\b"
    r"(?! (?:sind|ist|entspricht|macht|waren))"
)
_LIST = re.compile(r",\s+(?:[a-zäöüß]+e[nrs]?\s+)?[A-ZÄÖÜ][\wäöüß-]+(?:,|\s(?:und|sowie|oder)\s)")
_YEAR_BEFORE = re.compile(r"\((?P<year>(?:19|20)\d\d):\s*$")
_OPENING = re.compile(r"(?:\s+\w+)?\s*\((?:Stand:? |am |zum )?")
_SHARED_OVER = 30  # sentences for which a »Stand« above them can hold
_STAND_LINE = 60  # characters of a line that says nothing else
_BACK = 3  # sentences and headings between a day and what points back to it
_FAR = 100_000
_ITEM_DATE = re.compile(r"^(?:[-–—•*·]\s+)?$")


def as_of(scene: Scene, start: int, end: int) -> Moment:
    """As-of date of what stands at a span of the sentence: its own, its table's or list's, else the publication."""
    own = _row(scene, start) or _beside(scene, start, end) or _own(scene, start, end)
    own = own or _by_then(scene, start, end) or _heading(scene) or shared(scene)
    if own is not None and not _is_to_come(own, scene.document):
        return own
    return _of_lead(scene) or _in_general(scene)


def _in_general(scene: Scene) -> Moment:
    """The »Stand« of the document; where that only tells the day of its month, it is that of its tables."""
    stand, known = _of_document(scene.document), published(scene.document)
    if stand is None or (not scene.cells and known.date and str(stand.date).startswith(known.date)):
        return known
    return stand


def _of_lead(scene: Scene) -> Moment | None:
    """»Stand 1. Oktober 2023:« above a list."""
    line = scene.lead[:_STAND_LINE] if scene.is_item else ""
    dates = find_dates(line) if has(line, "moment", "stand_line") else []
    return moment_of(dates[0]) if len(dates) == 1 and dates[0].year is not None else None


@lru_cache(maxsize=256)
def _of_document(document: Document) -> Moment | None:
    """»Stand: 28. September 2022« in a line of its own, once in a document: what has no other day holds for that."""
    lines = [line for line in document.text[:_FAR].splitlines() if has(line[:_STAND_LINE], "moment", "stand_line")]
    whole = len(lines) == 1 and len(lines[0]) < _STAND_LINE and not lines[0].rstrip().endswith(":")
    dates = find_dates(lines[0][:_STAND_LINE]) if whole else []
    return moment_of(dates[0]) if len(dates) == 1 and dates[0].year is not None else None


def _is_to_come(moment: Moment, document: Document) -> bool:
    """A day after the publication is a plan: what is said of it was known at the publication."""
    known = known_by(document)
    return bool(moment.date and known and moment.date > known)


def _row(scene: Scene, start: int) -> Moment | None:
    """A row of a table: the »Stand« of its column, or of its first cell."""
    if not scene.cells:
        return None
    cell = scene.cell_at(start)
    if cell is not None and re.fullmatch(r"(?:19|20)\d\d", cell.label):
        return whole_year(cell.label)
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
        return whole_year(year["year"])
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
    if (earlier := _years_before(scene, first, last)) is not None:
        return earlier
    if (last_year := _last_year(scene, text[first:last])) is not None:
        return last_year
    for mention in sorted(scene.dates, key=lambda date: not first <= date.start < last):
        if mention.year is None:
            continue
        before, after = text[: mention.start], text[mention.end :]
        if first <= mention.start < last and pattern("moment", "count_of").search(before):
            return moment_of(mention)
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
        over = mention.is_day or (part and mention.last.isoformat() <= known_by(scene.document))
        summed = over and pattern("moment", "until").search(before)
        if inside and dated and (summed or has(text, "moment", "state")):
            return moment_of(mention)
    year = _past_year(scene, first, last) or _told_end(scene, first, last)
    if year is not None:
        return year
    days = (resolved(d, scene.document) for d in scene.dates if d.is_day)
    happened = [day for day in days if day is not None]
    if len(happened) == 1 and _tells_of(scene, happened[0], (first, last)):
        return moment_of(happened[0])
    return None


def _last_year(scene: Scene, clause: str) -> Moment | None:
    """»im vergangenen Jahr waren es 21«: the state of the year before the publication."""
    published_in = (scene.document.published.date or "")[:4]
    if not published_in or not has(clause, "moment", "last_year") or not has(clause, "moment", "were"):
        return None
    return whole_year(str(int(published_in) - 1))


def _by_then(scene: Scene, start: int, end: int) -> Moment | None:
    """»Bis dahin waren es 12«, »350 Gäste kamen«: the paragraph goes on about the day of the sentence before."""
    before = scene.before
    if before is None or scene.cells or scene.dates or scene.is_item:
        return None
    if has(scene.text, "moment", "that_day") and (day := _named_last(before)) is not None:
        return day
    if not scene.follows:
        return None
    first, last = scene.clause(start, end)
    if has(before.text, "moment", "that_day") and has(scene.text[first:last], "moment", "was"):
        return _by_then(before, len(before.text) - 1, len(before.text))
    then = has(scene.text, "moment", "then")
    goes_on = has(scene.text[first:last], "moment", "went_on") and not has(scene.text, "moment", "other_time")
    if not then and not goes_on:
        return None
    number = next((q for q in before.quantities if q.kind == "count"), None)
    at = (number.start, number.end) if number else (len(before.text) - 1, len(before.text))
    return _own(before, *at) or _by_then(before, *at)


def _named_last(before: Scene | None) -> Moment | None:
    """The day that »zu diesem Zeitpunkt« points back to, from the next paragraph, too."""
    for _ in range(_BACK):
        if before is None or before.cells:
            return None
        days = [d for d in before.dates if d.is_day and d.year is not None]
        if days:
            return moment_of(days[-1])
        before = before.before
    return None


def _told_end(scene: Scene, first: int, last: int) -> Moment | None:
    """The end of a month or a year that the clause names, the clauses before it, or the relative clause behind it."""
    behind = last + len(", ")
    end = scene.clause(behind, behind)[1] if _RELATIVE.match(scene.text[behind:]) else last
    return told_end(scene.text[:end], scene.text, scene.document)


def _past_year(scene: Scene, first: int, last: int) -> Moment | None:
    """»Im Jahr 2020 war es nur die Hälfte«, told later: the state of that year."""
    now = (scene.document.published.date or "")[:4]
    years = [d for d in scene.dates if len(d.iso) == 4 and first <= d.start < last]
    past = len(years) == 1 and years[0].iso < now and has(scene.text[first:last], "moment", "past")
    return moment_of(years[0]) if past else None


def _years_before(scene: Scene, first: int, last: int) -> Moment | None:
    """»ein Jahr zuvor waren es neun«, »vor fünf Jahren hatten wir …«: so many years before what the sentence dates."""
    clause = scene.text[first:last]
    match = pattern("moment", "years_before").search(clause)
    if match is None or not has(clause, "moment", "was"):
        return None
    known = [d.iso for d in scene.dates if d.year is not None and d.end <= first] if match["before"] else []
    day = known[-1] if known else (scene.document.published.date or "")
    many = match["many"] or match["ago"]
    years = int(many) if many.isdigit() else int(number_words().get(many.casefold(), 0))
    return whole_year(str(int(day[:4]) - years)) if day and years else None


def _stand_of(scene: Scene) -> Moment | None:
    """The »Stand« that a sentence gives for itself, and for the rest of its paragraph."""
    shares = has(scene.text, "moment", "shared")
    for mention in scene.dates:
        before = scene.text[: mention.start]
        beside = before.rfind("(") > before.rfind(")") and not shares  # »2.140 Einwohner (Stand: …)«
        if mention.year is not None and not beside and pattern("moment", "stand").search(before):
            return moment_of(mention)
    return None


def _tells_of(scene: Scene, mention: DateMention, clause: tuple[int, int]) -> bool:
    """Whether a sentence tells what happened on a day; what a relative clause adds holds for another time."""
    text = scene.text
    if scene.cells or text.rfind("(", 0, mention.start) > text.rfind(")", 0, mention.start):
        return False
    listed = clause[0] == 0 and _LIST.match(text, clause[1])
    if (mention.start > clause[1] and not listed) or re.search(r"[;:]\s", text[mention.end : clause[0]]):
        return False
    own = scene.clause(mention.start, mention.start)
    if own != clause and re.search(r",\s$", text[: own[0]]) and _RELATIVE.match(text[own[0] :]):
        return False  # »Musterau, dessen Rat am 3. Mai zustimmte, hat 12 …«
    relative = mention.start < clause[0] and _RELATIVE.match(text[clause[0] :])
    return bool(pattern("moment", "happened").search(text[: mention.start])) and not relative


def _opens(scene: Scene, mention: DateMention) -> bool:
    """»Am 30. Juni 2023 waren es …«: a date at the beginning dates the whole sentence."""
    return len(scene.text[: mention.start].split()) <= 2


def _introduced(scene: Scene) -> Moment | None:
    """»Die Übersicht nennt die Einwohner am 31. Dezember 2020.« right above a table."""
    above = scene.before
    while above is not None and above.cells and above.heading == scene.heading:
        above = above.before
    if above is None or above.heading != scene.heading:
        return None
    if len(above.text) < _STAND_LINE and (stand := _stand_of(above)) is not None:
        return stand  # »Auswahl, Stand 31. Januar 2024«
    if not has(above.text, "moment", "shared"):
        return None
    days = [d for d in above.dates if d.is_day and d.year is not None]
    only = len(days) == 1 and pattern("moment", "day").search(above.text[: days[0].start])
    return moment_of(days[0]) if only else None


def _heading(scene: Scene) -> Moment | None:
    if not has(scene.heading, "moment", "table"):
        return None
    dates = [d for d in find_dates(scene.heading) if d.year is not None]
    return moment_of(dates[0]) if dates else None


def shared(scene: Scene) -> Moment | None:
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
        holds = scene.cells or not has(before.text, "moment", "of_table")
        told = has(before.text, "moment", "table") and has(before.text, "moment", "shared")
        if told and holds and not before.cells:
            dates = [d for d in before.dates if d.year is not None]
            if dates:
                return moment_of(dates[-1])
        before = before.before
    return None
