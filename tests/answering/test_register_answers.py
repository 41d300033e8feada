"""Answers from the register: on invented statements, whatever the rules read, and on the real releases."""

from collections.abc import Iterator

import pytest
from support.answers import faults
from support.asked import BUND, read_by_sentence, write
from support.documents import TODAY

from app.answering.question import understand
from app.answering.register.asked import blocked
from app.answering.register.lookup import look_up
from app.answering.register.statements import Statements
from app.assistant import Assistant
from app.settings import Settings


def opened(tmp_path) -> Iterator[Assistant]:
    """Only what is ingested here is read by sentence: the other libraries of a session are read by the rules."""
    with Assistant(Settings(data=tmp_path / "data", programme=BUND)) as assistant:
        with read_by_sentence():
            assistant.ingest([write(tmp_path / "files")], today=TODAY)
            assistant.facts()
        yield assistant


@pytest.fixture(scope="module")
def shared_assistant(tmp_path_factory):
    yield from opened(tmp_path_factory.mktemp("asked"))


@pytest.fixture
def assistant(tmp_path):
    """One of its own, for tests in which maintainers decide something."""
    yield from opened(tmp_path)


@pytest.fixture(scope="module")
def ask(shared_assistant):
    """Ask; what every answer must keep is checked on the way."""

    def asked(question, **how):
        answer = shared_assistant.ask(question, today=TODAY, **how)
        assert faults(shared_assistant, answer) == []
        return answer

    return asked


def said(answer, word):
    return [note for note in answer.notes if word in note]


# --- figures


def test_the_newest_figure_with_its_day_and_what_came_before(ask):
    answer = ask("Wie viele Präventionsräte gibt es, Stand heute?")
    assert answer.short == "28 Präventionsräte (Kommunale Präventionsräte, Stand 20.01.2023)"
    assert (answer.status, answer.as_of) == ("answered", "2023-01-20")
    assert said(answer, "Frühere Angabe: 21 Präventionsräte (Stand November 2021)")
    assert said(answer, "über 24 Präventionsräte (zwischen 01.02.2022 und 31.08.2022, erschlossen)")
    main, older, vague = answer.figures[:3]
    assert (main.value, main.superseded, main.as_of) == (28, False, "2023-01-20")
    assert (older.value, older.superseded) == (21, True)
    assert (vague.value, vague.qualifier, vague.superseded, vague.as_of) == (24, "über", False, None)


def test_what_looks_alike_stands_beside_it(ask):
    answer = ask("Wie viele Kommunen sind dabei?")
    assert answer.short.startswith("109 Kommunen (beteiligte Kommunen")
    for words in ("beratene Kommunen: 133", "Kooperationsvereinbarungen: 40", "Präventionsräte: 28"):
        assert said(answer, words), words
    assert {figure.value for figure in answer.figures} == {109, 133, 40, 28}


@pytest.mark.parametrize(
    ("question", "how", "value"),
    [
        ("Wie viele Kommunen sind beraten worden?", {}, "133 Kommunen"),
        ("Wie viele Kommunen sind beraten worden?", {"as_of": "2022-01-01"}, "90 Kommunen"),
        ("Wie viele Kommunen wurden 2021 beraten?", {}, "90 Kommunen"),
        ("How many municipalities have been advised?", {}, "133 Kommunen"),
        ("Wie viele Einwohner hat Dommitzsch?", {}, "2.400 Einwohner"),
    ],
)
def test_a_figure_of_a_day(ask, question, how, value):
    answer = ask(question, **how)
    assert answer.short.startswith(f"{value} (")
    assert all(not how or c.document.published.date <= how["as_of"] for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Einwohner hat Torgau?",
        "Wie viele Einwohner hat Görlitz?",
        "Wie viele Präventionsräte gab es 2015?",
        "Wie viele Präventionsräte sind seit 2021 entstanden?",
        "Wie viele Kommunen sind seit 2021 dabei?",
        "Wie viele Mitglieder hat der Landespräventionsrat?",
        "Ist Mügeln Mitglied im Städtetag?",
        "Ist Mügeln seit 2019 dabei?",
        "Wer hat in Dommitzsch den Mietvertrag unterzeichnet?",
        "Wer gehört zum Präventionsrat?",
        "Wie viel Geld bekam Dommitzsch für Kameras?",
        "Wie viele Kommunen haben keine Kooperationsvereinbarung?",
        "Wie viele Personen sitzen in den Präventionsräten?",
        "Wie viele Jugendliche haben die Präventionsräte erreicht?",
        "Welche Kommunen wollen beitreten?",
        "Welche Kommune ist zuletzt beigetreten?",
    ],
)
def test_where_it_is_not_sure_the_register_is_silent(shared_assistant, question):
    statements = Statements(shared_assistant.library)
    statements.refresh()
    assert look_up(understand(question), statements, (BUND,), 6, None) is None


