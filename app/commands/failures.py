"""`failures`: files that could not be read, until they succeed or are dismissed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commands import DONE, FOUND
from app.commands.arguments import Subparsers, assistant_of
from app.commands.terminal import shown, wrapped, write_json

if TYPE_CHECKING:
    from index.failures import FailedFile


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("failures", help="Dateien, die nicht gelesen werden konnten")
    parser.description = "Zeigt Dateien, die nicht gelesen werden konnten, mit Grund und Rat."
    parser.add_argument("--dismiss", nargs="+", metavar="KENNUNG", help="nicht mehr zeigen, bis die Datei sich ändert")
    parser.add_argument("--json", action="store_true", help="als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List, or dismiss; 1 if files still wait. Raises AuskunftError."""
    with assistant_of(args) as assistant:
        if args.dismiss:
            dismissed = assistant.dismiss(args.dismiss)
            if args.json:
                write_json([file.to_json() for file in dismissed])
            else:
                print("\n".join(f"Nicht mehr gezeigt: {shown(file.source)}" for file in dismissed))
            return DONE
        files = assistant.failures()
    if args.json:
        write_json([file.to_json() for file in files])
    else:
        print("\n".join(map(_entry, files)) or "Alle Dateien wurden gelesen.")
    return FOUND if files else DONE


def _entry(file: FailedFile) -> str:
    blank = " " * (len(file.id) + 2)
    lines = [wrapped(file.source, f"{file.id}  "), wrapped(file.error, blank)]
    lines += [wrapped(file.hint, blank)] if file.hint else []
    return "\n".join([*lines, wrapped(f"{file.origin} · seit {file.since[:10]}", blank)])
