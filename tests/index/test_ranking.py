"""What becomes of joined scores: a reranker counts beside them, priors stay mild, and refusals stay possible."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from index.ranking import Priors, Ranking
from index.search import Evidence
from ingest.types import Document, Passage, Published

shares = st.floats(0.0, 1.0)


def evidence(score: float, name: str = "a", published: str | None = None, text: str = "Text") -> Evidence:
    document = Document(name, f"{name}.txt", name, name, name, "release", "", Published(published), text)
    return Evidence(Passage(name, name, 0, len(text)), document, score, {"lexical": score})


@dataclass(frozen=True)
class Fixed:
    """Gives what it was told to, in order."""

    judged: tuple[float, ...]
    name: str = "fixed"

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        return list(self.judged[: len(texts)])


def test_the_reranker_counts_beside_the_search():
    found = [evidence(1.0, "a"), evidence(0.8, "b"), evidence(0.2, "c")]
    ranked = Ranking(Fixed((0.1, 0.9)), depth=2, weight=0.5).reranked("Frage", found)
    assert [(item.document.id, item.score) for item in ranked] == [
        ("b", pytest.approx(0.85)), ("a", pytest.approx(0.55)), ("c", pytest.approx(0.1)),
    ]  # fmt: skip
    assert [dict(item.scores) for item in ranked] == [
        {"lexical": 0.8, "rerank": 0.9}, {"lexical": 1.0, "rerank": 0.1}, {"lexical": 0.2},
    ]  # fmt: skip


@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=8), shares, st.integers(1, 8))
def test_scores_stay_shares_in_order_and_what_was_not_judged_stays_behind(rows, weight, depth):
    rows.sort(key=lambda row: -row[0])
    found = [evidence(score, str(place)) for place, (score, _) in enumerate(rows)]
    ranked = Ranking(Fixed(tuple(judged for _, judged in rows)), depth=depth, weight=weight).reranked("Frage", found)
    scores = [item.score for item in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert {item.document.id for item in ranked[:depth]} == {str(place) for place in range(min(depth, len(rows)))}


def test_where_nothing_answers_all_scores_are_low():
    found = [evidence(1.0, "a"), evidence(0.9, "b")]
    ranked = Ranking(Fixed((0.0, 0.0)), weight=0.7).reranked("Frage", found)
    assert max(item.score for item in ranked) == pytest.approx(0.3)


def test_without_a_reranker_nothing_changes():
    found = [evidence(1.0, "a"), evidence(0.9, "b")]
    assert Ranking().reranked("Frage", found) == found
    assert Ranking(Fixed(())).reranked("Frage", []) == []
    assert Priors().weighed(found) == found


# --- priors


def test_recent_documents_gain_a_little():
    old, new, unknown = evidence(1.0, "old", "2014"), evidence(0.99, "new", "2022-05-01"), evidence(0.99, "none")
    ranked = Priors(recent=0.1).weighed([old, new, unknown])
    assert [item.document.id for item in ranked] == ["new", "none", "old"]
    assert ranked[0].score == pytest.approx(0.99)
    assert ranked[-1].score > 0.9


def test_sources_of_weight_gain_a_little():
    def standing(document: Document) -> float:
        return 1.0 if document.id == "issuer" else 0.0

    ranked = Priors(source=0.05, standing=standing).weighed([evidence(1.0, "media"), evidence(0.97, "issuer")])
    assert [(item.document.id, item.score) for item in ranked] == [("issuer", 0.97), ("media", pytest.approx(0.95))]


@given(st.lists(shares, min_size=1, max_size=6), st.floats(0, 0.5), st.floats(0, 0.5))
def test_priors_only_ever_take_away(scores, recent, source):
    found = [evidence(score, str(place), f"20{10 + place}") for place, score in enumerate(scores)]
    ranked = Priors(recent, source, lambda document: int(document.id) % 2).weighed(found)
    before = {item.document.id: item.score for item in found}
    for item in ranked:
        assert before[item.document.id] * (1 - recent) * (1 - source) <= item.score <= before[item.document.id] + 1e-12


# --- in a library


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for year, town in ((2015, "Torgau"), (2021, "Lohsa"), (2022, "Döbeln")):
        text = f"{town} tritt bei\n\nDresden, 25. Juni {year}\n\nDie Stadt {town} ist der Allianz beigetreten.\n"
        (folder / f"{town}.txt").write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class ByWord:
    """Judges by one word, and remembers nothing."""

    word: str
    name: str = "by word"

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        return [float(self.word in text) for text in texts]


def test_a_library_searches_with_its_ranking(tmp_path: Path, inbox: Path):
    today = datetime.date(2024, 1, 1)
    with Library(tmp_path / "data", ranking=Ranking(ByWord("Lohsa"))) as library:
        library.ingest([inbox], today=today)
        found = library.search("Wer ist der Allianz beigetreten?", 2)
        assert "Lohsa" in found[0].text
        assert found[0].scores["rerank"] == 1.0
        assert found[0].score > 0.5 >= found[1].score
        assert len(found) == 2
        assert library.search("Torgau Lohsa", 1)[0].document.title == "Lohsa tritt bei"
    with Library(tmp_path / "data", ranking=Ranking(priors=Priors(recent=0.5))) as library:
        assert "Döbeln" in library.search("Wer ist der Allianz beigetreten?", 1)[0].text


def test_ranking_knows_how_deep_to_look():
    assert Ranking().pool(5, 90) == 5
    assert Ranking(Fixed(()), depth=30).pool(5, 90) == 30
    assert Ranking(Fixed(()), depth=30).pool(40, 90) == 40
    assert Ranking(priors=Priors(recent=0.1)).pool(5, 90) == 90
    assert replace(Ranking(), priors=Priors()).pool(5, 90) == 5
