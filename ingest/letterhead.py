"""The vocabulary of letterheads (`ingest/data/letterhead.toml`), prepared once for many lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.data import load


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Phrases that a line may begin with, case folded."""

    phrases: tuple[str, ...]
    longest: int

    def __call__(self, text: str) -> bool:
        """Whether a text begins with one of them; folding never makes a text shorter."""
        return text[: self.longest].casefold().startswith(self.phrases)


@dataclass(frozen=True, slots=True)
class Entries:
    """What a whole line may consist of: as written, by its case folded form."""

    written: dict[str, str]
    longest: int

    def find(self, text: str) -> str:
        """The entry that a text equals, whatever the case, or ""."""
        return self.written.get(text.casefold(), "") if len(text) <= self.longest else ""


@cache
def beginnings(name: str) -> Beginnings:
    """The phrases of one list."""
    phrases = tuple(phrase.casefold() for phrase in load("letterhead")[name])
    return Beginnings(phrases, max(map(len, phrases), default=0))


@cache
def entries(name: str) -> Entries:
    """The entries of one list; the first of two that differ only in case counts."""
    written = {entry.casefold(): str(entry) for entry in reversed(load("letterhead")[name])}
    return Entries(written, max(map(len, written), default=0))


@cache
def patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """The regular expressions of one list."""
    return tuple(map(re.compile, load("letterhead")[name]))


@cache
def labels() -> re.Pattern[str]:
    """A label of contact details at the beginning of a line."""
    words = sorted(load("letterhead")["labels"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(word) for word in words)})(?![\w-])", re.IGNORECASE)
