"""Rows of the register as tables, each kind with the columns that suit it; cards where there is little room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from app.register.rows import Row
from app.web.dates import show_published
from app.web.frame import Frame
from app.web.markup import document_path, esc, hidden
from app.web.register.districts import district_name
from app.web.register.query import PATH, Query
from app.web.register.review import quick_html, review_words
from app.web.register.words import as_of_words, attribute_words, labels, measure_words, period_words, value_words
from app.web.strings import Strings

Cell = Callable[[Row, Frame], str]
# Kinds whose values grow old; of the others one statement does not take the place of another.
_AGEING = ("figure", "funding", "person")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a table needs besides its rows: the page, and the address to come back to after a decision."""

    frame: Frame
    query: Query


def row_url(row: Row, t: Strings) -> str:
    """Address of the page of one statement."""
    return f"{t.prefix}{PATH}/{quote(row.id, safe='')}"


def source_url(row: Row, t: Strings) -> str:
    """Address of the page that shows the statement's sentence in its document."""
    fact = row.fact
    return f"{t.prefix}{document_path(row.entry.document_id)}?von={fact.start}&bis={fact.end}"


def state_words(row: Row, t: Strings) -> list[str]:
    """What is known about a statement besides its source, in words."""
    return [t(f"register_state_{name}") for name in states(row)]


def states(row: Row) -> list[str]:
    """Names of the states of a row: its age first, then what was decided."""
    found = []
    if row.superseded:
        found.append("superseded")
    elif row.fact.kind in _AGEING and row.fact.as_of and not row.source_wrong:
        found.append("newest")
    if row.decision is not None and row.decision.action != "reset":
        found.append(row.decision.action)
    return found


