"""Dense vectors: the interface of every embedding, and one that needs no model.

`HashedEmbedder` knows no meaning: two texts are near when they share words, parts of compounds or misspelt words. What
is shipped and used is `index.static`.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import lexical
from ingest.errors import DataError

BATCH = 64
Matrix = NDArray[np.float32]
Vector = NDArray[np.float32]
_Features = tuple[NDArray[np.uint64], NDArray[np.float64]]
_HALF = np.uint64(1 << 63)
_NOTHING: _Features = (np.array([], dtype=np.uint64), np.array([]))


class Embedder(Protocol):
    """Turns texts into vectors of length one."""

    @property
    def name(self) -> str:
        """Names model and version; part of the fingerprint of the index."""

    @property
    def dimension(self) -> int:
        """Columns of what `embed` gives."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text, L2 normalised, shape (len(texts), dimension)."""

    def embed_query(self, text: str) -> Vector:
        """A question, shape (dimension,); apart because many models want questions marked as such."""


def normalised(rows: Matrix) -> Matrix:
    """Rows of length one, checked.

    Raises:
        DataError: see `check`.
    """
    checked = check(rows)
    unit: Matrix = (checked / np.linalg.norm(checked, axis=1, keepdims=True)).astype(np.float32)
    return unit


def check(vectors: Matrix) -> Matrix:
    """The same vectors, once they are fit to be stored.

    The vector engine accepts NaN without a word, and its search is wrong from then on.

    Raises:
        DataError: a row holds NaN or an infinite value, or is zero.
    """
    if not np.isfinite(vectors).all():
        row = int(np.flatnonzero(~np.isfinite(vectors).all(axis=1))[0])
        raise DataError(f"Das Einbettungsmodell lieferte für Textstelle {row + 1} ungültige Zahlen (NaN).")
    if vectors.size and not vectors.any(axis=1).all():
        row = int(np.flatnonzero(~vectors.any(axis=1))[0])
        raise DataError(f"Das Einbettungsmodell lieferte für Textstelle {row + 1} einen Nullvektor.")
    return vectors


class HashedEmbedder:
    """Signed feature hashing (Weinberger et al. 2009) of stems and character 3- to 5-grams.

    Term frequency counts `1 + ln tf`; the n-grams of one word weigh together as much as its stem.
    """

    portable = True
    """It is small enough to be sent to a child process."""

    def __init__(self, dimension: int = 512) -> None:
        self.dimension = dimension
        self.name = f"hashed-1-{dimension}/{lexical.VERSION}"

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text; a text without any word gets the row of the empty word."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            rows[start : start + len(batch)] = self._rows(batch)
        for row in np.flatnonzero(~rows.any(axis=1)):
            rows[row] = self._rows([""])[0]
        return normalised(rows)

    def embed_query(self, text: str) -> Vector:
        """The same as for a passage."""
        row: Vector = self.embed([text])[0]
        return row

    def _rows(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """The rows of one batch, summed up at once."""
        found: list[_Features] = []
        numbers: list[int] = []
        words: list[int] = []
        for text in texts:
            heading, _, rest = text.partition("\n")  # no word goes over a line end, and the rest is needed again
            counts = Counter(lexical.tokens(heading) + lexical.tokens(rest))
            usual = max(map(len, counts), default=0) <= lexical.LONGEST
            features = list(map(_features if usual else _features_of, counts))
            if all(word is _NOTHING for word in features):
                counts, features = Counter([text]), [_word.__wrapped__((text,))]
            found += features
            numbers += counts.values()
            words.append(len(features))
        sizes = [len(hashes) for hashes, _ in found]
        row_of = np.repeat(np.repeat(np.arange(len(texts)), words), sizes)
        columns = np.concatenate([hashes for hashes, _ in found]) % np.uint64(self.dimension)
        places = row_of * self.dimension + columns.astype(np.int64)
        values = np.concatenate([values for _, values in found]) * np.repeat(1.0 + np.log(numbers), sizes)
        rows = np.bincount(places, values, len(texts) * self.dimension).astype(np.float64)
        return rows.reshape(len(texts), self.dimension)


def _features_of(form: str) -> _Features:
    """Hashes and signed weights of one word; nothing for one without meaning."""
    return _features(form) if len(form) <= lexical.LONGEST else _features.__wrapped__(form)


@lru_cache(maxsize=1 << 16)
def _features(form: str) -> _Features:
    stems = tuple(lexical.analyse(form))
    if len(form) > lexical.LONGEST:
        return _word.__wrapped__(stems)
    return _word(stems) if stems else _NOTHING


@lru_cache(maxsize=1 << 16)
def _word(stems: tuple[str, ...]) -> _Features:
    """The same of the stems of a word, which its inflected forms share."""
    grams = Counter([gram for stem in stems for gram in _grams(stem)])
    numbers = list(grams.values())
    share = 1.0 / math.sqrt(sum(n * n for n in numbers) or 1.0)
    hashes = np.array([_hash(f"w{stem}") for stem in stems] + list(map(_gram_hash, grams)), dtype=np.uint64)
    weights = np.array([1.0] * len(stems) + [n * share for n in numbers])
    return hashes, np.where(hashes >= _HALF, weights, -weights)


def _grams(stem: str) -> list[str]:
    """Character 3- to 5-grams of a word with its borders marked."""
    marked = f"<{stem}>"
    return [marked[i : i + size] for size in (3, 4, 5) for i in range(len(marked) - size + 1)]


@lru_cache(maxsize=1 << 16)
def _gram_hash(gram: str) -> int:
    return _hash(f"g{gram}")


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
