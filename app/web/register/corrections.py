"""What a maintainer typed into the form of a statement, as a decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.register.rows import Row
from app.web.dates import parse_date
from app.web.strings import Strings
from index.register import ACTIONS, Action
from ingest.facts.types import Fact

_LONGEST_NOTE = 1000
_LONGEST_VALUE = 300
_GERMAN = re.compile(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Wish:
    """A decision as it was sent; `problem` says what is missing, in the reader's language."""

    action: Action = "confirm"
    note: str = ""
    change: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def read_wish(form: Mapping[str, str], row: Row, t: Strings) -> Wish:
    """The decision that a form asks for."""
    action = next((known for known in ACTIONS if known == form.get("aktion")), None)
    note = " ".join(form.get("vermerk", "").split())[:_LONGEST_NOTE]
    if action is None:
        return Wish(problem=t("register_no_action"))
    if action == "source_wrong" and not note:
        return Wish(action, note, problem=t("register_note_needed"))
    if action != "correct":
        return Wish(action, note)
    return _correction(form, row, note, t)


def _correction(form: Mapping[str, str], row: Row, note: str, t: Strings) -> Wish:
    """Only what differs from the present statement is a change."""
    fact = row.fact
    change: dict[str, Any] = {}
    typed, day = form.get("wert", "").strip()[:_LONGEST_VALUE], form.get("stand", "").strip()
    value = _value(typed, fact, t)
    as_of = parse_date(day) if day else None
    if typed and value is None:
        return Wish("correct", note, problem=t("register_value_unclear", value=typed))
    if day and as_of is None:
        return Wish("correct", note, problem=f"{t('error_as_of', value=day)} {t('error_as_of_hint')}")
    if value is not None and value != fact.value:
        change["value"] = value
    if (qualifier := form.get("zusatz", "").strip()[:40] or None) != fact.qualifier:
        change["qualifier"] = qualifier
    if as_of is not None and as_of != fact.as_of:
        change["as_of"] = as_of
    if not change:
        return Wish("correct", note, problem=t("register_no_change"))
    return Wish("correct", note, change)


def _value(typed: str, fact: Fact, t: Strings) -> int | float | str | None:
    """The value in the form that the statement has: a number, a date or a text."""
    if fact.unit == "date":
        # A day of every year (`--10-15`) is shown without a year and stays what it is unless another one is typed.
        return parse_date(typed) or yearly_day(typed)
    if not isinstance(fact.value, int | float):
        return typed or None
    pattern, group, comma = (_GERMAN, r"[.\s]", ",") if t.lang == "de" else (_ENGLISH, ",", ".")
    if not pattern.fullmatch(typed):
        return None
    number = float(re.sub(group, "", typed).replace(comma, "."))
    return int(number) if number == int(number) else number


def yearly_day(typed: str) -> str | None:
    """`15.10.` as `--10-15`."""
    match = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.", typed)
    return f"--{int(match[2]):02d}-{int(match[1]):02d}" if match and 1 <= int(match[2]) <= 12 else None
