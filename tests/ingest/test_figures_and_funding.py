"""Figures and money of single sentences: whose they are, when they hold, and what is a rule of funding."""

from __future__ import annotations

import pytest
from support.statements import document, only, read

from ingest.facts.extract import extract

OFFICE = "Das Landesbüro Sichere Orte hilft den Gemeinden.\n\n"


def rows(text: str, kind: str = "figure", **other: str) -> set[tuple[str, object]]:
    return {(fact.subject, fact.value) for fact in read(text, kind, **other)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Im Landesbüro Sichere Orte waren im Mai elf Personen beschäftigt.", 11),
        ("Hinzu kommen neun Stellen im Landesbüro Sichere Orte.", 9),
        ("Das Landesbüro, das mit vier Stellen eingerichtet wurde, hilft.", 4),
        ("Damit sind alle acht Stellen des Landesbüros besetzt.", 8),
        ("Das Landesbüro hat 14 Stellen.", 14),
    ],
)
def test_posts_that_a_sentence_places_in_an_office_are_its_own(text: str, number: int) -> None:
    assert ("Landesbüro Sichere Orte", number) in rows(OFFICE + text, title="Neues aus dem Forum")


@pytest.mark.parametrize(
    "text",
    [
        "Das Landesbüro fördert zwölf Stellen in den Gemeinden.",
        "Vom Landesbüro werden zwölf Stellen bezahlt.",
        "Das Landesbüro berät zwölf Städte.",
        "Zwölf Personen besuchten das Landesbüro.",
    ],
)
def test_what_an_office_pays_or_advises_is_not_its_own(text: str) -> None:
    assert not any("Landesbüro" in subject for subject, _ in rows(OFFICE + text, title="Neues aus dem Forum"))


def test_an_offer_of_work_is_about_the_office() -> None:
    text = OFFICE + "Stellenausschreibung\n\nWir bieten 30 Tage Urlaub und einen Zuschuss zum Ticket von 20 Euro."

    found = rows(text, title="Stellenausschreibung")

    assert found == {("Landesbüro Sichere Orte", 30), ("Landesbüro Sichere Orte", 20)}


def test_a_section_may_be_about_a_programme_of_its_own() -> None:
    text = "## Starke Klassen (StaKla)\n\nBeteiligt waren 35 Schulen.\n\n## Das Forum in Zahlen\n\nEs gab 40 Treffen."

    assert rows(text, title="Bericht des Forums") == {("Starke Klassen", 35), ("FSO", 40)}


def test_a_district_may_only_say_where_a_town_lies() -> None:
    assert rows("In der Kleinstadt im Landkreis Mustertal leben 12.350 Menschen.") == {("Musterau", 12350)}
    assert ("Landkreis Mustertal", 40) in rows("Im Landkreis Mustertal wurden 40 Lampen erneuert.")


def test_an_association_is_the_subject_behind_a_relative_clause() -> None:
    text = "Der Verwaltungsverband Obere Aue, der 2021 gegründet wurde, vereint drei Gemeinden."

    assert rows(text, title="Neues aus dem Forum") == {("Verwaltungsverband Obere Aue", 3)}


def test_members_are_those_of_the_programme_that_the_clause_names() -> None:
    text = "Das FSO hat nun 21 Mitglieder. Vor zwei Jahren waren es neun."
    council = "Der Präventionsrat, den das FSO begleitet, hat 14 Mitglieder."

    assert rows(text) == {("FSO", 21), ("FSO", 9)}
    assert rows(council) == {("Musterau", 14)}


def test_a_title_that_begins_with_the_programme_is_about_no_town() -> None:
    text = "Nach dem Beitritt von Probehain gab es 30 Treffen. Probehain war 2021 beigetreten."

    assert ("FSO", 19) in rows(text + "\n\nDie Mittel verteilen sich auf 19 Projekte.", title="FSO wächst weiter")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Vor einem Jahr waren es 43 Lampen.", "2021"),
        ("Zum Jahresende waren 43 Lampen erneuert.", "2021-12-31"),
        ("Bis Ende Mai wurden 43 Lampen erneuert.", "2022-05"),
        ("Das Projekt endete am 31. März 2022.\n\nZu diesem Zeitpunkt waren 43 Lampen erneuert.", "2022-03-31"),
        ("Bis Ende September sollen 43 Lampen erneuert sein.", "2022-07-08"),
        ("Zum Jahresende sollen 43 Lampen erneuert sein.", "2022-07-08"),
        ("Bis Ende Juli sind 43 Lampen bestellt.", "2022-07-08"),
    ],
)
def test_a_day_may_leave_out_its_year_or_point_back(text: str, day: str) -> None:
    assert only(text, "figure").as_of == day


