"""`search`: ranked passages, or a list of them a line of a file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commands import DONE
from app.commands.arguments import Subparsers, assistant_of, one_of, positive
from app.commands.batch import Row, run_batch, text_of
from app.commands.terminal import wrapped, write_json

if TYPE_CHECKING:
    from app.answers import Hit
    from app.assistant import Assistant
    from app.web.strings import Strings


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("search", help="die besten Fundstellen, ohne Antwort")
    parser.description = "Sucht in den Dokumenten und zeigt die besten Stellen."
    parser.add_argument("query", nargs="*", metavar="SUCHE", help="Suchwörter oder eine Frage")
    parser.add_argument("-k", type=positive, default=10, metavar="N", help="wie viele Stellen (sonst 10)")
    parser.add_argument("--from", dest="published_from", metavar="DATUM", help="veröffentlicht ab (2021-06-25, 2021)")
    parser.add_argument("--to", dest="published_to", metavar="DATUM", help="veröffentlicht bis")
    parser.add_argument("--kind", metavar="ART", help="nur diese Art (release, guideline, programme, page, …)")
    parser.add_argument("--json", action="store_true", help="das Ergebnis als JSON")
    parser.add_argument("--batch", metavar="DATEI", help="viele Suchen als JSON Lines aus einer Datei (- = Eingabe)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Search and print. Raises AuskunftError."""
    query = one_of(args.query, args.batch, "Die Suche")
    with assistant_of(args, kind="search" if query is None else None) as assistant:
        if query is None:
            return run_batch(args.batch, lambda row: _result(assistant, args, text_of(row, "query"))[0])
        result, hits = _result(assistant, args, query)
    if args.json:
        write_json(result)
    else:
        print(_text(hits))
    return DONE


def _result(assistant: Assistant, args: argparse.Namespace, query: str) -> tuple[Row, list[Hit]]:
    """The object of the contract, and the hits in it."""
    hits = assistant.search(
        query, k=args.k, published_from=args.published_from, published_to=args.published_to, kind=args.kind
    )
    return {"id": None, "query": query, "hits": [hit.to_json() for hit in hits]}, hits


def _text(hits: list[Hit]) -> str:
    from app.web.strings import strings

    if not hits:
        return "Keine Fundstelle."
    return "\n\n".join(_hit(hit, strings("de")) for hit in hits)


def _hit(hit: Hit, t: Strings) -> str:
    from app.web.dates import show_published

    document = hit.document
    page = document.page_at(hit.start)
    mark = f"{hit.rank:2}. "
    facts = [show_published(document.published, t), document.source]
    facts += [t("page_short", page=page)] if page is not None else []
    text = wrapped(document.text[hit.start : hit.end], "    ")
    return "\n".join([wrapped(document.title, mark), wrapped(" · ".join(facts), "    "), text])
