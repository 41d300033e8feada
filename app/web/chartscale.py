"""Scales and ticks of charts: round values from zero, and dates at the beginnings of years, quarters or months."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

_ABOUT = 4
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240)


# Room for the name of a year, and of a month with its year.
_YEAR_ROOM, _MONTH_ROOM = 48, 84


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns a value between `low` and `high` into a coordinate between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The coordinate of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def value_ticks(largest: float, whole: bool) -> list[float]:
    """Round values from 0 to the first one that is not below the largest; whole numbers where only such occur."""
    if largest <= 0:
        return [0, 1]
    rough = largest / _ABOUT
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
    if whole:
        step = max(1, math.ceil(step)) if step < 10 else step
    count = math.ceil(largest / step - 1e-9)
    return [round(step * number, 10) for number in range(count + 1)]


def time_ticks(first: datetime.date, last: datetime.date, width: float) -> list[tuple[datetime.date, bool]]:
    """As many beginnings of months or years around the days as have room; True where a year alone names them."""
    span = (last.year - first.year) * 12 + last.month - first.month + 2
    step = next((months for months in _MONTHS if span / months * _room(months) <= width), _MONTHS[-1])
    number = (first.year * 12 + first.month - 1) // step * step
    ticks = []
    while number <= (last.year * 12 + last.month):
        if number >= 12:
            ticks.append((datetime.date(number // 12, number % 12 + 1, 1), step >= 12))
        number += step
    return ticks


def _room(months: int) -> int:
    return _YEAR_ROOM if months >= 12 else _MONTH_ROOM
