"""First vectors: which tokens stand beside which (positive pointwise mutual information, factorised).

Levy & Goldberg 2014: with context counts smoothed by 3/4 this is what word2vec approximates. Rare tokens, which
contrastive training sees too seldom, keep most of their meaning from here. The length of a vector is the weight of
its token in a text: a / (a + p) with the share p of the token (Arora et al. 2017, "A simple but tough-to-beat
baseline for sentence embeddings").
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.training.numbered import Numbered

WINDOW = 6
# Tokens above this share are thinned out, as word2vec does.
COMMON = 1e-4
SMOOTHING = 0.75
WEIGHT = 1e-3
CHUNK = 30_000_000


def first_vectors(corpus: Numbered, size: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """One row a token."""
    from sklearn.utils.extmath import randomized_svd

    counts = np.bincount(corpus.tokens, minlength=size).astype(np.float64)
    table = _association(_beside(corpus, counts, size, np.random.default_rng(seed)))
    left, strengths, _ = randomized_svd(table, dimension, n_iter=3, random_state=seed)
    rows = left * np.sqrt(strengths)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    weights = WEIGHT / (WEIGHT + counts / counts.sum())
    found: NDArray[np.float32] = (rows * weights[:, None]).astype(np.float32)
    return found


def _beside(corpus: Numbered, counts: NDArray[np.float64], size: int, random: np.random.Generator) -> Any:
    """How often two tokens stand within `WINDOW` of each other in one section, common ones thinned out."""
    from scipy.sparse import csr_matrix

    share = counts / counts.sum()
    keep_share = np.minimum(1.0, np.sqrt(COMMON / np.maximum(share, 1e-12)))
    keep = random.random(len(corpus.tokens)) < keep_share[corpus.tokens]
    owner = np.repeat(np.arange(len(corpus.starts) - 1), np.diff(corpus.starts))[keep]
    tokens = corpus.tokens[keep].astype(np.int64)
    total = csr_matrix((size, size), dtype=np.float32)
    for start in range(0, len(tokens), CHUNK):
        part, where = tokens[start : start + CHUNK], owner[start : start + CHUNK]
        for distance in range(1, WINDOW + 1):
            same = where[:-distance] == where[distance:]
            keys, number = np.unique((part[:-distance] * size + part[distance:])[same], return_counts=True)
            weight = number.astype(np.float32) / np.sqrt(distance, dtype=np.float32)
            total = total + csr_matrix((weight, (keys // size, keys % size)), shape=(size, size))
    return total + total.T


def _association(table: Any) -> Any:
    """Positive pointwise mutual information."""
    table = table.tocoo()
    rows = np.bincount(table.row, table.data, table.shape[0])
    columns = np.bincount(table.col, table.data, table.shape[1]) ** SMOOTHING
    columns /= columns.sum()
    value = np.log(table.data / (rows[table.row] * columns[table.col]))
    positive = value > 0
    from scipy.sparse import csr_matrix

    kept = (value[positive].astype(np.float32), (table.row[positive], table.col[positive]))
    return csr_matrix(kept, shape=table.shape)
