"""What titles of versions have in common, and what makes a text a correction."""

import pytest

from ingest.types import Document, Published, Section
from ingest.versions import Version, correction_of, family_of, is_mark_line, predecessors, sentence_prints, similarity


@pytest.mark.parametrize(
    "title",
    [
        "1. Korrektur: Musterau tritt bei",
        "Korrektur – Musterau tritt bei",
        "Musterau tritt bei (korrigierte Fassung)",
        "Zweite Korrektur: MUSTERAU TRITT BEI",
        "Achtung, Korrektur: Musterau tritt bei!",
        "Musterau tritt 2 bei",
    ],
)
def test_family(title):
    assert family_of(title) == family_of("Musterau tritt bei") == "musterautrittbei"


def document(title: str, furniture: str = "") -> Document:
    text = f"Ein Satz.\n\n{furniture}"
    sections = (Section("body", 0, 9), Section("furniture", 11, len(text)))
    return Document("id", "a.txt", "/a.txt", "0", title, "release", "", Published(), text, sections=sections)


@pytest.mark.parametrize(
    ("title", "furniture", "number"),
    [
        ("1. Korrektur: Musterau tritt bei", "", 1),
        ("Musterau tritt bei (2. Korrektur)", "", 2),
        ("Dritte Korrektur: Musterau", "", 3),
        ("Berichtigung: Musterau", "", 1),
        ("Musterau tritt bei", "Korrektur zur Medieninformation Nr. 12 vom 4. Mai 2023", 1),
        ("Musterau tritt bei", "2. Korrektur", 2),
        ("Musterau tritt bei", "", 0),
        ("Korrekturen am Haushalt beschlossen", "", 0),
        ("Rat berät über die Berichtigung von Straßennamen im Süden", "", 0),
    ],
)
def test_correction(title, furniture, number):
    assert correction_of(document(title, furniture)) == number


def test_mark_lines():
    assert is_mark_line("**1. Korrektur**")
    assert is_mark_line("Korrigierte Fassung")
    assert not is_mark_line("Die Korrektur der Zahlen dauert noch an, teilte der Rat mit.")


def test_similarity_by_hand():
    one = sentence_prints("Der Rat tagt viermal im Jahr. Es gibt 12 neue Stellen im Rathaus.\nKurz.")
    other = sentence_prints("Es gibt 14 neue Stellen im Rathaus! Niemand kam zur zweiten Sitzung.")
    assert similarity(one, other) == 0.5
    assert similarity(one, frozenset()) == 0.0


def version(id: str, date: str | None, correction: int = 0, publisher: str = "Stadt") -> Version:
    return Version(id, publisher, Published(date), correction)


@pytest.mark.parametrize(
    ("versions", "alike", "chain"),
    [
        ([version("a", "2023-01-01"), version("b", "2023-01-02", 1)], 0.5, {"b": "a"}),
        ([version("a", "2023-01-01"), version("b", "2023-01-01", 1)], 0.5, {"b": "a"}),
        ([version("a", None), version("b", None, 1)], 0.9, {"b": "a"}),
        ([version("a", "2023-01-02"), version("b", "2023-01-01", 1)], 0.9, {}),
        ([version("a", "2023-01-01"), version("b", "2023-01-02")], 0.5, {}),
        ([version("a", "2023-01-01"), version("b", "2023-01-02")], 0.7, {"b": "a"}),
        ([version("a", "2023-01-01"), version("b", "2023-01-01")], 1.0, {}),
        ([version("a", "2023-01-01"), version("b", None)], 1.0, {}),
        ([version("a", "2023-01-01"), version("b", "2023-01-02", 1, "Land")], 1.0, {}),
        ([version("a", "2023-01-01"), version("b", "2023-01-02", 1, "nicht genannt")], 1.0, {"b": "a"}),
    ],
)
def test_predecessors(versions, alike, chain):
    assert predecessors(versions, lambda *_: alike) == chain
    assert predecessors(versions[::-1], lambda *_: alike) == chain
