"""Files that could not be read, remembered with the reason until they succeed, vanish or are dismissed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from index.database import Database
from index.rows import NO_STAMP, Row, Stamp, failures
from ingest.errors import AuskunftError, DocumentNotFound


@dataclass(frozen=True, slots=True)
class FailedFile:
    """One file that is not in the collection. `attempt` names the rules it was last read with; `since` is ISO."""

    origin: str
    source: str
    error: str
    hint: str
    since: str
    sha256: str = ""
    stamp: Stamp = NO_STAMP
    attempt: str = ""
    dismissed: bool = False

    @property
    def id(self) -> str:
        """A short name for the file, to dismiss it by."""
        return hashlib.sha256(self.origin.encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """As command line and API show it."""
        names = ("id", "source", "origin", "error", "hint", "since", "dismissed")
        return {name: getattr(self, name) for name in names}


class Failures:
    """The remembered files of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, *, dismissed: bool = False) -> list[FailedFile]:
        """Those that wait to be dealt with, by place; with `dismissed` the others too."""
        query = sa.select(failures).order_by(failures.c.origin)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [_file(row) for row in rows if dismissed or not row.dismissed]

    def remember(
        self, origin: str, source: str, error: AuskunftError, *, sha256: str, stamp: Stamp, attempt: str
    ) -> None:
        """Note why a file could not be read; an earlier reason is replaced, the first day stays."""
        with self._database.writing(new_generation=False) as connection:
            known = connection.scalar(sa.select(failures.c.since).where(failures.c.origin == origin))
            connection.execute(failures.delete().where(failures.c.origin == origin))
            row = {
                "origin": origin,
                "source": source,
                "sha256": sha256,
                "file_size": stamp.size,
                "file_mtime_ns": stamp.mtime_ns,
                "error": error.message,
                "hint": error.hint,
                "attempt": attempt,
                "since": known or datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
                "dismissed": False,
            }
            connection.execute(failures.insert(), row)

    def clear(self, origins: Iterable[str]) -> None:
        """Forget files that are read now, or gone."""
        wanted = list(origins)
        if wanted:
            with self._database.writing(new_generation=False) as connection:
                connection.execute(failures.delete().where(failures.c.origin == sa.bindparam("gone")), _rows(wanted))

    def dismiss(self, ids: Iterable[str]) -> list[FailedFile]:
        """Stop listing files until they change, by id or its beginning.

        Raises:
            DocumentNotFound: one of them is not remembered; then nothing is dismissed.
        """
        known = self.all()
        chosen = [_chosen(known, id) for id in ids]
        with self._database.writing(new_generation=False) as connection:
            for file in chosen:
                connection.execute(failures.update().where(failures.c.origin == file.origin).values(dismissed=True))
        return chosen


def _rows(origins: list[str]) -> list[dict[str, str]]:
    return [{"gone": origin} for origin in origins]


def _chosen(known: list[FailedFile], id: str) -> FailedFile:
    found = [file for file in known if id and file.id.startswith(id)]
    if len(found) != 1:
        hint = "»auskunft failures« nennt die nicht lesbaren Dateien mit ihrer Kennung."
        raise DocumentNotFound(f"Es gibt keine nicht lesbare Datei mit der Kennung »{id}«.", hint)
    return found[0]


def _file(row: Row) -> FailedFile:
    stamp = Stamp(row.file_size, row.file_mtime_ns)
    return FailedFile(
        row.origin, row.source, row.error, row.hint, row.since, row.sha256, stamp, row.attempt, row.dismissed
    )
