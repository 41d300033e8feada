"""Events and office-holders of single sentences, in an invented town."""

from __future__ import annotations

from datetime import date

import pytest
from support.statements import ABOUT, only, read

from ingest.facts.extract import extract
from ingest.readers import reader_for
from ingest.reading import assemble

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "subject", "day"),
    [
        ("In Musterau wurde am 23. Juni 2022 die neue Beleuchtung am Bahnhof eingeschaltet.", "Musterau", "2022-06-23"),
        ("Den Beschluss dazu fasste der Stadtrat von Musterau bereits im April.", "Musterau", "2022-04"),
        ("Im September stimmt der Stadtrat von Musterau darüber ab.", "Musterau", "2022-09"),
        ("Gestern Abend informierte die Stadt Musterau über die Befragung.", "Musterau", "2022-07-07"),
        ("Am kommenden Donnerstag trifft sich der Rat der Stadt Musterau.", "Musterau", "2022-07-14"),
        ("Der Minister überreichte der Stadt Musterau heute den Bescheid.", "Musterau", "2022-07-08"),
        ("Für den 20. September ist in der Stadt Musterau eine Begehung angesetzt.", "Musterau", "2022-09-20"),
        ("Am 14. Mai 2022 war es so weit: Die Stadt Musterau trat dem FSO bei.", "Musterau", "2022-05-14"),
        ("Das nächste Landestreffen findet am 23. Juni 2023 in Probehain statt.", "FSO", "2023-06-23"),
        ("Das FSO wurde am 5. März 2019 in Musterau ins Leben gerufen.", "FSO", "2019-03-05"),
        ("- 12. September 2022, 10 Uhr: Fachtag des FSO in Probehain", "FSO", "2022-09-12"),
    ],
)
def test_a_day_on_which_something_happens_is_an_event(text: str, subject: str, day: str) -> None:
    found = only(text, "event")

    assert (found.subject, found.value) == (subject, day)


@pytest.mark.parametrize(
    "text",
    [
        "Am 31. Dezember 2021 hatte die Stadt Musterau 8.412 Einwohner.",
        "Grundlage ist das Präventionsgesetz vom 3. März 2019.",
        "Das Gesetz ist am 1. Januar 2020 in Kraft getreten.",
        "Wie die Stadt am 3. Mai 2022 mitteilte, sank die Zahl der Anzeigen.",
        "- 3. November 2022: Anmeldeschluss für den Lehrgang",
        "Heute arbeiten in Musterau vier Streetworker.",
        "Heute bietet das Forum den Gemeinden Beratung an.",
        "Im September 2021 gab es in der Stadt Musterau 40 Anzeigen.",
        "Die Stadt Probehain will im Oktober beitreten.",
        "Die Stadt Musterau hat seit gestern einen Präventionsrat.",
        "Das Büro ist ab dem 15. August geschlossen.",
    ],
)
def test_a_day_that_is_only_referred_to_is_no_event(text: str) -> None:
    assert not read(text, "event")


def test_of_several_days_each_has_the_town_of_its_clause() -> None:
    text = "Am 5. März 2022 unterschrieb die Stadt Musterau, am 6. April zog die Stadt Probehain nach."

    assert {fact.value: fact.subject for fact in read(text, "event")} == {
        "2022-03-05": "Musterau",
        "2022-04-06": "Probehain",
    }


def test_a_table_of_walks_tells_where_they_were() -> None:
    table = "| Datum | Ort | Gäste |\n|---|---|---|\n| 12.05.2022 | Stadt Musterau | 22 |"
    found = only(f"## Rundgänge\n\n{table}", "event")

    assert (found.subject, found.value) == ("Musterau", "2022-05-12")


