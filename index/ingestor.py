"""Carries out a plan of `sync`: reads what is new or changed, keeps what is known, remembers what failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid5

from index.catalogue import Entry
from index.copies import Copies, Wanted
from index.embedding import Embedder
from index.report import Duplicate, IngestReport, ProgressCallback, Steps, Tally
from index.rows import Stamp
from index.scan import Found, Memory, Unusable, known_formats, look_inside, scan
from index.shelf import Shelf
from index.sync import UPLOAD, FileState, KnownState, Plan, plan
from index.worker import Prepared, prepared
from index.workforce import Workforce
from ingest.archives import CONTAINERS
from ingest.errors import AuskunftError, UnreadableFile, UnsupportedFormat
from ingest.reading import SUFFIXES

READABLE = SUFFIXES | CONTAINERS


class Ingestor:
    """Brings files onto one shelf. One at a time: the caller holds the lock.

    `attempt` names the rules and tools of reading: files that failed under other ones are tried again.
    """

    def __init__(self, shelf: Shelf, embedder: Embedder, today: date, attempt: str) -> None:
        self._shelf = shelf
        self._embedder = embedder
        self._today = today
        self._attempt = attempt

    def files(self, paths: Iterable[Path], *, prune: bool, progress: ProgressCallback | None = None) -> IngestReport:
        """Bring in files and folders; a file that fails never stops the rest."""
        self._shelf.originals.tidy()
        memory = self._memory()
        return self._run(scan(paths, memory), memory, prune, progress)

    def upload(self, name: str, data: bytes, sha256: str, progress: ProgressCallback | None = None) -> IngestReport:
        """Bring in one document, archive or mail that is no file of this machine."""
        source = PurePosixPath(name.replace("\\", "/")).name or "Dokument"
        memory, found = self._memory(), Found()
        file = FileState(Path(source), UPLOAD + source, source, sha256, Stamp(len(data)), True, lambda: data)
        if file.suffix not in READABLE:
            error = UnsupportedFormat(f"»{source}«: Dieses Format wird nicht gelesen.", known_formats(READABLE))
            found.unusable.append(Unusable(source, error))
        elif file.suffix != ".zip":
            found.files[file.origin] = file
        with self._shelf.originals.draft(file.suffix) as path:
            if file.suffix in CONTAINERS:
                self._shelf.originals.write(path, data)
                look_inside(replace(file, path=path), memory, found)
            return self._run(found, memory, False, progress)

    def _memory(self) -> Memory:
        known = {entry.origin: _known(entry) for entry in self._shelf.catalogue.entries()}
        failed = {file.origin: file for file in self._shelf.failures.all(dismissed=True)}
        return Memory(known, failed, READABLE, self._shelf.originals.folder.parent)

    def _run(self, found: Found, memory: Memory, prune: bool, progress: ProgressCallback | None) -> IngestReport:
        known = {origin: found.located(state) for origin, state in memory.known.items()}
        todo = plan(list(found.files.values()), known, prune, memory.failed, self._attempt)
        tally, steps = Tally(), Steps(todo.size, progress)
        steps.begin()
        for file in found.unusable:
            self._note_unusable(file, tally, memory)
        self._settle(todo, tally, steps)
        self._bring_in(todo, tally, steps)
        for state in todo.removed:
            self._shelf.remove(state.id)
            tally.removed.append(state.id)
        self._note_duplicates(todo.duplicates, tally, steps)
        overcome = {file.origin for file in todo.readable} | found.opened | found.vanished(memory.failed)
        self._shelf.failures.clear(overcome & memory.failed.keys() - tally.failed_origins)
        return tally.report()

    def _settle(self, todo: Plan, tally: Tally, steps: Steps) -> None:
        """Files whose content is known: nothing is read."""
        for file, former in todo.unchanged:
            if file.stamp != former.stamp:
                self._shelf.catalogue.restamp(former.id, file.stamp)
            tally.unchanged += 1
            steps.done(file.source)
        for file, former in todo.moved:
            self._shelf.catalogue.relocate(former.id, file.origin, file.source, file.stamp)
            tally.updated.append(former.id)
            steps.done(file.source)
        for file, failure in todo.failed:
            if not failure.dismissed:
                tally.fail(file.label, file.origin, UnreadableFile(failure.error, failure.hint))
            steps.done(file.source)

    def _bring_in(self, todo: Plan, tally: Tally, steps: Steps) -> None:
        """Read new and changed files, several at once, and put each in its place as soon as it is read."""
        wanted: list[Wanted] = [*todo.changed, *((file, None) for file in todo.added)]
        copies = Copies(self._shelf.originals, self._today)
        with Workforce(self._embedder, len(wanted)) as workforce:
            outcomes = workforce.outcomes(copies.tasks(wanted))
            for (file, former), outcome in zip(wanted, outcomes, strict=True):
                if isinstance(outcome, Prepared):
                    self._place(file, former, outcome, copies.path(file))
                    (tally.updated if former else tally.added).append(outcome.document.id)
                else:
                    self._remember(file, outcome, tally)
                copies.drop(file)
                steps.done(file.source)

    def _place(self, file: FileState, former: KnownState | None, read: Prepared, copy: Path) -> None:
        if former is None and self._shelf.catalogue.has_id(read.document.id):
            # A document that moved away took the usual id with it.
            id = str(uuid5(UUID(read.document.id), read.document.sha256))
            read = prepared(replace(read.document, id=id), self._embedder)
        self._shelf.put(read, file.stamp, copy)
        if former and former.sha256 != read.document.sha256:
            self._shelf.drop_original(former.sha256)

    def _note_unusable(self, file: Unusable, tally: Tally, memory: Memory) -> None:
        """A file that could not even be opened."""
        former = memory.failed.get(file.origin or "")
        if former is not None and former.dismissed and former.stamp == file.stamp:
            return
        tally.fail(file.source, file.origin or "", file.error)
        if file.origin is not None:
            self._shelf.failures.remember(
                file.origin, file.source, file.error, sha256="", stamp=file.stamp, attempt=self._attempt
            )

    def _remember(self, file: FileState, error: AuskunftError, tally: Tally) -> None:
        """A file that could not be read; one that may be read next time is tried again then."""
        tally.fail(file.label, file.origin, error)
        attempt = "" if error.can_retry else self._attempt
        self._shelf.failures.remember(
            file.origin, file.label, error, sha256=file.sha256, stamp=file.stamp, attempt=attempt
        )

    def _note_duplicates(self, duplicates: Sequence[tuple[FileState, str]], tally: Tally, steps: Steps) -> None:
        """Name the document that each repeats; where that one failed, its repetition failed, too."""
        by_content = {e.sha256: e.id for e in self._shelf.catalogue.entries()} if duplicates else {}
        for file, sha256 in duplicates:
            if sha256 in by_content:
                tally.duplicates.append(Duplicate(file.source, by_content[sha256]))
            else:
                error = UnreadableFile(f"»{file.source}« gleicht einer Datei, die nicht lesbar ist.")
                self._remember(file, error, tally)
            steps.done(file.source)


def _known(entry: Entry) -> KnownState:
    return KnownState(entry.id, entry.origin, entry.sha256, entry.stamp, entry.status)
