"""Rows of tables as sentences (»Jahr: 2020; Vorhaben: 13«): what their numbers count, and for which day."""

from __future__ import annotations

from dataclasses import replace

from ingest.facts.columns import in_unit_of_column, noun_of_column
from ingest.facts.scenes import Scene
from ingest.german.dates import DateMention, find_dates
from ingest.german.quantities import Quantity


def counted_in_row(row: Scene, quantity: Quantity) -> Quantity:
    """The number with the unit or noun that its column gives it; as it is where it has one."""
    cell = row.cell_at(quantity.start)
    if cell is None or quantity.unit:
        return quantity
    known = in_unit_of_column(row, quantity)
    noun = noun_of_column(row, cell) if not known.unit else None
    return replace(known, unit=noun) if noun else known


def column_date(row: Scene, quantity: Quantity) -> DateMention | None:
    """The day, month or year that stands in the label of the number's column (»Stand November 2021: 126«)."""
    cell = row.cell_at(quantity.start)
    return next((date for date in find_dates(cell.label) if date.year is not None), None) if cell else None
