"""Laws as JSON Lines with `id`, `title`, `text`: all of them, and the sections of those no embedding is trained on."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.training.corpus import is_held_out

# Shorter sections say nothing (»(weggefallen)«).
SHORTEST = 40
_HEADING = re.compile(r"^## +(.*)$", re.MULTILINE)
_MARKS = re.compile(r"^#+ +.*$", re.MULTILINE)
_LABEL = re.compile(
    r"^(?:(?:§+|Art(?:ikel|\.)|Anlage|Anhang|Abschnitt|Teil|Kapitel|Nummer|Nr\.)\s*)?"
    r"(?:\d+[a-z]?(?:\.\d+)*|[IVXLC]+|[A-Za-z](?=[.)]))(?:[.)]|(?=\s|$))\s*"
)


@dataclass(frozen=True, slots=True)
class Law:
    """One text as it was published."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class LawSection:
    """A section: heading without number and title of the law (may be empty), and the text below it."""

    id: str
    law: str
    heading: str
    text: str


def laws(file: Path) -> Iterator[Law]:
    """All texts of a file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Law(row["id"], row["title"], row["text"])


def held_out_sections(file: Path) -> Iterator[LawSection]:
    """The sections of all texts that are left out of training."""
    for law in laws(file):
        if is_held_out(file.name, law.id):
            yield from sections(law)


def sections(law: Law) -> Iterator[LawSection]:
    """The sections of one text in reading order, short ones left out."""
    pieces = _HEADING.split(law.text)
    for number, (heading, text) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True)):
        body = _MARKS.sub("", text).strip()
        if len(body) >= SHORTEST:
            yield LawSection(f"{law.id}/{number}", law.id, bare(heading, law.title), body)


def bare(heading: str, title: str) -> str:
    """A heading without the title of its law and its number."""
    words = " ".join(heading.split()).removeprefix(" ".join(title.split())).strip()
    return _LABEL.sub("", words).strip(" .:–-")
