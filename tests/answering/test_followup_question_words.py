"""Follow-ups without a question word: which of them are asked what was asked before."""

from __future__ import annotations

import pytest

from app.answering.followup import resolve
from app.answering.question import asks, understand

CHILDREN = "Wie viele Kinder sind in der Musikschule?"
GRANT = "Wie hoch ist der Zuschuss für Vereine?"


@pytest.mark.parametrize(
    ("before", "text", "word"),
    [
        (CHILDREN, "Und die Jüngsten", "Wie viele"),
        (CHILDREN, "die Jüngsten", "Wie viele"),
        (GRANT, "Und die Jüngsten", "Wie hoch"),
        ("Seit wann gibt es die Musikschule?", "Und die Jüngsten", "Seit wann"),
        ("Wer leitet die Musikschule?", "Und die Jüngsten", "Wer"),
        ("How many children are in the club?", "And the youngest", "How many"),
    ],
)
def test_the_question_word_is_that_of_the_question_before(before: str, text: str, word: str) -> None:
    standalone = resolve(text, [before])
    assert f"({word}" in standalone
    assert understand(standalone).kind == understand(before).kind


@pytest.mark.parametrize(
    ("before", "text", "word"),
    [
        (CHILDREN, "Und die Jüngsten?", "Wie viele"),
        ("Seit wann gibt es die Feuerwehr?", "Und die Musikschule?", "Seit wann"),
        (GRANT, "Und für Schulen?", "Wie hoch"),
        ("How many children are in the club?", "And the youngest?", "How many"),
    ],
)
def test_the_question_word_is_that_of_the_question_before_with_a_mark(before: str, text: str, word: str) -> None:
    assert f"({word}" in resolve(text, [before])


YES_OR_NO = [
    "Gibt es dort auch Erwachsene?", "Sind es mehr geworden?", "Ist das viel?", "Werden es mehr?",
    "Dürfen sie dort üben?", "Und werden dort auch Schulen gefördert?",
]  # fmt: skip


@pytest.mark.parametrize("text", YES_OR_NO)
def test_a_question_for_yes_or_no_takes_no_question_word(text: str) -> None:
    standalone = resolve(text, [CHILDREN])
    assert "Kinder" in standalone
    assert asks(standalone) == ""


@pytest.mark.parametrize("text", [YES_OR_NO[0], YES_OR_NO[-1]])
def test_a_question_for_yes_or_no_stays_one(text: str) -> None:
    assert understand(resolve(text, [CHILDREN])).kind == "yesno"


@pytest.mark.parametrize("text", YES_OR_NO[1:-1])
def test_a_short_question_for_yes_or_no_stays_one(text: str) -> None:
    assert understand(text).kind == "yesno"
    assert understand(resolve(text, [CHILDREN])).kind == "yesno"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (CHILDREN, "Und wenn sie krank sind"), (CHILDREN, "Und wenn sie krank sind?"), (CHILDREN, "Wenn es regnet?"),
        (GRANT, "Und falls er abgelehnt wird"), (GRANT, "Sofern er abgelehnt wird?"),
        ("How many children are in the club?", "And if it rains?"),
    ],
)  # fmt: skip
def test_a_condition_takes_no_question_word(before: str, text: str) -> None:
    standalone = resolve(text, [before])
    assert standalone != text
    assert asks(standalone) == ""


@pytest.mark.parametrize(
    ("text", "kind", "other"),
    [("Und wo üben sie?", "place", "Wie viele"), ("Und wer leitet sie?", "person", "Wie viele")],
)
def test_a_question_word_of_its_own_stays_the_only_one(text: str, kind: str, other: str) -> None:
    standalone = resolve(text, [CHILDREN])
    assert "Kinder" in standalone
    assert other not in standalone
    assert understand(standalone).kind == kind


def test_the_word_is_carried_through_a_conversation() -> None:
    standalone = resolve("Und die Ältesten", [CHILDREN, "Und die Jüngsten"])
    assert "(Wie viele" in standalone
    assert standalone.startswith("Die Ältesten")
