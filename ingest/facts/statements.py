"""How a statement is put together: whom it is about, when it holds, and the stretch of text that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ingest.facts.moments import Moment
from ingest.facts.types import Attribute, Fact, FactKind, Subject, Value


def statement(
    kind: FactKind,
    subject: Subject,
    moment: Moment,
    span: tuple[int, int],
    *,
    measure: str,
    value: Value,
    rule: str,
    unit: str | None = None,
    qualifier: str | None = None,
    period: str | None = None,
    attributes: Mapping[str, Attribute] | None = None,
) -> Fact:
    """A statement on `subject` that holds at `moment`; `span` is its stretch of the document's text."""
    start, end = span
    found = Fact(
        kind, subject.name, measure, value, unit, start, end,
        qualifier=qualifier, place=subject.place, period=period, attributes=attributes or {}, rule=rule,
    )  # fmt: skip
    return dated(found, moment)


def dated(fact: Fact, moment: Moment) -> Fact:
    """The same statement for another day."""
    return replace(fact, as_of=moment.date, as_of_range=moment.range, as_of_basis=moment.basis)
