"""Which rows a newer one takes the place of, and which merely look like it."""

from __future__ import annotations

from typing import Any

import pytest
from support.facts import MUSTERAU, NEUSTADT, decision, member, person, row

from app.register.rows import Row
from app.register.time import mark_superseded


def old(*rows: Row, as_of: str | None = None) -> list[Any]:
    """Values (of persons the names) of the rows that are superseded."""
    marked = mark_superseded(rows, as_of)
    assert [one.id for one in marked] == [one.id for one in rows]
    return [one.fact.subject if one.fact.kind == "person" else one.fact.value for one in marked if one.superseded]


def test_the_newest_as_of_holds():
    assert old(row(value=19, as_of="2019-12"), row("b", value=28), row("c", value=25, as_of="2021-09-01")) == [19, 25]


def test_the_same_value_again_is_newer_as_well():
    assert old(row(value=28, as_of="2021-01-01"), row("b", value=28)) == [28]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"as_of": "2022"}, {"as_of": "2022-07-22"}),
        ({"as_of": "2022-07-22"}, {"as_of": "2022-07"}),
        ({"as_of": None}, {"as_of": "2022-07-22"}),
        ({"as_of": None, "as_of_range": ("2021-11-01", "2021-11-30")}, {"as_of": "2021-11-20"}),
        ({"as_of": "2021-11-20"}, {"as_of": None, "as_of_range": ("2021-11-01", "2021-12-31")}),
    ],
)
def test_periods_that_overlap_are_neither_older_nor_newer(first: dict[str, Any], second: dict[str, Any]):
    assert old(row(value=1, **first), row("b", value=2, **second)) == []


def test_a_range_that_lies_behind_is_newer():
    newer = row("b", value=2, as_of=None, as_of_range=("2022-01-01", "2022-03-31"))
    assert old(row(value=1, as_of="2021-12-31"), newer) == [1]


@pytest.mark.parametrize(
    "other",
    [
        {"measure": "municipalities_advised"},
        {"subject": "Musterau", "place": MUSTERAU},
        {"unit": "Vereinbarungen"},
        {"period": "2022"},
        {"attributes": {"scope": "Grundschulen"}},
        {"attributes": {"of": "Landkreise"}},
        {"kind": "funding", "attributes": {"receiver": "Stadt Neustadt"}},
        {"measure": "other"},
        {"value": None},
    ],
)
def test_what_only_looks_alike_takes_no_place(other: dict[str, Any]):
    assert old(row(value=19, as_of="2019-12-01"), row("b", **({"value": 28} | other))) == []


def test_words_for_one_unit_are_one():
    assert old(row(value=19, as_of="2019", unit="Gemeinden"), row("b", value=28, unit="Städten und Gemeinden")) == [19]


def test_unnamed_measures_need_the_same_sentence():
    def count(of: str, value: int, quote: str, as_of: str) -> Row:
        return row(of, measure="other", value=value, quote=quote, as_of=as_of)

    first = count("a", 120, "Kontaktiert wurden bisher 120 Kommunen.", "2021-01-01")
    assert old(first, count("b", 126, "Bisher wurden 126 Kommunen kontaktiert.", "2021-11-01")) == [120]
    assert old(first, count("b", 13, "13 Kommunen wurden für Analysen ausgewählt.", "2021-11-01")) == []


def test_a_hidden_or_wrong_row_takes_no_place():
    first = row(value=25, as_of="2021-09-01")
    for action in ("hide", "source_wrong"):
        assert old(first, row("b", value=280, decision=decision(action))) == []
    assert old(first, row("b", value=28, decision=decision("confirm"))) == [25]


def test_what_is_announced_does_not_hold_yet():
    rows = (row(value=25, as_of="2021-09-01"), row("b", value=28, as_of="2022-07-22"))
    assert old(*rows, as_of="2022-01-01") == []
    assert old(*rows, as_of="2022-08") == [25]


def test_joining_is_never_superseded_but_the_plan_is():
    plan = {"kind": "participant", "subject": "Musterau", "measure": "stage", "value": None, "place": MUSTERAU}
    planned = row(**plan, as_of="2020-01-01", attributes={"stage": "planned"}, id="plan")
    advised = row(**plan, as_of="2020-01-01", attributes={"stage": "advised"}, id="advised")
    joined = [member(place=MUSTERAU), member("b", value="2023-01-01", place=MUSTERAU)]
    marked = mark_superseded([planned, advised, *joined])
    assert [one.id for one in marked if one.superseded] == ["plan"]
    assert old(planned, member(subject="Neustadt", place=NEUSTADT)) == []


def test_another_holder_of_the_same_office_of_the_same_place():
    first = person("a", "Erika Muster", "Bürgermeisterin", place=MUSTERAU, as_of="2019-05-01")
    second = person("b", "Max Beispiel", "Bürgermeister", place=MUSTERAU, as_of="2022-05-01")
    assert old(first, second) == ["Erika Muster"]
    assert old(first, person("b", "Max Beispiel", "Bürgermeister", place=NEUSTADT, as_of="2022-05-01")) == []
    assert old(first, person("b", "Max Beispiel", "Beigeordneter", place=MUSTERAU, as_of="2022-05-01")) == []
    for name in ("Dr. Erika Muster", "E. Muster", "Muster"):
        assert old(first, person("b", name, "Bürgermeisterin", place=MUSTERAU, as_of="2022-05-01")) == []
    back = person("c", "Erika Muster", "Bürgermeisterin", place=MUSTERAU, as_of="2023-05-01")
    assert old(first, second, back) == ["Max Beispiel"]


def test_several_mayors_beside_a_lord_mayor_do_not_follow_each_other():
    rows = [
        person("a", "Erika Muster", "Oberbürgermeisterin", place=MUSTERAU, as_of="2019"),
        person("a", "Max Beispiel", "Bürgermeister", place=MUSTERAU, as_of="2019"),
        person("b", "Moritz Anders", "Bürgermeister", place=MUSTERAU, as_of="2022"),
    ]
    assert old(*rows) == []


def test_former_deputy_and_foreign_holders_are_none():
    first = person("a", "Erika Muster", "Innenministerin", as_of="2019")
    for office in ("ehemaliger Innenminister", "Bundesinnenminister", "bayerischer Innenminister", "Staatssekretär"):
        assert old(first, person("b", "Max Beispiel", office, as_of="2022")) == []
    assert old(first, person("b", "Max Beispiel", "Staatsminister des Innern", as_of="2022")) == ["Erika Muster"]


def test_many_rows_are_marked_quickly():
    rows = [row(str(n), value=n, as_of=f"20{10 + n % 14}-01-01") for n in range(3000)]
    rows += [person(str(n), f"Person {n % 40}", "Innenminister", as_of=f"20{10 + n % 14}-01-01") for n in range(3000)]
    assert sum(one.superseded for one in mark_superseded(rows)) > 4000
