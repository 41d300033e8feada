"""HTML: trafilatura decides what the main text is; everything else is kept as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers.encoding import decode
from ingest.readers.html_boxes import boxes
from ingest.readers.html_meta import metadata
from ingest.readers.html_tables import lays_out, rows_of
from ingest.readers.tables import table_blocks
from ingest.types import Block, RawDocument

_BLOCK_TAGS = """
p h1 h2 h3 h4 h5 h6 li blockquote address dt dd figcaption pre td th div section article main header footer nav aside
body ul ol dl table tr tbody thead form figure details summary center
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SKIP = {"script", "style", "noscript", "template", "svg", "iframe", "head", "title", "button", "select", "option"}
_DEEPEST = 150  # elements inside each other that are told apart; deeper ones give one block
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


def read_html(data: bytes, name: str) -> RawDocument:
    """Blocks of a page: the main text as body, navigation and the like as furniture.

    Raises:
        UnreadableFile: there is no text in the page, or it cannot be parsed.
    """
    source = _decode(data, name)
    tree = _parse(source, name)
    leaves = list(_walk(tree, boxes(tree)))
    if all(leaf.furniture for leaf in leaves):
        leaves = list(_walk(tree, set()))
    inside = _inside(leaves, _main_text(source))
    blocks = tuple(
        Block(leaf.block.lines, level=leaf.block.level, role=None if kept else "furniture")
        for leaf, kept in zip(leaves, inside, strict=True)
    )
    return RawDocument(blocks, metadata(tree, blocks))


def mail_blocks(source: str, name: str) -> list[Block]:
    """Blocks of the HTML version of a mail; what its program marks as an earlier mail is furniture.

    Raises:
        UnreadableFile: it cannot be parsed.
    """
    tree = _parse(source, name)
    for hidden in tree.xpath("//*[contains(translate(@style, ' ', ''), 'display:none')]"):
        hidden.drop_tree()
    quoted = set(tree.xpath("//blockquote[@type='cite']"))
    leaves = _walk(tree, quoted)
    return [Block(x.block.lines, level=x.block.level, role="furniture" if x.furniture else None) for x in leaves]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A block with whether it stands in a box beside the article, and whether it certainly is part of the article."""

    block: Block
    furniture: bool
    certain: bool = False


def _parse(source: str, name: str) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    try:
        # The names of other encodings in the page no longer hold.
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
        return lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise UnreadableFile(f"»{name}« ist keine lesbare HTML-Seite.") from None


def _inside(leaves: list[_Leaf], main: str) -> list[bool]:
    """Which blocks are body: those of the main text or certain ones, and headings with something below them."""
    kept = [not x.furniture and (not main or x.certain or _squeeze(x.block.text) in main) for x in leaves]
    if not any(inside and not leaf.block.level for inside, leaf in zip(kept, leaves, strict=True)):
        kept = [not leaf.furniture for leaf in leaves]
    first = next((i for i, leaf in enumerate(leaves) if leaf.block.level == 1 and not leaf.furniture), None)
    for i, leaf in enumerate(leaves):
        if leaf.block.level:
            kept[i] = not leaf.furniture and (i == first or _has_content(leaves, kept, i))
    return kept


def _has_content(leaves: list[_Leaf], kept: list[bool], at: int) -> bool:
    """Whether body text stands below the heading `at`, before the next one of its rank."""
    for leaf, inside in zip(leaves[at + 1 :], kept[at + 1 :], strict=True):
        if 0 < leaf.block.level <= leaves[at].block.level:
            return False
        if inside and not leaf.block.level:
            return True
    return False


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


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _walk(
    element: Any, beside: set[Any], furniture: bool = False, depth: int = 0, certain: bool = False
) -> Iterator[_Leaf]:
    """Leaf blocks in document order; `beside` are the elements outside the article.

    Certain are the rows of tables, which the main text holds in another form, and the sentences in the <article> of the
    title, of which trafilatura leaves out short ones.
    """
    if not isinstance(element.tag, str) or element.tag in _SKIP or element.get("hidden") is not None:
        return
    furniture = furniture or element in beside
    certain = certain or (element.tag == "article" and len(element.xpath(".//h1")) == 1)
    if element.tag == "table" and not lays_out(element):
        caption = " ".join("".join(element.xpath("./caption//text()")).split())
        yield from [_Leaf(Block((caption,)), furniture, certain=True)] if caption else []
        yield from (_Leaf(block, furniture, certain=True) for block in table_blocks(*rows_of(element)))
        return
    if element.tag == "dl":
        yield from (_Leaf(Block((line,)), furniture, certain) for line in _definitions(element))
        return
    loose: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag in _BLOCKS and depth < _DEEPEST:
            yield from _leaf(element, "".join(loose), furniture, certain)
            loose = []
            yield from _walk(child, beside, furniture, depth + 1, certain)
        elif isinstance(child.tag, str) and child.tag not in _SKIP:
            loose.append("\n" if child.tag == "br" else _inline(child))
        loose.append(child.tail or "")
    yield from _leaf(element, "".join(loose), furniture, certain)


def _definitions(element: Any) -> Iterator[str]:
    """»– Term: what it means« for each term of a list of them; a term by itself, and what has none, as items."""
    term = ""
    for child in element.xpath(".//dt | .//dd"):
        text = " ".join("".join(child.itertext()).split())
        if child.tag == "dd":
            yield f"– {term}: {text}" if term else f"– {text}"
        elif term:
            yield f"– {term}"
        term = text.rstrip(": ") if child.tag == "dt" else ""
    if term:
        yield f"– {term}"


def _inline(element: Any) -> str:
    """Text of an element in a line, without scripts inside it."""
    if element.find(".//script") is None and element.find(".//style") is None and element.find(".//br") is None:
        return "".join(element.itertext(with_tail=False))
    parts = [element.text or ""]
    for child in element.iterdescendants():
        seen = isinstance(child.tag, str) and child.tag not in _SKIP
        parts.append("\n" if child.tag == "br" else (child.text or "") if seen else "")
        parts.append(child.tail or "")
    return "".join(parts)


def _leaf(element: Any, text: str, furniture: bool, certain: bool) -> Iterator[_Leaf]:
    lines = tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())
    if element.tag != "pre" and element.find(".//br") is None:
        lines = (" ".join(lines),) if lines else ()
    if not lines:
        return
    level = int(element.tag[1]) if re.fullmatch(r"h[1-6]", element.tag) else 0
    if element.tag == "li":
        lines = (f"– {lines[0]}", *lines[1:])
    # A line without an end may as well be the date, the photographer or a link to another text.
    yield _Leaf(Block(lines, level=level), furniture, certain and lines[-1].endswith((".", "!", "?", "«", "“")))
