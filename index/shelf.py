"""Where an ingest puts things, and the order in which it does so.

The order makes a crash harmless. New points go into the store first, where nobody sees them; the transaction of the
catalogue makes the new version visible and the former one invisible at once; the former points go last.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.catalogue import Catalogue
from index.failures import Failures
from index.originals import Originals
from index.rows import Stamp
from index.store import Store
from index.worker import Prepared


@dataclass(frozen=True, slots=True)
class Shelf:
    """Catalogue, memory of failed files, store and originals of one data folder."""

    catalogue: Catalogue
    failures: Failures
    store: Store
    originals: Originals

    def put(self, read: Prepared, stamp: Stamp, copy: Path | None = None) -> None:
        """A document in place of its former version; `copy` is the file that was read, kept from now on."""
        document, passages = read.document, read.passages
        if copy is not None:
            self.originals.keep(copy, document.sha256)
        stale = {passage.id for passage in self.catalogue.passages_of(document.id)} - {p.id for p in passages}
        self.store.upsert(read.points)
        self.catalogue.put(document, passages, read.terms, statements=read.statements, stamp=stamp)
        self.store.delete(sorted(stale))

    def remove(self, id: str) -> None:
        """A document with its passages, points and original."""
        sha256 = self.catalogue.document(id).sha256
        stale = [passage.id for passage in self.catalogue.passages_of(id)]
        self.catalogue.delete(id)
        self.store.delete(stale)
        self.drop_original(sha256)

    def withdraw(self, id: str) -> None:
        """Hide a document from every search; its rows stay."""
        self.catalogue.set_status(id, "withdrawn")
        self.store.delete([passage.id for passage in self.catalogue.passages_of(id)])

    def drop_original(self, sha256: str) -> None:
        """Remove an original that no document needs any more."""
        if not self.catalogue.has_content(sha256):
            self.originals.drop(sha256)
