"""Golden reading orders that hold no text: a short digest and the number of letters per line.

A file `tests/data/golden/<name>-<page>.json` was checked by eye against the drawn page. After a wanted change look at
the page again, then write it anew:

    python -m tests.support.golden ../shared/pdfs/<name>.pdf <page>
"""

from __future__ import annotations

import difflib
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ingest.readers.pdf import read_pdf
from ingest.types import RawDocument

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "golden"


def reading_order(raw: RawDocument, page: int) -> list[str]:
    """The lines of a page in reading order, those without letters and digits left out."""
    lines = (line for block in raw.blocks if block.page == page and block.role is None for line in block.lines)
    return [line for line in lines if _letters(line)]


def digests(lines: Sequence[str]) -> list[str]:
    """`<first ten hex digits of SHA-256> <letters>` of each line, over its casefolded letters and digits."""
    squeezed = [_letters(line) for line in lines]
    return [f"{hashlib.sha256(text.encode()).hexdigest()[:10]} {len(text)}" for text in squeezed]


def load(name: str, page: int) -> list[str]:
    """The golden digests of a page."""
    rows = json.loads((GOLDEN / f"{name}-{page}.json").read_text(encoding="utf-8"))
    return [str(row) for row in rows]


def save(name: str, page: int, lines: Sequence[str]) -> None:
    """Write the golden digests of a page."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    text = json.dumps(digests(lines), indent=0) + "\n"
    (GOLDEN / f"{name}-{page}.json").write_text(text, encoding="utf-8")


def difference(golden: Sequence[str], lines: Sequence[str]) -> str:
    """What differs, with the text of the lines that were found; "" where nothing does."""
    found = digests(lines)
    names = dict(zip(found, lines, strict=True))
    rows = difflib.ndiff(golden, found)
    return "\n".join(f"{row[:2]}{names.get(row[2:], row[2:])}" for row in rows if row[0] in "+-")


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


if __name__ == "__main__":
    source, number = Path(sys.argv[1]), int(sys.argv[2])
    save(source.stem, number, reading_order(read_pdf(source.read_bytes(), source.name), number))
