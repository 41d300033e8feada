"""Boxes of a web page that are no article: cookie notices, related links, comments, share buttons, navigation.

They are known by element, role, the names of classes and ids, and by their heading. Vocabulary: `ingest/data/web.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ingest.data import load

_HEADINGS = {f"h{level}" for level in range(1, 7)}
_WHOLE = {"html", "body", "main", "article"}
_LONG = 120  # characters from which a paragraph beside a box of links is the article again


def boxes(tree: Any) -> set[Any]:
    """The outermost elements and the loose siblings that belong to no article. Hold the result while walking `tree`."""
    found: set[Any] = set()
    titles = tree.xpath("//h1")
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _HEADINGS:
            found.update(_below_heading(element, titles))
        elif element.tag not in _WHOLE and _is_box(element, titles):
            found.add(element)
    return found


def _is_box(element: Any, titles: list[Any]) -> bool:
    data = load("web")
    if element.tag in data["tags"]:
        return not (element.tag in ("header", "form") and _holds_article(element, titles))
    if (element.get("role") or "").casefold() in data["roles"]:
        return not _holds_article(element, titles)
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(_names().fullmatch(name) for name in names[:20]) and not _holds_article(element, titles)


def _holds_article(element: Any, titles: list[Any]) -> bool:
    """Whether an element is part of an article's frame: it holds the only title, or the article itself."""
    if element.tag == "header" and next(element.iterancestors("article", "main"), None) is not None:
        return True
    if len(titles) == 1 and any(ancestor is element for ancestor in titles[0].iterancestors()):
        return True
    return element.tag != "header" and element.find(".//main") is not None


def _below_heading(heading: Any, titles: list[Any]) -> Iterator[Any]:
    """The heading of a box with what belongs to it."""
    text = re.sub(r"^\W+|\s*\(\d+\)$|\W+$", "", " ".join("".join(heading.itertext()).split())).casefold()
    text = re.sub(r"^\d+\s+", "", text)
    last = text in _phrases("last_headings")
    if not last and text not in _phrases("headings"):
        return
    parent = heading.getparent()
    if parent is not None and parent.tag not in _WHOLE and not _holds_article(parent, titles) and not _is_long(parent):
        yield parent
        return
    yield heading
    for sibling in heading.itersiblings():
        if sibling.tag in _HEADINGS and sibling.tag <= heading.tag:
            return
        if not last and sibling.tag == "p" and _is_text(sibling):
            return
        yield sibling


def _is_long(parent: Any) -> bool:
    """Whether paragraphs of an article stand in the element before the heading does."""
    return sum(_is_text(child) for child in parent.iterchildren("p")) > 1


def _is_text(paragraph: Any) -> bool:
    """A long paragraph that is not made of links."""
    text = "".join(paragraph.itertext()).strip()
    linked = sum(len("".join(link.itertext())) for link in paragraph.iter("a"))
    return len(text) > _LONG and linked * 2 < len(text)


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{name})" for name in load("web")["names"]), re.IGNORECASE)


@cache
def _phrases(key: str) -> frozenset[str]:
    return frozenset(phrase.casefold() for phrase in load("web")[key])
