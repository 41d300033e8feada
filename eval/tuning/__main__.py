"""`python -m eval.tuning [SET …]`: fit the weights of `app/data/scoring.toml` and write them.

First the ranking, from the sentences that carry the answer. Then, with everything answered that can be, the trust in an
answer from whether it was judged right; the least trust is the one that gains most on questions left out in turn.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.answering import scoring
from app.answering.features import NAMES
from eval.quality.cases import Case, load_cases
from eval.quality.command import case_file
from eval.tuning.models import Array, best_threshold, fit_logistic, fit_ranking, sigmoid
from eval.tuning.priors import RANKING, TRUST, prior
from eval.tuning.samples import Sample, samples

FOLDS = 10
# Below it too many of the questions that have no answer get one (76.8 % of them refused at 0.29, 78.8 % here).
LEAST = 0.33
TARGET = Path(scoring.__file__).parents[1] / "data" / "scoring.toml"
HEAD = """# Weights of `app/answering/scoring.py`, found by `python -m eval.tuning` on the development cases ({cases}).
# `weights` order the sentences of a question; `trust` says how likely the best of them makes a right answer, and from
# what probability on (`least`) it is shown.
"""


def main() -> None:
    """Fit both models and write them."""
    parser = argparse.ArgumentParser(prog="python -m eval.tuning", description="Fits the weights of the answers.")
    parser.add_argument("sets", nargs="*", default=["dev"], help="development sets")
    parser.add_argument("--penalty", type=float, default=0.005)
    parser.add_argument("--cost", type=float, default=0.45, help="what a wrong answer costs; a right one gains 1")
    parser.add_argument("--least", type=float, default=LEAST, help="no answer is shown below this trust")
    args = parser.parse_args()
    cases = [case for name in args.sets for case in load_cases(case_file(name))]
    start = scoring.model()
    scoring.use(replace(start, least=-1.0))
    weights = fit_ranking(
        [(s.features, s.right) for s in samples(cases) if s.right.any()], prior(NAMES, RANKING), args.penalty
    )
    scoring.use(replace(start, weights=tuple(weights), least=-1.0))
    bias, trust, least = _trust(list(samples(cases)), weights, args.penalty, args.cost)
    _write(scoring.Model(tuple(weights), bias, tuple(trust), max(least, args.least)), cases)


def _trust(found: Sequence[Sample], weights: Array, penalty: float, cost: float) -> tuple[float, Array, float]:
    """Bias, weights and threshold of the trust; the threshold from predictions for questions that were left out."""
    inputs = np.array([_leading(sample, weights) for sample in found])
    right = np.array([sample.outcome > 0 for sample in found])
    left_out = np.zeros(len(found))
    known = prior(scoring.TRUST_NAMES, TRUST)
    folds = np.random.default_rng(0).permutation(len(found)) % FOLDS
    for fold in range(FOLDS):
        bias, trust = fit_logistic(inputs[folds != fold], right[folds != fold], known, penalty)
        left_out[folds == fold] = sigmoid(bias + inputs[folds == fold] @ trust)
    bias, trust = fit_logistic(inputs, right, known, penalty)
    least = best_threshold(left_out, np.where(right, 1.0, -cost))
    shown = left_out >= least
    print(f"{len(found)} questions, {right.sum()} right if all are answered")
    print(f"left out: least {least:.3f}, shown {shown.sum()}, of them right {(shown & right).sum()}")
    return bias, trust, least


def _leading(sample: Sample, weights: Array) -> list[float]:
    features = sample.features[sample.fits]
    scores = features @ weights
    order = np.argsort(-scores, kind="stable")
    rows = [tuple(row) for row in features[order]]
    return [*rows[0], *scoring.lead(list(scores[order]), rows)]


def _write(model: scoring.Model, cases: Sequence[Case]) -> None:
    lines = [HEAD.format(cases=len(cases)), "[weights]"]
    lines += [f"{name} = {value:.3f}" for name, value in zip(NAMES, model.weights, strict=True)]
    lines += ["", "[trust]", f"bias = {model.bias:.3f}", f"least = {model.least:.3f}", "", "[trust.weights]"]
    lines += [f"{name} = {value:.3f}" for name, value in zip(scoring.TRUST_NAMES, model.trust, strict=True)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
