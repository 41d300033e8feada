import pytest

from ingest.german.persons import find_persons


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Oberbürgermeisterin Romina Beispiel sprach.", "Romina Beispiel", "Oberbürgermeisterin"),
        ("Staatssekretär Dr. Max Platzhalter sprach.", "Dr. Max Platzhalter", "Staatssekretär"),
        ("Innenminister Prof. Dr. Max Muster sprach.", "Prof. Dr. Max Muster", "Innenminister"),
        ("Leitender Polizeidirektor Peter Muster sprach.", "Peter Muster", "Leitender Polizeidirektor"),
        ("Bürgermeister Thomas Muster-Beispiel sprach.", "Thomas Muster-Beispiel", "Bürgermeister"),
        ("Bürgermeisterin a. D. Eva Muster sprach.", "Eva Muster", "Bürgermeisterin a. D."),
        ("Ministerpräsident Michael von Muster sprach.", "Michael von Muster", "Ministerpräsident"),
        (
            "der Geschäftsführer des Landespräventionsrats Musterland, Prof. Dr. Bodo Erfunden, sprach.",
            "Prof. Dr. Bodo Erfunden",
            "Geschäftsführer des Landespräventionsrats Musterland",
        ),
        (
            "der stellvertretende Leiter der Polizeidirektion Dresden, Leitender Polizeidirektor Peter Muster",
            "Peter Muster",
            "Leitender Polizeidirektor",
        ),
        ("Max Muster, Leiter des Ordnungsamts, sprach.", "Max Muster", "Leiter des Ordnungsamts"),
        ("Jana M. Beispiel, Bürgermeisterin", "Jana M. Beispiel", "Bürgermeisterin"),
        ("Eva Muster (Stadträtin) sprach.", "Eva Muster", "Stadträtin"),
        ("Torsten Muster vom Landespräventionsrat sprach.", "Torsten Muster", "Landespräventionsrat"),
        ("Das sagte Anna Beispiel.", "Anna Beispiel", ""),
    ],
)
def test_name_and_office(text, name, role):
    assert [(p.name, p.role) for p in find_persons(text)] == [(name, role)]


def test_who_is_present_does_not_act():
    text = (
        "Im Beisein von Innenminister Prof. Dr. Max Muster haben Bürgermeisterin Erika Muster und Polizeipräsident "
        "René Fabel unterzeichnet."
    )
    assert [(p.name, p.present_only) for p in find_persons(text)] == [
        ("Prof. Dr. Max Muster", True),
        ("Erika Muster", False),
        ("René Fabel", False),
    ]


@pytest.mark.parametrize(
    "opening", ["Im Beisein des Landrats", "In Anwesenheit des Landrats", "In Gegenwart des Landrats"]
)
def test_wordings_of_presence(opening):
    text = f"{opening} Klaus Fabel unterzeichnete Bürgermeister Jan Beispiel."
    assert [p.present_only for p in find_persons(text)] == [True, False]


def test_a_witness_named_last_is_present_only():
    text = "Bürgermeister Jan Beispiel unterzeichnete im Beisein von Landrat Klaus Fabel."
    assert [(p.name, p.present_only) for p in find_persons(text)] == [("Jan Beispiel", False), ("Klaus Fabel", True)]


@pytest.mark.parametrize(
    "text",
    [
        "die Stadt Torgau",
        "Allianz Sichere Sächsische Kommunen",
        "Kommunaler Präventionsrat",
        "Polizeidirektion Dresden",
    ],
)
def test_no_person(text):
    assert find_persons(text) == []


def test_the_span_is_the_name_with_its_titles():
    text = "Es sprach Staatssekretär Dr. Max Platzhalter."
    person = find_persons(text)[0]
    assert text[person.start : person.end] == "Dr. Max Platzhalter"
