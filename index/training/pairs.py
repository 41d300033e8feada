"""Batches of texts that belong together, drawn from the structure of the corpus.

heading   heading, or title and heading, and a stretch of the section under it
title     title and a stretch of any section
rest      a sentence, or some words of it, and the sentences around it
next      a sentence or item of an enumeration and the next one
meaning   two wordings of one meaning, from the lists of this project
question  a question, written for this project, and the passage that answers it
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.training.numbered import Ints, Numbered, places

# Shares of the kinds in a batch.
SHARES = {"heading": 0.26, "title": 0.06, "rest": 0.26, "next": 0.06, "meaning": 0.18, "question": 0.18}
# A heading such as »Inkrafttreten« stands over thousands of sections.
COMMON_HEADING = 30
SHORTEST, LONGEST_QUERY, LONGEST = 4, 60, 150
# How often the words of one side are taken out of the other, so that meaning counts besides words.
STRIPPED = 0.6
# How often a sentence is cut down to a few of its words, as people type.
CUT = 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """Texts of a batch as one row of tokens, and where each begins."""

    tokens: Ints
    starts: Ints


@dataclass(slots=True)
class Drawer:
    """Draws batches; the same seed gives the same ones."""

    corpus: Numbered
    random: np.random.Generator
    shares: dict[str, float] = field(default_factory=lambda: dict(SHARES))
    stripped: float = STRIPPED
    cut: float = CUT
    _headed: Ints = field(init=False)
    _sentences: Ints = field(init=False)
    _part_of: Ints = field(init=False)

    def __post_init__(self) -> None:
        parts, starts = self.corpus.parts, self.corpus.starts
        self._part_of = np.full(len(starts) - 1, -1, dtype=np.int64)
        for row, (first, last, *_) in enumerate(parts):
            self._part_of[first:last] = row
        lengths = np.diff(starts)
        inner = self._part_of >= 0
        several = inner & (np.diff(parts[:, :2], axis=1)[:, 0][self._part_of] > 1)
        self._sentences = self._once(np.flatnonzero(several & (lengths >= SHORTEST)))
        self._headed = self._uncommon(np.flatnonzero(parts[:, 3] > parts[:, 2]))

    def _keys(self, sentences: Ints) -> list[bytes]:
        tokens, starts = self.corpus.tokens, self.corpus.starts
        return [tokens[starts[i] : starts[i + 1]].tobytes() for i in sentences]

    def _once(self, sentences: Ints) -> Ints:
        """Each wording once."""
        first = dict(zip(reversed(self._keys(sentences)), sentences[::-1].tolist(), strict=True))
        return np.array(sorted(first.values()), dtype=np.int64)

    def _uncommon(self, rows: Ints) -> Ints:
        """No heading more often than `COMMON_HEADING`; which ones is drawn."""
        seen: dict[bytes, int] = {}
        kept: list[int] = []
        rows = self.random.permutation(rows)
        for row, key in zip(rows.tolist(), self._keys(self.corpus.parts[rows, 2]), strict=True):
            seen[key] = seen.get(key, 0) + 1
            if seen[key] <= COMMON_HEADING and len(key) > 4:
                kept.append(row)
        return np.array(sorted(kept), dtype=np.int64)

    def draw(self, size: int) -> tuple[Side, Side]:
        """`size` pairs, no two of which have the same first side."""
        queries: list[Ints] = []
        answers: list[Ints] = []
        for kind, share in self.shares.items():
            query, answer = getattr(self, f"_{kind}")(round(size * share))
            queries.append(query)
            answers.append(answer)
        left, right = self._gather(np.concatenate(queries)), self._gather(np.concatenate(answers))
        return self._strip(left, right)

    # Each kind gives token ranges: (n, 4) two ranges a text, of which one may be empty.

    def _heading(self, number: int) -> tuple[Ints, Ints]:
        rows = self.random.choice(self._headed, number, replace=False)
        parts, starts = self.corpus.parts[rows], self.corpus.starts
        with_title = self.random.random(number) < 0.35
        title = np.where(with_title[:, None], starts[parts[:, 4:6]], 0)
        return np.hstack([title, starts[parts[:, 2:4]]]), self._stretch(parts)

    def _title(self, number: int) -> tuple[Ints, Ints]:
        rows = self.random.choice(len(self.corpus.parts), 2 * number, replace=False)
        _, first = np.unique(self.corpus.parts[rows, 4], return_index=True)
        parts = self.corpus.parts[rows[self.random.permutation(first)[:number]]]
        return self._one(self.corpus.starts[parts[:, 4:6]]), self._stretch(parts)

    def _rest(self, number: int) -> tuple[Ints, Ints]:
        chosen = self.random.choice(self._sentences, number, replace=False)
        parts, starts = self.corpus.parts[self._part_of[chosen]], self.corpus.starts
        share = self.random.random(number)
        before = (LONGEST * share).astype(np.int64)
        left, right = starts[chosen], starts[chosen + 1]
        begin = np.maximum(starts[parts[:, 0]], left - before)
        end = np.minimum(starts[parts[:, 1]], right + LONGEST - before)
        return self._one(self._cut(left, right)), np.stack([begin, left, right, end], axis=1)

    def _next(self, number: int) -> tuple[Ints, Ints]:
        chosen = self.random.choice(self._sentences, number, replace=False)
        last = self.corpus.parts[self._part_of[chosen], 1] - 1
        other = np.where(chosen == last, chosen - 1, chosen + 1)
        starts = self.corpus.starts
        return (
            self._one(self._cut(starts[chosen], starts[chosen + 1])),
            self._one(np.stack([starts[other], np.minimum(starts[other + 1], starts[other] + LONGEST)], axis=1)),
        )

    def _meaning(self, number: int) -> tuple[Ints, Ints]:
        groups, starts = self.corpus.groups, self.corpus.starts
        chosen = groups[self.random.choice(len(groups), min(number, len(groups)), replace=False)]
        size = chosen[:, 1] - chosen[:, 0]
        left = (self.random.random(len(chosen)) * size).astype(np.int64)
        right = (left + 1 + (self.random.random(len(chosen)) * (size - 1)).astype(np.int64)) % size
        first, second = chosen[:, 0] + left, chosen[:, 0] + right
        return (
            self._one(np.stack([starts[first], starts[first + 1]], axis=1)),
            self._one(np.stack([starts[second], starts[second + 1]], axis=1)),
        )

    def _question(self, number: int) -> tuple[Ints, Ints]:
        """One question a passage; now and then with sentences of the section around it."""
        rows = self.random.permutation(self.corpus.asked)
        _, first = np.unique(rows[:, 2], return_index=True)
        rows = rows[self.random.permutation(first)[:number]]
        starts, parts = self.corpus.starts, self.corpus.parts[rows[:, 1]]
        wider = self.random.random(len(rows)) < 0.3
        begin = starts[np.where(wider, parts[:, 0], rows[:, 2])]
        begin = np.maximum(begin, starts[rows[:, 2]] - LONGEST // 2)
        end = np.minimum(starts[np.where(wider, parts[:, 1], rows[:, 3])], starts[rows[:, 3]] + LONGEST // 2)
        return (
            self._one(np.stack([starts[rows[:, 0]], starts[rows[:, 0] + 1]], axis=1)),
            self._one(np.stack([begin, end], axis=1)),
        )

    def _stretch(self, parts: Ints) -> Ints:
        """A run of whole sentences from somewhere in each section, often from its beginning."""
        starts = self.corpus.starts
        share = np.maximum(0.0, self.random.random(len(parts)) * 2.0 - 1.0)
        first = parts[:, 0] + (share * (parts[:, 1] - parts[:, 0])).astype(np.int64)
        length = self.random.integers(20, LONGEST, len(parts))
        begin = starts[first]
        return self._one(np.stack([begin, np.minimum(starts[parts[:, 1]], begin + length)], axis=1))

    def _cut(self, begin: Ints, end: Ints) -> Ints:
        """The sentence, at most `LONGEST_QUERY` tokens of it, or 3 to 12 of them in a row."""
        length = np.minimum(end - begin, LONGEST_QUERY)
        few = np.minimum(self.random.integers(3, 13, len(begin)), length)
        length = np.where(self.random.random(len(begin)) < self.cut, few, length)
        offset = (self.random.random(len(begin)) * (end - begin - length + 1)).astype(np.int64)
        return np.stack([begin + offset, begin + offset + length], axis=1)

    @staticmethod
    def _one(ranges: Ints) -> Ints:
        return np.hstack([ranges, np.zeros_like(ranges)])

    def _gather(self, ranges: Ints) -> Side:
        """The tokens of two ranges a text."""
        flat = ranges.reshape(-1, 2)
        lengths = flat[:, 1] - flat[:, 0]
        starts = np.concatenate([[0], np.cumsum(lengths)[1:-1:2]])
        return Side(self.corpus.tokens[places(flat[:, 0], lengths)].astype(np.int64), starts)

    def _strip(self, left: Side, right: Side) -> tuple[Side, Side]:
        """In some pairs the words of the first side are taken out of the second."""
        owner = _owner(right)
        base = np.int64(1 << 32)
        common = np.isin(owner * base + right.tokens, _owner(left) * base + left.tokens)
        drawn = self.random.random(len(right.starts)) < self.stripped
        return left, _kept(right, owner, ~(common & drawn[owner]))


def _owner(side: Side) -> Ints:
    lengths = np.diff(side.starts, append=len(side.tokens))
    return np.repeat(np.arange(len(side.starts)), lengths)


def _kept(side: Side, owner: Ints, keep: NDArray[np.bool_]) -> Side:
    counts = np.bincount(owner[keep], minlength=len(side.starts))
    return Side(side.tokens[keep], np.concatenate([[0], np.cumsum(counts)[:-1]]))
