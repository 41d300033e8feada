"""Title, kind, publisher and publication date of a document, each with where it was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.data import load
from ingest.dating import published
from ingest.german.sentences import is_open, sentences
from ingest.heads import head_pattern, is_no_title, leads_to_subject, names_paper, subject_of
from ingest.lines import names_publisher, plain, set_in_capitals, unspaced
from ingest.types import Block, Published, RawDocument

_ABSTRACT_TITLES = {"", "untitled", "unbenannt", "dokument", "document", "microsoft word"}
_TEXT = 90  # characters of a block that is text, and no head
_NEAR = 6  # blocks
_NAME = 4  # words of a heading that only names who writes
_OFFICE = 60  # characters of a line beside the name of an office
_LINE = 110  # characters of a name in a letterhead
_WRAPPED = re.compile(r"(?:des|der|für|und)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; `title_block` is the index of the block that serves as title, or None."""

    title: str
    title_block: int | None
    kind: str
    publisher: str
    published: Published


def describe(raw: RawDocument, blocks: Sequence[Block], name: str, today: date) -> Metadata:
    """Read the metadata of `blocks` (classified, in file order); `today` bounds an inferred date."""
    raw = replace(raw, meta=_in_english(raw.meta))
    title_block = _title_block(blocks, raw)
    title = raw.meta.get("title", "") if not _is_abstract(raw.meta.get("title", "")) else ""
    if title_block is not None and not title:
        text = blocks[title_block].text
        title = unspaced(subject_of(text) or " ".join(text.split()))
    title = title or _opening(blocks) or name
    return Metadata(
        title,
        title_block,
        raw.meta.get("kind") or _kind(blocks, title, name),
        raw.meta.get("publisher") or _publisher(blocks, title_block),
        published(raw, blocks, title_block, name, today),
    )


def _in_english(meta: Mapping[str, str]) -> dict[str, str]:
    """A front matter with German keys (`datum`, `herausgeber`) under the keys that are used here."""
    keys = {key.casefold(): value for key, value in meta.items()}
    known = load("heads")["meta"].items()
    own = {name: next((keys[key] for key in (name, *words) if keys.get(key)), "") for name, words in known}
    return {**meta, **{name: value for name, value in own.items() if value}}


def _is_abstract(title: str) -> bool:
    return title.casefold().strip() in _ABSTRACT_TITLES or title.casefold().startswith("microsoft word")


def _title_block(blocks: Sequence[Block], raw: RawDocument) -> int | None:
    """The block that serves as title: the subject of a letter or paper, else the first heading, or what reads like one.

    The name of who writes, whom it addresses and what kind of paper it is stand above a title and are none.
    """
    body = [i for i, block in enumerate(blocks) if block.role == "body"]
    head = body[: next((n for n, i in enumerate(body) if _is_text(blocks[i])), len(body)) + 1]
    if not raw.meta.get("title"):
        subject = next((i for i in head if subject_of(blocks[i].text)), None)
        if subject is not None:
            return subject
        after = next((n for n, i in enumerate(head[:-1]) if leads_to_subject(blocks[i].text)), None)
        if after is not None and _is_heading_like(blocks[head[after + 1]]):
            return head[after + 1]
        body = _without_letterhead(blocks, body, head)
    for i in body:
        block = blocks[i]
        text = " ".join(block.text.split())
        same = text.casefold() == raw.meta.get("title", "").casefold()
        return i if block.level or same or (_is_heading_like(block) and i + 1 < len(blocks)) else None
    return None


def _without_letterhead(blocks: Sequence[Block], body: Sequence[int], head: Sequence[int]) -> list[int]:
    """The body blocks without those at the top that name who writes, address somebody or give references."""
    rest = list(body)
    while len(rest) > 1 and rest[0] in head:
        above = is_no_title(blocks[rest[0]].text) or _is_letterhead(blocks[rest[0]])
        if not above or not any(_may_be_title(blocks[i]) for i in rest[1:] if i in head):
            break
        rest = rest[1:]
    return rest


def _may_be_title(block: Block) -> bool:
    return bool(block.level) or (_is_heading_like(block) and not is_no_title(block.text))


def _is_text(block: Block) -> bool:
    return not block.level and len(block.text) > _TEXT and not is_open(block.text)


