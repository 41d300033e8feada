"""A document as people read it, with one quote highlighted: the panel beside an answer and the page of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.web.dates import show_published
from app.web.markup import document_url, esc, kind_name
from app.web.strings import Strings
from ingest.types import Document, Role

_HTTP = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Span:
    """The quote: `document.text[start:end]`, and the number of its citation."""

    start: int
    end: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch that is shown as one block; the parts of a document cover its text without gap or overlap."""

    role: Role
    start: int
    end: int


def source_html(document: Document, span: Span | None, t: Strings) -> str:
    """Head, navigation and text of a source; the same for panel and page."""
    return (
        f'{_head(document, span, t)}<div class="blatt" id="quelle-text" tabindex="0" role="region" '
        f'aria-label="{esc(t("source_text"))}" lang="{esc(document.language)}">{text_html(document, span, t)}</div>'
    )


def text_html(document: Document, span: Span | None, t: Strings) -> str:
    """The whole text in its sections, with page marks and the quote in `<mark>`.

    The contents of all `<mark>` elements, joined, are the quote to the letter.
    """
    shown: set[int] = set()
    rows = []
    for part in _parts(document):
        label = {"contact": "source_contact", "furniture": "source_furniture"}.get(part.role)
        head = f'<p class="rolle">{esc(t(label))}</p>' if label else ""
        body = "".join(_stretch(document, a, b, span, shown, t) for a, b in _cuts(document, part, span))
        rows.append(f'<div class="abschnitt {part.role}">{head}{body}</div>')
    return "".join(rows)


def _parts(document: Document) -> Iterator[_Part]:
    """Sections in reading order; what lies between two belongs to the one before."""
    sections = sorted(document.sections, key=lambda s: s.start)
    if not sections or sections[0].start > 0:
        end = sections[0].start if sections else len(document.text)
        yield _Part("body", 0, end)
    for index, section in enumerate(sections):
        last = index + 1 == len(sections)
        end = len(document.text) if last else sections[index + 1].start
        if section.start < end:
            yield _Part(section.role, section.start, end)


def _cuts(document: Document, part: _Part, span: Span | None) -> Iterator[tuple[int, int]]:
    """The part in stretches that lie wholly inside or outside the quote and on one page."""
    points = {part.start, part.end}
    points.update(p.start for p in document.pages if part.start < p.start < part.end)
    if span:
        points.update(x for x in (span.start, span.end) if part.start < x < part.end)
    ordered = sorted(points)
    yield from pairwise(ordered)


def _stretch(document: Document, start: int, end: int, span: Span | None, shown: set[int], t: Strings) -> str:
    page = document.page_at(start)
    mark = ""
    if page is not None and page not in shown:
        shown.add(page)
        mark = f'<span class="seite">{esc(t("page", page=page))}</span>'
    text = html.escape(document.text[start:end])
    if span and span.start <= start and end <= span.end:
        text = f"<mark>{text}</mark>"
    return mark + text


def _head(document: Document, span: Span | None, t: Strings) -> str:
    facts = [document.publisher, kind_name(document.kind, t), show_published(document.published, t)]
    page = document.page_at(span.start) if span else None
    if page is not None:
        facts.append(t("page", page=page))
    rows = [f'<p class="angaben">{esc(" · ".join(f for f in facts if f))}</p>']
    if document.status != "current":
        rows.append(f'<p class="vermerk">{esc(t(f"docstatus_{document.status}"))}</p>')
    if document.note:
        rows.append(f'<p class="vermerk">{esc(document.note)}</p>')
    if document.published.reason and document.published.basis == "inferred":
        rows.append(f'<p class="klein">{esc(t("date_reason", reason=document.published.reason))}</p>')
    rows.append(f'<p class="klein">{esc(t("source_original", source=document.source))}{_address(document, t)}</p>')
    return f'<h2 id="quelle-titel" tabindex="-1">{esc(document.title)}</h2>{"".join(rows)}'


def _address(document: Document, t: Strings) -> str:
    """The document's own address as a link, if it is a web address and nothing else."""
    if not document.url:
        return ""
    shown = esc(document.url)
    if _HTTP.fullmatch(document.url):
        shown = f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'
    return f"<br>{esc(t('source_address'))} {shown}"


def panel_html(document: Document, span: Span | None, t: Strings) -> str:
    """The panel's content; its script fills in where previous and next lead."""
    number = t("source_position", number=span.number) if span and span.number else t("source_title")
    address = document_url(document, t) + (f"?von={span.start}&bis={span.end}#zitat" if span else "")
    buttons = "".join(
        f'<button type="button" class="{name}">{esc(t(key))}</button>'
        for name, key in (("vor", "source_previous"), ("nach", "source_next"), ("zu", "source_close"))
    )
    return (
        f'<div class="leiste" role="group" aria-label="{esc(t("source_nav"))}"><span class="nr">{esc(number)}</span>'
        f"{buttons}</div>{source_html(document, span, t)}"
        f'<p class="klein"><a href="{esc(address)}" target="_blank" rel="noopener">{esc(t("source_open"))}</a></p>'
    )
