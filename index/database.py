"""One database behind an address: connections, transactions, tables of the right version.

SQLite by default. There: write-ahead log (readers see the last committed state while one writer works), foreign keys
on, ten seconds of patience with another writer, `synchronous=NORMAL` (a lost last transaction after a power cut is
repaired by the next `ingest`, while a torn file is ruled out either way), and `secure_delete`, so that what was
forgotten does not linger in free pages.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index.migrations import NEWEST, migrate
from index.rows import meta, metadata
from index.statements import set_meta
from ingest.errors import CatalogueDamaged, DataError, FolderFull, FolderInUse

SCHEMA_VERSION = NEWEST
_PRAGMAS = ("busy_timeout=10000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON")


class Database:
    """Safe to use from several threads; writes wait for each other.

    Raises:
        CatalogueDamaged: the file is no catalogue, or damaged.
        DataError: the catalogue was written by a newer version, or the address does not work.
    """

    def __init__(self, url: str | sa.URL) -> None:
        with mapped():
            self._engine = sa.create_engine(url)
            if self._engine.dialect.name == "sqlite":
                sa.event.listen(self._engine, "connect", _configure)
        self._prepare()

    @classmethod
    def at(cls, path: Path) -> Database:
        """The database in one SQLite file."""
        return cls(sa.URL.create("sqlite", database=str(path)))

    def close(self) -> None:
        """Close all connections."""
        with mapped():
            self._engine.dispose()

    def meta(self, key: str) -> str | None:
        """The value kept under a name."""
        with self.reading() as connection:
            value: str | None = connection.scalar(sa.select(meta.c.value).where(meta.c.key == key))
            return value

    def set_meta(self, key: str, value: str) -> None:
        """Keep one value under a name."""
        with self.writing(new_generation=False) as connection:
            set_meta(connection, key, value)

    @contextmanager
    def reading(self, *, snapshot: bool = False) -> Iterator[sa.Connection]:
        """A connection; with `snapshot` all its queries see the same committed state."""
        with mapped(), self._engine.connect() as connection:
            if snapshot and self._engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            elif snapshot:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self, *, new_generation: bool = True) -> Iterator[sa.Connection]:
        """One transaction, all or nothing. Its first statement writes, so that writers queue and never deadlock.

        With `new_generation`, the vector store must follow what is written.
        """
        with mapped(), self._engine.begin() as connection:
            change = {"value": uuid.uuid4().hex} if new_generation else {"value": meta.c.value}
            connection.execute(meta.update().where(meta.c.key == "generation").values(change))
            yield connection

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the files: the log is written back and emptied."""
        if self._engine.dialect.name == "sqlite":
            with mapped(), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path) -> None:
        """A consistent copy of the committed state into a new SQLite file, while others read and write."""
        self._copy(lambda own: _pour(own, path))

    def replace_by(self, path: Path) -> None:
        """Take over the content of another SQLite file in one transaction; readers see the old or the new state."""
        self._copy(lambda own: _pour(path, own))
        self._prepare()
        with self.writing():
            pass

    def _copy(self, step: Any) -> None:
        if self._engine.dialect.name != "sqlite":
            raise DataError("Der Katalog liegt auf einem Datenbankserver.", "Bitte mit dessen Werkzeugen sichern.")
        with mapped(), self._engine.connect() as connection:
            step(connection.connection.driver_connection)

    def _prepare(self) -> None:
        """Make the tables where there are none, bring older ones up, refuse those of a newer version."""
        with mapped():
            if not sa.inspect(self._engine).has_table("meta"):
                with self._engine.begin() as connection:
                    if self._engine.dialect.name == "sqlite":  # which would otherwise commit each table on its own
                        connection.exec_driver_sql("BEGIN IMMEDIATE")
                    metadata.create_all(connection)
                    set_meta(connection, "schema", str(SCHEMA_VERSION))
                    set_meta(connection, "generation", uuid.uuid4().hex)
        found = self.meta("schema") or "0"
        if not found.isdigit() or not 1 <= int(found) <= SCHEMA_VERSION:
            message = f"Dieser Datenordner gehört zu einer anderen Fassung von Auskunft (Schema {found})."
            raise DataError(message, "Bitte Auskunft aktualisieren oder mit --data einen anderen Ordner wählen.")
        if int(found) < SCHEMA_VERSION:
            with self.writing() as connection:
                known = connection.scalar(sa.select(meta.c.value).where(meta.c.key == "schema"))
                migrate(connection, int(known or found))
                set_meta(connection, "schema", str(SCHEMA_VERSION))


@contextmanager
def mapped() -> Iterator[None]:
    """Turns every error of SQLAlchemy and its driver into one of ours."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", None) or error)
        if "locked" in reason:
            raise FolderInUse("Ein anderes Programm schreibt gerade in den Katalog.") from error
        if any(sign in reason for sign in ("disk is full", "disk I/O error", "readonly database")):
            cause = f"kein Platz mehr oder ein Fehler des Datenträgers ({reason})"
            raise FolderFull(f"Der Datenordner lässt sich nicht weiter beschreiben: {cause}.") from error
        if any(sign in reason for sign in ("not a database", "malformed", "no such table", "no such column")):
            raise CatalogueDamaged(f"Der Katalog ist beschädigt ({reason}).") from error
        hint = "Bitte Speicherplatz, Zugriffsrechte und Adresse des Datenordners prüfen."
        raise DataError(f"Der Katalog ist nicht benutzbar: {reason}", hint) from error


# Any: the driver's own connection, and SQLAlchemy's record of it.
def _configure(connection: Any, _record: Any) -> None:
    """Settings of every new SQLite connection; see the module."""
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _pour(source: Any, target: Any) -> None:
    """Copy one SQLite database into another; either may be a path."""
    given = [sqlite3.connect(end) for end in (source, target) if isinstance(end, Path)]
    try:
        first = given[0] if isinstance(source, Path) else source
        second = given[-1] if isinstance(target, Path) else target
        first.backup(second)
    finally:
        for connection in given:
            connection.close()
