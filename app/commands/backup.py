"""`backup` and `restore`: everything in one file, and back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import DONE
from app.commands.arguments import Subparsers, assistant_of, settings_of
from app.commands.terminal import warn, wrapped, write_json
from ingest.errors import CatalogueDamaged

if TYPE_CHECKING:
    from index.backup import BackupReport


def register(subparsers: Subparsers) -> None:
    """Add both commands."""
    saving = subparsers.add_parser("backup", help="alles in eine Datei sichern, auch im laufenden Betrieb")
    saving.description = "Sichert Dokumente, Originale und Einstellungen in eine ZIP-Datei."
    bringing = subparsers.add_parser("restore", help="eine Sicherung zurückholen, auch im laufenden Betrieb")
    bringing.description = "Ersetzt alle Dokumente durch den Stand einer Sicherung; Einstellungen bleiben."
    for parser, run in ((saving, run_backup), (bringing, run_restore)):
        parser.add_argument("file", type=Path, metavar="DATEI", help="die Sicherung, eine ZIP-Datei")
        parser.add_argument("--json", action="store_true", help="als JSON")
        parser.set_defaults(run=run)


def run_backup(args: argparse.Namespace) -> int:
    """Save. Raises AuskunftError."""
    with assistant_of(args) as assistant:
        report = assistant.backup(_absolute(args.file))
    _tell(report, f"Gesichert in {report.path}", as_json=args.json)
    if report.missing:
        warn(f"{report.missing} Originale fehlten schon im Datenordner und sind nicht in der Sicherung.")
    return DONE


def run_restore(args: argparse.Namespace) -> int:
    """Bring back, also where the catalogue is damaged. Raises AuskunftError."""
    try:
        with assistant_of(args, kind="restore") as assistant:
            report = assistant.restore(_absolute(args.file))
    except CatalogueDamaged:
        from index.backup import restore_damaged

        report = restore_damaged(settings_of(args).data.expanduser().resolve(), _absolute(args.file))
        warn("Der Katalog war beschädigt; die beschädigte Datei liegt daneben (catalogue.damaged-…).")
    _tell(report, f"Zurückgeholt aus {report.path}", as_json=args.json)
    if report.rebuild_needed:
        warn("Die Sicherung entstand mit anderen Regeln. Bitte einmal »auskunft ingest --rebuild« ausführen.")
    return DONE


def _absolute(path: Path) -> Path:
    return path.expanduser().resolve()


def _tell(report: BackupReport, message: str, *, as_json: bool) -> None:
    if as_json:
        write_json(report.to_json())
    else:
        print(wrapped(f"{message}: {report.documents} Dokumente, {report.originals} Originale."))
