"""OpenDocument texts (LibreOffice): the parts of the package are read directly with lxml, without external entities."""

from __future__ import annotations

from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers.odt_body import META, OFFICE, STYLE, Walker, styles_of
from ingest.readers.properties import properties
from ingest.types import Block, RawDocument
from ingest.zips import unpack_office

_DC = "{http://purl.org/dc/elements/1.1/}"
_ABOVE = ("header", "header-first", "header-left")
_BELOW = ("footer", "footer-first", "footer-left")


def read_odt(data: bytes, name: str) -> RawDocument:
    """Blocks of an OpenDocument text: page headers, text with tables and notes, page footers and text boxes.

    Tracked deletions are left out, insertions are text. Headers, footers and text boxes are furniture, unless there
    is no other text.

    Raises:
        UnreadableFile: damaged, encrypted, no text document, or too large when unpacked.
    """
    parts = unpack_office(data, name, "OpenDocument-Datei")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableFile(f"»{name}« ist mit einem Kennwort geschützt.", "Bitte ohne Kennwort speichern.")
    content = _root(parts, "content.xml")
    text = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if content is None or text is None:
        raise UnreadableFile(f"»{name}« ist beschädigt oder kein OpenDocument-Text.")
    pages = _root(parts, "styles.xml")
    walker = Walker(styles_of(content, pages))
    body = walker.blocks(text)
    notes = [Block((f"Fußnote {number}: {note}",)) for number, note in enumerate(walker.notes, start=1)]
    blocks = (*_furniture(walker, pages, _ABOVE), *body, *notes, *_furniture(walker, pages, _BELOW))
    if not any(block.role is None for block in blocks):
        blocks = tuple(Block(block.lines, level=block.level) for block in blocks)
    return RawDocument(blocks, _meta(_root(parts, "meta.xml"), blocks))


def _root(parts: dict[str, bytes], name: str) -> Any | None:
    """The root element of a part, or None where it is missing or no XML."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(parts[name], parser) if parts.get(name) else None
    except etree.XMLSyntaxError:
        return None


def _furniture(walker: Walker, pages: Any | None, kinds: tuple[str, ...]) -> list[Block]:
    """What stands above or below every page, each wording once."""
    roots = [] if pages is None else [e for kind in kinds for e in pages.iter(f"{STYLE}{kind}")]
    blocks = [block for root in roots for block in walker.blocks(root)]
    return [Block(lines, role="furniture") for lines in dict.fromkeys(block.lines for block in blocks)]


def _meta(root: Any | None, blocks: tuple[Block, ...]) -> dict[str, str]:
    def first(*tags: str) -> str:
        found = [] if root is None else [str(root.findtext(f".//{tag}") or "") for tag in tags]
        return next(filter(None, found), "")

    return properties(
        blocks,
        title=first(f"{_DC}title"),
        author=first(f"{META}initial-creator", f"{_DC}creator"),
        changed=first(f"{_DC}date", f"{META}creation-date"),
        language=first(f"{_DC}language"),
    )