def test_what_is_counted_stands_before_the_number() -> None:
    def units(text: str) -> set[tuple[object, str | None]]:
        return {(fact.value, fact.unit) for fact in read(text, "figure")}

    assert units("Meist dauert es acht Wochen, im Durchschnitt waren es zuletzt sechs.") == {
        (8, "Wochen"),
        (6, "Wochen"),
    }
    assert units("Es gibt 17 Vereine, aus dem Nachbarort sind es drei.") == {(17, "Vereine"), (3, "Vereine")}
    assert units("Ein Beirat fehlt oft. Einen Beirat haben erst 23.") == {(23, "Beirat")}
    assert units("Mit 13 gegen fünf Stimmen nahm der Rat an.") == {(13, "Stimmen"), (5, "Stimmen")}
    assert units("In elf der 19 Orte sank die Zahl, in den übrigen acht ließ sich nichts messen.") >= {(8, "Orte")}
    assert units("Nur 20 vom Hundert der Befragten kamen, ein Zwölftel blieb.") == {(20, "Prozent"), (0.0833, "Anteil")}
    assert units("Der Kurs ist für die Klassenstufen sechs und sieben. TOP 3 Lage am Markt") == set()


def test_a_price_goes_on_over_and_and_without_a_verb() -> None:
    damage = "Der Schaden an Bänken und Zäunen belief sich auf 21.000 Euro."
    prices = "Eine Analyse kostet in kleinen Orten 8.000 Euro, in größeren rund 18.000 Euro."
    grant = "Der Schaden ist hoch, und das Land bewilligte 5.000 Euro."

    assert rows(damage) == {("Musterau", 21000)}
    assert not read(damage, "funding")
    assert {value for _, value in rows(prices)} == {8000, 18000}
    assert rows(grant, "funding") == {("Musterau", 5000)}


def test_a_sentence_names_the_guideline_whose_rules_it_tells() -> None:
    text = "Nach der RL LiO können bis zu 70 Prozent der Kosten übernommen werden."

    assert rows(text, "funding") == {("RL LiO", 70)}
    told = "Das Land übernahm nach der RL LiO 70 Prozent der Kosten."
    answer = "Gefördert werden bis zu 60 Prozent der Kosten."

    assert rows(told, "funding") == {("Musterau", 70)}
    assert rows(answer, "funding", title="Fragen zur Förderung nach der RL LiO") == {("RL LiO", 60)}


def test_plain_headings_are_no_rules() -> None:
    text = (
        "3. Voraussetzungen\n\n3.1 Der Antragsteller muss eine Satzung vorlegen.\n\n4. Wer gefördert wird\n\n"
        "4.1 Gemeinden müssen wenigstens 3.000 Einwohner haben."
    )

    found = read(text, "funding", title="Richtlinie Lichte Orte (RL LiO)")

    assert [fact.value for fact in found] == [None, 3000]


def test_deadlines_answer_a_question_or_stand_beside_each_other() -> None:
    def days(text: str) -> set[object]:
        return {fact.value for fact in read(text, "funding", title="Förderung nach der RL LiO") if fact.unit == "date"}

    assert days("**Bis wann muss der Antrag da sein?**\nAm 31. Oktober.") == {"--10-31"}
    assert days("Anträge müssen bis zum 31. Oktober 2022 eingehen, Nachweise bis zum 15. November 2022.") == {
        "2022-10-31",
        "2022-11-15",
    }
    assert days("**Wann war das Fest?**\nAm 31. Oktober.") == set()


def test_a_share_of_the_costs_is_funding_and_one_of_people_is_none() -> None:
    text = "Dafür wurden 18.700 Euro bewilligt, das entspricht 80 Prozent der Kosten."

    assert rows(text, "funding") == {("Musterau", 18700), ("Musterau", 80)}
    assert rows("Das entspricht 80 Prozent der Haushalte, die Förderung hilft ihnen.", "funding") == set()


def test_a_second_sum_may_leave_out_its_unit() -> None:
    assert rows("Das Land gab 38.500 Euro, die Sparkasse weitere 5.000.", "funding") >= {("Musterau", 5000)}
    assert ("Musterau", 5000) not in rows("Das Land gab 38.500 Euro, weitere 5.000 Gäste kamen.", "funding")


def test_a_relative_clause_may_count_what_stands_before_it() -> None:
    text = "Es gab Klagen über Lärm und Schmutz, deren Zahl auf 88 gestiegen ist."

    assert [(fact.value, fact.unit) for fact in read(text, "figure")] == [(88, "Klagen")]


def test_a_span_since_when_is_no_count() -> None:
    assert not read("Die Leiterin ist seit rund zehn Monaten im Amt.", "figure")
    assert [fact.value for fact in read("Die Vereinbarung gilt zwölf Monate.", "figure")] == [12]


