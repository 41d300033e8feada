"""What a number leaves open: the values that a statement allows, by its qualifier and by how it is rounded."""

from __future__ import annotations

import math
import re

from app.data import load
from app.register.rows import Row
from index.filters import day_span
from ingest.errors import InputError
from ingest.facts.types import Fact
from ingest.german.quantities import find_quantities

Interval = tuple[float, float]

# »etwa«, »knapp«: one unit of the last digit that is not zero, but at least and at most these shares of the value.
LEAST_SHARE, LARGEST_SHARE = 0.05, 0.10
# »ein Drittel« is a rough share.
SHARE_IN_WORDS = 0.05
_SCALE = re.compile(r"\b(?:Mio|Mrd|Mill|Tsd|[Tt]ausend|Million|Milliarde)")
_DECIMALS = re.compile(r"\d,(\d+)")
_DAY = re.compile(r"(?:(\d{4})|-)-(\d\d)-(\d\d)")


def interval_of(row: Row) -> Interval | None:
    """Smallest and largest value that a statement allows; days count as yyyymmdd. None for other texts.

    Of a limit (a share of at most 90 percent) the number itself is what is said, whatever stands before it.
    """
    fact = row.fact
    if isinstance(fact.value, str):
        return days_of(fact.value) if fact.unit == "date" else None
    if fact.value is None or isinstance(fact.value, bool):
        return None
    value, step = float(fact.value), _rounded_to(row)
    if fact.measure in load("register")["truth"]["limits"]:
        return (value - step / 2, value + step / 2)
    return _qualified(value, step, fact.qualifier)


def days_of(value: str) -> Interval | None:
    """First and last day of an ISO date; of one without a year (`--10-15`) month and day alone."""
    match = _DAY.fullmatch(value)
    if match and not match[1]:
        return (float(match[2] + match[3]),) * 2
    try:
        first, last = day_span(value)
    except InputError:
        return None
    return (first, last)


def disjoint(one: Interval, other: Interval) -> bool:
    """Whether no value satisfies both."""
    return one[1] < other[0] or other[1] < one[0]


def recurring(fact: Fact, span: Interval) -> Interval:
    """Of days that come again each year month and day alone."""
    if fact.measure in load("register")["truth"]["recurring"] and span[0] == span[1]:
        return (span[0] % 10_000, span[1] % 10_000)
    return span


def year_of(fact: Fact) -> str | None:
    """The year that a date names, if it names one."""
    value = fact.value
    return value[:4] if fact.unit == "date" and isinstance(value, str) and value[:4].isdigit() else None


def _qualified(value: float, step: float, qualifier: str | None) -> Interval:
    about = min(max(_last_digit(value), LEAST_SHARE * value, step), max(LARGEST_SHARE * value, step))
    if qualifier in ("über", "mindestens"):
        return (value, math.inf)
    if qualifier in ("bis zu", "weniger als"):
        return (0.0, value)
    if qualifier == "knapp":
        return (value - about, value)
    if qualifier == "etwa":
        return (value - about, value + about)
    return (value - step / 2, value + step / 2)


def _rounded_to(row: Row) -> float:
    """The last digit that the text gives, where a number in millions or of a measured unit is rounded to it; else 0."""
    fact = row.fact
    measured = fact.unit in load("register")["truth"]["measured_units"]
    for quantity in find_quantities(row.entry.quote):
        if quantity.value != fact.value:
            continue
        written = row.entry.quote[quantity.start : quantity.end]
        decimals = _DECIMALS.search(written)
        step = 10.0 ** -len(decimals[1]) if decimals else 1.0
        if _SCALE.search(written):
            return step * _scale(quantity.value, written)
        if measured:
            return step if any(letter.isdigit() for letter in written) else SHARE_IN_WORDS
    return (0.0 if isinstance(fact.value, int) else 0.01) if measured else 0.0


def _scale(value: float, written: str) -> float:
    """By how much the written number was multiplied."""
    digits = re.search(r"\d+(?:[.\s]\d{3})*(?:,\d+)?", written)
    if not digits:
        return 1.0
    number = float(re.sub(r"[.\s]", "", digits[0]).replace(",", "."))
    return value / number if number else 1.0


def _last_digit(value: float) -> float:
    """The place of the last digit that is not zero: 100 for 5,200."""
    if value != int(value) or value == 0:
        return 0.0
    zeros = len(str(abs(int(value)))) - len(str(abs(int(value))).rstrip("0"))
    return float(10**zeros)
