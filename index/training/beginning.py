"""First vectors: those with which the mean over the tokens of a text points where the teacher's vector does.

A token begins as the mean of the directions of all texts that it stands in, shorter texts weighing more; then all of
them are fitted together. The length of a vector is the weight of its token in a text, and is learned as well.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from index.training.teacher import Lessons

BATCH, RATE = 2048, 0.01
WARM_UP = 50
# Tokens of few texts begin short.
SMOOTHING = 0.3
LENGTH = 3.0


def first_vectors(
    lessons: Lessons,
    size: int,
    steps: int,
    seed: int,
    report: Callable[[int, float], None] = lambda step, loss: None,
) -> NDArray[np.float32]:
    """One row a token of a vocabulary of `size`."""
    import torch
    from torch.nn.functional import cosine_similarity

    bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(_means(lessons, size)), freeze=False, mode="mean")
    optimiser = torch.optim.Adam(bag.parameters(), lr=RATE)
    random = np.random.default_rng(seed)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * (1.0 - step / steps)
        side, directions = lessons.draw(random, BATCH)
        found = bag(torch.from_numpy(side.tokens), torch.from_numpy(side.starts))
        loss = (1.0 - cosine_similarity(found, torch.from_numpy(directions))).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        report(step, float(loss.detach()))
    rows: NDArray[np.float32] = bag.weight.detach().numpy().copy()
    return rows


def _means(lessons: Lessons, size: int) -> NDArray[np.float32]:
    from scipy.sparse import csr_matrix

    lengths = np.diff(lessons.starts)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    stands = csr_matrix((1.0 / lengths[owner], (lessons.tokens, owner)), shape=(size, len(lengths)))
    number = np.asarray(stands.sum(axis=1))
    rows: NDArray[np.float32] = (LENGTH * (stands @ lessons.directions) / (number + SMOOTHING)).astype(np.float32)
    return rows
