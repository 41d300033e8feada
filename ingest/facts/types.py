"""What the register holds: statements of documents, each with its stretch of text. See `docs/register.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ingest.types import Basis

FactKind = Literal["member", "participant", "figure", "funding", "offering", "person", "event", "contact"]
KINDS: tuple[FactKind, ...] = (
    "member", "participant", "figure", "funding", "offering", "person", "event", "contact",
)  # fmt: skip
Value = int | float | str | None
Attribute = str | list[str]


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """The place of a statement: official key and district, or the keys it may have where the name stays ambiguous."""

    name: str
    ags: str | None = None
    district: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a statement is about: a name, and the place that it is, if it is one."""

    name: str
    place: PlaceRef | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one document; `document.text[start:end]` is the sentence that says it.

    `measure` is canonical (`ingest/facts/data/measures.toml`) or what the kind calls for (joined, stage, office, …).
    `value` is a number in base units, an ISO date, a text, or None. `as_of` is ISO as precise as known, `as_of_range`
    first and last possible day where only a period is known. `period` says over which time was counted
    (`2022`, `yearly`, `2021/2022`, `since 2019`), which is no as-of date. `rule` names what read it.
    """

    kind: FactKind
    subject: str
    measure: str
    value: Value
    unit: str | None
    start: int
    end: int
    qualifier: str | None = None
    place: PlaceRef | None = None
    as_of: str | None = None
    as_of_range: tuple[str, str] | None = None
    as_of_basis: Basis = "unknown"
    period: str | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    rule: str = ""
