"""Keeps chains of corrections right inside the transaction that adds, removes or withdraws a document."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import sqlalchemy as sa

from index.filters import publication_days
from index.rows import Row, documents
from ingest.types import Published
from ingest.versions import Version, predecessors, sentence_prints, similarity

# More documents under one title or address than this are a series or a whole site, not versions of one text.
KIN_LIMIT = 60
_COLUMNS = ("id", "publisher", "published", "correction", "status", "replaces", "replaced_on", "family", "url")


def relink(connection: sa.Connection, family: str, url: str | None) -> None:
    """Decide anew which of the documents of a title or an address replaces which."""
    kin = _kin(connection, {family}, {url})
    if not kin:
        return
    chain = predecessors([_version(row) for row in kin.values()], _alike(connection)) if len(kin) > 1 else {}
    successor = {older: kin[newer] for newer, older in chain.items()}
    for id, row in kin.items():
        later = successor.get(id)
        wanted = {
            "status": "corrected" if later else "current",
            "replaces": chain.get(id),
            "replaced_on": publication_days(_published(later))[0] if later else None,
        }
        if any(getattr(row, name) != value for name, value in wanted.items()):
            connection.execute(documents.update().where(documents.c.id == id).values(wanted))


def chain_of(connection: sa.Connection, id: str) -> list[str]:
    """The ids of a document and of all that it replaced or that replaced it, oldest first."""
    chain = [id]
    while (found := _one(connection, _earlier(chain[0]))) and found not in chain:
        chain.insert(0, found)
    while (found := _one(connection, _later(chain[-1]))) and found not in chain:
        chain.append(found)
    return chain


def _one(connection: sa.Connection, query: sa.Select[Any]) -> str | None:
    found: str | None = connection.scalar(query)
    return found


def _earlier(id: str) -> sa.Select[Any]:
    return sa.select(documents.c.replaces).where(documents.c.id == id)


def _later(id: str) -> sa.Select[Any]:
    return sa.select(documents.c.id).where(documents.c.replaces == id)


def _kin(connection: sa.Connection, families: set[str], urls: set[str | None]) -> dict[str, Row]:
    """All visible documents that share a title or an address with one another, by id."""
    kin: dict[str, Row] = {}
    while True:
        found = {row.id: row for row in (*_sharing(connection, "family", families), *_sharing(connection, "url", urls))}
        if found.keys() <= kin.keys():
            return kin
        kin |= found
        families = {row.family for row in kin.values()}
        urls = {row.url for row in kin.values()}


def _sharing(connection: sa.Connection, name: str, values: set[str] | set[str | None]) -> list[Row]:
    """Visible documents with one of the values; none of a value that too many share, but for marked corrections."""
    column = documents.c[name]
    rows: list[Row] = []
    for value in values:
        if not value:
            continue
        query = sa.select(*(documents.c[c] for c in _COLUMNS)).where(column == value, documents.c.status != "withdrawn")
        found = connection.execute(query.limit(KIN_LIMIT + 1)).all()
        if len(found) > KIN_LIMIT:
            linked = (
                (documents.c.correction > 0) | documents.c.replaces.is_not(None) | (documents.c.status != "current")
            )
            found = connection.execute(query.where(linked).limit(KIN_LIMIT)).all()
        rows += found
    return rows


def _version(row: Row) -> Version:
    return Version(row.id, row.publisher, _published(row), row.correction)


def _published(row: Row) -> Published:
    span = row.published["range"]
    return Published(**(row.published | {"range": tuple(span) if span else None}))


def _alike(connection: sa.Connection) -> Callable[[str, str], float]:
    """Similarity of two documents by id; each text is read once."""

    @cache
    def prints(id: str) -> frozenset[str]:
        row = connection.execute(sa.select(documents.c.text, documents.c.sections).where(documents.c.id == id)).one()
        body = (row.text[s["start"] : s["end"]] for s in row.sections if s["role"] == "body")
        return sentence_prints("\n".join(body))

    return lambda one, other: similarity(prints(one), prints(other))
