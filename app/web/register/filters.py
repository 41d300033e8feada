"""Kinds as links with counts, and the filters as a form that works without scripts."""

from __future__ import annotations

from collections.abc import Iterable

from app.web.dates import show_date
from app.web.markup import esc
from app.web.register.query import CONFLICTS, PATH, Query
from app.web.register.view import View
from app.web.strings import Strings
from ingest.facts.types import KINDS


def kinds_html(view: View, t: Strings) -> str:
    """A link for each kind of statement; the other filters stay."""
    total = sum(number for kind, number in view.counts.items() if kind != CONFLICTS)
    rows = [_kind("", total, view, t), *(_kind(kind, view.counts[kind], view, t) for kind in (*KINDS, CONFLICTS))]
    return (
        f'<nav id="register-arten" class="arten" aria-label="{esc(t("register_kinds"))}"><ul>{"".join(rows)}</ul></nav>'
    )


def _kind(kind: str, number: int, view: View, t: Strings) -> str:
    here = ' aria-current="page"' if kind == view.query.kind else ""
    address = view.query.address(t, kind=kind, measure="", series="")
    label = t(f"register_kinds_{kind or 'all'}")
    return f'<li><a href="{esc(address)}"{here}>{esc(label)} <span class="anzahl">{number}</span></a></li>'


def filter_html(view: View, signed_in: bool, t: Strings) -> str:
    """The form; what is asked less often is folded away unless it is in use."""
    query = view.query
    kinds = [("", t("register_kinds_all")), *((k, t(f"register_kinds_{k}")) for k in (*KINDS, CONFLICTS))]
    more = any((query.district, query.measure, query.as_of_typed, query.superseded, query.hidden))
    reset = f'<a href="{esc(t.prefix + PATH)}">{esc(t("register_reset"))}</a>' if query.narrowed else ""
    return (
        f'<form method="get" action="{t.prefix}{PATH}" class="register-filter" id="register-filter" '
        f'role="search" aria-label="{esc(t("register_filter"))}"><div class="felder">'
        f"{_select('art', t('register_col_kind'), kinds, query.kind)}{_text(query, t)}{_place(view, t)}</div>"
        f'<details class="mehr-filter"{" open" if more else ""}><summary>{esc(t("register_more_filters"))}</summary>'
        f'<div class="felder">{_more(view, t)}</div>{_switches(view, signed_in, t)}</details>'
        f'<p class="absenden"><button type="submit" class="haupt-knopf">{esc(t("register_apply"))}</button> {reset}</p>'
        "</form>"
    )


def _text(query: Query, t: Strings) -> str:
    return _field(
        "text", t("register_text"), f'<input type="search" id="f-text" name="text" value="{esc(query.text)}" '
        f'autocomplete="off" placeholder="{esc(t("register_text_placeholder"))}">',
    )  # fmt: skip


def _place(view: View, t: Strings) -> str:
    options = "".join(f'<option value="{esc(name)}"></option>' for name in view.places)
    return _field(
        "ort", t("register_place"), f'<input id="f-ort" name="ort" value="{esc(view.query.place)}" list="orte" '
        f'autocomplete="off"><datalist id="orte">{options}</datalist>',
    )  # fmt: skip


def _more(view: View, t: Strings) -> str:
    query, any_ = view.query, ("", t("register_any"))
    places = [any_, *((district.key, district.name) for district in view.districts)]
    measures = [any_, *view.measures]
    if query.measure and query.measure not in dict(view.measures):
        measures.append((query.measure, query.measure))
    unclear = t("error_as_of", value=query.as_of_typed) + " " + t("error_as_of_hint") if query.as_of_unclear else ""
    invalid = ' aria-invalid="true"' if unclear else ""
    as_of = (
        f'<input id="f-stand" name="stand" value="{esc(query.as_of_typed)}" autocomplete="off"{invalid} '
        f'aria-describedby="stand-fehler" placeholder="{esc(t("ask_as_of_placeholder"))}">'
        f'<p class="vermerk fehler" id="stand-fehler" role="alert"{"" if unclear else " hidden"}>{esc(unclear)}</p>'
    )
    return (
        _select("kreis", t("register_district"), places, query.district)
        + _select("groesse", t("register_col_measure"), measures, query.measure)
        + _field("stand", t("register_col_as_of"), as_of)
    )


def _switches(view: View, signed_in: bool, t: Strings) -> str:
    rows = [("ueberholt", t("register_with_superseded"), view.query.superseded)]
    if signed_in:
        rows.append(("ausgeblendet", t("register_with_hidden", count=view.hidden), view.query.hidden))
    return "".join(
        f'<p class="schalter-feld"><input type="checkbox" id="f-{name}" name="{name}" value="1"'
        f'{" checked" if on else ""}> <label for="f-{name}">{esc(label)}</label></p>'
        for name, label, on in rows
    )


def _select(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> str:
    rows = "".join(
        f'<option value="{esc(value)}"{" selected" if value == chosen else ""}>{esc(text)}</option>'
        for value, text in options
    )
    return _field(name, label, f'<select id="f-{name}" name="{name}">{rows}</select>')


def _field(name: str, label: str, control: str) -> str:
    return f'<div><label for="f-{name}">{esc(label)}</label>{control}</div>'


def coverage_html(view: View, t: Strings) -> str:
    """How far the register reaches, and that what it lacks may exist all the same."""
    newest = t("ask_newest", date=show_date(view.newest, t)) if view.newest else ""
    day = view.query.as_of
    as_of = f" {t('register_as_of', date=show_date(day, t))}" if day else ""
    return (
        f'<p id="register-umfang">{esc(t("register_coverage", count=view.documents, newest=newest))}{esc(as_of)} '
        f'<span class="klein">{esc(t("register_absence"))}</span></p>'
    )
