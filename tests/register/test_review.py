"""Decisions find their rows again, and corrections must fit them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.facts import MUSTERAU, decision, fact, member, row

from app.register.review import checked, history
from app.register.rows import Row, decided
from index.register import Decision
from ingest.errors import InputError


def found(decisions: list[Decision], *rows: Row) -> dict[str, list[str]]:
    made = history([one.entry for one in rows], decisions)
    return {id: [one.action for one in group] for id, group in made.items()}


def renamed(of: Row, id: str, **changes: Any) -> Row:
    """The same row under another id, as new rules would read it."""
    changed = replace(of.fact, **{k: v for k, v in changes.items() if k != "quote"})
    return Row(replace(of.entry, id=id, fact=changed, quote=changes.get("quote", of.entry.quote)), changed)


def test_the_last_decision_by_id_holds_and_all_are_kept():
    one = row()
    assert found([decision("confirm", one), decision("hide", one)], one) == {one.id: ["confirm", "hide"]}


def test_a_row_with_another_id_is_known_by_sentence_and_value():
    one = row(value=28)
    beside = renamed(one, "beside", value=31)
    again = renamed(one, "new", measure="municipalities_advised")
    assert found([decision("confirm", one)], beside, again) == {"new": ["confirm"]}


def test_a_row_whose_value_is_read_otherwise_is_known_if_nothing_else_comes_into_question():
    one = row(value=28)
    assert found([decision("hide", one)], renamed(one, "new", value=29)) == {"new": ["hide"]}
    two = (renamed(one, "new", value=29), renamed(one, "other", value=30))
    assert found([decision("hide", one)], *two) == {}
    rivals = [decision("hide", one), decision("confirm", renamed(one, "beside", value=31))]
    assert found(rivals, renamed(one, "new", value=29)) == {}


def test_a_sentence_about_several_towns_is_told_apart_by_the_town():
    quote = "Musterau und Neustadt haben unterzeichnet."
    first, second = member(subject="Musterau", quote=quote), member(subject="Neustadt", quote=quote)
    rows = (renamed(second, "n"), renamed(first, "m"))
    assert found([decision("confirm", first)], *rows) == {"m": ["confirm"]}
    assert found([decision("confirm", first)], renamed(second, "n"), renamed(second, "o", subject="Altstadt")) == {}


@pytest.mark.parametrize("change", [{"quote": "Ein anderer Satz."}, {"kind": "funding"}])
def test_another_sentence_or_kind_is_another_statement(change: dict[str, Any]):
    one = row()
    assert found([decision("confirm", one)], renamed(one, "new", **change)) == {}


def test_another_document_is_another_statement():
    one = row("a")
    assert found([decision("confirm", one)], renamed(row("b"), "new")) == {}


def test_decisions_before_and_after_new_ids_are_one_history():
    one = row()
    new = renamed(one, "new")
    decisions = [decision("hide", one), decision("confirm", new), decision("source_wrong", one)]
    assert found(decisions, new) == {"new": ["hide", "confirm", "source_wrong"]}


def test_what_a_decision_makes_of_a_row():
    entry = row(subject="Neustadt", value=28, as_of=None, as_of_range=("2021-11-01", "2021-11-30")).entry
    corrected = decided(entry, decision("correct", change={"value": 31, "as_of": "2022", "subject": "Torgau", "x": 1}))
    assert (corrected.fact.value, corrected.fact.as_of, corrected.fact.as_of_range) == (31, "2022", None)
    assert corrected.fact.place is not None
    assert corrected.fact.place.district == "Nordsachsen"
    assert corrected.to_json()["reviewed"] == {
        "action": "correct", "by": "muster", "at": "2024-01-02T03:04:05+00:00", "note": "",
        "change": {"value": 31, "as_of": "2022", "subject": "Torgau", "x": 1},
    }  # fmt: skip
    assert decided(entry, decision("hide")).hidden
    assert decided(entry, decision("source_wrong")).source_wrong
    assert decided(entry, decision("reset")) == decided(entry, None)


COUNT = fact(value=28)
JOINED = fact("member", "Musterau", "joined", value="2021-06-25", unit="date", place=MUSTERAU)
OFFICE = fact("person", "Erika Muster", "office", value="Landrätin", unit=None)
SUM = fact("funding", measure="funding_available", value=1_300_000, unit="EUR")
DEADLINE = fact("funding", measure="application_deadline", value="--10-15", unit="date")


@pytest.mark.parametrize(
    ("of", "change", "kept"),
    [
        (COUNT, {"value": "31"}, {"value": 31}),
        (COUNT, {"value": 31.5}, {"value": 31.5}),
        (SUM, {"value": "1.298.000,50"}, {"value": 1_298_000.5}),
        (COUNT, {"qualifier": "über", "unit": " Räte "}, {"qualifier": "über", "unit": "Räte"}),
        (COUNT, {"qualifier": ""}, {"qualifier": None}),
        (COUNT, {"as_of": "22.07.2022"}, {"as_of": "2022-07-22"}),
        (COUNT, {"as_of": ""}, {"as_of": None}),
        (JOINED, {"value": "2021-06"}, {"value": "2021-06"}),
        (JOINED, {"value": None}, {"value": None}),
        (DEADLINE, {"value": "--10-31"}, {"value": "--10-31"}),
        (OFFICE, {"value": "Bürgermeisterin"}, {"value": "Bürgermeisterin"}),
        (OFFICE, {"subject": "Erika Beispiel"}, {"subject": "Erika Beispiel"}),
    ],
)
def test_corrections_that_fit(of: Any, change: dict[str, Any], kept: dict[str, Any]):
    assert checked(of, change) == kept


@pytest.mark.parametrize(
    ("of", "change"),
    [
        (COUNT, {}), (COUNT, {"value": "viele"}), (COUNT, {"value": ""}), (COUNT, {"value": None}),
        (COUNT, {"value": True}), (COUNT, {"value": "-3"}), (COUNT, {"value": "nan"}), (COUNT, {"quote": "x"}),
        (COUNT, {"qualifier": "vielleicht"}), (COUNT, {"as_of": "gestern"}), (COUNT, {"as_of": "2022-13"}),
        (COUNT, {"unit": 3}), (COUNT, {"subject": " "}), (COUNT, {"subject": "x" * 3000}),
        (JOINED, {"value": "im Juni"}), (JOINED, {"value": 2021.5}), (DEADLINE, {"value": "--13-01"}),
        (OFFICE, {"value": ""}), (OFFICE, {"value": 3}), (SUM, {"value": "2021-06-25"}),
        (fact("event", "Musterau", "conference", value="2021-06-25", unit="date"), {"value": None}),
        (fact("participant", "Musterau", "stage", value=None, unit=None), {"value": "2021"}),
    ],
)  # fmt: skip
def test_corrections_that_do_not(of: Any, change: dict[str, Any]):
    with pytest.raises(InputError) as told:
        checked(of, change)
    assert told.value.hint
