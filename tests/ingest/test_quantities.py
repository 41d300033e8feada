import pytest

from ingest.german.quantities import find_quantities, parse_number


def read(text):
    return [(q.number, q.unit, q.kind, q.qualifier) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("etwa 1,3 Mio. Euro", (1_300_000, "EUR", "money", "etwa")),
        ("rund 1,3 Millionen Euro", (1_300_000, "EUR", "money", "etwa")),
        ("2,4 Mrd. Euro", (2_400_000_000, "EUR", "money", None)),
        ("300 Tsd. Euro", (300_000, "EUR", "money", None)),
        ("über 420.000 €", (420_000, "EUR", "money", "über")),
        ("mehr als 20 000 Euro", (20_000, "EUR", "money", "über")),
        ("weniger als 20\u00a0000 Euro", (20_000, "EUR", "money", "weniger als")),
        ("1.234,56 Euro", (1234.56, "EUR", "money", None)),
        ("5.000,00 Euro", (5000, "EUR", "money", None)),
        ("EUR 5.000", (5000, "EUR", "money", None)),
        ("5.000,- Euro", (5000, "EUR", "money", None)),
        ("eine Million Euro", (1_000_000, "EUR", "money", None)),
        ("bis zu 90 Prozent der Ausgaben", (90, "Prozent", "share", "bis zu")),
        ("33,7 %", (33.7, "Prozent", "share", None)),
        ("zwei Drittel der Befragten", (0.6667, "Anteil", "share", None)),
        ("zwei\u00a0Dritteln der Befragten", (0.6667, "Anteil", "share", None)),
        ("ein\nFünftel der Befragten", (0.2, "Anteil", "share", None)),
        ("134 km²", (134, "km²", "measure", None)),
        ("40 ha Wald", (40, "ha", "measure", None)),
        ("0,5 VZÄ", (0.5, "VZÄ", "measure", None)),
        ("knapp 50 Städte", (50, "Städte", "count", "knapp")),
        ("ca. 5.200 Einwohnern", (5200, "Einwohnern", "count", "etwa")),
        ("12 500 Fragebögen", (12_500, "Fragebögen", "count", None)),
        ("zwei neue Personalstellen", (2, "Personalstellen", "count", None)),
        ("Elf Analysen", (11, "Analysen", "count", None)),
    ],
)
def test_one_quantity(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "am 12. Mai 2021",
        "25.06.2021",
        "um 18.30 Uhr",
        "die 3. Sitzung",
        "§ 44 der Ordnung",
        "Nr. 7 der Richtlinie",
        "Nr. 7/2023",
        "Anlage 3",
        "seit 2019 durch das Land",
        "Straßenbahnlinien 3,6,7",
        "einige hundert Einwohner",
        "Telefon 030 23125-101",
    ],
)
def test_no_quantity(text):
    assert read(text) == []


def test_several_in_reading_order():
    text = "In 21 Orten, darunter ein Drittel (7) auf dem Land, leben ca. 5.200 Einwohner."
    assert [q.number for q in find_quantities(text)] == [21, 0.3333, 7, 5200]


def test_the_span_is_the_expression():
    text = "Das Land gibt etwa 1,3 Mio. Euro dazu."
    quantity = find_quantities(text)[0]
    assert text[quantity.start : quantity.end] == "etwa 1,3 Mio. Euro"


@pytest.mark.parametrize(
    ("digits", "value"), [("1.234,5", 1234.5), ("10 000", 10_000), ("1'200", 1200), ("0,5", 0.5), ("7", 7)]
)
def test_parse_number(digits, value):
    assert parse_number(digits) == value
