"""Documents inside containers: the files of a zip, the attachments of a mail, and containers in these.

Listing unpacks nothing but containers inside containers. Each file is taken or refused on its own; only a container
that cannot be opened fails as a whole. Limits: `ingest/zips.py`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from ingest.containers import CONTAINERS, Entry, Place, content, entries, place_of
from ingest.data import load
from ingest.errors import AuskunftError, UnreadableFile, UnsupportedFormat
from ingest.readers import READERS
from ingest.readers.sniff import kind_of_zip, sniff
from ingest.zips import MAX_MEMBER, MAX_MEMBERS, MAX_RATIO, MAX_TOTAL, TooMuch, open_zip, too_large

__all__ = [
    "CONTAINERS",
    "MAX_DEPTH",
    "MAX_MEMBER",
    "MAX_MEMBERS",
    "MAX_RATIO",
    "MAX_TOTAL",
    "Member",
    "Refused",
    "members",
]

MAX_DEPTH = 3  # containers inside each other, the outermost counted
_HEAD = 1 << 16  # bytes that show what a file is


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container.

    `name` is its path with "/", containers on the way included; `size` is in bytes, unpacked; `mark` the CRC-32 of the
    content. `read` returns the bytes, or raises an AuskunftError.
    """

    name: str
    size: int
    mark: int
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file inside a container that is not taken, and why."""

    name: str
    error: AuskunftError


@dataclass(slots=True)
class _Budget:
    """What may still be listed and unpacked of the outermost container."""

    members: int = MAX_MEMBERS
    bytes: int = MAX_TOTAL


def members(data_or_path: Path, source: str) -> Iterator[Member | Refused]:
    """The files inside the container at this path, in its order; `source` is its name in messages.

    A document that only calls itself .zip is its own single member.

    Raises:
        UnreadableFile: the container itself is damaged, no archive, or beyond the limits.
    """
    try:
        place = place_of(data_or_path)
        whole = _disguised(place, source)
        budget = _Budget()
        return iter([whole]) if whole else _each(place, _listed(place, source, budget), source, "", budget)
    except OSError as error:
        raise UnreadableFile(f"»{source}« lässt sich nicht öffnen: {error.strerror}.") from None


def _disguised(place: Place, source: str) -> Member | None:
    """The document that a file with the suffix .zip really is, if it is one that a reader knows."""
    if place.suffix != ".zip" or place.state[1] > MAX_MEMBER:
        return None
    found = _real_suffix(place)
    if found is None or found == ".zip" or found not in READERS:
        return None
    data = place.path.read_bytes()
    entry = Entry(0, PurePosixPath(source).stem + found, len(data), zlib.crc32(data))
    return Member(entry.name, entry.size, entry.mark, partial(_read, place, entry.name, entry))


def _real_suffix(place: Place) -> str | None:
    """What the file is, without reading all of it."""
    with place.path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.startswith(b"PK"):
        return sniff(head)
    try:
        with open_zip(place.path, "") as archive:
            return kind_of_zip(set(archive.namelist()))
    except UnreadableFile:
        return None


def _listed(place: Place, source: str, budget: _Budget) -> list[Entry]:
    found = entries(place, source)
    budget.members -= len(found)
    if budget.members < 0:
        raise TooMuch(f"»{source}« enthält mit den Archiven darin mehr als {MAX_MEMBERS // 1000}.000 Dateien.")
    return found


def _each(place: Place, found: list[Entry], source: str, within: str, budget: _Budget) -> Iterator[Member | Refused]:
    """Members of one container; their names begin with `within`."""
    for entry in found:
        name = within + entry.name
        try:
            _admit(entry, name, source, budget)
        except AuskunftError as error:
            yield Refused(name, error)
        else:
            yield from _taken(place.inside(entry.key, entry.name), entry, name, budget)


def _taken(place: Place, entry: Entry, name: str, budget: _Budget) -> Iterator[Member | Refused]:
    """A member, and what is in it where it is a container itself."""
    if place.suffix in READERS:
        yield Member(name, entry.size, entry.mark, partial(_read, place, name, entry))
    if place.suffix not in CONTAINERS:
        return
    try:
        if len(place.way) >= MAX_DEPTH:
            raise TooMuch(f"»{name}« steckt in zu vielen Archiven ineinander (höchstens {MAX_DEPTH}).")
        yield from _each(place, _listed(place, name, budget), name, name + "/", budget)
    except AuskunftError as error:
        # A broken mail is a member already, and says so when it is read.
        if place.suffix not in READERS or isinstance(error, TooMuch):
            yield Refused(name, error)


def _admit(entry: Entry, name: str, source: str, budget: _Budget) -> None:
    """Whether a file may be taken, by its name, its packing and what was taken before.

    Raises:
        UnreadableFile, UnsupportedFormat: it may not.
    """
    path = PurePosixPath(entry.name)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", entry.name):
        hint = "Bitte prüfen, woher das Archiv stammt."
        raise UnreadableFile(f"»{name}« will an einen Ort außerhalb des Archivs und wird nicht gelesen.", hint)
    if path.suffix.lower() not in READERS and path.suffix.lower() not in CONTAINERS:
        raise _unknown(path, name)
    if entry.error is not None:
        raise type(entry.error)(entry.error.message.replace(f"»{entry.name}«", f"»{name}«"), entry.error.hint)
    budget.bytes -= entry.size
    if budget.bytes < 0:
        raise too_large(source, MAX_TOTAL)


def _unknown(path: PurePosixPath, name: str) -> UnsupportedFormat:
    """The error for a file that no reader knows; one that hides behind a second suffix is called by its name."""
    suffixes = [suffix.strip().lower() for suffix in path.suffixes]
    if len(suffixes) > 1 and suffixes[-1] in load("formats")["dangerous"] and suffixes[-2] in load("formats")["names"]:
        hint = "Bitte nicht öffnen und klären, von wem die Datei kommt."
        return UnsupportedFormat(f"»{name}« gibt sich als {suffixes[-2]} aus und wird nicht geöffnet.", hint)
    known = ", ".join(sorted({*READERS, *CONTAINERS}))
    return UnsupportedFormat(f"»{name}«: Dieses Format wird nicht gelesen.", f"Gelesen werden: {known}.")


def _read(place: Place, name: str, entry: Entry) -> bytes:
    try:
        data = content(place, name) if place_of(place.path).state == place.state else None
    except OSError as error:
        raise UnreadableFile(f"»{name}« lässt sich nicht öffnen: {error.strerror}.") from None
    if data is None or zlib.crc32(data) != entry.mark:
        raise UnreadableFile(f"»{name}« hat sich beim Einlesen geändert.", "Bitte noch einmal einlesen.")
    return data
