"""Reads laws and regulations (JSON Lines with `id`, `title`, `text`) as sections of sentences."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# One in this many texts of the first kind below is kept out of training, to measure with.
HELD_OUT_OF = 8
HELD_OUT_FILE = "saxon"
# Shorter ones say nothing; longer ones are tables.
SHORTEST, LONGEST = 12, 1200

_HEADING = re.compile(r"^(#{1,6}) +(.+)$", re.MULTILINE)
_NUMBER = re.compile(
    r"^(?:(?:§+|Art(?:ikel|\.)?|Nr\.|Nummer|Abschnitt|Kapitel|Teil|Titel|Anlage|Anhang|Unterabschnitt|Buch)\s*"
    r"(?:\(zu[^)]*\))?|(?:[IVXLC]+|[A-Za-z]|\d+[a-z]?)(?:\.\d+)*\.?(?=\s|$)"
    r"|(?:Erster|Zweiter|Dritter|Vierter|Fünfter|Sechster|Siebter|Siebenter|Achter|Neunter|Zehnter)\s+\w+"
    r"|[-–:(),.\s])+"
)
_WRAPPED = re.compile(r"(?<=\w)-\n\s*(?=\w)")
_BLOCK = re.compile(r"\n\s*\n")
_MARK = re.compile(r"^\s*(?:\(\d+[a-z]?\)|\d+(?:\.\d+)*\.?|[a-z]{1,2}\)|[-–*])\s+")
_END = re.compile(r"(?<=[a-zäöüß)\]“\"][.;:?!])\s+(?=(?:\(?\d+[a-z]?[.)]\s|[a-z]\)\s)?[A-ZÄÖÜ„»\"(])|\s+(?=\(\d+\)\s)")


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a text: its title, its own heading (may be empty) and its sentences."""

    text_id: str
    title: str
    heading: str
    sentences: tuple[str, ...]


def read(folder: Path, *, held_out: bool = False, left_out: frozenset[str] = frozenset()) -> Iterator[Part]:
    """The sections of all texts in `folder` for training, or those that were kept out of it.

    `left_out` are the ids of texts that are used elsewhere to measure with.
    """
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["id"] not in left_out and is_held_out(path.name, record["id"]) == held_out:
                    yield from parts(record["id"], record["title"], record["text"])


def is_held_out(file: str, id: str) -> bool:
    """Decided by the checksum of the id, the same at every run."""
    number = int.from_bytes(hashlib.sha256(id.encode()).digest()[:4], "big")
    return HELD_OUT_FILE in file and number % HELD_OUT_OF == 0


def parts(id: str, title: str, text: str) -> Iterator[Part]:
    """The sections of one text in reading order."""
    marks = list(_HEADING.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        found = tuple(sentences(text[mark.end() : end]))
        if found:
            yield Part(id, title, bare(mark[2], title) if len(mark[1]) > 1 else "", found)


def bare(heading: str, title: str) -> str:
    """A heading without the title before it and without its number."""
    heading = heading.removeprefix(title).strip()
    return _NUMBER.sub("", heading).strip()


def sentences(text: str) -> Iterator[str]:
    """Sentences and items of enumerations, without their marks."""
    for block in _BLOCK.split(_WRAPPED.sub("-", text)):
        if block.lstrip().startswith((":", "|")):
            continue
        for piece in _END.split(" ".join(block.split())):
            sentence = _MARK.sub("", piece).strip()
            if SHORTEST <= len(sentence) <= LONGEST:
                yield sentence
