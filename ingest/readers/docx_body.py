"""From the elements of a Word document to blocks: paragraphs, lists, tables, text boxes, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers.docx_numbering import Numbering, W
from ingest.readers.tables import Cell, table_blocks
from ingest.types import Block, Role

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_GONE = {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "commentReference", "rt")}
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_BOX = f"{W}txbxContent"
_DEEPEST = 100  # elements inside each other; beyond that nobody wrote it


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph inherits: level of a heading (0: none), list, whether it is a line of a table of contents."""

    level: int = 0
    number: str = ""
    depth: int = 0
    contents: bool = False


class Walker:
    """Turns one document into blocks; lists go on counting from part to part."""

    def __init__(self, styles: Any | None, numbering: Numbering) -> None:
        self._numbering = numbering
        self._elements = {} if styles is None else {s.get(f"{W}styleId"): s for s in styles.iterfind(f"{W}style")}
        self._styles: dict[str, _Style] = {}

    def blocks(self, container: Any) -> list[Block]:
        """Blocks of a body, cell, header or text box in reading order; text boxes follow their paragraph."""
        return list(self._walk(container, 0))

    def notes(self, root: Any | None) -> Iterator[Block]:
        """Footnotes or endnotes as paragraphs (»Fußnote 1: …«), without the separators that Word keeps beside them."""
        printed = [note for note in root if not note.get(f"{W}type")] if root is not None else []
        texts = [" ".join(" ".join(block.text.split()) for block in self.blocks(note)) for note in printed]
        for number, text in enumerate(filter(None, texts), start=1):
            yield Block((f"Fußnote {number}: {text}",))

    def _walk(self, container: Any, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            return
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, depth)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, depth)
            elif element.tag == _CHOICE:
                yield from self._walk(element[0], depth + 1) if len(element) else ()
            elif element.tag not in _GONE and isinstance(element.tag, str):
                yield from self._walk(element, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Block]:
        boxes: list[Any] = []
        text = "".join(_text(paragraph, boxes, 0))
        style = self._style_of(paragraph)
        lines = _lines(text)
        if lines:
            label = "" if style.contents else self._numbering.label(style.number, style.depth)
            role: Role | None = "furniture" if style.contents else None
            yield Block((label + lines[0], *lines[1:]), level=style.level, role=role)
        for box in boxes:
            for block in self._walk(box, depth + 1):
                yield Block(block.lines, role="furniture")

    def _table(self, table: Any, depth: int) -> Iterator[Block]:
        rows = [self._row(row, depth) for row in _children(table, "tr")]
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in _children(table, "tr")]
        marked = next((i for i, head in enumerate(heads) if not head), len(heads))
        yield from table_blocks(rows, marked)

    def _row(self, row: Any, depth: int) -> list[Cell]:
        cells: list[Cell] = []
        for cell in _children(row, "tc"):
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val") != "restart"
            blocks = () if goes_on else tuple(self._walk(cell, depth + 1))
            cells.append(Cell(blocks, _span(cell), self._is_strong(cell)))
        return cells

    def _is_strong(self, cell: Any) -> bool:
        runs = [run for run in cell.iter(f"{W}r") if any(t.text and t.text.strip() for t in run.iter(f"{W}t"))]
        return bool(runs) and all(_is_on(run.find(f"{W}rPr/{W}b")) for run in runs)

    def _style_of(self, paragraph: Any) -> _Style:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return _Style()
        named = self._style(_value(properties, "pStyle"), 0)
        return _with_own(named, properties)

    def _style(self, id: str, depth: int) -> _Style:
        """The style `id` with what it inherits from the styles it is based on."""
        element = self._elements.get(id)
        if element is None or depth > 20:
            return _Style()
        if id not in self._styles:
            base = self._style(_value(element, "basedOn"), depth + 1)
            name = _value(element, "name").casefold()
            heading = re.fullmatch(r"(?:heading|überschrift) ([1-9])", name)
            level = min(int(heading[1]), 6) if heading else 1 if name in ("title", "titel") else base.level
            contents = base.contents or bool(re.match(r"(?:toc|verzeichnis) ?\d", name))
            style = _Style(level, base.number, base.depth, contents)
            properties = element.find(f"{W}pPr")
            self._styles[id] = style if properties is None else _with_own(style, properties)
        return self._styles[id]


def _with_own(style: _Style, properties: Any) -> _Style:
    """`style` with what the paragraph properties say themselves."""
    outline = _value(properties, "outlineLvl")
    level = style.level
    if outline.isdecimal():
        level = min(int(outline) + 1, 6) if int(outline) < 9 else 0
    number, depth = style.number, style.depth
    numbered = properties.find(f"{W}numPr")
    if numbered is not None:
        number = _value(numbered, "numId") or number
        own = _value(numbered, "ilvl")
        depth = int(own) if own.isdecimal() else depth
    return _Style(0 if style.contents else level, number, depth, style.contents)


def _text(element: Any, boxes: list[Any], depth: int) -> Iterator[str]:
    """What a reader sees of a paragraph; text boxes anchored in it are collected in `boxes`."""
    for child in element if depth < _DEEPEST else ():
        tag = child.tag
        if tag in (f"{W}t", f"{W}sym"):
            yield child.text or ""
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == _BOX:
            boxes.append(child)
        elif tag == _CHOICE:
            yield from _text(child[0], boxes, depth + 1) if len(child) else ()
        elif tag == f"{W}r" and _is_on(child.find(f"{W}rPr/{W}vanish")):
            continue
        elif isinstance(tag, str) and tag not in _GONE:
            yield from _text(child, boxes, depth + 1)


def _lines(text: str) -> tuple[str, ...]:
    """Lines of a paragraph: tabs after a number are blanks, several tabs part columns as in a letterhead."""
    parts = re.split(r"\n|(?<=\S)\t{2,}(?=\S)", text)
    return tuple(line for part in parts if (line := " ".join(part.split())))


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Rows or cells, also those wrapped in content controls; rows that were deleted are gone."""
    for child in element:
        if child.tag == f"{W}{tag}":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _children(child, tag)


def _span(cell: Any) -> int:
    value = _value(cell.find(f"{W}tcPr"), "gridSpan") if cell.find(f"{W}tcPr") is not None else ""
    return min(max(int(value), 1), 60) if value.isdecimal() else 1


def _is_on(toggle: Any | None) -> bool:
    return toggle is not None and toggle.get(f"{W}val", "1") not in ("0", "false", "off")


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return str(child.get(f"{W}val", "")) if child is not None else ""
