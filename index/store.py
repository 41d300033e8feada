"""The vector store: a small interface, and the Qdrant engine inside this process.

Every point is one passage with a dense and a sparse vector. The store is derived: whatever it holds can be
made again from the catalogue, and what the catalogue does not know is never shown.

Written for qdrant-edge-py 0.9.0: all its errors are plain `Exception`, told apart by their wording; a point id
must be a UUID; a second opener is refused by the lock of the write-ahead log; NaN is stored without a word.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
import qdrant_edge as edge
from numpy.typing import NDArray

from index.filters import Filters
from index.lexical import SparseVector
from ingest.errors import DataError, FolderFull, FolderInUse

DENSE = "dense"
SPARSE = "sparse"
KEYWORD_FIELDS = ("document", "kind")
INTEGER_FIELDS = ("earliest", "latest")
BATCH = 256
_FULL = ("No space left", "File too large", "os error 28", "os error 27", "Disk quota", "os error 122")


@dataclass(frozen=True, slots=True)
class Point:
    """One passage as the store keeps it; days are yyyymmdd, None without a date."""

    id: str
    document: str
    kind: str
    earliest: int | None
    latest: int | None
    sparse: SparseVector
    dense: NDArray[np.float32]

    def payload(self) -> dict[str, str | int]:
        """What filters look at; an unknown day is left out, so that no range holds it."""
        found: dict[str, str | int] = {"document": self.document, "kind": self.kind}
        if self.earliest is not None and self.latest is not None:
            found |= {"earliest": self.earliest, "latest": self.latest}
        return found


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage id and its raw score: BM25 for sparse, cosine for dense search."""

    id: str
    score: float


class Store(Protocol):
    """What search and sync need of a vector store. Safe to use from several threads."""

    def upsert(self, points: Sequence[Point]) -> None:
        """Add points, or replace those of the same id."""

    def delete(self, ids: Sequence[str]) -> None:
        """Remove points; unknown ids are ignored."""

    def ids(self) -> set[str]:
        """The ids of all points."""

    def count(self) -> int:
        """How many points there are."""

    def search_sparse(self, vector: SparseVector, k: int, filters: Filters) -> list[Hit]:
        """The best `k` by BM25, best first."""

    def search_dense(self, vector: NDArray[np.float32], k: int, filters: Filters) -> list[Hit]:
        """The best `k` by cosine, best first."""

    def flush(self) -> None:
        """Everything written so far survives a power cut."""

    def close(self) -> None:
        """Give the store back; it cannot be used afterwards."""

    def wipe(self) -> None:
        """Remove all points."""

    def settle_statistics(self) -> None:
        """Let the inverse document frequencies forget points that were deleted."""


class UnreadableStore(DataError):
    """The files of the store are missing parts or damaged; it can be made again from the catalogue."""

    hint = "Bitte einmal »auskunft ingest --rebuild« ausführen."


