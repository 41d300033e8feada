import datetime
import warnings

import numpy as np
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from llama_index.core import MockEmbedding
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.schema import Document

    from index.llamaindex import AuskunftRetriever, GermanNodeParser, LlamaEmbedder

from index.embedding import HashedEmbedder
from index.filters import Filters
from index.library import Library
from ingest.errors import DataError


class Hashed(BaseEmbedding):
    """A real LlamaIndex embedding without a model behind it."""

    def _get_text_embedding(self, text):
        return HashedEmbedder(32).embed([text])[0].tolist()

    def _get_query_embedding(self, query):
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query):
        return self._get_query_embedding(query)


class Failing(Hashed):
    def _get_text_embedding(self, text):
        raise ConnectionError("no route")


SENTENCE = "Am 12. Mai hat Dr. Weber ca. 1,3 Mio. Euro bewilligt, z. B. für Torgau. "


def test_node_parser_keeps_sentences_and_offsets():
    text = SENTENCE * 40
    nodes = GermanNodeParser().get_nodes_from_documents([Document(text=text, metadata={"author": "SMI"})])
    assert len(nodes) > 2
    for node in nodes:
        assert text[node.start_char_idx : node.end_char_idx] == node.text
        assert node.text.startswith("Am 12. Mai")
        assert node.text.endswith("Torgau.")
        assert node.metadata["author"] == "SMI"
    assert nodes[0].next_node.node_id == nodes[1].node_id


@pytest.fixture
def inbox(tmp_path):
    path = tmp_path / "torgau.txt"
    path.write_text("Torgau tritt bei\n\nDresden, 25. Juni 2021\n\nTorgau ist der Allianz beigetreten.\n")
    return path


def test_retriever_gives_nodes_with_exact_offsets(tmp_path, inbox):
    with Library(tmp_path / "data") as library:
        library.ingest([inbox], today=datetime.date(2024, 1, 1))
        found = AuskunftRetriever(library, k=3).retrieve("Wann ist Torgau beigetreten?")
        assert found[0].score == pytest.approx(1.0)
        metadata = found[0].node.metadata
        document = library.document(metadata["document_id"])
        assert document.text[metadata["start"] : metadata["end"]] == found[0].node.get_content()
        assert AuskunftRetriever(library, filters=Filters(as_of="2020")).retrieve("Torgau") == []


def test_embedding_of_llamaindex_in_a_library(tmp_path, inbox):
    embedder = LlamaEmbedder(Hashed(model_name="hashed"))
    assert embedder.dimension == 32
    assert embedder.embed([]).shape == (0, 32)
    with Library(tmp_path / "data", embedder=embedder) as library:
        library.ingest([inbox], today=datetime.date(2024, 1, 1))
        assert library.search("Torgau")[0].scores["dense"] > 0


def test_rows_are_normalised_and_failures_are_ours():
    embedder = LlamaEmbedder(MockEmbedding(embed_dim=8))
    assert np.linalg.norm(embedder.embed(["a", "b"]), axis=1) == pytest.approx([1.0, 1.0])
    with pytest.raises(DataError, match="no route"):
        LlamaEmbedder(Failing(model_name="x"))
