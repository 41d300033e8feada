"""What a correction changed: two versions of a text, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from ingest.passages import body_sentences
from ingest.types import Document

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence: in both versions, only in the older one, or only in the newer one."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions and what differs, in reading order."""

    older: Document
    newer: Document
    changes: tuple[Change, ...]

    def to_json(self) -> dict[str, Any]:
        """As API and command line show it."""
        return {
            "older": self.older.id,
            "newer": self.newer.id,
            "changes": [{"kind": change.kind, "text": change.text} for change in self.changes],
        }


def compare(older: Document, newer: Document) -> Difference:
    """The sentences of both bodies, title first; the text of each sentence is verbatim."""
    one, other = _sentences(older), _sentences(newer)
    return Difference(older, newer, tuple(_changes(one, other)))


def _changes(one: list[str], other: list[str]) -> Iterator[Change]:
    keys = [[" ".join(sentence.split()) for sentence in side] for side in (one, other)]
    for tag, a, b, c, d in SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Change("same", sentence) for sentence in other[c:d])
            continue
        yield from (Change("removed", sentence) for sentence in one[a:b])
        yield from (Change("added", sentence) for sentence in other[c:d])


def _sentences(document: Document) -> list[str]:
    return [document.title, *(document.text[start:end] for start, end in body_sentences(document))]
