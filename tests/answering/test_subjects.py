"""Names that only the documents know: which words of a question are such names, and whom a sentence is about."""

from __future__ import annotations

import pytest
from support.documents import read

from app.answering.question import understand
from app.answering.sentences import document_sentences
from app.answering.subjects import about_the_names, asked_names, asked_towns, local_names, towns_of
from ingest.types import Document

TOWN = (
    "Es regnet in Nebelheim. Der Rat von Nebelheim tagt. Die Kommune plant. "
    "Es ist ruhig in der Kommune, auch in Kommune A."
)


def document(text: str, title: str = "Nachrichten") -> Document:
    return read(f"---\ntitle: {title}\ndate: 2022-01-05\n---\n\n# {title}\n\n{text}\n", "a.md")


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("Wer regiert in Nebelheim?", TOWN, {"Nebelheim"}),
        ("Was plant Nebelheims Rat?", TOWN, {"Nebelheim"}),
        ("Was plant die Kommune?", TOWN, set()),
        ("Wie groß ist Leipzig?", "In Leipzig ist es schön. Viele kommen aus Leipzig.", set()),
        ("Wer regiert in Nebelheim?", "Ein Text, in dem die Stadt Nebelheim nur einmal steht.", set()),
        ("Wo ist Nebel?", "Viele kommen aus Nebel-Heim und gehen nach Nebel-Heim.", set()),
        (
            "Wer regiert in Nebelheim?",
            "Es regnet in Nebelheim. Viele kommen aus Nebelheim, und das Nebelheim steht.",
            set(),
        ),
    ],
)
def test_names_of_a_question(question: str, text: str, names: set[str]) -> None:
    found = document(text)

    assert asked_names(understand(question), [found]) == names
    assert names <= local_names(found)


def test_a_name_of_the_title_counts_with_one_mention() -> None:
    found = document("Der Rat aus Nebelheim tagt.", title="Nebelheim wächst")

    assert asked_names(understand("Was macht Nebelheim?"), [found]) == {"Nebelheim"}


def test_a_sentence_of_another_place_is_not_about_the_name() -> None:
    names = frozenset({"Nebelheim"})
    about = document("Es regnet in Nebelheim. Dort tagt der Rat.", title="Nebelheim wächst")
    other = document(
        "Es regnet in Hagelsbach. Man lebt gern in Hagelsbach. Dort tagt der Rat.", title="Hagelsbach wächst"
    )

    assert all(about_the_names(names, sentence) for sentence in document_sentences(about))
    assert not any(about_the_names(names, sentence) for sentence in document_sentences(other))


TOWNS = towns_of(["Nebelheim", "Hagelsbach", "Quellendorf an der Wöhre"])


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Wer regiert in Nebelheim?", {"Nebelheim"}),
        ("bürgermeister nebelheim", {"Nebelheim"}),
        ("Was plant Hagelsbachs Rat?", {"Hagelsbach"}),
        ("Wann trat Quellendorf an der Wöhre bei?", {"Quellendorf an der Wöhre"}),
        ("Wann trat Quellendorf bei?", set()),
        ("Was kostet Nebel?", set()),
    ],
)
def test_places_of_the_register_in_a_question(question: str, names: set[str]) -> None:
    assert asked_towns(understand(question), TOWNS) == names


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Es regnet. Die Ministerin kam nach Nebelheim.", [True, True]),
        ("Die Ministerin kam nach Nebelheim. Auf sie folgt der Bürgermeister von Hagelsbach.", [True, False]),
        ("Es regnet. Die Ministerin kam nach Hagelsbach.", [False, False]),
    ],
)
def test_a_sentence_that_names_another_place_of_the_register_is_about_that(text: str, about: list[bool]) -> None:
    sentences = document_sentences(document(text))

    assert [about_the_names(frozenset({"Nebelheim"}), sentence, TOWNS) for sentence in sentences] == about
