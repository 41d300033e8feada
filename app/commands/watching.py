"""Which files of a folder have changed and lie still again: two looks at the disk, compared. Nothing is opened."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Size and time of change, in nanoseconds.
Stamp = tuple[int, int]
Looked = dict[Path, Stamp]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be done now; `still`: no file has changed since the last look."""

    due: Looked = field(default_factory=dict)
    gone: tuple[Path, ...] = ()
    still: bool = False


class Watcher:
    """Compares each look with the one before it, and with what has been dealt with."""

    def __init__(self) -> None:
        self._last: Looked = {}
        self._done: Looked = {}

    def look(self, now: Looked) -> Changes:
        """Files that are as they were at the last look, but not as they were dealt with; and those that are gone."""
        last, self._last = self._last, now
        due = {path: stamp for path, stamp in now.items() if last.get(path) == stamp != self._done.get(path)}
        return Changes(due, tuple(path for path in self._done if path not in now), now == last)

    def done(self, files: Looked) -> None:
        """Dealt with in this state, well or not: the same file comes again only when it has changed."""
        self._done.update(files)

    def forget(self, files: Iterable[Path]) -> None:
        """As if these had never been seen."""
        for path in files:
            self._done.pop(path, None)


def look(paths: Sequence[Path], suffixes: frozenset[str]) -> Looked:
    """All files of these suffixes below folders, without hidden ones; and files that were named themselves."""
    found: Looked = {}
    for path in paths:
        for file in _below(path, suffixes) if path.is_dir() else [path]:
            try:
                status = file.stat()
            except OSError:  # gone since, or not to be seen
                continue
            found[file] = (status.st_size, status.st_mtime_ns)
    return found


def _below(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in suffixes:
                yield Path(place, name)
