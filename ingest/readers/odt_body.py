"""From the elements of an OpenDocument text to blocks: paragraphs, lists, tables, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.readers.tables import Cell, Row, table_blocks
from ingest.types import Block, Role

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, DRAW, META, STYLE = (
    _NAMESPACE % name for name in ("office", "text", "table", "drawing", "meta", "style")
)
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_GONE = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{TEXT}ruby-text"}
_INDEXES = {f"{TEXT}table-of-content", f"{TEXT}alphabetical-index", f"{TEXT}illustration-index"}
_BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_DEEPEST = 100
_MOST_REPEATED = 50  # spreadsheets in texts repeat an empty cell thousands of times
Styles = Mapping[str, Any]


def styles_of(*roots: Any | None) -> Styles:
    """The paragraph and text styles of the given parts by name."""
    return {
        style.get(f"{STYLE}name", ""): style
        for root in roots
        if root is not None
        for style in root.iter(f"{STYLE}style")
    }


class Walker:
    """Turns one document into blocks; `notes` are the texts of the footnotes met so far."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.notes: list[str] = []

    def blocks(self, container: Any) -> list[Block]:
        """Blocks of the text, of a cell or of a page header in reading order; text boxes follow their paragraph."""
        return list(self._walk(container, 0, ""))

    def _walk(self, container: Any, depth: int, mark: str, role: Role | None = None) -> Iterator[Block]:
        for element in container if depth < _DEEPEST else ():
            tag = element.tag
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element, depth, mark, role)
                mark = ""
            elif tag == f"{TEXT}list":
                yield from self._list(element, depth, role)
            elif tag == f"{TABLE}table":
                yield from self._table(element, depth)
            elif tag in _INDEXES:
                yield from self._walk(element, depth + 1, "", "furniture")
            elif isinstance(tag, str) and tag not in _GONE:
                inside: Role | None = "furniture" if tag == f"{DRAW}text-box" else role
                yield from self._walk(element, depth + 1, "", inside)

    def _list(self, element: Any, depth: int, role: Role | None) -> Iterator[Block]:
        for item in element:
            mark = "– " if item.tag == f"{TEXT}list-item" else ""
            number = item.find(f"{TEXT}number")
            if mark and number is not None and number.text:
                mark = number.text.strip() + " "
            yield from self._walk([child for child in item if child is not number], depth + 1, mark, role)

    def _paragraph(self, element: Any, depth: int, mark: str, role: Role | None) -> Iterator[Block]:
        boxes: list[Any] = []
        text = "".join(self._text(element, boxes, depth))
        lines = tuple(line for part in text.split("\n") if (line := " ".join(part.split())))
        if lines:
            level = 0 if role else self._level(element)
            yield Block(((mark if not level else "") + lines[0], *lines[1:]), level=level, role=role)
        for box in boxes:
            yield from self._walk(box, depth + 1, "", "furniture")

    def _text(self, element: Any, boxes: list[Any], depth: int) -> Iterator[str]:
        """What a reader sees of a paragraph; text boxes are collected in `boxes`, notes in `self.notes`."""
        yield element.text or ""
        for child in element if depth < _DEEPEST else ():
            tag = child.tag
            if tag == f"{TEXT}s":
                count = child.get(f"{TEXT}c", "1")
                yield " " * min(int(count), 100) if count.isdecimal() else " "
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag == f"{TEXT}note":
                self._note(child, depth)
            elif tag == f"{DRAW}text-box":
                boxes.append(child)
            elif isinstance(tag, str) and tag not in _GONE:
                yield from self._text(child, boxes, depth + 1)
            yield child.tail or ""

    def _note(self, note: Any, depth: int) -> None:
        body = note.find(f"{TEXT}note-body")
        blocks = [] if body is None else list(self._walk(body, depth + 1, ""))
        text = " ".join(" ".join(block.text.split()) for block in blocks)
        if text:
            self.notes.append(text)

    def _level(self, element: Any) -> int:
        if element.tag == f"{TEXT}h":
            outline = element.get(f"{TEXT}outline-level", "1")
            return min(max(int(outline), 1), 6) if outline.isdecimal() else 1
        return int("Title" in self._family(element.get(f"{TEXT}style-name", "")))

    def _family(self, name: str) -> list[str]:
        """A style and those it is based on; automatic styles (P1, P2) say what they are only through these."""
        names = [name]
        while len(names) < 20 and (style := self._styles.get(names[-1])) is not None:
            names.append(style.get(f"{STYLE}parent-style-name", ""))
        return names

    def _table(self, table: Any, depth: int) -> Iterator[Block]:
        heads = [row for part in table.iterfind(f"{TABLE}table-header-rows") for row in _rows(part)]
        rows = [self._row(row, depth) for row in _rows(table)]
        yield from table_blocks([*[self._row(row, depth) for row in heads], *rows], len(heads))

    def _row(self, row: Any, depth: int) -> Row:
        cells: list[Cell] = []
        under = 0  # covered cells still to come that belong to the last cell; others lie under a cell of an upper row
        for element in row:
            count = _number(element, "number-columns-repeated")
            if element.tag == f"{TABLE}table-cell":
                span = _number(element, "number-columns-spanned")
                cell = Cell(tuple(self._walk(element, depth + 1, "")), span, self._is_strong(element))
                cells.extend([cell] * count)
                under = span - 1
            elif element.tag == f"{TABLE}covered-table-cell":
                cells.extend([Cell(())] * max(count - under, 0))
                under = max(under - count, 0)
        return cells

    def _is_strong(self, cell: Any) -> bool:
        paragraphs = [p for p in cell.iter(f"{TEXT}p") if "".join(p.itertext()).strip()]
        return bool(paragraphs) and all(self._bold(p) for p in paragraphs)

    def _bold(self, paragraph: Any) -> bool:
        spans = list(paragraph.iterfind(f"{TEXT}span"))
        whole = not (paragraph.text or "").strip() and all(not (span.tail or "").strip() for span in spans)
        names = self._family(paragraph.get(f"{TEXT}style-name", ""))
        if any("Heading" in name for name in names) or self._says_bold(names):
            return True
        return whole and bool(spans) and all(self._says_bold([s.get(f"{TEXT}style-name", "")]) for s in spans)

    def _says_bold(self, names: list[str]) -> bool:
        styles = (self._styles.get(name) for name in names)
        texts = (style.find(f"{STYLE}text-properties") for style in styles if style is not None)
        weights = (text.get(f"{_FO}font-weight") for text in texts if text is not None)
        return next((weight for weight in weights if weight), "") == "bold"


def _rows(element: Any) -> Iterator[Any]:
    """The rows of a table outside its header, also those in groups."""
    for child in element:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child)


def _number(element: Any, name: str) -> int:
    value = element.get(f"{TABLE}{name}", "1")
    return min(max(int(value), 1), _MOST_REPEATED) if value.isdecimal() else 1
