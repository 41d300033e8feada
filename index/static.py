"""The embedding that is shipped: trained on German laws by `index.training`, run by `model2vec` without torch.

The folder of a model holds `model.safetensors`, `tokenizer.json` and `config.json` with the name and digest of both.
Nothing is read of it but the few lines of `config.json` before the first text comes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding import Matrix, Vector, normalised
from ingest.errors import DataError

SHIPPED = Path(__file__).parent / "data" / "model"
BATCH = 1024


class StaticEmbedder:
    """Mean of the vectors of the tokens, length one."""

    portable = True
    """Children read the same files themselves."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        self._folder = folder
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self.dimension = int(config["dimension"])
            self.name = f"{config['name']}/{config['digest']}"
        except (OSError, ValueError, KeyError) as error:
            raise DataError(f"Das Einbettungsmodell in {folder} fehlt oder ist unvollständig.") from error
        self._model: Any = None
        self._loading = threading.Lock()

    def __reduce__(self) -> tuple[type[StaticEmbedder], tuple[Path]]:
        return StaticEmbedder, (self._folder,)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text; one without any token gets a row of its own that is near no other."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows: Matrix = self._loaded().encode(list(texts), batch_size=BATCH, use_multiprocessing=False)
        empty = ~rows.any(axis=1)
        if empty.any():
            rows[empty, 0] = 1.0
        return normalised(rows)

    def embed_query(self, text: str) -> Vector:
        """The same as for a passage."""
        row: Vector = self.embed([text])[0]
        return row

    def _loaded(self) -> Any:
        if self._model is None:
            with self._loading:
                if self._model is None:
                    self._model = _load(self._folder)
        return self._model


def _load(folder: Path) -> Any:
    """Half precision on disk, single in memory: numpy computes with it several times faster.

    Put together from its parts: `StaticModel.from_pretrained` imports what downloads models, which takes half a second.
    """
    from model2vec.model import StaticModel
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    try:
        vectors = load_file(folder / "model.safetensors")["embeddings"].astype(np.float32)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        return StaticModel(vectors, tokenizer, normalize=True, max_length=None)
    except Exception as error:  # tokenizers and safetensors raise errors of their own
        raise DataError(f"Das Einbettungsmodell in {folder} ist nicht lesbar: {error}") from error
