"""From bytes to text: which of the encodings that German offices have used makes sense of a file."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ingest.errors import UnreadableFile
from ingest.zips import MIB

MAX_TEXT = 20 * MIB
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\ufeff]")
_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1a\x1b"))
_SAMPLE = 200_000  # bytes beyond ASCII that are looked at
_OLD = ("cp1252", "cp850", "mac_roman")  # in this order where they are equally plausible
# Umlauts inside words and marks where German puts them, against marks inside words and signs that hardly occur.
_GOOD = re.compile(
    r"(?<=[a-zß])[äöüß]|[äöü](?=[a-zß])|\b[ÄÖÜ](?=[a-z])|(?<!\w)[„»](?=\w)|(?<=[\w.,!?])[“”«](?!\w)"
    r"|(?<=[ \d])[–€](?=[ \d,.]|$)|§(?= ?\d| )|(?<=\w)…(?!\w)|(?<=[a-z])’(?=[a-z])|(?<=[km])²"
)
_BAD = re.compile(
    r"(?<=[^\W\d_])[„“”»«‚‘…–—§€°†‡‰¤¶·¸¨¯´](?=[^\W\d_])|(?<![^\W\d_])[“”«…°´](?=[^\W\d_])"
    r"|(?<=[^\W\d_])[„»†‡](?![^\W\d_])|[^\x00-\x7f\w„“”»«’‚‘–—…€§°²³½¼·•×©®\xa0]|(?<=[a-zäöü])[À-ÖØ-Þ]|[ªº¹µƒˆ](?=[a-z])|\ufffd"
)


def decode(data: bytes, name: str) -> str:
    """Text of `data`, composed, with `\\n` between lines.

    UTF-8 and UTF-16 with or without mark, Windows-1252 (which holds Latin-1), DOS and old Macintosh code pages.

    Raises:
        UnreadableFile: the bytes are no text, or more than `MAX_TEXT`.
    """
    if len(data) > MAX_TEXT:
        raise UnreadableFile(
            f"»{name}« ist mit {len(data) // MIB} MB zu groß für eine Textdatei (höchstens {MAX_TEXT // MIB} MB).",
            "Bitte die Datei in mehrere teilen.",
        )
    encoding = _unicode(data)
    if not encoding and _is_binary(data):
        raise UnreadableFile(f"»{name}« enthält keine lesbare Schrift, sondern Binärdaten.")
    return _clean(data.decode(encoding, errors="replace") if encoding else _guessed(data.rstrip(b"\x00")))


def decode_as(data: bytes, declared: str) -> str:
    """Text of `data` in the `declared` encoding where that works, else in the most plausible one. Never fails."""
    encoding = _unicode(data)
    if not encoding and declared:
        try:
            encoding = codecs.lookup(declared).name
            encoding = "cp1252" if encoding in ("iso8859-1", "ascii") else encoding
            return _clean(data.decode(encoding))
        except (LookupError, ValueError):
            encoding = ""
    return _clean(data.decode(encoding, errors="replace") if encoding else _guessed(data))


def _clean(text: str) -> str:
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text)


def _unicode(data: bytes) -> str:
    """The name of a two-byte or four-byte encoding where a mark or the place of the zeros shows it."""
    for mark, encoding in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")):
        if data.startswith(mark):
            return encoding
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    head = data[:4000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.05 else ""


def _is_binary(data: bytes) -> bool:
    """Zeros inside, or control characters that no text has; zeros at the end are padding."""
    text = data.rstrip(b"\x00")
    if b"\x00" in text:
        return True
    head = text[: 1 << 16]
    return len(head) - len(head.translate(None, _CONTROL_BYTES)) > max(2, len(head) // 100)


def _guessed(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8-sig", errors="replace")
    broken = text.count("\ufffd")
    if broken * 20 <= sum(text.count(c) for c in "äöüßÄÖÜ–„“»«"):  # UTF-8 in which a few bytes were lost
        return text
    sample = b"".join(re.findall(rb"[^\n]{0,40}[\x80-\xff][^\n]{0,40}\n?", data[: 20 * _SAMPLE]))[:_SAMPLE]
    best = max(_OLD, key=lambda encoding: _plausibility(sample.decode(encoding, errors="replace")))
    return data.decode(best, errors="replace")


def _plausibility(text: str) -> int:
    """How German the letters beyond ASCII look: umlauts inside words and usual marks, against everything else."""
    return len(_GOOD.findall(text)) - 2 * len(_BAD.findall(text))
