"""One data folder with everything the assistant keeps: catalogue, vector store, originals.

    <data>/catalogue.sqlite      the truth
    <data>/index/                vector store, derived; see `home`
    <data>/originals/            the files as they came in

Listing documents needs the catalogue only. The store is opened on the first search or ingest; from then on the folder
belongs to this process.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import ingest
from index import lexical, static
from index.catalogue import Catalogue
from index.database import Database
from index.embedding import Embedder
from index.failures import FailedFile, Failures
from index.filters import NO_FILTERS, Filters
from index.folder import make_private
from index.home import EdgeHome, Home, ServerHome
from index.keeper import StoreKeeper
from index.originals import Originals
from index.ranking import Ranking
from index.register import RegisterStore
from index.rows import Summary
from index.search import Evidence, Searcher
from index.store import Store, UnreadableStore
from ingest.types import Box, Document, Passage

if TYPE_CHECKING:
    from index.backup import BackupReport
    from index.ingestor import Ingestor
    from index.report import IngestReport, Progress, ProgressCallback
    from index.shelf import Shelf

StoreFactory = Callable[[int], Store]


class Library:
    """A data folder, open. Use it as a context manager; several threads may share it.

    `catalogue_url` puts the catalogue into another database, `store` gives another vector store for a dimension
    (see `qdrant_server`), `ranking` decides about the order of what is found. Nothing is locked or checked before it
    is needed.

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
        ranking: Ranking | None = None,
    ) -> None:
        self.folder = data.expanduser().resolve()
        make_private(self.folder)
        self.embedder: Embedder = embedder or static.StaticEmbedder()
        self.database = Database(catalogue_url) if catalogue_url else Database.at(self.folder / "catalogue.sqlite")
        self.catalogue = Catalogue(self.database)
        self.failed_files = Failures(self.database)
        self.register = RegisterStore(self.database)
        self.originals = Originals(self.folder / "originals")
        self.progress: Progress | None = None
        self._make_store, self._ranking = store, ranking
        self.keeper = StoreKeeper(self.catalogue, self.embedder, self._make_home, self._sweep)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the folder back."""
        self.keeper.close()
        self.database.close()

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
            FolderInUse, FingerprintMismatch, FolderFull, DataError: what was reported as done is complete.
        """
        with self._watched(progress) as watcher:
            rebuilt = self._rebuild(watcher, today) if rebuild else None
            with self._writing(today) as ingestor:
                report = ingestor.files(paths, prune=prune, progress=watcher)
            return report.after(rebuilt) if rebuilt else report

    def ingest_bytes(self, name: str, data: bytes, *, today: datetime.date | None = None) -> IngestReport:
        """Bring in an uploaded file; its name identifies it, so that a new upload replaces the former."""
        with self._watched(None) as watcher, self._writing(today) as ingestor:
            return ingestor.upload(name, data, hashlib.sha256(data).hexdigest(), watcher)

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Withdraw documents by id or unique beginning of it: hidden from searches and lists, but kept.

        Raises:
            DocumentNotFound: one of them does not exist; then nothing is withdrawn.
        """
        full = list(dict.fromkeys(self.catalogue.document(id).id for id in ids))
        with self._storing() as shelf:
            for id in full:
                shelf.withdraw(id)
        return full

    def forget(self, ids: Iterable[str]) -> list[str]:
        """Delete documents by id or unique beginning of it, withdrawn ones too: text, original, vectors, and traces.

        The store is made anew, because the engine keeps deleted points in its files.

        Raises:
            DocumentNotFound: one of them does not exist; then nothing is deleted.
        """
        found = {document.id: document for document in map(self.catalogue.document, ids)}
        with self._storing() as shelf:
            for id in found:
                shelf.remove(id)
            self.failed_files.clear([document.origin for document in found.values()])
            self.register.forget(found)
            self.keeper.refill()
            self.database.scrub()
        return list(found)

    def backup(self, target: Path) -> BackupReport:
        """Everything in one zip, made while others read and write. Raises FolderFull."""
        from index.backup import backup

        return backup(self, target)

    def restore(self, source: Path) -> BackupReport:
        """The content of a backup in place of what is there. Raises UnreadableFile."""
        from index.backup import restore

        return restore(self, source)

    # --- reading

    def search(
        self, query: str, k: int = 20, *, filters: Filters = NO_FILTERS, expansions: bool = True
    ) -> list[Evidence]:
        """The best `k` passages for a query, best first.

        Raises:
            FolderInUse: another process holds the index.
            FingerprintMismatch: the index was made by other rules.
        """
        store = self.keeper.opened()
        try:
            return self._searcher(store).search(query, k, filters=filters, expansions=expansions)
        except UnreadableStore:
            store = self.keeper.instead_of(store)
            return self._searcher(store).search(query, k, filters=filters, expansions=expansions)

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

    def boxes(self, id: str) -> tuple[tuple[Box, ...], tuple[tuple[float, float], ...]]:
        """Where the text of a document stands on its pages, and the sizes of the pages in points."""
        return self.catalogue.boxes(id)

    def versions(self, id: str) -> list[Summary]:
        """A document among its corrections, oldest first."""
        return self.catalogue.versions_of(self.catalogue.document(id).id)

    def failures(self) -> list[FailedFile]:
        """Files that could not be read and still wait."""
        return self.failed_files.all()

    def dismiss(self, ids: Iterable[str]) -> list[FailedFile]:
        """Stop listing failed files until they change. Raises DocumentNotFound."""
        return self.failed_files.dismiss(ids)

    def idf(self, terms: Iterable[str]) -> dict[str, float]:
        """The inverse document frequency (see `lexical.idf`) of stems of `lexical.terms` among all passages."""
        number = self.catalogue.passage_count()
        frequencies = self.catalogue.document_frequencies(terms)
        return {term: lexical.idf(frequency, number) for term, frequency in frequencies.items()}

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each stem of `lexical.terms` occurs; 0 where it does not."""
        return self.catalogue.document_frequencies(terms)

    def similar_terms(self, stem: str) -> list[str]:
        """Known stems that begin like `stem` and are about as long: what a typing error may have meant."""
        return self.catalogue.terms_like(stem[:2], len(stem) - 1, len(stem) + 1)

    def original(self, id: str) -> Path | None:
        """The file of a document as it came in, where it is kept."""
        return self.originals.find(self.catalogue.document(id).sha256)

    # --- within

    def _searcher(self, store: Store) -> Searcher:
        return Searcher(self.catalogue, store, self.embedder, ranking=self._ranking)

    def _make_home(self) -> Home:
        folder, dimension = self.folder / "index", self.embedder.dimension
        if self._make_store is not None:
            make_private(folder)
            return ServerHome(self._make_store(dimension), folder)
        return EdgeHome(folder, dimension)

    def _sweep(self) -> None:
        self.originals.sweep({entry.sha256 for entry in self.catalogue.entries()})

    @contextmanager
    def _storing(self) -> Iterator[Shelf]:
        from index.shelf import Shelf

        with self.keeper.writing() as store:
            yield Shelf(self.catalogue, self.failed_files, store(), self.originals)

    @contextmanager
    def _writing(self, today: datetime.date | None) -> Iterator[Ingestor]:
        from index.ingestor import Ingestor

        with self._storing() as shelf:
            self.register.bring_up_to_date()  # before documents come in that today's rules read
            yield Ingestor(shelf, self.embedder, today or datetime.date.today(), self._attempt())

    @contextmanager
    def _watched(self, progress: ProgressCallback | None) -> Iterator[ProgressCallback]:
        """Lets whoever asks see how far the writer is."""
        last: Progress | None = None

        def watch(now: Progress) -> None:
            nonlocal last
            self.progress = last = now
            if progress is not None:
                progress(now)

        try:
            yield watch
        finally:
            if self.progress is last:  # whoever waited for this writer may have begun already
                self.progress = None

    def _attempt(self) -> str:
        """Rules and tools of reading; what failed under others is tried again."""
        from ingest.readers.ocr import ocr_available

        return f"{ingest.fingerprint()}/{'ocr' if ocr_available() else 'no-ocr'}"

    def _rebuild(self, progress: ProgressCallback, today: datetime.date | None) -> IngestReport:
        """The fingerprint is noted last: a rebuild that was cut short has to be done again."""
        from index.rebuild import reread
        from index.shelf import Shelf

        with self.keeper.replacing(checked=False) as fresh:
            shelf = Shelf(self.catalogue, self.failed_files, fresh, self.originals)
            return reread(shelf, self.embedder, today or datetime.date.today(), progress)


def qdrant_server(url: str, *, key: str | None = None, collection: str = "auskunft") -> StoreFactory:
    """A store on a Qdrant server, for `Library(store=…)`."""

    def connect(dimension: int) -> Store:
        from index.store_server import QdrantStore

        return QdrantStore.connect(url, dimension, key=key, collection=collection)

    return connect