def test_what_happens_in_the_course_of_a_meeting_happens_on_its_day() -> None:
    text = "Am 12. Mai 2022 tagte der Rat der Stadt Musterau. Zum Abschluss beschloss er ein Konzept."

    assert {(fact.measure, fact.value) for fact in read(text, "event")} == {
        ("meeting", "2022-05-12"),
        ("decision", "2022-05-12"),
    }


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Vizebürgermeister Jost Fabel eröffnete den Rundgang.", "Vizebürgermeister"),
        ("Kämmerin Erika Fabel rechnete vor, was es kostet.", "Kämmerin"),
        ("Neuer Leiter des Ordnungsamts ist seit dem 1. Mai Bernd Fabel.", "Leiter des Ordnungsamts"),
        ("Bettina Fabel, die seit 2019 Leiterin des Jugendamts ist, kam.", "Leiterin des Jugendamts"),
        ("Die Mitglieder wählten Klara Fabel zur Vorsitzenden.", "Vorsitzenden"),
        ("Zum Präsidenten des Vereins wählten die Mitglieder Klaus Fabel.", "Präsidenten des Vereins"),
        ("Zum 1. Juni hat Bernd Fabel die Leitung des Referats übernommen.", "Leitung des Referats"),
        (
            "Der Leiter des Polizeireviers Musterau, Polizeirat Bernd Fabel, kam.",
            "Leiter des Polizeireviers Musterau, Polizeirat",
        ),
        ("| Name | Funktion |\n|---|---|\n| Erika Fabel | Beisitzerin |", "Beisitzerin"),
    ],
)
def test_an_office_beside_a_name(text: str, office: str) -> None:
    assert only(text, "person").value == office


@pytest.mark.parametrize(
    "text",
    [
        "»Ich freue mich«, sagte Anwohnerin Erika Fabel.",
        "Otto Fabel, obwohl der Stadtrat dagegen war, stimmte zu.",
        "Bernd Fabel hat die Sitzung geleitet.",
        "| Werkstatt | Leitung |\n|---|---|\n| Licht | Erika Fabel |",
    ],
)
def test_a_name_without_an_office_is_nobody(text: str) -> None:
    assert not read(text, "person")


def test_offices_that_a_sentence_gives_to_several() -> None:
    both = read("Unterschrieben haben die Bürgermeister Max Fabel (Musterau) und Klaus Fabel (Probehain).", "person")
    one = read("Bürgermeister Bernd Beispiel und Klaus Fabel besuchten das Fest.", "person")
    chair = read("Den Vorsitz führt Landrat Bernd Fabel, Geschäftsführerin ist Erika Beispiel.", "person")

    assert [fact.subject for fact in both] == ["Max Fabel", "Klaus Fabel"]
    assert [fact.subject for fact in one] == ["Bernd Beispiel"]
    assert {(fact.subject, fact.value) for fact in chair} == {
        ("Bernd Fabel", "Landrat"),
        ("Bernd Fabel", "Vorsitz"),
        ("Erika Beispiel", "Geschäftsführerin"),
    }


def test_whom_to_ask_is_called_by_the_own_office() -> None:
    assert only("Ansprechpartner ist Koordinator Max Fabel.", "person").value == "Koordinator"


@pytest.mark.parametrize(
    ("text", "subject", "day"),
    [
        ("### 3. November 2021\n\nDer Rat der Stadt Musterau tagt zum ersten Mal.", "Musterau", "2021-11-03"),
        ("Die Stadt Musterau unterzeichnete vorgestern die Vereinbarung mit dem FSO.", "Musterau", "2022-07-06"),
        ("- 5. Oktober 2018: Gründung des Landesbüros Prävention", "Landesbüro Prävention", "2018-10-05"),
        ("- 5. Oktober 2022: Kurs »Antrag leicht gemacht« des FSO", "FSO", "2022-10-05"),
    ],
)
def test_a_day_that_stands_above_or_is_counted_back(text: str, subject: str, day: str) -> None:
    found = only(text, "event")

    assert (found.subject, found.value) == (subject, day)


@pytest.mark.parametrize("above", ["### Stand 3. November 2021", "Musterau, 3. November 2021"])
def test_a_day_above_that_is_no_heading_of_its_own_dates_nothing(above: str) -> None:
    assert not read(f"{above}\n\nDer Rat der Stadt Musterau tagt viermal im Jahr.", "event")


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Erika Fabel hat im Mai als Beraterin für den Norden begonnen.", "Beraterin für den Norden"),
        ("Bernd Fabel kannte die Runde schon als Staatssekretär.", "Staatssekretär"),
        ("Es half Bernd Fabel aus, der zuvor Geschäftsführer des Vereins gewesen war.", "Geschäftsführer des Vereins"),
        ("Auskunft gibt die stellvertretende Leiterin, Erika Fabel, am Telefon.", "stellvertretende Leiterin"),
        ("Fragen beantwortet Erika Fabel, stellvertretende Leiterin.", "stellvertretende Leiterin"),
        ("Projektleitung: Prof. Dr. Bernd Fabel", "Projektleitung"),
    ],
)
def test_an_office_that_a_sentence_gives_to_a_name(text: str, office: str) -> None:
    assert only(text, "person").value == office


