"""The parts of a mail: what is its text, and what was attached. Each part is one of both, or no document at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers.encoding import decode_as

_DEEPEST = 20
_SKIPPED = ("text/calendar", "text/vcard", "text/x-vcard", "application/ics", "message/delivery-status",
            "message/disposition-notification", "text/rfc822-headers", "application/ms-tnef",
            "application/pgp-signature", "application/pgp-keys", "application/pkcs7-signature",
            "application/x-pkcs7-signature")  # fmt: skip
_SKIPPED_SUFFIXES = {".p7s", ".ics", ".vcf", ".asc", ".sig"}
_SUFFIX_OF = {"application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml"}
# The parsers of the standard library let these through where a header is malformed.
_HEADER_ERRORS = (
    MessageError, ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was sent with a mail; `data` is what the sender attached."""

    name: str
    data: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A mail taken apart: texts in reading order as (content type, text), and attachments."""

    message: EmailMessage
    texts: tuple[tuple[str, str], ...]
    attachments: tuple[Attachment, ...]


def take_apart(data: bytes, name: str) -> Parts:
    """Parse a mail.

    Raises:
        UnreadableFile: there is no header in it, so it is no mail.
    """
    try:
        # Some exports begin with blank lines or a byte order mark.
        message: Any = BytesParser(policy=policy.default).parsebytes(data.removeprefix(b"\xef\xbb\xbf").lstrip())
        named = {key.casefold() for key, _ in message.raw_items()}
    except _HEADER_ERRORS:
        raise UnreadableFile(f"»{name}« ist keine lesbare E-Mail.") from None
    if not named & {"from", "subject", "date", "to", "received", "mime-version", "content-type"}:
        raise UnreadableFile(f"»{name}« ist keine lesbare E-Mail.")
    texts: list[tuple[str, str]] = []
    attachments: list[Attachment] = []
    _collect(message, texts, attachments, name, 0)
    return Parts(message, tuple(texts), tuple(attachments))


def header(message: EmailMessage, field: str) -> str:
    """A header field in plain text on one line, "" where it is missing."""
    raw = next((str(value) for key, value in message.raw_items() if key.casefold() == field.casefold()), "")
    if any("\udc80" <= c <= "\udcff" for c in raw):  # bytes beyond ASCII without any declared encoding
        value = decode_as(raw.encode("utf-8", "surrogateescape"), "")
    else:
        try:
            value = str(message[field] or "")
        except _HEADER_ERRORS:
            value = raw
    return unicodedata.normalize("NFC", " ".join(value.replace("\x00", "").split()))


def sent_on(message: EmailMessage) -> str:
    """The ISO day of the Date field in the time zone of the mail, "" where there is none."""
    try:
        return parsedate_to_datetime(header(message, "Date")).date().isoformat()
    except _HEADER_ERRORS:
        return ""


def _collect(
    part: EmailMessage, texts: list[tuple[str, str]], attachments: list[Attachment], name: str, depth: int
) -> None:
    kind = _content_type(part)
    if depth > _DEEPEST:
        raise UnreadableFile(f"»{name}« ist keine lesbare E-Mail.")
    if kind == "message/rfc822":
        _attach(part, kind, attachments)
    elif part.is_multipart():
        if kind == "multipart/alternative":
            _collect_best(part, texts, attachments, name, depth)
        else:
            for child in _children(part):
                _collect(child, texts, attachments, name, depth + 1)
    elif kind in ("text/plain", "text/html", "text/enriched") and not _is_attached(part):
        texts.append((kind, _text(part)))
    else:
        _attach(part, kind, attachments)


def _collect_best(
    part: EmailMessage, texts: list[tuple[str, str]], attachments: list[Attachment], name: str, depth: int
) -> None:
    """One of several versions of the same text: the plain one, unless it only says that there is another."""
    versions: list[list[tuple[str, str]]] = []
    for child in _children(part):
        found: list[tuple[str, str]] = []
        _collect(child, found, attachments, name, depth + 1)
        versions.append(found)
    filled = [found for found in versions if any(text.strip() for _, text in found)]
    plain = [found for found in filled if all(kind == "text/plain" for kind, _ in found)]
    rest = [found for found in filled if found not in plain]
    if plain and not (rest and _weight(plain[0]) * 4 < _weight(rest[-1])):
        texts.extend(plain[0])
    elif rest:
        texts.extend(rest[-1])


def _weight(found: list[tuple[str, str]]) -> int:
    """Length of the text without tags, style sheets and white space."""
    joined = "".join(text for _, text in found)
    return len(re.sub(r"(?is)<(style|script|head)\b.*?</\1>|<[^>]*>|\s+", "", joined))


def _children(part: EmailMessage) -> list[EmailMessage]:
    payload: Any = part.get_payload()
    return [child for child in payload if isinstance(child, EmailMessage)] if isinstance(payload, list) else []


def _content_type(part: EmailMessage) -> str:
    try:
        return part.get_content_type()
    except _HEADER_ERRORS:
        return "text/plain"


def _is_attached(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(_filename(part))
    except _HEADER_ERRORS:
        return False


def _filename(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
        if "=?" in name:  # against the standard, but common
            name = str(make_header(decode_header(name)))
    except _HEADER_ERRORS:
        name = ""
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name.strip())


def _text(part: EmailMessage) -> str:
    payload = _payload(part)
    try:
        charset = part.get_content_charset() or ""
        flowed = part.get_param("format") == "flowed"
    except _HEADER_ERRORS:
        charset, flowed = "", False
    text = decode_as(payload, charset)
    return _unflowed(text) if flowed else text


def _unflowed(text: str) -> str:
    """Lines that end in a blank go on (RFC 3676); the mark of a signature does not."""
    lines = [line[1:] if line.startswith(" ") else line for line in text.split("\n")]
    return re.sub(r"(?m)(?<!^--) \n(?=[^\n>])", " ", "\n".join(lines))


def _payload(part: EmailMessage) -> bytes:
    try:
        payload: Any = part.get_payload(decode=True)
    except _HEADER_ERRORS:
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _attach(part: EmailMessage, kind: str, attachments: list[Attachment]) -> None:
    name = _filename(part)
    suffix = PurePosixPath(name).suffix.lower()
    if kind in _SKIPPED or suffix in _SKIPPED_SUFFIXES:
        return
    data = _payload(part)
    if kind == "message/rfc822":
        inner = _children(part)
        data = b"".join(_serialised(message) for message in inner)
        name = name or (_title(inner[0]) if inner else "")
    wanted = _SUFFIX_OF.get(kind, "")
    if not suffix or kind == "message/rfc822":  # a name without suffix, or the subject of a mail
        name = (name or "Anlage") + ("" if suffix == wanted else wanted)
    if data:
        attachments.append(Attachment(name, data, kind))


def _title(message: EmailMessage) -> str:
    """The subject of a mail as the name of a file."""
    return re.sub(r'[/\\:*?"<>|]+', "-", header(message, "Subject"))[:80].strip(" .-") or "Nachricht"


def _serialised(message: EmailMessage) -> bytes:
    try:
        return message.as_bytes(policy=policy.compat32)
    except _HEADER_ERRORS:
        return b""
