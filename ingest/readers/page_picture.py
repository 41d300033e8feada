"""A page of a PDF as a picture, to show where a quotation stands."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import InputError, UnreadableFile
from ingest.readers.pdf_child import call

WIDEST = 4000


def render_page(path: Path, page: int, *, width: int = 1000) -> bytes:
    """The page (counted from 1) as PNG, `width` pixels wide; the file name need not end in `.pdf`.

    Boxes of `Document.boxes` fit it by the factor `width / page_sizes[page - 1][0]`, counted from the bottom. A page
    that would become too large is drawn narrower, in the same proportions.

    Raises:
        UnreadableFile: the file is missing, damaged or encrypted, or drawing took too long.
        InputError: there is no such page, or `width` is not between 1 and `WIDEST`.
    """
    if not 1 <= width <= WIDEST:
        raise InputError(f"Ein Seitenbild ist 1 bis {WIDEST} Bildpunkte breit.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"»{path.name}« lässt sich nicht öffnen: {error.strerror}.") from None
    return call(data, path.name, "render", str(page), str(width), "0", "RGB")
