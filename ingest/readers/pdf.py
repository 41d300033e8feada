"""PDF: text with its place on the page, in reading order; scanned pages through text recognition."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.errors import ScanWithoutText
from ingest.lines import names_organisation
from ingest.pdf.frame import turned_back
from ingest.readers import ocr
from ingest.readers.furniture import running
from ingest.readers.layout import page_lines, page_parts
from ingest.readers.pdf_child import MAX_PAGES, TIMEOUT_S, call, too_slow
from ingest.readers.segments import Part, Rule, Segment
from ingest.types import Block, Line, RawDocument, Role

READING_S = 14  # of the time limit, for pages with text; what is left belongs to text recognition
_DEFAULTS = {"", "untitled", "anonymous", "unspecified", "unknown", "unbekannt"}  # what writing programs put in
_FILE_NAME = re.compile(
    r"^(?:layout|tmp)\W?\d+$|\.(?:indd|docx?|odt|rtf|pdf|qxd|xlsx?|pptx?|pmd|fm|tif|tmp)\s*$", re.IGNORECASE
)
_TRIM = re.compile(r"[\s_.·…|–—-]*")  # fold marks, empty fields


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the engine or the text recognition found it; `turn` is how far its text stands turned."""

    size: tuple[float, float]
    turn: int
    lines: tuple[Segment, ...]
    turned: tuple[Segment, ...]
    rules: tuple[Rule, ...]


def read_pdf(data: bytes, name: str) -> RawDocument:
    """Blocks of a PDF in reading order, page by page.

    Meta beside what the file declares: `ocr` is "true" where text was recognised, `missing_pages` names pages that
    could not be read ("3, 5-7").

    Raises:
        UnreadableFile: damaged, encrypted, too large, or parsing took longer than `TIMEOUT_S` seconds.
        ScanWithoutText: the pages hold pictures only, and no text was recognised.
    """
    started = time.monotonic()
    result = json.loads(call(data, name, "text", str(MAX_PAGES), str(READING_S)))
    rows: list[dict[str, Any] | None] = result["pages"]
    scans = [number for number, row in enumerate(rows, start=1) if row and row["scan"]]
    left = TIMEOUT_S - 1 - (time.monotonic() - started)
    recognised = ocr.recognise(data, name, scans, min(ocr.BUDGET_S, left)) if scans else {}
    deadline = started + TIMEOUT_S
    pages = [_page(row, recognised.get(n), deadline, name) for n, row in enumerate(rows, start=1)]
    missing = [n for n, row in enumerate(rows, start=1) if row is None or (n in scans and n not in recognised)]
    raw = _document(pages, _meta(result["meta"]), deadline, name)
    if not any(block.text.strip() for block in raw.blocks):
        raise _without_text(name, scans, missing)
    raw.meta.update({"ocr": "true"} if any(recognised.values()) else {})
    raw.meta.update({"missing_pages": _ranges(missing)} if missing else {})
    return raw


def _page(row: dict[str, Any] | None, recognised: list[Segment] | None, deadline: float, name: str) -> Page:
    _check(deadline, name)
    if row is None:
        return Page((0.0, 0.0), 0, (), (), ())
    rules = () if recognised and row["turn"] else tuple(Rule(*values) for values in row["rules"])
    runs = [(Segment(*values[:5]), values[5]) for values in row["runs"]]
    upright = recognised or [segment for segment, turned in runs if not turned]
    turned = tuple(segment for segment, turned in runs if turned)
    turn = 0 if recognised else row["turn"]
    return Page(tuple(row["size"]), turn, tuple(page_lines(upright, rules)), turned, rules)


def _document(pages: Sequence[Page], meta: dict[str, str], deadline: float, name: str) -> RawDocument:
    furniture = running([page.lines for page in pages])
    blocks: list[Block] = []
    lines: list[Line] = []
    seen: set[str] = set()
    for number, (page, outside) in enumerate(zip(pages, furniture, strict=True), start=1):
        _check(deadline, name)
        for part, role in _parts(page, outside, seen):
            blocks.append(Block(part.texts, page=number, role=role))
            lines += (_line(segment, page, number) for segment in part.segments)
    return RawDocument(tuple(blocks), meta, len(pages), lines=tuple(lines), page_sizes=tuple(p.size for p in pages))


def _check(deadline: float, name: str) -> None:
    """Layout is quick, but a file made for the purpose could keep it busy."""
    if time.monotonic() > deadline:
        raise too_slow(name)


def _parts(page: Page, outside: set[Segment], seen: set[str]) -> Iterable[tuple[Part, Role | None]]:
    """Parts of a page with their roles: a running head that names an office is contact where it comes first."""
    for line in page.lines:
        if line in outside:
            first = line.text not in seen
            seen.add(line.text)
            yield Part((line.text,), (line,)), "contact" if first and names_organisation(line.text) else "furniture"
    for part in page_parts([line for line in page.lines if line not in outside], page.rules):
        if not all(_TRIM.fullmatch(text) for text in part.texts):
            yield part, None
    for segment in page.turned:
        yield Part((segment.text,), (segment,)), None


def _line(segment: Segment, page: Page, number: int) -> Line:
    box = (segment.left, segment.bottom, segment.right, segment.top)
    return Line(number, *turned_back(box, page.size, page.turn), segment.text)


def _without_text(name: str, scans: Sequence[int], missing: Sequence[int]) -> ScanWithoutText:
    if missing and ocr.ocr_available():
        error = ScanWithoutText(
            f"»{name}« ist ein Scan, und die Texterkennung wurde nicht rechtzeitig fertig.",
            "Bitte noch einmal einlesen, wenn der Rechner weniger zu tun hat, oder die Datei in Teile zerlegen.",
        )
        error.can_retry = True
        return error
    if scans and ocr.ocr_available():
        return ScanWithoutText(
            f"»{name}« ist ein Scan, und die Texterkennung fand darin keinen Text.",
            "Bitte prüfen, ob das Bild Text zeigt, und eine schärfere oder kürzere Fassung einlesen.",
        )
    return ScanWithoutText(f"»{name}« ist ein Scan ohne Text.", "" if ocr.ocr_available() else ocr.HINT)


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers in short: "3, 5-7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _meta(info: dict[str, str]) -> dict[str, str]:
    """Title, author and note of the file itself; the file's date is kept apart from a stated one."""
    meta = {"title": info.get("Title", ""), "publisher": info.get("Author", ""), "note": info.get("Subject", "")}
    if re.match(r"https?://", info.get("Keywords", "")):
        meta["based_on"] = info["Keywords"]
    created = re.match(r"D:(\d{4})(\d\d)(\d\d)", info.get("CreationDate", ""))
    if created:
        meta["file_date"] = "-".join(created.groups())
    if _is_file_name(meta["title"]):
        meta["title"] = ""
    return {key: value.strip() for key, value in meta.items() if value.casefold().strip(" ()") not in _DEFAULTS}


def _is_file_name(title: str) -> bool:
    """Whether a title is what a program put in: a file name, a layout number."""
    letters = sum(character.isalpha() for character in title)
    return bool(_FILE_NAME.search(title)) or letters <= sum(character.isdigit() for character in title)
