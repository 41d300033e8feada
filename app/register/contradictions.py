"""Numbers, dates and periods that cannot both hold. What is constant, a limit or rounded: `app/data/register.toml`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from app.data import load
from app.register.amounts import Interval, disjoint, interval_of, recurring, year_of
from app.register.found import Found, contradict
from app.register.rows import Row
from app.register.same import Key, identity, is_other, narrowing, subject_key, unit_key
from app.register.time import span_of
from app.register.wording import shown_as_of, shown_measure
from ingest.facts.types import Fact

# A date as short as this (a year) is no date that two documents share.
_MONTH = len("2021-11")
_ONE, _SEVERAL = "one", "several"
_ALWAYS = "always"


def different_values(rows: Iterable[Row]) -> Iterator[Found]:
    """Values on one thing at one time whose intervals do not meet, by group."""
    groups: dict[tuple[Key, str], list[Row]] = defaultdict(list)
    rows = list(rows)
    rules = _subjects_of_rules(rows)
    for row in rows:
        key = _comparable(row, rules)
        moment = key and _moment(row.fact)
        if key and moment:
            groups[(key, moment)].append(row)
    for (_, moment), group in groups.items():
        disputed = _disputed(group)
        if disputed:
            yield Found("value", tuple(disputed), _what(disputed[0].fact, constant=moment == _ALWAYS))


def different_periods(rows: Iterable[Row]) -> Iterator[Found]:
    """One sum that is said to be for one year and for several."""
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        fact = row.fact
        if fact.unit == "EUR" and isinstance(fact.value, int | float) and not is_other(fact) and _years(fact):
            groups[(fact.measure, subject_key(fact), fact.value)].append(row)
    for group in groups.values():
        disputed = {
            row.id: row
            for one, other in combinations(group, 2)
            if contradict(one, other) and _periods_clash(one.fact, other.fact)
            for row in (one, other)
        }
        if disputed:
            yield Found("period", tuple(disputed.values()), "Derselbe Betrag steht für verschiedene Zeiträume")


def _truth() -> Mapping[str, Any]:
    found: Mapping[str, Any] = load("register")["truth"]
    return found


def _comparable(row: Row, rules: Mapping[str, set[Key]]) -> Key | None:
    """What a row says something about, if another document can contradict it there."""
    fact = row.fact
    if fact.kind == "member" and fact.value is not None:
        return (fact.measure, subject_key(fact), fact.attributes.get("agreement") in _truth()["no_agreement"])
    if fact.kind == "event" and fact.measure in _truth()["constant"] and (fact.place or fact.measure == "founded"):
        return (fact.measure, subject_key(fact))
    key = identity(row)
    if key is None or fact.measure not in _truth()["constant"]:
        return key
    # A condition belongs to its guideline, also where a text only speaks of the programme and there is one guideline.
    subject = next(iter(rules[fact.measure])) if _of_programme(fact) and len(rules[fact.measure]) == 1 else None
    return (fact.measure, subject or subject_key(fact), unit_key(fact), narrowing(fact))


def _subjects_of_rules(rows: Iterable[Row]) -> Mapping[str, set[Key]]:
    """Whom the conditions of funding are about that name their guideline, by measure."""
    found: dict[str, set[Key]] = defaultdict(set)
    for row in rows:
        if row.fact.measure in (*_truth()["limits"], *_truth()["recurring"]) and not _of_programme(row.fact):
            found[row.fact.measure].add(subject_key(row.fact))
    return found


def _of_programme(fact: Fact) -> bool:
    """Whether a statement names nobody but the programme."""
    return fact.place is None and fact.subject in load("programme")["names"]


def _moment(fact: Fact) -> str | None:
    """When a statement holds, as far as two documents can mean the same: the day or month that both state, a period
    that was over, or always. None where nothing certain can be said.
    """
    if fact.measure in _truth()["constant"]:
        return _ALWAYS
    if _is_over(fact) or (fact.measure in _truth()["budgeted"] and _years_named(fact)):
        return f"over {fact.period}"
    if fact.as_of is None or fact.as_of_basis != "stated":
        return None
    return fact.as_of if len(fact.as_of) >= _MONTH else None


def _is_over(fact: Fact) -> bool:
    """Whether a statement looks back on a period that had ended."""
    span = span_of(fact)
    last = (fact.period or "").rpartition("/")[2]
    return span is not None and last.isdigit() and len(last) == 4 and span[0] > int(last) * 10_000 + 1231


def _years_named(fact: Fact) -> bool:
    """Whether a statement is for certain years: »2023«, »2023/2024«."""
    return bool(re.fullmatch(r"\d{4}(?:/\d{4})?", fact.period or ""))


def _disputed(group: Sequence[Row]) -> list[Row]:
    """The rows of a group that another document contradicts."""
    if len({row.fact.value for row in group}) < 2 and not any(row.fact.qualifier for row in group):
        return []
    spans = [(row, recurring(row.fact, span)) for row in group if (span := interval_of(row)) is not None]
    found: dict[str, Row] = {}
    for (one, a), (other, b) in combinations(spans, 2):
        if disjoint(a, b) and contradict(one, other) and not _excused(one, other) and not _explained(spans, one, other):
            found |= {one.id: one, other.id: other}
    return list(found.values())


def _excused(one: Row, other: Row) -> bool:
    """Two editions of rules, or days of different years: a deadline comes again, a council is founded anew."""
    years = {year_of(one.fact), year_of(other.fact)} - {None}
    anew = one.fact.kind == "event" and one.fact.measure != "founded"
    if len(years) > 1 and (anew or one.fact.measure in _truth()["recurring"]):
        return True
    rules = _truth()["rules"]
    both = one.entry.source.summary.kind in rules and other.entry.source.summary.kind in rules
    return both and one.fact.as_of != other.fact.as_of


def _explained(spans: Sequence[tuple[Row, Interval]], one: Row, other: Row) -> bool:
    """Whether one of the documents holds the other's value, too: then it speaks of two things that look alike."""
    interval = {row.id: span for row, span in spans}
    for mine, foreign in ((one, other), (other, one)):
        beside = [span for row, span in spans if row.entry.document_id == mine.entry.document_id and row.id != mine.id]
        if any(not disjoint(span, interval[foreign.id]) for span in beside):
            return True
    return False


def _years(fact: Fact) -> str | None:
    """Whether a period is one year or several; None for anything else."""
    period = fact.period or ""
    if period in ("yearly", "this year") or (period.isdigit() and len(period) == 4):
        return _ONE
    return _SEVERAL if period == "biennial" or "/" in period else None


def _periods_clash(one: Fact, other: Fact) -> bool:
    """Whether a sum cannot be for both: one year against several, unless the years named lie apart."""
    if _years(one) == _years(other):
        return False
    named = [set((fact.period or "").split("/")) for fact in (one, other)]
    years = [{int(year) for year in names if year.isdigit()} for names in named]
    if not all(years):
        return True
    return min(years[0]) <= max(years[1]) and min(years[1]) <= max(years[0])


def _what(fact: Fact, *, constant: bool) -> str:
    name = shown_measure(fact)
    about = f" ({name})" if name else ""
    if constant:
        return f"Die Dokumente nennen Verschiedenes{about}, obwohl sich das nicht ändert"
    return f"Für denselben {shown_as_of(fact)} nennen die Dokumente verschiedene Werte{about}"
