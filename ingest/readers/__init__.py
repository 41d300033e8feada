"""One reader a format: bytes in, `RawDocument` out. Readers only read; cleaning comes after."""

from __future__ import annotations

from collections.abc import Callable

from ingest.data import load
from ingest.errors import UnreadableFile
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.mail import read_mail
from ingest.readers.markdown import read_markdown
from ingest.readers.odt import read_odt
from ingest.readers.pdf import read_pdf
from ingest.readers.sniff import sniff
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
    ".docx": read_docx,
    ".odt": read_odt,
    ".eml": read_mail,
}

_SPOKEN_FOR = {".doc": {".docx"}, ".zip": {".docx", ".odt"}}  # the reader of the suffix knows the better message


def reader_for(suffix: str, data: bytes, name: str) -> Reader:
    """The reader for a file with this suffix (one of `READERS`) and content, which decides where it is evident.

    Raises:
        UnreadableFile: the content evidently is of a format that no reader knows.
    """
    found = sniff(data) or suffix
    if suffix in _SPOKEN_FOR.get(found, ()):
        found = suffix
    if found in READERS:
        return READERS[found]
    formats = load("formats")
    hint = formats["hints"].get(found, formats["hints"]["default"])
    raise UnreadableFile(f"»{name}« ist in Wahrheit {formats['names'][found]}.", hint)
