"""A row of the register, and its JSON (see the contract)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.answers import published_json
from app.register.sources import Rank
from index.register import Decision, Entry
from ingest.facts.types import Fact, PlaceRef
from ingest.german.places import find_places

CORRECTABLE = ("subject", "value", "unit", "qualifier", "as_of")


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as it holds now: with what a maintainer decided about it, and whether a newer one took its place.

    `rank` says how much its document weighs (see `sources`).
    """

    entry: Entry
    fact: Fact
    decision: Decision | None = None
    superseded: bool = False
    rank: Rank = "unknown"

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


def decided(entry: Entry, decision: Decision | None, rank: Rank = "unknown") -> Row:
    """The row of a statement under the latest decision about it."""
    if decision is None or decision.action == "reset":
        return Row(entry, entry.fact, rank=rank)
    fact = _corrected(entry.fact, decision.change) if decision.action == "correct" else entry.fact
    return Row(entry, fact, decision, rank=rank)


def _corrected(fact: Fact, change: Mapping[str, Any]) -> Fact:
    known = {name: value for name, value in change.items() if name in CORRECTABLE}
    if "as_of" in known:
        known |= {"as_of_range": None, "as_of_basis": "stated" if known["as_of"] else "unknown"}
    if "subject" in known:
        known["place"] = place_of(known["subject"])
    return replace(fact, **known)


def place_of(name: str) -> PlaceRef | None:
    """The municipality or district that a whole name means, or those it may mean."""
    found = [mention for mention in find_places(name) if mention.start == 0 and mention.end == len(name)]
    if not found:
        return None
    places = found[0].candidates
    if len(places) > 1:
        return PlaceRef(name, candidates=tuple(place.ags for place in places))
    return PlaceRef(places[0].label, places[0].ags, places[0].district)
