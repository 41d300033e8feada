"""LlamaIndex as it comes: its sentence splitter and `VectorStoreIndex`, over the same documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.assistant import Assistant
from eval.quality.baselines import SHOWN, known, reply_of
from eval.quality.cases import Case
from eval.quality.reply import Reply
from index.static import StaticEmbedder
from ingest.types import Document

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.schema import NodeWithScore

DEPTH = 20
# The splitter's own 1024 tokens would make one node of most documents.
CHUNK, OVERLAP = 128, 20


class StockRetriever:
    """The nearest nodes: the best one is the short answer, the best three are shown."""

    name = "llamaindex"

    def __init__(self, threshold: float = 0.0, embedding: BaseEmbedding | None = None) -> None:
        self.threshold = threshold
        self._embedding = embedding
        self._of: Assistant | None = None
        self._documents: dict[str, Document] = {}
        self._retriever: BaseRetriever | None = None

    def reply(self, case: Case, assistant: Assistant) -> Reply:
        """The nearest nodes of documents that were known."""
        retriever = self._retriever
        if retriever is None or self._of is not assistant:
            retriever = self._read(assistant)
        found = [
            (node.score or 0.0, self._documents[node.node.ref_doc_id or ""], node)
            for node in retriever.retrieve(case.question)
        ]
        there = [(score, doc, *_span(node)) for score, doc, node in found if known(doc, case.as_of)]
        return reply_of(there[:SHOWN], self.threshold)

    def _read(self, assistant: Assistant) -> BaseRetriever:
        from llama_index.core import Document as Text
        from llama_index.core import VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter

        self._of = assistant
        self._documents = {row.id: assistant.document(row.id)[0] for row in assistant.documents()}
        index = VectorStoreIndex.from_documents(
            [Text(doc_id=id, text=document.text) for id, document in self._documents.items()],
            embed_model=self._embedding or shipped(),
            transformations=[SentenceSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)],
        )
        self._retriever = index.as_retriever(similarity_top_k=DEPTH)
        return self._retriever


def shipped() -> BaseEmbedding:
    """The embedding that is shipped, as LlamaIndex takes it."""
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Shipped(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in embedder.embed_query(query)]

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(x) for x in embedder.embed([text])[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    embedder = StaticEmbedder()
    return Shipped(model_name=embedder.name)


def _span(found: NodeWithScore) -> tuple[int, int]:
    start, end = getattr(found.node, "start_char_idx", None), getattr(found.node, "end_char_idx", None)
    return start or 0, end or 0
