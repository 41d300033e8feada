"""Statements that cannot both hold, and those that can although they differ."""

from __future__ import annotations

from typing import Any

import pytest
from support.facts import MUSTERAU, decision, document, member, person, row

from app.register.conflicts import Conflict, find_conflicts
from app.register.rows import Row

AREA: dict[str, Any] = {"measure": "area", "unit": "km²", "subject": "Musterau", "place": MUSTERAU}
MONEY: dict[str, Any] = {"kind": "funding", "measure": "funding_available", "unit": "EUR", "value": 1_300_000}
SHARE: dict[str, Any] = {
    "kind": "funding", "measure": "funding_share_max", "unit": "Prozent", "subject": "Richtlinie",
    "qualifier": "bis zu",
}  # fmt: skip
DEADLINE: dict[str, Any] = {
    "kind": "funding",
    "measure": "application_deadline",
    "unit": "date",
    "subject": "Richtlinie",
}


def one(*rows: Row) -> Conflict:
    found = find_conflicts(rows)
    assert len(found) == 1, found
    return found[0]


def test_two_counts_for_one_day_conflict():
    found = one(row(value=28), row("b", value=31))
    assert (found.kind, found.subject, found.measure) == ("value", "ASSKomm", "prevention_councils")
    assert {statement.fact.value for statement in found.statements} == {28, 31}
    assert found.reason == (
        "Für denselben Stand 22.07.2022 nennen die Dokumente verschiedene Werte (Kommunale Präventionsräte): "
        "31 Kommunen (Stadt Musterau, 22.07.2022) – 28 Kommunen (Stadt Musterau, 22.07.2022)."
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"value": 5200, "qualifier": "etwa"}, {"value": 5187}),
        ({"value": 28, "qualifier": "über"}, {"value": 31}),
        ({"value": 30, "qualifier": "knapp"}, {"value": 28}),
        ({"value": 20, "qualifier": "mindestens"}, {"value": 31}),
        ({"value": 40, "qualifier": "bis zu"}, {"value": 31}),
        ({"value": 420_000, "qualifier": "über"}, {"value": 423_500}),
    ],
)
def test_what_a_qualifier_allows_is_no_conflict(first: dict[str, Any], second: dict[str, Any]):
    assert find_conflicts([row(**first), row("b", **second)]) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"value": 5200}, {"value": 5187}),
        ({"value": 5200, "qualifier": "etwa"}, {"value": 6100}),
        ({"value": 31, "qualifier": "über"}, {"value": 28}),
        ({"value": 30, "qualifier": "weniger als"}, {"value": 31}),
        ({"value": 30, "qualifier": "knapp"}, {"value": 33, "qualifier": "mindestens"}),
    ],
)
def test_what_a_qualifier_does_not_allow_is_one(first: dict[str, Any], second: dict[str, Any]):
    one(row(**first), row("b", **second))


def test_millions_are_rounded_to_what_is_written():
    rounded = row(**MONEY, quote="Dafür stehen 1,3 Mio. Euro zur Verfügung.")
    exact = {**MONEY, "value": 1_298_000}
    assert find_conflicts([rounded, row("b", **exact, quote="Es sind 1.298.000 Euro.")]) == []
    one(rounded, row("b", **{**MONEY, "value": 1_500_000}, quote="Es sind 1,5 Mio. Euro."))
    one(row(**MONEY, quote="Dafür stehen 1.300.000 Euro bereit."), row("b", **exact, quote="Es sind 1.298.000 Euro."))


@pytest.mark.parametrize(
    "other",
    [
        {"as_of": "2021-07-22"},
        {"as_of": "2022-07"},
        {"as_of": None},
        {"as_of_basis": "inferred"},
        {"as_of": None, "as_of_range": ("2022-07-01", "2022-07-31")},
        {"measure": "municipalities_advised"},
        {"unit": "Vereinbarungen"},
        {"period": "2022"},
        {"subject": "Musterau", "place": MUSTERAU},
        {"attributes": {"scope": "nur Landkreise"}},
        {"measure": "other"},
    ],
)
def test_growth_and_what_only_looks_alike_is_none(other: dict[str, Any]):
    assert find_conflicts([row(value=28), row("b", **({"value": 31} | other))]) == []


