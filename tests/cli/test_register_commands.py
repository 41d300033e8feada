"""`facts`, `conflicts` and `review` as scripts and people meet them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from support.processes import Result, call, serving
from support.registered import FILES, read_by_sentence, write

from app.assistant import Assistant
from app.settings import Settings

FACT_FIELDS = {
    "id", "kind", "subject", "place", "measure", "value", "unit", "qualifier", "as_of", "as_of_range", "as_of_basis",
    "superseded", "attributes", "reviewed", "citation",
}  # fmt: skip
KINDS = ("member", "participant", "figure", "funding", "offering", "person", "event", "contact")


def made(folder: Path) -> Path:
    with read_by_sentence(), Assistant(Settings(data=folder / "daten")) as assistant:
        assert len(assistant.ingest([write(folder / "dokumente")]).added) == len(FILES)
    return folder / "daten"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with statements. Tests that decide make their own."""
    return made(tmp_path_factory.mktemp("register"))


def test_rows_follow_the_contract(data: Path):
    result = call(data, "facts", "--format", "json")
    assert (result.code, result.err) == (0, "")
    assert {row["kind"] for row in result.json} == set(KINDS)
    assert all(row.keys() >= FACT_FIELDS for row in result.json)
    row = next(row for row in result.json if row["kind"] == "participant")
    assert row["place"] == {"name": "Auerbach", "candidates": ["14521040", "14523020"]}
    citation = row["citation"]
    text = call(data, "documents", citation["document_id"], "--json").json["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_rows_are_filtered_by_kind_place_and_day(data: Path):
    members = call(data, "facts", "--kind", "member", "--format", "json").json
    assert {row["subject"] for row in members} == {"Dommitzsch", "Mügeln", "Leipzig", "Borna"}
    assert {row["subject"] for row in call(data, "facts", "--place", "Mügelns", "--format", "json").json} == {"Mügeln"}
    early = call(data, "facts", "--kind", "figure", "--as-of", "2021-12-31", "--format", "json").json
    assert [(row["value"], row["superseded"]) for row in early] == [(12, True), (21, False)]


def test_the_table_reads_well_in_a_terminal(data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    out = call(data, "facts").out
    assert out.splitlines()[0].endswith("Angaben aus 6 Dokumenten")
    assert "Mitglieder (4)" in out
    assert "Stand 05.05.2022" in out
    assert "Stand zwischen 01.02.2022 und 31.08.2022 (erschlossen)" in out
    assert re.search(r"über\s+\d+\s+Präventionsräte", out)
    assert "Beteiligung: –" not in out
    assert "überholt" in out
    assert max(map(len, out.splitlines())) <= 80
    assert not any(line != line.rstrip() for line in out.splitlines())


def test_csv_is_plain_utf8_and_no_cell_a_formula(data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "C")
    out = call(data, "facts", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(call(data, "facts", "--format", "json").json)
    assert "Mügeln" in {row["Gegenstand"] for row in rows}
    assert "'=HYPERLINK(030)" in {row["Wert"] for row in rows}
    assert out.startswith("Art,")


def test_nothing_there_says_what_to_do(data: Path, tmp_path: Path):
    empty = call(tmp_path / "neu", "facts")
    assert (empty.code, empty.out) == (0, "Noch keine Dokumente. Einlesen: auskunft ingest ORDNER\n")
    assert call(tmp_path / "neu", "facts", "--format", "json").json == []
    assert "auskunft ingest" in call(tmp_path / "neu", "conflicts").out
    none = call(data, "facts", "--place", "Görlitz")
    assert none.code == 0
    assert "Görlitz" in none.out
    assert "auskunft facts" in none.out


@pytest.mark.parametrize(
    "args",
    [
        ("facts", "--kind", "unbekannt"), ("facts", "--as-of", "gestern"), ("facts", "--format", "xml"), ("review",),
        ("review", "gibt-es-nicht"), ("review", "gibt-es-nicht", "hide"), ("review", "x", "loben"),
        ("review", "x", "--note", "warum"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_impossible_calls_say_why(args: tuple[str, ...], data: Path):
    result = call(data, *args)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Fehler: ")
    assert len(result.err.splitlines()) >= 2
    if "--kind" in args:
        assert all(kind in result.err for kind in KINDS)


def test_conflicts(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    found = call(data, "conflicts", "--json")
    assert found.code == 1
    (conflict,) = found.json
    assert conflict.keys() >= {"id", "subject", "measure", "statements", "reason"}
    assert (conflict["subject"], conflict["measure"]) == ("Dommitzsch", "localities")
    assert {row["value"] for row in conflict["statements"]} == {5, 6}
    told = call(data, "conflicts")
    assert told.code == 1
    assert "1 möglicher Widerspruch" in told.out
    assert max(map(len, told.out.splitlines())) <= 80


def decide_and_tell(data: Path) -> list[Result]:
    """A correction by abbreviated id, its history, and the contradiction settled."""
    rows = call(data, "facts", "--kind", "figure", "--format", "json").json
    five = next(row["id"] for row in rows if row["value"] == 5)
    done = [
        call(data, "review", five[:10], "hide", "--note", "doppelt", "--by", "Muster"),
        call(data, "review", five[:10], "correct", "--value", "6", "--qualifier", "etwa", "--by", "Muster"),
        call(data, "review", five),
        call(data, "review", five, "--json"),
        call(data, "review", five, "correct", "--value", "viele"),
        call(data, "conflicts"),
    ]
    return done


@pytest.mark.parametrize("beside_the_app", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_decisions_hold_and_are_kept(beside_the_app: bool, tmp_path: Path):
    data = made(tmp_path)
    if beside_the_app:
        with serving(data):
            results = decide_and_tell(data)
    else:
        results = decide_and_tell(data)
    hidden, corrected, shown, body, wrong, conflicts = results
    assert [result.code for result in results] == [0, 0, 0, 0, 2, 0]
    assert "ausgeblendet von Muster" in hidden.out
    assert "etwa 6 Ortsteile" in corrected.out
    assert "doppelt" in shown.out
    assert [entry["action"] for entry in body.json["history"]] == ["hide", "correct"]
    assert (body.json["value"], body.json["reviewed"]["by"]) == (6, "Muster")
    assert "Zahl" in wrong.err
    assert "Kein Widerspruch" in conflicts.out
