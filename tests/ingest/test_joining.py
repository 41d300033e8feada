"""Members, participants and offerings of single sentences, in an invented town."""

from __future__ import annotations

import pytest
from support.statements import only, read

from ingest.german.places import find_places


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
