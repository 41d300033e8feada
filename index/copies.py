"""Copies of files that are being read: what is read is what is kept, whatever happens to the file meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from index.originals import NO_SPACE, Originals
from index.sync import FileState, KnownState
from index.worker import Task
from ingest.errors import AuskunftError, FolderFull, InputError, UnreadableFile

Wanted = tuple[FileState, KnownState | None]


class Copies:
    """Makes a copy of each file just before it is read."""

    def __init__(self, originals: Originals, today: date) -> None:
        self._originals = originals
        self._today = today
        self._paths: dict[str, Path] = {}

    def tasks(self, wanted: Iterable[Wanted]) -> Iterator[Task | AuskunftError]:
        """What is to be read, or why it cannot be copied, in the order of the files."""
        for file, former in wanted:
            draft = self._paths[file.origin] = self._originals.new_draft(file.suffix)
            try:
                self._copy(file, draft)
            except InputError as error:
                yield error
            else:
                yield Task(draft, file.origin, file.source, self._today, former.id if former else None)

    def path(self, file: FileState) -> Path:
        """The copy of a file."""
        return self._paths[file.origin]

    def drop(self, file: FileState) -> None:
        """The copy was kept, or is not needed."""
        self._paths.pop(file.origin).unlink(missing_ok=True)

    def _copy(self, file: FileState, draft: Path) -> None:
        if file.content is not None:
            self._originals.write(draft, file.content())
            return
        try:
            self._originals.copy(file.path, draft)
        except OSError as error:
            if error.errno in NO_SPACE:
                raise FolderFull(f"Der Datenordner lässt sich nicht beschreiben: {error.strerror}.") from error
            found = UnreadableFile(f"»{file.source}« lässt sich nicht öffnen: {error.strerror}.")
            found.can_retry = True
            raise found from error
