"""Carries out a plan of `sync`: read, split, embed, store, catalogue.

The order makes a crash harmless. New points go into the store first, where nobody sees them; the transaction of
the catalogue makes the new version visible and the former one invisible at once; the former points go last.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from index.catalogue import Catalogue, Entry
from index.embedding import Embedder
from index.originals import Originals
from index.points import points_of, term_counts
from index.report import Duplicate, Failure, IngestReport, Progress, ProgressCallback
from index.rows import Stamp
from index.store import Point, Store
from index.sync import FileState, KnownState, Plan, plan, scan
from ingest.errors import AuskunftError, UnreadableFile
from ingest.passages import split
from ingest.reading import SUFFIXES, read_document
from ingest.types import Document, Passage

UPLOAD = "upload:"
_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())


@dataclass(slots=True)
class _Tally:
    """An `IngestReport` in the making."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    def fail(self, source: str, error: AuskunftError) -> None:
        self.failed.append(Failure(source, error.message, error.hint))

    def report(self) -> IngestReport:
        return IngestReport(
            tuple(self.added),
            tuple(self.updated),
            self.unchanged,
            tuple(self.removed),
            tuple(self.duplicates),
            tuple(self.failed),
            time.perf_counter() - self.started,
        )


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A document with everything that store and catalogue will hold of it."""

    document: Document
    passages: tuple[Passage, ...]
    points: list[Point]


class Ingestor:
    """Brings files into one catalogue and its store. One at a time: the caller holds the lock."""

    def __init__(
        self, catalogue: Catalogue, store: Store, embedder: Embedder, originals: Originals, today: date
    ) -> None:
        self._catalogue = catalogue
        self._store = store
        self._embedder = embedder
        self._originals = originals
        self._today = today

    def files(self, paths: Iterable[Path], *, prune: bool, progress: ProgressCallback | None = None) -> IngestReport:
        """Bring in files and folders; a file that fails never stops the rest."""
        tally = _Tally()
        self._originals.tidy()
        known = _known(self._catalogue.entries())
        found = scan(paths, SUFFIXES, known)
        for source, error in found.failed:
            tally.fail(source, error)
        known = {origin: _located(state, found.folders) for origin, state in known.items()}
        self._apply(plan(found.files, known, prune), tally, progress or _silent)
        return tally.report()

    def upload(self, name: str, data: bytes, sha256: str) -> IngestReport:
        """Bring in one document that is no file of this machine."""
        tally = _Tally()
        source = Path(name.replace("\\", "/")).name or "Dokument"
        with self._originals.draft(Path(source).suffix) as path:
            self._originals.write(path, data)
            file = FileState(path, UPLOAD + source, source, sha256, explicit=True)
            known = {origin: _located(state, ()) for origin, state in _known(self._catalogue.entries()).items()}
            self._apply(plan([file], known, prune=False), tally, _silent)
        return tally.report()

    def rebuild(self, progress: ProgressCallback | None = None) -> IngestReport:
        """Read all originals again under the rules of today, and make the store anew."""
        tally = _Tally()
        entries = self._catalogue.entries()
        for number, entry in enumerate(entries, start=1):
            before = self._catalogue.document(entry.id)
            after = self._reread(before, tally)
            passages = split(after)
            self._catalogue.put(after, passages, term_counts(after, passages), stamp=entry.stamp)
            if after == before:
                tally.unchanged += 1
            else:
                tally.updated.append(after.id)
            (progress or _silent)(Progress(number, len(entries), entry.source))
        self.reindex()
        return tally.report()

    def reindex(self) -> None:
        """Make the store anew from the catalogue."""
        self._store.wipe()
        for entry in self._catalogue.entries():
            if entry.status != "withdrawn":
                document = self._catalogue.document(entry.id)
                self._store.upsert(points_of(document, self._catalogue.passages_of(entry.id), self._embedder))

    def repair(self) -> None:
        """Make the store hold exactly the passages of the catalogue.

        Surplus points are what a crash leaves behind. Missing ones mean lost files, and then nothing in the store is
        to be trusted: orphans in its postings would change every score.
        """
        wanted, present = self._catalogue.passage_ids(), self._store.ids()
        if wanted - present:
            self.reindex()
        else:
            self._store.delete(sorted(present - wanted))

    def withdraw(self, id: str) -> None:
        """Hide a document from every search; its rows stay."""
        self._catalogue.set_status(id, "withdrawn")
        self._store.delete([passage.id for passage in self._catalogue.passages_of(id)])

    # --- steps

    def _apply(self, todo: Plan, tally: _Tally, progress: ProgressCallback) -> None:
        total = sum(map(len, (todo.added, todo.changed, todo.unchanged, todo.moved, todo.duplicates)))
        done = 0

        def step(source: str) -> None:
            nonlocal done
            done += 1
            progress(Progress(done, total, source))

        self._settle(todo, tally, step)
        for file, former in todo.changed:
            self._bring_in(file, former, tally)
            step(file.source)
        for file in todo.added:
            self._bring_in(file, None, tally)
            step(file.source)
        for state in todo.removed:
            self._remove(state)
            tally.removed.append(state.id)
        self._note_duplicates(todo.duplicates, tally, step)

    def _settle(self, todo: Plan, tally: _Tally, step: Callable[[str], None]) -> None:
        """Files whose content is known: nothing is read."""
        for file, former in todo.unchanged:
            if file.stamp != former.stamp:
                self._catalogue.restamp(former.id, file.stamp)
            tally.unchanged += 1
            step(file.source)
        for file, former in todo.moved:
            self._catalogue.relocate(former.id, file.origin, file.source, file.stamp)
            tally.updated.append(former.id)
            step(file.source)

    def _bring_in(self, file: FileState, former: KnownState | None, tally: _Tally) -> None:
        """Read one file and put it in place of its former version."""
        with self._originals.draft(file.path.suffix) as draft:
            try:
                prepared = self._prepare(file, draft, former.id if former else None)
            except AuskunftError as error:
                tally.fail(file.source, error)
                return
            except Exception:  # a broken file must not stop the others, whatever a reader makes of it
                _log.exception("reading failed")
                tally.fail(file.source, UnreadableFile(f"»{file.source}« konnte nicht gelesen werden."))
                return
            self._originals.keep(draft, prepared.document.sha256)
        self._put(prepared, file.stamp)
        if former and former.sha256 != prepared.document.sha256:
            self._forget_original(former.sha256)
        (tally.updated if former else tally.added).append(prepared.document.id)

    def _prepare(self, file: FileState, draft: Path, id: str | None) -> _Prepared:
        """Everything that can fail because of the file itself. The copy is read, so that both are the same."""
        self._originals.copy(file.path, draft)
        document = read_document(draft, origin=file.origin, source=file.source, today=self._today)
        document = replace(document, id=id or self._free_id(document))
        passages = split(document)
        return _Prepared(document, passages, points_of(document, passages, self._embedder))

    def _free_id(self, document: Document) -> str:
        """The id of a new document; another one where a document that moved away took the usual one with it."""
        if self._catalogue.has_id(document.id):
            return str(uuid5(UUID(document.id), document.sha256))
        return document.id

    def _put(self, prepared: _Prepared, stamp: Stamp) -> None:
        """Store, then catalogue, then clean up; see the module."""
        document, passages = prepared.document, prepared.passages
        stale = {passage.id for passage in self._catalogue.passages_of(document.id)} - {p.id for p in passages}
        self._store.upsert(prepared.points)
        self._catalogue.put(document, passages, term_counts(document, passages), stamp=stamp)
        self._store.delete(sorted(stale))

    def _remove(self, state: KnownState) -> None:
        stale = [passage.id for passage in self._catalogue.passages_of(state.id)]
        self._catalogue.delete(state.id)
        self._store.delete(stale)
        self._forget_original(state.sha256)

    def _forget_original(self, sha256: str) -> None:
        if not self._catalogue.has_content(sha256):
            self._originals.drop(sha256)

    def _note_duplicates(
        self, duplicates: Sequence[tuple[FileState, str]], tally: _Tally, step: Callable[[str], None]
    ) -> None:
        """Name the document that each repeats; where that one failed, its repetition failed, too."""
        by_content = {entry.sha256: entry.id for entry in self._catalogue.entries()} if duplicates else {}
        for file, sha256 in duplicates:
            if sha256 in by_content:
                tally.duplicates.append(Duplicate(file.source, by_content[sha256]))
            else:
                tally.fail(file.source, UnreadableFile(f"»{file.source}« gleicht einer Datei, die nicht lesbar ist."))
            step(file.source)

    def _reread(self, document: Document, tally: _Tally) -> Document:
        """The document from its original; as stored where that is gone or not readable any more."""
        path = self._originals.find(document.sha256)
        if path is None:
            return document
        try:
            fresh = read_document(path, origin=document.origin, source=document.source, today=self._today)
        except AuskunftError as error:
            tally.fail(document.source, error)
            return document
        return replace(fresh, id=document.id, status=document.status, replaces=document.replaces)


def _known(entries: Iterable[Entry]) -> dict[str, KnownState]:
    return {e.origin: KnownState(e.id, e.origin, e.sha256, e.stamp, e.status) for e in entries}


def _located(state: KnownState, folders: Sequence[Path]) -> KnownState:
    """With what the disk says: is its file there, and should a folder of this run hold it?"""
    if state.origin.startswith(UPLOAD):
        return replace(state, in_scope=False)
    path = Path(state.origin)
    return replace(state, present=path.exists(), in_scope=any(path.is_relative_to(folder) for folder in folders))


def _silent(_progress: Progress) -> None:
    """Where nobody watches."""
