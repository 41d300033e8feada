"""`doctor`: is the installation sound, and what is to be done if not?"""

from __future__ import annotations

import argparse

from app.commands import DONE, FOUND
from app.commands.arguments import Subparsers, settings_of
from app.commands.terminal import wrapped, write_json
from ingest.errors import AuskunftError

_LABELS = {"ok": "gut      ", "warn": "Hinweis  ", "fail": "Fehler   "}
_NAMES = {
    "settings": "Einstellungen",
    "python": "Python",
    "packages": "Pakete",
    "extras": "Zusatzpakete",
    "models": "Modelle",
    "ocr": "Texterkennung",
    "folder": "Datenordner",
    "catalogue": "Katalog",
    "rules": "Regeln",
    "index": "Suchindex",
    "failures": "Nicht gelesen",
    "token": "Zugang",
    "server": "Adresse",
}


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="Installation und Datenordner prüfen")
    parser.description = "Prüft Installation, Datenordner, Suchindex und Adresse, ohne etwas zu ändern."
    parser.add_argument("--json", action="store_true", help="das Ergebnis als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check and report; 1 if something must be done."""
    from app.commands.check import Check
    from app.commands.checks import all_checks
    from app.settings import Settings

    try:
        settings = settings_of(args)
        checks = [Check("settings", "ok", "lesbar")]
    except AuskunftError as error:
        settings = Settings(data=args.data) if args.data else Settings()
        checks = [Check("settings", "fail", error.message, error.hint)]
    checks += all_checks(settings)
    failed = any(check.result == "fail" for check in checks)
    if args.json:
        write_json({"result": "fail" if failed else "ok", "checks": [check.to_json() for check in checks]})
    else:
        for check in checks:
            print(_line(check.name, check.result, check.message, check.hint))
    return FOUND if failed else DONE


def _line(name: str, result: str, message: str, hint: str) -> str:
    first = f"{_LABELS[result]}{_NAMES.get(name, name) + ':':15}"
    line = wrapped(message, first)
    return f"{line}\n{wrapped(hint, ' ' * len(first))}" if hint else line
