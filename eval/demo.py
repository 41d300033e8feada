"""`demo`: the sample corpus into a folder of its own, then the web app. Joins the command line by an entry point."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING

from app import __version__
from app.commands import CANNOT, DONE
from app.commands.arguments import Subparsers, port
from app.commands.ingest import ProgressLine, report_text
from app.commands.terminal import calm_logging, problem, warn
from app.owner.record import SERVE
from app.settings import load_settings
from ingest.errors import FingerprintMismatch

if TYPE_CHECKING:
    from app.assistant import Assistant
    from index.report import IngestReport

# Never AUSKUNFT_DATA: the retellings must not get among someone's own documents by accident.
DEMO_DATA = Path("~/.local/share/auskunft-demo")
NICE = 10  # questions of visitors go first
PATIENCE = 3  # seconds that it has to tidy up


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("demo", help="Beispieldokumente einlesen und die Web-App starten")
    parser.description = f"Liest die mitgelieferten Beispieldokumente in einen eigenen Ordner ({DEMO_DATA}) ein."
    parser.add_argument("--port", type=port, metavar="NUMMER", help="Port (sonst 7860)")
    parser.add_argument("--no-serve", action="store_true", help="nur einlesen, keine Web-App")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ingest the sample corpus, say what was done, serve. Raises AuskunftError."""
    from app.owner.shared import Shared

    data = (args.data or DEMO_DATA).expanduser()
    settings = replace(load_settings(data, args.config), data=data)
    with Shared(settings, kind=SERVE, tell=warn) as shared:
        assistant = shared.own()
        print(f"Beispieldokumente werden eingelesen nach {shared.folder} …", flush=True)
        with calm_logging(), ProgressLine() as progress:
            report = _ingest(assistant, progress, args.today)
        print(report_text(report))
        if report.failed:
            problem("Der Beispielbestand ist nicht vollständig.", "Bitte Auskunft neu installieren.")
            return CANNOT
        print("Jedes Dokument ist eine Nacherzählung, keine amtliche Veröffentlichung.\n", flush=True)
        if not args.no_serve:
            from app.web import serve

            with measured_beside(settings.data):
                serve(assistant, port=args.port, listening=shared.announce)
    return DONE


@contextmanager
def measured_beside(data: Path) -> Iterator[None]:
    """Measure the answers beside the server where this version has not yet, so that the page about them has content.

    It happens in a process of low priority, which ends with the server.
    """
    from app.web.quality.stored import newest_run

    run = newest_run(data)
    if run is not None and run.spec.get("auskunft") == __version__:
        yield
        return
    command = [sys.executable, "-m", "app", "--data", str(data), "eval", "--keep"]
    process = subprocess.Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    if hasattr(os, "setpriority"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
    print("Nebenher wird gemessen, wie gut die Antworten sind; nach etwa einer Minute steht es unter /qualitaet.\n")
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)  # it tidies up behind itself
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ingest(assistant: Assistant, progress: ProgressLine, today: date | None) -> IngestReport:
    """The samples as they are now; what another version of the program left behind is made anew."""
    try:
        return assistant.ingest([sample_folder()], prune=True, progress=progress, today=today)
    except FingerprintMismatch:
        return assistant.ingest([sample_folder()], prune=True, rebuild=True, progress=progress, today=today)


def sample_folder() -> Path:
    """The sample documents, in a checkout as in an installed package."""
    return Path(str(files("eval").joinpath("sample", "documents")))
