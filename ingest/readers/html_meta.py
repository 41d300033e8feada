"""Title, publisher, date, address and language of a web page: from its head, else from what surrounds the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest.data import load
from ingest.german.dates import find_dates
from ingest.lines import names_organisation
from ingest.types import Block

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
    "note": ("//meta[@name='note']/@content",),
}  # fmt: skip
_PARTING = re.compile(r"\s+[-–—|·»:]+\s+")
_NEAR = 4  # blocks under the title in which its date stands
_LONGEST = 80


def metadata(tree: Any, blocks: Sequence[Block]) -> dict[str, str]:
    """What the page says of itself; `blocks` are those of the page with their roles."""
    meta = {key: _first(tree, paths) for key, paths in _NAMES.items()}
    date = re.match(r"\d{4}(?:-\d\d){0,2}", _first(tree, _DATES))
    whole = _text(tree, "//title//text()")
    title = _text(tree, "(//h1)[1]//text()") or _named_heading(whole, blocks)
    near = _near(title, blocks)
    meta["title"] = title or whole
    meta["date"] = date.group() if date else next(filter(None, map(_date_of, near)), "")
    meta["publisher"] = meta["publisher"] or _publisher(whole, title, near)
    return {key: value for key, value in meta.items() if value}


def _first(tree: Any, paths: tuple[str, ...]) -> str:
    return next((str(value).strip() for path in paths for value in tree.xpath(path) if str(value).strip()), "")


def _text(tree: Any, path: str) -> str:
    return " ".join(" ".join(tree.xpath(path)).split())


def _named_heading(whole: str, blocks: Sequence[Block]) -> str:
    """The part of the window title that a heading of the page repeats: the rest is the name of the site."""
    headings = {" ".join(block.text.split()).casefold() for block in blocks if block.level}
    return next((part for part in _PARTING.split(whole) if part.casefold() in headings), "")


def _near(title: str, blocks: Sequence[Block]) -> list[str]:
    """The short lines right above and under the title."""
    at = next((i for i, block in enumerate(blocks) if block.level and " ".join(block.text.split()) == title), None)
    if at is None:
        return []
    around = [*blocks[at + 1 : at + 1 + _NEAR], *blocks[max(0, at - 2) : at]]
    return [line for block in around for line in block.lines if len(line) <= _LONGEST]


def _date_of(line: str) -> str:
    """The day in a line such as »Veröffentlicht am 5. Juni 2023 | 2 Minuten« or »Musterau, 11.05.2023«."""
    days = [mention for mention in find_dates(line) if mention.year and mention.is_day]
    if len(days) != 1:
        return ""
    before = line[: days[0].start].strip(" |·•–-,:(")
    known = re.fullmatch("|".join(f"(?:{lead})" for lead in load("web")["date_leads"]), before, re.IGNORECASE)
    place = line[: days[0].start].rstrip().endswith(",") and re.fullmatch(r"[A-ZÄÖÜ][\w./-]+(?: [\w./-]+){0,2}", before)
    after = line[days[0].end :].strip()
    parted = not after or re.match(r"[|·•–,(/]|\d{1,2}[:.]\d\d|um\b|Uhr\b", after)
    return days[0].iso if parted and (not before or known or place) else ""


def _publisher(whole: str, title: str, near: Sequence[str]) -> str:
    """An office that the window title names beside the title, or the line under it beside the date."""
    parts = [part for part in _PARTING.split(whole) if title and part.casefold() != title.casefold()]
    if len(parts) == len(_PARTING.split(whole)):
        parts = []  # the title of the page is not part of it, so the parts may be anything
    beside = [part.strip() for line in near if _date_of(line) for part in re.split(r"[|·•]", line)]
    return next((part for part in (*parts, *beside) if _is_office(part)), "")


def _is_office(text: str) -> bool:
    return names_organisation(text) and len(text) <= 60 and text[:1].isupper() and not re.search(r"[\d@.!?]", text)
