"""A row of the register, and its JSON (see the contract)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.answers import published_json
from index.register import Decision, Entry
from ingest.facts.types import Fact


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as it holds now: with what a maintainer decided about it, and whether a newer one took its place."""

    entry: Entry
    fact: Fact
    decision: Decision | None = None
    superseded: bool = False

    @property
    def id(self) -> str:
        """The name of the statement."""
        return self.entry.id

    @property
    def source_wrong(self) -> bool:
        """Whether a maintainer found that the source errs here."""
        return self.decision is not None and self.decision.action == "source_wrong"

    @property
    def hidden(self) -> bool:
        """Whether a maintainer took the row out of lists and counts."""
        return self.decision is not None and self.decision.action == "hide"

    def to_json(self) -> dict[str, Any]:
        """The fact object of the contract."""
        fact = self.fact
        attributes = dict(fact.attributes) | ({"period": fact.period} if fact.period else {})
        return {
            "id": self.id,
            "kind": fact.kind,
            "subject": fact.subject,
            "place": place_json(fact),
            "measure": fact.measure,
            "value": fact.value,
            "unit": fact.unit,
            "qualifier": fact.qualifier,
            "as_of": fact.as_of,
            "as_of_range": list(fact.as_of_range) if fact.as_of_range else None,
            "as_of_basis": fact.as_of_basis,
            "superseded": self.superseded,
            "attributes": attributes,
            "reviewed": review_json(self.decision),
            "citation": citation_json(self.entry),
        }


def place_json(fact: Fact) -> dict[str, Any] | None:
    """Place with key and district, or with the keys that it may have."""
    place = fact.place
    if place is None:
        return None
    if place.candidates:
        return {"name": place.name, "candidates": list(place.candidates)}
    return {"name": place.name, "ags": place.ags, "district": place.district}


def review_json(decision: Decision | None) -> dict[str, Any] | None:
    """What a maintainer decided, who and when."""
    if decision is None:
        return None
    return {
        "action": decision.action,
        "by": decision.who,
        "at": decision.decided,
        "note": decision.note,
        "change": dict(decision.change),
    }


def citation_json(entry: Entry) -> dict[str, Any]:
    """The citation object of the contract."""
    summary = entry.source.summary
    return {
        "number": 1,
        "document_id": summary.id,
        "source": summary.source,
        "url": summary.url,
        "title": summary.title,
        "kind": summary.kind,
        "publisher": summary.publisher,
        **published_json(summary),
        "page": entry.page,
        "start": entry.fact.start,
        "end": entry.fact.end,
        "quote": entry.quote,
    }


def decided(entry: Entry, decision: Decision | None) -> Row:
    """The row of a statement under the latest decision about it."""
    if decision is None or decision.action == "reset":
        return Row(entry, entry.fact)
    fact = entry.fact
    if decision.action == "correct":
        known = {k: v for k, v in decision.change.items() if k in ("subject", "value", "unit", "qualifier", "as_of")}
        fact = replace(fact, **known)
    return Row(entry, fact, decision)
