"""Which files are new, changed, moved, gone: a pure comparison of what is there with what is known.

Only `scan` touches the disk, and only to look. A file is the same when size and time of change are those it was
read with; else its SHA-256 decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.rows import NO_STAMP, Stamp
from ingest.errors import AuskunftError, UnreadableFile, UnsupportedFormat
from ingest.types import Status


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as found. `origin` names it for good, `source` is the name shown; `explicit`: named by the user."""

    path: Path
    origin: str
    source: str
    sha256: str
    stamp: Stamp = NO_STAMP
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class KnownState:
    """A catalogued document. `present`: its file is still there; `in_scope`: a folder of this run should hold it."""

    id: str
    origin: str
    sha256: str
    stamp: Stamp = NO_STAMP
    status: Status = "current"
    present: bool = True
    in_scope: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. Every file is in exactly one of the lists."""

    added: tuple[FileState, ...] = ()
    changed: tuple[tuple[FileState, KnownState], ...] = ()
    unchanged: tuple[tuple[FileState, KnownState], ...] = ()
    moved: tuple[tuple[FileState, KnownState], ...] = ()
    duplicates: tuple[tuple[FileState, str], ...] = ()
    """Files beside the SHA-256 of the document they repeat."""
    removed: tuple[KnownState, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A plan in the making."""

    added: list[FileState] = field(default_factory=list)
    changed: list[tuple[FileState, KnownState]] = field(default_factory=list)
    unchanged: list[tuple[FileState, KnownState]] = field(default_factory=list)
    moved: list[tuple[FileState, KnownState]] = field(default_factory=list)
    duplicates: list[tuple[FileState, str]] = field(default_factory=list)


def plan(files: Sequence[FileState], known: Mapping[str, KnownState], prune: bool) -> Plan:
    """Compare files with known documents (by origin).

    - A known origin is unchanged or changed. A withdrawn document comes back only when its file changed or was named.
    - An unknown origin with the content of a document whose file is gone is that document, moved.
    - An unknown origin with the content of another document is a duplicate; a withdrawn one counts, too, so that a
      copy in a folder does not bring it back, unless the user names the copy.
    - With `prune`, documents in scope whose file is gone and did not move are removed.
    """
    draft = _Draft()
    unknown = [file for file in files if not _compare(file, known.get(file.origin), draft)]
    lost = {k.sha256: k for k in known.values() if not k.present}
    taken = {file.sha256 for file, _ in (*draft.changed, *draft.unchanged)}
    given = {file.origin for file in files}
    elsewhere = {k.sha256: k for k in known.values() if k.present and k.origin not in given}
    for file in unknown:
        _place(file, lost, elsewhere, taken, draft)
    kept = {former.id for _, former in draft.moved}
    removed = [k for k in known.values() if prune and not k.present and k.in_scope and k.id not in kept]
    return Plan(
        tuple(draft.added),
        tuple(draft.changed),
        tuple(draft.unchanged),
        tuple(draft.moved),
        tuple(draft.duplicates),
        tuple(removed),
    )


def _compare(file: FileState, former: KnownState | None, draft: _Draft) -> bool:
    """Sort a file of known origin; False for an unknown one."""
    if former is None:
        return False
    revived = file.explicit and former.status == "withdrawn"
    same = file.sha256 == former.sha256 and not revived
    (draft.unchanged if same else draft.changed).append((file, former))
    return True


def _place(
    file: FileState,
    lost: dict[str, KnownState],
    elsewhere: Mapping[str, KnownState],
    taken: set[str],
    draft: _Draft,
) -> None:
    """Sort a file of unknown origin."""
    twin = elsewhere.get(file.sha256)
    hidden = twin is not None and twin.status == "withdrawn" and file.explicit
    if file.sha256 in taken or (twin is not None and not hidden):
        draft.duplicates.append((file, file.sha256))
    elif file.sha256 in lost and not (file.explicit and lost[file.sha256].status == "withdrawn"):
        draft.moved.append((file, lost.pop(file.sha256)))
        taken.add(file.sha256)
    else:
        draft.added.append(file)
        taken.add(file.sha256)


@dataclass(frozen=True, slots=True)
class Found:
    """Files to compare, the folders that were walked, and what could not be used."""

    files: tuple[FileState, ...]
    folders: tuple[Path, ...]
    failed: tuple[tuple[str, AuskunftError], ...]


def scan(paths: Iterable[Path], suffixes: frozenset[str], known: Mapping[str, KnownState]) -> Found:
    """Files and folders as given; folders recursively and sorted, without hidden files and unknown formats."""
    files: dict[str, FileState] = {}
    folders: list[Path] = []
    failed: list[tuple[str, AuskunftError]] = []
    for given in paths:
        path = given.expanduser().resolve()
        if path.is_dir():
            folders.append(path)
        for file in _walk(path, suffixes) if path.is_dir() else [path]:
            source = file.name
            try:
                state = _state(file, source, suffixes, known, explicit=file == path)
                files.setdefault(state.origin, state)
            except AuskunftError as error:
                failed.append((source, error))
    return Found(tuple(files.values()), tuple(folders), tuple(failed))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _walk(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in suffixes and not hidden and path.is_file():
            yield path


def _state(
    path: Path, source: str, suffixes: frozenset[str], known: Mapping[str, KnownState], *, explicit: bool
) -> FileState:
    if not path.exists():
        raise UnreadableFile(f"»{source}« gibt es nicht.", "Bitte den Pfad prüfen.")
    if path.suffix.lower() not in suffixes:
        hint = f"Gelesen werden: {', '.join(sorted(suffixes))}."
        raise UnsupportedFormat(f"»{source}«: Dieses Format wird nicht gelesen.", hint)
    origin = path.as_posix()
    former = known.get(origin)
    try:
        status = path.stat()
        stamp = Stamp(status.st_size, status.st_mtime_ns)
        digest = former.sha256 if former is not None and former.stamp == stamp else sha256_of(path)
    except OSError as error:
        raise UnreadableFile(f"»{source}« lässt sich nicht öffnen: {error.strerror}.") from error
    return FileState(path, origin, source, digest, stamp, explicit)
