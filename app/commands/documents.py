"""`documents`, `remove` and `forget`: what is there, one in full, withdrawing some, deleting some for good."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from app.commands import DONE
from app.commands.arguments import Subparsers, assistant_of
from app.commands.terminal import shown, wrapped, write_json

if TYPE_CHECKING:
    from index.rows import Summary
    from ingest.types import Document

_SHORT_ID = 8
_VALIDITY = {
    "signed": "Unterzeichnet",
    "edition": "Fassung vom",
    "valid_from": "Gilt ab",
    "valid_until": "Gilt bis",
}


def register(subparsers: Subparsers) -> None:
    """Add the commands."""
    listing = subparsers.add_parser("documents", help="alle Dokumente, oder eines mit seinem Text")
    listing.description = "Zeigt alle Dokumente; mit Kennung eines mit vollem Text."
    listing.add_argument("id", nargs="?", metavar="KENNUNG", help="Kennung oder ihr eindeutiger Anfang")
    listing.add_argument("--withdrawn", action="store_true", help="auch zurückgezogene zeigen")
    listing.add_argument("--json", action="store_true", help="als JSON")
    listing.set_defaults(run=run)
    removing = subparsers.add_parser("remove", help="Dokumente zurückziehen")
    removing.description = "Zieht Dokumente zurück: Antworten, Suche und Listen zeigen sie nicht mehr."
    removing.add_argument("ids", nargs="+", metavar="KENNUNG", help="Kennung oder ihr eindeutiger Anfang")
    removing.add_argument("--json", action="store_true", help="als JSON")
    removing.set_defaults(run=run_remove)
    forgetting = subparsers.add_parser("forget", help="Dokumente endgültig löschen")
    forgetting.description = "Löscht Text, Original, Suchindex und Spuren der Dokumente; nur Sicherungen behalten sie."
    forgetting.add_argument("ids", nargs="+", metavar="KENNUNG", help="Kennung oder ihr eindeutiger Anfang")
    forgetting.add_argument("--json", action="store_true", help="als JSON")
    forgetting.set_defaults(run=run_forget)


def run(args: argparse.Namespace) -> int:
    """List, or show one. Raises AuskunftError."""
    with assistant_of(args) as assistant:
        if args.id is not None:
            document, passages = assistant.document(args.id)
            _print_one(document, passages, as_json=args.json)
        else:
            _print_all(assistant.documents(withdrawn=args.withdrawn), as_json=args.json)
    return DONE


def run_remove(args: argparse.Namespace) -> int:
    """Withdraw all or, where one does not exist, none. Raises AuskunftError."""
    with assistant_of(args) as assistant:
        return _told("removed", "Zurückgezogen", assistant.remove(args.ids), as_json=args.json)


def run_forget(args: argparse.Namespace) -> int:
    """Delete all or, where one does not exist, none. Raises AuskunftError."""
    with assistant_of(args) as assistant:
        return _told("forgotten", "Endgültig gelöscht", assistant.forget(args.ids), as_json=args.json)


def _told(key: str, word: str, ids: list[str], *, as_json: bool) -> int:
    if as_json:
        write_json({key: ids})
    else:
        print("\n".join(f"{word}: {id}" for id in ids))
    return DONE


def _print_one(document: Document, passages: int, *, as_json: bool) -> None:
    from app.answers import document_json

    row = document_json(document, passages)
    if as_json:
        write_json(row)
        return
    print(_facts(row))
    print()
    print("\n".join(shown(line) for line in document.text.splitlines()))


def _facts(row: dict[str, Any]) -> str:
    """Title and what is known about a document, one fact a line."""
    from app.web.dates import show_published
    from app.web.strings import strings
    from ingest.types import Published

    span = row["published_range"]
    published = Published(row["published"], tuple(span) if span else None, row["published_basis"])
    t = strings("de")
    facts = {
        "Kennung": row["id"],
        "Datei": row["source"],
        "Adresse": row["url"],
        "Art": t.optional(f"kind_{row['kind']}", row["kind"]),
        "Herausgeber": row["publisher"],
        "Datum": show_published(published, t),
        "Begründung": row["published_reason"],
        "Stand": t.optional(f"docstatus_{row['status']}", row["status"]),
        "Umfang": f"{row['pages'] or '–'} Seiten, {row['characters']} Zeichen, {row['passages']} Passagen",
        "Vermerk": row["note"],
        "Fehlt": f"Seite {row['gaps']} ließ sich nicht lesen" if row["gaps"] else None,
        "Ersetzt": row["replaces"],
        **{label: row["validity"][name] for name, label in _VALIDITY.items()},
    }
    lines = [wrapped(str(value), f"{name + ':':13}") for name, value in facts.items() if value]
    return "\n".join([wrapped(row["title"]), *lines])


def _print_all(rows: list[Summary], *, as_json: bool) -> None:
    if as_json:
        from app.answers import summary_json

        write_json([summary_json(row) for row in rows])
        return
    if not rows:
        print("Noch keine Dokumente. Einlesen: auskunft ingest ORDNER")
        return
    print(f"{len(rows)} Dokumente, {sum(row.passages for row in rows)} Passagen")
    for row in rows:
        print(_line(row))


def _line(row: Summary) -> str:
    from app.web.dates import show_published
    from app.web.strings import strings

    t = strings("de")
    facts = [show_published(row.published, t), t.optional(f"kind_{row.kind}", row.kind), row.source]
    if row.status != "current":
        facts.append(t.optional(f"docstatus_{row.status}", row.status))
    blank = " " * (_SHORT_ID + 2)
    return f"{wrapped(row.title, row.id[:_SHORT_ID] + '  ')}\n{wrapped(' · '.join(filter(None, facts)), blank)}"