def test_a_month_that_both_state_is_one_date_and_a_year_is_none():
    one(row(value=28, as_of="2022-07"), row("b", value=31, as_of="2022-07"))
    assert find_conflicts([row(value=28, as_of="2022"), row("b", value=31, as_of="2022")]) == []


def test_a_period_that_was_over_is_one_time():
    done = {"measure": "security_analyses_done", "unit": "Analysen", "period": "2021"}
    one(row(value=12, **done, as_of="2022-03-01"), row("b", value=14, **done, as_of="2022-09-01"))
    assert find_conflicts([row(value=12, **done, as_of="2021-11"), row("b", value=14, **done, as_of="2022-09")]) == []


def test_one_document_does_not_contradict_itself_nor_its_correction():
    assert find_conflicts([row(value=28), row(value=31)]) == []
    corrected = document("b", replaces="a")
    assert find_conflicts([row(value=28), row(corrected, value=31)]) == []


def test_a_document_that_names_both_values_speaks_of_two_things():
    assert find_conflicts([row(value=28), row(value=31), row("b", value=31)]) == []


def test_what_maintainers_found_wrong_or_hid_contradicts_nothing():
    for action in ("source_wrong", "hide"):
        assert find_conflicts([row(value=28), row("b", value=31, decision=decision(action))]) == []
    one(row(value=28), row("b", value=31, decision=decision("confirm")))


def test_constants_conflict_whenever_they_were_written():
    one(row(value=134, as_of="2018", **AREA), row("b", value=143, as_of=None, as_of_basis="unknown", **AREA))
    rounded = row(value=134, **AREA, quote="Die Stadt ist 134 km² groß.")
    assert find_conflicts([rounded, row("b", value=134.2, **AREA, quote="Sie misst 134,2 km².")]) == []


def test_limits_of_a_guideline_are_exact_and_editions_follow_each_other():
    found = one(row(value=90, **SHARE, as_of="2021"), row("b", value=80, **SHARE, as_of="2023"))
    assert "obwohl sich das nicht ändert" in found.reason
    first, second = (document(id, kind="guideline") for id in ("r1", "r2"))
    assert (
        find_conflicts([row(first, value=90, **SHARE, as_of="2018"), row(second, value=80, **SHARE, as_of="2024")])
        == []
    )


def test_deadlines_differ_within_a_year_only():
    one(row(value="--10-15", **DEADLINE, as_of="2021"), row("b", value="2023-10-31", **DEADLINE, as_of="2023"))
    assert find_conflicts([row(value="--10-15", **DEADLINE), row("b", value="2023-10-15", **DEADLINE)]) == []
    assert find_conflicts([row(value="2022-10-15", **DEADLINE), row("b", value="2023-10-31", **DEADLINE)]) == []


def test_days_of_joining():
    found = one(member(value="2021-06-25", place=MUSTERAU), member("b", value="2021-07-02", place=MUSTERAU))
    assert "25.06.2021" in found.reason
    assert find_conflicts([member(value="2021-06", place=MUSTERAU), member("b", place=MUSTERAU)]) == []
    assert find_conflicts([member(value=None, place=MUSTERAU), member("b", place=MUSTERAU)]) == []
    model = member("b", value="2019-02-06", place=MUSTERAU, attributes={"agreement": "Modellkommune"})
    assert find_conflicts([member(place=MUSTERAU), model]) == []


def test_one_sum_for_a_year_and_for_two_is_one_candidate():
    rows = [
        row("a", **MONEY, period="biennial", as_of="2021-06-25"),
        row("b", **MONEY, period="yearly", as_of="2021-11"),
        row("c", **MONEY, period="2022", as_of="2022-07-22"),
        row("d", **MONEY, as_of="2022-08-01"),
    ]
    found = one(*rows)
    assert found.kind == "period"
    assert {statement.entry.document_id for statement in found.statements} == {"a", "b", "c"}
    assert "verschiedene Zeiträume" in found.reason
    assert "jährlich" in found.reason
    assert "Doppelhaushalt" in found.reason


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("yearly", "2022"), ("2021/2022", "2024"), ("biennial", None), ("since 2019", "2022"),
        ("2021/2022", "biennial"),
    ],
)  # fmt: skip
def test_periods_that_agree_or_lie_apart(first: str, second: str | None):
    assert find_conflicts([row(**MONEY, period=first), row("b", **MONEY, period=second)]) == []


