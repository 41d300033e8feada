"""The page of the collection: filterable table, upload, withdrawal."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.dates import show_published
from app.web.frame import Frame
from app.web.markup import document_url, esc, kind_name
from index.rows import Summary

ACCEPTED = ".txt,.md,.html,.htm,.pdf"
_COLUMNS = ("title", "kind", "publisher", "date", "pages", "status")


def documents_html(rows: Sequence[Summary], frame: Frame, loopback: bool) -> str:
    """The whole page body."""
    t = frame.t
    lead = t("docs_lead", count=len(rows)) if rows else t("docs_lead_none")
    change = _upload(frame) if frame.signed_in else _read_only(frame, loopback)
    return f"<h1>{esc(t('docs_title'))}</h1><p>{esc(lead)}</p>{change}{_table(rows, frame) if rows else ''}"


def _read_only(frame: Frame, loopback: bool) -> str:
    t = frame.t
    why = t("docs_readonly_local" if loopback else "docs_readonly_public")
    link = f'<a href="{frame.link("/anmelden")}?ziel={frame.link("/dokumente")}">{esc(t("login"))}</a>'
    return f'<p class="vermerk" id="nur-lesen"><strong>{esc(t("docs_readonly_title"))}.</strong> {esc(why)} {link}</p>'


def _upload(frame: Frame) -> str:
    t = frame.t
    return (
        f'<section class="hochladen" aria-labelledby="hochladen-titel">'
        f'<h2 id="hochladen-titel">{esc(t("docs_upload_title"))}</h2>'
        f'<p class="klein">{esc(t("docs_signed_in"))}</p><form id="hochladen">'
        f'<label for="dateien">{esc(t("docs_upload_label"))}</label>'
        f'<input type="file" id="dateien" name="file" multiple accept="{ACCEPTED}" aria-describedby="dateien-hinweis">'
        f'<p class="klein" id="dateien-hinweis">{esc(t("docs_upload_hint"))}</p>'
        f'<button type="submit" class="haupt-knopf">{esc(t("docs_upload_send"))}</button></form>'
        f'<div id="ergebnis" role="status"></div></section>'
    )


def _table(rows: Sequence[Summary], frame: Frame) -> str:
    t = frame.t
    names = [t(f"docs_col_{c}") for c in _COLUMNS]
    if frame.signed_in:
        names.append(t("docs_col_action"))
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    newest_first = sorted(rows, key=_earliest, reverse=True)
    body = "".join(_row(document, names, frame) for document in newest_first)
    return (
        f'<div class="filter"><label for="filter">{esc(t("docs_filter"))}</label>'
        f'<input type="search" id="filter" placeholder="{esc(t("docs_filter_placeholder"))}" autocomplete="off">'
        f'<p id="treffer" role="status"></p></div>'
        f'<table class="liste" id="liste"><caption class="sr">{esc(t("docs_caption"))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{_dialog(frame) if frame.signed_in else ''}"
    )


def _earliest(document: Summary) -> str:
    """The first day on which a document may have appeared: a period never passes for the newest; undated come last."""
    published = document.published
    return published.range[0] if published.range else published.date or ""


def _row(document: Summary, names: Sequence[str], frame: Frame) -> str:
    t = frame.t
    note = f'<br><span class="vermerk">{esc(document.note)}</span>' if document.note else ""
    status = t(f"docstatus_{document.status}")
    cells = [
        esc(kind_name(document.kind, t)),
        esc(document.publisher),
        esc(show_published(document.published, t)),
        esc(document.page_count or "–"),
        f'<span class="marke {document.status}">{esc(status)}</span>',
    ]
    if frame.signed_in:
        cells.append(_withdraw(document, frame))
    link = f'<a class="oeffnen" href="{esc(document_url(document, t))}">{esc(document.title)}</a>'
    rest = "".join(f'<td data-name="{esc(name)}">{cell}</td>' for name, cell in zip(names[1:], cells, strict=True))
    return f'<tr><th scope="row">{link}<br><small>{esc(document.source)}</small>{note}</th>{rest}</tr>'


def _withdraw(document: Summary, frame: Frame) -> str:
    if document.status == "withdrawn":
        return ""
    label = frame.t("docs_withdraw_label", title=document.title)
    return (
        f'<button type="button" class="zurueckziehen" data-id="{esc(document.id)}" data-title="{esc(document.title)}" '
        f'aria-label="{esc(label)}">{esc(frame.t("docs_withdraw"))}</button>'
    )


def _dialog(frame: Frame) -> str:
    t = frame.t
    return (
        f'<dialog id="bestaetigen" aria-labelledby="bestaetigen-titel">'
        f'<h2 id="bestaetigen-titel">{esc(t("docs_withdraw_title"))}</h2>'
        f'<p></p><form method="dialog"><button value="nein">{esc(t("docs_cancel"))}</button>'
        f'<button value="ja" class="haupt-knopf">{esc(t("docs_withdraw"))}</button></form></dialog>'
    )
