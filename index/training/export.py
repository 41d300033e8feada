"""Writes a model as a folder that `model2vec.StaticModel` and `SentenceTransformer` both load."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILES = ("model.safetensors", "tokenizer.json")


def export(vectors: NDArray[np.float32], tokenizer: Tokenizer, folder: Path, name: str) -> str:
    """Half precision, means of length one, no limit of length; gives the digest, which `config.json` holds too."""
    from model2vec import StaticModel

    half = _below_overflow(vectors).astype(np.float16)
    model = StaticModel(half, tokenizer, config={}, normalize=True, max_length=None, language=["de"])
    model.save_pretrained(folder, name)
    (folder / "README.md").unlink(missing_ok=True)  # the card is ours
    digest = digest_of(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config.update(name=name, digest=digest, dimension=int(half.shape[1]), tokens=int(half.shape[0]))
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    return digest


def digest_of(folder: Path) -> str:
    """Changes with every change of weights or tokens."""
    found = hashlib.sha256()
    for name in FILES:
        found.update((folder / name).read_bytes())
    return found.hexdigest()[:16]


def _below_overflow(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scaled so that the longest token has a norm of ten; the direction of a mean does not depend on it."""
    longest = float(np.linalg.norm(vectors, axis=1).max())
    return vectors * np.float32(10.0 / longest)
