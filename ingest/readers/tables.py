"""Tables of office documents: which row is the header, and whether a table is one at all or only lays text out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.text import table_lines
from ingest.types import Block

_LONGEST_HEADER = 60
_LONGEST_CELL = 400


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its blocks, the columns it covers, and whether all of it is printed in bold."""

    blocks: tuple[Block, ...]
    span: int = 1
    strong: bool = False

    @property
    def text(self) -> str:
        """The content in one line."""
        return " ".join(" ".join(block.text.split()) for block in self.blocks)


Row = Sequence[Cell]


def table_blocks(rows: Sequence[Row], marked: int) -> list[Block]:
    """The blocks of a table; `marked` says how many rows the format itself calls header rows.

    A row becomes one line that carries the names of its columns. Without header, the left one of two columns serves
    as name (»Ort: Musterau.«). A table that lays text out gives its cells, one after the other.
    """
    rows = [row for row in rows if any(cell.blocks for cell in row)]
    if _lays_out(rows):
        return [block for row in rows for cell in row for block in cell.blocks]
    depth = min(marked or _header_depth(rows), len(rows) - 1)
    header = _names(rows[:depth])
    body = [_columns(row) for row in rows[depth:]]
    if not depth and all(_is_pair(cells) for cells in body):
        return [Block((_pair(cells),)) for cells in body]
    return [Block(lines) for lines in table_lines(header, body)]


def _lays_out(rows: Sequence[Row]) -> bool:
    width = max((sum(cell.span for cell in row) for row in rows), default=0)
    if len(rows) < 2 or width < 2:
        return True
    cells = [cell for row in rows for cell in row]
    return any(len(cell.text) > _LONGEST_CELL or any(b.level for b in cell.blocks) for cell in cells)


def _header_depth(rows: Sequence[Row]) -> int:
    """1 where the first row reads like names of columns: all bold above plain rows, or words above figures."""
    first, rest = rows[0], rows[1:]
    texts = [cell.text for cell in first]
    if not all(texts) or any(len(text) > _LONGEST_HEADER or text.endswith(".") for text in texts):
        return 0
    if all(cell.strong for cell in first) and not all(cell.strong for row in rest for cell in row if cell.blocks):
        return 1
    words = not any(re.search(r"\d", text) for text in texts)
    figures = any(re.search(r"\d", cell.text) for cell in rest[-1])
    return int(words and figures and len(first) > 2)


def _names(rows: Sequence[Row]) -> list[str]:
    """The name of each column; a cell over several columns names all of them."""
    wide = [[cell.text for cell in row for _ in range(cell.span)] for row in rows]
    width = max(map(len, wide), default=0)
    columns = [[row[i] for row in wide if i < len(row) and row[i]] for i in range(width)]
    return [" – ".join(dict.fromkeys(column)) for column in columns]


def _columns(row: Row) -> list[str]:
    """Texts by column; a cell over several columns stands in the first of them."""
    return [text for cell in row for text in (cell.text, *[""] * (cell.span - 1))]


def _is_pair(cells: list[str]) -> bool:
    return len(cells) == 2 and bool(cells[0]) and len(cells[0]) <= _LONGEST_HEADER


def _pair(cells: list[str]) -> str:
    name, value = cells[0].rstrip(" :"), cells[1]
    line = f"{name}: {value}" if value else name
    return line if line.endswith((".", "!", "?")) else line + "."
