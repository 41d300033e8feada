"""What becomes of the joined scores of a search: mild priors, duplicates folded, the best judged by a reranker.

Each is harmless to what reads `Evidence.score` afterwards: scores stay between 0 and 1, and none of them lifts a
passage that is far from the question. With a reranker

    score = (1 - w) * joined + w * reranked     for the best `depth` passages, (1 - w) * joined for the others

so a list in which no passage answers has low scores throughout, and a refusal stays possible.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.duplicates import folded
from index.filters import publication_days
from index.points import context_of
from ingest.types import Document

if TYPE_CHECKING:
    from index.models.neural import Reranker
    from index.search import Evidence

# How deep a reranker looks unless told otherwise, and how much it counts beside the search.
DEPTH = 30
WEIGHT = 0.5
# After so many years a document is half as fresh.
HALF_LIFE = 4.0


def _equal(_document: Document) -> float:
    return 1.0


@dataclass(frozen=True, slots=True)
class Priors:
    """What speaks for a document whatever is asked: at most `recent` and `source` are taken off the score, as shares.

    `standing` says from 0 to 1 how much a source weighs.
    """

    recent: float = 0.0
    source: float = 0.0
    standing: Callable[[Document], float] = _equal

    def __bool__(self) -> bool:
        return self.recent > 0.0 or self.source > 0.0

    def weighed(self, found: Sequence[Evidence]) -> list[Evidence]:
        """The same passages with weighed scores, best first; fresh is what is as new as the newest among them."""
        if not self or not found:
            return list(found)
        days = {item.document.id: _day(item.document) for item in found}
        newest = max((day for day in days.values() if day is not None), default=0.0)
        weighed = []
        for item in found:
            day = days[item.document.id]
            fresh = 0.5 if day is None else 0.5 ** ((newest - day) / HALF_LIFE)
            factor = (1.0 - self.recent * (1.0 - fresh)) * (1.0 - self.source * (1.0 - self.standing(item.document)))
            weighed.append(replace(item, score=item.score * factor))
        return sorted(weighed, key=lambda item: -item.score)


@dataclass(frozen=True, slots=True)
class Ranking:
    """How the passages of a search are put in order once their scores are joined."""

    reranker: Reranker | None = None
    depth: int = DEPTH
    weight: float = WEIGHT
    priors: Priors = field(default_factory=Priors)

    def pool(self, k: int, known: int) -> int:
        """How many of `known` passages must be looked at for the best `k`."""
        return known if self.priors else max(k, self.depth if self.reranker else 0)

    def ordered(self, found: Sequence[Evidence]) -> list[Evidence]:
        """Weighed and without duplicates, best first."""
        return folded(self.priors.weighed(found))

    def reranked(self, query: str, found: Sequence[Evidence]) -> list[Evidence]:
        """The best of them judged once more. Raises DataError where the reranker cannot."""
        if self.reranker is None or not found:
            return list(found)
        best = found[: self.depth]
        judged = self.reranker.scores(query, [_shown(item) for item in best])
        joined = [
            replace(
                item,
                score=(1.0 - self.weight) * item.score + self.weight * score,
                scores={**item.scores, "rerank": score},
            )
            for item, score in zip(best, judged, strict=True)
        ]
        rest = [replace(item, score=(1.0 - self.weight) * item.score) for item in found[self.depth :]]
        return sorted(joined, key=lambda item: -item.score) + rest


def _shown(item: Evidence) -> str:
    """A passage with its nearest heading, as the embedding reads it."""
    context = context_of(item.document, item.passage)
    return f"{context[-1]}\n{item.text}" if context else item.text


def _day(document: Document) -> float | None:
    """The last possible day of publication in years."""
    _, latest = publication_days(document.published)
    return None if latest is None else latest // 10_000 + (latest // 100 % 100) / 12 + (latest % 100) / 372
