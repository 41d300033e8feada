"""The assistant: one data folder, its library and the answer pipeline, as command line, API and web app use it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from app.answering.engine import Engine, newest_day
from app.answers import Answer, Hit
from app.data import load
from app.settings import Settings
from index.filters import Filters
from index.library import Library
from index.report import IngestReport, ProgressCallback
from index.rows import Summary
from ingest.types import Document


@dataclass(frozen=True, slots=True)
class CorpusState:
    """Size of the collection and its newest stated publication date."""

    documents: int
    passages: int
    newest: str | None


class Assistant:
    """Use as a context manager; several threads may share it.

    Raises:
        DataError: the data folder cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.data)
        self._engine = Engine(self.library, contact=settings.contact, programme=settings.programme)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the data folder back."""
        self.library.close()

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
        return self._engine.answer(question, history=history, as_of=as_of, language=lang, today=today)

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

    def documents(self) -> list[Summary]:
        """All visible documents, without their texts."""
        return self.library.documents()

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

    def samples(self, lang: str) -> dict[str, list[str]]:
        """Sample questions by persona."""
        return {p["label"][lang]: list(p["questions"][lang]) for p in load("samples")["persona"]}

    def state(self) -> CorpusState:
        """Size and date of the collection."""
        rows = self.library.documents()
        return CorpusState(len(rows), sum(row.passages for row in rows), newest_day(row.published for row in rows))
