"""`demo`: the sample corpus into a folder of its own, then the web app. Joins the command line by an entry point."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

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

            serve(assistant, port=args.port, listening=shared.announce)
    return DONE


def _ingest(assistant: Assistant, progress: ProgressLine, today: date | None) -> IngestReport:
    """The samples as they are now; what another version of the program left behind is made anew."""
    try:
        return assistant.ingest([sample_folder()], prune=True, progress=progress, today=today)
    except FingerprintMismatch:
        return assistant.ingest([sample_folder()], prune=True, rebuild=True, progress=progress, today=today)


def sample_folder() -> Path:
    """The sample documents, in a checkout as in an installed package."""
    return Path(str(files("eval").joinpath("sample", "documents")))
