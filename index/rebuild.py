"""Makes the store, or everything, again from what is kept: passages from the catalogue, documents from originals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from index.catalogue import Catalogue, Entry
from index.embedding import Embedder
from index.report import IngestReport, ProgressCallback, Steps, Tally
from index.shelf import Shelf
from index.store import Store
from index.worker import Prepared, Stored, Task, Work, prepare
from index.workforce import Workforce


def fill(store: Store, catalogue: Catalogue, embedder: Embedder, progress: ProgressCallback | None = None) -> None:
    """Bring the points of all visible passages into an empty store.

    Raises:
        AuskunftError: the embedding or the store failed; the store is incomplete.
    """
    entries = [entry for entry in catalogue.entries() if entry.status != "withdrawn"]
    steps = Steps(len(entries), progress)
    with Workforce(embedder, len(entries)) as workforce:
        outcomes = workforce.outcomes(_stored(catalogue, entry) for entry in entries)
        for entry, outcome in zip(entries, outcomes, strict=True):
            if not isinstance(outcome, Prepared):
                raise outcome
            store.upsert(outcome.points)
            steps.done(entry.source)


def difference(store: Store, catalogue: Catalogue) -> tuple[set[str], set[str]]:
    """Ids of passages that the store lacks, and of points that the catalogue does not know."""
    wanted, present = catalogue.passage_ids(), store.ids()
    return wanted - present, present - wanted


def reread(shelf: Shelf, embedder: Embedder, today: date, progress: ProgressCallback | None = None) -> IngestReport:
    """Read all originals again under the rules of today, onto a shelf whose store is empty.

    A document whose original is gone or not readable any more stays as it is stored.
    """
    tally, catalogue = Tally(), shelf.catalogue
    entries = catalogue.entries()
    steps = Steps(len(entries), progress)
    with Workforce(embedder, len(entries)) as workforce:
        outcomes = workforce.outcomes(_work(shelf, entry, today) for entry in entries)
        for entry, outcome in zip(entries, outcomes, strict=True):
            if not isinstance(outcome, Prepared):
                tally.fail(entry.source, entry.origin, outcome)
                outcome = prepare(_reread(catalogue, entry), embedder)
            before = catalogue.document(entry.id)
            after = replace(outcome.document, status=before.status, replaces=before.replaces)
            read = replace(outcome, document=after, points=[] if before.status == "withdrawn" else outcome.points)
            shelf.put(read, entry.stamp)
            if replace(after, boxes=(), page_sizes=()) == before:
                tally.unchanged += 1
            else:
                tally.updated.append(after.id)
            steps.done(entry.source)
    return tally.report()


def _stored(catalogue: Catalogue, entry: Entry) -> Stored:
    return Stored(catalogue.document(entry.id), tuple(catalogue.passages_of(entry.id)))


def _reread(catalogue: Catalogue, entry: Entry) -> Stored:
    return replace(_stored(catalogue, entry), with_statements=True)


def _work(shelf: Shelf, entry: Entry, today: date) -> Work:
    path = shelf.originals.find(entry.sha256)
    if path is None:
        return _reread(shelf.catalogue, entry)
    return Task(path, entry.origin, entry.source, today, entry.id)
