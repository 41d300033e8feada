"""The number of members of an invented programme: under each of its names, over time, and as of a day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.documents import TODAY, opened

from app.answers import Answer
from app.assistant import Assistant

ABOUT = "Das Bündnis Helle Wege (BHW) fördert die kommunale Prävention."
DOCUMENTS = {
    "gruendung": ("Sieben Städte gründen ein Bündnis", "2019-05-14", f"{ABOUT} Sieben Städte gehören dem BHW an."),
    "zuwachs": ("Das BHW wächst", "2020-02-28", f"{ABOUT} Damit zählt das BHW elf Mitglieder."),
    "bilanz": (
        "Bilanz des BHW", "2022-07-11",
        f"{ABOUT} Zum 30. Juni 2022 gehörten dem BHW 33 der 138 Städte an. Beraten hat das BHW 57 Kommunen.",
    ),
    "bericht": (
        "Tätigkeitsbericht 2024", "2025-03-10",
        "| Kennzahl | 2023 | 2024 |\n|---|---|---|\n| Mitglieder des Bündnisses | 45 | 52 |",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with opened(tmp_path_factory.mktemp("members"), DOCUMENTS) as found:
        yield found


def ask(assistant: Assistant, question: str, as_of: str | None = None) -> Answer:
    return assistant.ask(question, as_of=as_of, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Kommunen gehören dem BHW an?",
        "Wie viele Städte zählt das Bündnis Helle Wege?",
        "Wie viele Rathäuser machen beim Bündnis mit?",
        "mitgliederzahl bhw",
        "mitglieder bhw aktuell",
    ],
)
def test_the_newest_number_under_each_name(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)

    assert answer.status == "answered"
    assert answer.short.startswith("52 Mitglieder")
    assert any("33 Städte" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("as_of", "value"), [("2019-12-31", "sieben Städte"), ("2020-06-01", "elf Mitglieder"), ("2023-01-01", "33 Städte")]
)
def test_the_number_of_a_day(assistant: Assistant, as_of: str, value: str) -> None:
    assert ask(assistant, "Wie viele Mitglieder hat das BHW?", as_of).short.casefold().startswith(value.casefold())


def test_how_the_number_grew(assistant: Assistant) -> None:
    answer = ask(assistant, "Wie hat sich die Mitgliederzahl des BHW entwickelt?")

    assert [figure.value for figure in answer.figures] == [7, 11, 33, 45, 52]
    assert "52 Mitglieder" in answer.short


def test_who_is_advised_is_no_member(assistant: Assistant) -> None:
    assert ask(assistant, "Wie viele Kommunen berät das BHW?").short.startswith("57 Kommunen")
