"""Pages as pictures with the quoted passage marked; the text with its `<mark>` beside them is their alternative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.web.markup import document_path, esc
from app.web.strings import Strings
from ingest.boxes import marks
from ingest.types import Box

# Points that a mark reaches beyond the letters.
_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Places:
    """Where the text of a document stands on its pages: boxes, and the size of each page, in points."""

    boxes: tuple[Box, ...] = ()
    page_sizes: tuple[tuple[float, float], ...] = ()


def pages_html(id: str, places: Places, start: int, end: int, t: Strings) -> str:
    """A figure for each page that `text[start:end]` stands on; nothing where that is not known."""
    by_page: dict[int, list[Box]] = {}
    for box in marks(places.boxes, start, end):
        by_page.setdefault(box.page, []).append(box)
    return "".join(
        _figure(id, page, places.page_sizes[page - 1], by_page[page], t)
        for page in sorted(by_page)
        if page <= len(places.page_sizes)
    )


def picture_url(id: str, page: int) -> str:
    """Address of the picture of a page, the same in all languages."""
    return f"{document_path(id)}/seite/{page}.png"


def _figure(id: str, page: int, size: tuple[float, float], boxes: Sequence[Box], t: Strings) -> str:
    """The window can be scrolled, by keyboard too: a page is legible only when it is wider than a phone."""
    drawing = _drawing(picture_url(id, page), size, boxes, esc(t("page_marked", page=page)))
    return (
        f'<figure class="seitenbild"><div class="fenster" tabindex="0" role="group" '
        f'aria-label="{esc(t("page", page=page))}">{drawing}</div>'
        f'<figcaption class="klein">{esc(t("page_caption", page=page))}</figcaption></figure>'
    )


def _drawing(address: str, size: tuple[float, float], boxes: Sequence[Box], label: str) -> str:
    """Boxes count from the lower left corner, pictures from the upper left one."""
    width, height = size
    rows = "".join(
        f'<rect class="marke-seite" x="{box.left - _MARGIN:.1f}" y="{height - box.top - _MARGIN:.1f}" '
        f'width="{box.right - box.left + 2 * _MARGIN:.1f}" height="{box.top - box.bottom + 2 * _MARGIN:.1f}"/>'
        for box in boxes
    )
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{label}">'
        f'<rect class="papier" width="{width:g}" height="{height:g}"/>'
        f'<image href="{esc(address)}" width="{width:g}" height="{height:g}" preserveAspectRatio="none"/>{rows}</svg>'
    )
