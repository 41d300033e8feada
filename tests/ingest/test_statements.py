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
        ("FSO", "Forum Orte Sicher", False),
        ("FS", "Forum Sichere Orte", False),
    ],
)
def test_abbreviations(short: str, full: str, expected: bool) -> None:
    assert is_made_of(short, full.split()) is expected


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
