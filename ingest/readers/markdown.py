"""Markdown through markdown-it: headings, paragraphs, list items and tables become blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers.encoding import decode
from ingest.readers.text import front_matter, table_lines
from ingest.types import Block, RawDocument

_LEAST_LEVEL = 6  # of a heading that is none by its mark
_LONGEST_HEADING = 120  # characters
_HIDDEN_HTML = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL | re.IGNORECASE)


def read_markdown(data: bytes, name: str) -> RawDocument:
    """Blocks of a Markdown file with optional front matter; markup goes, list marks stay.

    Raises:
        UnreadableFile: the bytes are no text, or the front matter is no YAML.
    """
    meta, body = front_matter(decode(data, name), name)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return RawDocument(tuple(_blocks(parser.parse(body))), meta)


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    level, mark = 0, ""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "– "
        elif token.type == "inline":
            yield from _inline(token, level or (_LEAST_LEVEL if not mark and _is_emphasised(token) else 0), mark)
            level, mark = 0, ""
        elif token.type == "html_block":
            text = _HIDDEN_HTML.sub(" ", token.content)
            if text.strip():
                yield Block(tuple(" ".join(line.split()) for line in text.split("\n") if line.strip()))
        elif token.type in ("fence", "code_block"):
            yield Block(tuple(line for line in token.content.splitlines() if line.strip()))
        elif token.type == "table_open":
            end = next(i for i in range(position, len(tokens)) if tokens[i].type == "table_close")
            yield from _table(tokens[position:end])
            position = end
        position += 1


def _is_emphasised(token: Token) -> bool:
    """Whether a paragraph is one short line all in bold: a heading in all but the mark for it."""
    told = [child for child in token.children or [] if child.type != "text" or child.content.strip()]
    whole = len(told) > 2 and told[0].type == "strong_open" and told[-1].type == "strong_close"
    once = sum(child.type == "strong_open" for child in told) == 1
    text = _plain(token).strip()
    return whole and once and "\n" not in text and len(text) <= _LONGEST_HEADING and not text.endswith((".", ","))


def _inline(token: Token, level: int, mark: str) -> Iterator[Block]:
    lines = tuple(line.strip() for line in _plain(token).split("\n") if line.strip())
    if lines:
        yield Block((mark + lines[0], *lines[1:]), level=level)


def _table(tokens: list[Token]) -> Iterator[Block]:
    header: list[str] = []
    rows: list[list[str]] = []
    in_head = False
    for token in tokens:
        if token.type in ("thead_open", "thead_close"):
            in_head = token.type == "thead_open"
        elif token.type == "tr_open" and not in_head:
            rows.append([])
        elif token.type == "inline":
            (header if in_head else rows[-1]).append(_plain(token).replace("\n", " ").strip())
    for lines in table_lines(header, rows):
        yield Block(lines)


def _plain(token: Token) -> str:
    """The text of an inline token: emphasis, links and raw tags reduced to what a reader sees."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "image":
            parts.append(child.content)
        elif child.type == "html_inline":
            parts.append(_HIDDEN_HTML.sub("", child.content))
    return "".join(parts)
