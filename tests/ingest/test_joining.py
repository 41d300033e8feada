"""Members, participants and offerings of single sentences, in an invented town."""

from __future__ import annotations

import pytest
from support.statements import document, only, read

from ingest.facts.extract import extract
from ingest.facts.moments import Moment, last_before
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
        "Die Gemeinde Musterau beteiligt sich am FSO, ohne diesem bisher förmlich beigetreten zu sein.",
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


@pytest.mark.parametrize(
    "text",
    [
        "Mit dem FSO geht es los: Den Anfang machen Hirngespinst, Vossberg und die Stadt Musterau.",
        "Das FSO startet heute. Von Anfang an dabei sind Hirngespinst und Probehain.",
        "Das FSO wurde 2019 in Hirngespinst, Vossberg und Musterau erprobt.",
        "Zu den Gründungsgemeinden des FSO zählen Hirngespinst, Vossberg und Musterau.",
        "Zum Auftakt des FSO machen Hirngespinst, Probehain und Musterau mit.",
        "Das FSO ging 2019 mit drei Kommunen an den Start: Hirngespinst, Musterau und Probehain.",
        "Hirngespinst, Probehain und Musterau haben das FSO 2019 aus der Taufe gehoben.",
        "Vorreiter im FSO sind seit 2019 Hirngespinst, Probehain und Musterau.",
        "Dem FSO gehören neun Orte an, aus dem Kreis sind es drei: Hirngespinst, Musterau und Probehain.",
    ],
)
def test_whoever_a_programme_begins_with_is_a_member(text: str) -> None:
    assert "Hirngespinst" in {fact.subject for fact in read(text, "member", title="Neues vom Forum")}


@pytest.mark.parametrize(
    "text",
    [
        "Den Anfang macht Musterau mit einem Konzert am Markt.",
        "In Musterau wird ein Nachtbus erprobt.",
        "Das FSO stellte in Musterau die neue Lampe vor, die dort getestet wird.",
        "Der Gemeinderat Musterau entschied gestern, dass die Gemeinde dem FSO beitritt.",
        "Musterau wollte sich dem FSO anschließen.",
        "Musterau wird dem FSO im Herbst beitreten.",
        "Ein Beitritt der Stadt Musterau zum FSO wäre ein Gewinn.",
        "Die Stadt Musterau steht kurz vor dem Beitritt zum FSO.",
        "Zu den Mitgliedern des Rates in Musterau zählt der Pfarrer.",
    ],
)
def test_what_is_only_tried_decided_or_to_come_is_no_joining(text: str) -> None:
    assert not read(text, "member", title="Neues vom Forum")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Musterau und Probehain traten dem FSO 2020 beziehungsweise 2021 bei.", ["2020", "2021"]),
        ("Im Jahr 2019 ging es los. Am 3. Mai desselben Jahres trat die Stadt Musterau dem FSO bei.", ["2019-05-03"]),
        (
            "Im Vorjahr traten die Stadt Musterau (3. Mai) und die Gemeinde Probehain (Oktober) dem FSO bei.",
            ["2021-05-03", "2021-10"],
        ),
    ],
)
def test_a_day_takes_the_year_that_the_sentence_means(text: str, days: list[str]) -> None:
    assert [fact.value for fact in read(text, "member", title="Neues vom Forum")] == days


def test_an_association_joins_without_its_parts() -> None:
    text = (
        "Der Gemeindeverband Obere Muster, Zusammenschluss der Gemeinden Musterau und Probehain, trat dem FSO 2021 bei."
    )

    assert only(text, "member", title="Neues vom Forum").subject == "Gemeindeverband Obere Muster"


def test_two_towns_of_one_name_keep_their_districts() -> None:
    text = "\n\n".join(
        f"## Landkreis {district}\n\n| Kommune | Unterzeichnung |\n|---|---|\n| Musterau | {day} |"
        for district, day in (("Ostau", "03.05.2020"), ("Westau", "04.06.2021"))
    )

    found = read(text, "member", title="Mitglieder des FSO")

    assert [(fact.subject, fact.value) for fact in found] == [
        ("Musterau (Ostau)", "2020-05-03"),
        ("Musterau (Westau)", "2021-06-04"),
    ]


def test_whoever_signs_is_no_town() -> None:
    text = (
        "Bürgermeisterin Gesine Hirngespinst lachte. Am 3. Mai unterschrieb Hirngespinst die Kooperationsvereinbarung."
    )

    assert "Hirngespinst" not in {fact.subject for fact in read(text, "member")}


@pytest.mark.parametrize(
    "text",
    [
        "In Musterau hat der Rat beschlossen, dass die Stadt dem FSO beitritt.",
        "Auch Musterau hat angekündigt, im Herbst unterschreiben zu wollen.",
        "Musterau, das sich vom FSO beraten lässt, sucht Räume.",
        "Musterau nutzt alle Angebote des FSO.",
        "| Uhrzeit | Punkt |\n|---|---|\n| 15.30 | Musterau wird als 27. Kommune dem FSO beitreten |",
    ],
)
def test_these_take_part(text: str) -> None:
    assert only(text, "participant", title="Neues vom Forum").subject == "Musterau"


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Drei Coachings laufen derzeit, und zwar in Musterau und Probehain.", {"Musterau", "Probehain"}),
        (
            "Vier Sicherheitsanalysen laufen. Zwei davon sind abgeschlossen, nämlich in Musterau und Probehain.",
            {"Musterau", "Probehain"},
        ),
        ("Frau Klar stellte das Coaching des FSO vor.", {"FSO"}),
        ("Das Forum berät Kommunen beim Aufbau von Räten.", {"FSO"}),
        ("Jährlich begleitet das FSO fünf Sicherheitsanalysen.", {"FSO"}),
        ("Zwei Coachings sind abgeschlossen.", set()),
        ("Die Koordinierung übernimmt das Ordnungsamt mit 0,5 VZÄ.", set()),
        ("Die Analyse der Bodenproben ist fertig.", set()),
    ],
)
def test_who_offers_or_uses_what_is_counted_or_presented(text: str, subjects: set[str]) -> None:
    assert {fact.subject for fact in read(text, "offering", title="Neues vom Forum")} == subjects


