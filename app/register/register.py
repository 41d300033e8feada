"""Rows of the register as of a day, made once for each state of the catalogue."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.register.conflicts import Conflict, find_conflicts
from app.register.review import checked, history
from app.register.rows import Row, decided
from app.register.sources import Rank, rank_of
from app.register.time import mark_superseded
from index.cache import Cache
from index.filters import day_span
from index.register import ACTIONS, Action, Decision, Entry, RegisterStore, Wanted
from ingest.errors import InputError
from ingest.facts.types import KINDS
from ingest.german.places import find_places

# Rows that are kept, over all days that were asked for.
KEPT_ROWS = 200_000
NOTE_LIMIT = 2000
_NO_DECISION: tuple[None] = (None,)


@dataclass(frozen=True, slots=True)
class _Made:
    """All rows of one state of the catalogue and one day, with the decisions about each."""

    rows: tuple[Row, ...]
    histories: Mapping[str, list[Decision]]


class Register:
    """The statements of one library under the decisions of its maintainers. Several threads may share it.

    `programme` is the name of the programme in the settings: who bears it as publisher is the issuer.
    """

    def __init__(self, store: RegisterStore, programme: str = "") -> None:
        self._store = store
        self._programme = programme
        self._kept: Cache[tuple[str, str | None], _Made] = Cache(KEPT_ROWS)
        self._conflicts: tuple[str, list[Conflict]] | None = None
        self._making = threading.Lock()

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
            InputError: `as_of` is no date, or `kind` is none.
        """
        if kind is not None and kind not in KINDS:
            raise InputError(f"Die Art »{kind}« gibt es nicht.", f"Möglich sind: {', '.join(KINDS)}.")
        keys = place_keys(place) if place else frozenset()
        return [
            row
            for row in self._made(as_of).rows
            if (hidden or not row.hidden)
            and (kind is None or row.fact.kind == kind)
            and (measure is None or row.fact.measure == measure)
            and (not place or _about(row, place, keys))
        ]

    def conflicts(self) -> list[Conflict]:
        """Statements of different documents that cannot both hold today."""
        state, kept = self._store.state, self._conflicts
        if kept is None or kept[0] != state:
            kept = (state, find_conflicts(self._made(None).rows))
            self._conflicts = kept
        return list(kept[1])

    def decide(
        self, id: str, action: Action, *, who: str, note: str = "", change: Mapping[str, Any] | None = None
    ) -> Row:
        """Confirm, correct or hide a row, mark its source as wrong, or take that back.

        Raises:
            DocumentNotFound: no row, or several, begin with `id`.
            InputError: no such action, or a correction that does not fit the row.
        """
        if action not in ACTIONS:
            raise InputError(f"»{action}« ist keine Entscheidung.", f"Möglich sind: {', '.join(ACTIONS)}.")
        if len(note) > NOTE_LIMIT:
            raise InputError("Der Vermerk ist zu lang.", f"Möglich sind {NOTE_LIMIT} Zeichen.")
        if change and action != "correct":
            raise InputError("Berichtigte Angaben gehören zur Entscheidung »correct«.", "Bitte »correct« wählen.")
        entry = self._store.entry(id)
        fields = {**self._corrected(entry.id), **checked(entry.fact, change or {})} if action == "correct" else {}
        decision = self._store.decide(entry, action, who=who.strip() or "unbekannt", note=note.strip(), change=fields)
        return decided(entry, decision, self._rank(entry))

    def row(self, id: str) -> tuple[Row, list[Decision]]:
        """One row by its id or the unique beginning of it, and all decisions about it, oldest first.

        Hidden rows are found, and rows of documents that a correction has replaced.

        Raises:
            DocumentNotFound: no row, or several, begin so.
        """
        entry = self._store.entry(id)
        made = self._made(None)
        found = next((row for row in made.rows if row.id == entry.id), None)
        if found is not None:
            return found, list(made.histories.get(entry.id, ()))
        own = [decision for decision in self._store.decisions() if decision.fact_id == entry.id]
        return decided(entry, own[-1] if own else None, self._rank(entry)), own

    def _corrected(self, id: str) -> Mapping[str, Any]:
        """What an earlier correction that still holds has changed: a further one is added to it."""
        latest = self.row(id)[0].decision
        return latest.change if latest is not None and latest.action == "correct" else {}

    def _rank(self, entry: Entry) -> Rank:
        return rank_of(entry.source.summary, self._programme)

    def _made(self, as_of: str | None) -> _Made:
        """All rows of a day, kept until a document or a decision changes. One thread makes them, others wait."""
        if as_of is not None:
            day_span(as_of)
        self._store.bring_up_to_date()
        key = (self._store.state, as_of)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        with self._making:
            kept = self._kept.get(key)
            return kept or self._kept.put(key, made := self._make(as_of), len(made.rows) + 1)

    def _make(self, as_of: str | None) -> _Made:
        entries = self._store.entries(Wanted(as_of=as_of))
        histories = history(entries, self._store.decisions())
        ranked = {id: self._rank(entry) for id, entry in {entry.document_id: entry for entry in entries}.items()}
        rows = [
            decided(entry, histories.get(entry.id, _NO_DECISION)[-1], ranked[entry.document_id]) for entry in entries
        ]
        return _Made(tuple(mark_superseded(rows, as_of)), histories)


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
