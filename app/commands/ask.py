"""`ask`: one cited answer, or one a line of a file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commands import DONE
from app.commands.arguments import Subparsers, assistant_of, one_of
from app.commands.batch import Row, optional_text, run_batch, text_of, texts_of
from app.commands.terminal import warn, wrapped, write_json
from ingest.errors import InputError

if TYPE_CHECKING:
    from app.answers import Answer, Citation
    from app.assistant import Assistant
    from app.web.strings import Strings

_LANGUAGES = ("de", "en")


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("ask", help="eine Frage, eine belegte Antwort", description=__doc__)
    parser.description = "Beantwortet eine Frage aus den Dokumenten: kurz, wörtlich belegt, mit Datum."
    parser.add_argument("question", nargs="*", metavar="FRAGE", help="die Frage")
    parser.add_argument("--as-of", metavar="DATUM", help="Stand: antworten wie an diesem Tag (2022-07-22)")
    parser.add_argument("--lang", choices=_LANGUAGES, help="Sprache der Antwort (sonst die der Frage)")
    parser.add_argument("--json", action="store_true", help="die Antwort als JSON")
    parser.add_argument("--batch", metavar="DATEI", help="viele Fragen als JSON Lines aus einer Datei (- = Eingabe)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer and print. Raises AuskunftError."""
    question = one_of(args.question, args.batch, "Die Frage")
    with assistant_of(args, kind="ask" if question is None else None) as assistant:
        if question is None:
            return run_batch(args.batch, lambda row: _row(assistant, args, row))
        answer = assistant.ask(question, as_of=args.as_of, lang=args.lang, today=args.today)
        if not assistant.state().documents:
            warn(f"Der Datenordner {assistant.folder} enthält noch keine Dokumente: auskunft ingest ORDNER")
    if args.json:
        write_json(answer.to_json())
    else:
        print(answer_text(answer))
    return DONE


def _row(assistant: Assistant, args: argparse.Namespace, row: Row) -> Row:
    """The answer to one line; options of the call hold where the line says nothing."""
    lang = optional_text(row, "lang") or args.lang
    if lang not in (None, *_LANGUAGES):
        raise InputError(f"Die Sprache »{lang}« gibt es nicht.", f"Möglich: {', '.join(_LANGUAGES)}.")
    answer = assistant.ask(
        text_of(row, "question"),
        history=texts_of(row, "history"),
        as_of=optional_text(row, "as_of") or args.as_of,
        lang=lang,
        today=args.today,
    )
    return answer.to_json()


def answer_text(answer: Answer) -> str:
    """The answer for a terminal: short form, quotes, notes, sources, further questions."""
    from app.web.strings import strings

    t = strings(answer.language)
    parts = [wrapped(answer.lead)]
    parts += [wrapped(paragraph, "  ") for paragraph in answer.details.split("\n\n") if paragraph.strip()]
    parts += _list(t("notes_title"), [wrapped(note, "  – ") for note in answer.notes])
    parts += _list(t("sources_title"), [_source(group, t) for group in _by_document(answer)])
    parts += _list(t("suggestions_title"), [wrapped(question, "  – ") for question in answer.suggestions])
    return "\n\n".join(parts)


def _list(title: str, entries: list[str]) -> list[str]:
    return ["\n".join([title, *entries])] if entries else []


def _by_document(answer: Answer) -> list[list[Citation]]:
    """Citations of one document together, in the order of their first number."""
    groups: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        groups.setdefault(citation.document.id, []).append(citation)
    return list(groups.values())


def _source(citations: list[Citation], t: Strings) -> str:
    """Numbers and title on the first line; below it date with basis, publisher, file and pages, address, mark."""
    from app.web.dates import show_published

    document = citations[0].document
    numbers = " ".join(f"[{citation.number}]" for citation in citations)
    pages = ", ".join(str(page) for page in dict.fromkeys(c.page for c in citations) if page is not None)
    file = document.source + (f", {t('page_short', page=pages)}" if pages else "")
    facts = filter(None, (show_published(document.published, t), document.publisher, file))
    lines = [wrapped(document.title, f"  {numbers} ", " " * 6), wrapped(" · ".join(facts), " " * 6)]
    lines += [wrapped(extra, " " * 6) for extra in (document.url, document.note) if extra]
    return "\n".join(lines)
