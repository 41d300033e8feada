"""Who somebody is, how to reach a body, and questions with slips of the keyboard, over invented releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from support.answers import faults
from support.documents import TODAY

from app.answering.spelling import corrected
from app.answers import Answer
from app.assistant import Assistant
from app.settings import Settings

RELEASE = """---
title: Das Büro für Nachbarschaft zieht um
publisher: Stadt Musterau
published: 2023-05-10
kind: release
---
Das Büro für Nachbarschaft in Musterau hat neue Räume. Anfragen nimmt das Büro für Nachbarschaft unter
buero@nachbarschaft.example.org entgegen. Rückfragen beantwortet Pressesprecherin Ottilie Ohneort unter 030 23125-321.
"""


@pytest.fixture(scope="module")
def ask(library_of_fiction: Assistant) -> Callable[[str], Answer]:
    """Ask the twelve invented releases."""

    def asked(question: str) -> Answer:
        answer = library_of_fiction.ask(question, today=TODAY)
        assert faults(library_of_fiction, answer) == []
        return answer

    return asked


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """One release that names a body with its address."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "umzug.md").write_text(RELEASE, encoding="utf-8")
    with Assistant(Settings(data=folder / "data")) as assistant:
        assistant.ingest([folder / "umzug.md"], today=TODAY)
        yield assistant


@pytest.mark.parametrize("question", ["Welches Amt hat Frieda Fabel?", "Wer ist Frieda Fabel?"])
def test_the_office_of_a_person_who_is_named_in_full(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert answer.short.startswith("Frieda Fabel (Oberbürgermeisterin")


def test_nobody_is_taken_for_somebody_of_the_same_given_name(ask: Callable[[str], Answer]) -> None:
    assert ask("Wer ist Frieda Sauertopf?").status == "no_evidence"
    assert ask("Welches Amt hat Nils Sauertopf?").status == "no_evidence"


def test_a_body_is_reached_as_a_document_says_beside_its_name(office: Assistant) -> None:
    for question in ("Wie erreiche ich das Büro für Nachbarschaft per Mail?", "E-Mail Büro für Nachbarschaft"):
        answer = office.ask(question, today=TODAY)
        assert "buero@nachbarschaft.example.org" in answer.short
        assert faults(office, answer) == []


def test_a_slip_does_not_hide_what_is_asked(ask: Callable[[str], Answer]) -> None:
    right, slipped = ask("Welches Amt hat Frieda Fabel?"), ask("Welhces Amt hat Frieda Fabel?")
    assert slipped.short == right.short
    assert slipped.standalone_question == right.standalone_question


KNOWN = {"landkreis": 3, "prozent": 2, "einwohn": 4, "tagung": 1, "taufung": 1, "lender": 5}


def known(stems: object) -> dict[str, int]:
    return {stem: KNOWN.get(stem, 0) for stem in stems}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Welche Mitglieder hat der Landrkeis?", "Welche Mitglieder hat der Landkreis?"),  # swapped
        ("Wie viele Einwohnr sind das?", "Wie viele Einwohner sind das?"),  # one too few
        ("Wie viel Prozzent sind das?", "Wie viel Prozent sind das?"),  # one too many
        ("welcehr Landkreis?", "welcher Landkreis?"),  # a word without meaning for the search
        ("Was sagt Karl Lander?", "Was sagt Karl Lander?"),  # a name one letter away is another name
        ("Wann war die Taugung?", "Wann war die Taugung?"),  # two words are equally near
        ("Wie viel Prozent?", "Wie viel Prozent?"),
    ],
)
def test_slips_are_put_right_where_one_word_is_meant(typed: str, meant: str) -> None:
    assert corrected(typed, known) == meant
