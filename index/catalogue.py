"""The catalogue: all documents and passages in SQL, the only truth about what exists.

A withdrawn document keeps its rows, but counts nowhere: not in passages, not in frequencies, not in lists. A document
that a correction replaced stays readable and searchable, but answers only for days before the correction appeared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from index.cache import Cache
from index.chain import chain_of, relink
from index.database import Database
from index.register import store as store_statements
from index.rows import (
    FULL_COLUMNS,
    LIST_COLUMNS,
    NO_STAMP,
    Stamp,
    Summary,
    box_of,
    document_of,
    document_row,
    documents,
    passage_of,
    passage_row,
    passages,
    summary_of,
    terms,
)
from index.statements import (
    VISIBLE,
    State,
    answering_passages,
    chunks,
    count_terms,
    not_found,
    remove,
    stamp_values,
    visible_documents,
    visible_passages,
)
from ingest.errors import DocumentNotFound
from ingest.facts.types import Fact
from ingest.types import Box, Document, Passage, Status

# Characters of documents that are kept in memory.
READ_LIMIT = 40_000_000


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
    """All documents, passages and document frequencies in one database. Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._read: Cache[str, tuple[State, Document]] = Cache(READ_LIMIT)

    @classmethod
    def at(cls, path: Path) -> Catalogue:
        """The catalogue in one SQLite file. Raises what `Database` raises."""
        return cls(Database.at(path))

    def close(self) -> None:
        """Close all connections."""
        self.database.close()

    # --- writing

    def put(
        self,
        document: Document,
        found: Sequence[Passage],
        term_counts: Mapping[str, int],
        *,
        statements: Sequence[Fact] = (),
        stamp: Stamp = NO_STAMP,
    ) -> None:
        """Store a document with its passages and statements in one transaction, in place of a former version of it.

        `term_counts` says in how many of the passages each term occurs.
        """
        row = document_row(document, term_counts, stamp)
        with self.database.writing() as connection:
            remove(connection, document.id)
            connection.execute(documents.insert(), row)
            if found:
                connection.execute(passages.insert(), [passage_row(p, n) for n, p in enumerate(found)])
            store_statements(connection, document, statements)
            if document.status != "withdrawn":
                count_terms(connection, term_counts, 1)
            relink(connection, row["family"], document.url)
        self._read.drop(document.id)

    def delete(self, id: str) -> None:
        """Remove a document and its passages for good.

        Raises:
            DocumentNotFound: there is none with this id.
        """
        with self.database.writing() as connection:
            kin = connection.execute(sa.select(documents.c.family, documents.c.url).where(documents.c.id == id))
            family, url = kin.one_or_none() or ("", None)
            if not remove(connection, id):
                raise not_found(id)
            relink(connection, family, url)
        self._read.drop(id)

    def set_status(self, id: str, status: Status) -> None:
        """Withdraw a document, or take it back in; its terms leave or join the frequencies.

        Raises:
            DocumentNotFound: there is none with this id.
        """
        with self.database.writing() as connection:
            columns = (documents.c.status, documents.c.term_counts, documents.c.family, documents.c.url)
            row = connection.execute(sa.select(*columns).where(documents.c.id == id)).one_or_none()
            if row is None:
                raise not_found(id)
            connection.execute(documents.update().where(documents.c.id == id).values(status=status))
            change = (row.status == "withdrawn") - (status == "withdrawn")
            if change:
                count_terms(connection, row.term_counts, change)
            relink(connection, row.family, row.url)

    def relocate(self, id: str, origin: str, source: str, stamp: Stamp) -> None:
        """The same document is found at another place from now on."""
        self._describe(id, {"origin": origin, "source": source, **stamp_values(stamp)})

    def restamp(self, id: str, stamp: Stamp) -> None:
        """The file of a document was touched; its content is the same."""
        self._describe(id, stamp_values(stamp))

    # --- reading

    @property
    def generation(self) -> str:
        """A token that changes with every write that the vector store must follow."""
        return self.database.meta("generation") or ""

    def documents(self, *, withdrawn: bool = False) -> list[Document]:
        """All documents with their texts; for listings prefer `summaries`."""
        query = sa.select(*FULL_COLUMNS).order_by(documents.c.source, documents.c.id)
        with self.database.reading() as connection:
            rows = connection.execute(query if withdrawn else query.where(VISIBLE)).all()
        return [document_of(row) for row in rows]

    def summaries(self, *, withdrawn: bool = False) -> list[Summary]:
        """All documents without their texts, with counts of characters and passages."""
        query = _summaries().order_by(documents.c.source, documents.c.id)
        with self.database.reading() as connection:
            rows = connection.execute(query if withdrawn else query.where(VISIBLE)).all()
        return [summary_of(row) for row in rows]

    def document(self, id: str) -> Document:
        """One document by its id or the unique beginning of it, withdrawn ones included.

        Raises:
            DocumentNotFound: none, or several, begin so.
        """
        query = sa.select(*FULL_COLUMNS).where(documents.c.id.startswith(id, autoescape=True)).limit(2)
        with self.database.reading() as connection:
            rows = connection.execute(query).all() if id else []
        exact = [row for row in rows if row.id == id] or rows
        if not exact:
            raise not_found(id)
        if len(exact) > 1:
            raise DocumentNotFound(f"Mehrere Dokumente beginnen mit »{id}«.", "Bitte mehr Zeichen der Kennung angeben.")
        return document_of(exact[0])

    def boxes(self, id: str) -> tuple[tuple[Box, ...], tuple[tuple[float, float], ...]]:
        """Where the text of a document stands on its pages, and the sizes of the pages in points."""
        query = sa.select(documents.c.boxes, documents.c.page_sizes).where(documents.c.id == id)
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise not_found(id)
        return tuple(map(box_of, row.boxes or ())), tuple((size[0], size[1]) for size in row.page_sizes or ())

    def versions_of(self, id: str) -> list[Summary]:
        """The chain of corrections that a document belongs to, oldest first; itself alone where there is none."""
        with self.database.reading(snapshot=True) as connection:
            ids = chain_of(connection, id)
            query = _summaries().where(documents.c.id.in_(ids))
            rows = {row.id: summary_of(row) for row in connection.execute(query)}
        return [rows[entry] for entry in ids if entry in rows]

    def passages_of(self, id: str) -> list[Passage]:
        """The passages of one document in reading order."""
        query = sa.select(passages).where(passages.c.document_id == id).order_by(passages.c.ordinal)
        with self.database.reading() as connection:
            return [passage_of(row) for row in connection.execute(query)]

    def passages_by_ids(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Those of the passages that exist and whose document is not withdrawn, by id."""
        with self.database.reading() as connection:
            return visible_passages(connection, ids)

    def best(self, scores: Mapping[str, float], k: int, as_of: int | None = None) -> list[tuple[Passage, Document]]:
        """The `k` best of the passages that answer on the day `as_of` (yyyymmdd; None: today), ties in reading order.

        Passages and documents are read from one state of the catalogue, so that offsets fit the text.
        """
        with self.database.reading(snapshot=True) as connection:
            found = answering_passages(connection, scores, as_of)
            order = sorted(found, key=lambda f: (-scores[f[0].id], f[0].document_id, f[0].start))[:k]
            texts = self._documents_of(connection, {passage.document_id: state for passage, state in order})
        return [(passage, texts[passage.document_id]) for passage, _ in order]

    def passage_ids(self) -> set[str]:
        """The ids of all passages that searches may show."""
        query = sa.select(passages.c.id).join(documents).where(VISIBLE)
        with self.database.reading() as connection:
            return set(connection.scalars(query))

    def passage_count(self) -> int:
        """How many passages searches may show."""
        query = sa.select(sa.func.count(passages.c.id)).select_from(passages.join(documents)).where(VISIBLE)
        with self.database.reading() as connection:
            return int(connection.scalar(query) or 0)

    def document_frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """In how many passages each term occurs; terms that occur nowhere are 0."""
        found = dict.fromkeys(words, 0)
        with self.database.reading() as connection:
            for chunk in chunks(found):
                rows = connection.execute(sa.select(terms).where(terms.c.term.in_(chunk)))
                found.update((row.term, row.df) for row in rows)
        return found

    def terms_like(self, beginning: str, shortest: int, longest: int) -> list[str]:
        """Terms that begin with `beginning` and are from `shortest` to `longest` characters long.

        A range, and no LIKE: only that finds them through the key.
        """
        length = sa.func.length(terms.c.term)
        query = sa.select(terms.c.term).where(
            terms.c.term.between(beginning, beginning + "\uffff"), length.between(shortest, longest), terms.c.df > 0
        )
        with self.database.reading() as connection:
            return list(connection.scalars(query))

    def entries(self) -> list[Entry]:
        """What sync must know of all documents, withdrawn ones included."""
        columns = ("id", "origin", "source", "sha256", "status", "file_size", "file_mtime_ns")
        query = sa.select(*(documents.c[name] for name in columns)).order_by(documents.c.origin)
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        return [Entry(r.id, r.origin, r.source, r.sha256, r.status, Stamp(r.file_size, r.file_mtime_ns)) for r in rows]

    def has_id(self, id: str) -> bool:
        """Whether a document has exactly this id, withdrawn ones included."""
        return self._exists(documents.c.id == id)

    def has_content(self, sha256: str) -> bool:
        """Whether a document has this content, withdrawn ones included."""
        return self._exists(documents.c.sha256 == sha256)

    # --- within

    def _documents_of(self, connection: sa.Connection, states: Mapping[str, State]) -> dict[str, Document]:
        """Documents by id; a text that was read before is not read again while its state is the same."""
        kept = {id: entry for id in states if (entry := self._read.get(id)) and entry[0] == states[id]}
        for id, document in visible_documents(connection, states.keys() - kept.keys()).items():
            kept[id] = self._read.put(id, (states[id], document), len(document.text))
        return {id: document for id, (_, document) in kept.items()}

    def _exists(self, condition: sa.ColumnElement[bool]) -> bool:
        with self.database.reading() as connection:
            return connection.scalar(sa.select(documents.c.id).where(condition).limit(1)) is not None

    def _describe(self, id: str, values: Mapping[str, str | int | None]) -> None:
        """Change what is said about a document, which the vector store does not hold."""
        with self.database.writing(new_generation=False) as connection:
            connection.execute(documents.update().where(documents.c.id == id).values(values))


def _summaries() -> sa.Select[tuple[object, ...]]:
    """The query of `Summary` rows."""
    number = sa.func.count(passages.c.id).label("passages")
    query = sa.select(*LIST_COLUMNS, number).select_from(documents.outerjoin(passages))
    return query.group_by(documents.c.id)
