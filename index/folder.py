"""The folders on disk: their rights, the one process that owns the index, and how the files of the index were left.

`state.json` beside the index notes which state of the catalogue it was brought to, in which folder its files are, and
a checksum of each file. The engine does not notice damaged files; whoever opens the index compares the checksums first.
While something is being written there are none, since a crash in between is no damage.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.errors import DataError, FolderFull, FolderInUse

Checksums = dict[str, tuple[int, int]]
_CHUNK = 1 << 16


def make_private(folder: Path) -> None:
    """Make the folder, readable for its owner only; a folder that is something else already keeps its rights.

    Raises:
        DataError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / "catalogue.sqlite").exists() or not any(folder.iterdir()):
            folder.chmod(0o700)
    except OSError as error:
        hint = "Bitte mit --data einen Ordner wählen, in den geschrieben werden darf."
        raise DataError(f"Der Datenordner {folder} ist nicht benutzbar: {error.strerror}.", hint) from error


@dataclass(frozen=True, slots=True)
class State:
    """What is known of an index: the state of the catalogue it holds, its folder, and its files if they were left so.

    `files` is None after a crash while writing: then nothing can be said about them.
    """

    generation: str = ""
    folder: str = ""
    files: Checksums | None = None


def read_state(path: Path) -> State:
    """The state that was noted last; an empty one where nothing readable is."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        files = raw["files"]
        known = {str(name): (int(size), int(sum_)) for name, (size, sum_) in files.items()} if files else None
        return State(str(raw["generation"]), str(raw["folder"]), known)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return State()


def write_state(path: Path, state: State) -> None:
    """Note a state, all or nothing.

    Raises:
        FolderFull: the folder cannot be written.
    """
    draft = path.with_suffix(".new")
    content = {"generation": state.generation, "folder": state.folder, "files": state.files}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FolderFull(f"Der Datenordner lässt sich nicht beschreiben: {error.strerror}.") from error


def checksums(folder: Path) -> Checksums:
    """Size and CRC-32 of every file below a folder, by relative name; holes and zeros count alike, and cost nothing."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_size, _checksum(path)) for path in files}


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb", buffering=0) as stream:
        for offset in _data_chunks(stream):
            chunk = os.pread(stream.fileno(), _CHUNK, offset) if hasattr(os, "pread") else _read(stream, offset)
            if chunk.strip(b"\0"):
                found = zlib.crc32(chunk, zlib.crc32(offset.to_bytes(8, "big"), found))
    return found


def _read(stream: BinaryIO, offset: int) -> bytes:
    stream.seek(offset)
    return stream.read(_CHUNK)


def _data_chunks(stream: BinaryIO) -> Iterator[int]:
    """Offsets of the chunks that may hold something else than a hole, aligned to the size of a chunk."""
    size = stream.seek(0, os.SEEK_END)
    position = 0
    while position < size:
        start = position
        if hasattr(os, "SEEK_DATA"):
            try:
                start = os.lseek(stream.fileno(), position, os.SEEK_DATA)
            except OSError:  # nothing but a hole up to the end
                return
        position = max(position, start - start % _CHUNK)
        yield position
        position += _CHUNK


class Lock:
    """Owns a folder until it is released or the process ends, however it ends.

    Raises:
        FolderInUse: another process owns it.
    """

    def __init__(self, path: Path) -> None:
        self._stream = path.open("ab")
        try:
            _lock(self._stream)
        except OSError as error:
            self._stream.close()
            raise FolderInUse("Ein anderes Programm benutzt diesen Datenordner gerade.") from error

    def release(self) -> None:
        """Give the folder back; twice is once."""
        with suppress(OSError):
            self._stream.close()


def _lock(stream: BinaryIO) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
