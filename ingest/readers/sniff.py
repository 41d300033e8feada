"""What a file is, by its first bytes: suffixes are changed by people and programs."""

from __future__ import annotations

import io
import re

from ingest.errors import UnreadableFile
from ingest.zips import open_zip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF-", ".pdf"),
    (_OLE, ".doc"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"\x1f\x8b\x08", ".gz"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"Rar!\x1a\x07", ".rar"),
    (b"\x7fELF", ".exe"),
    (b"SQLite format 3\x00", ".sqlite"),
    (b"ID3\x03", ".mp3"),
    (b"ID3\x04", ".mp3"),
)
_OPEN_DOCUMENT = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".odp"}
_OFFICE_PARTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx"}
_HTML = re.compile(rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_FIELD = re.compile(rb"([!-9;-~]{1,60}):[ \t]|[ \t]+\S")
_MAIL_START = re.compile(rb"(?:From \S+ .*\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?")


def sniff(data: bytes) -> str | None:
    """The suffix that `data` evidently deserves, or None: plain text, Markdown, fragments and unknown bytes.

    Also formats that no reader knows are named, so that a message can say what a file is.
    """
    for magic, suffix in _MAGIC:
        if data.startswith(magic):
            return suffix
    if data[:2] == b"MZ" and b"PE\x00\x00" in data[:4096]:
        return ".exe"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:8] == b"ftyp":
        return ".mp4"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_or_office(data)
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(head):
        return ".html"
    if _is_mail(head):
        return ".eml"
    # Some programs write a few bytes before the mark of a PDF, and readers accept that.
    return ".pdf" if re.search(rb"^%PDF-\d", data[:1024], re.MULTILINE) and b"\x00" in data[:65536] else None


def is_ole(data: bytes) -> bool:
    """Whether this is the container of old office files and of encrypted new ones."""
    return data.startswith(_OLE)


def is_encrypted_office(data: bytes) -> bool:
    """Whether an OLE container holds an encrypted new office file."""
    return is_ole(data) and "EncryptedPackage".encode("utf-16-le") in data


def kind_of_zip(names: set[str]) -> str:
    """The suffix that a zip with these entries deserves: many documents are zips."""
    for part, suffix in _OFFICE_PARTS.items():
        if part in names:
            return suffix
    return ".odt" if {"content.xml", "META-INF/manifest.xml"} <= names else ".zip"


def _zip_or_office(data: bytes) -> str:
    match = re.match(rb"mimetypeapplication/vnd\.oasis\.opendocument\.([a-z]+)", data[30:110])
    if match:
        return _OPEN_DOCUMENT.get(match[1], ".zip")
    try:
        return kind_of_zip(set(open_zip(io.BytesIO(data), "").namelist()))
    except UnreadableFile:  # damaged: what stands in front may still tell
        return kind_of_zip({part for part in _OFFICE_PARTS if part.encode() in data[:65536]})


def _is_mail(head: bytes) -> bool:
    """A first block of header fields, with those that every delivered mail has."""
    if not _MAIL_START.match(head):
        return False
    lines = re.split(rb"\r?\n", re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0])
    fields = {match[1].lower() for line in lines if (match := _FIELD.match(line)) and match[1]}
    return b"from" in fields and b"date" in fields and bool(fields & {b"message-id", b"mime-version", b"received"})
