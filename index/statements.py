"""The statements of the catalogue inside one connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import sqlalchemy as sa

from index.rows import FULL_COLUMNS, Stamp, document_of, documents, meta, passage_of, passages, terms
from ingest.errors import DocumentNotFound
from ingest.types import Document, Passage

CHUNK = 500
VISIBLE = documents.c.status != "withdrawn"
# What tells whether a document is still as it was read before.
_STATE = tuple(documents.c[name] for name in ("id", "sha256", "status", "replaces", "source", "origin"))
State = tuple[object, ...]


def stamp_values(stamp: Stamp) -> dict[str, int | None]:
    """The columns of a stamp."""
    return {"file_size": stamp.size, "file_mtime_ns": stamp.mtime_ns}


def not_found(id: str) -> DocumentNotFound:
    """The error for an unknown id."""
    return DocumentNotFound(f"Es gibt kein Dokument mit der Kennung »{id}«.")


def remove(connection: sa.Connection, id: str) -> bool:
    """Delete a document with its passages and its share of the frequencies; False where there is none."""
    query = sa.select(documents.c.status, documents.c.term_counts).where(documents.c.id == id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return False
    if row.status != "withdrawn":
        count_terms(connection, row.term_counts, -1)
    connection.execute(passages.delete().where(passages.c.document_id == id))
    connection.execute(documents.delete().where(documents.c.id == id))
    return True


def count_terms(connection: sa.Connection, counts: Mapping[str, int], sign: int) -> None:
    """Add the counts of a document to the frequencies, or take them away."""
    known: set[str] = set()
    for chunk in chunks(counts):
        known.update(connection.scalars(sa.select(terms.c.term).where(terms.c.term.in_(chunk))))
    changes = [{"name": term, "change": sign * counts[term]} for term in known]
    if changes:
        update = terms.update().where(terms.c.term == sa.bindparam("name"))
        connection.execute(update.values(df=terms.c.df + sa.bindparam("change")), changes)
    new = [{"term": term, "df": sign * number} for term, number in counts.items() if term not in known]
    if new:
        connection.execute(terms.insert(), new)


def answering(as_of: int | None) -> sa.ColumnElement[bool]:
    """Documents that may answer on a day (yyyymmdd; None: today): a replaced one only before its correction."""
    current = documents.c.status == "current"
    if as_of is None:
        return current
    return current | ((documents.c.status == "corrected") & (documents.c.replaced_on > as_of))


def visible_passages(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Passage]:
    """Those of the passages whose document is not withdrawn, by id."""
    query = sa.select(passages).join(documents).where(VISIBLE)
    results = (connection.execute(query.where(passages.c.id.in_(chunk))) for chunk in chunks(ids))
    return {row.id: passage_of(row) for rows in results for row in rows}


def answering_passages(
    connection: sa.Connection, ids: Iterable[str], as_of: int | None
) -> Iterator[tuple[Passage, State]]:
    """Those of the passages whose document may answer on a day, with the state of that document."""
    query = sa.select(passages, *_STATE).join(documents).where(answering(as_of))
    for chunk in chunks(ids):
        for row in connection.execute(query.where(passages.c.id.in_(chunk))):
            yield passage_of(row), tuple(row[-len(_STATE) :])


def visible_documents(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Document]:
    """Those of the documents that are not withdrawn, by id."""
    query = sa.select(*FULL_COLUMNS).where(VISIBLE)
    results = (connection.execute(query.where(documents.c.id.in_(chunk))) for chunk in chunks(ids))
    return {row.id: document_of(row) for rows in results for row in rows}


def set_meta(connection: sa.Connection, key: str, value: str) -> None:
    """Keep one value under a name."""
    connection.execute(meta.delete().where(meta.c.key == key))
    connection.execute(meta.insert(), {"key": key, "value": value})


def chunks(items: Iterable[str]) -> Iterator[list[str]]:
    """Lists short enough for one statement."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
