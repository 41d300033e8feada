"""From a document and its passages to what catalogue and store keep of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index import lexical
from index.embedding import Embedder, check
from index.filters import publication_days
from index.store import Point
from ingest.errors import DataError
from ingest.types import Document, Passage


def points_of(document: Document, passages: Sequence[Passage], embedder: Embedder) -> list[Point]:
    """The points of all passages of a document.

    Title and heading stand beside each passage, because a release names its town there and then says "die Stadt".

    Raises:
        DataError: the embedding gives the wrong shape, NaN or zero vectors.
    """
    if not passages:
        return []
    earliest, latest = publication_days(document.published)
    texts = [document.text[passage.start : passage.end] for passage in passages]
    contexts = [context_of(document, passage) for passage in passages]
    vectors = embedder.embed([f"{c[-1]}\n{t}" if c else t for c, t in zip(contexts, texts, strict=True)])
    if vectors.shape != (len(passages), embedder.dimension):
        raise DataError(f"Das Einbettungsmodell »{embedder.name}« lieferte Vektoren der falschen Größe.")
    sparse = lexical.document_vectors(texts, ["\n".join(context) for context in contexts])
    return [
        Point(
            id=passage.id,
            document=document.id,
            kind=document.kind,
            earliest=earliest,
            latest=latest,
            sparse=sparse_vector,
            dense=vector,
        )
        for passage, sparse_vector, vector in zip(passages, sparse, check(vectors), strict=True)
    ]


def term_counts(document: Document, passages: Sequence[Passage]) -> Counter[str]:
    """In how many passages of a document each term occurs."""
    counts: Counter[str] = Counter()
    for passage in passages:
        counts.update(dict.fromkeys(lexical.analyse(document.text[passage.start : passage.end])).keys())
    return counts


def context_of(document: Document, passage: Passage) -> list[str]:
    """Title and heading, each once; the nearest last."""
    return list(dict.fromkeys(part for part in (document.title, passage.heading) if part))
