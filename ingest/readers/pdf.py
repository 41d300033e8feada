"""PDF: the engine runs in a child process with limits, since it may crash and must not share threads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

from ingest.errors import ScanWithoutText, UnreadableFile
from ingest.readers import pdf_worker
from ingest.readers.layout import Segment, page_blocks
from ingest.types import Block, RawDocument

TIMEOUT_S = 20
MAX_PAGES = 2000
_DEFAULTS = {"", "untitled", "anonymous", "unspecified", "unknown", "unbekannt"}  # what writing programs put in
_MESSAGES = {
    "password": "»{name}« ist mit einem Kennwort geschützt.",
    "format": "»{name}« ist keine lesbare PDF-Datei.",
    "pages": "»{name}« hat mehr als {limit} Seiten.",
}


def read_pdf(data: bytes, name: str) -> RawDocument:
    """Blocks of a PDF in reading order, page by page.

    Raises:
        UnreadableFile: damaged, encrypted, too large, or parsing took longer than `TIMEOUT_S` seconds.
        ScanWithoutText: the pages hold pictures only.
    """
    result = _extract(data, name)
    if "error" in result:
        raise UnreadableFile(_MESSAGES[result["error"]].format(name=name, limit=MAX_PAGES))
    blocks: list[Block] = []
    for number, segments in enumerate(result["pages"], start=1):
        parsed = [Segment(*row) for row in segments]
        blocks.extend(Block(lines, page=number) for lines in page_blocks(parsed))
    if not any(block.text.strip() for block in blocks):
        raise ScanWithoutText(f"»{name}« ist ein Scan ohne Text.")
    return RawDocument(tuple(blocks), _meta(result["meta"]), len(result["pages"]))


def _extract(data: bytes, name: str) -> dict[str, Any]:
    command = [sys.executable, "-I", pdf_worker.__file__, str(MAX_PAGES)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableFile(f"»{name}« ließ sich nicht in {TIMEOUT_S} Sekunden lesen.") from None
    if done.returncode != 0:
        raise UnreadableFile(f"»{name}« ist so beschädigt, dass das Lesen abbrach.")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _meta(info: dict[str, str]) -> dict[str, str]:
    """Title, author and note of the file itself; the file's date is kept apart from a stated one."""
    meta = {"title": info.get("Title", ""), "publisher": info.get("Author", ""), "note": info.get("Subject", "")}
    if re.match(r"https?://", info.get("Keywords", "")):
        meta["based_on"] = info["Keywords"]
    created = re.match(r"D:(\d{4})(\d\d)(\d\d)", info.get("CreationDate", ""))
    if created:
        meta["file_date"] = "-".join(created.groups())
    return {key: value.strip() for key, value in meta.items() if value.strip().casefold() not in _DEFAULTS}
