"""`models`: which models there are and which are used; `models get NAME` fetches one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from app.commands import DONE, FOUND
from app.commands.arguments import Subparsers, settings_of
from app.commands.terminal import warn, wrapped, write_json
from ingest.errors import InputError

if TYPE_CHECKING:
    from app.models import InUse
    from app.settings import Settings


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("models", help="Modelle zeigen und holen")
    parser.description = (
        "Zeigt, welche Modelle da sind, welche benutzt werden und ob sie sich laden lassen. »get NAME« holt ein Modell "
        "von huggingface.co in den Datenordner; kein anderer Befehl lädt etwas herunter."
    )
    add = parser.add_argument
    add("action", nargs="?", choices=["list", "get"], default="list", metavar="list|get", help="zeigen oder holen")
    add("name", nargs="?", metavar="NAME", help="get: Name des Modells, etwa intfloat/multilingual-e5-small")
    add("--json", action="store_true", help="das Ergebnis als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show or fetch; 1 where a model that is set cannot be loaded. Raises AuskunftError."""
    settings = settings_of(args)
    if args.action == "get":
        return _get(args, settings)
    if args.name:
        raise InputError("»list« braucht keinen Namen.", "Ein Modell holen: auskunft models get NAME")
    from app.models import in_folder, models_in_use

    used, present = models_in_use(settings), in_folder(settings)
    if args.json:
        folder = str(settings.models_folder)
        write_json({"folder": folder, "used": [model.to_json() for model in used], "installed": present})
    else:
        print("\n".join([*map(_used_line, used), *_present_lines(settings, present)]))
    return FOUND if any(model.error for model in used) else DONE


def _get(args: argparse.Namespace, settings: Settings) -> int:
    from index.folder import make_private
    from index.models.fetch import fetch

    if not args.name:
        raise InputError(
            "Der Name des Modells fehlt.", "Zum Beispiel: auskunft models get intfloat/multilingual-e5-small"
        )
    if settings.models is None:
        make_private(settings.data)
    model = fetch(args.name, settings.models_folder, warn)
    if args.json:
        write_json({"name": model.name, "kind": model.kind, "path": str(model.path)})
    else:
        print(wrapped(f"»{model.name}« liegt in {model.path}."))
        print(wrapped(f'Benutzen: in der Einstellungsdatei {model.kind} = "{model.name}"'))
        if model.kind == "embedding":
            print("Danach einmal: auskunft ingest --rebuild")
    return DONE


def _used_line(model: InUse) -> str:
    from app.models import KINDS

    first = f"{KINDS[model.kind] + ':':12}"
    if model.error:
        return f"{wrapped(model.error, first)}\n{wrapped(model.hint, ' ' * len(first))}"
    parts = [f"{model.name}, {'mitgeliefert' if model.shipped else model.path}"]
    parts += [f"{model.dimension} Zahlen je Text"] if model.dimension else []
    parts += [f"vor Fragen »{_one_line(model.query)}«"] if model.query else []
    parts += [f"vor Textstellen »{_one_line(model.text)}«"] if model.text else []
    return wrapped("; ".join(parts), first)


def _present_lines(settings: Settings, present: list[dict[str, Any]]) -> list[str]:
    from app.models import KINDS

    if not present:
        return [wrapped(f"In {settings.models_folder} liegen keine weiteren Modelle. Holen: auskunft models get NAME")]
    lines = [f"In {settings.models_folder}:"]
    for row in present:
        said = row["error"] or f"{KINDS[row['kind']]}, {row['bytes'] / 1e6:.0f} MB"
        lines.append(wrapped(f"{row['name']}: {said}", "  "))
    return lines


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎")
