"""One data folder with everything the assistant keeps: catalogue, vector store, originals.

    <data>/catalogue.sqlite      the truth
    <data>/index/edge/           vector store, derived
    <data>/index/state.json      the state of the catalogue that the store was last brought to
    <data>/originals/            the files as they came in

Listing documents needs the catalogue only. The store is opened on the first search or ingest; from then on the folder
belongs to this process.
"""

from __future__ import annotations

import datetime
import hashlib
import math
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import ingest
from index import lexical
from index.catalogue import Catalogue
from index.embedding import Embedder, HashedEmbedder
from index.filters import NO_FILTERS, Filters
from index.folder import make_private, read_state, write_state
from index.originals import Originals
from index.rows import Summary
from index.search import Evidence, Searcher
from index.store import EdgeStore, Store, UnreadableStore
from ingest.errors import FingerprintMismatch
from ingest.types import Document, Passage

if TYPE_CHECKING:
    from index.ingestor import Ingestor
    from index.report import IngestReport, ProgressCallback

INDEX_VERSION = "1"
StoreFactory = Callable[[int], Store]


class Library:
    """A data folder, open. Use it as a context manager; several threads may share it.

    `catalogue_url` puts the catalogue into another database, `store` gives another vector store for a dimension
    (see `qdrant_server`). Nothing is locked or checked before it is needed.

    Raises:
        DataError: the folder cannot be used; CatalogueDamaged where the catalogue is broken.
    """

    def __init__(
        self,
        data: Path,
        *,
        embedder: Embedder | None = None,
        catalogue_url: str | None = None,
        store: StoreFactory | None = None,
    ) -> None:
        self.folder = data.expanduser().resolve()
        make_private(self.folder)
        self.embedder: Embedder = embedder or HashedEmbedder()
        self.catalogue = Catalogue(catalogue_url) if catalogue_url else Catalogue.at(self.folder / "catalogue.sqlite")
        self._make_store = store or self._edge_store
        self._originals = Originals(self.folder / "originals")
        self._store: Store | None = None
        self._settled = False
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the folder back."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store, self._settled = None, False
            self.catalogue.close()

    # --- writing

    def ingest(
        self,
        paths: Iterable[Path],
        *,
        prune: bool = False,
        rebuild: bool = False,
        progress: ProgressCallback | None = None,
        today: datetime.date | None = None,
    ) -> IngestReport:
        """Bring in files and folders: new, changed and moved ones; with `prune` remove what is gone from these folders.

        `rebuild` first reads all originals again under the rules of today and makes the store anew.

        Raises:
            FolderInUse, FingerprintMismatch, DataError: nothing was changed, or all that was done is complete.
        """
        with self._lock:
            rebuilt = self._rebuild(progress, today) if rebuild else None
            with self._writing(today) as ingestor:
                report = ingestor.files(paths, prune=prune, progress=progress)
            return report.after(rebuilt) if rebuilt else report

    def ingest_bytes(self, name: str, data: bytes, *, today: datetime.date | None = None) -> IngestReport:
        """Bring in an uploaded file; its name identifies it, so that a new upload replaces the former."""
        with self._writing(today) as ingestor:
            return ingestor.upload(name, data, hashlib.sha256(data).hexdigest())

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Withdraw documents by id or unique beginning of it: hidden from searches and lists, but kept.

        Raises:
            DocumentNotFound: one of them does not exist; then nothing is withdrawn.
        """
        with self._writing(None) as ingestor:
            full = list(dict.fromkeys(self.catalogue.document(id).id for id in ids))
            for id in full:
                ingestor.withdraw(id)
            return full

    # --- reading

    def search(
        self, query: str, k: int = 20, *, filters: Filters = NO_FILTERS, expansions: bool = True
    ) -> list[Evidence]:
        """The best `k` passages for a query, best first.

        Raises:
            FolderInUse: another process holds the index.
            FingerprintMismatch: the index was made by other rules.
        """
        store = self._opened()
        try:
            return Searcher(self.catalogue, store, self.embedder).search(
                query, k, filters=filters, expansions=expansions
            )
        except UnreadableStore:
            store = self._made_anew(store)
            return Searcher(self.catalogue, store, self.embedder).search(
                query, k, filters=filters, expansions=expansions
            )

    def documents(self, *, withdrawn: bool = False) -> list[Summary]:
        """All documents without their texts."""
        return self.catalogue.summaries(withdrawn=withdrawn)

    def document(self, id: str) -> Document:
        """One document with its text, by id or unique beginning of it.

        Raises:
            DocumentNotFound: none, or several, begin so.
        """
        return self.catalogue.document(id)

    def passages(self, id: str) -> list[Passage]:
        """The passages of one document in reading order."""
        return self.catalogue.passages_of(id)

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """ln(1 + (N - df + 0.5) / (df + 0.5)) for stems of `lexical.terms`, with N passages."""
        number = self.catalogue.passage_count()
        frequencies = self.catalogue.document_frequencies(terms)
        return {term: math.log1p(max(number - df + 0.5, 0.5) / (df + 0.5)) for term, df in frequencies.items()}

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each stem of `lexical.terms` occurs; 0 where it does not."""
        return self.catalogue.document_frequencies(terms)

    def similar_terms(self, stem: str) -> list[str]:
        """Known stems that begin like `stem` and are about as long: what a typing error may have meant."""
        return self.catalogue.terms_like(stem[:2], len(stem) - 1, len(stem) + 1)

    def fingerprint(self) -> str:
        """Digest of all rules that decide what catalogue and store hold: cleaner, splitter, analysis, embedding."""
        parts = (INDEX_VERSION, ingest.fingerprint(), lexical.fingerprint(), self.embedder.name)
        return hashlib.sha256("\n".join((*parts, str(self.embedder.dimension))).encode()).hexdigest()[:16]

    def original(self, id: str) -> Path | None:
        """The file of a document as it came in, where it is kept."""
        return self._originals.find(self.catalogue.document(id).sha256)

    # --- within

    def _opened(self) -> Store:
        """The store, in the state of the catalogue."""
        if not self._settled:
            with self._lock:
                self._bring_up()
        assert self._store is not None
        return self._store

    def _made_anew(self, broken: Store) -> Store:
        """The store made again from the catalogue, by the first thread that finds it broken."""
        with self._lock:
            if self._store is broken:
                self._settled = False
                self._unchecked(None).reindex()
                self._settle()
        return self._opened()

    def _bring_up(self) -> None:
        """Check the rules, open the store, repair it where it differs from the catalogue."""
        if self._settled:
            return
        if self._store is None:
            self._check_fingerprint()
        if not self._is_settled(self._any_store()):
            self._unchecked(None).repair()
            self._settle()
        self._settled = True

    @contextmanager
    def _writing(self, today: datetime.date | None) -> Iterator[Ingestor]:
        """One writer at a time; whatever it leaves undone is repaired before the next search."""
        with self._lock:
            self._bring_up()
            try:
                yield self._unchecked(today)
            except BaseException:
                self._settled = False
                raise
            self._settle()

    def _unchecked(self, today: datetime.date | None) -> Ingestor:
        from index.ingestor import Ingestor

        day = today or datetime.date.today()
        return Ingestor(self.catalogue, self._any_store(), self.embedder, self._originals, day)

    def _any_store(self) -> Store:
        if self._store is None:
            make_private(self.folder / "index")
            self._store = self._make_store(self.embedder.dimension)
        return self._store

    def _rebuild(self, progress: ProgressCallback | None, today: datetime.date | None) -> IngestReport:
        """The fingerprint is noted last: a rebuild that was cut short has to be done again."""
        report = self._unchecked(today).rebuild(progress)
        self.catalogue.set_meta("fingerprint", self.fingerprint())
        self._settle()
        return report

    def _check_fingerprint(self) -> None:
        found, wanted = self.catalogue.meta("fingerprint"), self.fingerprint()
        if found is None:
            self.catalogue.set_meta("fingerprint", wanted)
        elif found != wanted:
            raise FingerprintMismatch("Der Datenordner wurde mit anderen Regeln aufgebaut, als jetzt installiert sind.")

    def _edge_store(self, dimension: int) -> Store:
        """The store in this process; made anew where its files are not readable."""
        folder = self.folder / "index" / "edge"
        try:
            return EdgeStore(folder, dimension)
        except UnreadableStore:
            shutil.rmtree(folder, ignore_errors=True)
            return EdgeStore(folder, dimension)

    @property
    def _state_file(self) -> Path:
        return self.folder / "index" / "state.json"

    def _is_settled(self, store: Store) -> bool:
        """Whether the store holds what the catalogue says, as far as can be told without comparing all ids."""
        same = read_state(self._state_file) == self.catalogue.generation
        return same and store.count() == self.catalogue.passage_count()

    def _settle(self) -> None:
        """Everything is on disk; note which state of the catalogue the store was brought to."""
        assert self._store is not None
        self._store.flush()
        write_state(self._state_file, self.catalogue.generation)
        self._settled = True


def qdrant_server(url: str, *, key: str | None = None, collection: str = "auskunft") -> StoreFactory:
    """A store on a Qdrant server, for `Library(store=…)`."""

    def connect(dimension: int) -> Store:
        from index.store_server import QdrantStore

        return QdrantStore.connect(url, dimension, key=key, collection=collection)

    return connect
