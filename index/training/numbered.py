"""The corpus as numbers of tokens: one long row, and where in it titles, headings and sentences stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.training.asked import Asked
from index.training.corpus import Part

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]
BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Numbered:
    """Sentence `i` is `tokens[starts[i]:starts[i + 1]]`; titles, headings and wordings are sentences too.

    Rows of `parts`: first and last (exclusive) sentence of the section, of its heading (an empty range where there is
    none), of its title. Rows of `groups`: first and last sentence of the wordings of one meaning. Rows of `asked`: the
    sentence that is a question, row of the section, first and last (exclusive) sentence that answer it.
    """

    tokens: NDArray[np.int32]
    starts: Ints
    parts: Ints
    groups: Ints
    asked: Ints


def number(
    parts: Sequence[Part], groups: Sequence[Sequence[str]], questions: Sequence[Asked], tokenizer: Tokenizer
) -> Numbered:
    """Titles, headings and sentences of `parts`, each distinct title once; the wordings of `groups`; the questions."""
    texts: list[str] = []
    rows: list[tuple[int, ...]] = []
    titles: dict[str, int] = {}
    for part in parts:
        if part.title not in titles:
            titles[part.title] = len(texts)
            texts.append(part.title)
        title, heading = titles[part.title], len(texts)
        texts += [part.heading] if part.heading else []
        first = len(texts)
        texts += part.sentences
        rows.append((first, len(texts), heading, first, title, title + 1))
    ends = len(texts) + np.cumsum([0, *map(len, groups)])
    texts += [wording for group in groups for wording in group]
    asked = [
        (len(texts) + i, q.part, rows[q.part][0] + q.first, rows[q.part][0] + q.last) for i, q in enumerate(questions)
    ]
    texts += [question.question for question in questions]
    tokens, starts = encode(texts, tokenizer)
    meanings = np.stack([ends[:-1], ends[1:]], axis=1).astype(np.int64)
    return Numbered(
        tokens, starts, np.array(rows, dtype=np.int64), meanings, np.array(asked, dtype=np.int64).reshape(-1, 4)
    )


def places(begins: Ints, lengths: Ints) -> Ints:
    """Where the tokens of several stretches stand, one stretch behind the other."""
    firsts = np.cumsum(lengths) - lengths
    found: Ints = np.arange(int(lengths.sum())) + np.repeat(begins - firsts, lengths)
    return found


def encode(texts: Sequence[str], tokenizer: Tokenizer) -> tuple[NDArray[np.int32], Ints]:
    """The tokens of all texts in one row, and where each text begins, with the end of the last."""
    pieces: list[NDArray[np.int32]] = []
    lengths: list[int] = []
    for start in range(0, len(texts), BATCH):
        found = [
            e.ids for e in tokenizer.encode_batch_fast(list(texts[start : start + BATCH]), add_special_tokens=False)
        ]
        lengths += map(len, found)
        pieces.append(np.fromiter((i for ids in found for i in ids), dtype=np.int32, count=sum(map(len, found))))
    return np.concatenate(pieces), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
