"""Hybrid search: BM25 and dense vectors, joined by a fixed convex combination of their scores.

    score = (1 - w) * lexical / max(lexical) + w * dense / max(dense)         with w = DENSE_WEIGHT

Each maximum is the best score of this query (Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid
Retrieval"), negative similarities count 0. Rank fusion was tried first and given up: beside a weak dense
signal it made results worse.

w was chosen on three German sets: 427 questions with answers and 304 questions with the question they paraphrase
(public health), and 600 headings of Saxon laws that were held out from training the embedding. Recall at 1 / mean
reciprocal rank; the last column is a set on which nothing was chosen (1,200 questions to encyclopaedic passages):

                                 answers        paraphrases    sections       encyclopaedia
    words and 4-grams (w = 0)    .377 / .481    .260 / .391    .448 / .560    .738 / .823
    dense only (w = 1)           .354 / .475    .352 / .488    .445 / .566    .603 / .729
    w = 0.3                      .403 / .507    .288 / .440    .472 / .585    .769 / .851
    w = 0.5                      .429 / .527    .304 / .454    .485 / .597    .779 / .861
    w = 0.6                      .419 / .523    .314 / .467    .497 / .604    .775 / .860
    w = 0.7                      .415 / .522    .334 / .482    .493 / .603    .767 / .854
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest

from index import lexical
from index.catalogue import Catalogue
from index.embedding import Embedder
from index.filters import NO_FILTERS, Filters
from index.ranking import Ranking
from index.store import Hit, Store
from index.synonyms import expand
from ingest.types import Document, Passage

DENSE_WEIGHT = 0.6
# Of the weight that a synonym has by itself. With the whole of it sections of laws were found less well (MRR .573, with
# half .585, without synonyms .586; paraphrases .388, .388, .371).
EXPANSION_WEIGHT = 0.5
# Each way looks this deep, so that a passage which is good in both is not lost to one.
MIN_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may answer a query.

    `score` is the joined one (0 to 1, relative to this query's best; see `index.ranking` for what else counts);
    `scores` holds the raw ones by name: `lexical` (BM25, no upper bound), `dense` (cosine) and `rerank` (0 to 1). A
    name is missing where that way did not find the passage.
    """

    passage: Passage
    document: Document
    score: float
    scores: Mapping[str, float]

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.document.text[self.passage.start : self.passage.end]


class Searcher:
    """Search over one catalogue and its store."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: Store,
        embedder: Embedder,
        *,
        dense_weight: float = DENSE_WEIGHT,
        ranking: Ranking | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._store = store
        self._embedder = embedder
        self._dense_weight = dense_weight
        self._ranking = ranking or Ranking()

    def search(
        self, query: str, k: int = 20, *, filters: Filters = NO_FILTERS, expansions: bool = True
    ) -> list[Evidence]:
        """The best `k` passages, best first; ties in reading order.

        With `expansions`, synonyms and German words for English ones are looked for too.
        """
        if k < 1 or not query.strip():
            return []
        raw = self._raw_scores(query, max(2 * k, MIN_DEPTH), filters, expansions)
        joined = fuse(raw, {"lexical": 1.0 - self._dense_weight, "dense": self._dense_weight})
        wanted = self._ranking.pool(k, len(joined))
        while True:
            best = self._best(joined, wanted, filters.latest_at_most)
            pool = [Evidence(p, document, joined[p.id], _scores(raw, p.id)) for p, document in best]
            found = self._ranking.ordered(pool)
            if len(found) >= k or len(best) < wanted or wanted >= len(joined):
                return self._ranking.reranked(query, found)[:k]
            wanted *= 2  # duplicates took places

    def _best(self, scores: Mapping[str, float], k: int, as_of: int | None) -> list[tuple[Passage, Document]]:
        """The catalogue is asked for those that can be among the best, and for all where it does not show these."""
        first = contenders(scores, k)
        found = self._catalogue.best(first, k, as_of)
        complete = len(found) == k or len(first) == len(scores)
        return found if complete else self._catalogue.best(scores, k, as_of)

    def _raw_scores(self, query: str, depth: int, filters: Filters, expansions: bool) -> dict[str, dict[str, float]]:
        """Scores by retriever and passage id; the filter holds in each."""
        more = expand(lexical.analyse(query)) if expansions else {}
        more = {stem: EXPANSION_WEIGHT * weight for stem, weight in more.items()}
        found = {"lexical": self._store.search_sparse(lexical.query_vector(query, more), depth, filters)}
        if self._dense_weight > 0.0:
            vector = self._embedder.embed_query(query)
            found["dense"] = self._store.search_dense(vector, depth, filters)
        return {name: _by_id(hits) for name, hits in found.items()}


def fuse(raw: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> dict[str, float]:
    """Convex combination of scores, each retriever's divided by its maximum; see the module."""
    joined: dict[str, float] = {}
    for name, scores in raw.items():
        best = max(scores.values(), default=0.0)
        if best <= 0.0:
            continue
        for id, score in scores.items():
            joined[id] = joined.get(id, 0.0) + weights[name] * max(score, 0.0) / best
    return joined


def contenders(scores: Mapping[str, float], k: int) -> Mapping[str, float]:
    """The `k` best scores, and all that are equal to the least of these."""
    if len(scores) <= k:
        return scores
    least = nlargest(k, scores.values())[-1]
    return {id: score for id, score in scores.items() if score >= least}


def _by_id(hits: list[Hit]) -> dict[str, float]:
    return {hit.id: hit.score for hit in hits}


def _scores(raw: Mapping[str, Mapping[str, float]], id: str) -> dict[str, float]:
    return {name: scores[id] for name, scores in raw.items() if id in scores}
