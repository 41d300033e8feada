"""The statements of the catalogue inside one connection, and its errors as ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

import sqlalchemy as sa

from index.rows import FULL_COLUMNS, Stamp, document_of, documents, meta, passage_of, passages, terms
from ingest.errors import CatalogueDamaged, DataError, DocumentNotFound, FolderInUse
from ingest.types import Document, Passage

CHUNK = 500
VISIBLE = documents.c.status != "withdrawn"


@contextmanager
def mapped() -> Iterator[None]:
    """Turns every error of SQLAlchemy and its driver into one of ours."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", None) or error)
        if "locked" in reason:
            raise FolderInUse("Ein anderes Programm schreibt gerade in den Katalog.") from error
        if any(sign in reason for sign in ("not a database", "malformed", "no such table", "no such column")):
            raise CatalogueDamaged(f"Der Katalog ist beschädigt ({reason}).") from error
        hint = "Bitte Speicherplatz, Zugriffsrechte und Adresse des Datenordners prüfen."
        raise DataError(f"Der Katalog ist nicht benutzbar: {reason}", hint) from error


# Any: the driver's own connection, and SQLAlchemy's record of it.
def configure(connection: Any, _record: Any) -> None:
    """Settings of every new SQLite connection; see `catalogue`."""
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


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


def visible_passages(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Passage]:
    """Those of the passages whose document is not withdrawn, by id."""
    query = sa.select(passages).join(documents).where(VISIBLE)
    results = (connection.execute(query.where(passages.c.id.in_(chunk))) for chunk in chunks(ids))
    return {row.id: passage_of(row) for rows in results for row in rows}


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
