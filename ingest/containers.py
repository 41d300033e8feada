"""Zips and mails as lists of entries, and the bytes of each entry, however deep containers lie in each other.

A `Place` is an address: the file on the disk and the way inside. Opened containers are kept in small caches only, so
that a list of places holds neither files open nor bytes in memory.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from ingest.data import load
from ingest.errors import AuskunftError
from ingest.readers.mail_parts import Attachment, take_apart
from ingest.zips import MAX_MEMBER, MIB, check, entry_name, open_zip, too_large, unpack

CONTAINERS = frozenset({".zip", ".eml"})
_IN_MEMORY = 8 * MIB  # nested archives above that wait on the disk
_NO_DOCUMENTS = ("image/", "video/", "audio/")


@dataclass(frozen=True, slots=True)
class Place:
    """A file on the disk, or what `way` leads to: entry numbers and suffixes, from the outside in."""

    path: Path
    state: tuple[int, int]
    way: tuple[tuple[int, str], ...] = ()

    @property
    def suffix(self) -> str:
        """The suffix by which its kind is known."""
        return self.way[-1][1] if self.way else self.path.suffix.lower()

    def inside(self, key: int, name: str) -> Place:
        """The entry `key` of this container."""
        return Place(self.path, self.state, (*self.way, (key, PurePosixPath(name).suffix.lower())))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a container; `error` says why it must not be unpacked. `size` in bytes, `mark` is the CRC-32."""

    key: int
    name: str
    size: int
    mark: int
    error: AuskunftError | None = None


def place_of(path: Path) -> Place:
    """The place of a file on the disk, in its present state.

    Raises:
        OSError: it is not there.
    """
    stat = path.stat()
    return Place(path, (stat.st_mtime_ns, stat.st_size))


def entries(place: Place, source: str) -> list[Entry]:
    """The entries of a container that can be documents, with names that occur once; `source` is for messages.

    Raises:
        UnreadableFile: damaged, no archive, no mail, or beyond the limits.
    """
    if place.suffix == ".eml":
        found = [_of_mail(key, attachment) for key, attachment in enumerate(_mail(place, source))]
    else:
        found = [_of_zip(key, info) for key, info in enumerate(_zip(place, source).filelist)]
    return _named_apart([entry for entry in found if entry is not None])


def content(place: Place, source: str) -> bytes:
    """The bytes at a place.

    Raises:
        UnreadableFile: damaged, encrypted, or beyond the limits.
        OSError: the file on the disk cannot be read.
    """
    if not place.way:
        if place.state[1] > MAX_MEMBER:
            raise too_large(source, MAX_MEMBER)
        return place.path.read_bytes()
    outer, key = Place(place.path, place.state, place.way[:-1]), place.way[-1][0]
    if outer.suffix == ".eml":
        return _mail(outer, source)[key].data
    archive = _zip(outer, source)
    return unpack(archive, archive.filelist[key], source)


@lru_cache(maxsize=4)
def _zip(place: Place, source: str) -> zipfile.ZipFile:
    if not place.way:
        return open_zip(place.path, source)
    # A file that closes itself, with its archive, when it leaves the cache.
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    file.write(content(place, source))
    return open_zip(cast(BinaryIO, file), source)


@lru_cache(maxsize=1)
def _mail(place: Place, source: str) -> tuple[Attachment, ...]:
    return take_apart(content(place, source), source).attachments


def _of_zip(key: int, info: zipfile.ZipInfo) -> Entry | None:
    name = entry_name(info)
    parts = [part for part in PurePosixPath(name).parts if part != ".."]
    hidden = any(part.startswith((".", "~$")) or part in load("formats")["ignored"] for part in parts)
    if name.endswith("/") or not parts or hidden:
        return None
    try:
        check(info, name)
    except AuskunftError as error:
        return Entry(key, name, info.file_size, info.CRC, error)
    return Entry(key, name, info.file_size, info.CRC)


def _of_mail(key: int, attachment: Attachment) -> Entry | None:
    if attachment.kind.startswith(_NO_DOCUMENTS):
        return None
    size, mark = len(attachment.data), zlib.crc32(attachment.data)
    return Entry(
        key, attachment.name, size, mark, too_large(attachment.name, MAX_MEMBER) if size > MAX_MEMBER else None
    )


def _named_apart(found: list[Entry]) -> list[Entry]:
    """Entries with names that occur once: `brief.pdf`, `brief (2).pdf`."""
    seen: dict[str, int] = {}
    out: list[Entry] = []
    for entry in found:
        seen[entry.name] = count = seen.get(entry.name, 0) + 1
        path = PurePosixPath(entry.name)
        name = entry.name if count == 1 else str(path.with_name(f"{path.stem} ({count}){path.suffix}"))
        out.append(Entry(entry.key, name, entry.size, entry.mark, entry.error))
    return out
