"""Thin adapters to LlamaIndex, for those who build on it; of this project, only `index.models` imports this module.

    GermanNodeParser     our passages as a splitter
    AuskunftRetriever    our search as a retriever: chat engines, agents and evaluators can sit on it
    LlamaEmbedder        any LlamaIndex embedding in place of ours: `Library(data, embedder=LlamaEmbedder(model))`
    from_folder          a model of sentence-transformers as a LlamaIndex embedding

LlamaIndex's global `Settings` is never used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid5

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr, ValidationError
from llama_index.core.node_parser import NodeParser
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import (
    BaseNode,
    MetadataMode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    TextNode,
)

from index.embedding import Matrix, Vector, normalised
from index.filters import NO_FILTERS, Filters
from index.library import Library
from index.search import Evidence
from ingest.errors import DataError
from ingest.passages import split
from ingest.reading import NAMESPACE
from ingest.types import Document, Published, Section


class GermanNodeParser(NodeParser):
    """Splits texts into passages of whole German sentences; `start` and `end` in the metadata are exact offsets."""

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex serialises it by."""
        return "GermanNodeParser"

    # Any: LlamaIndex hands on whatever it was called with.
    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:
        return [piece for node in nodes for piece in _pieces(node)]

    def _postprocess_parsed_nodes(self, nodes: list[BaseNode], parent_doc_map: Any) -> list[BaseNode]:
        """LlamaIndex looks the text up again and may find an earlier occurrence: our offsets stay."""
        found = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node in found:
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = node.metadata["start"], node.metadata["end"]
        return found


class AuskunftRetriever(BaseRetriever):
    """Hybrid search of a library; nodes carry document, publication date, page and offsets in their metadata."""

    def __init__(self, library: Library, *, k: int = 10, filters: Filters = NO_FILTERS) -> None:
        super().__init__()
        self._library = library
        self._k = k
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._library.search(query_bundle.query_str, self._k, filters=self._filters)
        return [NodeWithScore(node=_node_of(evidence), score=evidence.score) for evidence in found]


class LlamaEmbedder:
    """A LlamaIndex embedding as our `Embedder`.

    Raises:
        DataError: the model does not answer, or gives NaN or zero vectors.
    """

    def __init__(self, model: BaseEmbedding) -> None:
        self._model = model
        self.name = f"llama-index/{model.class_name()}/{model.model_name}"
        self.dimension = len(self.embed_query("Probe"))

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text, L2 normalised."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            rows = self._model.get_text_embedding_batch(list(texts))
        except Exception as error:  # every provider raises errors of its own
            raise self._failure(error) from error
        return normalised(np.asarray(rows, dtype=np.float32))

    def embed_query(self, text: str) -> Vector:
        """A question, with the instruction that the model wants before questions."""
        try:
            row = self._model.get_query_embedding(text)
        except Exception as error:  # see above
            raise self._failure(error) from error
        vector: Vector = normalised(np.asarray([row], dtype=np.float32))[0]
        return vector

    def _failure(self, error: Exception) -> DataError:
        return DataError(f"Das Einbettungsmodell »{self.name}« antwortet nicht: {error}", "Bitte das Modell prüfen.")


class _Unbounded(BaseEmbedding):
    """A model that reads texts of any length, which `HuggingFaceEmbedding` refuses: those of `StaticEmbedding`."""

    _model: Any = PrivateAttr()
    _query: str = PrivateAttr()
    _text: str = PrivateAttr()

    def __init__(self, model: Any, *, name: str, query: str, text: str) -> None:
        super().__init__(model_name=name)
        self._model, self._query, self._text = model, query, text

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._encoded([self._text + text for text in texts])

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encoded([self._query + query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _encoded(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._model.encode(texts, prompt="", show_progress_bar=False).tolist()
        return rows


def from_folder(folder: Path, *, query: str = "", text: str = "") -> BaseEmbedding:
    """The model in a folder; `query` and `text` stand before questions and passages. Raises what the packages raise."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from sentence_transformers import SentenceTransformer

    where = str(folder)
    try:
        model: BaseEmbedding = HuggingFaceEmbedding(
            where, query_instruction=query, text_instruction=text, cache_folder=where, local_files_only=True
        )
    except ValidationError:
        bare = SentenceTransformer(where, local_files_only=True, trust_remote_code=False)
        return _Unbounded(bare, name=where, query=query, text=text)
    return model


def _pieces(node: BaseNode) -> list[BaseNode]:
    """The passages of one LlamaIndex node, as nodes that point back to it."""
    text = node.get_content(metadata_mode=MetadataMode.NONE)
    pieces: list[BaseNode] = []
    for passage in split(_document_of(node.node_id, text)):
        piece = TextNode(
            id_=passage.id,
            text=text[passage.start : passage.end],
            metadata={"start": passage.start, "end": passage.end},
            excluded_embed_metadata_keys=["start", "end"],
            excluded_llm_metadata_keys=["start", "end"],
        )
        piece.relationships[NodeRelationship.SOURCE] = node.as_related_node_info()
        pieces.append(piece)
    return pieces


def _document_of(id: str, text: str) -> Document:
    """A text without known sections: all of it is body."""
    return Document(
        id=str(uuid5(NAMESPACE, id)),
        source=id,
        origin=id,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title="",
        kind="",
        publisher="",
        published=Published(),
        text=text,
        sections=(Section("body", 0, len(text)),),
    )


def _node_of(evidence: Evidence) -> TextNode:
    passage, document = evidence.passage, evidence.document
    return TextNode(
        id_=passage.id,
        text=evidence.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document_id": document.id,
            "source": document.source,
            "title": document.title,
            "kind": document.kind,
            "publisher": document.publisher,
            "published": document.published.date,
            "published_basis": document.published.basis,
            "url": document.url,
            "page": passage.page,
            "start": passage.start,
            "end": passage.end,
        },
    )
