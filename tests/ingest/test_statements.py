"""What single sentences say: one rule a test, in an invented town."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.facts.extract import extract
from ingest.facts.programmes import is_made_of, programme_of
from ingest.facts.types import Fact
from ingest.german.places import find_places
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
    "text",
    [
        "Zuletzt kam im Mai Hirngespinst hinzu.",
        "Nach der Stadt Musterau ist nun auch Hirngespinst Mitglied des Forums.",
        "Drei Kommunen haben sich dem FSO angeschlossen: Musterau, Hirngespinst und Probehain.",
        "Modellkommunen waren 2019 Musterau, Hirngespinst und Probehain.",
        "Die folgenden Städte haben unterschrieben:\n\n- Musterau (3. Mai 2021)\n- Hirngespinst\n- Probehain",
        "| Ort | Mitglied seit |\n|---|---|\n| Hirngespinst | Mai 2021 |\n| Musterau | Juni 2021 |",
        "Jubel im FSO, der Hirngespinst seit Mai 2021 angehört.",
        "Im Jahr 2019 wählte das FSO Modellkommunen aus. So weit sind sie:\n\n"
        "- Musterau: Konzept fertig\n- Hirngespinst: Entwurf liegt vor",
    ],
)
def test_a_town_needs_no_ending_where_it_stands_as_one_who_joins(text: str) -> None:
    assert "Hirngespinst" in {fact.subject for fact in read(text, "member")}


@pytest.mark.parametrize(
    "text",
    [
        "Am Markt in Musterau kamen drei Leuchten hinzu.",
        "TOP 4: Beitritt der Stadt Musterau zum FSO",
        "Die Stadt Musterau und der Schwimmverein haben eine Vereinbarung über das Freibad unterzeichnet.",
        "Der Bürgermeister der Stadt Musterau wird beauftragt, die Kooperationsvereinbarung mit dem FSO zu schließen.",
        "Die Mitglieder des FSO arbeiten an vier Themen:\n\n- Lärm: Messungen\n- Licht: Laternen\n- Verkehr: Zählungen",
        "Mit Unterstützung und Freude haben wir die Vereinbarung unterzeichnet.",
    ],
)
def test_nobody_joins_here(text: str) -> None:
    assert not read(text, "member", title="Neues vom Forum")


def test_a_gathering_gives_its_day_to_what_is_signed_there() -> None:
    text = (
        "Am 5. Mai 2022 trafen sich 80 Gäste zur Tagung des FSO. Am Rande der Tagung trat Musterau dem FSO bei.\n\n"
        "Die Stadt Musterau freut sich."
    )

    assert only(text, "member", title="Tagung des Forums").value == "2022-05-05"


def test_the_district_in_brackets_tells_places_of_one_name_apart() -> None:
    found = find_places("Oelsnitz (Vogtlandkreis) und Auerbach (Erzgebirgskreis)", "Vogtlandkreis Erzgebirgskreis")

    assert [m.candidates[0].district for m in found if m.role == "municipality"] == ["Vogtlandkreis", "Erzgebirgskreis"]


@pytest.mark.parametrize(
    "text",
    [
        "Zurzeit lassen sich Hirngespinst und Probehain beraten.",
        "Beraten werden derzeit außerdem Probehain und Hirngespinst.",
        "Hirngespinst und die Stadt Probehain nutzen das Coaching des FSO.",
        "Auch Hirngespinst nimmt am FSO teil.",
        "Eine Vorvereinbarung haben diese Städte:\n\n- Probehain\n- Hirngespinst",
        "Für den Herbst plant auch Hirngespinst, dem FSO beizutreten.",
        "Mit Hirngespinst gibt es seit Mai eine Vorvereinbarung.",
    ],
)
def test_who_is_advised_or_plans_to_join_takes_part(text: str) -> None:
    assert "Hirngespinst" in {fact.subject for fact in read(text, "participant", title="Neues vom Forum")}


@pytest.mark.parametrize(
    "text",
    [
        "Vergleichbare Städte wie Musterau haben zwei Stellen.",
        "Nicht beteiligt ist bisher die Stadt Musterau.",
        "In der Stadt Musterau notierten die Teilnehmenden 47 dunkle Ecken.",
        "Die Stadt Musterau berät am Dienstag über den Haushalt.",
        "Die Mitglieder des Stadtrats Musterau trafen sich.",
    ],
)
def test_nobody_takes_part_here(text: str) -> None:
    assert not [f for kind in ("participant", "member") for f in read(text, kind, title="Neues vom Forum")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das FSO hält Beratung und Coaching vor.", {("FSO", "Beratung"), ("FSO", "Coaching")}),
        ("Hinzu kommt eine Sicherheitsanalyse.", {("FSO", "Sicherheitsanalyse")}),
        (
            "## Unsere Leistungen\n\n- Beratung vor Ort\n- Schlichterbuch",
            {("FSO", "Beratung"), ("FSO", "Schlichterbuch")},
        ),
        ("Im Kurs »Streit schlichten« saßen Fachleute.", {("FSO", "Kurs »Streit schlichten«")}),
        ("| Stadt | Hilfe |\n|---|---|\n| Musterau | Coaching |", {("Musterau", "Coaching")}),
        (
            "Die Musterauer Sicherheitsanalyse liegt vor. Die Stadt Musterau prüft.",
            {("Musterau", "Sicherheitsanalyse")},
        ),
        (
            "In der Stadt Musterau läuft das Coaching, in der Stadt Probehain ist eine Sicherheitsanalyse geplant.",
            {("Musterau", "Coaching"), ("Probehain", "Sicherheitsanalyse")},
        ),
        ("Der Rat der Stadt Musterau beschloss, das Coaching fortzusetzen.", {("Musterau", "Coaching")}),
        ("Ein Coaching gibt es nicht.", set()),
        ("Der Bastelkurs der Volkshochschule beginnt.", set()),
        ("Unsere Ziele:\n\n- Hinsehen: jeden Tag", set()),
    ],
)
def test_help_that_is_offered_or_used(text: str, expected: set[tuple[str, str]]) -> None:
    found = {(fact.subject, str(fact.value)) for fact in read(text, "offering", title="Neues vom Forum")}

    assert found == expected


def test_a_part_of_the_analysis_is_the_analysis_of_the_town_of_the_text() -> None:
    text = "Die Umfrage ist Teil einer Sicherheitsanalyse.\n\nDie Stadt Musterau wertet sie aus."

    assert only(text, "offering", title="Umfrage in Musterau").subject == "Musterau"
