"""Which files are new, changed, moved, gone: a pure comparison of what is there with what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.failures import FailedFile
from index.rows import NO_STAMP, Stamp
from ingest.types import Status

# What parts an archive from its member in an origin, and what an upload begins with.
INSIDE = "!/"
UPLOAD = "upload:"


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as found. `origin` names it for good, `source` is the name shown; `explicit`: named by the user.

    A member of an archive has the path of the archive, and its bytes come from `content`.
    """

    path: Path
    origin: str
    source: str
    sha256: str
    stamp: Stamp = NO_STAMP
    explicit: bool = False
    content: Callable[[], bytes] | None = None

    @property
    def label(self) -> str:
        """Its name for people; that of a member after the name of its archive."""
        container, inside, name = self.origin.partition(INSIDE)
        return f"{Path(container.removeprefix(UPLOAD)).name} › {name}" if inside else self.source

    @property
    def suffix(self) -> str:
        """What its name says about its format."""
        return Path(self.source).suffix.lower()


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
    failed: tuple[tuple[FileState, FailedFile], ...] = ()
    """Files that could not be read before and are the same still."""

    @property
    def readable(self) -> list[FileState]:
        """All files but those that failed before."""
        known = (file for file, _ in (*self.changed, *self.unchanged, *self.moved))
        return [*self.added, *known, *(file for file, _ in self.duplicates)]

    @property
    def size(self) -> int:
        """How many files there are."""
        return len(self.readable) + len(self.failed)


@dataclass(slots=True)
class _Draft:
    """A plan in the making."""

    added: list[FileState] = field(default_factory=list)
    changed: list[tuple[FileState, KnownState]] = field(default_factory=list)
    unchanged: list[tuple[FileState, KnownState]] = field(default_factory=list)
    moved: list[tuple[FileState, KnownState]] = field(default_factory=list)
    duplicates: list[tuple[FileState, str]] = field(default_factory=list)
    failed: list[tuple[FileState, FailedFile]] = field(default_factory=list)


def plan(
    files: Sequence[FileState],
    known: Mapping[str, KnownState],
    prune: bool,
    failed: Mapping[str, FailedFile] | None = None,
    attempt: str = "",
) -> Plan:
    """Compare files with known documents and failed files (both by origin).

    - A known origin is unchanged or changed. A withdrawn document comes back only when its file changed or was named.
    - An unknown origin with the content of a document whose file is gone is that document, moved.
    - An unknown origin with the content of another document is a duplicate; a withdrawn one counts, too, so that a
      copy in a folder does not bring it back, unless the user names the copy.
    - A file that failed before is tried again when it changed, was named, or the rules of reading (`attempt`) changed.
    - With `prune`, documents in scope whose file is gone and did not move are removed.
    """
    draft = _Draft()
    hopeful = [file for file in files if not _failed_before(file, failed or {}, attempt, draft)]
    unknown = [file for file in hopeful if not _compare(file, known.get(file.origin), draft)]
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
        tuple(draft.failed),
    )


def _failed_before(file: FileState, failed: Mapping[str, FailedFile], attempt: str, draft: _Draft) -> bool:
    """Sort a file that would fail again for the same reason."""
    former = failed.get(file.origin)
    if former is None or former.sha256 != file.sha256 or former.attempt != attempt or file.explicit:
        return False
    draft.failed.append((file, former))
    return True


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