# --- developments and comparisons


def test_a_development_is_told_from_the_oldest_to_the_newest(ask):
    answer = ask("Wie hat sich die Zahl der Präventionsräte entwickelt?")
    assert "21 Präventionsräte (November 2021)" in answer.short
    assert "zuletzt 28 Präventionsräte (20.01.2023)" in answer.short
    lines = [line for line in answer.text.splitlines() if line.startswith("–")]
    assert [line[:8] for line in lines] == ["– 21 Prä", "– 28 Prä", "– über 2"]
    assert [line[-3:] for line in lines] == ["[1]", "[2]", "[3]"]
    assert said(answer, "den vorliegenden 6 Dokumenten")


def test_a_difference_is_marked_as_computed_with_both_inputs(ask):
    answer = ask("Wie hat sich die Zahl der beratenen Kommunen zwischen 2021 und 2023 entwickelt?")
    assert "rechnerisch 43 mehr" in answer.short
    computed = next(figure for figure in answer.figures if figure.derived)
    assert computed.value == 43
    assert "133" in computed.derived
    assert "90" in computed.derived
    assert len(answer.citations) == 2


def test_two_places_side_by_side(ask):
    answer = ask("Wie viele Einwohner haben Mügeln und Dommitzsch im Vergleich?")
    assert "Mügeln: 5.600 Einwohner" in answer.short
    assert "Dommitzsch: 2.400 Einwohner" in answer.short
    assert "rechnerisch 3.200 mehr" in answer.short
    rough = ask("Hat Wurzen mehr Einwohner als Mügeln?")
    assert "rechnerisch etwa 10.400 mehr" in rough.short
    assert said(rough, "gerundet")


# --- members


def test_the_list_of_members_says_what_it_covers(ask):
    answer = ask("Welche Kommunen haben eine Kooperationsvereinbarung?")
    for name in ("Dommitzsch", "Mügeln", "Fantasia"):
        assert any(line.startswith(f"– {name}") and line.endswith("]") for line in answer.text.splitlines()), name
    assert "Leipzig" not in answer.text
    assert "Torgau" not in answer.text
    assert said(answer, "Nach den vorliegenden 6 Dokumenten")
    assert said(answer, "heißt nicht")
    assert said(answer, "nur als beteiligt genannt: 2")
    assert said(answer, "Vorvereinbarung, die noch kein Beitritt ist: 1")
    assert said(answer, "Kooperationsvereinbarungen: 40")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Wer ist alles Mitglied?", {"Dommitzsch", "Mügeln", "Fantasia", "Leipzig"}),
        ("Wer ist dabei?", {"Dommitzsch", "Mügeln", "Fantasia", "Leipzig"}),
        ("Welche Städte sind beigetreten?", {"Dommitzsch", "Mügeln", "Fantasia", "Leipzig"}),
        ("Welche Kommunen im Landkreis Nordsachsen sind Mitglied?", {"Dommitzsch", "Mügeln"}),
        ("Welche Kommunen sind 2021 beigetreten?", {"Mügeln"}),
        ("Welche Kommunen sind seit 2021 beigetreten?", {"Mügeln", "Dommitzsch"}),
        ("Welche Kommunen sind bis 2021 beigetreten?", {"Mügeln", "Fantasia"}),
        ("Welche Kommunen sind vor 2021 beigetreten?", {"Fantasia"}),
        ("Welche Städte waren Modellkommunen?", {"Leipzig"}),
        ("Which towns have joined?", {"Dommitzsch", "Mügeln", "Fantasia", "Leipzig"}),
    ],
)
def test_lists_of_members(ask, question, names):
    lines = [line for line in ask(question).text.splitlines() if line.startswith("–")]
    assert {line[2:].split(",")[0].split(":")[0] for line in lines} == names


def test_a_count_is_computed_and_stands_beside_the_stated_one(ask):
    answer = ask("Wie viele Mitglieder kennt die Sammlung?")
    assert "40 Kooperationsvereinbarungen (Stand 20.01.2023)" in answer.short
    assert "rechnerisch 4 aus den vorliegenden 6 Dokumenten" in answer.short
    counted = next(figure for figure in answer.figures if figure.measure == "members")
    assert counted.value == 4
    assert "6 Dokumenten" in counted.derived
    part = ask("Wie viele Kommunen im Landkreis Nordsachsen sind beigetreten?")
    assert part.short == "rechnerisch 2 aus den vorliegenden 6 Dokumenten: Dommitzsch, Mügeln"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Wann ist Mügeln beigetreten?", "Mügeln: Beitritt 9. Juni 2021"),
        ("Seit wann ist Fantasia dabei?", "Fantasia: Beitritt 3. März 2020"),
        ("Ist Mügeln Mitglied?", "Ja. Mügeln: Beitritt 9. Juni 2021"),
        ("Gehört Mügeln offiziell zum Verbund?", "Ja. Mügeln: Beitritt 9. Juni 2021"),
        ("Does Mügeln belong to the alliance?", "Yes. Mügeln: joined 9. Juni 2021"),
        ("When did Mügeln join?", "Mügeln: joined 9. Juni 2021"),
    ],
)
def test_the_day_of_joining(ask, question, short):
    assert (ask(question).short, ask(question).status) == (short, "answered")


