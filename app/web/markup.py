"""An answer as HTML and as plain text.

Everything that comes from documents or users passes `esc`. Gradio's sanitizer drops `data-` and `aria-` attributes,
so meaning is carried by elements, classes and visually hidden words. The HTML has no line break: the Markdown
component would read one as the end of the block.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from urllib.parse import quote

from app.answers import Answer, Citation
from app.web.asked import Asked
from app.web.dates import show_as_of, show_date, show_published
from app.web.strings import Strings
from index.rows import Summary
from ingest.types import Document

_MARK = re.compile(r"\[(\d+)\]")
# A piece of an answer ends behind its citation marks, or with its line.
_AS_OF_LINE = re.compile(r"(Stand:|As of:?) [^\[]*$")
_PIECE = re.compile(r".+?\[\d+\](?:[ \t]*\[\d+\])*[.,;:!?)»“]*|.+", re.DOTALL)


def esc(text: object) -> str:
    """Text made safe for element content and quoted attributes, on one line."""
    return html.escape(str(text)).replace("\r", "").replace("\n", "&#10;")


def hidden(text: str) -> str:
    """Words for screen readers only."""
    return f'<span class="sr">{esc(text)}</span>'


def source_url(citation: Citation, t: Strings) -> str:
    """Address of the page that shows a quote in its document."""
    return f"{document_url(citation.document, t)}?von={citation.start}&bis={citation.end}&n={citation.number}"


def document_url(document: Document | Summary, t: Strings) -> str:
    """Address of a document's own page."""
    return t.prefix + document_path(document.id)


def document_path(id: str) -> str:
    """Address of a document's own page without the prefix of the language."""
    return f"/quelle/{quote(id, safe='')}"


def cite_link(citation: Citation, t: Strings) -> str:
    """The [n] that opens the source."""
    return (
        f'<a class="cite" href="{esc(source_url(citation, t))}" title="{esc(citation.document.title)}">'
        f"{hidden(t('cite_word') + ' ')}[{citation.number}]</a>"
    )


def linked(text: str, citations: Sequence[Citation], t: Strings) -> str:
    """Escaped text with its [n] turned into links; a number without citation stays text."""
    by_number = {str(c.number): c for c in citations}
    parts = _MARK.split(text)
    for index, part in enumerate(parts):
        if index % 2:
            known = by_number.get(part)
            parts[index] = cite_link(known, t) if known else f"[{part}]"
        else:
            parts[index] = esc(part)
    return "".join(parts)


def pieces(text: str) -> list[list[str]]:
    """Paragraphs of an answer, each in pieces that can be shown and announced one after the other."""
    return [_PIECE.findall(line) for line in text.splitlines() if line.strip()]


def question_html(question: str, t: Strings) -> str:
    """The question as the heading of its turn."""
    return f'<h2 class="frage">{hidden(t("turn_question") + " ")}{esc(question)}</h2>'


def turn(question: str, body: str, t: Strings) -> str:
    """One question with what belongs to it."""
    return f'<article class="turn">{question_html(question, t)}{body}</article>'


def busy_html(t: Strings) -> str:
    """What stands below a question while its answer is being made."""
    return f'<p class="busy">{esc(t("ask_busy"))}</p>'


def error_html(message: str, hint: str, t: Strings) -> str:
    """An error as a sentence, with what to do."""
    more = f'<p class="tipp">{esc(hint)}</p>' if hint else ""
    sentence = f"<strong>{esc(t('error_title'))}:</strong> {esc(message)}"
    return f'<div class="antwort fehler"><p class="satz">{sentence}</p>{more}</div>'


def answer_html(answer: Answer, t: Strings, shown: int | None = None, asked: Asked | None = None) -> str:
    """The answer; with `shown`, only so many pieces of its text and nothing below (while it streams).

    `asked` says how it came about: then it can be taken away as a Vermerk, and objected to.
    """
    done = shown is None
    parts = [
        _badges(answer, t),
        f'<p class="kurz satz">{linked(answer.lead, answer.citations, t)}</p>',
        _text(answer, t, shown),
    ]
    if done:
        parts += [_notes(answer, t), _sources(answer, t), _nearest(answer, t)]
        parts += [_suggestions(answer, t), _tools(answer, t, asked)]
    return f'<div class="antwort ist-{answer.status}">{"".join(parts)}</div>'


def piece_count(answer: Answer) -> int:
    """How many pieces the text of an answer has."""
    return sum(len(paragraph) for paragraph in _pieces(answer))


def _pieces(answer: Answer) -> list[list[str]]:
    return pieces("\n".join(paragraphs(answer)))


def paragraphs(answer: Answer) -> list[str]:
    """The lines of the text, without what stands above already: the short answer and the as-of line."""
    lines = [line for line in answer.details.splitlines() if line.strip()]
    if lines and (answer.as_of or answer.as_of_range) and _AS_OF_LINE.match(lines[-1]):
        lines = lines[:-1]
    return lines


def _badges(answer: Answer, t: Strings) -> str:
    """Status, as-of and how the text came about, in words."""
    labels = [("zeichen", t(f"status_{answer.status}"))]
    if as_of := show_as_of(answer.as_of, answer.as_of_range, t):
        labels.append(("stand", as_of))
    if answer.status != "no_evidence":
        labels.append(("art", t(f"mode_{answer.mode}")))
    row = "".join(f'<li class="marke {name}">{esc(text)}</li>' for name, text in labels)
    understood = ""
    if answer.standalone_question.strip() != answer.question.strip():
        understood = f'<p class="verstanden">{esc(t("turn_understood", question=answer.standalone_question))}</p>'
    return f'{understood}<ul class="marken">{row}</ul>'


