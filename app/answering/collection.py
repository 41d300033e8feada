"""The collection as the pipeline sees it: its size, its newest day, how frequent its words are.

All of this changes only with the catalogue, whose generation says so: until then it is read once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from app.answering.contact import Letterhead
from index.cache import Cache
from index.filters import Filters
from index.lexical import idf
from index.library import Library
from ingest.errors import DocumentNotFound
from ingest.types import Document, Published

if TYPE_CHECKING:  # the list of documents comes from the catalogue, whose import is not cheap
    from index.rows import Summary

WORDS = 50_000  # stems whose frequency is kept
LETTERHEADS = 100_000  # characters of contact sections that are kept
NO_LETTERHEAD = Letterhead("", "")
# So old may sizes and frequencies be while documents come in one after the other; what is found is always of now.
WHILE_WRITING_SECONDS = 2.0
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


@dataclass(frozen=True, slots=True)
class _Overview:
    """What a look at all documents tells."""

    corpus: Corpus
    passages: int
    newest_first: tuple[str, ...]


@dataclass(slots=True)
class _State:
    """What was read of one generation of the catalogue."""

    generation: str
    overview: _Overview | None = None
    reading: threading.Lock = field(default_factory=threading.Lock)
    frequencies: Cache[str, int] = field(default_factory=lambda: Cache(WORDS))
    similar: Cache[str, list[str]] = field(default_factory=lambda: Cache(WORDS))
    letterheads: Cache[str, Letterhead] = field(default_factory=lambda: Cache(LETTERHEADS))
    answered: Cache[tuple[str, Filters], bool] = field(default_factory=lambda: Cache(QUESTIONS))


class Collection:
    """A library in its present state. Several threads may share it; call `refresh` before each answer."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._state = _State("")
        self._since = 0.0
        self._lock = threading.Lock()

    def refresh(self) -> None:
        """Forget what was read before the catalogue changed; beside a running ingest, once in a while."""
        if self._library.progress is not None and time.monotonic() - self._since < WHILE_WRITING_SECONDS:
            return
        generation = self._library.catalogue.generation
        with self._lock:
            if generation != self._state.generation:
                self._state, self._since = _State(generation), time.monotonic()

    @property
    def corpus(self) -> Corpus:
        """Size and newest day."""
        return self._overview().corpus

    def newest(
        self, number: int, known: Iterable[Document], wanted: Callable[[Letterhead], bool]
    ) -> Iterator[Document]:
        """Of the newest documents besides those that are `known` those with a wanted letterhead, newest first."""
        seen = {document.id for document in known}
        others = (id for id in self._overview().newest_first if id not in seen)
        for id in islice(others, number):
            if wanted(self._letterhead(id)) and (document := self._present(id)):
                yield document

    def _letterhead(self, id: str) -> Letterhead:
        kept = self._state.letterheads
        found = kept.get(id)
        if found is None:
            document = self._present(id)
            found = Letterhead.of(document) if document else NO_LETTERHEAD
            kept.put(id, found, len(found.block))
        return found

    def _present(self, id: str) -> Document | None:
        """A document of the list, unless it was withdrawn or forgotten since the list was read."""
        try:
            document = self._library.document(id)
        except DocumentNotFound:
            return None
        return None if document.status == "withdrawn" else document

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each stem occurs."""
        kept = self._state.frequencies
        found = {term: kept.get(term) for term in terms}
        missing = [term for term, frequency in found.items() if frequency is None]
        read = self._library.frequencies(missing) if missing else {}
        for term, frequency in read.items():
            kept.put(term, frequency, 1)
        return {term: read[term] if frequency is None else frequency for term, frequency in found.items()}

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """The inverse document frequency of each stem."""
        number = self._overview().passages
        return {term: idf(frequency, number) for term, frequency in self.frequencies(terms).items()}

    def similar_terms(self, stem: str) -> list[str]:
        """Known stems that a typing error may have meant."""
        kept = self._state.similar
        found = kept.get(stem)
        if found is None:
            found = self._library.similar_terms(stem)
            kept.put(stem, found, 1 + len(found))
        return found

    def answers(self, text: str, where: Filters, find: Callable[[], bool]) -> bool:
        """Whether a question has an answer in some documents; `find` finds out."""
        return self._state.answered.of((text, where), find, 1)

    def _overview(self) -> _Overview:
        """Read by one thread for all, because it means going through all documents."""
        state = self._state
        if state.overview is None:
            with state.reading:
                state.overview = state.overview or _overview(self._library.documents())
        return state.overview


def _overview(rows: Sequence[Summary]) -> _Overview:
    newest_first = sorted(rows, key=lambda row: row.published.date or "", reverse=True)
    return _Overview(
        corpus=Corpus(len(rows), newest_day(row.published for row in rows)),
        passages=sum(row.passages for row in rows),
        newest_first=tuple(row.id for row in newest_first),
    )
