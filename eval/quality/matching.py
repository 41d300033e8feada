"""Typed comparison of an answer with the values of a case: numbers with unit, amounts, dates, names, phrases, yes/no.

A substring would take [1] for [12] and 1 for 21; here numbers are read as numbers and dates as dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from eval.quality.cases import Value
from index.lexical import analyse, stop_words
from ingest.german.dates import DateMention, find_dates, parse_period
from ingest.german.persons import find_persons
from ingest.german.quantities import Quantity, find_quantities

MARK = re.compile(r"\s?\[\d+\]")
_TRUTH = {"yes": re.compile(r"(?:ja|yes)\b", re.IGNORECASE), "no": re.compile(r"(?:nein|no)\b", re.IGNORECASE)}
_WORD = re.compile(r"[^\W_]+")
_FORM = 4  # letters that two forms of a word share at least
_ROUNDING = 1e-3  # »ein Drittel« is read as .3333
# How a name may end in a sentence: »Torgaus«, »Vogtlandkreises«, »Forkerts«, »Stadtrates«, »Dippoldiswalder«.
_ENDING = r"(?:e?s|e?n|e?r)?"


def holds(text: str, value: Value) -> bool:
    """Whether `text` holds the value; marks like [1] are no text."""
    plain = MARK.sub("", text)
    match value.type:
        case "number" | "money":
            return any(same_quantity(quantity, value) for quantity in find_quantities(plain)) or _spelled(plain, value)
        case "date":
            return any(_within(mention, str(value.value)) for mention in find_dates(plain))
        case "name":
            return any(_names(plain, name) for name in value.any)
        case "text":
            words = set(analyse(plain))
            return any(all(_said(word, words) for word in content(phrase)) for phrase in value.any)
    return bool(_TRUTH[str(value.value)].match(plain.lstrip("»„\"' ")))


def surplus(short: str, types: Iterable[str], allowed: Sequence[Value], days: Iterable[str]) -> list[str]:
    """Values of the given types in `short` that are not among the allowed; `days` (ISO) are allowed besides.

    Numbers are compared with numbers of the same unit only: »40 Vereinbarungen (Stand 22.07.2022)« has one.
    """
    plain, wanted = MARK.sub("", short), set(types)
    found: list[str] = []
    if wanted & {"number", "money"}:
        units = [value for value in allowed if value.type in ("number", "money")]
        found += [
            plain[quantity.start : quantity.end]
            for quantity in find_quantities(plain)
            if any(_same_unit(quantity, value) for value in units)
            and not any(same_quantity(quantity, value) for value in units)
        ]
    if "date" in wanted:
        dates = [str(value.value) for value in allowed if value.type == "date"] + list(days)
        found += [
            plain[mention.start : mention.end]
            for mention in find_dates(plain)
            if not any(_within(mention, day) or _around(mention, day) for day in dates)
        ]
    if "name" in wanted:
        names = [name for value in allowed for name in value.any]
        found += [
            person.name
            for person in find_persons(plain)
            if not any(_names(person.name, name) or _names(name, person.name) for name in names)
        ]
    return found


def same_quantity(quantity: Quantity, value: Value) -> bool:
    """Whether a quantity is the number or amount of `value`, with the same unit or none."""
    if not isinstance(value.value, int | float) or abs(quantity.value - value.value) > _ROUNDING:
        return False
    return not quantity.unit or _same_unit(quantity, value)


def _same_unit(quantity: Quantity, value: Value) -> bool:
    if value.type == "money":
        return quantity.kind == "money"
    if not value.unit:
        return quantity.kind != "money"
    unit, wanted = set(analyse(quantity.unit)), set(analyse(value.unit))
    if unit & wanted:
        return True
    names = [[word.casefold() for word in _WORD.findall(name)] for name in (quantity.unit, value.unit)]
    return any(
        one.endswith(other) or other.endswith(one) for one, other in product(*names)
    )  # »Präventionsräte«, »Räte«


def _spelled(text: str, value: Value) -> bool:
    """»ein Drittel«, »zwei« without what is counted, read together with the unit that is asked for; an ordinal."""
    if value.type == "money":
        return False
    if not value.unit:  # »die 21. Kommune« counts 21 of them
        return re.search(rf"(?<![\d.]){re.escape(f'{value.value:g}')}\. \w*[A-ZÄÖÜ]", text) is not None
    words = (word for word in _WORD.findall(text) if word.isalpha())
    return any(same_quantity(quantity, value) for word in words for quantity in find_quantities(f"{word} {value.unit}"))


def _within(mention: DateMention, day: str) -> bool:
    """Whether a date that is named is the wanted one, or one within the wanted month or year."""
    if day.startswith("--"):
        return mention.iso[-5:] == day[-5:] and (mention.year is None or len(mention.iso) == 10)
    period = parse_period(day)
    return bool(period and mention.year is not None and period[0] <= mention.first and mention.last <= period[1])


def _around(mention: DateMention, day: str) -> bool:
    """Whether a month or year that is named holds the wanted day."""
    period = parse_period(day) if not day.startswith("--") else None
    return bool(period and mention.year is not None and mention.first <= period[0] and period[1] <= mention.last)


def _names(text: str, name: str) -> bool:
    words = _WORD.findall(name)
    pattern = r"\W+".join(re.escape(word) + _ENDING for word in words)
    return bool(words) and re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", text, re.IGNORECASE) is not None


def _said(word: str, words: set[str]) -> bool:
    """Whether a stem is there, or another form of it: the stemmer keeps »förder(t)« and »förd(ern)« apart."""
    return word in words or any(
        min(len(word), len(other)) >= _FORM and (word.startswith(other) or other.startswith(word)) for other in words
    )


def content(phrase: str) -> set[str]:
    """Stems of the words of content of a phrase; of all its words where it has no other."""
    kept = [word for word in _WORD.findall(phrase) if word.casefold() not in stop_words()]
    return set(analyse(" ".join(kept) or phrase))
