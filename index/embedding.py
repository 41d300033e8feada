"""Dense vectors: the interface of every embedding, and a default that needs no model.

`HashedEmbedder` is a placeholder. It knows no meaning: two texts are near when they share words, parts of
compounds or misspelt words. It stands here so that the dense way is built and tested until a trained German
model takes its place; `search.DENSE_WEIGHT` says how much it may count.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import lexical
from ingest.errors import DataError

Matrix = NDArray[np.float32]
Vector = NDArray[np.float32]
_Features = tuple[NDArray[np.int64], NDArray[np.float64]]


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

    def __init__(self, dimension: int = 512) -> None:
        self.dimension = dimension
        self.name = f"hashed-1-{dimension}/{lexical.VERSION}"

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text; a text without any word gets the row of the empty word."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:] = self._row(text)
        return normalised(rows)

    def embed_query(self, text: str) -> Vector:
        """The same as for a passage."""
        row: Vector = self.embed([text])[0]
        return row

    def _row(self, text: str) -> NDArray[np.float64]:
        counts = {form: n for form, n in lexical.forms(text).items() if lexical.analyse(form)} or {text: 1}
        found = [(_features(form, self.dimension), 1.0 + np.log(n)) for form, n in counts.items()]
        columns = np.concatenate([columns for (columns, _), _ in found])
        values = np.concatenate([values * weight for (_, values), weight in found])
        row = np.bincount(columns, weights=values, minlength=self.dimension).astype(np.float64)
        return row if row.any() else self._row("")


@lru_cache(maxsize=1 << 16)
def _features(form: str, dimension: int) -> _Features:
    """Columns and signed weights of one word."""
    stems = lexical.analyse(form) or [form]
    grams = Counter(gram for stem in stems for gram in _grams(stem))
    share = 1.0 / np.sqrt(sum(n * n for n in grams.values()) or 1.0)
    weights = [(f"w{stem}", 1.0) for stem in stems] + [(f"g{gram}", n * share) for gram, n in grams.items()]
    hashed = [(_hash(name), weight) for name, weight in weights]
    columns = np.array([number % dimension for number, _ in hashed], dtype=np.int64)
    return columns, np.array([weight if number >> 63 else -weight for number, weight in hashed])


def _grams(stem: str) -> list[str]:
    """Character 3- to 5-grams of a word with its borders marked."""
    marked = f"<{stem}>"
    return [marked[i : i + size] for size in (3, 4, 5) for i in range(len(marked) - size + 1)]


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
