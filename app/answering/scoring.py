"""How much speaks for a sentence, and how far the best one can be trusted: two linear models over its features.

    score = Σ weight · feature                                   orders the sentences of one question
    trust = 1 / (1 + exp(-(bias + Σ weight · feature)))          of the best sentence, with how far it leads

Weights and the least trust that is shown lie in `app/data/scoring.toml`; `python -m eval.tuning` finds them on the
development cases: the first by the likelihood of the sentences that carry the answer (softmax over all sentences of a
question), the second by logistic regression on whether the whole answer was judged right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.answering.features import NAMES, Features
from app.data import load
from ingest.errors import DataError

LEAD = ("score", "lead", "lead_5", "best_coverage", "best_direct")
TRUST_NAMES = (*NAMES, *LEAD)
FIFTH = 5


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in the order of `NAMES` and of `TRUST_NAMES`; an answer needs a trust of `least`."""

    weights: Features
    bias: float
    trust: Features
    least: float


def model() -> Model:
    """The model in use. Raises DataError where names in `app/data/scoring.toml` are missing or unknown."""
    return _in_use[-1] if _in_use else _shipped()


def use(other: Model) -> None:
    """Let this process use another model, as tuning does."""
    _in_use[:] = [other]


_in_use: list[Model] = []


@cache
def _shipped() -> Model:
    table = load("scoring")
    trust = table["trust"]
    return Model(
        _in_order(table["weights"], NAMES), float(trust["bias"]),
        _in_order(trust["weights"], TRUST_NAMES), float(trust["least"]),
    )  # fmt: skip


def score(features: Features) -> float:
    """How much speaks for a sentence; comparable within one question only."""
    return sum(weight * value for weight, value in zip(model().weights, features, strict=True))


def trust(best: Features, scores: Sequence[float], all_features: Sequence[Features]) -> float:
    """Probability that the best sentence answers; `scores` are those of all sentences, best first."""
    values = (*best, *lead(scores, all_features))
    total = model().bias + sum(weight * value for weight, value in zip(model().trust, values, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def lead(scores: Sequence[float], all_features: Sequence[Features]) -> Features:
    """The features `LEAD`: how high the best score is, how far before the next and the fifth, and what others reach."""
    best = scores[0]
    after = [best - scores[min(place, len(scores) - 1)] for place in (1, FIFTH)]
    return (best / 10, after[0] / 5, after[1] / 5, *(max(row[i] for row in all_features) for i in (0, 1)))


def _in_order(weights: Mapping[str, float], names: Sequence[str]) -> Features:
    different = set(weights) ^ set(names)
    if different:
        raise DataError(
            f"In scoring.toml fehlt oder ist überzählig: {', '.join(sorted(different))}.",
            "Bitte »python -m eval.tuning« ausführen.",
        )
    return tuple(float(weights[name]) for name in names)