def test_a_day_that_is_not_known_is_not_invented(ask):
    answer = ask("Wann ist Leipzig beigetreten?")
    assert answer.status == "partial"
    assert "nicht bekannt" in answer.short
    assert said(answer, "als Modellkommune")


@pytest.mark.parametrize("question", ["Ist Görlitz Mitglied?", "Wann ist Görlitz beigetreten?"])
def test_absence_is_never_a_no(ask, question):
    answer = ask(question)
    assert answer.status == "no_evidence"
    assert "heißt nicht, dass es nicht so ist" in answer.text
    assert not answer.short.startswith("Nein")


def test_a_preliminary_agreement_is_no_joining(ask):
    answer = ask("Wann ist Torgau beigetreten?")
    assert answer.status in ("partial", "no_evidence")
    assert "Beitritt Januar" not in answer.short


def test_who_signed_and_who_was_only_there(ask):
    answer = ask("Wer hat in Dommitzsch unterzeichnet?")
    assert answer.short == "Thea Theoretisch (Bürgermeisterin)"
    assert said(answer, "Im Beisein von: Egon Ehedem")
    assert ask("Wer war beim Beitritt von Dommitzsch dabei?").short == "Egon Ehedem"


def test_a_signer_who_is_not_named_is_said_to_be_so(ask):
    answer = ask("Wer hat die Vereinbarung in Mügeln unterzeichnet?")
    assert (answer.status, answer.short) == ("partial", "Wer unterzeichnet hat, ist nicht genannt.")


# --- money, offices, offers


def test_a_sum_for_two_periods_is_shown_as_what_it_is(ask):
    answer = ask("1,3 Mio.: jährlich oder Doppelhaushalt?")
    assert answer.status == "ambiguous"
    assert "jährlich (20.01.2023)" in answer.short
    assert "Doppelhaushalt" in answer.short
    assert said(answer, "Quellen widersprechen sich")
    assert len(answer.citations) == 2


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Wie viel Geld hat Dommitzsch bekommen?", "etwa 60.000 Euro (Dommitzsch, zur Verfügung gestellte Mittel, "),
        ("Wie viel Geld wurde 2021 bewilligt?", "etwa 420.000 Euro (bewilligte Mittel, im Jahr 2021, Stand 20."),
        ("Wie viel Geld stellt das Land bereit?", "1,3 Millionen Euro (zur Verfügung gestellte Mittel, jährlich"),
        ("Wie viel Geld steht im Doppelhaushalt bereit?", "1,3 Millionen Euro (zur Verfügung gestellte Mittel, im Dop"),
    ],
)  # fmt: skip
def test_sums_keep_verb_period_and_day(ask, question, short):
    assert ask(question).short.startswith(short)


@pytest.mark.parametrize(
    "question", ["Wie viel Geld hat Mügeln bekommen?", "Wie viel Geld bekam Dommitzsch für Kameras?"]
)
def test_a_sum_of_another_place_or_purpose_is_no_answer(ask, question):
    assert "60.000" not in ask(question).short or "Kameras" in question


def test_an_office_in_the_form_of_the_source(ask):
    answer = ask("Wer ist Bürgermeister von Dommitzsch?")
    assert answer.short == "Thea Theoretisch (Bürgermeisterin, Stand 06.05.2022)"
    assert "Theoretisch" not in ask("Wer ist Oberbürgermeister von Mügeln?").short
    assert ask("Wer ist Innenminister?").short == "Ingo Irgendwer (Innenminister, Stand 01.09.2022)"


def test_offers_and_conditions_are_lists(ask):
    offers = ask("Was bietet das Bündnis?")
    assert {"– Coaching [1]", "– Beratung [1]"} <= set(offers.text.splitlines())
    conditions = ask("Welche Förderbedingungen gelten?")
    for words in ("bis zu 90 Prozent", "15. Oktober", "Investive Ausgaben", "EG 11, Stufe 3"):
        assert words in conditions.text
    assert "EG 11, Stufe 3" in ask("Welche Entgeltgruppen gelten?").short


def test_follow_ups_keep_their_subject(ask):
    history = ["Wann ist Mügeln beigetreten?"]
    assert ask("Und Dommitzsch?", history=history).short == "Dommitzsch: Beitritt 5. Mai 2022"


