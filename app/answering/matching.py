"""How well the words of a text carry a term of a question: the word itself, a synonym, a part of a compound.

Most texts carry most terms not at all, and this is found out first: a text holds the beginnings and ends of its long
stems beside the stems, and where a term shares none of these with it, nothing can match.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from app.answering.question import SHARED_START, SHORTEST_PART, Term
from index.cache import Cache
from index.lexical import analyse

COMPOUND_HEAD, COMPOUND_PART, COMPOUND_GENERAL = 0.75, 0.5, 0.45
REMEMBERED = 2_000_000  # characters of text whose words are kept; some 35 bytes each


class Words:
    """The stems of a text, and what compounds could have in common with them."""

    __slots__ = ("_reach", "stems")

    def __init__(self, stems: Iterable[str]) -> None:
        self.stems = frozenset(stems)
        self._reach: frozenset[str] | None = None

    @property
    def reach(self) -> frozenset[str]:
        """The stems with the edges of the long ones."""
        if self._reach is None:
            self._reach = self.stems.union(chain.from_iterable(map(edges, self.stems)))
        return self._reach


def words_of(text: str) -> Words:
    """The words of a text, remembered."""
    return _remembered.of(text, lambda: Words(analyse(text)), len(text))


_remembered: Cache[str, Words] = Cache(REMEMBERED)


@lru_cache(maxsize=1 << 16)
def edges(stem: str) -> tuple[str, ...]:
    """Beginning and end of a stem that can be a part of a compound; nothing of a short one or a number."""
    if len(stem) < SHORTEST_PART or stem.isdigit():
        return ()
    return stem[:SHARED_START], stem[-SHORTEST_PART:]


def match(term: Term, words: Words) -> float:
    """How well words carry a term: 1 the word, less a synonym, less again a part of a compound."""
    if term.reach.isdisjoint(words.reach):
        return 0.0
    stems = words.stems
    best = max((weight for stem, weight in term.matches if stem in stems), default=0.0)
    if best >= COMPOUND_HEAD or len(term.stem) < SHORTEST_PART:
        return best
    start, end = term.edges
    if start not in words.reach and end not in words.reach:
        return best
    for stem in stems:
        if (stem.startswith(start) or stem.endswith(end)) and stem != term.stem and edges(stem):
            best = max(best, _compound(term.stem, stem))
    return best


@lru_cache(maxsize=1 << 16)
def _compound(asked: str, found: str) -> float:
    shorter, longer = sorted((asked, found), key=len)
    if longer.endswith(shorter):
        return COMPOUND_HEAD if found == longer else COMPOUND_GENERAL
    if longer.startswith(shorter) and len(shorter) >= SHARED_START:
        return COMPOUND_PART if asked == longer else COMPOUND_PART + 0.1
    common = next((i for i, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    return COMPOUND_PART if common >= SHARED_START and common >= 0.6 * len(longer) else 0.0
