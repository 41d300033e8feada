"""The table of all documents, newest first: what they are, which replaces which, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.web.dates import show_published
from app.web.frame import Frame
from app.web.markup import document_url, esc, kind_name
from app.web.versions import difference_url
from index.rows import Summary

_COLUMNS = ("title", "kind", "publisher", "date", "pages", "status")


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns, and the documents by id and by the id of the one that they replace."""

    frame: Frame
    names: Sequence[str]
    by_id: Mapping[str, Summary]
    later: Mapping[str | None, Summary]


def table_html(rows: Sequence[Summary], frame: Frame) -> str:
    """The whole table; with the right to change, a column of buttons."""
    names = [frame.t(f"docs_col_{c}") for c in (*_COLUMNS, *(["action"] if frame.signed_in else []))]
    kept = [row for row in rows if row.status != "withdrawn"]
    table = _Table(frame, names, {row.id: row for row in kept}, {row.replaces: row for row in kept if row.replaces})
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    body = "".join(_row(row, table) for row in sorted(rows, key=_earliest, reverse=True))
    return (
        f'<table class="liste" id="liste"><caption class="sr">{esc(frame.t("docs_caption"))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _earliest(document: Summary) -> str:
    """The first day on which a document may have appeared: a period never passes for the newest; undated come last."""
    published = document.published
    return published.range[0] if published.range else published.date or ""


def _row(document: Summary, table: _Table) -> str:
    t = table.frame.t
    cells = [
        esc(kind_name(document.kind, t)),
        esc(document.publisher),
        esc(show_published(document.published, t)),
        esc(document.page_count or "–"),
        _status(document, table),
        *([_actions(document, table.frame)] if table.frame.signed_in else []),
    ]
    rest = "".join(f'<td data-name="{esc(n)}">{cell}</td>' for n, cell in zip(table.names[1:], cells, strict=True))
    return f'<tr data-id="{esc(document.id)}" data-title="{esc(document.title)}">{_head(document, table)}{rest}</tr>'


def _head(document: Summary, table: _Table) -> str:
    t = table.frame.t
    notes = [document.note or "", t("source_gaps", pages=document.gaps) if document.gaps else ""]
    marks = "".join(f'<br><span class="vermerk">{esc(note)}</span>' for note in notes if note)
    link = f'<a class="oeffnen" href="{esc(document_url(document, t))}">{esc(document.title)}</a>'
    return f'<th scope="row">{link}<br><small>{esc(document.source)}</small>{marks}</th>'


def _status(document: Summary, table: _Table) -> str:
    """The state in words; for versions of one text, links to the other one and to what changed."""
    t = table.frame.t
    rows = [f'<span class="marke {document.status}">{esc(t(f"docstatus_{document.status}"))}</span>']
    if document.status == "corrected" and (later := table.later.get(document.id)):
        rows.append(f'{esc(t("docs_replaced_by"))} <a href="{esc(document_url(later, t))}">{esc(later.title)}</a>')
    if document.status != "withdrawn" and (earlier := table.by_id.get(document.replaces or "")):
        link = f'<a href="{esc(difference_url(document, t))}">{esc(t("version_changes"))}</a>'
        rows.append(f"{esc(t('version_earlier'))} {esc(earlier.title)} · {link}")
    return rows[0] + "".join(f'<small class="fassung">{row}</small>' for row in rows[1:])


def _actions(document: Summary, frame: Frame) -> str:
    withdraw = "" if document.status == "withdrawn" else _button("withdraw", "zurueckziehen", document, frame)
    return f'<div class="aktionen">{withdraw}{_button("forget", "vergessen", document, frame)}</div>'


def _button(action: str, name: str, document: Summary, frame: Frame) -> str:
    label = frame.t(f"docs_{action}_label", title=document.title)
    text = frame.t(f"docs_{action}")
    return f'<button type="button" class="{name}" aria-label="{esc(label)}">{esc(text)}</button>'
