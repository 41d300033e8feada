"""`ask`: one cited answer, or one a line of a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import DONE
from app.commands.arguments import Subparsers, assistant_of, one_of
from app.commands.batch import Row, optional_text, run_batch, text_of, texts_of
from app.commands.terminal import warn, wrapped, write_json
from ingest.errors import InputError

if TYPE_CHECKING:
    from app.answers import Answer, Citation, CorpusState
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
    parser.add_argument("--vermerk", metavar="DATEI", type=Path, help="die Antwort auch als Vermerk (.docx oder .pdf)")
    parser.add_argument("--batch", metavar="DATEI", help="viele Fragen als JSON Lines aus einer Datei (- = Eingabe)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer and print. Raises AuskunftError."""
    question = one_of(args.question, args.batch, "Die Frage")
    if args.vermerk is not None:
        _check_memo(args.vermerk, question)
    with assistant_of(args, kind="ask" if question is None else None) as assistant:
        if question is None:
            return run_batch(args.batch, lambda row: _row(assistant, args, row))
        answer = assistant.ask(question, as_of=args.as_of, lang=args.lang, today=args.today)
        state = assistant.state()
        if not state.documents:
            warn(f"Der Datenordner {assistant.folder} enthält noch keine Dokumente: auskunft ingest ORDNER")
        if args.vermerk is not None:
            _write_memo(args, answer, state, assistant)
    if args.json:
        write_json(answer.to_json())
    else:
        print(answer_text(answer))
    return DONE


def _check_memo(path: Path, question: str | None) -> None:
    """Raises InputError where no Vermerk can come of it; before anything is asked."""
    from app.memo.formats import FORMATS, format_of

    if question is None:
        raise InputError("--vermerk und --batch gehen nicht zusammen.", "Ein Vermerk gehört zu einer Frage.")
    if format_of(path.name) is None:
        endings = " oder ".join(f".{known}" for known in FORMATS)
        raise InputError(f"»{path.name}«: Dieses Format hat ein Vermerk nicht.", f"Möglich: {endings}.")


def _write_memo(args: argparse.Namespace, answer: Answer, state: CorpusState, assistant: Assistant) -> None:
    """The Vermerk, all or nothing, and a line that says where. Raises InputError."""
    import datetime

    from app.memo.content import Occasion, make_memo
    from app.memo.formats import format_of, write

    path: Path = args.vermerk
    today = args.today or datetime.date.today()
    settings = assistant.settings
    service = " · ".join(filter(None, (settings.title, settings.programme)))
    format = format_of(path.name) or "pdf"
    data = write(make_memo(answer, state, Occasion(today, today, args.as_of, service=service)), format)
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputError(f"Der Vermerk {path} lässt sich nicht schreiben: {error.strerror}.") from error
    warn(f"Vermerk: {path}")


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
    parts += _list(t("nearest_title"), [_near(citation) for citation in answer.nearest])
    parts += _list(t("suggestions_title"), [wrapped(question, "  – ") for question in answer.suggestions])
    return "\n\n".join(parts)


def _near(citation: Citation) -> str:
    """A sentence that came near, with its document."""
    document = citation.document
    quote = wrapped(f"»{' '.join(citation.quote.split())}«", "  – ")
    return "\n".join([quote, wrapped(f"{document.title} ({document.source})", " " * 4)])


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
