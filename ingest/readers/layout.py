"""From runs of text and rules to the parts of a page in reading order.

Ruled areas first (`grid`): a table keeps its header in every row, a form is read cell by cell. What is left is ordered
in columns (`columns`), aligned rows without rules become rows of a table, and the rest is stacked to paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.german.sentences import unwrap
from ingest.readers.columns import CELL, in_order, rows_of
from ingest.readers.grid import Cell, Grid, fill, grids
from ingest.readers.segments import Barriers, Part, Rule, Segment, around, joined, lines_of, paragraphs
from ingest.readers.text import table_lines

MAX_LINES = 1500  # of one page; beyond that, no layout is looked for
HEADER = 80  # characters that the head of a column may have
_MARK = re.compile(
    r"(?:[–—•*▪■□☐○◦●❍-]|[\u2460-\u2473\u2776-\u2793]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|\(?[a-z]{1,2}\))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def page_lines(runs: Sequence[Segment], rules: Sequence[Rule]) -> list[Segment]:
    """The lines of a page, each mark of a list item with the text behind it."""
    barriers = Barriers(rules)
    lines = lines_of(runs, barriers)
    if len(lines) > MAX_LINES:
        return lines
    out: list[Segment] = []
    for row in rows_of(lines):
        for line in row:
            last = out[-1] if out and out[-1] in row else None
            if last and _is_marked(last, line) and not barriers.between(last, line):
                out[-1] = replace(joined(last, line), text=f"{last.text} {line.text}")
            else:
                out.append(line)
    return out


def _is_marked(mark: Segment, line: Segment) -> bool:
    near = line.left - mark.right < 4 * max(mark.height, line.height)
    return near and bool(_MARK.fullmatch(mark.text)) and abs(mark.middle - line.middle) < 0.5 * line.height


def page_parts(lines: Sequence[Segment], rules: Sequence[Rule]) -> list[Part]:
    """The parts of a page in reading order."""
    if len(lines) > MAX_LINES:
        return [Part(tuple(line.text for line in lines), tuple(lines))]
    items = list(lines)
    for grid in grids(rules):
        filled, rest = fill(items, grid)
        if any(filled):
            items = [*rest, _area(grid, _read(grid, filled))]
    return _flow(items)


def _area(grid: Grid, parts: Sequence[Part]) -> Segment:
    return replace(grid.box, parts=tuple(parts))


def _flow(items: Sequence[Segment]) -> list[Part]:
    """Items without rules between them, in reading order."""
    ordered = [item for piece in in_order(items) for item in _with_rows(piece)]
    return [part for block in paragraphs(ordered) for part in _parts(block)]


def _parts(block: Sequence[Segment]) -> Sequence[Part]:
    if block[0].parts:
        return block[0].parts
    return [Part(tuple(line.text for line in block), tuple(block))]


# --- ruled areas


def _read(grid: Grid, filled: Sequence[list[Segment]]) -> list[Part]:
    """A table row by row with its header, if it is one; else cell by cell."""
    content = {cell: _flow(items) for cell, items in zip(grid.cells, filled, strict=True)}
    table = _table(grid, content)
    return table if table is not None else [part for cell in grid.cells for part in content[cell]]


def _table(grid: Grid, content: dict[Cell, list[Part]]) -> list[Part] | None:
    """Rows of a data table; None where the grid is a form."""
    width = len(grid.xs) - 1
    rows = [[cell for cell in grid.cells if cell.r0 <= r <= cell.r1] for r in range(len(grid.ys) - 1)]
    start = next((r for r, row in enumerate(rows) if len(row) > 1 and any(content[cell] for cell in row)), len(rows))
    if width < 2 or start >= len(rows) - 1:
        return None
    end = max(cell.r1 for cell in rows[start])
    header = _header(rows[start : end + 1], content, width)
    body = rows[end + 1 :]
    if header is None or not _is_data(rows[end], body, content):
        return None
    caption = [cell for row in rows[:start] for cell in row]
    named = {head for row in body for cell in row if content[cell] for head in _named(header[cell.c0], content)}
    unused = [head for cells in header for head in cells if head not in named]  # columns that are to be filled in
    parts = [part for cell in dict.fromkeys((*caption, *unused)) for part in content[cell]]
    return [*parts, *(part for row in body for part in _row(row, header, content))]


def _header(rows: Sequence[Sequence[Cell]], content: dict[Cell, list[Part]], width: int) -> list[list[Cell]] | None:
    """For every column the cells of its head from top to bottom; None where heads are missing or long."""
    columns: list[list[Cell]] = []
    for c in range(width):
        cells = dict.fromkeys(cell for row in rows for cell in row if cell.c0 <= c <= cell.c1)
        columns.append([cell for cell in cells if content[cell]])
    texts = [_head(cells, content) for cells in columns]
    missing = sum(not text for text in texts)
    if missing > 1 or any(len(text) > HEADER or text.endswith(":") for text in texts):
        return None
    return columns


def _is_data(head: Sequence[Cell], body: Sequence[Sequence[Cell]], content: dict[Cell, list[Part]]) -> bool:
    """Whether most rows are cut like the head and have several cells filled."""
    edges = {(cell.c0, cell.c1) for cell in head}
    rows = [row for row in body if len(row) > 1 and any(content[cell] for cell in row)]
    same = sum({(cell.c0, cell.c1) for cell in row} == edges for row in rows)
    full = sum(sum(bool(content[cell]) for cell in row) > 1 for row in rows)
    return bool(rows) and same >= 0.7 * len(rows) and full >= max(1, 0.6 * len(rows))


def _row(row: Sequence[Cell], header: Sequence[Sequence[Cell]], content: dict[Cell, list[Part]]) -> list[Part]:
    """One row as a line; a cell over the whole width (a title between rows) stays what it is."""
    if len(row) == 1:
        return content[row[0]]
    named = [_named(header[cell.c0], content) for cell in row]
    lines = table_lines([_head(head, content) for head in named], [[_text(content[cell]) for cell in row]])
    segments = [
        segment
        for cell, head in zip(row, named, strict=True)
        if content[cell]
        for part in (*(p for above in head for p in content[above]), *content[cell])
        for segment in part.segments
    ]
    return [Part(line, tuple(segments)) for line in lines]


def _head(cells: Sequence[Cell], content: dict[Cell, list[Part]]) -> str:
    return " ".join(_text(content[cell]) for cell in cells)


def _named(cells: Sequence[Cell], content: dict[Cell, list[Part]]) -> Sequence[Cell]:
    """The cells of a column head if it says something: a word or a year, not the number of the table."""
    return cells if re.search(r"[^\W\d_]|\d{4}", _head(cells, content)) else []


def _text(parts: Sequence[Part]) -> str:
    """The text of a cell as one line."""
    return " ".join(" ".join(unwrap(part.texts)) for part in parts)


# --- rows without rules


def _with_rows(piece: Sequence[Segment]) -> list[Segment]:
    """Replace aligned rows by finished areas, one a table."""
    out: list[Segment] = []
    rows = _bridged(rows_of(piece))
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and _is_aligned(rows[at:end], rows[end]):
            end += 1
        if end - at >= 3 and _is_short(rows[at:end]):
            cells = [cell for row in rows[at:end] for cell in row]
            out.append(replace(around(cells), parts=tuple(_plain_table(rows[at:end]))))
            at = end
        else:
            out += [_alone(cell) if i and len(cell.text) <= CELL else cell for i, cell in enumerate(rows[at])]
            at += 1
    return out


def _alone(cell: Segment) -> Segment:
    """A code or an amount beside a text: no paragraph with those above and below."""
    return cell if cell.parts else replace(cell, parts=(Part((cell.text,), (cell,)),))


def _bridged(rows: list[list[Segment]]) -> list[list[Segment]]:
    """Join the two halves of a line with a hole (a sign that has no letter), where the lines around it run across."""
    out: list[list[Segment]] = []
    for i, row in enumerate(rows):
        around_it = (*rows[max(0, i - 1) : i], *rows[i + 1 : i + 2])
        if len(row) == 2 and len(around_it) == 2 and all(len(other) == 1 for other in around_it):
            left, right = row
            near = right.left - left.right < 4 * left.height and not (left.parts or right.parts)
            if near and all(o[0].left < left.right and o[0].right > right.left for o in around_it):
                row = [joined(left, right)]
        out.append(row)
    return out


def _is_aligned(above: Sequence[Sequence[Segment]], row: Sequence[Segment]) -> bool:
    """Whether a row has the columns of the rows above it, and stands close under them."""
    if len(row) < 2 or len(row) != len(above[-1]) or any(cell.parts for cell in (*row, *above[-1])):
        return False
    if above[-1][0].middle - row[0].middle > 3.5 * row[0].height:
        return False
    rows = (*above, row)
    rights = [max(r[i].right for r in rows) for i in range(len(row))]
    lefts = [min(r[i].left for r in rows) for i in range(len(row))]
    return all(rights[i] < lefts[i + 1] for i in range(len(row) - 1))


def _is_short(rows: Sequence[Sequence[Segment]]) -> bool:
    """Cells of a table have few characters, at least in all columns but one."""
    lengths = [sorted(len(row[i].text) for row in rows)[len(rows) // 2] for i in range(len(rows[0]))]
    return sum(length > 20 for length in lengths) <= 1


def _plain_table(rows: Sequence[Sequence[Segment]]) -> list[Part]:
    header = rows[0] if _is_header(rows) else ()
    parts: list[Part] = []
    for row in rows[1:] if header else rows:
        line = table_lines([cell.text for cell in header], [[cell.text for cell in row]])[0]
        cells = [cell for pair in zip(header, row, strict=True) for cell in pair] if header else row
        parts.append(Part(line, tuple(cells)))
    return parts


def _is_header(rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether the first row names the columns: words or years above columns of which one holds figures only."""
    figures = 0
    for i, head in enumerate(rows[0]):
        body = [row[i].text for row in rows[1:]]
        if all(re.search(r"\d", text) and not re.search(r"[^\W\d_]{5,}", text) for text in body):
            figures += 1
            years = all(_YEAR.fullmatch(text) for text in body)
            if re.search(r"\d", head.text) and (years or not _YEAR.fullmatch(head.text)):
                return False
        elif re.fullmatch(r"[\W\d]+", head.text):
            return False
    return figures > 0
