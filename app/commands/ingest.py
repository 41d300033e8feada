"""`ingest`: files and folders in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import DONE, FOUND
from app.commands.arguments import Subparsers, assistant_of
from app.commands.terminal import calm_logging, shown, width, wrapped, write_json
from ingest.errors import InputError

if TYPE_CHECKING:
    from index.report import IngestReport, Progress

BAR = 20


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("ingest", help="Dateien und Ordner einlesen")
    parser.description = "Liest Neues ein, ersetzt Geändertes und überspringt, was schon da ist."
    parser.add_argument("paths", nargs="*", type=Path, metavar="PFAD", help="Dateien oder Ordner (mit Unterordnern)")
    parser.add_argument("--prune", action="store_true", help="entfernen, was in PFAD nicht mehr liegt")
    parser.add_argument("--rebuild", action="store_true", help="alles Vorhandene neu aufbauen (auch ohne PFAD)")
    parser.add_argument("--json", action="store_true", help="der Bericht als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Bring in and report; 1 if a file could not be read. Raises AuskunftError."""
    if not args.paths and (args.prune or not args.rebuild):
        raise InputError("Es fehlt, was eingelesen werden soll.", "Bitte Dateien oder Ordner angeben.")
    with assistant_of(args, kind="ingest") as assistant, calm_logging(), ProgressLine() as progress:
        report = assistant.ingest(
            args.paths, prune=args.prune, rebuild=args.rebuild, progress=progress, today=args.today
        )
    if args.json:
        write_json(report.to_json())
    else:
        print(report_text(report))
    return FOUND if report.failed else DONE


class ProgressLine:
    """One line on the terminal with a bar, files a second and the time that is left; silent where there is none."""

    def __init__(self) -> None:
        self._on = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._show("")

    def __call__(self, progress: Progress) -> None:
        self._show(progress_text(progress)[: width() - 1])

    def _show(self, text: str) -> None:
        if self._on:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def progress_text(progress: Progress) -> str:
    """`[######····]  61/100 · 12/s · noch 3 s · datei.pdf`."""
    filled = BAR * progress.done // max(progress.total, 1)
    parts = [f"[{'#' * filled}{'·' * (BAR - filled)}]  {progress.done}/{progress.total}"]
    if progress.remaining is not None:
        rate = f"{progress.rate:.0f}" if progress.rate >= 10 else f"{progress.rate:.1f}".replace(".", ",")
        parts += [f"{rate}/s", f"noch {duration(progress.remaining)}"]
    return " · ".join([*parts, shown(progress.source)])


def duration(seconds: float) -> str:
    """`45 s`, `3 min`, `1 h 20 min`."""
    whole = round(seconds)
    if whole < 90:
        return f"{whole} s"
    minutes = round(whole / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def report_text(report: IngestReport) -> str:
    """What happened, for people; nothing that did not happen."""
    lines = [wrapped(counts_text(report))]
    lines += [wrapped(f"Doppelt: {d.source} ist dasselbe wie Dokument {d.of[:8]}.") for d in report.duplicates]
    for failure in report.failed:
        lines += [wrapped(f"Nicht lesbar: {failure.source}: {failure.error}")]
        lines += [wrapped(failure.hint, "  ")] if failure.hint else []
    return "\n".join(lines)


def counts_text(report: IngestReport) -> str:
    """How many documents something happened to, and how long it took."""
    counts = {
        "neu": len(report.added),
        "geändert": len(report.updated),
        "unverändert": report.unchanged,
        "entfernt": len(report.removed),
        "doppelt": len(report.duplicates),
        "nicht lesbar": len(report.failed),
    }
    told = ", ".join(f"{number} {word}" for word, number in counts.items() if number) or "nichts zu tun"
    return f"{told} ({report.seconds:.1f} s)".replace(".", ",", 1)
