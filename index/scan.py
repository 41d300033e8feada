"""Looks at the disk: which files there are, what is inside archives and mails, and what cannot be used.

Nothing is read that has not changed: a file is the same when size and time of change are those it was read with, a
member of an archive when size and checksum are. Else its SHA-256 decides.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from index.failures import FailedFile
from index.rows import NO_STAMP, Stamp
from index.sync import INSIDE, UPLOAD, FileState, KnownState
from ingest.archives import CONTAINERS, Refused, members
from ingest.errors import AuskunftError, UnreadableFile, UnsupportedFormat
from ingest.zips import TooMuch


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that was found and cannot be used; without `origin` there is nothing to be remembered."""

    source: str
    error: AuskunftError
    origin: str | None = None
    stamp: Stamp = NO_STAMP


@dataclass(slots=True)
class Found:
    """Files to compare, the folders that were walked, and what could not be used.

    `opened` are the archives that were read to their end, `inside` all members seen in them, readable or not; `looked`
    are the files of the disk that were looked at, each once.
    """

    files: dict[str, FileState] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)
    unusable: list[Unusable] = field(default_factory=list)

    def located(self, state: KnownState) -> KnownState:
        """A document with what the disk says: is its file there, and should a folder of this run hold it?"""
        container, inside, _ = state.origin.partition(INSIDE)
        if inside and container in self.opened:
            return replace(state, present=state.origin in self.inside, in_scope=True)
        if container.startswith(UPLOAD):
            return replace(state, in_scope=False)
        path = Path(container)
        scope = any(path.is_relative_to(folder) for folder in self.folders)
        return replace(state, present=path.exists(), in_scope=scope)

    def vanished(self, failed: Iterable[str]) -> set[str]:
        """Which of the files that failed are not there any more, by origin."""
        return {origin for origin in failed if self._is_gone(origin)}

    def _is_gone(self, origin: str) -> bool:
        container, inside, _ = origin.partition(INSIDE)
        if inside and container in self.opened:
            return origin not in self.inside
        return not container.startswith(UPLOAD) and not Path(container).exists()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known before looking: documents and failed files by origin, and the formats that can be read.

    `apart` is the data folder itself, whose originals are no files to be brought in.
    """

    known: Mapping[str, KnownState]
    failed: Mapping[str, FailedFile]
    suffixes: frozenset[str]
    apart: Path | None = None

    def digest(self, origin: str, stamp: Stamp, compute: Callable[[], str]) -> str:
        """The SHA-256 of a file, from memory where its stamp is the same."""
        for former in (self.known.get(origin), self.failed.get(origin)):
            if former is not None and former.sha256 and former.stamp == stamp:
                return former.sha256
        return compute()


def scan(paths: Iterable[Path], memory: Memory) -> Found:
    """Files and folders as given; folders recursively and sorted, without hidden files and unknown formats."""
    found = Found()
    for given in paths:
        try:
            path = given.expanduser().resolve()
        except (OSError, RuntimeError):
            error = UnreadableFile(f"»{given.name}« ist eine Verknüpfung, die im Kreis führt.", "Bitte entfernen.")
            found.unusable.append(Unusable(given.name, error))
            continue
        if path.is_dir():
            found.folders.append(path)
            for file in _walk(path, memory, found):
                _look(file, memory, found, explicit=False)
        else:
            _look(path, memory, found, explicit=True)
    return found


def look_inside(container: FileState, memory: Memory, found: Found) -> None:
    """Add what an archive or a mail holds; the mail itself is a file of its own already."""
    name = container.source
    bombs: list[Refused] = []
    try:
        for member in members(container.path, name):
            origin = f"{container.origin}{INSIDE}{member.name}"
            found.inside.add(origin)
            if isinstance(member, Refused) and isinstance(member.error, TooMuch):
                bombs.append(member)
                continue
            if isinstance(member, Refused):
                found.unusable.append(Unusable(f"{name} › {member.name}", member.error, origin, container.stamp))
                continue
            stamp = Stamp(member.size, member.mark)
            try:
                digest = memory.digest(origin, stamp, partial(_sha256_in, member.read))
            except AuskunftError as error:
                found.unusable.append(Unusable(f"{name} › {member.name}", error, origin, container.stamp))
                continue
            source = PurePosixPath(member.name).name
            found.files.setdefault(
                origin, FileState(container.path, origin, source, digest, stamp, content=member.read)
            )
        found.opened.add(container.origin)
    except AuskunftError as error:
        found.unusable.append(Unusable(name, error, container.origin, container.stamp))
    if bombs:
        found.unusable.append(_bombs(bombs, container))


def _bombs(refused: list[Refused], container: FileState) -> Unusable:
    """One message for all that an archive packs too densely or too large."""
    first = refused[0]
    if len(refused) == 1:
        origin = f"{container.origin}{INSIDE}{first.name}"
        return Unusable(f"{container.source} › {first.name}", first.error, origin, container.stamp)
    message = (
        f"In »{container.source}« sind {len(refused)} Dateien zu groß oder verdächtig dicht gepackt und werden nicht "
        f"ausgepackt, darunter »{first.name}«."
    )
    return Unusable(container.source, TooMuch(message), container.origin, container.stamp)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sha256_in(read: Callable[[], bytes]) -> str:
    return hashlib.sha256(read()).hexdigest()


def _walk(folder: Path, memory: Memory, found: Found) -> Iterator[Path]:
    """Files of known formats below a folder; links to folders are not followed, so that no circle can be walked."""

    def blocked(error: OSError) -> None:
        name = Path(error.filename or folder).name
        found.unusable.append(Unusable(name, _cannot_open(name, error)))

    for parent, folders, files in os.walk(folder, onerror=blocked):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and Path(parent, n) != memory.apart)
        for name in folders:
            if Path(name).suffix.lower() in memory.suffixes:
                hint = "Die Dateien darin werden wie in jedem Ordner eingelesen."
                error = UnreadableFile(f"»{name}« ist ein Ordner, keine Datei.", hint)
                found.unusable.append(Unusable(name, error, Path(parent, name).as_posix()))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in memory.suffixes:
                yield Path(parent, name)


def _look(path: Path, memory: Memory, found: Found, *, explicit: bool) -> None:
    """One file: its state, and what is inside."""
    origin, stamp = path.as_posix(), NO_STAMP
    if origin in found.looked:
        return
    found.looked.add(origin)
    try:
        stamp = _stamp(path, memory.suffixes)
        state = FileState(path, origin, path.name, "", stamp, explicit)
        if path.suffix.lower() in CONTAINERS:
            look_inside(state, memory, found)
        if path.suffix.lower() != ".zip":
            digest = memory.digest(origin, stamp, lambda: sha256_of(path))
            found.files[origin] = FileState(path, origin, path.name, digest, stamp, explicit)
    except OSError as error:
        found.unusable.append(Unusable(path.name, _cannot_open(path.name, error), origin, stamp))
    except AuskunftError as error:
        there = path.exists() or path.is_symlink()
        found.unusable.append(Unusable(path.name, error, origin if there else None, stamp))


def _stamp(path: Path, suffixes: frozenset[str]) -> Stamp:
    """Size and time of change of a file that can be one of ours. Raises OSError, InputError."""
    name = path.name
    if path.is_symlink() and not path.exists():
        raise UnreadableFile(f"»{name}« ist eine Verknüpfung, die ins Leere oder im Kreis führt.", "Bitte entfernen.")
    if not path.exists():
        raise UnreadableFile(f"»{name}« gibt es nicht.", "Bitte den Pfad prüfen.")
    if path.suffix.lower() not in suffixes:
        raise UnsupportedFormat(f"»{name}«: Dieses Format wird nicht gelesen.", known_formats(suffixes))
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(f"»{name}« ist keine gewöhnliche Datei.", "Bitte eine Datei angeben.")
    return Stamp(status.st_size, status.st_mtime_ns)


def known_formats(suffixes: frozenset[str]) -> str:
    """The hint that names what can be read."""
    return f"Gelesen werden: {', '.join(sorted(suffixes))}."


def _cannot_open(name: str, error: OSError) -> UnreadableFile:
    found = UnreadableFile(f"»{name}« lässt sich nicht öffnen: {error.strerror}.", "Bitte die Zugriffsrechte prüfen.")
    found.can_retry = True
    return found
