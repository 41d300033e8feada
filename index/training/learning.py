"""Contrastive training: of all second sides in a batch, the one that belongs to the first has to be nearest.

Beside it the lessons of the teacher are repeated, so that what laws do not say is not forgotten.

`StaticEmbedding` and `MultipleNegativesRankingLoss` are those of sentence-transformers; its trainer is not used, as it
would divide every text into tokens again for each batch, which costs more than the training itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.training.pairs import Drawer, Side
from index.training.teacher import Lessons
from index.training.vocabulary import function_words

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the result beside the corpus."""

    dimension: int = 256
    batch: int = 2048
    steps: int = 450
    rate: float = 0.1
    warm_up: float = 0.05
    scale: float = 20.0
    lessons: float = 6.0
    function_words: float = 0.6
    seed: int = 7


def learn(
    vectors: NDArray[np.float32],
    tokenizer: Tokenizer,
    drawer: Drawer,
    lessons: Lessons,
    recipe: Recipe,
    report: Callable[[int, float], None] = lambda step, loss: None,
) -> NDArray[np.float32]:
    """The vectors after training; row 0 (the unknown token) is zero, function words are shortened."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.losses import MultipleNegativesRankingLoss
    from sentence_transformers.models import StaticEmbedding

    torch.manual_seed(recipe.seed)
    static = StaticEmbedding(tokenizer, embedding_weights=vectors.copy())
    loss = MultipleNegativesRankingLoss(SentenceTransformer(modules=[static], device="cpu"), scale=recipe.scale)
    # Adam takes steps of full length for tokens it meets once in a thousand batches and ruins their first vectors.
    optimiser = torch.optim.Adagrad(loss.parameters(), lr=recipe.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, recipe))
    random = np.random.default_rng(recipe.seed)
    for step in range(recipe.steps):
        sides = [_features(side) for side in drawer.draw(recipe.batch)]
        repeated, directions = lessons.draw(random, recipe.batch)
        means = static(_features(repeated))["sentence_embedding"]
        apart = 1.0 - torch.nn.functional.cosine_similarity(means, torch.from_numpy(directions))
        value = loss(sides, None) + recipe.lessons * apart.mean()
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        schedule.step()
        report(step, float(value.detach()))
    found: NDArray[np.float32] = static.embedding.weight.detach().numpy().copy()
    found[0] = 0.0
    found[function_words(tokenizer)] *= recipe.function_words  # laws know few »ich« and »wo«: rare, so they weigh much
    return found


def _rate(step: int, recipe: Recipe) -> float:
    """Rises for a while, then falls along a cosine."""
    rise = max(1, round(recipe.warm_up * recipe.steps))
    if step < rise:
        return (step + 1) / rise
    return 0.5 * (1.0 + math.cos(math.pi * (step - rise) / max(1, recipe.steps - rise)))


def _features(side: Side) -> dict[str, Any]:
    import torch

    return {"input_ids": torch.from_numpy(side.tokens), "offsets": torch.from_numpy(side.starts)}
