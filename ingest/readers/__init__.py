"""One reader a format: bytes in, `RawDocument` out. Readers only read; cleaning comes after."""

from __future__ import annotations

from collections.abc import Callable

from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_text
from ingest.types import RawDocument

Reader = Callable[[bytes, str], RawDocument]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
}
