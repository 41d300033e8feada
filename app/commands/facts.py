"""`facts`, `conflicts` and `review`: the register, what contradicts itself there, and decisions about it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commands import DONE, FOUND
from app.commands.arguments import Subparsers, assistant_of, typed
from app.commands.terminal import shown, wrapped, write_json, write_text
from ingest.facts.types import KINDS

if TYPE_CHECKING:
    from app.assistant import Assistant
    from app.register.conflicts import Conflict
    from app.register.rows import Row

_SHORT_ID = 8
_LONGEST_QUOTE = 240


def register(subparsers: Subparsers) -> None:
    """Add the commands."""
    listing = subparsers.add_parser("facts", help="das Register: Angaben mit Stand und Satz")
    listing.description = "Zeigt Mitglieder, Zahlen, Förderung, Personen und mehr, jede Angabe mit Stand und Satz."
    listing.add_argument("--kind", choices=KINDS, metavar="ART", help=f"nur diese Art: {', '.join(KINDS)}")
    listing.add_argument("--place", metavar="ORT", help="nur diese Stadt, Gemeinde oder dieser Landkreis")
    listing.add_argument("--as-of", metavar="DATUM", help="was man an diesem Tag wissen konnte (2021-06-25, 2021)")
    listing.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", metavar="FORM", help="table, json oder csv"
    )
    listing.set_defaults(run=run)
    disputed = subparsers.add_parser("conflicts", help="Angaben, die einander widersprechen")
    disputed.description = "Zeigt Angaben verschiedener Dokumente, die nicht zugleich stimmen können."
    disputed.add_argument("--json", action="store_true", help="als JSON")
    disputed.set_defaults(run=run_conflicts)


def run(args: argparse.Namespace) -> int:
    """List. Raises AuskunftError."""
    place = typed(args.place).strip() if args.place else None
    with assistant_of(args) as assistant:
        rows = assistant.facts(kind=args.kind, place=place, as_of=args.as_of)
        empty = _nothing(assistant, args) if not rows else ""
    if args.format == "json":
        write_json([row.to_json() for row in rows])
    elif args.format == "csv":
        from app.register.export import to_csv

        write_text(to_csv(rows))
    else:
        print(empty or _table(rows))
    return DONE


def run_conflicts(args: argparse.Namespace) -> int:
    """List; 1 if there are any. Raises AuskunftError."""
    with assistant_of(args) as assistant:
        conflicts = assistant.conflicts()
        documents = assistant.state().documents
    if args.json:
        write_json([conflict.to_json() for conflict in conflicts])
    elif conflicts:
        print("\n\n".join([_number(conflicts), *map(_conflict, conflicts)]))
    elif documents:
        print(f"Kein Widerspruch zwischen den Angaben von {documents} Dokumenten.")
    else:
        print("Noch keine Dokumente. Einlesen: auskunft ingest ORDNER")
    return FOUND if conflicts else DONE


def lines_of(row: Row) -> str:
    """A row for people: what it says, as of when, who says it, and the sentence."""
    from app.register.wording import shown_as_of, shown_measure, shown_period, shown_value, word

    fact, blank = row.fact, " " * (_SHORT_ID + 2)
    name = shown_measure(fact)
    said = " ".join(filter(None, (shown_value(fact), shown_period(fact.period))))
    head = f"{fact.subject} · {': '.join(filter(None, (name, said)))}"
    about = [shown_as_of(fact)]
    about += ["überholt"] if row.superseded else []
    about += [f"{word('action', row.decision.action)} von {row.decision.who}"] if row.decision else []
    about += [f"{row.entry.source.summary.title}{_page(row)}"]
    lines = [wrapped(head, row.id[:_SHORT_ID] + "  "), wrapped(" · ".join(about), blank)]
    return "\n".join([*lines, wrapped(f"»{_shortened(row.entry.quote)}«", blank)])


def _table(rows: list[Row]) -> str:
    from app.register.wording import word

    documents = len({row.entry.document_id for row in rows})
    parts = [f"{_counted(len(rows), 'Angabe', 'Angaben')} aus {_counted(documents, 'Dokument', 'Dokumenten')}"]
    for kind in KINDS:
        group = sorted((row for row in rows if row.fact.kind == kind), key=_order)
        if group:
            parts.append("\n".join([f"{word('kind', kind)} ({len(group)})", *map(lines_of, group)]))
    return "\n\n".join(parts)


def _order(row: Row) -> tuple[str, str, str]:
    fact = row.fact
    return (fact.subject.casefold(), fact.measure, fact.as_of or (fact.as_of_range or ("9999",))[0])


def _conflict(conflict: Conflict) -> str:
    return "\n".join([wrapped(f"{conflict.subject}: {conflict.reason}"), *map(lines_of, conflict.statements)])


def _number(conflicts: list[Conflict]) -> str:
    return _counted(len(conflicts), "möglicher Widerspruch", "mögliche Widersprüche")


def _nothing(assistant: Assistant, args: argparse.Namespace) -> str:
    """Why the list is empty, and what to do."""
    documents = assistant.state().documents
    if not documents:
        return "Noch keine Dokumente. Einlesen: auskunft ingest ORDNER"
    wanted = [f"{name} {shown(value)}" for name, value in _filters(args) if value]
    if wanted:
        return wrapped(
            f"Keine Angabe in {documents} Dokumenten zu: {', '.join(wanted)}. Das heißt nur, dass nichts dazu in den "
            "Dokumenten steht. Alle Angaben zeigt: auskunft facts"
        )
    return wrapped(f"In {documents} Dokumenten steht keine Angabe, die das Register kennt.")


def _filters(args: argparse.Namespace) -> list[tuple[str, str | None]]:
    return [("--kind", args.kind), ("--place", typed(args.place or "")), ("--as-of", args.as_of)]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _page(row: Row) -> str:
    return f", S. {row.entry.page}" if row.entry.page is not None else ""


def _shortened(quote: str) -> str:
    """A long sentence up to a word near its middle; what is left out is marked."""
    words = " ".join(quote.split())
    if len(words) <= _LONGEST_QUOTE:
        return words
    return words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
