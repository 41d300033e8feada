"""What a ranking is worth, with a right answer counting 1 and all else 0. Pure functions; ranks count from 1."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

# Cormack, Clarke & Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods".
RRF_K = 60
MEASURES = ("ndcg@10", "recall@1", "recall@5", "recall@100", "mrr")


def measured(ranking: Sequence[str], relevant: AbstractSet[str]) -> dict[str, float]:
    """All measures of one query by name, in the order of `MEASURES`."""
    return {
        "ndcg@10": ndcg(ranking, relevant, 10),
        "recall@1": recall(ranking, relevant, 1),
        "recall@5": recall(ranking, relevant, 5),
        "recall@100": recall(ranking, relevant, 100),
        "mrr": reciprocal_rank(ranking, relevant),
    }


def ndcg(ranking: Sequence[str], relevant: AbstractSet[str], k: int) -> float:
    """Sum of 1 / log2(1 + rank) over right answers among the first `k`, by the most it can be (Järvelin 2002)."""
    gained = sum(1.0 / math.log2(1 + rank) for rank, id in enumerate(ranking[:k], start=1) if id in relevant)
    most = sum(1.0 / math.log2(1 + rank) for rank in range(1, min(len(relevant), k) + 1))
    return gained / most if most else 0.0


def recall(ranking: Sequence[str], relevant: AbstractSet[str], k: int) -> float:
    """Share of the right answers that stand among the first `k`."""
    return len(relevant & set(ranking[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: AbstractSet[str]) -> float:
    """1 / rank of the first right answer, 0 where there is none."""
    return next((1.0 / rank for rank, id in enumerate(ranking, start=1) if id in relevant), 0.0)


def rank_fusion(rankings: Iterable[Sequence[str]], k: int = RRF_K) -> list[str]:
    """Reciprocal rank fusion: score = sum of 1 / (k + rank) over the rankings; ties in order of first appearance."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, id in enumerate(ranking, start=1):
            scores[id] = scores.get(id, 0.0) + 1.0 / (k + rank)
    return sorted(scores, key=lambda id: -scores[id])


def units_of(passages: Iterable[str], unit_of: Mapping[str, str], most: int) -> list[str]:
    """A ranking of passages as one of the texts they are parts of: each text where its best passage stands."""
    return list(dict.fromkeys(unit_of[id] for id in passages))[:most]
