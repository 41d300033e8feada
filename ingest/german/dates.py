"""German dates in running text, each as the first and last day it can mean.

am 25. Juni 2021 · 25.06.2021 · 2021-06-25   one day
Juni 2021 · im Jahr 2021 · Anfang 2019        a period
31. August · 15.10.                           a day of every year (year None)
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

NEAR = 60  # characters before a date in which the first day of a period is looked for
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan january", "februar feb february", "märz maerz mrz march", "april apr",
            "mai may", "juni jun june", "juli jul july", "august aug", "september sept sep",
            "oktober okt october oct", "november nov", "dezember dez december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_PARTS = {
    "anfang": (1, 4), "beginn": (1, 3), "frühjahr": (3, 6), "fruehjahr": (3, 6), "frühling": (3, 6),
    "mitte": (5, 8), "sommer": (6, 9), "herbst": (9, 12), "ende": (9, 12), "winter": (1, 12),
}  # fmt: skip
_PATTERN = re.compile(
    rf"""
    (?<![\w.,/])(?=[\dabdefhjmnos])(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)
    | (?P<nd>\d{{1,2}})\.\s?(?P<nm>\d{{1,2}})\.(?:\s?(?P<ny>{_YEAR})(?!\d)|(?![\d]))
    | (?P<td>\d{{1,2}})\.\s?(?P<tm>{_MONTH})\b\.?(?:\s+(?P<ty>{_YEAR})\b)?
    | (?P<part>anfang|beginn|mitte|ende|frühjahr|fruehjahr|frühling|sommer|herbst)\s+(?:des\s+jahres\s+)?
      (?:(?P<pm>{_MONTH})\s+)?(?P<py>{_YEAR})\b
    | (?P<mm>{_MONTH})\.?\s+(?P<my>{_YEAR})\b
    | (?P<y>{_YEAR})(?![\d/.,-]*\d|\s*(?:€|euro|einwohner|kommunen|prozent|%|m²|teilnehm))\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)


# Every date holds one of these; most lines hold none, and this is found out fast.
_HINT = re.compile(r"\d\.|(?:19|20)\d\d")
_FIRST_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.\s*(?:und|bis(?:\s+zum)?|/|–|-)\s*$")


@dataclass(frozen=True, slots=True)
class DateMention:
    """`text[start:end]` names the days from `first` to `last`; a recurring day has `year` None."""

    start: int
    end: int
    first: date
    last: date
    year: int | None

    @property
    def is_day(self) -> bool:
        """Whether exactly one day is meant."""
        return self.first == self.last

    @property
    def iso(self) -> str:
        """The date as precise as it is known: day, month, year, or `--MM-DD` for a recurring day."""
        if self.year is None:
            return f"--{self.first:%m-%d}"
        return _iso(self.first, self.last)


def find_dates(text: str) -> list[DateMention]:
    """All date mentions of `text` in reading order; impossible dates (31.02.) are left out."""
    if not _HINT.search(text):
        return []
    found = (_mention(match) for match in _PATTERN.finditer(text))
    return [_from_first_day(text, mention) for mention in found if mention is not None]


@cache
def parse_period(value: str) -> tuple[date, date] | None:
    """First and last day of an ISO date given to day, month or year precision; None if it is no date."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _period(year or 1, month, day)
    except ValueError:
        return None


def format_german(iso: str) -> str:
    """`2021-06-25` → `25.06.2021`, `2021-06` → `06/2021`, `2021` → `2021`."""
    parts = iso.split("-")
    return ".".join(reversed(parts)) if len(parts) == 3 else "/".join(reversed(parts))


def _from_first_day(text: str, mention: DateMention) -> DateMention:
    """»16. und 17.11.2020«, »vom 3. bis 5. Mai 2021«: the mention begins with its first day."""
    before = _FIRST_DAY.search(text, max(0, mention.start - NEAR), mention.start) if mention.is_day else None
    if before is None or not 0 < int(before.group(1)) < mention.first.day:
        return mention
    first = mention.first.replace(day=int(before.group(1)))
    return replace(mention, start=mention.start - len(before.group()), first=first)


def _iso(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y}"


def _mention(match: re.Match[str]) -> DateMention | None:
    try:
        year, first, last = _resolve(match)
    except ValueError:
        return None
    return DateMention(match.start(), match.end(), first, last, year)


def _resolve(match: re.Match[str]) -> tuple[int | None, date, date]:
    group = match.groupdict()
    if group["iso"]:
        day = date.fromisoformat(group["iso"])
        return day.year, day, day
    if group["nd"]:
        return _day(group["ny"], int(group["nm"]), int(group["nd"]))
    if group["td"]:
        return _day(group["ty"], _MONTHS[group["tm"].lower()], int(group["td"]))
    if group["part"]:
        return _part(group["part"].lower(), group["pm"], int(group["py"]))
    if group["mm"]:
        year = int(group["my"])
        return year, *_period(year, _MONTHS[group["mm"].lower()], None)
    year = int(group["y"])
    return year, *_period(year, None, None)


def _day(year: str | None, month: int, day: int) -> tuple[int | None, date, date]:
    resolved = date(int(year) if year else 2000, month, day)
    return (int(year) if year else None), resolved, resolved


def _part(part: str, month: str | None, year: int) -> tuple[int, date, date]:
    if month:
        return year, *_period(year, _MONTHS[month.lower()], None)
    first, last = _PARTS[part]
    return year, date(year, first, 1), _period(year, last, None)[1]


def _period(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)
