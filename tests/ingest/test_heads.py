"""Title, date, publisher, kind and programme against gold written by people who had not seen the rules.

The floors are what was measured, a little below.
"""

from __future__ import annotations

import pytest

from tests.support.heads import gold, is_right, shares

FLOORS = {
    "heldout": {"title": 0.75, "date": 0.85, "publisher": 0.67, "kind": 0.62, "programme": 0.55},
    "development_1": {"title": 0.82, "date": 0.92, "publisher": 0.82, "kind": 0.77, "programme": 0.62},
    "development_2": {"title": 0.85, "date": 0.95, "publisher": 0.72, "kind": 0.72, "programme": 0.85},
    "development_3": {"title": 0.67, "date": 0.87, "publisher": 0.7, "kind": 0.6, "programme": 0.77},
}


@pytest.mark.parametrize("name", FLOORS)
def test_heads_are_read_as_well_as_measured(name: str) -> None:
    found = shares(name)

    assert {field: share for field, share in found.items() if share < FLOORS[name][field]} == {}


@pytest.mark.parametrize("name", FLOORS)
def test_sets_hold_forty_documents(name: str) -> None:
    assert len(gold(name)) == 40


@pytest.mark.parametrize(
    ("field", "accepted", "got", "right"),
    [
        ("date", ["2022-05"], "2022-05", True),
        ("date", ["2022-05"], "2022-05-01", False),
        ("date", [None], None, True),
        ("title", ["Neue Laternen für den Entenweg"], "Neue Laternen für den Entenweg.", True),
        ("title", ["Neue Laternen für den Entenweg"], "Neue", False),
        ("publisher", ["Stadt Musterau", "Stadtverwaltung Musterau"], "Stadt Musterau, Pressestelle", True),
        ("publisher", ["Stadt Musterau"], None, False),
        ("programme", ["Netz Sichere Orte"], "Netz", False),
    ],
)
def test_a_value_is_right_if_it_is_accepted(
    field: str, accepted: list[str | None], got: str | None, right: bool
) -> None:
    assert is_right(field, accepted, got) is right
