"""Zip files opened with limits: what a zip declares is checked first, what it unpacks to is counted while reading.

Used for archives (`ingest/archives.py`) and for the formats that are zips themselves (.docx, .odt).
"""

from __future__ import annotations

import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from ingest.errors import UnreadableFile

MIB = 1 << 20
MAX_TOTAL = 1024 * MIB  # bytes that one archive may unpack to, nested ones included
MAX_MEMBER = 100 * MIB
MAX_MEMBERS = 20_000
MAX_MARKUP = 64 * MIB  # bytes of markup in one office file
MAX_RATIO = 200  # unpacked to packed, for members above 1 MiB
_MAX_DIRECTORY = MAX_MEMBERS * 512  # bytes of the table of contents, which is read as a whole
_CHUNK = 1 << 16
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, NotImplementedError)


class TooMuch(UnreadableFile):
    """Unpacking would go beyond a limit."""

    hint = "Bitte die Dateien einzeln oder in kleineren Archiven einlesen."


def open_zip(file: Path | BinaryIO, name: str) -> zipfile.ZipFile:
    """The zip `file`, its table of contents read and found within the limits; `name` is for messages.

    Raises:
        UnreadableFile: no zip, damaged, or with more than `MAX_MEMBERS` entries.
    """
    try:
        too_long = _directory_size(file) > _MAX_DIRECTORY
        archive = None if too_long else zipfile.ZipFile(file)
    except _BROKEN:
        raise UnreadableFile(f"»{name}« ist beschädigt oder kein ZIP-Archiv.") from None
    if archive is None or len(archive.filelist) > MAX_MEMBERS:
        raise TooMuch(f"»{name}« enthält mehr als {MAX_MEMBERS // 1000}.000 Dateien.")
    return archive


def check(info: zipfile.ZipInfo, name: str) -> None:
    """Whether one entry may be unpacked, by what the table of contents says of it.

    Raises:
        UnreadableFile: encrypted, packed in an unknown way, too large, or packed so densely that it must be a bomb.
    """
    if info.flag_bits & 0x1:
        raise UnreadableFile(f"»{name}« ist mit einem Kennwort geschützt.", "Bitte ohne Kennwort packen.")
    if info.compress_type not in _METHODS:
        raise UnreadableFile(f"»{name}« ist in einer Weise gepackt, die nicht gelesen wird.", "Bitte neu packen.")
    if info.file_size > MAX_MEMBER:
        raise too_large(name, MAX_MEMBER)
    if info.file_size > MIB and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise TooMuch(f"»{name}« ist verdächtig dicht gepackt und wird nicht ausgepackt.")


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of one entry, never more than it declares, and with the declared checksum.

    Raises:
        UnreadableFile: see `check`; or the entry is damaged.
    """
    check(info, name)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as file:
            # In small steps: what an entry declares is a promise that a bomb does not keep.
            while chunk := file.read(_CHUNK):
                parts.append(chunk)
                size += len(chunk)
    except (*_BROKEN, RuntimeError, KeyError):
        raise UnreadableFile(f"»{name}« ist im Archiv beschädigt.", "Bitte das Archiv neu packen.") from None
    if size != info.file_size:
        raise UnreadableFile(f"»{name}« ist im Archiv unvollständig.", "Bitte das Archiv neu packen.")
    return b"".join(parts)


def unpack_office(data: bytes, name: str, kind: str) -> dict[str, bytes]:
    """The markup of an office file, part by part; pictures and fonts stay empty.

    Raises:
        UnreadableFile: damaged, encrypted, or a bomb; `kind` is what it should have been (»Word-Datei«).
    """
    parts: dict[str, bytes] = {}
    left = MAX_MARKUP
    try:
        archive = open_zip(io.BytesIO(data), name)
        for info in archive.infolist():
            wanted = _is_markup(info.filename)
            left -= info.file_size if wanted else 0
            if left < 0:
                raise too_large(name, MAX_MARKUP)
            parts[info.filename] = unpack(archive, info, name) if wanted else b""
    except TooMuch:
        raise
    except UnreadableFile:
        raise UnreadableFile(f"»{name}« ist beschädigt oder keine {kind}.") from None
    return parts


def too_large(name: str, limit: int) -> UnreadableFile:
    """The error for a file that unpacks to more than `limit` bytes."""
    return TooMuch(f"»{name}« ist ausgepackt größer als {limit // MIB} MB und wird nicht gelesen.")


def entry_name(info: zipfile.ZipInfo) -> str:
    """The name of an entry as its writer meant it, with "/" between folders.

    Without the flag for UTF-8, names are in the code page of the packing machine; the one that reads as German wins.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        name = _decoded(name.encode("cp437"))
    name = "".join(c for c in name.replace("\\", "/") if unicodedata.category(c) not in ("Cc", "Cf"))
    return unicodedata.normalize("NFC", name)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        candidates = [raw.decode(page, errors="replace") for page in ("cp437", "cp850", "cp1252")]
        return max(candidates, key=_plausibility)


def _plausibility(name: str) -> int:
    """How much the letters beyond ASCII look German (ties go to the first candidate)."""
    good = len(re.findall(r"[äöüßÄÖÜ–§]", name))
    return 2 * good - len(re.findall(r"[^\x00-\x7fäöüßÄÖÜ–§]", name))


def _is_markup(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".rdf")) or name == "mimetype"


def _directory_size(file: Path | BinaryIO) -> int:
    """Bytes of the table of contents, from the record at the end of the file; 0 where there is none."""
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return _directory_size(opened)
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - (1 << 16) - 128))
    tail = file.read()
    sizes = [
        int.from_bytes(tail[at + offset : at + offset + width], "little")
        for mark, offset, width in ((b"PK\x05\x06", 12, 4), (b"PK\x06\x06", 40, 8))
        if (at := tail.rfind(mark)) >= 0
    ]
    # 0xFFFFFFFF refers to the second, longer record.
    return max((size for size in sizes if size != 0xFFFFFFFF), default=0)
