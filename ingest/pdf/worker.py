"""Child process around the PDF engine: a PDF on standard input, JSON or a picture on standard output.

    worker.py text MAX_PAGES SECONDS          positioned text, rules and size of every page as JSON
    worker.py render PAGE WIDTH SCALE MODE    one page (counted from 1) as PNG, MODE `L` (grey) or `RGB`

A failure that has a name is answered by exit status 3 and this name on standard error.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # run with -I, from the file: the project is not on the path yet
    sys.path.append(str(Path(__file__).resolve().parents[2]))

from ingest.pdf.drawing import drawing
from ingest.pdf.frame import Frame
from ingest.pdf.glyphs import glyphs, main_turn, runs_of

MEMORY_LIMIT = 2 * 1024**3
CPU_SECONDS = 20
MAX_PIXELS = 24_000_000
SCAN_LETTERS = 40  # a page with fewer letters and a page-filling picture is a scan
SCAN_PATHS = 250  # so many drawn paths count as a picture: letters drawn as outlines


class Failure(Exception):
    """A failure with a name that the parent knows."""


def extract(document: Any, seconds: float) -> dict[str, Any]:
    """Every page as a dictionary; pages that cannot be read, or not within `seconds`, as None."""
    deadline = time.monotonic() + seconds
    pages = [_page(document, i) if time.monotonic() < deadline else None for i in range(len(document))]
    if not any(pages):
        raise Failure("format")
    return {"pages": pages, "meta": document.get_metadata_dict()}


def _page(document: Any, index: int) -> dict[str, Any] | None:
    import pypdfium2 as pdfium

    try:
        page = document[index]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return None
    frame = _frame(page)
    found, lost = glyphs(text_page, frame)
    turn = main_turn(found)
    upright = replace(frame, turn=(frame.turn - turn) % 360)
    rules, paths, pictures = drawing(page, upright)
    text_page.close()
    page.close()
    width, height = frame.size
    printed = sum(character.isalnum() for glyph in found for character in glyph.text)
    picture = pictures > 0.4 * width * height or paths > SCAN_PATHS
    scan = (printed < SCAN_LETTERS and picture) or lost > max(20, printed)
    return {
        "size": [round(width, 1), round(height, 1)],
        "turn": (360 - turn) % 360,
        "runs": runs_of(found, turn, upright),
        "rules": rules,
        "scan": scan,
    }


def _frame(page: Any) -> Frame:
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation() % 360)


def render(document: Any, page: int, width: int, scale: float, mode: str) -> bytes:
    """One page as PNG, `width` pixels wide or, where this is 0, `scale` pixels a point; never above `MAX_PIXELS`."""
    import pypdfium2 as pdfium

    if not 1 <= page <= len(document):
        raise Failure("page")
    try:
        loaded = document[page - 1]
    except pdfium.PdfiumError:
        raise Failure("page") from None
    across, down = loaded.get_size()
    if across <= 0 or down <= 0:
        raise Failure("format")
    factor = min((width - 0.5) / across if width else scale, (MAX_PIXELS / (across * down)) ** 0.5)
    picture = loaded.render(scale=factor, grayscale=mode == "L").to_pil().convert(mode)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1 if mode == "L" else 6)
    return out.getvalue()


def _open(data: bytes, max_pages: int) -> Any:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise Failure("password" if "password" in str(error).lower() else "format") from None
    if count > max_pages:
        raise Failure("pages")
    return document


def _limit() -> None:
    """Memory, processor time and no bytes into files; pipes are no files."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    for kind, value in (
        ("RLIMIT_AS", MEMORY_LIMIT),
        ("RLIMIT_CPU", CPU_SECONDS),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, kind), (value, value))


def main(mode: str, *args: str) -> None:
    """Entry point of the child."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        if mode == "text":
            out = json.dumps(extract(_open(data, int(args[0])), float(args[1]))).encode()
        else:
            out = render(_open(data, 10**9), int(args[0]), int(args[1]), float(args[2]), args[3])
    except Failure as failure:
        sys.stderr.write(str(failure))
        sys.exit(3)
    sys.stdout.buffer.write(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
