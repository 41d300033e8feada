"""`serve`: web app and HTTP API."""

from __future__ import annotations

import argparse

from app.commands import DONE
from app.commands.arguments import Subparsers, port, shared_of
from app.owner.record import SERVE


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("serve", help="Web-App und HTTP-Schnittstelle starten")
    parser.description = "Startet Web-App und HTTP-Schnittstelle, bis Strg+C gedrückt wird."
    parser.add_argument("--host", metavar="ADRESSE", help="Adresse (sonst die Einstellung, 127.0.0.1)")
    parser.add_argument("--port", type=port, metavar="NUMMER", help="Port (sonst die Einstellung, 7860)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until stopped; other commands on the same data folder go through it. Raises AuskunftError."""
    from app.web import serve

    with shared_of(args, kind=SERVE) as shared:
        assistant = shared.own()
        assistant.library.register.bring_up_to_date()  # or the first visitor would wait for it
        serve(assistant, args.host, args.port, listening=shared.announce)
    return DONE
