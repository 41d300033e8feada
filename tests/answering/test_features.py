"""Features of sentences that come from the documents around them: replaced, foreign; and the asked number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from support.documents import TODAY, read

from app.answering.candidates import Candidate, candidates, term_weights
from app.answering.decide import Ranked, rank
from app.answering.features import NAMES, features, pool_of
from app.answering.question import understand
from app.assistant import Assistant
from app.settings import Settings
from index.filters import Filters
from index.search import Evidence
from ingest.passages import split
from ingest.types import Document

QUESTION = "Wie hoch ist der Zuschuss für Boote?"
TEXT = "Der Zuschuss für Boote beträgt {share} Prozent der Ausgaben."


def document(title: str, day: str, kind: str = "programme", text: str = TEXT.format(share=50)) -> Document:
    head = f"---\ntitle: {title}\ndate: {day}\nkind: {kind}\n---\n\n# {title}\n\n"
    found = read(f"{head}{text}\n", f"{title}-{day}.md")
    assert (found.title, found.kind, found.published.date) == (title, kind, day)
    return found


def found_in(documents: Sequence[Document], text: str = QUESTION) -> list[Candidate]:
    """The sentences of these documents as candidates for a question; all words weigh the same."""
    evidence = [Evidence(passage, one, 1.0, {}) for one in documents for passage in split(one)]
    question = understand(text)
    found = candidates(question, evidence, term_weights(question, lambda stems: dict.fromkeys(stems, 1.0)))
    assert {candidate.sentence.document.id for candidate in found} == {one.id for one in documents}
    return found


def feature(name: str, candidate: Candidate, pool: Sequence[Candidate], own: frozenset[str] = frozenset()) -> float:
    values = features(understand(QUESTION), candidate, pool_of(pool, own), binds=True, period=False)
    assert len(values) == len(NAMES)
    return values[NAMES.index(name)]


def replaced(documents: Sequence[Document]) -> list[bool]:
    """Of each document, whether its sentences are marked as replaced."""
    pool = found_in(documents)
    marked = {one.sentence.document.id: feature("replaced", one, pool) for one in pool}
    return [bool(marked[one.id]) for one in documents]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Richtlinie Wassersport", "Richtlinie Wassersport"),
        ("Richtlinie Wassersport 2021", "Richtlinie Wassersport 2023"),
        ("Richtlinie Wassersport vom 3. Mai 2021", "Richtlinie Wassersport vom 4. Mai 2023"),
        ("Merkblatt zur Förderung von Booten", "Merkblatt zur Förderung von Booten und Stegen"),
    ],
)
def test_an_earlier_guideline_of_the_same_title_is_replaced(earlier: str, later: str) -> None:
    old, new = document(earlier, "2021-05-03"), document(later, "2023-05-04", text=TEXT.format(share=60))
    assert replaced([old, new]) == [True, False]
    assert replaced([new, old]) == [False, True]


@pytest.mark.parametrize(
    "title", ["Richtlinie Bergsport", "Merkblatt Wassersport", "Wegweiser für Vereine und Ehrenamt"]
)
def test_an_earlier_guideline_of_another_title_is_not(title: str) -> None:
    old, new = document("Richtlinie Wassersport", "2021-05-03"), document(title, "2023-05-04")
    assert replaced([old, new]) == [False, False]


def test_of_three_editions_the_last_one_stands() -> None:
    editions = [document("Richtlinie Wassersport", f"{year}-05-03") for year in (2021, 2022, 2023)]
    assert replaced(editions) == [True, True, False]


def test_editions_of_one_day_stand_both() -> None:
    titles = ("Richtlinie Wassersport 1", "Richtlinie Wassersport 2")
    assert replaced([document(title, "2021-05-03") for title in titles]) == [False, False]


@pytest.mark.parametrize(("old", "new"), [("release", "release"), ("programme", "release"), ("release", "programme")])
def test_releases_neither_replace_nor_are_replaced(old: str, new: str) -> None:
    earlier = document("Richtlinie Wassersport", "2021-05-03", old)
    later = document("Richtlinie Wassersport", "2023-05-04", new)
    assert replaced([earlier, later]) == [False, False]


def test_a_guideline_is_foreign_only_where_another_document_is_the_programmes_own() -> None:
    ours, other = document("Richtlinie Wassersport", "2021-05-03"), document("Richtlinie Bergsport", "2021-05-03")
    pool = found_in([ours, other])
    of = {one.sentence.document.id: one for one in pool}
    own = frozenset((ours.id,))
    assert feature("foreign", of[other.id], pool, own) == 1.0
    assert feature("foreign", of[ours.id], pool, own) == 0.0
    assert feature("foreign", of[other.id], pool) == 0.0
    assert feature("foreign", of[ours.id], pool) == 0.0


def test_a_release_is_never_foreign() -> None:
    ours, other = document("Richtlinie Wassersport", "2021-05-03"), document("Neue Boote", "2021-05-03", "release")
    pool = found_in([ours, other])
    (release,) = (one for one in pool if one.sentence.document.id == other.id)
    assert feature("foreign", release, pool, frozenset((ours.id,))) == 0.0


def ranked(folder: Path, texts: dict[str, str], programme: str) -> list[Ranked]:
    """The sentences of real files, best first, as the engine finds them."""
    documents = folder / "documents"
    documents.mkdir()
    for title, text in texts.items():
        head = f"---\ntitle: {title}\ndate: 2021-05-03\nkind: programme\n---\n\n# {title}\n\n"
        (documents / f"{title}.md").write_text(f"{head}{text}\n", encoding="utf-8")
    with Assistant(Settings(data=folder / "data", programme=programme)) as assistant:
        assert len(assistant.ingest([documents], today=TODAY).added) == len(texts)
        return assistant.engine.ranked("Wer prüft die Stege?", (), None, Filters(), TODAY)


TEXTS = {
    "Richtlinie Wassersport": "Das Vorhaben Uferfest fördert Vereine. Die Stege prüft der Hafenmeister.",
    "Richtlinie Bergsport": "Das Land fördert Vereine. Die Stege prüft die Bergwacht.",
}


@pytest.mark.parametrize(
    ("programme", "expected"),
    [
        ("Uferfest", {"Hafenmeister": 0.0, "Bergwacht": 1.0}),
        ("Gipfelglück", {"Hafenmeister": 0.0, "Bergwacht": 0.0}),
    ],
)
def test_whether_a_found_document_names_the_programme(
    tmp_path: Path, programme: str, expected: dict[str, float]
) -> None:
    found = ranked(tmp_path, TEXTS, programme)
    told = {
        word: item.features[NAMES.index("foreign")]
        for item in found
        for word in expected
        if word in item.candidate.sentence.text
    }
    assert told == expected


def test_the_asked_number_is_counted_and_ranks_first() -> None:
    asked = "Wie viele Boote hat der Verein?"
    one = document("Neues vom Verein", "2021-05-03", "release", "Der Verein hat 12 Boote.")
    other = document("Neues vom Ufer", "2021-05-03", "release", "Der Verein hat 300 Mitglieder.")
    pool = found_in([other, one], asked)
    best, second = rank(understand(asked), pool, frozenset())
    assert best.candidate.sentence.text == "Der Verein hat 12 Boote."
    assert best.features[NAMES.index("counted")] == 1.0
    assert second.features[NAMES.index("counted")] == 0.0
    assert best.fits
    assert second.fits
