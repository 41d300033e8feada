"""What pages and answers count and line up."""

from __future__ import annotations

from support.facts import MUSTERAU, NEUSTADT, decision, document, member, row

from app.register.counts import by_district, coverage, latest, members, series
from ingest.facts.types import PlaceRef


def test_each_member_is_counted_once_with_its_best_date():
    rows = [
        member("a", value=None, place=MUSTERAU),
        member("b", value="2021-06", place=MUSTERAU),
        member("c", value="2021-06-24", place=MUSTERAU, as_of_basis="inferred"),
        member("d", value="2021-06-25", place=MUSTERAU),
        member("e", subject="Neustadt", value=None, place=NEUSTADT),
        member("f", subject="Altstadt", decision=decision("hide")),
        member("g", subject="Städtebund Silber", value="2021", place=None),
        row("h", kind="participant", subject="Dorf", measure="stage", value=None),
    ]
    found = members(rows)
    assert [(one.name, one.joined, one.district) for one in found] == [
        ("Musterau", "2021-06-25", "Musterkreis"), ("Neustadt", None, "Musterkreis"), ("Städtebund Silber", "2021", ""),
    ]  # fmt: skip
    assert len(found[0].rows) == 4
    assert [(name, len(group)) for name, group in by_district(found)] == [("Musterkreis", 2), ("", 1)]


def test_towns_of_one_name_are_two_members():
    twins = [member(id, subject="Auerbach", place=PlaceRef("Auerbach", ags)) for id, ags in (("a", "1"), ("b", "2"))]
    assert len(members(twins)) == 2


def test_latest_values():
    rows = [
        row("a", value=25, as_of="2021-09-01"), row("b", value=31, rank="media"), row("c", value=28, rank="issuer"),
        row("d", value=40, as_of="2023", decision=decision("source_wrong")), row("e", value=7, as_of=None),
    ]  # fmt: skip
    assert [one.fact.value for one in latest(rows).values()] == [28]


def test_series_are_sorted_by_day_and_apart_by_period():
    rows = [
        row("a", value=28), row("b", value=19, as_of="2019-12"), row("c", value=25, as_of="2021-09-01"),
        row("d", value=12, as_of=None), row("e", value=3, period="2022"),
    ]  # fmt: skip
    first, second = series(rows)
    assert [(point.as_of, point.value) for point in first.points] == [
        ("2019-12", 19), ("2021-09-01", 25), ("2022-07-22", 28), (None, 12),
    ]  # fmt: skip
    assert (second.period, [point.value for point in second.points]) == ("2022", [3])


def test_what_a_list_covers():
    rows = [row("a"), row("a", value=3), row(document("b", date=None)), row(document("c", date="2023-01"))]
    found = coverage(rows)
    assert (found.documents, found.dated, found.newest) == (3, 2, "2023-01")
    assert coverage([]).newest is None
