"""Whether a sentence holds what a question wants: counted things and sites."""

from __future__ import annotations

import pytest
from support.documents import read

from app.answering import fit
from app.answering.question import understand
from app.answering.sentences import Sentence, document_sentences

BOATS = "Wie viele Boote hat der Verein?"
SITE = "Wo fand die Feier statt?"


def sentence(text: str) -> Sentence:
    """The sentence `text` in a document of its own."""
    (found,) = document_sentences(read(f"Neues aus Musterau\n\n{text}\n"))
    assert found.text == text
    return found


def number(question: str, text: str) -> str | None:
    told = sentence(text)
    best = fit.best_quantity(understand(question), told)
    return None if best is None else told.text[best.start : best.end]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (BOATS, "Der Verein hat 12 Boote."),
        (BOATS, "Der Verein hat 300 Mitglieder und 12 Boote."),
        (BOATS, "Der Verein hat zwölf Ruderboote."),
        ("Wie viele Gäste kamen zum Fest?", "Zum Fest kamen 400 Besucher."),
        ("How many members are there?", "Der Verein hat 300 Mitglieder."),
    ],
)
def test_a_number_of_the_asked_word_or_a_synonym_counts(question: str, text: str) -> None:
    assert understand(question).kind == "figure"
    assert fit.counts_asked(understand(question), sentence(text))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (BOATS, "Der Verein hat 300 Mitglieder."),
        (BOATS, "Die Boote gehören dem Verein seit 1990."),
        (BOATS, "Ein Boot kostet 12.000 Euro."),
        (BOATS, "Der Verein hat viele Boote."),
        ("Was kostet ein Boot?", "Der Verein hat 12 Boote."),
        ("Wer hat die Boote gezählt?", "Der Verein hat 12 Boote."),
        ("Seit wann hat der Verein Boote?", "Der Verein hat 12 Boote."),
    ],
)
def test_other_numbers_and_other_questions_do_not_count(question: str, text: str) -> None:
    assert not fit.counts_asked(understand(question), sentence(text))


def test_a_figure_question_accepts_a_number_of_another_word() -> None:
    assert fit.fits(understand(BOATS), sentence("Der Verein hat 300 Mitglieder."))
    assert number(BOATS, "Der Verein hat 300 Mitglieder.") == "300 Mitglieder"
    assert number("Wie viele Menschen leben in Musterau?", "Musterau hat 5.200 Einwohner.") == "5.200 Einwohner"


@pytest.mark.parametrize(
    "text",
    [
        "Der Verein hat 300 Mitglieder und 12 Boote.",
        "Der Verein hat 12 Boote und 300 Mitglieder.",
        "Mit 300 Mitgliedern, 4 Trainern und 80 Gästen hat der Verein 12 Boote.",
    ],
)
def test_a_figure_question_prefers_a_number_of_the_asked_word(text: str) -> None:
    assert number(BOATS, text) == "12 Boote"


@pytest.mark.parametrize("text", ["Der Verein hat viele Boote.", "Der Verein wurde 1990 gegründet."])
def test_a_figure_question_needs_a_number(text: str) -> None:
    assert not fit.fits(understand(BOATS), sentence(text))
    assert number(BOATS, text) is None


def test_an_amount_is_no_count() -> None:
    assert not fit.fits(understand("Wie viel Geld bekam der Verein?"), sentence("Der Verein hat 12 Boote."))
    assert number("Wie viel Geld bekam der Verein?", "Für 12 Boote gab es 9.000 Euro.") == "9.000 Euro"


@pytest.mark.parametrize(
    "text",
    [
        "Die Feier begann in der alten Münze.",
        "Die Feier begann im Ratssaal.",
        "Gefeiert wurde auf dem großen Festplatz.",
        "Bei der Feuerwehr wurde lange gefeiert.",
        "Alle feierten vor dem Rathaus.",
        "Gefeiert wurde in Torgau.",
    ],
)
def test_a_place_question_accepts_a_site(text: str) -> None:
    assert understand(SITE).kind == "place"
    assert fit.fits(understand(SITE), sentence(text))


@pytest.mark.parametrize(
    "text",
    [
        "Die Feier begann um acht Uhr.",
        "Die Feier wurde abgesagt.",
        "Alle feierten in bester und heiter gelöster Stimmung.",
        "Der Vorstand dankte allen Gästen.",
    ],
)
def test_a_place_question_does_not_accept_a_sentence_without_a_site(text: str) -> None:
    assert not fit.fits(understand(SITE), sentence(text))


@pytest.mark.parametrize("text", ["Die Feier begann am Montag.", "Die Feier war im März."])
def test_a_day_is_no_site(text: str) -> None:
    assert not fit.fits(understand(SITE), sentence(text))


def test_other_kinds_need_no_site() -> None:
    assert fit.fits(understand("Warum wurde die Feier abgesagt?"), sentence("Der Vorstand dankte allen Gästen."))
