"""What single sentences say: one rule a test, in an invented town."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.facts.extract import extract
from ingest.facts.programmes import is_made_of, programme_of
from ingest.facts.types import Fact
from ingest.readers import reader_for
from ingest.reading import assemble
from ingest.types import Document

HEAD = "---\ntitle: {title}\ndate: 2022-07-08\nkind: {kind}\n---\n\n# {title}\n\n"
ABOUT = "Das Forum Sichere Orte (FSO) fördert die kommunale Prävention.\n\n"


def document(text: str, title: str = "Neues aus Musterau", kind: str = "release") -> Document:
    data = (HEAD.format(title=title, kind=kind) + ABOUT + text + "\n").encode()
    read = reader_for(".md", data, "a.md")
    return assemble(read(data, "a.md"), origin="t", source="a.md", data=data, today=date(2026, 11, 25))


def read(text: str, kind: str, **other: str) -> list[Fact]:
    return [fact for fact in extract(document(text, **other)) if fact.kind == kind]


def only(text: str, kind: str, **other: str) -> Fact:
    found = read(text, kind, **other)
    assert len(found) == 1, found
    return found[0]


def test_a_programme_is_named_by_an_abbreviation_that_its_name_begins() -> None:
    assert programme_of(document("Es wächst.")).name == "FSO"


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("FSO", "Forum Sichere Orte", True),
        ("BeSO", "Bereitschaft Sichere Orte", True),
        ("BSO", "Bund der Sicheren Orte", True),
        ("WaBuO", "Waldbund der Orte", True),
        ("WaXuO", "Waldbund der Orte", False),
        ("FSO", "Forum Orte Sicher", False),
        ("FS", "Forum Sichere Orte", False),
    ],
)
def test_abbreviations(short: str, full: str, expected: bool) -> None:
    assert is_made_of(short, full.split()) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Erdachtau ist dem WaBuO beigetreten. Die KPR-Arbeit läuft.", "WaBuO"),
        ("Damit zählt der WaBuO elf Mitglieder. Kommunale Prävention lohnt.", "WaBuO"),
        ("Das Coaching des WaBuO hilft jedem Präventionsrat.", "WaBuO"),
        ("Die Gemeinde tritt dem Waldbund der Orte bei. Ein Präventionsrat folgt.", "Waldbund der Orte"),
        ("Die Gemeinde will dem Waldbund der Orte beitreten. Kurz: Waldbund der Orte (WaBuO), Coaching.", "WaBuO"),
    ],
)
def test_a_programme_is_what_towns_join(text: str, name: str) -> None:
    data = (HEAD.format(title="Neues aus Musterau", kind="release") + text + "\n").encode()
    read = reader_for(".md", data, "a.md")
    found = assemble(read(data, "a.md"), origin="t", source="a.md", data=data, today=date(2026, 11, 25))
    assert programme_of(found).name == name


@pytest.mark.parametrize(
    ("text", "value", "as_of", "qualifier"),
    [
        ("Am 30. Juni 2022 gab es landesweit 24 Präventionsräte.", 24, "2022-06-30", None),
        ("Bis zum 31. Dezember 2021 hat das FSO über 52 Kommunen beraten.", 52, "2021-12-31", "über"),
        ("Bis zum 31. Dezember 2023 sollen es 70 Präventionsräte sein.", 70, "2022-07-08", None),
        ("Das FSO zählt zwei Dutzend Vereine.", 24, "2022-07-08", None),
        ("Die Stadt Musterau hat 8.412 Einwohner (31.12.2020).", 8412, "2020-12-31", None),
    ],
)
def test_a_number_has_its_day(text: str, value: int, as_of: str, qualifier: str | None) -> None:
    found = only(text, "figure")

    assert (found.value, found.as_of, found.qualifier) == (value, as_of, qualifier)


@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        (
            "Das FSO hat 40 Gemeinden beraten. Zwölf davon sind Mitglied, bei dreien fehlt noch etwas.",
            "Gem",
            {40, 12, 3},
        ),
        ("Im Land arbeiten 30 Vereine. Ende 2020 waren es erst zwanzig.", "Vereine", {30, 20}),
        ("Eingegangen sind 25 Anträge. Neun wurden bewilligt, über vier wird beraten.", "Anträge", {25, 9, 4}),
        ("Sieben der beteiligten Vereine haben ein Konzept.", "Vereine", {7}),
        ("Verschickt wurden 900 Bögen mit 20 Fragen. Zurück kamen 410.", "Bögen", {900, 410}),
        ("Der Rat stimmte mit zwölf zu drei Stimmen zu.", "Stimmen", {12, 3}),
        ("Acht von zehn Vereinen haben ein Konzept.", "Vereinen", {8, 10}),
        ("Acht von zehn Befragten fühlen sich sicher.", "Anteil", {0.8}),
        ("Vier Fünftel der Befragten antworteten, gerechnet hatte man mit einem Viertel.", "Anteil", {0.8, 0.25}),
        ("Ein knappes Dutzend weiterer Vereine folgt.", "Vereine", {12}),
        ("Geantwortet haben 312 der 1.200 angeschriebenen Haushalte.", "Haushalte", {312, 1200}),
        ("Die Stadt Musterau (12.480 Einwohner) und die Gemeinde Probehain (3.020) sind dabei.", "Ein", {12480, 3020}),
        ("Die 3.100-Einwohner-Gemeinde hat einen 5-Punkte-Plan.", "Einwohner", {3100}),
    ],
)
def test_a_number_without_a_noun_counts_what_was_named(text: str, unit: str, values: set[float]) -> None:
    found = read(text, "figure")

    assert {fact.value for fact in found if str(fact.unit).startswith(unit)} == values


@pytest.mark.parametrize(
    "text",
    [
        "Um acht beginnt die Sitzung. Alle drei haben unterschrieben.",
        "Geöffnet ist von acht bis zwölf Uhr. Auf Seite drei steht mehr.",
        "Das Büro in der Hauptstraße 12 leitet Max Beispiel (54).",
        "Zwei Wochen später trat der Rat zusammen.",
        "Lesen Sie auch: Wo das Freibad öffnet – 7 Tipps",
        "Einige hundert kamen, wenige tausend sahen zu.",
        "Die erste Kommune war schnell. Das war die fünfte Sitzung des Rates.",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert not read(text, "figure")


@pytest.mark.parametrize(
    ("text", "value", "as_of"),
    [
        ("Ende 2021 gab es 14 Räte, zwei Jahre zuvor waren es fünf.", 5, "2019"),
        ("Vor drei Jahren hatten wir acht Mitglieder.", 8, "2019"),
        ("Bis Ende Mai 2022 wurden 77 Vereine beraten.", 77, "2022-05"),
        ("Bis Ende 2023 werden 77 Vereine beraten.", 77, "2022-07-08"),
        ("Mittlerweile sind es 45 Vereine; 2020 waren es noch 18.", 18, "2020"),
        ("Vor drei Jahren wurde der Verein gegründet, er zählt 40 Mitglieder.", 40, "2022-07-08"),
        ("Am 3. Juni 2022 war Bürgerfest. Rund 500 Menschen kamen.", 500, "2022-06-03"),
        ("Am 3. Juni 2022 war Bürgerfest. Bisher nutzten 40 Vereine den Saal.", 40, "2022-07-08"),
        ("Zum 30. Juni 2021 gab es einen Rat. Bis dahin hatten sich 60 Vereine gemeldet.", 60, "2021-06-30"),
        ("Rund 200 Gäste aus Schulen, Vereinen und Rathäusern kamen am 2. Juni 2022.", 200, "2022-06-02"),
        ("Im Land gibt es 30 Räte.\n\nStand: 30. Juni 2022", 30, "2022-06-30"),
    ],
)
def test_what_was_then(text: str, value: int, as_of: str) -> None:
    assert as_of in {fact.as_of for fact in read(text, "figure") if fact.value == value}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Die Polizeidirektion Musterau registrierte 412 Fälle.", "Polizeidirektion Musterau"),
        ("In der Geschäftsstelle Sichere Orte arbeiten sechs Beschäftigte.", "Geschäftsstelle Sichere Orte"),
        (
            "Der Verwaltungsverband Mustertal ist groß. Der Verwaltungsverband hat vier Gemeinden.",
            "Verwaltungsverband Mustertal",
        ),
        ("Anders ist es in der Stadt Probehain. Dort arbeiten sechs Streetworker.", "Probehain"),
        ("Die Arbeitsgruppe traf sich am 3. Mai 2022 in Probehain. Es kamen 30 Gäste.", "FSO"),
        ("In der Stadt Probehain wurden Räder gestohlen. Zwölf Räder fand die Polizei.", "Probehain"),
        ("Viele sind dabei, darunter die Stadt Probehain mit 3.000 Einwohnern.", "Probehain"),
        ("Beraten wurden Orte wie Probehain. Gefördert werden zwölf Stellen.", "FSO"),
        ("Die Stadt Probehain trat bei. Rund 40 Prozent der Städte haben ein Konzept.", "FSO"),
    ],
)
def test_whose_a_number_is(text: str, subject: str) -> None:
    assert only(text, "figure", title="Neues aus dem Land").subject == subject


def test_at_a_conference_numbers_are_not_those_of_the_town() -> None:
    found = read(
        "Rund 200 Gäste kamen in die Stadt Probehain. Es gab vier Foren.", "figure", title="Fachtag in Probehain"
    )

    assert {fact.subject for fact in found} == {"FSO"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Schaden: 4.000 Euro.", "figure"),
        ("Für die Stadt fallen 2.000 Euro Druckkosten an.", "figure"),
        ("Das Land gibt 5.000 Euro aus dem Notfallfonds.", "funding"),
    ],
)
def test_a_price_is_no_grant(text: str, kind: str) -> None:
    assert [fact.kind for fact in extract(document(text)) if fact.unit == "EUR"] == [kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Probehain folgte als Kommune Nummer 41.", 41),
        ("Es ist die elfte Kooperationsvereinbarung.", 11),
        ("Landesweit ist es die 17. abgeschlossene Sicherheitsanalyse.", 17),
    ],
)
def test_a_running_number_counts(text: str, value: int) -> None:
    assert only(text, "figure").value == value


def test_a_table_holds_for_the_day_of_the_sentence_above() -> None:
    table = "| Stadt | Einwohner |\n|---|---|\n| Musterau | 8.142 |\n| Probehain | 4.377 |"
    found = read(f"Die Übersicht nennt die Einwohner am 31. Dezember 2020.\n\n{table}", "figure")

    assert {(fact.value, fact.as_of) for fact in found} == {(8142, "2020-12-31"), (4377, "2020-12-31")}


def test_who_was_present_has_not_signed() -> None:
    text = (
        "Im Beisein von Minister Max Beispiel hat Bürgermeisterin Erika Muster am 5. Juli 2022 für die Stadt Musterau "
        "die Kooperationsvereinbarung mit dem FSO unterzeichnet."
    )
    found = only(text, "member")

    assert (found.subject, found.value) == ("Musterau", "2022-07-05")
    assert found.attributes["signed_by"] == ["Erika Muster"]
    assert found.attributes["present"] == ["Max Beispiel"]


def test_each_town_of_a_list_has_the_day_beside_it() -> None:
    text = "Dem FSO traten bei: die Stadt Musterau (9. Juni 2022), die Stadt Probehain (1. Juli 2022)."

    assert {fact.subject: fact.value for fact in read(text, "member")} == {
        "Musterau": "2022-06-09",
        "Probehain": "2022-07-01",
    }


def test_a_plan_is_no_membership() -> None:
    text = "Die Stadt Probehain will im Herbst die Kooperationsvereinbarung mit dem FSO unterzeichnen."

    assert not read(text, "member")
    assert only(text, "participant").subject == "Probehain"


def test_a_town_that_a_list_lacks_is_not_in_it() -> None:
    text = "Modellkommunen sind die Stadt Musterau und die Stadt Probehain, während die Stadt Neuhain darin fehlt."

    assert {fact.subject for fact in read(text, "member")} == {"Musterau", "Probehain"}


def test_an_office_in_a_body_is_no_second_person() -> None:
    text = (
        "Eröffnet wurde das Treffen von Dr. Max Beispiel, Staatssekretär im Ministerium für Nachbarschaft Musterland."
    )
    found = only(text, "person")

    assert found.subject == "Max Beispiel"
    assert str(found.value).startswith("Staatssekretär im Ministerium")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Das Land bewilligte der Stadt Musterau 48.500 Euro.", "funding_granted"),
        ("Das Land stellt der Stadt Musterau 48.500 Euro zur Verfügung.", "funding_available"),
        ("Die Stadt Musterau hat 48.500 Euro beantragt.", "funding_requested"),
    ],
)
def test_granted_is_not_made_available(text: str, measure: str) -> None:
    found = only(text, "funding")

    assert (found.subject, found.value, found.unit, found.measure) == ("Musterau", 48500, "EUR", measure)


def test_a_law_on_something_else_says_nothing() -> None:
    law = "§ 1\n\nDie Frist beträgt drei Monate. Der Ausschuss hat sieben Mitglieder.\n"
    data = f"---\ntitle: Gesetz über Brücken\ndate: 2022-07-08\nkind: guideline\n---\n\n{law}".encode()
    found = assemble(
        reader_for(".md", data, "a.md")(data, "a.md"), origin="t", source="a.md", data=data, today=date(2026, 11, 25)
    )

    assert extract(found) == ()


def test_the_mark_of_an_item_is_no_part_of_its_sentence() -> None:
    found = document("Das FSO berichtet:\n\n- 24 Präventionsräte arbeiten landesweit.\n")
    (fact,) = [fact for fact in extract(found) if fact.kind == "figure"]

    assert found.text[fact.start : fact.end] == "24 Präventionsräte arbeiten landesweit."
