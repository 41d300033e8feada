"""Which documents a search may look at: by publication date, kind and document.

A date is an ISO string as precise as known. A document known to a period only counts as its first to its
last possible day: a range asks for overlap, `as_of` for documents that cannot be later. A document without
any date is in neither.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from ingest.errors import InputError
from ingest.types import Published

_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is confined to; an empty field confines nothing.

    Raises:
        InputError: a date is no ISO date.
    """

    published_from: str | None = None
    published_to: str | None = None
    as_of: str | None = None
    kinds: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for date in (self.published_from, self.published_to, self.as_of):
            if date is not None:
                day_span(date)

    @property
    def latest_at_least(self) -> int | None:
        """The last possible day of a document is this one or later (yyyymmdd)."""
        return day_span(self.published_from)[0] if self.published_from else None

    @property
    def earliest_at_most(self) -> int | None:
        """The first possible day of a document is this one or earlier (yyyymmdd)."""
        return day_span(self.published_to)[1] if self.published_to else None

    @property
    def latest_at_most(self) -> int | None:
        """The last possible day of a document is this one or earlier (yyyymmdd)."""
        return day_span(self.as_of)[1] if self.as_of else None


NO_FILTERS = Filters()


def day_span(date: str) -> tuple[int, int]:
    """First and last day (yyyymmdd) of `2021-06-25`, `2021-11` or `2021`.

    Raises:
        InputError: `date` is none of these.
    """
    match = _ISO.fullmatch(date)
    try:
        if not match:
            raise ValueError(date)
        year, month, day = (int(part) if part else None for part in match.groups())
        first = datetime.date(year or 0, month or 1, day or 1)
        end = month or 12
        last = datetime.date(first.year, end, day or calendar.monthrange(first.year, end)[1])
    except ValueError as error:
        hint = "Bitte das Datum als 2021-06-25, 2021-06 oder 2021 angeben."
        raise InputError(f"»{date}« ist kein Datum.", hint) from error
    return _number(first), _number(last)


def publication_days(published: Published) -> tuple[int | None, int | None]:
    """First and last possible publication day (yyyymmdd) of a document, or (None, None)."""
    try:
        if published.range is not None:
            return day_span(published.range[0])[0], day_span(published.range[1])[1]
        return day_span(published.date) if published.date else (None, None)
    except InputError:
        return None, None


def _number(day: datetime.date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
