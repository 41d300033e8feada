"""Opens the library of an installation with the models and the order of results that its settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.settings import Settings
from index.library import Library

if TYPE_CHECKING:
    from index.embedding import Embedder
    from index.models.neural import Reranker
    from index.ranking import Priors, Ranking
    from ingest.types import Document


def open_library(settings: Settings) -> Library:
    """The library of a data folder. A model that is missing is said by the first search. Raises DataError."""
    return Library(settings.data, embedder=embedder_of(settings), ranking=ranking_of(settings))


def embedder_of(settings: Settings) -> Embedder | None:
    """The embedding that is set; None for the shipped one."""
    if not settings.embedding:
        return None
    from index.models.neural import ModelEmbedder

    return ModelEmbedder(settings.embedding, settings.models_folder)


def reranker_of(settings: Settings) -> Reranker | None:
    """The reranker that is set, if any."""
    if not settings.reranker:
        return None
    from index.models.neural import ModelReranker

    return ModelReranker(settings.reranker, settings.models_folder)


def ranking_of(settings: Settings) -> Ranking:
    """How results are put in order."""
    from index.ranking import Ranking

    return Ranking(reranker_of(settings), settings.rerank_depth, settings.rerank_weight, _priors(settings))


def _priors(settings: Settings) -> Priors:
    from index.ranking import Priors

    if not settings.prefer_recent and not settings.prefer_issuer:
        return Priors()
    from app.register.sources import RANKS, rank_of, weight

    def standing(document: Document) -> float:
        return 1.0 - weight(rank_of(document, settings.programme)) / (len(RANKS) - 1)

    return Priors(settings.prefer_recent, settings.prefer_issuer, standing)
