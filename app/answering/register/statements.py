"""Rows of the register for one question: only those that are wanted, kept until the catalogue changes.

Making all rows of a large collection would take longer than the answer; a question needs those of one measure or place.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.answering.draft import Flaw
from app.answering.subjects import Towns, towns_of
from app.register.review import history
from app.register.rows import Row, decided
from app.register.sources import rank_of
from app.register.time import span_of
from index.cache import Cache
from index.filters import day_span
from index.library import Library
from index.register import Decision, Entry, Wanted
from ingest.facts.types import FactKind
from ingest.german.places import find_places
from ingest.types import Document

KEPT_ROWS = 100_000
KEPT_CHARACTERS = 5_000_000
Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Decided:
    """The decisions that hold, by the id of their row, with all statements of the documents that they are about."""

    latest: Mapping[str, Decision]
    entries: Mapping[str, Entry]


@dataclass(slots=True)
class _State:
    """What was read of one state of catalogue and decisions."""

    name: str
    rows: Cache[Wanted, Rows] = field(default_factory=lambda: Cache(KEPT_ROWS))
    made: Cache[Hashable, Any] = field(default_factory=lambda: Cache(KEPT_ROWS))
    documents: Cache[str, Document] = field(default_factory=lambda: Cache(KEPT_CHARACTERS))
    decided: dict[str | None, _Decided] = field(default_factory=dict)
    flaws: Mapping[str, tuple[Flaw, ...]] | None = None
    towns: Towns | None = None


class Statements:
    """The register of one library as answers use it. Several threads may share it; call `refresh` before each answer.

    `programme` is the name of the programme in the settings: who bears it as publisher is the issuer.
    """

    def __init__(self, library: Library, programme: str = "") -> None:
        self._library = library
        self._programme = programme
        self._state = _State("")
        self._lock = threading.Lock()

    def refresh(self) -> None:
        """Forget what was read before the catalogue or a decision changed."""
        name = self._library.register.state
        if name != self._state.name:
            with self._lock:
                self._library.register.bring_up_to_date()
                self._state = _State(self._library.register.state)

    def rows(
        self,
        kinds: Iterable[FactKind],
        *,
        measures: Iterable[str] = (),
        places: Iterable[str] = (),
        documents: Iterable[str] = (),
        as_of: str | None = None,
    ) -> Rows:
        """The rows of some kinds that one could have known on the day `as_of`; what maintainers hid is left out."""
        wanted = Wanted(frozenset(kinds), frozenset(measures), frozenset(places), frozenset(documents), as_of)
        state = self._state
        kept = state.rows.get(wanted)
        if kept is None:
            made = tuple(self._make(state, wanted))
            kept = state.rows.put(wanted, made, len(made) + 1)
        return kept

    def worked_out(self, key: Hashable, make: Callable[[], Collection[Any]]) -> Any:
        """What was worked out of rows, kept as long as they are."""
        kept = self._state.made
        found = kept.get(key)
        return kept.put(key, made := make(), len(made) + 1) if found is None else found

    def document(self, row: Row) -> Document:
        """The document of a row, with its text."""
        id = row.entry.document_id
        kept = self._state.documents
        found = kept.get(id)
        return kept.put(id, made := self._library.document(id), len(made.text)) if found is None else found

    @property
    def towns(self) -> Towns:
        """The places of the documents that no gazetteer knows."""
        state = self._state
        if state.towns is None:
            state.towns = towns_of(name for name in self._library.register.unlisted_places() if not find_places(name))
        return state.towns

    @property
    def flaws(self) -> Mapping[str, tuple[Flaw, ...]]:
        """What maintainers found to be wrong in the source, by document."""
        state = self._state
        if state.flaws is None:
            found: dict[str, list[Flaw]] = defaultdict(list)
            decided = self._decided(state, None)
            for id, decision in decided.latest.items():
                if decision.action == "source_wrong" and id in decided.entries:
                    entry = decided.entries[id]
                    found[entry.document_id].append(Flaw(entry.fact.start, entry.fact.end, decision.note))
            state.flaws = {id: tuple(flaws) for id, flaws in found.items()}
        return state.flaws

    def _make(self, state: _State, wanted: Wanted) -> Iterable[Row]:
        known = self._decided(state, wanted.as_of)
        entries = {entry.id: entry for entry in self._library.register.entries(wanted)}
        moved = [id for id, decision in known.latest.items() if "subject" in decision.change and id in known.entries]
        entries |= {id: known.entries[id] for id in moved if _fits(known.entries[id], replace(wanted, places=_ANY))}
        limit = day_span(wanted.as_of)[1] if wanted.as_of else None
        sources = {entry.document_id: entry.source.summary for entry in entries.values()}
        ranks = {id: rank_of(summary, self._programme) for id, summary in sources.items()}
        for entry in entries.values():
            row = decided(entry, known.latest.get(entry.id), ranks[entry.document_id])
            span = span_of(row.fact)
            later = limit is not None and span is not None and span[0] > limit
            if not row.hidden and not later and _fits(row, wanted):
                yield row

    def _decided(self, state: _State, as_of: str | None) -> _Decided:
        """Decisions may be about any row of their document, so they are told apart among all of its rows."""
        if as_of not in state.decided:
            decisions = self._library.register.decisions()
            documents = frozenset(decision.document_id for decision in decisions)
            entries = self._library.register.entries(Wanted(documents=documents, as_of=as_of)) if documents else []
            latest = {id: made[-1] for id, made in history(entries, decisions).items()}
            state.decided[as_of] = _Decided(latest, {entry.id: entry for entry in entries})
        return state.decided[as_of]


_ANY: frozenset[str] = frozenset()


def _fits(row: Row | Entry, wanted: Wanted) -> bool:
    fact = row.fact
    document_id = row.entry.document_id if isinstance(row, Row) else row.document_id
    return (
        (not wanted.kinds or fact.kind in wanted.kinds)
        and (not wanted.measures or fact.measure in wanted.measures)
        and (not wanted.places or (fact.place is not None and fact.place.ags in wanted.places))
        and (not wanted.documents or document_id in wanted.documents)
    )
