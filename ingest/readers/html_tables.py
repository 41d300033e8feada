"""Tables of HTML pages and mails: most hold figures, some only lay text out."""

from __future__ import annotations

from typing import Any

from ingest.readers.tables import Cell, Row
from ingest.types import Block

_BLOCKS_IN_CELL = "./td//h1|./td//h2|./td//h3|./td//h4|./td//ul|./td//ol|./td//div/p"
_LONGEST_CELL = 400


def lays_out(table: Any) -> bool:
    """Whether a table only arranges text: nested, declared so, with one row or column, or with whole paragraphs."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return True
    rows = table.xpath(".//tr")
    widths = [sum(_span(cell, "colspan") for cell in row.xpath("./td|./th")) for row in rows]
    if len(rows) < 2 or max(widths, default=0) < 2:
        return True
    for row in rows:
        if row.xpath(_BLOCKS_IN_CELL) or any(len(_text(cell)) > _LONGEST_CELL for cell in row.xpath("./td")):
            return True
    return False


def rows_of(table: Any) -> tuple[list[Row], int]:
    """The rows of a table of data, and how many at its head are marked as header."""
    rows: list[Row] = []
    marked = 0
    covered: dict[int, int] = {}  # columns under a cell of an upper row: how many more rows
    for element in table.xpath(".//tr"):
        cells = element.xpath("./td|./th")
        if len(rows) == marked and cells and all(cell.tag == "th" for cell in cells):
            marked += 1
        rows.append(_row(cells, covered))
    return rows, marked


def _row(elements: list[Any], covered: dict[int, int]) -> Row:
    cells: list[Cell] = []
    column = 0
    for element in elements:
        column = _skip(cells, covered, column)
        span, text = _span(element, "colspan"), _text(element)
        for i in range(column, column + span):
            covered[i] = _span(element, "rowspan") - 1
        strong = element.tag == "th" or _is_strong(element, text)
        cells.append(Cell((Block((text,)),) if text else (), span, strong))
        column += span
    _skip(cells, covered, column)
    return cells


def _skip(cells: list[Cell], covered: dict[int, int], column: int) -> int:
    """Empty cells for the columns that a cell of an upper row reaches into."""
    while covered.get(column, 0) > 0:
        covered[column] -= 1
        cells.append(Cell(()))
        column += 1
    return column


def _is_strong(cell: Any, text: str) -> bool:
    strong = "".join(_text(part) for part in cell.xpath(".//b|.//strong"))
    return bool(text) and strong == text


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 50) if value.isdecimal() else 1


def _text(element: Any) -> str:
    parts = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join(parts).split())
