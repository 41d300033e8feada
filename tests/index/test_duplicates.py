"""Passages that say the same take one place; what differs in a number, a word or a negation does not."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from index.duplicates import folded
from index.library import Library
from index.search import Evidence
from ingest.types import Document, Passage, Published, Status

LONG = (
    "Die Stadt hat am Freitag gemeinsam mit dem Land eine Vereinbarung über die Zusammenarbeit unterzeichnet, und der "
    "kommunale Rat nimmt im Herbst seine Arbeit mit 1,3 Stellen auf."
)


def evidence(
    name: str, text: str, *, title: str = "Neue Vereinbarung", published: str = "2021-06-25",
    status: Status = "current", score: float = 0.5,
) -> Evidence:  # fmt: skip
    document = Document(
        name, f"{name}.txt", name, name, title, "release", "Stadt", Published(published), text, status=status
    )
    return Evidence(Passage(name, name, 0, len(text)), document, score, {})


def names(*found: Evidence) -> list[str]:
    return [item.document.id for item in folded(found)]


def test_the_same_text_takes_one_place_in_whatever_document():
    reprint = LONG.replace(", ", ",\n").replace("über", "ueber").upper()
    assert names(evidence("a", LONG), evidence("b", "Anderes."), evidence("c", reprint, title="Aus dem Rathaus")) == [
        "a", "b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "instead"), [("1,3", "13"), ("1,3", "1,4"), ("hat", "hat nicht"), ("Freitag", "Samstag")]
)
def test_whatever_differs_stays_apart(said: str, instead: str):
    assert names(evidence("a", LONG), evidence("b", LONG.replace(said, instead))) == ["a", "b"]


def test_a_short_text_means_what_its_title_says():
    short = "Sie tritt am Tag danach in Kraft."
    assert names(evidence("a", short, title="Richtlinie A"), evidence("b", short, title="Richtlinie B")) == ["a", "b"]
    assert names(evidence("a", short), evidence("b", short)) == ["a"]


def test_of_versions_the_current_one_stays_at_the_place_of_the_best():
    old = evidence("old", LONG, status="corrected", score=0.9)
    new = evidence("new", LONG, title="1. Korrektur: Neue Vereinbarung", published="2021-06-28", score=0.7)
    other = evidence("other", "Anderes.", score=0.8)
    found = folded([old, other, new])
    assert [(item.document.id, item.score) for item in found] == [("new", 0.9), ("other", 0.8)]
    assert names(evidence("b", LONG, published="2022"), evidence("a", LONG, published="2021")) == ["b"]
    assert names(evidence("a", LONG, published="2021"), evidence("b", LONG, published="2022")) == ["b"]


def test_duplicates_take_no_places_in_a_search(tmp_path: Path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(6):
        text = f"---\ntitle: Blatt {'abcdef'[number]}\ndate: 2021-06-2{number}\n---\n{LONG}\n"
        (inbox / f"{number}.md").write_text(text, encoding="utf-8")
    (inbox / "other.md").write_text("---\ntitle: Anderes\n---\nDie Vereinbarung gilt drei Jahre.\n", encoding="utf-8")
    with Library(tmp_path / "data") as library:
        library.ingest([inbox], today=datetime.date(2024, 1, 1))
        found = library.search("Vereinbarung über die Zusammenarbeit", 2)
        assert [item.text.strip() for item in found] == [LONG, "Die Vereinbarung gilt drei Jahre."]
        assert len(library.search("Vereinbarung", 10)) == 2