# --- what maintainers decide


def row_of(assistant, measure, value):
    return next(r for r in assistant.facts(measure=measure, hidden=True) if r.fact.value == value)


def test_a_hidden_row_never_answers(assistant):
    question = "Wie viele Präventionsräte gibt es?"
    assistant.decide(row_of(assistant, "prevention_councils", 28).id, "hide", who="muster")
    assert assistant.ask(question).short.startswith("21 Präventionsräte")
    assistant.decide(row_of(assistant, "prevention_councils", 28).id, "reset", who="muster")
    assert assistant.ask(question).short.startswith("28 Präventionsräte")


def test_an_error_of_the_source_travels_with_its_sentence(assistant):
    wrong = row_of(assistant, "population", 5600)
    assert not said(assistant.ask("Wie viele Einwohner hat Mügeln?"), "Quelle fehlerhaft")
    assistant.decide(wrong.id, "source_wrong", who="muster", note="Es sind 5.900.")
    answer = assistant.ask("Wie viele Einwohner hat Mügeln?")
    assert faults(assistant, answer) == []
    assert any("Mügeln hat" in citation.quote for citation in answer.citations)
    assert said(answer, "Quelle fehlerhaft") == ["Quelle fehlerhaft [1]. Es sind 5.900."]


def test_a_decision_about_one_row_is_not_taken_for_another_of_its_sentence(assistant):
    coaching = next(row for row in assistant.facts(kind="offering") if row.fact.value == "Coaching")
    assistant.decide(coaching.id, "hide", who="muster")
    lines = assistant.ask("Was bietet das Bündnis?").text.splitlines()
    assert "– Beratung [1]" in lines
    assert not [line for line in lines if line.startswith("– Coaching")]


def test_a_corrected_subject_is_found_under_its_new_name(assistant):
    row = row_of(assistant, "population", 5600)
    assistant.decide(row.id, "correct", who="muster", change={"subject": "Torgau"})
    statements = Statements(assistant.library)
    statements.refresh()
    found = statements.rows(["figure"], measures=["population"], places=["14730310"])
    assert [one.id for one in found] == [row.id]
    assert not statements.rows(["figure"], measures=["population"], places=["14730200"])


# --- speed and care


def test_rows_are_read_once_for_each_state(assistant, monkeypatch):
    question = "Wie viele Präventionsräte gibt es?"
    first = assistant.ask(question)
    monkeypatch.setattr(assistant.library.register, "entries", None)
    assert assistant.ask(question).short == first.short


@pytest.mark.parametrize(
    "question", ["Welche Orte sind nicht dabei?", "Wer ist kein Mitglied?", "Which towns have not joined?"]
)
def test_negations_are_not_for_the_register(question):
    assert blocked(understand(question))


# --- the real releases

RELEASES = [
    ("Wie viele Kommunen sind beraten worden?", "133 Kommunen"),
    ("Wie viele Präventionsräte gibt es, Stand heute?", "28 Kommunen"),
    ("Wie viele Einwohner hat Lohsa?", "ca. 5.200 Einwohner"),
    ("Wie viele Kommunen sind dabei?", "109 Kommunen"),
    ("Seit wann ist Lohsa dabei?", "Lohsa: Beitritt"),
    ("Ist Torgau Mitglied?", "Ja. Torgau"),
    ("Wer hat die Kooperationsvereinbarung in Rodewisch unterzeichnet?", "Wer unterzeichnet hat, ist nicht genannt."),
    ("Wie viel Fördermittel hat Torgau bekommen?", "etwa 160.000 Euro"),
    ("Wer ist Bürgermeister von Lohsa?", "Thomas Leberecht (Bürgermeister"),
]


@pytest.mark.shared
@pytest.mark.parametrize(("question", "short"), RELEASES)
def test_answers_from_the_releases(library_of_releases, question, short):
    answer = library_of_releases.ask(question)
    assert faults(library_of_releases, answer) == []
    assert answer.short.startswith(short)


@pytest.mark.shared
def test_the_sum_of_the_releases_has_several_periods(library_of_releases):
    answer = library_of_releases.ask("1,3 Mio.: jährlich oder Doppelhaushalt?")
    assert answer.status == "ambiguous"
    assert faults(library_of_releases, answer) == []
    assert said(answer, "Quellen widersprechen sich")
    assert len({citation.document.id for citation in answer.citations}) == 3


@pytest.mark.shared
def test_members_of_a_district_in_the_releases(library_of_releases):
    answer = library_of_releases.ask("Welche Städte im Vogtlandkreis sind beigetreten?")
    assert {line[2:].split(":")[0] for line in answer.text.splitlines() if line.startswith("–")} == {
        "Auerbach/Vogtl.",
        "Lengenfeld",
        "Rodewisch",
    }
