"""Statements in short German words: values with qualifier and unit, dates, periods, documents."""

from __future__ import annotations

from typing import Any

from app.data import load
from app.register.rows import Row
from ingest.facts.types import Fact

_UNITS = {"EUR": "Euro", "Prozent": "Prozent"}
_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def word(group: str, name: str) -> str:
    """The German word for a name that the register uses inside (`kind`, `action`, `rank`, `basis`)."""
    found: str = load("register")["words"][group].get(name, name)
    return found


def shown_date(iso: str) -> str:
    """`2021-06-25` as »25.06.2021«, `2021-11` as »November 2021«, `--10-15` as »15.10.«; anything else unchanged."""
    if iso.startswith("--"):
        return ".".join([*reversed(iso[2:].split("-")), ""])
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) not in (2, 3):
        return iso
    if len(parts) == 3:
        return f"{parts[2]}.{parts[1]}.{parts[0]}"
    return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}" if 1 <= int(parts[1]) <= 12 else iso


def shown_as_of(fact: Fact) -> str:
    """»Stand 22.07.2022«, »Stand zwischen … und …«, »ohne Datum«; an inferred one is marked."""
    mark = " (erschlossen)" if fact.as_of_basis == "inferred" else ""
    if fact.as_of_range and not fact.as_of:
        first, last = map(shown_date, fact.as_of_range)
        return f"Stand zwischen {first} und {last}{mark}"
    return f"Stand {shown_date(fact.as_of)}{mark}" if fact.as_of else "ohne Datum"


def shown_value(fact: Fact) -> str:
    """»über 28 Kommunen«, »1.300.000 Euro«, »25.06.2021«; of a participant the stage, where else is none »–«."""
    value = fact.value
    if value is None and fact.kind == "participant":
        stage = str(fact.attributes.get("stage", "–"))
        return str(load("labels")["de"].get("stage", {}).get(stage, stage))
    if value is None:
        return word("missing", fact.kind) if fact.kind == "member" else "–"
    if fact.unit == "date":
        return shown_date(str(value))
    if fact.unit == "Anteil" and isinstance(value, int | float):
        return " ".join(filter(None, (fact.qualifier, shown_number(round(100 * float(value), 1)), "Prozent")))
    unit = _UNITS.get(fact.unit or "", fact.unit)
    return " ".join(filter(None, (fact.qualifier, shown_number(value), unit)))


def shown_number(value: int | float | str) -> str:
    """A number in German; texts unchanged."""
    if isinstance(value, str):
        return value
    text = f"{value:,.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def shown_period(period: str | None) -> str:
    """The period over which was counted, in words; empty where there is none."""
    words: dict[str, str] = load("labels")["de"]["period"]
    if not period or period in words:
        return words.get(period or "", "")
    if period.startswith("since "):
        return words["since"].format_map({"from": period.removeprefix("since ")})
    first, _, last = period.partition("/")
    return words["span" if last else "year"].format_map({"from": first, "to": last})


def shown_measure(fact: Fact) -> str:
    """The name of a measure; empty where it has none of its own."""
    words: dict[str, Any] = load("labels")["de"]["measure"]
    return str(words.get(fact.measure, ""))


def shown_source(row: Row) -> str:
    """»Amt, 25.06.2021; Behörde«: who said it and when, and how much that weighs."""
    summary = row.entry.source.summary
    date = summary.published.date
    who = f"{summary.publisher or summary.title}, {shown_date(date) if date else 'ohne Datum'}"
    return who if row.rank == "unknown" else f"{who}; {word('rank', row.rank)}"
