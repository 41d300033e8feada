"""Which models an installation has, which it uses, and whether these can be loaded: for `models` and `doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.opening import embedder_of, reranker_of
from app.settings import Settings
from index.models.folders import ModelFolder, installed
from ingest.errors import AuskunftError

KINDS = {"embedding": "Einbettung", "reranker": "Nachordner"}


@dataclass(frozen=True, slots=True)
class InUse:
    """A model that is used: by what name, how, and why not where it cannot be loaded."""

    kind: str
    name: str
    shipped: bool = False
    path: Path | None = None
    dimension: int | None = None
    query: str = ""
    text: str = ""
    error: str = ""
    hint: str = ""

    def to_json(self) -> dict[str, Any]:
        """As `models --json` shows it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "shipped": self.shipped,
            "path": str(self.path) if self.path else None,
            "loads": not self.error,
            "dimension": self.dimension,
            "prompts": {"query": self.query, "text": self.text},
            "error": self.error or None,
            "hint": self.hint or None,
        }


def embedding_in_use(settings: Settings) -> InUse:
    """The embedding of the settings, loaded to see whether it works."""
    from index.models.neural import ModelEmbedder
    from index.static import SHIPPED, StaticEmbedder

    try:
        embedder = embedder_of(settings)
        if isinstance(embedder, ModelEmbedder):
            prompts, place = embedder.prompts, embedder.folder
            return InUse(
                "embedding", place.name, path=place.path, dimension=embedder.dimension,
                query=prompts.query, text=prompts.text,
            )  # fmt: skip
        shipped = StaticEmbedder()
        shipped.embed_query("Probe")
        return InUse("embedding", shipped.name, True, SHIPPED, shipped.dimension)
    except AuskunftError as error:
        return InUse("embedding", settings.embedding, error=error.message, hint=error.hint)


def reranker_in_use(settings: Settings) -> InUse | None:
    """The same of the reranker; None where none is set."""
    from index.models.neural import ModelReranker

    reranker = reranker_of(settings)
    if not isinstance(reranker, ModelReranker):
        return None
    try:
        reranker.scores("Probe", ["Eine Probe."])
        return InUse("reranker", reranker.name, path=reranker.folder.path)
    except AuskunftError as error:
        return InUse("reranker", settings.reranker, error=error.message, hint=error.hint)


def models_in_use(settings: Settings) -> list[InUse]:
    """All models that are used."""
    return [embedding_in_use(settings), *filter(None, [reranker_in_use(settings)])]


def in_folder(settings: Settings) -> list[dict[str, Any]]:
    """The models in the folder of models, as `models --json` shows them; looked at, not loaded."""
    return [_row(folder) for folder in installed(settings.models_folder)]


def _row(folder: ModelFolder) -> dict[str, Any]:
    size = sum(path.stat().st_size for path in folder.path.rglob("*") if path.is_file())
    row: dict[str, Any] = {"name": folder.name, "kind": None, "path": str(folder.path), "bytes": size, "error": None}
    try:
        return row | {"kind": folder.kind}
    except AuskunftError as error:
        return row | {"error": error.message}
