import pytest

from app.answering.followup import resolve

TORGAU = "Wann ist Torgau beigetreten?"


@pytest.mark.parametrize(
    ("history", "text", "standalone"),
    [
        ([], "Und in Lohsa?", "Und in Lohsa?"),
        ([TORGAU], "Und in Lohsa?", "Wann ist Lohsa beigetreten?"),
        ([TORGAU], "Und Lohsa?", "Wann ist Lohsa beigetreten?"),
        ([TORGAU, "Und Lohsa?"], "Und Dippoldiswalde?", "Wann ist Dippoldiswalde beigetreten?"),
        (["Wie viele Kommunen wurden 2021 beraten?"], "Und 2020?", "Wie viele Kommunen wurden 2020 beraten?"),
        (["When did Torgau join?"], "And Lohsa?", "When did Lohsa join?"),
        (["When did Torgau join?"], "What about Lohsa?", "When did Lohsa join?"),
    ],
)
def test_a_new_place_or_period_takes_the_place_of_the_old(history, text, standalone):
    assert resolve(text, history) == standalone


@pytest.mark.parametrize(
    ("history", "text", "borrowed"),
    [
        ([TORGAU], "Und wer hat unterzeichnet?", ["Torgau"]),
        ([TORGAU, "Und wer hat unterzeichnet?"], "Und wer war dabei?", ["Torgau"]),
        (
            ["Was ist der Sicherheitskreis in Dippoldiswalde?"],
            "Wer gehört dazu?",
            ["Dippoldiswalde", "Sicherheitskreis"],
        ),
        (["Wie viel Fördermittel bekam Torgau?"], "Und wofür?", ["Torgau", "Fördermittel"]),
        (["Wie viele Einwohner hat Lohsa?"], "Wer ist dort Bürgermeister?", ["Lohsa"]),
        (["Welche Städte waren Modellkommunen?"], "Wer sind die?", ["Modellkommunen"]),
        (["How many inhabitants does Lohsa have?"], "Who is its mayor?", ["Lohsa"]),
    ],
)
def test_what_is_left_out_is_borrowed(history, text, borrowed):
    standalone = resolve(text, history)
    assert standalone != text
    for word in borrowed:
        assert word in standalone


@pytest.mark.parametrize(
    ("history", "text"),
    [
        (["Wie viele Einwohner hat Lohsa?"], "Wann ist Dippoldiswalde beigetreten?"),
        ([TORGAU], "Wie viele Einwohner hat Lohsa?"),
        ([TORGAU], "Wie viele Kommunen hat der Landespräventionsrat beraten?"),
        ([TORGAU], "Bis wann muss ein Antrag nach der Richtlinie Kommunale Prävention eingereicht werden?"),
        ([TORGAU], "Wie wird das Wetter morgen in Dresden?"),
    ],
)
def test_a_complete_question_stays_as_it_is(history, text):
    assert resolve(text, history) == text


@pytest.mark.parametrize("text", ["", "?", "Und?", "Danke", "und und und"])
def test_odd_follow_ups_do_no_harm(text):
    assert isinstance(resolve(text, [TORGAU, "", "?"]), str)


def test_a_long_conversation_stays_short():
    history = [TORGAU, *["Und wer noch?", "Und wofür?"] * 10]
    assert len(resolve("Und warum?", history)) < 200
