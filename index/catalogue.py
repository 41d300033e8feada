"""The catalogue: all documents and passages in SQL, the only truth about what exists.

SQLAlchemy Core on any address; the default is one SQLite file. There: write-ahead log (readers see the last
committed state while one writer works), foreign keys on, ten seconds of patience with another writer, and
`synchronous=NORMAL`, because a lost last transaction after a power cut is repaired by the next `ingest`, while a
torn file is ruled out either way.

A withdrawn document keeps its rows, but counts nowhere: not in passages, not in frequencies, not in lists.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from index.rows import (
    FULL_COLUMNS,
    LIST_COLUMNS,
    NO_STAMP,
    Stamp,
    Summary,
    document_of,
    document_row,
    documents,
    meta,
    metadata,
    passage_of,
    passage_row,
    passages,
    summary_of,
    terms,
)
from index.statements import (
    VISIBLE,
    chunks,
    configure,
    count_terms,
    mapped,
    not_found,
    remove,
    set_meta,
    stamp_values,
    visible_documents,
    visible_passages,
)
from ingest.errors import DataError, DocumentNotFound
from ingest.types import Document, Passage, Status

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What sync must know of a catalogued document."""

    id: str
    origin: str
    source: str
    sha256: str
    status: Status
    stamp: Stamp


