"""`review`: what a maintainer decides about a row of the register."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from app.commands import DONE
from app.commands.arguments import Subparsers, assistant_of, typed
from app.commands.terminal import wrapped, write_json
from app.commands.who import user
from ingest.errors import InputError

if TYPE_CHECKING:
    from app.register.rows import Row
    from index.register import Decision

_ACTIONS = {
    "confirm": "stimmt so",
    "correct": "berichtigen",
    "hide": "ausblenden",
    "source_wrong": "die Quelle irrt",
    "reset": "Entscheidung zurücknehmen",
}
_FIELDS = {
    "value": ("WERT", "correct: der richtige Wert (28, 1.300.000, 2021-06-25, ein Text)"),
    "qualifier": ("ZUSATZ", "correct: über, etwa, knapp, mindestens, bis zu; '' für keinen"),
    "unit": ("EINHEIT", "correct: was gezählt wird, etwa Kommunen"),
    "as_of": ("DATUM", "correct: der richtige Stand; '' für keinen"),
    "subject": ("NAME", "correct: worum es geht, etwa die Stadt"),
}


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("review", help="eine Angabe des Registers bestätigen, berichtigen, ausblenden")
    parser.description = (
        "Hält fest, was eine Prüfung ergab; die letzte Entscheidung gilt, auch nach neuem Einlesen. Ohne Entscheidung "
        "zeigt der Befehl die Angabe und alles, was schon entschieden wurde. Der Satz im Dokument bleibt, wie er ist."
    )
    parser.add_argument("id", metavar="KENNUNG", help="Kennung der Angabe oder ihr eindeutiger Anfang (auskunft facts)")
    actions = ", ".join(f"{name} ({help})" for name, help in _ACTIONS.items())
    parser.add_argument("action", nargs="?", choices=_ACTIONS, metavar="ENTSCHEIDUNG", help=actions)
    parser.add_argument("--note", default="", metavar="TEXT", help="Vermerk: warum")
    for name, (shown, help) in _FIELDS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", metavar=shown, help=help)
    parser.add_argument("--by", metavar="NAME", help="wer entscheidet (sonst der angemeldete Benutzer)")
    parser.add_argument("--json", action="store_true", help="als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Decide, or show what was decided. Raises AuskunftError."""
    change = {name: typed(getattr(args, name)) for name in _FIELDS if getattr(args, name) is not None}
    if args.action is None and (change or args.note):
        raise InputError("Die Entscheidung fehlt.", f"Möglich sind: {', '.join(_ACTIONS)}.")
    with assistant_of(args) as assistant:
        if args.action is not None:
            who = typed(args.by or "") or user()
            assistant.decide(args.id, args.action, who=who, note=typed(args.note), change=change)
        row, history = assistant.fact(args.id)
    if args.json:
        write_json({**row.to_json(), "history": [_decision_json(decision) for decision in history]})
    else:
        print(_text(row, history))
    return DONE


def _text(row: Row, history: list[Decision]) -> str:
    from app.commands.facts import lines_of

    return "\n".join([lines_of(row), *map(_line, history)]) if history else f"{lines_of(row)}\nNoch nicht geprüft."


def _line(decision: Decision) -> str:
    from app.register.wording import shown_date, word

    change = ", ".join(f"{name}={value}" for name, value in decision.change.items())
    when = f"{shown_date(decision.decided[:10])} {decision.decided[11:16]} UTC"
    parts = [word("action", decision.action), change, f"von {decision.who}", decision.note]
    return wrapped(" · ".join(filter(None, parts)), f"{when}  ")


def _decision_json(decision: Decision) -> dict[str, Any]:
    from app.register.rows import review_json

    return review_json(decision) or {}
