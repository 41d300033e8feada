"""Dates as people read them, never more precise than known; and dates as people type them."""

from __future__ import annotations

import datetime as dt
import re

from app.web.strings import Strings
from ingest.types import Published

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_GERMAN = re.compile(r"(?:(?:(\d{1,2})\.\s*)?(\d{1,2})\.\s*)?(\d{4})")


def show_date(iso: str, t: Strings) -> str:
    """`2021-06-25` as »25.06.2021«, `2021-11` as »November 2021«, `2021` as it is; anything else unchanged."""
    match = _ISO.fullmatch(iso)
    if not match:
        return iso
    year, month, day = match.groups()
    if not month or not 1 <= int(month) <= 12:
        return iso
    key = "day_format" if day else "month_format"
    return t(key, year=year, month=int(month), day=int(day or 0), name=t.month(int(month)))


def show_range(start: str, end: str, t: Strings) -> str:
    """»zwischen 01.11.2021 und 30.11.2021«."""
    return t("date_between", start=show_date(start, t), end=show_date(end, t))


def show_published(published: Published, t: Strings) -> str:
    """The publication date with its basis where that is not a statement of the document itself."""
    if published.range and (published.basis != "stated" or not _names_range(published)):
        text = show_range(*published.range, t)
    elif published.date:
        text = show_date(published.date, t)
    else:
        return t("date_unknown")
    marks = {"inferred": "date_inferred", "file": "date_file"}
    return f"{text} ({t(marks[published.basis])})" if published.basis in marks else text


def show_as_of(date: str | None, span: tuple[str, str] | None, t: Strings) -> str:
    """»Stand 22.07.2022«, »Stand zwischen … und …«, or nothing."""
    if span:
        return t("as_of", date=show_range(*span, t))
    return t("as_of", date=show_date(date, t)) if date else ""


def parse_date(text: str) -> str | None:
    """ISO date of what a person typed (`22.07.2022`, `07.2022`, `2022`, ISO), or None."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _GERMAN.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def _names_range(published: Published) -> bool:
    """Whether the date alone (a month, a year) already says that it is no day."""
    return published.date is not None and len(published.date) < len("2021-11-01")