def _is_letterhead(block: Block) -> bool:
    """Lines that each name an organisation (»Stadt Musterau / – Präventionsrat –«)."""
    own = [line for line in block.lines if not _WRAPPED.match(line)]
    headline = block.level and len(block.text.split()) > _NAME  # »Landkreis Musterland stellt Fachkraft ein«
    if not own or headline or not is_open(block.text) or names_paper(block.text):
        return False
    named = [names_publisher(line) and len(line) <= _LINE for line in own]
    short = named[0] and len(own) > 1 and all(len(line) <= _OFFICE for line in own)  # »Der Bürgermeister«, a slogan
    return all(named) or short


def _is_heading_like(block: Block) -> bool:
    return len(block.text) <= 160 and is_open(block.text) and not block.text.endswith(":")


def _opening(blocks: Sequence[Block]) -> str:
    """The beginning of the first sentence, for documents without a title."""
    body = next((" ".join(block.text.split()) for block in blocks if block.role == "body"), "")
    if not body:
        return ""
    start, end = sentences(body)[0]
    first = body[start:end]
    return first if len(first) <= 90 else first[:90].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def _kind(blocks: Sequence[Block], title: str, name: str) -> str:
    data = load("kinds")
    parts: dict[str, Callable[[], str]] = {
        "head": lambda: "\n".join(block.text for block in blocks[:6]),
        "title": lambda: title,
        "text": lambda: "\n".join(block.text for block in blocks),
    }
    for rule in data["kind"]:
        if any(re.search(rule[part], text()) for part, text in parts.items() if part in rule):
            return str(rule["name"])
    suffix = name.rsplit(".", 1)[-1].lower()
    return str(data["fallback"].get(suffix, data["fallback"]["default"]))


def _publisher(blocks: Sequence[Block], title_block: int | None) -> str:
    """The first line of the letterhead that names an organisation."""
    head = blocks[: title_block if title_block is not None else 0]
    if title_block is not None and len(blocks[title_block].lines) > 1:
        head = [*head, replace(blocks[title_block], lines=blocks[title_block].lines[:1])]
    rest = [block for block in blocks if block.role == "contact"]
    named = next(filter(None, map(_organisation, (block for block in head if block.role != "furniture"))), "")
    named = named or _labelled(blocks) or next(filter(None, map(_organisation, rest)), "")
    named = named or _named_near(blocks, title_block)
    return named or _issuer(blocks) or "nicht genannt"


def _named_near(blocks: Sequence[Block], title_block: int | None) -> str:
    """A line at the head or the foot that is no more than the name of a body."""
    near = [block for i, block in enumerate(blocks[:_NEAR]) if i != title_block] + list(blocks[-_NEAR:])
    lines = [replace(block, lines=(line,)) for block in near for line in block.lines]
    begins = head_pattern("publisher", "begins")
    named = (_organisation(line) for line in lines if begins.match(plain(line.text).strip("* ")))
    return next(filter(None, named), "")


def _labelled(blocks: Sequence[Block]) -> str:
    """»Herausgeber: Landratsamt Musterland, Pressestelle«."""
    lines = (" ".join(line.split()) for block in blocks for line in block.lines)
    found = (head_pattern("publisher", "labelled").match(line) for line in lines)
    return next((match["name"].strip() for match in found if match), "")


def _organisation(block: Block) -> str:
    """The line of a letterhead that names an organisation, without label, markup and second line."""
    lines = [set_in_capitals(re.sub(r"[*_]{2,}", "", line)) for line in block.lines]
    for i, line in enumerate(lines):
        name = head_pattern("publisher", "parts").split(re.sub(r"^[\w. -]{2,30}:\s*", "", line))[0].strip()
        sentence = not is_open(name) or name.endswith(":") or name[:1].islower() or is_no_title(name)
        if sentence or not names_publisher(name) or re.search(r"[\d@]", name) or len(name) > 90:
            continue
        wrapped = i + 1 < len(lines) and _WRAPPED.match(lines[i + 1])
        return f"{name} {lines[i + 1]}" if wrapped else name
    return ""


def _issuer(blocks: Sequence[Block]) -> str:
    """The ministry that the opening or the signature of a guideline names."""
    data = load("letterhead")
    body = [block for block in blocks if block.role == "body"]
    for block in (*body[:3], *body[-3:]):
        match = re.search(data["issuer_pattern"], " ".join(block.text.split())[:400])
        if match:
            name = match.group(1)
            for rule in data["issuer_replacement"]:
                name = name.replace(rule["from"], rule["to"])
            return name
    return ""
