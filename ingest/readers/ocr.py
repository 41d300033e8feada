"""Text recognition for scanned pages: `tesseract` with the German model, where it is installed.

Pages are drawn by the PDF child process and recognised two at a time, within a budget for the whole document.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from ingest.errors import AuskunftError
from ingest.readers.pdf_child import call
from ingest.readers.segments import Segment

LANGUAGE = "deu"
DPI = 300
BUDGET_S = 15.0
AT_ONCE = 2
MEMORY_LIMIT = 2 * 1024**3
LEAST_CONFIDENCE = 35.0  # of 100, for a word
LEAST_MEAN = 55.0  # for a page: below, the picture shows no text
HINT = (
    "Texterkennung einrichten (Debian/Ubuntu: apt install tesseract-ocr tesseract-ocr-deu; macOS: brew install "
    "tesseract tesseract-lang; Windows: Tesseract mit Sprache »Deutsch« installieren und in den Suchpfad aufnehmen), "
    "oder eine Fassung mit Textebene einlesen."
)
Word = tuple[Segment, float]


@cache
def ocr_available() -> bool:
    """Whether `tesseract` and its German model are installed; asked once."""
    if shutil.which("tesseract") is None:
        return False
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def recognise(data: bytes, name: str, pages: Sequence[int], seconds: float) -> dict[int, list[Segment]]:
    """Runs of text of the pages (counted from 1) that could be recognised within `seconds`.

    A page that shows no text has an empty list; a page that is missing did not fit or failed.
    """
    if seconds <= 0 or not ocr_available():
        return {}
    deadline = time.monotonic() + seconds
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda page: _page(data, name, page, deadline), pages))
    return {page: runs for page, runs in zip(pages, found, strict=True) if runs is not None}


def _page(data: bytes, name: str, page: int, deadline: float) -> list[Segment] | None:
    left = deadline - time.monotonic()
    if left < 0.5:
        return None
    try:
        picture = call(data, name, "render", str(page), "0", str(DPI / 72), "L", timeout=left)
        height = int.from_bytes(picture[20:24], "big")  # of the PNG header
        table = _tesseract(picture, deadline - time.monotonic())
    except AuskunftError:
        return None
    return None if table is None else segments(table, height, DPI / 72)


def _tesseract(picture: bytes, seconds: float) -> str | None:
    """The table of words that tesseract finds, or None where it fails or takes too long."""
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(DPI), "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)
    except OSError:
        return None
    with process:
        _limit_memory(process.pid)
        try:
            out, _ = process.communicate(picture, timeout=max(seconds, 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            return None
    return out.decode("utf-8", "replace") if process.returncode == 0 else None


def _limit_memory(pid: int) -> None:
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    except (ImportError, AttributeError, OSError):  # not Linux, or already done
        return


def segments(table: str, height: int, scale: float) -> list[Segment]:
    """Words of tesseract's table as segments in points; `height` of the picture and `scale` are in pixels (a point).

    A word takes its upper and lower edge from its line, so that words of one line stand on one height.
    """
    words: list[Word] = []
    line = (0.0, 0.0)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        left, top, width, tall = (float(value) for value in cells[6:10])
        if cells[0] == "4":
            line = ((height - top - tall) / scale, (height - top) / scale)
        elif cells[0] == "5" and _is_word(cells[11].strip(), float(cells[10])):
            segment = Segment(left / scale, line[0], (left + width) / scale, line[1], cells[11].strip())
            words.append((segment, float(cells[10])))
    return [] if _is_noise(words) else [segment for segment, _ in words]


def _is_word(text: str, confidence: float) -> bool:
    letters = sum(character.isalnum() for character in text)
    return bool(text) and confidence >= (LEAST_CONFIDENCE if letters else 75.0)


def _is_noise(words: Sequence[Word]) -> bool:
    letters = sum(len(segment.text) for segment, _ in words)
    return letters < 10 or sum(confidence * len(s.text) for s, confidence in words) / letters < LEAST_MEAN
