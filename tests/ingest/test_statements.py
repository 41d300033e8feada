"""What single sentences say: one rule a test, in an invented town."""

from __future__ import annotations

from datetime import date

import pytest
from support.statements import ABOUT, HEAD, document, only, read

from ingest.facts.extract import extract
from ingest.facts.programmes import is_made_of, programme_of
from ingest.facts.types import Fact
from ingest.readers import reader_for
from ingest.reading import assemble


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
        ("Das Landesprogramm »Helle Wege, Offene Türen« wächst. Präventionsrat.", "Helle Wege, Offene Türen"),
        ("Mit »Helle Wege, Offene Türen« begann es. Zu HeWOT gehört ein Präventionsrat.", "HeWOT"),
        ("HeWOT – Helle Wege, Offene Türen\n\nEin Präventionsrat, ein Coaching.", "HeWOT"),
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


def conditions(text: str, title: str = "Richtlinie Helle Wege (RL HeWe)") -> set[tuple[str, object, str | None]]:
    return {(fact.measure, fact.value, fact.unit) for fact in read(text, "funding", title=title)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das Land beteiligt sich mit höchstens 70 Prozent an den Ausgaben.", ("funding_share_max", 70, "Prozent")),
        ("Die Kommunen steuern wenigstens ein Fünftel der Kosten selbst bei.", ("own_share", 0.2, "Anteil")),
        ("Der kommunale Anteil darf 25 % nicht unterschreiten.", ("own_share", 25, "Prozent")),
        ("Das Vorhaben muss wenigstens 2.000 Euro kosten.", ("funding_minimum", 2000, "EUR")),
        ("Der Zuschuss ist auf 15.000 Euro begrenzt.", ("funding_max", 15000, "EUR")),
        ("Personalstellen werden für höchstens zwei Jahre bezuschusst.", ("guideline_period", 2, "Jahre")),
        ("Über den Antrag wird binnen vier Wochen entschieden.", ("decision_period", 4, "Wochen")),
        ("Abgerechnet wird spätestens drei Monate nach Projektende.", ("report_period", 3, "Monate")),
        ("Anträge nimmt das Land bis zum 1. März entgegen.", ("application_deadline", "--03-01", "date")),
        ("Der Verwendungsnachweis ist bis zum 30. Juni einzureichen.", ("report_deadline", "--06-30", "date")),
        ("Die Richtlinie gilt bis zum 31. Dezember 2026.", ("guideline_period", "2026-12-31", "date")),
        ("Ausgeschlossen bleiben Reisekosten ins Ausland.", ("funding_exclusion", "Reisekosten ins Ausland", None)),
        ("Es bleibt dabei, dass Boote nicht förderfähig sind.", ("funding_exclusion", "Boote", None)),
        ("Keine Zuschüsse gibt es für Feste.", ("funding_exclusion", "Feste", None)),
        ("Für Feste wird kein Geld gewährt.", ("funding_exclusion", "Feste", None)),
        ("Dem Antrag ist ein Finanzierungsplan beizulegen.", ("documents_required", None, None)),
        ("Es bedarf einer schriftlichen Begründung.", ("funding_condition", None, None)),
    ],
)
def test_what_a_guideline_prescribes(text: str, expected: tuple[str, object, str | None]) -> None:
    assert conditions(text) == {expected}


def test_each_of_several_days_is_a_deadline() -> None:
    found = conditions("Stichtage sind der 31. März und der 30. September.")

    assert {value for _, value, _ in found} == {"--03-31", "--09-30"}


def test_a_prerequisite_and_the_limit_beside_it_are_two_conditions() -> None:
    found = conditions("Voraussetzung ist ein Beschluss des Rates, der nicht älter als zwölf Monate ist.")

    assert found == {("funding_condition", None, None), ("guideline_period", 12, "Monate")}


@pytest.mark.parametrize(
    "text",
    [
        "Der Stadtrat stimmte am 3. Mai dem Antrag auf Beitritt zu.",
        "Bis zum 30. Juni 2022 gingen 45 Anträge ein.",
        "Rund 30 Prozent der Befragten lehnen die Förderung ab.",
        "Der Bürgermeister hat ausgeschlossen, dass Bäume gefällt werden.",
        "Für das Seminar fallen 40 Euro je Person an.",
        "Die Stadt gab dafür 70.000 Euro aus.",
        "- 14. September 2022: Sprechstunde »Der Antrag leicht gemacht«",
    ],
)
def test_what_is_no_condition_of_funding(text: str) -> None:
    assert not read(text, "funding")


