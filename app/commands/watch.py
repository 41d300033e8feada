"""`watch`: keeps an eye on folders and brings in what changes there."""

from __future__ import annotations

import argparse
import hashlib
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from app.commands import DONE
from app.commands.arguments import Subparsers, assistant_of
from app.commands.ingest import ProgressLine, counts_text
from app.commands.terminal import calm_logging, problem, shown, warn, write_json
from app.commands.watching import Changes, Looked, Watcher, look
from ingest.errors import AuskunftError, CatalogueDamaged, FingerprintMismatch, InputError

if TYPE_CHECKING:
    from app.assistant import Assistant
    from index.report import IngestReport

INTERVAL = 2.0


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("watch", help="Ordner beobachten und Neues einlesen")
    parser.description = "Beobachtet Ordner und liest ein, was neu ist oder sich ändert, bis Strg+C gedrückt wird."
    parser.add_argument("paths", nargs="+", type=Path, metavar="PFAD", help="Ordner (mit Unterordnern) oder Dateien")
    parser.add_argument(
        "--interval", type=seconds, default=INTERVAL, metavar="SEKUNDEN", help="wie oft nachgesehen wird (sonst 2)"
    )
    parser.add_argument("--prune", action="store_true", help="entfernen, was in PFAD nicht mehr liegt")
    parser.add_argument("--json", action="store_true", help="jeder Bericht als JSON in einer Zeile")
    parser.set_defaults(run=run)


def seconds(text: str) -> float:
    """An interval from a tenth of a second on."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"»{text}« ist keine Zahl von Sekunden ab 0,1")
    return value


def run(args: argparse.Namespace) -> int:
    """Watch until stopped by Ctrl-C or SIGTERM, which is its usual end. Raises AuskunftError."""
    paths = [path.expanduser().resolve() for path in args.paths]
    for path in paths:
        if not path.exists():
            raise InputError(f"»{path}« gibt es nicht.", "Bitte den Pfad prüfen.")
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        warn(f"Beobachtet wird: {', '.join(map(str, paths))}. Beenden mit Strg+C.")
        _Watch(args, paths).run()
    except KeyboardInterrupt:
        warn("Die Beobachtung ist beendet.")
    finally:
        signal.signal(signal.SIGTERM, before)
    return DONE


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class _Watch:
    """The loop. The data folder is held only while something is read in."""

    def __init__(self, args: argparse.Namespace, paths: list[Path]) -> None:
        self._args, self._paths = args, paths
        self._watcher = Watcher()
        self._swept = not args.prune  # what went away before the start goes with the first quiet look
        self._missing: frozenset[Path] = frozenset()
        self._complaint = ""

    def run(self) -> None:
        from ingest.reading import SUFFIXES

        while True:
            self._say_what_is_missing()
            self._round(self._watcher.look(look(self._paths, SUFFIXES)))
            time.sleep(self._args.interval)

    def _round(self, changes: Changes) -> None:
        """What is due is read in; what cannot be done now is due again."""
        try:
            if changes.due:
                self._bring_in(changes.due)
            if self._args.prune and changes.still and (changes.gone or not self._swept):
                self._sweep(changes.gone)
            self._complaint = ""
        except (CatalogueDamaged, FingerprintMismatch):
            raise
        except AuskunftError as error:
            if error.message != self._complaint:
                problem(error.message, error.hint)
            self._complaint = error.message

    def _bring_in(self, due: Looked) -> None:
        with assistant_of(self._args, kind="watch") as assistant, calm_logging(), ProgressLine() as progress:
            files = _not_withdrawn(assistant, due)
            report = assistant.ingest(files, progress=progress, today=self._args.today) if files else None
        self._watcher.done(due)
        if report is not None:
            self._tell(report)

    def _sweep(self, gone: Iterable[Path]) -> None:
        """Remove what is gone from folders that are there; a folder that is gone itself may come back."""
        folders = [path for path in self._paths if path.is_dir()]
        lost = [path for path in gone if any(path.is_relative_to(folder) for folder in folders)]
        if lost or not self._swept:
            with assistant_of(self._args, kind="watch") as assistant, calm_logging():
                report = assistant.ingest(folders, prune=True, today=self._args.today)
            self._tell(_without_failures(report))
        self._watcher.forget(lost)
        self._swept = True

    def _tell(self, report: IngestReport) -> None:
        """One line for what happened, if something did."""
        if not (report.added or report.updated or report.removed or report.duplicates or report.failed):
            return
        if self._args.json:
            write_json(report.to_json(), indent=None)
        else:
            print(shown(_line(report)), flush=True)

    def _say_what_is_missing(self) -> None:
        missing = frozenset(path for path in self._paths if not path.exists())
        for path in sorted(missing - self._missing):
            warn(f"»{path}« gibt es gerade nicht; sobald es wieder da ist, geht es weiter.")
        self._missing = missing


def _line(report: IngestReport) -> str:
    failures = "; ".join(f"{failure.source}: {failure.error}" for failure in report.failed)
    return f"{time.strftime('%H:%M:%S')}  {counts_text(report)}" + (f"  {failures}" if failures else "")


def _without_failures(report: IngestReport) -> IngestReport:
    """Files that cannot be read were told when they came."""
    from dataclasses import replace

    return replace(report, failed=())


def _not_withdrawn(assistant: Assistant, due: Looked) -> list[Path]:
    """Without copies of what was withdrawn: only a file that people name themselves brings that back."""
    rows = assistant.documents(withdrawn=True)
    withdrawn = {row.sha256 for row in rows if row.status == "withdrawn"}
    shown_ones = {row.origin for row in rows if row.status != "withdrawn"}
    return [path for path in due if path.as_posix() in shown_ones or _content(path, withdrawn) not in withdrawn]


def _content(path: Path, withdrawn: set[str]) -> str:
    """The SHA-256 of a file, where it matters."""
    if not withdrawn:
        return ""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # the report will say so
        return ""
