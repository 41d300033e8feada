"""Models that sentence-transformers runs: an embedding through LlamaIndex's adapter, and a reranker.

Nothing is looked for before it is needed: lists and backups work without the model. Nothing is ever downloaded, and no
code that comes with a model is run.
"""

from __future__ import annotations

import os
import threading
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np

from index.embedding import Embedder, Matrix, Vector
from index.models.errors import ExtraMissing, ModelBroken
from index.models.folders import Kind, ModelFolder, find
from index.models.prompts import Prompts, prompts_of
from ingest.errors import DataError

T = TypeVar("T")


class Reranker(Protocol):
    """Judges how well passages answer a question, each by itself."""

    @property
    def name(self) -> str:
        """The model, as people know it."""

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One score a text, 0 to 1."""


class _Lazy(ABC):
    """A model by name, found and loaded with its first use; one thread at a time goes through it.

    Tokenizers keep their settings inside and refuse a second thread.
    """

    kind: Kind

    def __init__(self, called: str, models: Path) -> None:
        self._called = called
        self._models = models
        self._folder: ModelFolder | None = None
        self._model: Any = None
        self._using = threading.RLock()

    @property
    def folder(self) -> ModelFolder:
        """Where the model lies. Raises ModelMissing, FolderMissing, ModelBroken."""
        with self._using:
            if self._folder is None:
                self._folder = find(self._called, self._models).expect(self.kind)
            return self._folder

    def loaded(self) -> Any:
        """The model itself. Raises DataError where it cannot be loaded."""
        with self._using:
            if self._model is None:
                with _told(self.folder):
                    self._model = self._load(self.folder)
            return self._model

    @abstractmethod
    def _load(self, folder: ModelFolder) -> Any:
        """The model in a folder."""


class ModelEmbedder(_Lazy):
    """An embedding of sentence-transformers with the prompts that it wants, as our `Embedder`."""

    kind: Kind = "embedding"

    def __init__(self, called: str, models: Path) -> None:
        super().__init__(called, models)
        self._name = ""

    @property
    def name(self) -> str:
        """Name and content of the model, and its prompts: what changes any vector changes the name."""
        if not self._name:
            prompts = self.prompts
            said = sha256(f"{prompts.query}\0{prompts.text}".encode()).hexdigest()[:8]
            self._name = f"{self.folder.name}/{self.folder.digest()}/{said}"
        return self._name

    @property
    def prompts(self) -> Prompts:
        """What is put before questions and passages."""
        return prompts_of(self.folder, self._models)

    @property
    def dimension(self) -> int:
        """Columns of what `embed` gives; known once the model is loaded."""
        return int(self.loaded().dimension)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text, L2 normalised."""
        with self._using:
            rows: Matrix = self.loaded().embed(texts)
        return rows

    def embed_query(self, text: str) -> Vector:
        """A question, behind the prompt for questions."""
        with self._using:
            row: Vector = self.loaded().embed_query(text)
        return row

    def _load(self, folder: ModelFolder) -> Embedder:
        from index.llamaindex import LlamaEmbedder, from_folder

        prompts = self.prompts
        return LlamaEmbedder(from_folder(folder.path, query=prompts.query, text=prompts.text))


class ModelReranker(_Lazy):
    """A cross-encoder of sentence-transformers."""

    kind: Kind = "reranker"

    @property
    def name(self) -> str:
        """The name of the model."""
        return self.folder.name

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One score a text, 0 to 1, whatever the model gives: see `_squashed`."""
        if not texts:
            return []
        with self._using:
            model = self.loaded()
            raw = _safely(self.folder, lambda: _raw(model, query, texts))
        found = _squashed(raw)
        if found.shape != (len(texts),) or not np.isfinite(found).all():
            raise ModelBroken(f"Das Modell »{self.folder.name}« lieferte ungültige Zahlen.")
        return [float(score) for score in found]

    def _load(self, folder: ModelFolder) -> Any:
        from sentence_transformers import CrossEncoder

        return CrossEncoder(str(folder.path), local_files_only=True, trust_remote_code=False)


def _raw(model: Any, query: str, texts: Sequence[str]) -> Any:
    """What the last layer gives, before any function of the model's own: some are saved with one, some without."""
    from torch.nn import Identity

    pairs = [(query, text) for text in texts]
    return model.predict(pairs, activation_fn=Identity(), show_progress_bar=False, convert_to_numpy=True)


def _squashed(raw: Any) -> Vector:
    """Logits as shares: the logistic function of one, the last share of several classes."""
    values = np.asarray(raw, dtype=np.float64)
    if values.ndim == 2 and values.shape[1] > 1:
        parts = np.exp(values - values.max(axis=1, keepdims=True))
        shares: Vector = (parts / parts.sum(axis=1, keepdims=True))[:, -1].astype(np.float32)
        return shares
    squashed: Vector = (0.5 * (1.0 + np.tanh(values.reshape(len(values)) / 2.0))).astype(np.float32)
    return squashed


@contextmanager
def _told(folder: ModelFolder) -> Iterator[None]:
    """Loading without a word on the terminal; whatever goes wrong is said by the name of the model."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            _hush()
            yield
        except DataError:
            raise
        except ModuleNotFoundError as error:
            raise ExtraMissing(folder.name, error.name or str(error)) from error
        except Exception as error:  # transformers, torch and safetensors raise errors of their own
            raise _broken(folder, error) from error


def _hush() -> None:
    from transformers.utils import logging

    quiet: Any = logging  # its functions have no types
    quiet.set_verbosity_error()
    quiet.disable_progress_bar()


def _safely(folder: ModelFolder, call: Callable[[], T]) -> T:
    try:
        return call()
    except Exception as error:  # see above
        raise _broken(folder, error) from error


def _broken(folder: ModelFolder, error: Exception) -> ModelBroken:
    said = " ".join(str(error).split())[:300]
    return ModelBroken(f"Das Modell »{folder.name}« in {folder.path} ist nicht lesbar: {said or type(error).__name__}")
