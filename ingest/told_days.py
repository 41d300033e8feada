"""The day on which a document appeared, as its running text tells it: »heute«, »heute vor drei Jahren«, a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ingest.german.dates import NEAR, DateMention, find_dates, format_german
from ingest.german.quantities import number_words
from ingest.types import Block, Published

_TODAY = re.compile("heut", re.IGNORECASE)
_TODAY_WORDS = re.compile(r"\b(?:heutigen|heute,?(?:\s+(?:am|dem|den))*)\s*$", re.IGNORECASE)
_YEARS_AGO = re.compile(r"\b[Hh]eute (?:auf den Tag genau )?vor (\w+) Jahr(?:en)?, am ")
_DATELINE = re.compile(
    r"[A-ZÄÖÜ][\w.-]+(?: [\w.-]+){0,2}(?: \([a-z/]{2,8}\))?,\s+(?P<day>[^–—:]{6,25}?)\s*"
    r"(?:[–—:]|\.\s[–—]|(?<=\d{4})\.)\s"
)


def dateline(text: str) -> DateMention | None:
    """»Musterau, 7. Februar 2023 – Als erste …«, »Musterau, 07.02.2023. Als …«: place and day before a report."""
    match = _DATELINE.match(text)
    days = [d for d in find_dates(match["day"]) if d.is_day and d.year is not None] if match else []
    return days[0] if len(days) == 1 else None


def _of_today(blocks: Sequence[Block]) -> Iterator[str]:
    """Body blocks that speak of »heute«."""
    for block in blocks:
        if block.role == "body" and _TODAY.search(block.text):
            yield " ".join(block.text.split())


def today_date(blocks: Sequence[Block]) -> DateMention | None:
    """»am heutigen 25. Juni 2021«: the text itself says which day it is."""
    for text in _of_today(blocks):
        for mention in find_dates(text):
            before = max(0, mention.start - NEAR)
            if mention.is_day and mention.year and _TODAY_WORDS.search(text, before, mention.start):
                return mention
    return None


def anniversary(blocks: Sequence[Block], today: date) -> Published | None:
    """»Heute vor drei Jahren, am 4. September 2019«: the day of the release can be computed."""
    for text in _of_today(blocks):
        match = _YEARS_AGO.search(text)
        if match is None:
            continue
        years = match[1].casefold()
        count = int(years) if years.isdigit() else int(number_words().get(years, 0))
        mention = next((d for d in find_dates(text) if d.start == match.end() and d.is_day and d.year), None)
        if count and mention:
            day = _years_later(mention.first, int(count))
            if day > today:
                continue
            reason = f"Der Text nennt den Tag als »heute vor {match[1]} Jahren« nach dem {format_german(mention.iso)}."
            return Published(day.isoformat(), None, "inferred", reason)
    return None


def _years_later(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