def test_a_glossary_of_the_programme_lists_what_it_offers() -> None:
    text = "Coaching – Begleitung der Verwaltung über acht Sitzungen.\n\nSicherheitsanalyse – Befragung und Begehung."

    assert {fact.value for fact in read(text, "offering", title="Glossar des Forums")} == {
        "Coaching",
        "Sicherheitsanalyse",
    }


@pytest.mark.parametrize(
    ("text", "town", "day"),
    [
        (
            "## Willkommen, Musterau!\n\nAm 2. Mai 2021 hat der Rat die Kooperationsvereinbarung unterschrieben.",
            "Musterau",
            "2021-05-02",
        ),
        (
            "Am 20. Mai 2019 schlossen Musterau und Probehain als Modellkommunen erste Kooperationsvereinbarungen.",
            "Probehain",
            "2019-05-20",
        ),
        ("Die Nachbarstadt Musterau ist bereits Mitglied, ebenso die Gemeinde Probehain.", "Probehain", None),
        ("Die Gemeinde Musterau, seit März 2021 Mitglied, hat es vorgemacht.", "Musterau", "2021-03"),
        ("Musterau ist seit Oktober 2020 Mitglied des FSO, Probehain seit dem 29. März 2022.", "Musterau", "2020-10"),
        (
            "| Mitglied | Beitritt |\n|-|-|\n| Landkreis Musterland | 04.05.2021 |\n| Musterau | 05.05.2021 |",
            "Landkreis Musterland",
            "2021-05-04",
        ),
        (
            "| Wer | Wann beigetreten |\n|-|-|\n| Stadt Musterau | 04.05.2021 |\n| Stadt Probehain | 05.05.2021 |",
            "Probehain",
            "2021-05-05",
        ),
        (
            "Am 17. Mai 2022 haben die Städte Musterau und Probehain ihre Mitgliedschaft im FSO besiegelt.",
            "Musterau",
            "2022-05-17",
        ),
    ],
)
def test_who_joined_by_heading_list_and_clause(text: str, town: str, day: str | None) -> None:
    found = {fact.subject: fact.value for fact in read(text, "member", title="Neues vom Forum Sichere Orte (FSO)")}

    assert found[town] == day


@pytest.mark.parametrize(
    "text",
    [
        "| Kommune | Einwohner | Kooperationsvereinbarung |\n|-|-|-|\n| Stadt Musterau | 8.540 | in Vorbereitung |",
        "Die Stadt Musterau hat ihren Beitritt für den Winter angekündigt.",
        "- 6. Februar 2023: Unterzeichnung mit der Gemeinde Musterau",
        "| Kommune | Stand |\n|---|---|\n| Stadt Musterau | wird seit März 2021 beraten |",
    ],
)
def test_who_is_on_the_way_takes_part_and_has_not_joined(text: str) -> None:
    title = "Neues vom Forum Sichere Orte (FSO)"

    assert not read(text, "member", title=title)
    assert {fact.subject for fact in read(text, "participant", title=title)} == {"Musterau"}


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Die Gemeinde Musterau lässt sich seit Mai beraten.", {("Musterau", "Beratung")}),
        ("In Musterau, wo es brannte, wird eine Sicherheitsanalyse erstellt.", {("Musterau", "Sicherheitsanalyse")}),
        (
            "In Musterau wird man beraten, und in Probehain läuft ein Coaching.",
            {("Musterau", "Beratung"), ("Probehain", "Coaching")},
        ),
        (
            "Dabei sind auch Musterau (Coaching) und Probehain (Sicherheitsanalyse).",
            {("Musterau", "Coaching"), ("Probehain", "Sicherheitsanalyse")},
        ),
    ],
)
def test_who_uses_what_is_told_clause_by_clause(text: str, used: set[tuple[str, str]]) -> None:
    found = read(text, "offering", title="Neues vom Forum Sichere Orte (FSO)")

    assert {(fact.subject, fact.value) for fact in found if fact.measure == "used"} == used


def test_what_the_list_of_offers_names_is_one_wherever_it_stands() -> None:
    text = (
        "## Unsere Angebote\n\n- Ankergeld: Zuschüsse\n- Coaching: Hilfe\n\n## Neues\n\nMusterau nutzt das Ankergeld."
    )

    found = {(fact.subject, fact.value) for fact in read(text, "offering", title="Neues vom Forum Sichere Orte (FSO)")}
    assert {("FSO", "Ankergeld"), ("Musterau", "Ankergeld")} <= found


def test_the_day_of_joining_is_quoted_where_it_stands() -> None:
    text = "## Musterau ist dabei\n\nAm 11. Mai 2021 unterzeichnete der Bürgermeister der Stadt Musterau den Vertrag."
    whole = document(text)

    (member,) = [fact for fact in extract(whole) if fact.kind == "member"]

    assert member.value == "2021-05-11"
    assert whole.text[member.start : member.end].startswith("Am 11. Mai 2021")


def test_a_leap_day_without_a_year_was_in_the_last_leap_year() -> None:
    moment = Moment("2024-02-29", None, "stated")

    assert last_before(moment, document("")).date == "2020-02-29"