def _text(answer: Answer, t: Strings, shown: int | None) -> str:
    """The paragraphs of the text."""
    left = shown if shown is not None else piece_count(answer)
    rows = []
    for paragraph in _pieces(answer):
        visible, left = paragraph[:left], left - len(paragraph)
        if visible:
            spans = "".join(f'<span class="satz">{linked(piece, answer.citations, t)}</span>' for piece in visible)
            rows.append(f"<p>{spans}</p>")
        if left <= 0:
            break
    return f'<div class="text">{"".join(rows)}</div>' if rows else ""


def _notes(answer: Answer, t: Strings) -> str:
    if not answer.notes:
        return ""
    rows = "".join(f"<li>{linked(note, answer.citations, t)}</li>" for note in answer.notes)
    return f'<div class="hinweise"><h3>{esc(t("notes_title"))}</h3><ul>{rows}</ul></div>'


def _sources(answer: Answer, t: Strings) -> str:
    if not answer.citations:
        return ""
    rows = "".join(f"<li>{cite_link(c, t)} <span>{source_line(c, t)}</span></li>" for c in answer.citations)
    return f'<div class="quellen"><h3>{esc(t("sources_title"))}</h3><ul>{rows}</ul></div>'


def _nearest(answer: Answer, t: Strings) -> str:
    """What a refusal shows to read, each with the way to its place."""
    if not answer.nearest:
        return ""
    rows = "".join(
        f'<li><a class="cite" href="{esc(source_url(c, t))}">{esc(t("nearest_open"))}</a>'
        f'<span><span class="stelle">»{esc(" ".join(c.quote.split()))}«</span>{source_line(c, t)}</span></li>'
        for c in answer.nearest
    )
    title, hint = esc(t("nearest_title")), esc(t("nearest_hint"))
    return f'<div class="quellen naechste"><h3>{title}</h3><p>{hint}</p><ul>{rows}</ul></div>'


def source_line(citation: Citation, t: Strings) -> str:
    """Title, publisher, date with basis, kind, page and the mark of a restated text."""
    document = citation.document
    facts = [document.publisher, kind_name(document.kind, t), show_published(document.published, t)]
    if citation.page is not None:
        facts.append(t("page_short", page=citation.page))
    note = f' <span class="vermerk">{esc(document.note)}</span>' if document.note else ""
    status = (
        ""
        if document.status == "current"
        else f' <span class="vermerk">{esc(t(f"docstatus_{document.status}"))}</span>'
    )
    return f"<strong>{esc(document.title)}</strong><br>{esc(' · '.join(f for f in facts if f))}{note}{status}"


def kind_name(kind: str, t: Strings) -> str:
    """A document's kind in words; a kind that the table does not know stays as it is."""
    return t.optional(f"kind_{kind}", kind)


def _suggestions(answer: Answer, t: Strings) -> str:
    if not answer.suggestions:
        return ""
    rows = "".join(f'<li><button type="button" class="fragen">{esc(s)}</button></li>' for s in answer.suggestions)
    return f'<div class="weiter"><h3>{esc(t("suggestions_title"))}</h3><ul>{rows}</ul></div>'


def _tools(answer: Answer, t: Strings, asked: Asked | None) -> str:
    links = _links(asked.query(answer), t) if asked else ""
    return (
        f'<div class="werkzeug"><button type="button" class="kopieren">{esc(t("copy"))}</button>{links}</div>'
        f'<pre class="klartext">{esc(plain_text(answer, t))}</pre>'
    )


def _links(query: str, t: Strings) -> str:
    """The answer as a file, and the way to object to it; they work without scripts."""
    targets = (
        ("knopf", "/vermerk.docx", t("memo_as_docx")),
        ("knopf", "/vermerk.pdf", t("memo_as_pdf")),
        ("knopf melden", "/rueckmeldung", t("feedback_link")),
    )
    return "".join(
        f'<a class="{name}" href="{esc(f"{t.prefix}{path}?{query}")}">{esc(text)}</a>' for name, path, text in targets
    )


def plain_text(answer: Answer, t: Strings) -> str:
    """The answer with its sources, as it is pasted into a letter."""
    labels = [t(f"status_{answer.status}"), show_as_of(answer.as_of, answer.as_of_range, t)]
    body = "\n".join("".join(paragraph) for paragraph in _pieces(answer))
    lines = [answer.question, "", answer.short, *(["", body] if body else [])]
    lines += ["", " · ".join(label for label in labels if label)]
    if answer.notes:
        lines += ["", f"{t('notes_title')}:", *(f"- {note}" for note in answer.notes)]
    if answer.citations:
        lines += ["", f"{t('sources_title')}:", *(_plain_source(c, t) for c in answer.citations)]
    return "\n".join(lines)


def _plain_source(citation: Citation, t: Strings) -> str:
    document = citation.document
    facts = [document.title, document.publisher, show_published(document.published, t)]
    if citation.page is not None:
        facts.append(t("page_short", page=citation.page))
    facts += [document.url or document.source, document.note or ""]
    return f"[{citation.number}] {', '.join(f for f in facts if f)}: »{citation.quote}«"


def as_of_asked(as_of: str | None, t: Strings) -> str:
    """The line below a question that was asked for another day."""
    return f'<p class="verstanden">{esc(t("turn_as_of_asked", date=show_date(as_of, t)))}</p>' if as_of else ""