class EdgeStore:
    """Qdrant's engine in this process, its files in one folder that belongs to it alone.

    Raises:
        FolderInUse: another process (or another store object) has this folder open.
        UnreadableStore: the files are damaged, or hold vectors of another dimension.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        self.folder = folder
        self._dimension = dimension
        self._shard = self._open()

    def upsert(self, points: Sequence[Point]) -> None:
        """Add points, or replace those of the same id, acknowledged by the write-ahead log."""
        rest = iter(points)
        with _mapped():
            while batch := [_edge_point(point) for point in islice(rest, BATCH)]:
                self._shard.update(edge.UpdateOperation.upsert_points(batch))

    def delete(self, ids: Sequence[str]) -> None:
        """Remove points; unknown ids are ignored."""
        if ids:
            with _mapped():
                self._shard.update(edge.UpdateOperation.delete_points(list(ids)))

    def ids(self) -> set[str]:
        """The ids of all points."""
        found: set[str] = set()
        offset = None
        with _mapped():
            while True:
                request = edge.ScrollRequest(offset=offset, limit=4096, with_payload=False, with_vector=False)
                records, offset = self._shard.scroll(request)
                found.update(str(record.id) for record in records)
                if offset is None:
                    return found

    def count(self) -> int:
        """How many points there are."""
        with _mapped():
            return int(self._shard.count(edge.CountRequest(exact=True)))

    def search_sparse(self, vector: SparseVector, k: int, filters: Filters) -> list[Hit]:
        """The best `k` by BM25, best first; none for an empty vector."""
        if not vector.indices:
            return []
        return self._query(edge.SparseVector(vector.indices, vector.values), SPARSE, k, filters)

    def search_dense(self, vector: NDArray[np.float32], k: int, filters: Filters) -> list[Hit]:
        """The best `k` by cosine, best first."""
        return self._query(vector.tolist(), DENSE, k, filters)

    def flush(self) -> None:
        """Everything written so far survives a power cut."""
        with _mapped():
            self._shard.flush()

    def close(self) -> None:
        """Flush and give back the folder."""
        with _mapped():
            self._shard.close()

    def wipe(self) -> None:
        """Remove all points, and with them the statistics behind the inverse document frequencies."""
        with suppress(UnreadableStore):
            self.close()
        with _mapped():
            shutil.rmtree(self.folder)
        self._shard = self._open()

    def settle_statistics(self) -> None:
        """The engine counts deleted points until it opens its files anew."""
        with _mapped():
            self._shard.flush()
            self._shard.close()
        self._shard = self._open()

    def _query(self, vector: list[float] | edge.SparseVector, using: str, k: int, filters: Filters) -> list[Hit]:
        query = edge.Query.Nearest(vector, using=using)
        request = edge.QueryRequest(limit=k, query=query, filter=_edge_filter(filters), with_payload=False)
        with _mapped():
            return [Hit(str(point.id), float(point.score)) for point in self._shard.query(request)]

    def _open(self) -> edge.EdgeShard:
        """The shard of the folder, made where there is none."""
        with _mapped():
            if any(self.folder.glob("segments/*")):
                return edge.EdgeShard.load(str(self.folder), _config(self._dimension))
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            shard = edge.EdgeShard.create(str(self.folder), _config(self._dimension))
            for name in KEYWORD_FIELDS:
                shard.update(edge.UpdateOperation.create_field_index(name, edge.PayloadSchemaType.Keyword))
            for name in INTEGER_FIELDS:
                shard.update(edge.UpdateOperation.create_field_index(name, edge.PayloadSchemaType.Integer))
            return shard


@contextmanager
def _mapped() -> Iterator[None]:
    """Turns every error of the engine and of its files into one of ours."""
    try:
        yield
    except DataError:
        raise
    except BaseException as error:  # the engine raises nothing narrower, and a panic of Rust is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        reason = str(error)
        if "WouldBlock" in reason:
            raise FolderInUse("Ein anderes Programm benutzt diesen Datenordner gerade.") from error
        if any(sign in reason for sign in _FULL):
            raise FolderFull("Der Suchindex lässt sich nicht weiter beschreiben: kein Platz mehr.") from error
        raise UnreadableStore(f"Der Suchindex meldet einen Fehler: {error}") from error


def _config(dimension: int) -> edge.EdgeConfig:
    return edge.EdgeConfig(
        vectors={DENSE: edge.EdgeVectorParams(dimension, edge.Distance.Cosine)},
        sparse_vectors={SPARSE: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
    )


def _edge_point(point: Point) -> edge.Point:
    sparse = edge.SparseVector(point.sparse.indices, point.sparse.values)
    return edge.Point(point.id, {DENSE: point.dense.tolist(), SPARSE: sparse}, point.payload())


def _edge_filter(filters: Filters) -> edge.Filter | None:
    """The conditions of a filter, all of which must hold."""
    must: list[edge.ConditionType] = []
    for key, words in (("kind", filters.kinds), ("document", filters.documents)):
        if words:
            must.append(edge.FieldCondition(key, match=edge.MatchAny(sorted(words))))
    if filters.latest_at_least is not None:
        must.append(edge.FieldCondition("latest", range=edge.RangeFloat(gte=filters.latest_at_least)))
    if filters.earliest_at_most is not None:
        must.append(edge.FieldCondition("earliest", range=edge.RangeFloat(lte=filters.earliest_at_most)))
    if filters.latest_at_most is not None:
        must.append(edge.FieldCondition("latest", range=edge.RangeFloat(lte=filters.latest_at_most)))
    return edge.Filter(must=must) if must else None
