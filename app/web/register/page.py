"""The register's page and the page of one statement, as HTML bodies."""

from __future__ import annotations

from collections.abc import Sequence

from app.register.rows import Row
from app.web.frame import Frame
from app.web.markup import esc
from app.web.register.contradictions import conflicts_html
from app.web.register.development import development_html
from app.web.register.districts import district_name, members_html
from app.web.register.filters import coverage_html, filter_html, kinds_html
from app.web.register.query import CONFLICTS, PATH
from app.web.register.review import decided_words, review_form, review_words
from app.web.register.series import find_series
from app.web.register.table import (
    Listing,
    as_of_cell,
    row_url,
    source_cell,
    state_cell,
    table_html,
    value_cell,
)
from app.web.register.view import PAGE_SIZE, View
from app.web.register.words import attribute_words, measure_words
from app.web.strings import Strings
from index.register import Decision

EXPORT_PATH = f"{PATH}.csv"
_CONFLICTS_SIZE = 50


def register_html(view: View, frame: Frame, decided: Row | None = None) -> str:
    """The whole body; `decided` is the row that a decision was just made about."""
    t = frame.t
    return (
        f'<div class="register"><h1>{esc(t("register_title"))}</h1>{coverage_html(view, t)}'
        f"{said_html(decided, t) if decided else ''}{kinds_html(view, t)}{filter_html(view, frame.signed_in, t)}"
        f'<p id="register-zahl" role="status">{esc(_count(view, t))}</p>'
        f'<div id="register-inhalt">{_content(view, frame)}</div></div>'
    )


def _count(view: View, t: Strings) -> str:
    if view.query.kind == CONFLICTS:
        return t("register_count_conflicts", count=len(view.conflicts))
    return t("register_count", count=len(view.rows))


def said_html(row: Row, t: Strings, *, linked: bool = True) -> str:
    """What was decided, with the way to take it back."""
    link = f'<a href="{esc(row_url(row, t))}">{esc(t("register_said_more"))}</a>' if linked else ""
    return f'<p class="vermerk" id="meldung" tabindex="-1" role="status">{esc(decided_words(row, t))} {link}</p>'


def _content(view: View, frame: Frame) -> str:
    t, query = frame.t, view.query
    if query.kind == CONFLICTS:
        return _conflicts(view, frame)
    if not view.rows and not view.with_superseded:
        return _empty(view, t)
    above = ""
    if query.kind == "member":
        above = members_html(view.rows, query, t)
    elif query.kind in ("figure", "funding"):
        above = development_html(find_series([row for row in view.with_superseded if not row.hidden], t), query, frame)
    heading = f'<h2 class="angaben-titel">{esc(t("register_statements"))}</h2>' if above else ""
    if not view.rows:
        older = query.address(t, superseded=True)
        return f'{above}{heading}<p><a href="{esc(older)}">{esc(t("register_only_superseded"))}</a></p>'
    return f"{above}{heading}{_export(view, t)}{table_html(view.shown, Listing(frame, query))}{_paging(view, t)}"


def _export(view: View, t: Strings) -> str:
    address = view.query.address(t, path=EXPORT_PATH)
    return f'<p class="export"><a href="{esc(address)}" download>{esc(t("register_export"))}</a></p>'


