"""What one row says of another kind: who is advised uses the advice, who uses the coaching takes part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.facts.types import Fact
from ingest.facts.vocabulary import section


def implied(rows: Sequence[Fact]) -> Iterator[Fact]:
    """Offerings of towns that are advised or coached, and participants that use what only those do."""
    stages = section("named", "offering_of_stage")
    yield from _offerings(rows, stages)
    yield from _participants(rows, {name: stage for stage, name in stages.items()})


def _offerings(rows: Sequence[Fact], stages: dict[str, str]) -> Iterator[Fact]:
    known = {(row.subject, row.value) for row in _of_kind(rows, "offering")}
    told = {(row.subject, row.start) for row in _of_kind(rows, "offering")}  # the sentence says itself who uses what
    for row in _of_kind(rows, "participant"):
        name = stages.get(str(row.attributes.get("stage")))
        if name is not None and (row.subject, name) not in known and (row.subject, row.start) not in told:
            yield replace(
                row, kind="offering", measure="used", value=name, attributes={"wording": name}, rule="implied"
            )


def _participants(rows: Sequence[Fact], offerings: dict[str, str]) -> Iterator[Fact]:
    known = {row.subject for row in rows if row.kind in ("participant", "member")}
    for row in _of_kind(rows, "offering"):
        stage = offerings.get(str(row.value))
        if row.measure == "used" and stage is not None and row.place is not None and row.subject not in known:
            known.add(row.subject)
            yield replace(
                row, kind="participant", measure="stage", value=None, attributes={"stage": stage}, rule="implied"
            )


def _of_kind(rows: Iterable[Fact], kind: str) -> Iterator[Fact]:
    return (row for row in rows if row.kind == kind)
