"""The questions of a run, those first that were not answered rightly: filters, and one entry that opens for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from app.web.dates import show_date
from app.web.frame import Frame
from app.web.markup import document_path, esc
from app.web.quality.figures import name_of
from app.web.quality.stored import Asked, Quote, Run
from app.web.strings import Strings

PATH = "/qualitaet"
PAGE_SIZE = 25
RESULTS = ("falsch", "richtig", "alle")
_LONGEST = 200
_STATUS = re.compile(r"\b(answered|partial|corrected|ambiguous|no_evidence)\b")


@dataclass(frozen=True, slots=True)
class Query:
    """The filters as they stand in the address."""

    result: str = RESULTS[0]
    kind: str = ""
    persona: str = ""
    text: str = ""
    page: int = 1

    def address(self, t: Strings, page: int) -> str:
        """The address of another page of the list."""
        values = {"ergebnis": self.result, "art": self.kind, "wer": self.persona, "text": self.text, "seite": str(page)}
        return f"{t.prefix}{PATH}?{urlencode({k: v for k, v in values.items() if v})}#fragen"


def read_query(params: Mapping[str, str]) -> Query:
    """The filters of an address; what is not known is left out."""
    result, page = params.get("ergebnis", ""), params.get("seite", "")
    return Query(
        result if result in RESULTS else RESULTS[0],
        params.get("art", "")[:_LONGEST],
        params.get("wer", "")[:_LONGEST],
        params.get("text", "").strip()[:_LONGEST],
        int(page) if page.isascii() and page.isdigit() and 0 < int(page) < 10**6 else 1,
    )


def cases_html(run: Run, query: Query, known: Collection[str], frame: Frame) -> str:
    """Filters and one page of the list; `known` are the ids of documents that a citation can lead to."""
    t = frame.t
    found = _chosen(run.cases, query)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    query = replace(query, page=min(query.page, pages))
    shown = found[(query.page - 1) * PAGE_SIZE : query.page * PAGE_SIZE]
    entries = "".join(_entry(case, known, frame) for case in shown)
    empty = f'<p class="leer">{esc(t("quality_none_fits"))}</p>'
    return (
        f'<section aria-labelledby="fragen"><h2 id="fragen" tabindex="-1">{esc(t("quality_questions"))}</h2>'
        f"{_filters(run, query, t)}"
        f'<p role="status">{esc(t("quality_shown", count=len(found), total=len(run.cases)))}</p>'
        f"{entries or empty}{_paging(query, pages, t)}</section>"
    )


def _chosen(cases: Iterable[Asked], query: Query) -> Sequence[Asked]:
    """What fits the filters, failures first."""
    wanted = query.text.casefold()
    found = [
        case
        for case in cases
        if query.result == "alle" or case.right == (query.result == "richtig")
        if not query.kind or case.kind == query.kind
        if not query.persona or case.persona == query.persona
        if wanted in f"{case.question}\n{case.short}\n{case.id}".casefold()
    ]
    return sorted(found, key=lambda case: case.right)


def _filters(run: Run, query: Query, t: Strings) -> str:
    results = [(name, t(f"quality_result_{name}")) for name in RESULTS]
    kinds = _options({case.kind for case in run.cases}, t)
    personas = _options({case.persona for case in run.cases if case.persona}, t)
    fields = (
        _select("ergebnis", t("quality_result"), results, query.result)
        + _select("art", t("quality_col_kind"), kinds, query.kind)
        + _select("wer", t("quality_col_persona"), personas, query.persona)
        + f'<div><label for="f-text">{esc(t("quality_text"))}</label>'
        f'<input type="search" id="f-text" name="text" value="{esc(query.text)}" autocomplete="off"></div>'
    )
    return (
        f'<form method="get" action="{t.prefix}{PATH}#fragen" class="frage-filter" role="search" '
        f'aria-label="{esc(t("quality_filter"))}"><div class="felder">{fields}</div>'
        f'<p class="absenden"><button type="submit" class="haupt-knopf">{esc(t("quality_apply"))}</button></p></form>'
    )


def _options(names: Iterable[str], t: Strings) -> list[tuple[str, str]]:
    return [("", t("quality_all")), *sorted(((name, name_of(name, t)) for name in names), key=lambda pair: pair[1])]


def _select(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> str:
    rows = "".join(
        f'<option value="{esc(value)}"{" selected" if value == chosen else ""}>{esc(text)}</option>'
        for value, text in options
    )
    return f'<div><label for="f-{name}">{esc(label)}</label><select id="f-{name}" name="{name}">{rows}</select></div>'


def _entry(case: Asked, known: Collection[str], frame: Frame) -> str:
    t = frame.t
    about = [name_of(word, t) for word in (case.kind, case.persona, *case.style) if word]
    about += [t("as_of", date=show_date(case.as_of, t))] if case.as_of else []
    result = t("quality_right" if case.right else "quality_wrong")
    faults = "".join(f"<li>{esc(_readable(fault, t))}</li>" for fault in case.faults)
    history = "".join(f"<p>{esc(t('quality_before'))} <q>{esc(question)}</q></p>" for question in case.history)
    parts = [
        (t("quality_answer"), f"<p>{esc(case.short or '–')} <small>({esc(_status(case.status, t))})</small></p>"),
        (t("quality_faults"), f'<ul lang="de">{faults}</ul>' if faults else ""),
        (t("quality_expected"), f'<p lang="de">{esc("; ".join(case.expected) or t("quality_no_answer"))}</p>'),
        (t("quality_evidence"), _quotes(case.evidence, known, t)),
        (t("quality_cited"), _quotes(case.citations, known, t)),
        (t("quality_why"), f'<p lang="de">{esc(case.why)}</p>' if case.why else ""),
    ]
    body = "".join(f"<dt>{esc(name)}</dt><dd>{html}</dd>" for name, html in parts if html)
    state = "richtig" if case.right else "falsch"
    return (
        f'<details class="fall {state}"><summary><span class="marke">{esc(result)}</span> '
        f'<strong lang="{"en" if "english" in case.style else "de"}">{esc(case.question)}</strong> '
        f"<small>{esc(' · '.join([*about, case.id]))}</small></summary>{history}<dl>{body}</dl></details>"
    )


def _quotes(quotes: Iterable[Quote], known: Collection[str], t: Strings) -> str:
    rows = []
    for quote in quotes:
        name = esc(quote.source)
        if quote.document_id in known:
            place = f"{t.prefix}{document_path(quote.document_id)}?von={quote.start}&bis={quote.end}&n={quote.number}"
            name = f'<a href="{esc(place)}">{name}</a>'
        mark = f"[{quote.number}] " if quote.number else ""
        rows.append(f'<li>{mark}{name}: <q lang="de">{esc(" ".join(quote.quote.split()))}</q></li>')
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def _readable(fault: str, t: Strings) -> str:
    return _STATUS.sub(lambda match: f"»{_status(match[0], t)}«", fault)


def _status(status: str, t: Strings) -> str:
    return t.optional(f"status_{status}", status)


def _paging(query: Query, pages: int, t: Strings) -> str:
    if pages < 2:
        return ""
    links = "".join(
        f' <a href="{esc(query.address(t, number))}" rel="{rel}">{esc(t(key))}</a>'
        for number, rel, key in (
            (query.page - 1, "prev", "register_previous"),
            (query.page + 1, "next", "register_next"),
        )
        if 1 <= number <= pages
    )
    where = t("quality_page", page=query.page, pages=pages)
    return f'<nav class="seiten" aria-label="{esc(t("register_pages"))}"><span>{esc(where)}</span>{links}</nav>'