def _conflicts(view: View, frame: Frame) -> str:
    t = frame.t
    if not view.conflicts:
        return f'<p class="leer">{esc(t("register_no_conflicts"))}</p>'
    pages = -(-len(view.conflicts) // _CONFLICTS_SIZE)
    page = min(view.query.page, pages)
    shown = view.conflicts[(page - 1) * _CONFLICTS_SIZE : page * _CONFLICTS_SIZE]
    nav = _page_links(view, page, pages, _CONFLICTS_SIZE, len(view.conflicts), t)
    return f"<p>{esc(t('register_conflicts_lead'))}</p>{conflicts_html(shown, frame)}{nav}"


def _paging(view: View, t: Strings) -> str:
    return _page_links(view, view.page, view.pages, PAGE_SIZE, len(view.rows), t)


def _page_links(view: View, page: int, pages: int, size: int, total: int, t: Strings) -> str:
    """Earlier and further rows; nothing where one page holds all."""
    if pages < 2:
        return ""
    links = [
        f'<a href="{esc(view.query.address(t, page=number))}" rel="{rel}">{esc(t(key))}</a>'
        for number, rel, key in ((page - 1, "prev", "register_previous"), (page + 1, "next", "register_next"))
        if 1 <= number <= pages
    ]
    where = t("register_page", first=(page - 1) * size + 1, last=min(page * size, total), total=total)
    return (
        f'<nav class="seiten" aria-label="{esc(t("register_pages"))}"><span>{esc(where)}</span> {" ".join(links)}</nav>'
    )


def _empty(view: View, t: Strings) -> str:
    """Nothing found: what that means, and what helps."""
    query = view.query
    if not view.documents:
        page = f'<a href="{t.prefix}/dokumente">{esc(t("docs_title"))}</a>'
        text = esc(t("register_empty_collection"))
        return f'<div class="leer"><p><strong>{esc(t("empty_title"))}.</strong> {text} {page}</p></div>'
    ways = []
    if query.as_of:
        ways.append((query.address(t, as_of_typed=""), t("register_without_as_of")))
    if query.kind and query.narrowed:
        ways.append((query.address(t, kind="", measure=""), t("register_all_kinds")))
    if query.narrowed or query.kind:
        ways.append((t.prefix + PATH, t("register_reset")))
    ways.append((f"{t.prefix}/", t("register_ask_instead")))
    links = "".join(f'<li><a href="{esc(address)}">{esc(text)}</a></li>' for address, text in ways)
    text = f"<strong>{esc(t('register_nothing'))}</strong> {esc(t('register_absence'))}"
    return f'<div class="leer"><p>{text}</p><ul>{links}</ul></div>'


def _history(decisions: Sequence[Decision], t: Strings) -> str:
    """Who decided what and when, the latest first."""
    rows = "".join(
        f"<li><strong>{esc(t(f'register_do_{d.action}'))}</strong> {esc(review_words(d, t))}</li>"
        for d in reversed(decisions)
    )
    return f'<h2>{esc(t("register_history"))}</h2><ol class="verlauf-der-pruefung">{rows}</ol>' if rows else ""


def statement_html(
    row: Row, decisions: Sequence[Decision], frame: Frame, message: str = "", *, said: bool = False
) -> str:
    """The page of one statement: everything known about it, its sentence, and for maintainers the form."""
    t = frame.t
    fact = row.fact
    facts = [
        (t("register_col_kind"), esc(t(f"register_kind_{fact.kind}"))),
        (t("register_district"), esc(district_name(row))),
        (t("register_col_measure"), esc(measure_words(fact, t))),
        (t("register_col_value"), value_cell(row, frame)),
        *((label, esc(text)) for label, text in attribute_words(fact, t)),
        (t("register_col_as_of"), as_of_cell(row, frame)),
        (t("register_col_source"), source_cell(row, frame).replace("<details ", "<details open ", 1)),
        (t("register_col_state"), state_cell(row, frame)),
    ]
    body = "".join(f"<dt>{esc(name)}</dt><dd>{text}</dd>" for name, text in facts if text)
    form = review_form(row, row_url(row, t), t, message) if frame.signed_in else ""
    back = f'<p><a href="{t.prefix}{PATH}">{esc(t("register_back"))}</a></p>'
    done = said_html(row, t, linked=False) if said else ""
    return (
        f'<div class="register"><h1>{esc(fact.subject)}</h1>{done}'
        f'<dl class="angaben-blatt belege">{body}</dl>{_history(decisions, t)}{form}{back}</div>'
    )