def test_a_text_full_of_conditions_needs_no_title_that_says_so() -> None:
    text = (
        "Antragsberechtigt sind Gemeinden. Der Zuschuss beträgt höchstens 75 Prozent der zuwendungsfähigen Ausgaben. "
        "Anträge sind bis zum 30. April einzureichen, spätestens aber acht Wochen vor Beginn. Ausgeschlossen sind "
        "Boote. Der Verwendungsnachweis ist vorzulegen."
    )
    found = conditions(text, "Geld für gute Ideen")

    assert ("application_lead_time", 8, "Wochen") in found
    assert ("documents_required", None, None) in found
    assert ("funding_exclusion", "Boote", None) in found


@pytest.mark.parametrize(
    "text",
    [
        "Jede Mitgliedskommune erhielt 3.000 Euro Förderung.",
        "Für alle Kommunen stehen 2 Millionen Euro Fördermittel bereit.",
        "Im Landeshaushalt sind 2 Millionen Euro für die Förderung eingeplant.",
    ],
)
def test_money_for_all_is_not_that_of_the_town(text: str) -> None:
    assert only(text, "funding").subject == "FSO"


def test_the_second_sum_leaves_out_the_unit() -> None:
    found = read("Für alle Kommunen standen 2 Mio. Euro bereit, ausgezahlt wurden davon 1,5 Millionen.", "funding")

    assert {fact.value for fact in found} == {2_000_000, 1_500_000}


def owners(text: str, **other: str) -> dict[str, str]:
    return {str(fact.value): fact.subject for fact in read(text, "contact", **other)}


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Auskunft gibt die Ersonnene Förderbank unter 030 111-250.", "Ersonnene Förderbank"),
        ("Anträge sind bei der Ersonnenen Förderbank unter 030 111-250 einzureichen.", "Ersonnene Förderbank"),
        ("Fragen zur Stadt Musterau beantwortet das Hauptamt unter 03722 111-20.", "Musterau"),
        ("Die Pressestelle der Stadt Musterau erreichen Sie unter presse@musterau.example.", "Musterau"),
        ("Die Geschäftsstelle des FSO ist unter 030 111-99 zu erreichen.", "FSO"),
        ("Das Studienbüro der Hochschule Nirgendstein hilft: studium@hs.example.", "Hochschule Nirgendstein"),
        ("Anmelden kann man sich beim Kreispräventionsrat Musterland, 030 111-44.", "Kreispräventionsrat Musterland"),
        (
            "Auskunft gibt Max Beispiel vom Kreispräventionsrat Musterland, 030 111-44.",
            "Kreispräventionsrat Musterland",
        ),
        ("Fragen beantwortet Koordinatorin Erika Muster unter 030 111-44.", "Erika Muster"),
        ("An der Haltestelle hängt ein Plakat: Mehr dazu unter www.fso.example.", "FSO"),
    ],
)
def test_a_contact_belongs_to_who_is_named_before_it(text: str, owner: str) -> None:
    assert list(owners(text).values()) == [owner]


def test_of_several_contacts_each_has_its_own_person() -> None:
    text = (
        "Für den Norden ist Beraterin Erika Muster zuständig (Telefon 030 111-361), für den Süden Berater "
        "Max Beispiel, sued@fso.example."
    )

    assert owners(text) == {"030 111-361": "Erika Muster", "sued@fso.example": "Max Beispiel"}


def test_an_office_has_the_full_name_that_the_text_gives_it() -> None:
    text = "Das Landesbüro Helle Wege lädt ein. Anmelden kann man sich beim Landesbüro: 030 111-12."

    assert owners(text) == {"030 111-12": "Landesbüro Helle Wege"}


def test_who_answers_for_a_town_is_filed_under_the_town() -> None:
    text = "Die Stadt Musterau lädt ein. Fragen beantwortet Amtsleiterin Erika Muster: muster@musterau.example."
    found = only(text, "contact")

    assert (found.subject, found.place.name if found.place else None) == ("Erika Muster", "Musterau")