def table_html(rows: Sequence[Row], listing: Listing) -> str:
    """The table; the columns follow the kind that is asked for."""
    t = listing.frame.t
    columns = _COLUMNS.get(listing.query.kind, _ALL)
    names = [t(f"register_col_{name}") for name, _ in columns]
    signed_in = listing.frame.signed_in
    titles = [*names, *([t("register_col_review")] if signed_in else [])]
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in titles)
    body = "".join(_row(row, columns, titles, listing) for row in rows)
    caption = t(f"register_kinds_{listing.query.kind}") if listing.query.kind else t("register_title")
    return (
        f'<table class="liste angaben-liste belege" id="angaben"><caption class="sr">{esc(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row: Row, columns: Sequence[tuple[str, Cell]], names: Sequence[str], listing: Listing) -> str:
    t = listing.frame.t
    cells = [cell(row, listing.frame) for _, cell in columns[1:]]
    if listing.frame.signed_in:
        cells.append(quick_html(row, row_url(row, t), listing.query, t))
    rest = "".join(f'<td data-name="{esc(n)}">{cell}</td>' for n, cell in zip(names[1:], cells, strict=True))
    kind = ' class="ausgeblendet"' if row.hidden else ""
    return f'<tr id="angabe-{esc(row.id)}"{kind}><th scope="row">{columns[0][1](row, listing.frame)}</th>{rest}</tr>'


def _subject(row: Row, frame: Frame) -> str:
    """Whom the statement is about, with the district; twins that stay ambiguous are said to be."""
    t = frame.t
    notes = [district_name(row)]
    if row.fact.place and row.fact.place.candidates:
        notes.append(t("register_ambiguous", count=len(row.fact.place.candidates)))
    small = "".join(f"<br><small>{esc(note)}</small>" for note in notes if note)
    return f'<a class="oeffnen" href="{esc(row_url(row, t))}">{esc(row.fact.subject)}</a>{small}'


def _kind(row: Row, frame: Frame) -> str:
    t = frame.t
    return esc(t(f"register_kind_{row.fact.kind}"))


def _measure(row: Row, frame: Frame) -> str:
    t = frame.t
    return esc(measure_words(row.fact, t))


def value_cell(row: Row, frame: Frame) -> str:
    """The value, and below it over which time was counted."""
    t = frame.t
    fact = row.fact
    period = period_words(fact.period, t)
    small = f"<br><small>{esc(period)}</small>" if period else ""
    if words := value_words(fact, t):
        return f"<strong>{esc(words)}</strong>{small}"
    wording = fact.attributes.get("wording", "")
    missing = t("register_day_unknown") if fact.kind == "member" else str(wording) or "–"
    return esc(missing) + small


def _statement(row: Row, frame: Frame) -> str:
    """Measure and value in one cell, where kinds stand mixed; of a participant, how far it has come."""
    t, fact = frame.t, row.fact
    if fact.kind == "participant":
        return "<br>".join(esc(text) for _, text in attribute_words(fact, t)) or "–"
    measure = "" if fact.kind == "offering" else esc(measure_words(fact, t))
    shown = value_cell(row, frame) if value_words(fact, t) or not measure else ""
    return "<br>".join(part for part in (measure, shown) if part)


def _details(row: Row, frame: Frame) -> str:
    t = frame.t
    rows = attribute_words(row.fact, t)
    return "<br>".join(f"<small>{esc(label)}:</small> {esc(text)}" for label, text in rows) or "–"


def as_of_cell(row: Row, frame: Frame) -> str:
    """The as-of date; a period and an inferred day are marked as what they are."""
    t = frame.t
    fact = row.fact
    marks = []
    if fact.as_of_range and not fact.as_of:
        marks.append(t("register_range"))
    if fact.as_of_basis in ("inferred", "file"):
        marks.append(t(f"date_{fact.as_of_basis}"))
    small = "".join(f'<br><span class="vermerk">{esc(mark)}</span>' for mark in marks)
    return esc(as_of_words(fact, t)) + small


def source_cell(row: Row, frame: Frame) -> str:
    """The document as a link to the sentence, who published it and when, and the sentence itself."""
    t = frame.t
    source = row.entry.source.summary
    page = t("page_short", page=row.entry.page) if row.entry.page is not None else ""
    facts = [source.publisher, _rank(row, t), show_published(source.published, t), page]
    return (
        f'<a class="cite" href="{esc(source_url(row, t))}">{hidden(t("cite_word") + ": ")}{esc(source.title)}</a>'
        f"<br><small>{esc(' · '.join(fact for fact in facts if fact))}</small>"
        f'<details class="wortlaut"><summary>{esc(t("register_quote"))}</summary>'
        f'<q lang="{esc(source.language)}">{esc(" ".join(row.entry.quote.split()))}</q></details>'
    )


def _rank(row: Row, t: Strings) -> str:
    """How much the source weighs; nothing where that is not known."""
    return labels("rank", t).get(row.rank, "") if row.rank != "unknown" else ""


def state_cell(row: Row, frame: Frame) -> str:
    """The states as words in frames, and who decided when."""
    t = frame.t
    marks = "".join(
        f'<span class="marke {name}">{esc(text)}</span>'
        for name, text in zip(states(row), state_words(row, t), strict=True)
    )
    review = review_words(row.decision, t) if row.decision is not None else ""
    return (marks or "–") + (f"<small>{esc(review)}</small>" if review else "")


_AS_OF, _SOURCE, _STATE = ("as_of", as_of_cell), ("source", source_cell), ("state", state_cell)
_TAIL: tuple[tuple[str, Cell], ...] = (_AS_OF, _SOURCE, _STATE)
_ALL: tuple[tuple[str, Cell], ...] = (
    ("subject", _subject), ("kind", _kind), ("statement", _statement), *_TAIL,
)  # fmt: skip
_COLUMNS: dict[str, tuple[tuple[str, Cell], ...]] = {
    "member": (("municipality", _subject), ("joined", value_cell), ("details", _details), _SOURCE, _STATE),
    "participant": (("municipality", _subject), ("details", _details), *_TAIL),
    "figure": (("subject", _subject), ("measure", _measure), ("value", value_cell), *_TAIL),
    "funding": (("subject", _subject), ("measure", _measure), ("value", value_cell), *_TAIL),
    "offering": (("subject", _subject), ("offering", value_cell), *_TAIL),
    "person": (("person", _subject), ("office", value_cell), *_TAIL),
    "event": (("subject", _subject), ("event", _measure), ("day", value_cell), _SOURCE, _STATE),
    "contact": (("subject", _subject), ("contact", value_cell), *_TAIL),
}