@pytest.mark.parametrize(
    "text",
    [
        "Die Leitung ist am 1. Mai von Erika Muster auf Bernd Fabel übergegangen.",
        "Die Leitung ging im Mai von Erika Muster auf Bernd Fabel über.",
        "Die Leitung wechselte von Erika Muster zu Bernd Fabel.",
    ],
)
def test_an_office_that_goes_from_one_to_another_was_held_by_both(text: str) -> None:
    assert {(fact.subject, fact.value) for fact in read(text, "person")} == {
        ("Erika Muster", "Leitung"),
        ("Bernd Fabel", "Leitung"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Die Leitung ist von Erika Fabel begrüßt worden.",
        "Bernd Fabel hat ihn als Leiter erlebt.",
        "Der Bürgermeister, Erika Fabel und viele Gäste kamen.",
    ],
)
def test_an_office_of_somebody_else_is_none(text: str) -> None:
    assert not read(text, "person")


@pytest.mark.parametrize(
    ("text", "subject", "day"),
    [
        ("Achter Fachtag des FSO\n\n**3. November 2022 · Alte Mühle, Probehain**", "FSO", "2022-11-03"),
        ("Achter Fachtag des FSO\n\nDonnerstag, 3. November 2022, 10 Uhr", "FSO", "2022-11-03"),
        ("Die Stadt Musterau ist am 3. Mai 2022 dazugekommen.", "Musterau", "2022-05-03"),
        ("Der nächste Termin des FSO ist der 3. November 2022.", "FSO", "2022-11-03"),
        ("Die Sitzung des FSO wurde auf den 3. November 2022 verlegt.", "FSO", "2022-11-03"),
        (
            "Seit 2019 ist sie dabei. Am 3. Mai desselben Jahres unterschrieb die Stadt Musterau.",
            "Musterau",
            "2019-05-03",
        ),
        (
            "Verwaltungsverband Obere Muster – Verband der Gemeinden Musterau, Probehain und Neudorf; hat die "
            "Kooperationsvereinbarung am 3. Mai 2022 geschlossen.",
            "Verwaltungsverband Obere Muster",
            "2022-05-03",
        ),
    ],
)
def test_a_day_below_a_title_or_of_a_year_named_before(text: str, subject: str, day: str) -> None:
    found = only(text, "event", title="Neues vom FSO")

    assert (found.subject, found.value) == (subject, day)


@pytest.mark.parametrize(
    "text", ["Achter Fachtag des FSO.\n\n3. November 2022 ist ein Feiertag.", "Unsere Mitglieder\n\n3. November 2022"]
)
def test_a_day_below_what_announces_nothing_is_no_event(text: str) -> None:
    assert not read(text, "event", title="Neues vom FSO")


@pytest.mark.parametrize(
    "text",
    [
        "Über den Beitritt zum FSO stimmt die Stadt Musterau am 3. November 2022 ab.",
        "Am 3. November 2022 entscheidet der Rat der Stadt Musterau über den Beitritt.",
        "Am 3. November 2022 befasst sich die Stadt Musterau mit der Kooperationsvereinbarung.",
    ],
)
def test_who_votes_on_joining_has_not_joined(text: str) -> None:
    assert only(text, "event").measure == "decision"


def test_a_row_with_an_hour_happens_on_the_day_of_the_programme() -> None:
    rows = "| Uhrzeit | Punkt |\n|---|---|\n| 9.30 | Ankommen |\n| 15.30 | Unterzeichnung: Stadt Musterau tritt bei |"
    found = read(f"Achter Fachtag des FSO\n\n3. November 2022 · Alte Mühle\n\n{rows}", "event", title="Programm")

    assert {(fact.subject, fact.value) for fact in found} == {("FSO", "2022-11-03"), ("Musterau", "2022-11-03")}


def test_a_letter_speaks_of_the_town_that_it_is_written_to() -> None:
    head = "Stadt Probehain\nFrau Erika Muster\nAm Markt 1\n01234 Probehain\n\nMusterau, den 3. Mai 2022\n\n"
    text = "Sehr geehrte Frau Muster,\n\nich komme gern in die Sitzung Ihres Stadtrates am 8. Juni 2022. Das FSO hilft."
    data = f"Landesamt Kluge Vorsorge\nAm Bogen 1\n01234 Musterau\n\n{head}{text}\n{ABOUT}".encode()
    whole = assemble(
        reader_for(".txt", data, "a.txt")(data, "a.txt"), origin="t", source="a.txt", data=data, today=TODAY
    )

    assert [(f.subject, f.value) for f in extract(whole) if f.kind == "event"] == [("Probehain", "2022-06-08")]
