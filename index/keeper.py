"""Keeps the vector store beside the catalogue: opens it, repairs it, replaces it, and lets one writer in at a time."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import ingest
from index import lexical
from index.catalogue import Catalogue
from index.embedding import Embedder
from index.home import Home
from index.report import ProgressCallback
from index.store import Store
from ingest.errors import FingerprintMismatch

INDEX_VERSION = "2"


class StoreKeeper:
    """The store of one catalogue. Reading never waits for a writer: one lock serves writers, another the opening.

    `make_home` says where the store lives; `sweep` removes files that a crash left behind. Nothing is opened before
    it is needed. Whatever a writer leaves undone is repaired by the next one, or when the folder is opened next; until
    then the catalogue keeps it invisible.
    """

    def __init__(
        self, catalogue: Catalogue, embedder: Embedder, make_home: Callable[[], Home], sweep: Callable[[], None]
    ) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._make_home = make_home
        self._sweep = sweep
        self._home: Home | None = None
        self._store: Store | None = None
        self._sound = True
        self._writers = threading.RLock()
        self._opening = threading.RLock()

    def close(self) -> None:
        """Give the store and its folder back, once the last writer is done."""
        with self._writers, self._opening:
            if self._home is not None:
                home, store, self._home, self._store = self._home, self._store, None, None
                home.close(store)

    def opened(self) -> Store:
        """The store, in the state of the catalogue. Raises FolderInUse, FingerprintMismatch."""
        if self._store is None:
            with self._opening:
                if self._store is None:
                    self._check_fingerprint()
                    self._bring_up()
        store = self._store
        assert store is not None
        return store

    def instead_of(self, broken: Store) -> Store:
        """The store that took the place of a broken one, made by the first thread that finds it broken."""
        if self._store is broken:
            with self._writers:
                if self._store is broken:
                    self.refill()
        return self.opened()

    @contextmanager
    def writing(self) -> Iterator[Callable[[], Store]]:
        """One writer at a time; gives the present store."""
        with self._writers:
            store, home = self.opened(), self._home
            assert home is not None
            if not self._sound:
                self._store = self._repaired(home, store)
            home.unsettle()
            self._sound = False
            yield self.opened
            home.settle(self.opened(), self._catalogue.generation)
            self._sound = True

    def refill(self, progress: ProgressCallback | None = None) -> None:
        """Make the store anew from the catalogue; the present one answers until the new one is complete."""
        from index.rebuild import fill

        with self.replacing() as fresh:
            fill(fresh, self._catalogue, self._embedder, progress)

    @contextmanager
    def replacing(self, *, checked: bool = True) -> Iterator[Store]:
        """An empty store to be filled, which takes over afterwards. Unless `checked`, rules may have changed."""
        with self._writers:
            if checked:
                self.opened()
            else:
                self._open_unchecked()
            home, former = self._home, self._store
            assert home is not None
            fresh = home.fresh(former)
            self._sound = False
            yield fresh
            self._catalogue.database.set_meta("fingerprint", self.fingerprint())
            self._store = fresh
            home.adopt(fresh, former)
            home.settle(fresh, self._catalogue.generation)
            self._sound = True

    def fingerprint(self) -> str:
        """Digest of all rules that decide what catalogue and store hold: cleaner, splitter, analysis, embedding."""
        parts = (INDEX_VERSION, ingest.fingerprint(), lexical.fingerprint(), self._embedder.name)
        return hashlib.sha256("\n".join((*parts, str(self._embedder.dimension))).encode()).hexdigest()[:16]

    def _bring_up(self) -> None:
        """Open the store, and repair it where it differs from the catalogue."""
        home = self._home or self._make_home()
        store, trusted = home.open()
        self._home = home
        same = trusted and home.holds(self._catalogue.generation)
        if not (same and store.count() == self._catalogue.passage_count()):
            store = self._repaired(home, store)
        self._store = store

    def _open_unchecked(self) -> None:
        with self._opening:
            home = self._home or self._make_home()
            self._store = self._store or home.open()[0]
            self._home = home

    def _repaired(self, home: Home, store: Store) -> Store:
        """A store with exactly the passages of the catalogue.

        Surplus points are what a crash leaves behind. Missing ones mean lost files, and then nothing in the store is
        to be trusted: orphans in its postings would change every score.
        """
        from index.rebuild import difference, fill

        home.unsettle()
        self._sweep()
        missing, surplus = difference(store, self._catalogue)
        if missing:
            former, store = store, store if not store.count() else home.fresh(store)
            fill(store, self._catalogue, self._embedder)
            if self._store is not None:  # whoever reads from the former one finds the new one after it
                self._store = store
            home.adopt(store, former)
        elif surplus:
            store.delete(sorted(surplus))
            if self._store is None:  # under readers the files stay open; the next start settles it
                store.settle_statistics()
        home.settle(store, self._catalogue.generation)
        self._sound = True
        return store

    def _check_fingerprint(self) -> None:
        found, wanted = self._catalogue.database.meta("fingerprint"), self.fingerprint()
        if found is None:
            self._catalogue.database.set_meta("fingerprint", wanted)
        elif found != wanted:
            raise FingerprintMismatch("Der Datenordner wurde mit anderen Regeln aufgebaut, als jetzt installiert sind.")
