"""The ways to search that are compared; each gives passage ids, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.bench.measures import rank_fusion
from index import lexical
from index.filters import NO_FILTERS
from index.lexical import SparseVector
from index.library import Library
from index.search import Evidence, Searcher

# Passages a way may give; enough for a hundred texts of several passages each.
DEPTH = 300
WAYS = ("words", "lexical", "dense", "hybrid", "rrf")


class Ways:
    """All ways over one library: `words` (BM25 of stems), `lexical` (with 4-grams and synonyms, as shipped), `dense`,
    `hybrid` (the search as it is shipped) and `rrf` (reciprocal rank fusion of `lexical` and `dense`).
    """

    def __init__(self, library: Library, depth: int = DEPTH) -> None:
        self._library = library
        self._depth = depth
        self._store = library.keeper.opened()
        self._lexical = Searcher(library.catalogue, self._store, library.embedder, dense_weight=0.0)
        self._dense = Searcher(library.catalogue, self._store, library.embedder, dense_weight=1.0)

    def rankings(self, query: str) -> Mapping[str, Sequence[str]]:
        """The ranking of every way."""
        by_words, by_vector = self._ids(self._lexical, query), self._ids(self._dense, query)
        hybrid = [evidence.passage.id for evidence in self._library.search(query, self._depth)]
        return {
            "words": self._words(query),
            "lexical": by_words,
            "dense": by_vector,
            "hybrid": hybrid,
            "rrf": rank_fusion([by_words, by_vector]),
        }

    def _ids(self, searcher: Searcher, query: str) -> list[str]:
        """What was found at all: with weight 1 the others stand behind with 0."""
        found: list[Evidence] = searcher.search(query, self._depth)
        return [evidence.passage.id for evidence in found if evidence.score > 0.0]

    def _words(self, query: str) -> list[str]:
        hits = self._store.search_sparse(query_of_words(query), 2 * self._depth, NO_FILTERS)
        best = self._library.catalogue.best({hit.id: hit.score for hit in hits}, self._depth)
        return [passage.id for passage, _ in best]


def query_of_words(text: str) -> SparseVector:
    """A question without n-grams and synonyms."""
    indices = sorted({lexical.feature(stem) for stem in lexical.analyse(text)})
    return SparseVector(indices, [1.0] * len(indices))


def vector_of_words(text: str) -> SparseVector:
    """A passage without n-grams: what is left are the BM25 weights of its stems."""
    words = {lexical.feature(stem) for stem in lexical.analyse(text)}
    whole = lexical.document_vector(text)
    kept = [(i, v) for i, v in zip(whole.indices, whole.values, strict=True) if i in words]
    return SparseVector([i for i, _ in kept], [v for _, v in kept])
