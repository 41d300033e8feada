"""Plain text, with or without a front-matter block; also what other readers share: paragraphs and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ingest.errors import UnreadableFile
from ingest.readers.aligned import aligned
from ingest.readers.encoding import decode
from ingest.types import Block, RawDocument

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TABLE = 3  # lines: head, rule and a row
_MARKED = re.compile(r"(?P<mark>[+*=~#]{2,5})\s+(?P<heading>[^\s+*=~#][^+*=~#]*?)\s+(?P=mark)")  # »+++ Termine +++«
_HEADING, _LEVEL = 100, 3
_RULE = re.compile(r"[|:\s-]+")
_PARTED = re.compile(r"\n[ \t]*\n")
_LINE_BREAK = re.compile(r"\n|(?<=\S) {6,}(?=\S)|(?<=\S)\t+(?=\S)")


def read_text(data: bytes, name: str) -> RawDocument:
    """Paragraphs of a text file; a form feed begins a new page.

    Raises:
        UnreadableFile: the bytes are no text.
    """
    meta, body = front_matter(decode(data, name), name)
    pages = body.split("\f")
    numbered = len(pages) > 1
    blocks = [
        Block(lines, page=number if numbered else None, level=level)
        for number, page in enumerate(pages, start=1)
        for level, lines in _blocks(page)
    ]
    return RawDocument(tuple(blocks), meta, len(pages) if numbered else None)


def _blocks(page: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Paragraphs and rows of tables, each with the level of its heading (0 for none)."""
    for part in _PARTED.split(page):
        table = aligned(part)
        if table is not None:
            yield from ((0, row) for row in table_lines(*table))
            continue
        for paragraph in paragraphs(part):
            yield from _parts(paragraph)


def _parts(lines: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """The rows of a table, a heading that the text marks as such, or the paragraph; each with its level."""
    rows = _table(lines)
    if rows:
        return [(0, row) for row in rows]
    match = _MARKED.fullmatch(lines[0]) if len(lines[0]) < _HEADING else None
    if match is None:
        return [(0, lines)]
    return [(_LEVEL, (match["heading"],)), *([(0, lines[1:])] if lines[1:] else [])]


def _table(lines: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The rows of a table that is drawn with upright strokes, and with a line below its head; else nothing."""
    if len(lines) < _TABLE or not all(line.startswith("|") for line in lines) or not _RULE.fullmatch(lines[1]):
        return []
    header, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return table_lines(header, rows)


class _PlainLoader(yaml.BaseLoader):
    """Strings only, and no references: a few lines of these can stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("Verweise (*name) sind hier nicht erlaubt")
        return super().compose_node(parent, index)


def front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    """The YAML block between `---` lines at the top, as strings, and the text behind it.

    Raises:
        UnreadableFile: the block is no YAML mapping.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        loaded: Any = yaml.load(match.group(1), Loader=_PlainLoader)
    except RecursionError:
        raise UnreadableFile(f"Der Vorspann von »{name}« ist zu tief verschachtelt.") from None
    except yaml.YAMLError as error:
        if plain := _plain_lines(match.group(1)):
            return plain, text[match.end() :]
        raise UnreadableFile(f"Der Vorspann von »{name}« ist kein gültiges YAML: {_first_line(error)}") from None
    if not isinstance(loaded, dict):
        return {}, text
    return {str(key): str(value) for key, value in loaded.items() if value}, text[match.end() :]


def _plain_lines(block: str) -> dict[str, str]:
    """`key: value` lines as people write them, with colons in the value; nothing where a line is something else."""
    lines = [line for line in block.splitlines() if line.strip()]
    found = [re.fullmatch(r"([\w-]+):[ \t]+([^\s&*!|>{\[].*)", line) for line in lines]
    return {match[1]: match[2].strip() for match in found if match} if all(found) else {}


def paragraphs(text: str) -> list[tuple[str, ...]]:
    """Paragraphs (parted by blank lines) as tuples of lines; wide gaps part the columns of a letterhead line."""
    found = (tuple(line.strip() for line in _LINE_BREAK.split(part) if line.strip()) for part in _PARTED.split(text))
    return [lines for lines in found if lines]


def table_lines(header: list[str], rows: list[list[str]]) -> list[tuple[str, ...]]:
    """Each table row as one line that carries its column names: `Jahr: 2021; Ort: Torgau`."""
    out: list[tuple[str, ...]] = []
    for row in rows:
        cells = [
            f"{header[i]}: {cell}" if i < len(header) and header[i] and len(row) > 1 else cell
            for i, cell in enumerate(row)
            if cell
        ]
        if cells:
            out.append(("; ".join(cells) + ("" if cells[-1].endswith(".") else "."),))
    return out


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