def test_a_web_address_that_spells_a_town_is_that_of_the_town() -> None:
    text = "Die Stadt Mühlau hat ihre Bürger befragt. Den Bericht gibt es unter www.muehlau.example/bericht."

    assert owners(text) == {"www.muehlau.example/bericht": "Mühlau"}


@pytest.mark.parametrize("street", ["Markt 1", "Am Leisen Weg 3", "An der Kirche 7a", "Straße der Jugend 5"])
def test_an_address_is_known_by_its_shape(street: str) -> None:
    assert owners(f"Die Anschrift lautet: Landesamt für Vorsorge, {street}, 01234 Musterau.") == {
        f"{street}, 01234 Musterau": "Landesamt für Vorsorge"
    }


def test_the_address_of_a_venue_is_no_contact() -> None:
    assert not read("Die Tagung findet im Kulturhaus, Hauptstraße 3, 01234 Musterau statt.", "contact")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Die Kosten von 52.000 Euro übernahm der Freistaat.", "funding"),
        ("Die Stadt gab dafür 52.000 Euro aus; Bauten werden nicht gefördert.", "figure"),
        ("Die Kosten lagen zwischen 14.000 und 31.500 Euro, im Mittel bei 22.000 Euro.", "figure"),
        ("Die Broschüre gibt es für 3 Euro.", "figure"),
    ],
)
def test_costs_are_funding_only_where_somebody_takes_them_over(text: str, kind: str) -> None:
    assert {fact.kind for fact in extract(document(text)) if fact.unit == "EUR"} == {kind}


def test_a_guideline_has_the_name_of_its_title() -> None:
    found = only("Anträge nimmt das Land bis zum 1. März entgegen.", "funding", title="Förderrichtlinie »Helle Wege«")

    assert found.subject == "Förderrichtlinie Helle Wege"


PUBLISHED = "---\ntitle: Neues\ndate: 2022-07-08\npublisher: Landesamt Kluge Vorsorge\n---\n\n# Neues\n\n"


def in_file(text: str, suffix: str) -> list[Fact]:
    """The statements of a whole file, with its own head."""
    data = f"{text}\n".encode()
    read_file = reader_for(suffix, data, f"a{suffix}")
    whole = assemble(
        read_file(data, f"a{suffix}"), origin="t", source=f"a{suffix}", data=data, today=date(2026, 11, 25)
    )
    return list(extract(whole))


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Unsere Hotline ist unter 030 111-25 zu erreichen.", "Landesamt Kluge Vorsorge"),
        ("Ihre Bewerbung senden Sie an jobs@vorsorge.example.", "Landesamt Kluge Vorsorge"),
        ("Eine Mail an rundbrief@lkv.example genügt.", "Landesamt Kluge Vorsorge"),
        ("Den Antrag gibt es unter antrag.fso-orte.example.", "FSO"),
        ("Mehr dazu unter www.fso.example.", "FSO"),
    ],
)
def test_a_contact_of_nobody_named_is_that_of_who_speaks_or_of_the_programme(text: str, owner: str) -> None:
    found = in_file(PUBLISHED + ABOUT + text, ".md")

    assert [fact.subject for fact in found if fact.kind == "contact"] == [owner]


@pytest.mark.parametrize(
    "text", ["Der Text steht auch bei anderswo.example.", "Die Datei heißt liste.de und ist groß."]
)
def test_the_name_of_a_site_alone_is_no_address_to_turn_to(text: str) -> None:
    assert not read(text, "contact")


@pytest.mark.parametrize("lines", ["Speicherweg 12\n01234 Musterau", "Am Bogen 12 | 01234 Musterau | Tel. 030 111-0"])
def test_a_street_and_the_town_below_or_beside_it_are_one_address(lines: str) -> None:
    text = f"Landesamt Kluge Vorsorge\n{lines}\n\nNeues aus dem Amt\n\n{ABOUT}Es gibt Rat. Es gibt Hilfe."
    street = lines[: lines.index("12")]

    assert [f.value for f in in_file(text, ".txt") if f.measure == "address"] == [f"{street}12, 01234 Musterau"]
