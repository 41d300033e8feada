"""Intervals and tests: Wilson, bootstrap over clusters, McNemar. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Z95 = 1.959963984540054
DRAWS = 2000


def wilson(successes: int, total: int, z: float = Z95) -> tuple[float, float]:
    """Interval of a share (Wilson 1927); (0, 1) where nothing was counted."""
    if total == 0:
        return 0.0, 1.0
    share, square = successes / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = z / (1 + square / total) * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def clustered_bootstrap(
    values: Sequence[float], clusters: Sequence[str], *, draws: int = DRAWS, seed: int = 0
) -> tuple[float, float]:
    """95 % percentile interval of the mean, clusters drawn with replacement.

    Questions to one document stand or fall together, so documents are drawn, not questions. (0, 0) for no values.
    """
    if not values:
        return 0.0, 0.0
    names = sorted(set(clusters))
    place = {name: number for number, name in enumerate(names)}
    sums, counts = np.zeros(len(names)), np.zeros(len(names))
    for value, cluster in zip(values, clusters, strict=True):
        sums[place[cluster]] += value
        counts[place[cluster]] += 1
    drawn = np.random.default_rng(seed).integers(0, len(names), size=(draws, len(names)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def mcnemar(only_first: int, only_second: int) -> float:
    """Two-sided p of the exact McNemar test: how likely a difference as large as this is by chance."""
    total, less = only_first + only_second, min(only_first, only_second)
    if total == 0:
        return 1.0
    tail = sum(math.comb(total, k) for k in range(less + 1))
    return min(1.0, 2.0 * tail / float(2**total))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, by linear interpolation; 0 for none."""
    return float(np.percentile(list(values), 100 * share)) if values else 0.0
