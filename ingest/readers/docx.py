"""Word documents: python-docx opens the package, this module walks it, since tracked changes and text boxes matter."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers.docx_body import Walker
from ingest.readers.docx_numbering import Numbering, W
from ingest.readers.properties import properties
from ingest.readers.sniff import is_encrypted_office, is_ole
from ingest.types import Block, RawDocument
from ingest.zips import unpack_office

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RENAMED = (  # templates and files with macros are read like any document; the strict dialect differs in names only
    (b"application/vnd.ms-word.document.macroEnabled.main+xml", _MAIN),
    (b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", _MAIN),
    (b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", _MAIN),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def read_docx(data: bytes, name: str) -> RawDocument:
    """Blocks of a Word document: page headers, text with tables and notes, page footers and text boxes.

    Tracked deletions are left out, insertions are text. Headers, footers and text boxes are furniture, unless there
    is no other text.

    Raises:
        UnreadableFile: damaged, encrypted, the old format (.doc), or too large when unpacked.
    """
    if is_ole(data):
        raise _old_or_encrypted(data, name)
    parts = {part: _normalised(content) for part, content in unpack_office(data, name, "Word-Datei").items()}
    document = _open(parts)
    if document is None:
        return RawDocument(tuple(_text_alone(parts, name)))
    walker = Walker(_part_root(document, "styles"), Numbering(_part_root(document, "numbering")))
    body = walker.blocks(document.element.body)
    notes = [block for kind in ("footnotes", "endnotes") for block in walker.notes(_part_root(document, kind))]
    above = _furniture(walker, _roots(document, "header"))
    below = _furniture(walker, _roots(document, "footer"))
    blocks = (*above, *body, *notes, *below)
    if not any(block.role is None for block in blocks):
        blocks = tuple(Block(block.lines, level=block.level) for block in blocks)
    return RawDocument(blocks, _meta(document, blocks))


def _old_or_encrypted(data: bytes, name: str) -> UnreadableFile:
    if is_encrypted_office(data):
        return UnreadableFile(f"»{name}« ist mit einem Kennwort geschützt.", "Bitte ohne Kennwort speichern.")
    hint = "Bitte in Word oder LibreOffice öffnen und als .docx speichern."
    return UnreadableFile(f"»{name}« ist im alten Word-Format (.doc) gespeichert, das nicht gelesen wird.", hint)


def _open(parts: dict[str, bytes]) -> Any | None:
    """The document that python-docx makes of the package, or None where it finds it damaged."""
    from docx import Document

    stream = io.BytesIO()
    # Packed anew, without compression: python-docx would unpack every part at once, whatever its real size.
    with zipfile.ZipFile(stream, "w") as package:
        for part, content in parts.items():
            package.writestr(zipfile.ZipInfo(part), content)
    stream.seek(0)
    try:
        document = Document(stream)
        return document if document.element.body is not None else None
    except Exception:  # it lets through whatever lxml, zipfile and its own lookups raise
        return None


def _text_alone(parts: dict[str, bytes], name: str) -> list[Block]:
    """The blocks of the main part where another part of the package is damaged."""
    from lxml import etree

    try:
        root = etree.fromstring(parts.get("word/document.xml", b""), etree.XMLParser(resolve_entities=False))
        body = root.find(f"{W}body")
    except (etree.XMLSyntaxError, ValueError):
        body = None
    if body is None:
        raise UnreadableFile(f"»{name}« ist beschädigt oder keine Word-Datei.")
    return Walker(None, Numbering(None)).blocks(body)


def _normalised(content: bytes) -> bytes:
    for old, new in _RENAMED:
        content = content.replace(old, new)
    return content


def _roots(document: Any, kind: str) -> list[Any]:
    """The root elements of all parts of one kind that the document refers to."""
    from docx.oxml.parser import parse_xml

    roots: list[Any] = []
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype.rsplit("/", 1)[-1] != kind:
            continue
        part = relation.target_part
        element = getattr(part, "element", None)
        try:
            roots.append(parse_xml(part.blob) if element is None else element)
        except (ValueError, SyntaxError):  # lxml's error for damaged markup is a SyntaxError
            continue
    return roots


def _part_root(document: Any, kind: str) -> Any | None:
    return next(iter(_roots(document, kind)), None)


def _furniture(walker: Walker, roots: list[Any]) -> list[Block]:
    """What stands above or below every page, each wording once."""
    blocks = [block for root in roots for block in walker.blocks(root)]
    return [Block(lines, role="furniture") for lines in dict.fromkeys(block.lines for block in blocks)]


def _meta(document: Any, blocks: tuple[Block, ...]) -> dict[str, str]:
    try:
        core = document.core_properties
        changed = core.modified or core.created
        return properties(
            blocks,
            title=core.title,
            author=core.author,
            changed=changed.date().isoformat() if changed else "",
            language=core.language,
        )
    except (ValueError, KeyError, AttributeError, TypeError):  # a damaged properties part is no reason to lose the text
        return {}
