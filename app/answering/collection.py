"""The collection as the pipeline sees it: its size, its newest day, how frequent its words are.

All of this changes only with the catalogue, whose generation says so: until then it is read once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from app.answering.contact import Letterhead
from index.cache import Cache
from index.library import Library
from ingest.types import Document, Published

Value = TypeVar("Value")
WORDS = 50_000  # stems whose frequency is kept
LETTERHEADS = 100_000  # characters of contact sections that are kept
QUESTIONS = 5_000  # suggestions of which is kept whether they have an answer


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the collection holds, for refusals and notes: number of documents and newest stated day."""

    documents: int
    newest: str | None


def newest_day(dates: Iterable[Published]) -> str | None:
    """The newest stated day; periods (a month, a year) count only where no day is stated at all."""
    stated = [p.date for p in dates if p.date and p.basis == "stated"]
    return max((day for day in stated if len(day) == 10), default=max(stated, default=None))


@dataclass(slots=True)
class _State:
    """What was read of one generation of the catalogue."""

    generation: str
    corpus: Corpus | None = None
    newest_first: tuple[str, ...] | None = None
    frequencies: Cache[str, int] = field(default_factory=lambda: Cache(WORDS))
    idf: Cache[str, float] = field(default_factory=lambda: Cache(WORDS))
    similar: Cache[str, list[str]] = field(default_factory=lambda: Cache(WORDS))
    letterheads: Cache[str, Letterhead] = field(default_factory=lambda: Cache(LETTERHEADS))
    answered: Cache[tuple[str, str | None], bool] = field(default_factory=lambda: Cache(QUESTIONS))


class Collection:
    """A library in its present state. Several threads may share it; call `refresh` before each answer."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._state = _State("")
        self._lock = threading.Lock()

    def refresh(self) -> None:
        """Forget what was read before the catalogue changed."""
        generation = self._library.catalogue.generation
        with self._lock:
            if generation != self._state.generation:
                self._state = _State(generation)

    @property
    def corpus(self) -> Corpus:
        """Size and newest day."""
        return self._overview()[0]

    def newest(
        self, number: int, known: Iterable[Document], wanted: Callable[[Letterhead], bool]
    ) -> Iterator[Document]:
        """Of the newest documents besides those that are `known` those with a wanted letterhead, newest first."""
        seen = {document.id for document in known}
        others = (id for id in self._overview()[1] if id not in seen)
        return (self._library.document(id) for id in islice(others, number) if wanted(self._letterhead(id)))

    def _letterhead(self, id: str) -> Letterhead:
        kept = self._state.letterheads
        found = kept.get(id)
        if found is None:
            found = Letterhead.of(self._library.document(id))
            kept.put(id, found, len(found.block))
        return found

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each stem occurs."""
        return _looked_up(self._state.frequencies, terms, self._library.frequencies)

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """The inverse document frequency of each stem."""
        return _looked_up(self._state.idf, terms, self._library.idf)

    def similar_terms(self, stem: str) -> list[str]:
        """Known stems that a typing error may have meant."""
        kept = self._state.similar
        found = kept.get(stem)
        if found is None:
            found = self._library.similar_terms(stem)
            kept.put(stem, found, 1 + len(found))
        return found

    def answers(self, text: str, as_of: str | None, find: Callable[[], bool]) -> bool:
        """Whether a question has an answer; `find` finds out."""
        return self._state.answered.of((text, as_of), find, 1)

    def _overview(self) -> tuple[Corpus, tuple[str, ...]]:
        state = self._state
        if state.corpus is None or state.newest_first is None:
            rows = self._library.documents()
            state.newest_first = tuple(r.id for r in sorted(rows, key=lambda r: r.published.date or "", reverse=True))
            state.corpus = Corpus(len(rows), newest_day(row.published for row in rows))
        return state.corpus, state.newest_first


def _looked_up(
    kept: Cache[str, Value], terms: Iterable[str], read: Callable[[list[str]], dict[str, Value]]
) -> dict[str, Value]:
    """The values of all terms; those that are not kept are read in one go."""
    found = {term: kept.get(term) for term in terms}
    missing = [term for term, value in found.items() if value is None]
    read_now = read(missing) if missing else {}
    for term, value in read_now.items():
        kept.put(term, value, 1)
    return {term: read_now[term] if value is None else value for term, value in found.items()}