class Catalogue:
    """All documents, passages and document frequencies behind one address.

    Safe to use from several threads; writes wait for each other.

    Raises:
        CatalogueDamaged: the file is no catalogue, or damaged.
        DataError: the catalogue was written by a newer version, or the address does not work.
    """

    def __init__(self, url: str | sa.URL) -> None:
        with mapped():
            self._engine = sa.create_engine(url)
            if self._engine.dialect.name == "sqlite":
                sa.event.listen(self._engine, "connect", configure)
        self._prepare()

    @classmethod
    def at(cls, path: Path) -> Catalogue:
        """The catalogue in one SQLite file."""
        return cls(sa.URL.create("sqlite", database=str(path)))

    def close(self) -> None:
        """Close all connections."""
        with mapped():
            self._engine.dispose()

    # --- writing

    def put(
        self,
        document: Document,
        found: Sequence[Passage],
        term_counts: Mapping[str, int],
        *,
        stamp: Stamp = NO_STAMP,
    ) -> None:
        """Store a document with its passages in one transaction, in place of a former version of the same id.

        `term_counts` says in how many of the passages each term occurs.
        """
        row = document_row(document, term_counts, stamp)
        with self._writing() as connection:
            remove(connection, document.id)
            connection.execute(documents.insert(), row)
            if found:
                connection.execute(passages.insert(), [passage_row(p, n) for n, p in enumerate(found)])
            if document.status != "withdrawn":
                count_terms(connection, term_counts, 1)

    def delete(self, id: str) -> None:
        """Remove a document and its passages for good.

        Raises:
            DocumentNotFound: there is none with this id.
        """
        with self._writing() as connection:
            if not remove(connection, id):
                raise not_found(id)

    def set_status(self, id: str, status: Status) -> None:
        """Withdraw a document, or take it back in; its terms leave or join the frequencies.

        Raises:
            DocumentNotFound: there is none with this id.
        """
        with self._writing() as connection:
            query = sa.select(documents.c.status, documents.c.term_counts).where(documents.c.id == id)
            row = connection.execute(query).one_or_none()
            if row is None:
                raise not_found(id)
            connection.execute(documents.update().where(documents.c.id == id).values(status=status))
            change = (row.status == "withdrawn") - (status == "withdrawn")
            if change:
                count_terms(connection, row.term_counts, change)

    def relocate(self, id: str, origin: str, source: str, stamp: Stamp) -> None:
        """The same document is found at another place from now on."""
        self._describe(id, {"origin": origin, "source": source, **stamp_values(stamp)})

    def restamp(self, id: str, stamp: Stamp) -> None:
        """The file of a document was touched; its content is the same."""
        self._describe(id, stamp_values(stamp))

    def set_meta(self, key: str, value: str) -> None:
        """Keep one value under a name."""
        with self._writing(new_generation=False) as connection:
            set_meta(connection, key, value)

    # --- reading

    def meta(self, key: str) -> str | None:
        """The value kept under a name."""
        with self._reading() as connection:
            value: str | None = connection.scalar(sa.select(meta.c.value).where(meta.c.key == key))
            return value

    @property
    def generation(self) -> str:
        """A token that changes with every write that the vector store must follow."""
        return self.meta("generation") or ""

    def documents(self, *, withdrawn: bool = False) -> list[Document]:
        """All documents with their texts; for listings prefer `summaries`."""
        query = sa.select(*FULL_COLUMNS).order_by(documents.c.source, documents.c.id)
        with self._reading() as connection:
            rows = connection.execute(query if withdrawn else query.where(VISIBLE)).all()
        return [document_of(row) for row in rows]

    def summaries(self, *, withdrawn: bool = False) -> list[Summary]:
        """All documents without their texts, with counts of characters and passages."""
        number = sa.func.count(passages.c.id).label("passages")
        query = sa.select(*LIST_COLUMNS, number).select_from(documents.outerjoin(passages))
        query = query.group_by(documents.c.id).order_by(documents.c.source, documents.c.id)
        with self._reading() as connection:
            rows = connection.execute(query if withdrawn else query.where(VISIBLE)).all()
        return [summary_of(row) for row in rows]

    def document(self, id: str) -> Document:
        """One document by its id or the unique beginning of it, withdrawn ones included.

        Raises:
            DocumentNotFound: none, or several, begin so.
        """
        query = sa.select(*FULL_COLUMNS).where(documents.c.id.startswith(id, autoescape=True)).limit(2)
        with self._reading() as connection:
            rows = connection.execute(query).all() if id else []
        exact = [row for row in rows if row.id == id] or rows
        if not exact:
            raise not_found(id)
        if len(exact) > 1:
            raise DocumentNotFound(f"Mehrere Dokumente beginnen mit »{id}«.", "Bitte mehr Zeichen der Kennung angeben.")
        return document_of(exact[0])

    def passages_of(self, id: str) -> list[Passage]:
        """The passages of one document in reading order."""
        query = sa.select(passages).where(passages.c.document_id == id).order_by(passages.c.ordinal)
        with self._reading() as connection:
            return [passage_of(row) for row in connection.execute(query)]

    def passages_by_ids(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Those of the passages that exist and whose document is not withdrawn, by id."""
        with self._reading() as connection:
            return visible_passages(connection, ids)

    def best(self, scores: Mapping[str, float], k: int) -> list[tuple[Passage, Document]]:
        """The `k` best of the passages that exist and are not withdrawn, ties in reading order.

        Passages and documents are read from one state of the catalogue, so that offsets fit the text.
        """
        with self._reading(snapshot=True) as connection:
            found = visible_passages(connection, scores).values()
            order = sorted(found, key=lambda p: (-scores[p.id], p.document_id, p.start))[:k]
            texts = visible_documents(connection, dict.fromkeys(p.document_id for p in order))
        return [(passage, texts[passage.document_id]) for passage in order]

    def passage_ids(self) -> set[str]:
        """The ids of all passages that searches may show."""
        query = sa.select(passages.c.id).join(documents).where(VISIBLE)
        with self._reading() as connection:
            return set(connection.scalars(query))

    def passage_count(self) -> int:
        """How many passages searches may show."""
        query = sa.select(sa.func.count(passages.c.id)).select_from(passages.join(documents)).where(VISIBLE)
        with self._reading() as connection:
            return int(connection.scalar(query) or 0)

    def document_frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """In how many passages each term occurs; terms that occur nowhere are 0."""
        found = dict.fromkeys(words, 0)
        with self._reading() as connection:
            for chunk in chunks(found):
                rows = connection.execute(sa.select(terms).where(terms.c.term.in_(chunk)))
                found.update((row.term, row.df) for row in rows)
        return found

    def terms_like(self, beginning: str, shortest: int, longest: int) -> list[str]:
        """Terms that begin with `beginning` and are from `shortest` to `longest` characters long."""
        length = sa.func.length(terms.c.term)
        query = sa.select(terms.c.term).where(
            terms.c.term.startswith(beginning, autoescape=True), length.between(shortest, longest), terms.c.df > 0
        )
        with self._reading() as connection:
            return list(connection.scalars(query))

    def entries(self) -> list[Entry]:
        """What sync must know of all documents, withdrawn ones included."""
        columns = ("id", "origin", "source", "sha256", "status", "file_size", "file_mtime_ns")
        query = sa.select(*(documents.c[name] for name in columns)).order_by(documents.c.origin)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [Entry(r.id, r.origin, r.source, r.sha256, r.status, Stamp(r.file_size, r.file_mtime_ns)) for r in rows]

    def has_id(self, id: str) -> bool:
        """Whether a document has exactly this id, withdrawn ones included."""
        return self._exists(documents.c.id == id)

    def has_content(self, sha256: str) -> bool:
        """Whether a document has this content, withdrawn ones included."""
        return self._exists(documents.c.sha256 == sha256)

    # --- within

    def _exists(self, condition: sa.ColumnElement[bool]) -> bool:
        with self._reading() as connection:
            return connection.scalar(sa.select(documents.c.id).where(condition).limit(1)) is not None

    def _describe(self, id: str, values: Mapping[str, str | int | None]) -> None:
        """Change what is said about a document, which the vector store does not hold."""
        with self._writing(new_generation=False) as connection:
            connection.execute(documents.update().where(documents.c.id == id).values(values))

    @contextmanager
    def _reading(self, *, snapshot: bool = False) -> Iterator[sa.Connection]:
        """A connection; with `snapshot` all its queries see the same committed state."""
        with mapped(), self._engine.connect() as connection:
            if snapshot and self._engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            elif snapshot:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def _writing(self, *, new_generation: bool = True) -> Iterator[sa.Connection]:
        """One transaction, all or nothing. Its first statement writes, so that writers queue and never deadlock."""
        with mapped(), self._engine.begin() as connection:
            change = {"value": uuid.uuid4().hex} if new_generation else {"value": meta.c.value}
            connection.execute(meta.update().where(meta.c.key == "generation").values(change))
            yield connection

    def _prepare(self) -> None:
        """Make the tables where there are none; refuse those of a newer version."""
        with mapped():
            if not sa.inspect(self._engine).has_table("meta"):
                with self._engine.begin() as connection:
                    metadata.create_all(connection)
                    set_meta(connection, "schema", str(SCHEMA_VERSION))
                    set_meta(connection, "generation", uuid.uuid4().hex)
        found = self.meta("schema") or "0"
        if not found.isdigit() or int(found) != SCHEMA_VERSION:
            message = f"Dieser Datenordner gehört zu einer anderen Fassung von Auskunft (Schema {found})."
            raise DataError(message, "Bitte Auskunft aktualisieren oder mit --data einen anderen Ordner wählen.")
