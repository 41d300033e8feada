"""The file of objections in the data folder: one line each, for its owner only, gone after the retention period."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from app.feedback.report import Cited, Report, report_from
from app.settings import Settings
from index.folder import Lock
from ingest.errors import AuskunftError, DataError, FolderInUse, InputError

if TYPE_CHECKING:
    from app.answers import Answer
    from app.web.asked import Asked

NAME = "feedback.jsonl"
LOCK_NAME = "feedback.lock"
# Whoever fills the list by machine must not fill the disk.
MOST = 1000
TEXT_LIMIT = 2000
PATIENCE = 5.0

Change = Callable[[list[Report]], list[Report]]


class FeedbackFull(AuskunftError):
    """Too many objections wait already."""

    hint = "Bitte wenden Sie sich an die Ansprechstelle, die unter »Hilfe« steht."


class UnknownReport(InputError):
    """There is no such objection (any more)."""

    hint = "Die Liste nennt die Kennungen: auskunft feedback"


class Feedback:
    """The objections of one data folder. Several processes and threads may change them at the same time."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings.data / NAME
        self._lock = settings.data / LOCK_NAME
        self._keep = dt.timedelta(days=settings.retention_days)
        self._tidied: dt.date | None = None
        self.tidy()

    def reports(self, *, done: bool = False) -> list[Report]:
        """Open objections, newest first; with `done` also those that were dealt with."""
        found = [report for report in self._read() if done or report.done is None]
        return sorted(found, key=lambda report: report.at, reverse=True)

    def report(self, id: str) -> Report:
        """One objection, by its id or the unique beginning of it. Raises UnknownReport."""
        found = [report for report in self._read() if id and report.id.startswith(id)]
        if len(found) != 1:
            raise UnknownReport(f"Eine Meldung »{id}« gibt es nicht." if not found else f"»{id}« ist nicht eindeutig.")
        return found[0]

    def add(self, asked: Asked, answer: Answer, reason: str, text: str) -> Report:
        """Note an objection. Raises FeedbackFull, DataError."""
        cited = tuple(
            Cited(c.document.id, c.document.source, c.document.title, c.start, c.end) for c in answer.citations
        )
        made = Report(
            secrets.token_hex(4), _now().isoformat(timespec="seconds"), asked.question, asked.history, asked.as_of,
            asked.lang, asked.day.isoformat(), answer.status, answer.short, cited, reason, text[:TEXT_LIMIT],
        )  # fmt: skip
        self._change(lambda reports: [*_with_room(reports), made])
        return made

    def settle(self, id: str, who: str) -> Report:
        """Mark an objection as dealt with. Raises UnknownReport, DataError."""
        chosen = self.report(id)
        done = replace(chosen, done=_now().isoformat(timespec="seconds"), done_by=who)
        self._change(lambda reports: [done if report.id == chosen.id else report for report in reports])
        return done

    def forget(self, documents: Collection[str]) -> None:
        """Keep nothing that was taken from these documents: neither the short answers nor that they were cited."""
        if documents and any(_cites(report, documents) for report in self._read()):
            self._change(lambda reports: [_without(report, documents) for report in reports])

    def tidy(self) -> None:
        """Once a day, take old objections off the disk."""
        today = _now().date()
        if self._tidied != today and self._path.exists():
            self._change(lambda reports: reports)
        self._tidied = today

    def _read(self) -> list[Report]:
        """All that are not too old. A line that cannot be read costs nothing but itself."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise DataError(f"Die Meldungen sind nicht lesbar: {error.strerror}.") from error
        oldest = (_now() - self._keep).isoformat()
        return [report for report in _parsed(lines) if report.at > oldest]

    def _change(self, change: Change) -> None:
        """Read, change, write: all or nothing, one at a time."""
        draft = self._path.with_suffix(".new")
        with self._locked():
            lines = [json.dumps(report.to_json(), ensure_ascii=False) for report in change(self._read())]
            try:
                with open(draft, "w", encoding="utf-8", opener=_private) as file:
                    file.writelines(f"{line}\n" for line in lines)
                draft.replace(self._path)
            except OSError as error:
                raise DataError(f"Die Meldung lässt sich nicht speichern: {error.strerror}.") from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                lock = Lock(self._lock)
                break
            except FolderInUse:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            except OSError as error:
                raise DataError(f"Die Meldungen sind nicht zugänglich: {error.strerror}.") from error
        try:
            yield
        finally:
            lock.release()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _parsed(lines: Sequence[str]) -> Iterator[Report]:
    for line in lines:
        try:
            report = report_from(json.loads(line))
            dt.datetime.fromisoformat(report.at)
        except (ValueError, TypeError, KeyError):
            continue
        yield report


def _with_room(reports: list[Report]) -> list[Report]:
    """Room for one more: what is done goes first. Raises FeedbackFull."""
    if len(reports) < MOST:
        return reports
    still_open = [report for report in reports if report.done is None]
    if len(still_open) >= MOST:
        raise FeedbackFull("Es warten schon sehr viele Meldungen; diese wurde nicht gespeichert.")
    return still_open


def _cites(report: Report, documents: Collection[str]) -> bool:
    return any(cited.document in documents for cited in report.cited)


def _without(report: Report, documents: Collection[str]) -> Report:
    if not _cites(report, documents):
        return report
    kept = tuple(cited for cited in report.cited if cited.document not in documents)
    return replace(report, short="", cited=kept)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
