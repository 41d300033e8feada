"""The command line `auskunft`: which commands there are, and what becomes of errors.

Exit codes: 0 done, 1 done but something failed or was found, 2 the call could not be carried out. Besides: 130 after
Ctrl-C, 141 when whoever reads the output has gone. Whatever is slow to import is imported inside the commands.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

from app import __version__
from app.commands import (
    CANNOT,
    INTERRUPTED,
    READER_GONE,
    arguments,
    ask,
    backup,
    doctor,
    documents,
    facts,
    failures,
    feedback,
    ingest,
    models,
    review,
    search,
    serve,
    watch,
)
from app.commands.terminal import DEBUG_VARIABLE, drop_output, prepare_streams, problem, warn
from ingest.errors import AuskunftError

ENTRY_POINTS = "auskunft.commands"
_COMMANDS = (ingest, watch, documents, failures, ask, search, facts, review, feedback, serve, backup, models, doctor)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    # Start-up makes many objects that live on; looking for garbage among them costs a sixth of a cold answer.
    gc.set_threshold(50_000, 20, 20)
    prepare_streams()
    try:
        code = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        drop_output()
        return READER_GONE
    except AuskunftError as error:
        problem(error.message, error.hint)
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE) == "1":
            raise
        drop_output()
        problem(
            f"Unerwarteter Fehler: {type(error).__name__}: {error}",
            f"Mit {DEBUG_VARIABLE}=1 erscheint die Fehlerstelle; »auskunft doctor« prüft die Installation.",
        )
    return CANNOT


def build_parser() -> argparse.ArgumentParser:
    """The parser with all commands, those of other packages included."""
    parser = arguments.Parser(
        prog="auskunft",
        description="Belegte, datierte Antworten aus eigenen Dokumenten.",
        epilog="Hilfe zu einem Befehl: auskunft BEFEHL --help",
    )
    arguments.add_common(parser)
    parser.add_argument("--version", action="version", version=f"Auskunft {__version__}", help="die Fassung nennen")
    subparsers = parser.add_subparsers(title="Befehle", metavar="BEFEHL", required=True)
    for module in _COMMANDS:
        module.register(subparsers)
    for point in entry_points(group=ENTRY_POINTS):
        try:
            point.load()(subparsers)
        except Exception as error:  # a broken extension must not take the other commands away
            warn(f"Der Befehl »{point.name}« ist nicht benutzbar: {error}")
    for command in subparsers.choices.values():
        arguments.add_common(command, again=True)
    return parser


def _run(argv: Sequence[str] | None) -> int:
    args = build_parser().parse_args(argv)
    code: int = args.run(args)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
