"""Two small linear models, fitted by gradient descent: a ranking by softmax, and a logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS, RATE = 400, 0.5


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of weights before any data: where they lie, how firmly (1: as all), their signs (0: any)."""

    weights: Array
    firm: Array
    signs: Array

    def hold(self, weights: Array) -> Array:
        """The nearest weights with the right signs."""
        return np.where(self.signs * weights < 0, 0.0, weights)


def fit_ranking(questions: Sequence[tuple[Array, NDArray[np.bool_]]], prior: Prior, penalty: float = 0.002) -> Array:
    """Weights that make the right sentences of each question likely.

    A question is its features (sentences × features) and which sentences are right (one at least). Maximises the
    mean of log Σ_right softmax(features · weights) - penalty · |weights - prior|².
    """
    weights = prior.weights.copy()
    moment, velocity = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        gradient = -2 * penalty * prior.firm * (weights - prior.weights)
        for features, right in questions:
            scores = features @ weights
            all_, right_ = softmax(scores), np.zeros(len(scores))
            right_[right] = softmax(scores[right])
            gradient += (right_ - all_) @ features / len(questions)
        weights, moment, velocity = _adam(weights, gradient, moment, velocity, step)
        weights = prior.hold(weights)
    return weights


def fit_logistic(
    features: Array, right: NDArray[np.bool_], prior: Prior, penalty: float = 0.002
) -> tuple[float, Array]:
    """Bias and weights of a logistic regression, `penalty` on the weights only."""
    inputs = np.column_stack([np.ones(len(features)), features])
    weights = np.concatenate([[0.0], prior.weights])
    before = weights.copy()
    moment, velocity = np.zeros_like(weights), np.zeros_like(weights)
    shrink = 2 * penalty * np.concatenate([[0.0], prior.firm])
    for step in range(1, 4 * STEPS + 1):
        gradient = (right - sigmoid(inputs @ weights)) @ inputs / len(inputs) - shrink * (weights - before)
        weights, moment, velocity = _adam(weights, gradient, moment, velocity, step)
        weights[1:] = prior.hold(weights[1:])
    return float(weights[0]), weights[1:]


def softmax(scores: Array) -> Array:
    """Shares that sum to 1."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def sigmoid(values: Array) -> Array:
    """1 / (1 + e^-x)."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -30, 30))))


def best_threshold(probability: Array, gain: Array) -> float:
    """The least probability from which answering gains most: the sum of `gain` over what is answered."""
    order = np.argsort(-probability)
    sums = np.cumsum(gain[order])
    best = int(sums.argmax())
    if sums[best] <= 0:
        return 1.0
    below = probability[order[best + 1]] if best + 1 < len(order) else 0.0
    return float((probability[order[best]] + below) / 2)


def _adam(weights: Array, gradient: Array, moment: Array, velocity: Array, step: int) -> tuple[Array, Array, Array]:
    """One step of Adam (Kingma and Ba 2015), upwards, with a rate that falls to nothing."""
    moment = 0.9 * moment + 0.1 * gradient
    velocity = 0.99 * velocity + 0.01 * gradient**2
    rate = RATE / (1 + step / 20)
    change = moment / (1 - 0.9**step) / (np.sqrt(velocity / (1 - 0.99**step)) + 1e-8)
    return weights + rate * 0.2 * change, moment, velocity
