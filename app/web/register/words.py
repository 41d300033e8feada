"""Statements in words: measures, values with qualifier and unit, periods, dates. Labels: `app/data/labels.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from babel.numbers import format_compact_decimal, format_decimal

from app.data import load
from app.web.dates import show_date, show_range
from app.web.strings import Strings
from ingest.facts.types import Fact

_MILLION = 1_000_000
# A share that was written as a fraction (»ein Drittel«) is shown as one.
_LARGEST_DENOMINATOR = 10
_SPAN = re.compile(r"(\d{4})/(\d{4})")
_YEAR = re.compile(r"\d{4}")
# Symbols and abbreviations stay with their number; a noun may stand in the next line.
_SHORT_UNIT = 4
_YEARLY_DAY = re.compile(r"--(0[1-9]|1[0-2])-(\d\d)")
# Units that say nothing about what is counted.
_BARE_UNITS = {"EUR", "Prozent", "Anteil", "date", None, ""}
_UNNAMED = {"", "other"}
# What an attribute adds beside its statement, in this order; other attributes are for programs.
_SHOWN = (
    "agreement", "signed_by", "present", "stage", "verb", "scope", "of", "giver", "receiver", "purpose",
    "from", "until",
)  # fmt: skip


def labels(group: str, t: Strings) -> Mapping[str, str]:
    """The words of one group (measure, qualifier, …) in a language."""
    found: Mapping[str, str] = load("labels")[t.lang].get(group, {})
    return found


def measure_words(fact: Fact, t: Strings) -> str:
    """What was measured: its label, else what is counted, else the wording."""
    return measure_label(fact.measure, t) or _uncounted(fact, t)


def measure_label(measure: str, t: Strings) -> str:
    """The label of a canonical measure, or nothing."""
    return labels("measure", t).get(measure, "")


def _uncounted(fact: Fact, t: Strings) -> str:
    if fact.unit not in _BARE_UNITS:
        return str(fact.unit)
    wording = fact.attributes.get("wording")
    if isinstance(wording, str) and wording:
        return wording
    return t(f"register_kind_{fact.kind}") if fact.measure in _UNNAMED else fact.measure.replace("_", " ")


def number_words(value: float, unit: str | None, t: Strings) -> str:
    """A number in the form of the language: »1,3 Mio.« only where that is exact; shares as per cent or fraction."""
    if unit == "Anteil" and 0 < value < 1:
        share = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
        if abs(float(share) - value) < 1e-3:
            return f"{share.numerator}/{share.denominator}"
        return f"{format_decimal(round(value * 100, 1), locale=t.lang)}\u00a0%"
    if unit == "EUR" and abs(value) >= _MILLION and round(value / _MILLION, 2) * _MILLION == value:
        return str(format_compact_decimal(value, locale=t.lang, fraction_digits=2, format_type="short"))
    return str(format_decimal(value, locale=t.lang))


def unit_words(unit: str | None) -> str:
    """The unit behind a number."""
    return {"Prozent": "%", "Anteil": "", "date": ""}.get(unit or "", unit or "")


def value_words(fact: Fact, t: Strings) -> str:
    """The value with qualifier and unit; nothing where there is none."""
    value = fact.value
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        text = day_words(value, t) if fact.unit == "date" else value
    else:
        words = unit_words(fact.unit)
        blank = "\u00a0" if len(words) <= _SHORT_UNIT else " "
        text = number_words(value, fact.unit, t) + (f"{blank}{words}" if words else "")
    return "\u00a0".join(part for part in (qualifier_words(fact, t).replace(" ", "\u00a0"), text) if part)


def day_words(iso: str, t: Strings) -> str:
    """A date, or a day that comes again each year (`--10-15`)."""
    match = _YEARLY_DAY.fullmatch(iso)
    if not match:
        return show_date(iso, t)
    return t("register_yearly_day", day=int(match[2]), month=int(match[1]), name=t.month(int(match[1])))


def qualifier_words(fact: Fact, t: Strings) -> str:
    """»über«, »etwa« and the like, or nothing."""
    return labels("qualifier", t).get(fact.qualifier or "", fact.qualifier or "")


def short_number(value: float, unit: str | None, t: Strings) -> str:
    """A number without the noun that it counts, as on an axis."""
    return number_words(value, unit, t) + ("\u00a0%" if unit == "Prozent" else "")


def short_words(fact: Fact, t: Strings) -> str:
    """A numeric value with its qualifier and without the noun that it counts, as in a chart."""
    assert isinstance(fact.value, int | float)
    number = short_number(fact.value, fact.unit, t)
    return " ".join(part for part in (qualifier_words(fact, t), number) if part)


def period_words(period: str | None, t: Strings) -> str:
    """Over which time was counted."""
    if not period:
        return ""
    known = labels("period", t)
    if span := _SPAN.fullmatch(period):
        return known["span"].format(**{"from": span[1], "to": span[2]})
    if _YEAR.fullmatch(period):
        return known["year"].format(**{"from": period})
    if period.startswith("since "):
        return known["since"].format(**{"from": show_date(period.removeprefix("since "), t)})
    return known.get(period, period)


def as_of_words(fact: Fact, t: Strings) -> str:
    """The day a statement holds for, never more precise than known."""
    if fact.as_of_range and not fact.as_of:
        return show_range(*fact.as_of_range, t)
    return show_date(fact.as_of, t) if fact.as_of else t("date_unknown")


def attribute_words(fact: Fact, t: Strings) -> list[tuple[str, str]]:
    """Label and text of what else is known. A member's signer who is not named is said not to be."""
    names = labels("attribute", t)
    found = [(names[name], _attribute(name, fact.attributes[name], t)) for name in _SHOWN if fact.attributes.get(name)]
    if fact.kind == "member" and not fact.attributes.get("signed_by"):
        found.append((names["signed_by"], t("register_not_named")))
    return found


def _attribute(name: str, value: Any, t: Strings) -> str:
    text = joined(value)
    if name in ("from", "until"):
        return day_words(text, t)
    return labels("stage", t).get(text, text) if name == "stage" else text


def joined(value: Any) -> str:
    """An attribute as text."""
    return value if isinstance(value, str) else ", ".join(map(str, value))


def folded(text: str) -> str:
    """A key that sorts German names as a dictionary does: Ä as A, ß as ss, small as capital."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
