"""Texts as a real data folder: catalogue and vector store on disk, filled as an ingest fills them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid5

from eval.bench.sets import Query, TextSet
from index.embedding import Embedder
from index.library import Library
from index.points import points_of, term_counts
from ingest.passages import split
from ingest.reading import NAMESPACE
from ingest.types import Document, Passage, Published, Section

Read = tuple[Document, Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Collection:
    """An open data folder with queries. `unit_of`: by passage, the id that counts as right or wrong."""

    library: Library
    queries: tuple[Query, ...]
    unit_of: Mapping[str, str]


def plain_document(id: str, text: str, title: str = "") -> Document:
    """A text without known sections: all of it is body."""
    return Document(
        id=str(uuid5(NAMESPACE, f"bench:{id}")),
        source=id,
        origin=f"bench:{id}",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=title,
        kind="",
        publisher="",
        published=Published(),
        text=text,
        sections=(Section("body", 0, len(text)),),
    )


@dataclass(slots=True)
class Spent:
    """How many passages were stored, and the seconds for vectors, vector store, catalogue and closing."""

    passages: int = 0
    vectors: float = 0.0
    store: float = 0.0
    catalogue: float = 0.0
    closing: float = 0.0


def store(library: Library, read: Iterable[Read]) -> Spent:
    """Bring documents with their passages into a library, in the order of an ingest, without the statements in them."""
    spent, clock = Spent(), time.perf_counter
    with library.keeper.writing() as opened:
        for document, passages in read:
            begun = clock()
            points = points_of(document, passages, library.embedder)
            counted = clock()
            opened().upsert(points)
            upserted = clock()
            library.catalogue.put(document, passages, term_counts(document, passages))
            spent.passages += len(passages)
            spent.vectors += counted - begun
            spent.store += upserted - counted
            spent.catalogue += clock() - upserted
        begun = clock()
    spent.closing = clock() - begun
    return spent


@contextmanager
def of_texts(texts: TextSet, embedder: Embedder | None = None) -> Iterator[Collection]:
    """The texts of a set in a folder that is gone afterwards, each divided into passages as any document is."""
    with TemporaryDirectory(prefix="auskunft-bench-") as data, Library(Path(data), embedder=embedder) as library:
        documents = {id: plain_document(str(number), text) for number, (id, text) in enumerate(texts.texts.items())}
        read = {id: (document, split(document)) for id, document in documents.items()}
        store(library, read.values())
        unit_of = {passage.id: id for id, (_, passages) in read.items() for passage in passages}
        yield Collection(library, texts.queries, unit_of)
