"""Questions about rows of the register: what they ask for is the value, or whom the row is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.register.rows import Row
from app.register.wording import shown_date
from eval.generated.made import Made, Material, templates
from eval.quality.cases import Value
from ingest.german.places import find_places

SMALLEST = 1  # a share below is a fraction in words, which numbers are not compared with
Groups = Mapping[str, Sequence[Row]]


def from_rows(material: Material) -> Iterator[Made]:
    """All questions that the register answers, by template, group and phrasing."""
    for rule in templates()["row"]:
        now = _groups(rule, material.rows, material)
        for key, rows in now.items():
            current = [row for row in rows if not row.superseded]
            yield from _questions(rule, current, material)
            if rule.get("states"):
                yield from _on_days(rule, key, material)
                yield from _of_periods(rule, rows, material)


def _questions(
    rule: Mapping[str, Any], rows: Sequence[Row], material: Material, day: str | None = None
) -> Iterator[Made]:
    right = _right(rule, rows)
    if right:
        for phrase in rule["ask"]:
            question = _filled(phrase, rule, rows[0], material)
            if not any(mention.ambiguous for mention in find_places(question)):
                yield Made(rule["id"], question, rule["case"], right, day)


def _on_days(rule: Mapping[str, Any], key: str, material: Material) -> Iterator[Made]:
    """The same as one could know it on the day a document came out that says it."""
    for day, known in material.states.items():
        rows = _groups(rule, known, material).get(key, ())
        if any(row.entry.source.summary.published.date == day for row in rows):
            yield from _questions(rule, [row for row in rows if not row.superseded], material, day)


def _of_periods(rule: Mapping[str, Any], rows: Sequence[Row], material: Material) -> Iterator[Made]:
    """The value that stood in a month or year, asked for in words."""
    by_period: dict[str, list[Row]] = {}
    for row in rows:
        for length in (4, 7, 10):
            if row.fact.as_of and row.fact.as_of_basis == "stated" and len(row.fact.as_of) >= length:
                by_period.setdefault(row.fact.as_of[:length], []).append(row)
    for period, said in by_period.items():
        for phrase in rule["ask"]:
            for number, form in enumerate(templates()["forms"]["states"]):
                if len(period) == 10 and number == 1:  # »im 22.07.2022«
                    continue
                question = _filled(phrase, rule, said[0], material).rstrip("?.")
                when = _when(period, with_year=number == 1)
                text = form.format(question=question, when=when)
                yield Made(rule["id"], text, rule["case"], _right(rule, said), form="period")


def _when(period: str, *, with_year: bool) -> str:
    if len(period) == 4:
        return f"Jahr {period}" if with_year else period
    if len(period) == 7:
        return f"{templates()['forms']['months'][int(period[5:]) - 1]} {period[:4]}"
    return shown_date(period)


def _groups(rule: Mapping[str, Any], rows: Iterable[Row], material: Material) -> Groups:
    """The rows of a template by whom they are about."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.fact.kind in rule["kinds"] and row.fact.measure in rule["measures"]:
            key = _key(rule, row, material)
            if key is not None:
                found.setdefault(key, []).append(row)
    return found


def _key(rule: Mapping[str, Any], row: Row, material: Material) -> str | None:
    fact, place = row.fact, row.fact.place
    key: str | None = ""
    match rule["about"]:
        case "place":
            known = place is not None and not place.candidates and fact.subject not in material.twins
            key = (place.ags or place.name) if place is not None and known else None
        case "district":
            key = place.district if place and place.district != place.name else None  # no city of its own
        case "general":  # a condition for everybody, and not what one place had to do
            key = "" if place is None else None
        case "programme":
            key = "" if place is None and fact.subject == material.programme and not fact.period else None
        case "subject":
            key = fact.subject
        case "value":
            key = str(fact.value)
    if key is not None and rule.get("by_value"):
        key = f"{key} {fact.value}"
    return f"{key} {fact.measure}" if key is not None and rule.get("of_measure") else key


def _right(rule: Mapping[str, Any], rows: Iterable[Row]) -> tuple[Value, ...]:
    found = (_value(rule, row) for row in rows)
    return tuple(dict.fromkeys(value for value in found if value is not None))


def _value(rule: Mapping[str, Any], row: Row) -> Value | None:
    fact = row.fact
    wants = rule.get("wants", "value")
    if wants == "subject":
        return Value("name", any=(fact.subject,))
    if wants == templates()["forms"]["yes"]:
        return Value("truth", "yes")
    if fact.value is None:
        return None
    if fact.unit == "date":
        return Value("date", str(fact.value))
    if isinstance(fact.value, str):
        return Value("name" if fact.kind == "contact" else "text", any=(fact.value,))
    if fact.value < SMALLEST:
        return None
    return Value("money", fact.value) if fact.unit == "EUR" else Value("number", fact.value, fact.unit or "")


def _filled(phrase: str, rule: Mapping[str, Any], row: Row, material: Material) -> str:
    fact, place = row.fact, row.fact.place
    district = place.district if place and place.district else ""
    return phrase.format(
        place=place.name if fact.kind == "person" and place else fact.subject, subject=fact.subject, value=fact.value,
        programme=material.programme, event=templates()["events"].get(fact.measure, ""),
        district=district if district.endswith("kreis") else f"Landkreis {district}",
    )  # fmt: skip
