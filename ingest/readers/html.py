"""HTML: trafilatura decides what the main text is; everything else is kept as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers.text import decode, table_lines
from ingest.types import Block, RawDocument

_BLOCK_TAGS = """
p h1 h2 h3 h4 h5 h6 li blockquote address dt dd figcaption pre td th div section article main header footer nav aside
body ul ol dl table tr tbody thead form figure details summary center
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SKIP = {"script", "style", "noscript", "template", "svg", "iframe", "head", "title", "button", "select", "option"}
_FURNITURE_TAGS = {"nav", "header", "footer", "aside", "form"}
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='DC.date' or @name='dcterms.date' or @itemprop='datePublished']/@content",
    "//article//time/@datetime",
    "//main//time/@datetime",
    "//time/@datetime",
)
_NAMES = {
    "publisher": ("//meta[@property='og:site_name']/@content", "//meta[@name='publisher']/@content",
                  "//meta[@name='author']/@content"),
    "url": ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"),
    "language": ("/html/@lang",),
}  # fmt: skip


def read_html(data: bytes, name: str) -> RawDocument:
    """Blocks of a page: the main text as body, navigation and the like as furniture.

    Raises:
        UnreadableFile: there is no text in the page, or it cannot be parsed.
    """
    from lxml import etree
    from lxml import html as lxml_html

    source = _decode(data, name)
    try:
        tree = lxml_html.document_fromstring(source.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(f"»{name}« ist keine lesbare HTML-Seite.") from None
    main = _main_text(source)
    seen_title = False
    blocks: list[Block] = []
    for block, furniture in _walk(tree):
        inside = not furniture and (not main or block.level > 0 or _is_table_row(block) or _squeeze(block.text) in main)
        if block.level == 1 and not seen_title and not furniture:
            inside = seen_title = True
        blocks.append(Block(block.lines, level=block.level, role=None if inside else "furniture"))
    return RawDocument(tuple(blocks), _meta(tree))


def _decode(data: bytes, name: str) -> str:
    match = _CHARSET.search(data[:2048])
    if match and match.group(1).lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(match.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, name)


def _main_text(source: str) -> str:
    """The main text without white space, or "" where trafilatura finds none (then the tags decide)."""
    import trafilatura

    text = trafilatura.extract(
        source, output_format="txt", include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    return _squeeze(text or "") if text and len(text) > 200 else ""


def _is_table_row(block: Block) -> bool:
    return bool(re.match(r"[^.:;]{1,60}: [^;]+;", block.text))


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _meta(tree: Any) -> dict[str, str]:
    meta = {key: value for key, paths in _NAMES.items() if (value := _first(tree, paths))}
    date = re.match(r"\d{4}(?:-\d\d){0,2}", _first(tree, _DATES))
    if date:
        meta["date"] = date.group()
    title = " ".join(" ".join(tree.xpath("//title//text()")).split())
    heading = " ".join(" ".join(tree.xpath("(//h1)[1]//text()")).split())
    meta["title"] = heading or title
    note = _first(tree, ("//meta[@name='note']/@content",))
    return {key: value for key, value in {**meta, "note": note}.items() if value}


def _first(tree: Any, paths: tuple[str, ...]) -> str:
    return next((str(value).strip() for path in paths for value in tree.xpath(path) if str(value).strip()), "")


def _walk(element: Any, furniture: bool = False) -> Iterator[tuple[Block, bool]]:
    """Leaf blocks in document order, each with whether a navigation-like element holds it."""
    if not isinstance(element.tag, str) or element.tag in _SKIP or element.get("hidden") is not None:
        return
    furniture = furniture or element.tag in _FURNITURE_TAGS or element.get("role") in ("navigation", "contentinfo")
    if element.tag == "table":
        yield from ((Block(lines), furniture) for lines in _table(element))
        return
    loose: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag in _BLOCKS:
            yield from _leaf(element, "".join(loose), furniture)
            loose = []
            yield from _walk(child, furniture)
        elif isinstance(child.tag, str) and child.tag not in _SKIP:
            loose.append("\n" if child.tag == "br" else "".join(child.itertext()))
        loose.append(child.tail or "")
    yield from _leaf(element, "".join(loose), furniture)


def _leaf(element: Any, text: str, furniture: bool) -> Iterator[tuple[Block, bool]]:
    lines = tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())
    if element.tag != "pre" and element.find(".//br") is None:
        lines = (" ".join(lines),) if lines else ()
    if not lines:
        return
    level = int(element.tag[1]) if re.fullmatch(r"h[1-6]", element.tag) else 0
    if element.tag == "li":
        lines = (f"– {lines[0]}", *lines[1:])
    yield Block(lines, level=level), furniture


def _table(table: Any) -> list[tuple[str, ...]]:
    rows = [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")
    ]
    heads = [bool(row.xpath("./th")) and not row.xpath("./td") for row in table.xpath(".//tr")]
    header = rows[0] if rows and heads[0] else []
    return table_lines(header, rows[1:] if header else rows)
