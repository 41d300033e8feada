"""The same store on a Qdrant server, for more passages and more processes than one machine holds.

Imported only where a server is configured. The server is open by default: set a key, and TLS beyond loopback.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from qdrant_client import QdrantClient, models

from index.filters import Filters
from index.lexical import SparseVector
from index.store import BATCH, DENSE, INTEGER_FIELDS, KEYWORD_FIELDS, SPARSE, Hit, Point
from ingest.errors import DataError


class QdrantStore:
    """One collection of a Qdrant server behind the interface of `Store`.

    Raises:
        DataError: the server does not answer, refuses the key, or the collection does not fit.
    """

    def __init__(self, client: QdrantClient, dimension: int, collection: str = "auskunft") -> None:
        self._client = client
        self._dimension = dimension
        self._collection = collection
        with _mapped():
            if not client.collection_exists(collection):
                self._create()

    @classmethod
    def connect(cls, url: str, dimension: int, *, key: str | None = None, collection: str = "auskunft") -> QdrantStore:
        """The collection of the server at `url`."""
        with _mapped():
            return cls(QdrantClient(url=url, api_key=key, check_compatibility=False), dimension, collection)

    def upsert(self, points: Sequence[Point]) -> None:
        """Add points, or replace those of the same id; returns when they can be found."""
        with _mapped():
            for start in range(0, len(points), BATCH):
                batch = [_server_point(point) for point in points[start : start + BATCH]]
                self._client.upsert(self._collection, batch, wait=True)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove points; unknown ids are ignored."""
        if ids:
            with _mapped():
                selector = models.PointIdsList(points=list(ids))
                self._client.delete(self._collection, selector, wait=True)

    def ids(self) -> set[str]:
        """The ids of all points."""
        found: set[str] = set()
        offset = None
        with _mapped():
            while True:
                records, offset = self._client.scroll(
                    self._collection, limit=4096, offset=offset, with_payload=False, with_vectors=False
                )
                found.update(str(record.id) for record in records)
                if offset is None:
                    return found

    def count(self) -> int:
        """How many points there are."""
        with _mapped():
            return self._client.count(self._collection, exact=True).count

    def search_sparse(self, vector: SparseVector, k: int, filters: Filters) -> list[Hit]:
        """The best `k` by BM25, best first; none for an empty vector."""
        if not vector.indices:
            return []
        query = models.SparseVector(indices=vector.indices, values=vector.values)
        return self._query(query, SPARSE, k, filters)

    def search_dense(self, vector: NDArray[np.float32], k: int, filters: Filters) -> list[Hit]:
        """The best `k` by cosine, best first."""
        return self._query(vector.tolist(), DENSE, k, filters)

    def flush(self) -> None:
        """Nothing to do: every write waited for the server."""

    def close(self) -> None:
        """Close the connection."""
        with _mapped():
            self._client.close()

    def wipe(self) -> None:
        """Remove all points."""
        with _mapped():
            self._client.delete_collection(self._collection)
            self._create()

    def settle_statistics(self) -> None:
        """The server looks after that itself."""

    def _query(self, query: models.SparseVector | list[float], using: str, k: int, filters: Filters) -> list[Hit]:
        with _mapped():
            response = self._client.query_points(
                self._collection,
                query=query,
                using=using,
                limit=k,
                query_filter=_server_filter(filters),
                with_payload=False,
            )
        return [Hit(str(point.id), point.score) for point in response.points]

    def _create(self) -> None:
        dense = models.VectorParams(size=self._dimension, distance=models.Distance.COSINE)
        sparse = models.SparseVectorParams(modifier=models.Modifier.IDF)
        self._client.create_collection(
            self._collection, vectors_config={DENSE: dense}, sparse_vectors_config={SPARSE: sparse}
        )
        for names, schema in (
            (KEYWORD_FIELDS, models.PayloadSchemaType.KEYWORD),
            (INTEGER_FIELDS, models.PayloadSchemaType.INTEGER),
        ):
            for name in names:
                self._client.create_payload_index(self._collection, name, schema)


@contextmanager
def _mapped() -> Iterator[None]:
    """Turns every error of client, transport and server into one of ours."""
    try:
        yield
    except DataError:
        raise
    except Exception as error:  # the client lets errors of three libraries through
        hint = "Bitte Adresse und Schlüssel des Qdrant-Servers prüfen."
        raise DataError(f"Der Qdrant-Server antwortet nicht wie erwartet: {error}", hint) from error


def _server_point(point: Point) -> models.PointStruct:
    sparse = models.SparseVector(indices=point.sparse.indices, values=point.sparse.values)
    return models.PointStruct(
        id=point.id, vector={DENSE: point.dense.tolist(), SPARSE: sparse}, payload=point.payload()
    )


def _server_filter(filters: Filters) -> models.Filter | None:
    """The conditions of a filter, all of which must hold."""
    must: list[models.Condition] = []
    for key, words in (("kind", filters.kinds), ("document", filters.documents)):
        if words:
            must.append(models.FieldCondition(key=key, match=models.MatchAny(any=sorted(words))))
    for key, low, high in (
        ("latest", filters.latest_at_least, None),
        ("earliest", None, filters.earliest_at_most),
        ("latest", None, filters.latest_at_most),
    ):
        if low is not None or high is not None:
            must.append(models.FieldCondition(key=key, range=models.Range(gte=low, lte=high)))
    return models.Filter(must=must) if must else None
