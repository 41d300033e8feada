"""Statements that cannot both hold, side by side, each with its sentence; nothing is averaged or decided here."""

from __future__ import annotations

from collections.abc import Sequence

from app.register.conflicts import Conflict
from app.register.rows import Row
from app.web.frame import Frame
from app.web.markup import esc
from app.web.register.districts import district_name
from app.web.register.table import as_of_cell, row_url, source_cell, state_cell, value_cell
from app.web.register.words import attribute_words, measure_words


def conflicts_html(conflicts: Sequence[Conflict], frame: Frame) -> str:
    """One article a contradiction."""
    return "".join(_conflict(conflict, frame) for conflict in conflicts)


def _conflict(conflict: Conflict, frame: Frame) -> str:
    t = frame.t
    first = conflict.statements[0]
    district = district_name(first)
    small = f" <small>{esc(district)}</small>" if district else ""
    id = f"widerspruch-{esc(conflict.id)}"
    sides = "".join(_statement(row, frame) for row in conflict.statements)
    return (
        f'<article class="widerspruch belege" aria-labelledby="{id}">'
        f'<h2 id="{id}">{esc(conflict.subject)}: {esc(measure_words(first.fact, t))}{small}</h2>'
        f'<p class="grund" lang="de">{esc(conflict.reason)}</p><ul class="aussagen">{sides}</ul></article>'
    )


def _statement(row: Row, frame: Frame) -> str:
    t = frame.t
    # Of offices the names differ, and not what they are called.
    name = f"{esc(row.fact.subject)}, " if row.fact.kind == "person" else ""
    details = "".join(f"<dt>{esc(label)}</dt><dd>{esc(text)}</dd>" for label, text in attribute_words(row.fact, t))
    return (
        f'<li><p class="aussage-wert"><a href="{esc(row_url(row, t))}">{name}{value_cell(row, frame)}</a></p>'
        f"<dl><dt>{esc(t('register_col_as_of'))}</dt><dd>{as_of_cell(row, frame)}</dd>{details}"
        f"<dt>{esc(t('register_col_source'))}</dt><dd>{source_cell(row, frame)}</dd>"
        f"<dt>{esc(t('register_col_state'))}</dt><dd>{state_cell(row, frame)}</dd></dl></li>"
    )
