"""A document as people read it, with one quote highlighted: the panel beside an answer and the page of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from app.web.dates import show_date, show_published
from app.web.flaws import Flaw, flaws_html
from app.web.markup import document_url, esc, kind_name
from app.web.pagemarks import Places, pages_html
from app.web.strings import Strings
from app.web.versions import Neighbours, version_lines
from ingest.types import Document, Role

_HTTP = re.compile(r"https?://[^\s<>\"']+")
_DAYS = ("signed", "edition", "valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class Span:
    """The quote: `document.text[start:end]`, and the number of its citation."""

    start: int
    end: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a document and does not stand in it."""

    places: Places = field(default_factory=Places)
    neighbours: Neighbours = field(default_factory=Neighbours)
    flaws: tuple[Flaw, ...] = ()


NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch that is shown as one block; the parts of a document cover its text without gap or overlap."""

    role: Role
    start: int
    end: int


def source_html(
    document: Document, span: Span | None, t: Strings, beside: Beside = NOTHING, *, new_tab: bool = False
) -> str:
    """Head, pages with the quote marked, and text of a source; the same for panel and page."""
    pages = pages_html(document.id, beside.places, span.start, span.end, t) if span else ""
    pictures = f'<div class="bilder">{pages}</div>' if pages else ""
    label = f'aria-label="{esc(t("source_text"))}" lang="{esc(document.language)}"'
    text = text_html(document, span, t, beside.flaws)
    sheet = f'<div class="blatt" id="quelle-text" tabindex="0" role="region" {label}>{text}</div>'
    return f'{_head(document, span, t, beside.neighbours, new_tab)}<div class="stelle">{pictures}{sheet}</div>'


def text_html(document: Document, span: Span | None, t: Strings, flaws: tuple[Flaw, ...] = ()) -> str:
    """The whole text in its sections, with page marks and the quote in `<mark>`; flaws are named behind their sentence.

    The contents of all `<mark>` elements, joined, are the quote to the letter.
    """
    shown: set[int] = set()
    rows = []
    for part in _parts(document):
        label = {"contact": "source_contact", "furniture": "source_furniture"}.get(part.role)
        head = f'<p class="rolle">{esc(t(label))}</p>' if label else ""
        body = "".join(
            _stretch(document, a, b, span, shown, t) + flaws_html(flaws, b, t)
            for a, b in _cuts(document, part, span, flaws)
        )
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


def _cuts(document: Document, part: _Part, span: Span | None, flaws: tuple[Flaw, ...]) -> Iterator[tuple[int, int]]:
    """The part in stretches that lie wholly inside or outside the quote and on one page, and end where a flaw does."""
    points = {part.start, part.end}
    points.update(flaw.end for flaw in flaws if part.start < flaw.end < part.end)
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
        if start == span.start:
            text = f'<span id="zitat"></span>{text}'
    return mark + text


def _head(document: Document, span: Span | None, t: Strings, found: Neighbours, new_tab: bool) -> str:
    rows = [
        f'<p class="angaben">{esc(" · ".join(f for f in _facts(document, span, t) if f))}</p>',
        _days(document, t),
        version_lines(document, found, t, new_tab),
    ]
    if document.note:
        rows.append(f'<p class="vermerk">{esc(document.note)}</p>')
    if document.gaps:
        rows.append(f'<p class="vermerk">{esc(t("source_gaps", pages=document.gaps.replace("-", "–")))}</p>')
    if document.published.reason and document.published.basis == "inferred":
        rows.append(f'<p class="klein">{esc(t("date_reason", reason=document.published.reason))}</p>')
    rows.append(f'<p class="klein">{esc(t("source_original", source=document.source))}{_address(document, t)}</p>')
    return f'<h2 id="quelle-titel" tabindex="-1">{esc(document.title)}</h2>{"".join(rows)}'


def _facts(document: Document, span: Span | None, t: Strings) -> list[str]:
    page = document.page_at(span.start) if span else None
    where = "" if page is None else t("page", page=page)
    return [document.publisher, kind_name(document.kind, t), show_published(document.published, t), where]


def _days(document: Document, t: Strings) -> str:
    """The days of a regulation, which are not its publication date and are never taken for it."""
    known = [(name, day) for name in _DAYS if (day := getattr(document.validity, name))]
    if not known:
        return ""
    rows = "".join(f"<div><dt>{esc(t(f'day_{n}'))}</dt><dd>{esc(show_date(day, t))}</dd></div>" for n, day in known)
    return f'<dl class="tage" aria-label="{esc(t("days_title"))}">{rows}</dl>'


def _address(document: Document, t: Strings) -> str:
    """The document's own address as a link, if it is a web address and nothing else."""
    if not document.url:
        return ""
    shown = esc(document.url)
    if _HTTP.fullmatch(document.url):
        shown = f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'
    return f"<br>{esc(t('source_address'))} {shown}"


def panel_html(document: Document, span: Span | None, t: Strings, beside: Beside = NOTHING) -> str:
    """The panel's content; its script fills in where previous and next lead."""
    number = t("source_position", number=span.number) if span and span.number else t("source_title")
    address = document_url(document, t) + (f"?von={span.start}&bis={span.end}#zitat" if span else "")
    buttons = "".join(
        f'<button type="button" class="{name}">{esc(t(key))}</button>'
        for name, key in (("vor", "source_previous"), ("nach", "source_next"), ("zu", "source_close"))
    )
    return (
        f'<div class="leiste" role="group" aria-label="{esc(t("source_nav"))}"><span class="nr">{esc(number)}</span>'
        f"{buttons}</div>{source_html(document, span, t, beside, new_tab=True)}"
        f'<p class="klein"><a href="{esc(address)}" target="_blank" rel="noopener">{esc(t("source_open"))}</a></p>'
    )
