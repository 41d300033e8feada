"""Words of the language and names that no dictionary knows."""

from __future__ import annotations

import pytest
from support.statements import read

from ingest.facts.localities import local_places
from ingest.german.lexicon import is_known, is_word
from tests.support.documents import read as read_text


@pytest.mark.parametrize("word", ["Preise", "Auskunft", "Arbeitsgruppen", "Trägerschaft"])
def test_a_dictionary_knows_words_in_their_forms(word: str) -> None:
    assert is_known(word)


def test_compounds_are_words_too() -> None:
    assert is_word("Bahnhofsnähe")
    assert not is_known("Bahnhofsnähe")


@pytest.mark.parametrize("name", ["Zschirnau", "Hohenfabelau", "Dornmusterow"])
def test_names_of_towns_are_no_words(name: str) -> None:
    assert not is_word(name)


@pytest.mark.parametrize(
    "text",
    [
        "Zschirnau geht nachts spazieren. Mit Lampen waren 35 Menschen unterwegs.",
        "Willkommen, Zschirnau! Es gab Kuchen.",
        "Unser jüngstes Mitglied heißt Zschirnau.",
    ],
)
def test_an_unknown_name_that_ends_like_a_town_is_one_wherever_it_stands(text: str) -> None:
    assert "Zschirnau" in local_places(read_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "Torte, Preise und eine Zusage: Das Forum Sichere Orte (FSO) feiert.",
        "Das Institut für Raum Zschirnau hat geholfen.",
        "Sie spielten am Musterbach und im Fabeltal.",
        "An Spitzentagen kommen bis zu 9.500 Tagesgäste hinzu.",
        "Im FSO gibt es vier Schritte: Erstgespräch, Vorvereinbarung, Unterschrift.",
    ],
)
def test_words_bodies_brooks_and_what_is_counted_are_no_towns(text: str) -> None:
    assert not local_places(read_text(text))


def test_a_town_that_stands_small_in_an_address_is_still_one() -> None:
    text = "Die Zahl der Brände sank in Zschirnau von 12 auf drei. Mehr unter www.zschirnau.example."

    assert {fact.subject for fact in read(text, "figure")} == {"Zschirnau"}
