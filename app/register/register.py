"""Rows of the register as of a day, read once for each state of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.register.rows import Row, decided
from app.register.time import mark_superseded
from index.register import Action, Decision, Entry, RegisterStore, Wanted
from ingest.german.places import find_places


class Register:
    """The statements of one library under the decisions of its maintainers. Several threads may share it."""

    def __init__(self, store: RegisterStore) -> None:
        self._store = store

    def rows(
        self,
        *,
        kind: str | None = None,
        measure: str | None = None,
        place: str | None = None,
        as_of: str | None = None,
        hidden: bool = False,
    ) -> list[Row]:
        """The rows that one could have known on the day `as_of` (ISO; None: today), superseded ones marked.

        `place` is a name in any form (»Torgaus«, »Łaz«); rows of its district are not rows of the town.

        Raises:
            InputError: `as_of` is no date.
        """
        self._store.bring_up_to_date()
        keys = place_keys(place) if place else frozenset()
        wanted = Wanted(
            kinds=frozenset([kind] if kind else ()), measures=frozenset([measure] if measure else ()), as_of=as_of
        )
        rows = mark_superseded(self._decided(self._store.entries(wanted)))
        rows = [row for row in rows if hidden or not row.hidden]
        return [row for row in rows if not place or _about(row, place, keys)]

    def decide(
        self, id: str, action: Action, *, who: str, note: str = "", change: Mapping[str, Any] | None = None
    ) -> Row:
        """Confirm, correct or hide a row, mark its source as wrong, or take that back. Raises DocumentNotFound."""
        entry = self._store.entry(id)
        decision = self._store.decide(entry, action, who=who, note=note, change=change)
        return decided(entry, decision)

    def _decided(self, entries: Iterable[Entry]) -> list[Row]:
        latest: dict[str, Decision] = {}
        for decision in self._store.decisions():
            latest[decision.fact_id] = decision
        return [decided(entry, latest.get(entry.id)) for entry in entries]


def place_keys(name: str) -> frozenset[str]:
    """Official keys of the places that a name may mean."""
    return frozenset(p.ags for mention in find_places(name[:1].upper() + name[1:]) for p in mention.candidates)


def _about(row: Row, name: str, keys: frozenset[str]) -> bool:
    place = row.fact.place
    if place is not None and place.ags is not None and keys:
        return place.ags in keys
    if place is not None and place.candidates and keys:
        return bool(keys & set(place.candidates))
    return name.casefold() in row.fact.subject.casefold()