def test_other_sums_and_counts_have_no_conflict_of_periods():
    other = {**MONEY, "value": 650_000}
    assert find_conflicts([row(**MONEY, period="biennial"), row("b", **other, period="yearly")]) == []
    assert find_conflicts([row(value=12, period="2022"), row("b", value=12, period="2021/2022")]) == []


def test_two_holders_of_one_office_on_one_day():
    erika = person("a", "Erika Muster", "Bürgermeisterin", place=MUSTERAU)
    max_ = person("b", "Max Beispiel", "Bürgermeister", place=MUSTERAU)
    found = one(erika, max_)
    assert found.kind == "office"
    assert "Bürgermeister" in found.reason
    assert "»Erika Muster«" in found.reason
    for other in (
        person("b", "Max Beispiel", "Bürgermeister", place=MUSTERAU, as_of="2022-07-23"),
        person("b", "Max Beispiel", "Beigeordneter", place=MUSTERAU),
        person("b", "Max Beispiel", "stellvertretender Bürgermeister", place=MUSTERAU),
        person("b", "Max Beispiel", "Bürgermeister"),
        person("b", "Dr. Erika Muster", "Bürgermeisterin", place=MUSTERAU),
        person("b", "Muster", "Bürgermeisterin", place=MUSTERAU),
    ):
        assert find_conflicts([erika, other]) == []


def test_a_document_that_names_the_other_holder_as_well_contradicts_nobody():
    rows = [
        person(of, name, "Innenminister") for of, name in (("a", "Max Muster"), ("b", "Muster"), ("b", "Ute Anders"))
    ]
    assert find_conflicts(rows) == []


def test_a_name_in_two_spellings_is_one_candidate():
    rows = [
        person("a", "Prof. Dr. Roland Mustermann", "Innenminister", as_of="2021"),
        person("b", "Roland Musterman", "Staatsminister des Innern", as_of="2022-07-22"),
        person("c", "Roland Mustermann", "Innenministers", as_of="2020"),
    ]
    found = one(*rows)
    assert (found.kind, len(found.statements)) == ("spelling", 3)
    assert "Schreibweise" in found.reason


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("Roland Mustermann", "Landrat"), ("Robert Musterman", "Landrat"), ("Roland Mustersohn", "Landrat"),
        ("Roland Musterman", "Schulleiter"),
    ],
)  # fmt: skip
def test_other_persons_are_no_spelling(name: str, office: str):
    first = person("a", "Roland Mustermann", "Landrat", place=MUSTERAU, as_of="2021")
    assert find_conflicts([first, person("b", name, office, place=MUSTERAU, as_of="2022")]) == []


def test_umlauts_are_one_spelling():
    rows = [
        person("a", "Ute Schäfer", "Landrätin", place=MUSTERAU),
        person("b", "Ute Schaefer", "Landrätin", place=MUSTERAU),
    ]
    assert find_conflicts(rows) == []


def test_the_weightiest_source_comes_first_and_json_follows_the_contract():
    found = one(
        row("a", value=28, rank="media"), row("b", value=31, rank="issuer"), row("c", value=29, rank="authority")
    )
    body = found.to_json()
    assert body.keys() >= {"id", "subject", "measure", "statements", "reason"}
    assert [statement["value"] for statement in body["statements"]] == [31, 29, 28]
    assert body["ranks"] == ["issuer", "authority", "media"]
    assert "Herausgeber des Programms" in found.reason


def test_the_id_stays_while_the_statements_do():
    assert one(row(value=28), row("b", value=31)).id == one(row("b", value=31), row(value=28)).id


def test_many_rows_are_compared_quickly():
    rows = [row(str(n), value=n % 7, subject=f"Ort {n % 400}", as_of=f"2022-{1 + n % 12:02}") for n in range(4000)]
    rows += [person(str(n), f"Person {n % 40}", "Innenminister", as_of=f"20{10 + n % 14}") for n in range(2000)]
    assert find_conflicts(rows)
