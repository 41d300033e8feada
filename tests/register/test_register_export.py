"""CSV that spreadsheet programs read, and never compute."""

from __future__ import annotations

import csv
import io

import pytest
from support.facts import MUSTERAU, decision, document, member, row

from app.register.export import BOM, safe, to_csv


def parsed(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_one_row_a_statement_under_german_names():
    source = document("a", title="Musterau tritt bei", url="https://example.org/a", publisher="Amt")
    joined = row(
        source, kind="member", subject="Musterau", measure="joined", value="2021-06-25", unit="date", place=MUSTERAU,
        quote="Musterau; »hat«\nunterzeichnet.", attributes={"signed_by": ["A", "B"], "agreement": "Vereinbarung"},
        decision=decision("confirm"),
    )  # fmt: skip
    (found,) = parsed(to_csv([joined]))
    assert found["Gegenstand"] == "Musterau"
    assert (found["Landkreis"], found["Gemeindeschlüssel"], found["Wert"]) == ("Musterkreis", "14999001", "2021-06-25")
    assert (found["Dokument"], found["Herausgeber"], found["Veröffentlicht"]) == (
        "Musterau tritt bei",
        "Amt",
        "2022-07-22",
    )
    assert (found["Adresse"], found["Seite"], found["geprüft"]) == ("https://example.org/a", "3", "bestätigt")
    assert found["Wortlaut"] == "Musterau; »hat«\nunterzeichnet."
    assert found["Weitere Angaben"] == "signed_by: A, B; agreement: Vereinbarung"


@pytest.mark.parametrize("begin", ["=1+1", "+49", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(begin: str):
    assert safe(begin) == f"'{begin}"
    quote, subject = f"{begin} sagt das Dokument", f"{begin}, Stadt"
    (found,) = parsed(to_csv([member(subject=subject, quote=quote)]))
    assert found["Wortlaut"].startswith("'")
    assert found["Gegenstand"] == f"'{subject}"


def test_numbers_and_nothing_stay_what_they_are():
    (found,) = parsed(to_csv([row(value=1.5, as_of=None, as_of_range=("2021-11-01", "2021-11-30"))]))
    assert (found["Wert"], found["Stand"], found["Stand frühestens"]) == ("1.5", "", "2021-11-01")


def test_the_mark_for_spreadsheet_programs():
    assert to_csv([], bom=True) == BOM + to_csv([])
    assert to_csv([]).startswith("Art,Gegenstand,")
