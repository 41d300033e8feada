"""The assistant: one data folder, its library and the answer pipeline, as command line, API and web app use it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from app.answering.collection import newest_day
from app.answering.engine import Engine
from app.answers import Answer, CorpusState, Hit
from app.data import load
from app.difference import Difference, compare
from app.feedback.store import Feedback
from app.opening import open_library
from app.register.conflicts import Conflict
from app.register.register import Register
from app.register.rows import Row
from app.settings import Settings
from index.failures import FailedFile
from index.filters import Filters
from index.register import Action, Decision
from index.report import IngestReport, Progress, ProgressCallback
from index.rows import Summary
from ingest.errors import FingerprintMismatch, InputError
from ingest.types import Document

if TYPE_CHECKING:
    from index.backup import BackupReport


class Assistant:
    """Use as a context manager; several threads may share it.

    Raises:
        DataError: the data folder cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = open_library(settings)
        self._register = Register(self.library.register, settings.programme)
        self.engine = Engine(self.library, contact=settings.contact, programme=settings.programme)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the data folder back."""
        self.library.close()

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.library.folder

    def hold(self) -> None:
        """Take the data folder for this process now, and not only with the first search. Raises FolderInUse."""
        with suppress(FingerprintMismatch):  # said by the first search; until then the folder can be rebuilt here
            self.library.search("", 1)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        lang: str | None = None,
        today: datetime.date | None = None,
    ) -> Answer:
        """One cited answer; `history` holds the earlier questions, oldest first."""
        return self.engine.answer(question, history=history, as_of=as_of, language=lang, today=today)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        published_from: str | None = None,
        published_to: str | None = None,
        kind: str | None = None,
    ) -> list[Hit]:
        """Ranked passages."""
        filters = Filters(published_from, published_to, kinds=frozenset([kind] if kind else []))
        return [
            Hit(rank, item.score, item.document, item.passage.start, item.passage.end)
            for rank, item in enumerate(self.library.search(query, k, filters=filters), start=1)
        ]

    def documents(self, *, withdrawn: bool = False) -> list[Summary]:
        """All visible documents, without their texts; those that were withdrawn, too, if asked for."""
        return self.library.documents(withdrawn=withdrawn)

    def document(self, id: str) -> tuple[Document, int]:
        """One document with its number of passages. Raises DocumentNotFound."""
        document = self.library.document(id)
        return document, len(self.library.passages(document.id))

    def ingest(
        self,
        paths: Iterable[Path],
        *,
        prune: bool = False,
        rebuild: bool = False,
        progress: ProgressCallback | None = None,
        today: datetime.date | None = None,
    ) -> IngestReport:
        """Bring in files and folders."""
        return self.library.ingest(paths, prune=prune, rebuild=rebuild, progress=progress, today=today)

    def ingest_upload(self, name: str, data: bytes) -> IngestReport:
        """Bring in one uploaded file."""
        return self.library.ingest_bytes(name, data)

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Withdraw documents. Raises DocumentNotFound."""
        return self.library.remove(ids)

    def forget(self, ids: Sequence[str]) -> list[str]:
        """Delete documents for good, everywhere. Raises DocumentNotFound."""
        forgotten = self.library.forget(ids)
        Feedback(self.settings).forget(forgotten)
        return forgotten

    def versions(self, id: str) -> list[Summary]:
        """A document among its corrections, oldest first. Raises DocumentNotFound."""
        return self.library.versions(id)

    def difference(self, id: str) -> Difference | None:
        """What a document changed in the one that it replaces; None where it replaces none. Raises DocumentNotFound."""
        newer = self.library.document(id)
        return compare(self.library.document(newer.replaces), newer) if newer.replaces else None

    def page_picture(self, id: str, page: int) -> bytes:
        """A page (counted from 1) as PNG. Raises DocumentNotFound; InputError where there is none, or it is damaged."""
        document = self.library.document(id)
        original = self.library.original(document.id) if document.pages else None
        if original is None or not 1 <= page <= (document.page_count or 0):
            raise InputError(f"Von »{document.source}« gibt es kein Bild einer Seite {page}.")
        from ingest.readers.page_picture import render_page  # and with it the readers of all formats

        return render_page(original, page)

    def facts(
        self,
        *,
        kind: str | None = None,
        measure: str | None = None,
        place: str | None = None,
        as_of: str | None = None,
        hidden: bool = False,
    ) -> list[Row]:
        """Rows of the register; see `Register.rows`."""
        return self._register.rows(kind=kind, measure=measure, place=place, as_of=as_of, hidden=hidden)

    def conflicts(self) -> list[Conflict]:
        """Statements of different documents that cannot both hold."""
        return self._register.conflicts()

    def fact(self, id: str) -> tuple[Row, list[Decision]]:
        """One row of the register and all decisions about it, oldest first. Raises DocumentNotFound."""
        return self._register.row(id)

    def decide(
        self, id: str, action: Action, *, who: str, note: str = "", change: Mapping[str, Any] | None = None
    ) -> Row:
        """Confirm, correct or hide a row of the register, mark its source as wrong, or take that back.

        Raises DocumentNotFound; InputError where a correction does not fit the row.
        """
        return self._register.decide(id, action, who=who, note=note, change=change)

    def failures(self) -> list[FailedFile]:
        """Files that could not be read and still wait to be dealt with."""
        return self.library.failures()

    def dismiss(self, ids: Sequence[str]) -> list[FailedFile]:
        """Stop listing failed files until they change. Raises DocumentNotFound."""
        return self.library.dismiss(ids)

    def backup(self, target: Path) -> BackupReport:
        """Everything in one file, made while others read and write. Raises FolderFull."""
        return self.library.backup(target)

    def restore(self, source: Path) -> BackupReport:
        """The content of a backup in place of what is there. Raises UnreadableFile."""
        return self.library.restore(source)

    def activity(self) -> Progress | None:
        """How far the present ingest is; None while there is none."""
        return self.library.progress

    def samples(self, lang: str) -> dict[str, list[str]]:
        """Sample questions by persona."""
        return {p["label"][lang]: list(p["questions"][lang]) for p in load("samples")["persona"]}

    def state(self) -> CorpusState:
        """Size and date of the collection."""
        rows = self.library.documents()
        return CorpusState(len(rows), sum(row.passages for row in rows), newest_day(row.published for row in rows))
