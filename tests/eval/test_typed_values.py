"""Typed comparison: numbers are numbers, dates are dates, and [1] is no 1."""

import pytest

from eval.quality.cases import Value
from eval.quality.matching import holds, surplus


def number(value, unit=""):
    return Value("number", value, unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("über 28 Kommunen [1] (Stand 22.07.2022)", number(28, "Kommunen")),
        ("28 haben einen Rat", number(28, "Kommunen")),
        ("zwölf waren es", number(12, "Kommunen")),
        ("ein Drittel der Kommunen", number(1 / 3, "Anteil")),
        ("21 Präventionsräte", number(21, "Räte")),
        ("mindestens 10 Prozent", number(10, "Prozent")),
        ("etwa 1,3 Mio. Euro", Value("money", 1_300_000)),
        ("am 25. Juni 2021", Value("date", "2021-06-25")),
        ("am 25. Juni 2021", Value("date", "2021-06")),
        ("vom 31.08. bis zum 15.10.", Value("date", "--10-15")),
        ("Bürgermeisterin Erna Exempel", Value("name", any=("Erna Exempel",))),
        ("die Unterschrift Exempels", Value("name", any=("Exempel",))),
        ("Das Land fördert Personalstellen.", Value("text", any=("Personalstelle fördern",))),
        ("Ja, nach Nr. 3.", Value("truth", "yes")),
        ("Nein.", Value("truth", "no")),
    ],
)
def test_found(text, value):
    assert holds(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("über 28 Kommunen [1]", number(1)),
        ("128 Kommunen", number(28)),
        ("28 Räte", number(28, "Vereinbarungen")),
        ("28 Euro", number(28)),
        ("28 Kommunen", Value("money", 28)),
        ("im Juni 2021", Value("date", "2021-06-25")),
        ("am 26.06.2021", Value("date", "2021-06-25")),
        ("Musterau und Musterauer Tal", Value("name", any=("Muster",))),
        ("Die Stadt fördert.", Value("text", any=("Personalstellen fördern",))),
        ("Er ist fort.", Value("text", any=("fordern",))),
        ("Jahrelang geschah nichts.", Value("truth", "yes")),
    ],
)
def test_not_found(text, value):
    assert not holds(text, value)


def test_a_second_value_of_the_unit_is_too_much():
    allowed = [number(28, "Räte")]
    assert surplus("28 Räte", {"number"}, allowed, []) == []
    assert surplus("40 Vereinbarungen und 28 Räte", {"number"}, allowed, []) == []
    assert surplus("28 Räte, früher 21 Räte", {"number"}, allowed, []) == ["21 Räte"]


def test_a_second_date_is_too_much_but_not_the_date_of_the_source():
    allowed = [Value("date", "2021-06-25")]
    short = "am 25.06.2021 (Stand 22.07.2022), nicht am 1. Mai 2020"
    assert surplus(short, {"date"}, allowed, ["2022-07-22"]) == ["1. Mai 2020"]
    assert surplus("im Juni 2021", {"date"}, allowed, []) == []


def test_a_second_person_is_too_much():
    allowed = [Value("name", any=("Erna Exempel",))]
    short = "Erna Exempel (Bürgermeisterin); Max Beispiel (Landrat)"
    assert surplus(short, {"name"}, allowed, []) == ["Max Beispiel"]
