"""A document among its corrections: which one replaces which, and what the later one changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.difference import Change, Difference
from app.web.changed_words import with_changed_words
from app.web.dates import show_published
from app.web.markup import document_url, esc
from app.web.strings import Strings
from index.rows import Summary
from ingest.types import Document

# Unchanged sentences in a row that are shown as they are; more are folded away.
_SHOWN = 1
_NEW_TAB = ' target="_blank" rel="noopener"'


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The document that a document replaces, and the one that replaces it."""

    earlier: Summary | None = None
    later: Summary | None = None


def neighbours(document: Document, chain: Sequence[Summary]) -> Neighbours:
    """Those of a document in its chain of corrections (oldest first); a withdrawn one stands in none any more."""
    if document.status == "withdrawn":
        return Neighbours()
    at = next((i for i, row in enumerate(chain) if row.id == document.id), 0)
    return Neighbours(chain[at - 1] if at else None, chain[at + 1] if at + 1 < len(chain) else None)


def difference_url(id: Document | Summary, t: Strings) -> str:
    """Address of the page that shows what a document changed in the one that it replaces."""
    return f"{document_url(id, t)}/aenderungen"


def version_lines(document: Document, found: Neighbours, t: Strings, new_tab: bool) -> str:
    """»durch Korrektur ersetzt: …« and »ersetzt: …«, each with links to the other version and to the changes."""
    rows = []
    if found.later:
        rows.append(_line("vermerk", t("version_later"), found.later, found.later, t, new_tab))
    elif document.status != "current":
        rows.append(f'<p class="vermerk">{esc(t(f"docstatus_{document.status}"))}</p>')
    if found.earlier:
        rows.append(_line("fassung", t("version_earlier"), found.earlier, document, t, new_tab))
    return "".join(rows)


def _line(kind: str, word: str, other: Summary, newer: Document | Summary, t: Strings, new_tab: bool) -> str:
    tab = _NEW_TAB if new_tab else ""
    return (
        f'<p class="{kind}">{esc(word)} <a href="{esc(document_url(other, t))}"{tab}>{esc(other.title)}</a> '
        f"({esc(show_published(other.published, t))}) · "
        f'<a href="{esc(difference_url(newer, t))}"{tab}>{esc(t("version_changes"))}</a></p>'
    )


def difference_html(found: Difference, t: Strings) -> str:
    """Both versions, how much differs, and every sentence in reading order: what is gone, what is new, what stayed."""
    counts = {kind: sum(change.kind == kind for change in found.changes) for kind in ("removed", "added", "same")}
    runs = groupby(found.changes, key=lambda change: change.kind == "same")
    body = "".join(_unchanged(list(run), t) if same else _changed(list(run), t) for same, run in runs)
    return (
        f"<h1>{esc(t('difference_title'))}</h1>"
        f'<dl class="fassungen">{_version("difference_older", found.older, t)}'
        f"{_version('difference_newer', found.newer, t)}</dl>"
        f"<p><strong>{esc(t('difference_counts', **counts))}</strong></p>"
        f'<div class="aenderungen" lang="{esc(found.newer.language)}">{body}</div>'
    )


def _version(key: str, document: Document, t: Strings) -> str:
    link = f'<a href="{esc(document_url(document, t))}">{esc(document.title)}</a>'
    return f"<dt>{esc(t(key))}</dt><dd>{link}, {esc(show_published(document.published, t))}</dd>"


def _changed(changes: list[Change], t: Strings) -> str:
    """What is gone, then what is new; words that differ between two versions of a sentence are strong."""
    sides = [[change.text for change in changes if change.kind == kind] for kind in ("removed", "added")]
    old, new = with_changed_words(*sides)
    rows = [_sentence("del", t("difference_removed"), text, t) for text in old]
    return "".join(rows + [_sentence("ins", t("difference_added"), text, t) for text in new])


def _sentence(tag: str, word: str, text: str, t: Strings) -> str:
    label = f'<span class="wort" lang="{t.lang}">{esc(word)}</span>'
    return f'<p class="aenderung {tag}">{label} <{tag}>{text}</{tag}></p>'


def _unchanged(changes: list[Change], t: Strings) -> str:
    """One sentence as it is, several folded away."""
    rows = "".join(f'<p class="gleich">{esc(change.text)}</p>' for change in changes)
    if len(changes) <= _SHOWN:
        return rows
    summary = f'<summary lang="{t.lang}">{esc(t("difference_same", count=len(changes)))}</summary>'
    return f"<details>{summary}{rows}</details>"