def test_a_limit_by_project_is_for_all_in_a_text_about_a_town() -> None:
    assert rows("Die Förderung ist auf 15.000 Euro je Vorhaben gedeckelt.", "funding") == {("FSO", 15000)}
    assert rows("Die Stadt erhielt 15.000 Euro für ihr Vorhaben.", "funding") == {("Musterau", 15000)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "## Musterau geht spazieren\n\nMit Lampen waren 35 Menschen unterwegs. Sie fanden 48 dunkle Ecken.",
            {("Musterau", 35), ("Musterau", 48)},
        ),
        (
            "Der Fachstelle Umsicht stehen zwölf Stellen laut Stellenplan zu. Davon waren zwei unbesetzt.",
            {("Fachstelle Umsicht", 12), ("Fachstelle Umsicht", 2)},
        ),
        ("Das FSO wurde 2019 gegründet. Heute zählt es 39 Mitglieder.", {("FSO", 39)}),
        ("Damit sind wir 36!", {("FSO", 36)}),
        ("**Wie viele Kommunen machen mit?**\n\nEnde März 2022 waren es 38.", {("FSO", 38)}),
        ("Im Landkreis Musterland tut sich was. Der Kreis hat 23 Städte.", {("Landkreis Musterland", 23)}),
        ("Bis zu 300 Gäste kamen. 4 Art und Höhe", {("FSO", 300)}),
    ],
)
def test_whom_figures_are_about_in_a_letter_to_many(text: str, expected: set[tuple[str, int]]) -> None:
    assert expected <= rows(text, title="Rundbrief des Forums Sichere Orte (FSO), Ausgabe 2/2022")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Kommunen bringen zehn Prozent auf.", ("FSO", 10)),
        ("Der Fördersatz liegt im Durchschnitt bei 78 Prozent.", ("FSO", 78)),
        ("Die größte Summe, 184.000 Euro, wird der Stadt Musterau gewährt.", ("Musterau", 184000)),
        ("- Musterau: 12.000 Euro für Licht\n- Hirngespinstal: 3.000 Euro für Bänke", ("Hirngespinstal", 3000)),
    ],
)
def test_shares_and_sums_are_funding_of_whom_they_go_to(text: str, expected: tuple[str, int]) -> None:
    assert expected in rows(text, "funding", title="Geld für Orte im Forum Sichere Orte (FSO)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Die Richtlinie schließt Kameras, Fahrzeuge und Speisen von der Förderung aus.",
            {"Kameras", "Fahrzeuge", "Speisen"},
        ),
        (
            "Nicht gefördert werden Bauten, die Anschaffung von Fahrzeugen sowie Vorhaben, die bereits bezahlt werden.",
            {"Bauten", "die Anschaffung von Fahrzeugen", "Vorhaben, die bereits bezahlt werden"},
        ),
        ("2.2 Nicht gefördert werden\n\n- Baumaßnahmen,\n- Bewirtung.", {"Baumaßnahmen", "Bewirtung"}),
        ("Ebenso wenig bezuschusst werden Schilder und Kleidung.", {"Schilder", "Kleidung"}),
    ],
)
def test_exclusions_are_told_one_by_one(text: str, expected: set[str]) -> None:
    found = extract(document(text, title="Förderrichtlinie Sichere Orte", kind="guideline"))

    assert {str(fact.value) for fact in found if fact.measure == "funding_exclusion"} == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Mit Musterau ist das FSO auf elf Mitglieder gewachsen.", 11),
        ("41 Städte und Gemeinden gehören dem FSO mittlerweile an.", 41),
        ("Am 30. Juni gehörten dem FSO 58 der 138 Städte des Landes an.", 58),
        ("Heute haben sich sieben Städte zum FSO zusammengeschlossen.", 7),
        ("Ende 2021 zählte das FSO 26 Mitglieder, das waren neun mehr als ein Jahr zuvor.", 26),
    ],
)
def test_how_many_belong_to_a_programme_is_a_measure(text: str, number: int) -> None:
    assert [f.value for f in read(text, "figure", title="Bilanz des FSO") if f.measure == "members"] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "17 Mitglieder stimmten dafür, vier dagegen.",
        "Der Stadtrat hat 22 Mitglieder.",
        "Zwölf der Mitglieder sind kleine Orte.",
        "Fünf neue Mitglieder kamen dazu.",
        "Der Turnverein zählt 310 Mitglieder.",
    ],
)
def test_members_of_a_council_and_parts_of_all_members_are_no_such_number(text: str) -> None:
    assert not [fact for fact in read(text, "figure", title="Bilanz des FSO") if fact.measure == "members"]


def test_a_row_says_the_unit_of_its_years() -> None:
    table = "| Kennzahl | 2020 | 2021 |\n|---|---|---|\n| Bewilligte Mittel in Euro | 1.105.000 | 1.612.000 |\n"

    found = {(f.kind, f.value, f.unit, f.as_of) for f in extract(document(table, title="Bilanz des FSO"))}

    assert {("funding", 1_105_000, "EUR", "2020"), ("funding", 1_612_000, "EUR", "2021")} <= found


def test_the_place_of_a_speech_is_not_what_it_is_about() -> None:
    title = "Rede der Ministerin zum Geburtstag des FSO, Salzspeicher Musterau, 9. März 2022"

    assert rows("Landesweit wurden 23 Räte gegründet. 310 Frauen haben den Lehrgang besucht.", title=title) == {
        ("FSO", 23), ("FSO", 310),
    }  # fmt: skip
