"""The kind of answer that a question wants: what is certain, what was learned, and weights that do not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from app.answering import kinds
from ingest.errors import DataError

Weighed = Callable[..., Path]


def as_bytes(names: Sequence[str]) -> np.ndarray:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


@pytest.fixture
def weighed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Weighed]:
    """Writes weights by feature and kind, which are in use then; `bias` is that of each kind."""
    file = tmp_path / "kinds.npz"
    monkeypatch.setattr(kinds, "FILE", file)
    kinds._model.cache_clear()
    kinds.kind_of.cache_clear()

    def write(
        weights: Mapping[str, Mapping[str, float]] | None = None,
        bias: Mapping[str, float] | None = None,
        named: Sequence[str] = kinds.KINDS,
        left_out: str = "",
    ) -> Path:
        told = weights or {"und": {}}
        rows = [[row.get(kind, 0.0) for kind in kinds.KINDS] for row in (*told.values(), bias or {})]
        arrays = {
            "features": as_bytes(list(told)), "kinds": as_bytes(named), "weights": np.array(rows, dtype=np.float16)
        }  # fmt: skip
        np.savez_compressed(file, **{name: array for name, array in arrays.items() if name != left_out})
        return file

    yield write
    monkeypatch.undo()
    kinds._model.cache_clear()
    kinds.kind_of.cache_clear()


@pytest.mark.parametrize(
    ("question", "sure"),
    [
        ("Wann beginnt das Fest?", "date"),
        ("Warum wurde das Fest abgesagt?", "reason"),
        ("Wie viele Gäste kamen zum Fest?", "figure"),
        ("Wie viel Geld kostet das Fest?", "amount"),
        ("Wie viel Prozent der Gäste waren Kinder?", "share"),
        ("Wie lautet die Telefonnummer des Festbüros?", "contact"),
        ("In welchem Saal wird gefeiert?", "place"),
        ("Und wofür wird gesammelt?", "purpose"),
    ],
)
def test_a_sure_pattern_wins_over_what_was_learned(weighed: Weighed, question: str, sure: str) -> None:
    weighed(bias={"yesno": 20.0})
    assert kinds.sure_kind(question) == sure
    assert kinds.kind_of(question) == sure
    assert kinds.sure_kind("Ist das Fest abgesagt?") is None
    assert kinds.kind_of("Ist das Fest abgesagt?") == "yesno"


def test_words_their_order_and_pieces_decide(weighed: Weighed) -> None:
    weighed({
        "veranstalter": {"person": 4.0}, "^wo": {"place": 4.0}, "worin besteht": {"definition": 4.0},
        "~<orga": {"person": 20.0},
    })  # fmt: skip
    assert kinds.kind_of("veranstalter fest") == "person"
    assert kinds.kind_of("Wo wird gefeiert?") == "place"
    assert kinds.kind_of("Worin besteht das?") == "definition"
    assert kinds.kind_of("organisatorin fest") == "person"
    assert kinds.kind_of("Sag mir, wo") == "open"


def test_the_most_likely_kind_needs_a_share_of_the_likelihood(weighed: Weighed) -> None:
    weighed({"viel": {"person": 3.0}, "wenig": {"person": 1.0}})
    assert kinds.kind_of("viel") == "person"  # e³ / (e³ + 15) = 0.57
    assert kinds.kind_of("wenig") == "open"  # e / (e + 15) = 0.15


@pytest.mark.parametrize("text", ["", "x", "ja", "na und", "Torgau", "asdf"])
def test_too_little_is_open(text: str) -> None:
    assert kinds.kind_of(text) == "open"


@pytest.mark.parametrize("text", ["?", "Hm?"])
def test_too_little_with_a_question_mark_is_open(text: str) -> None:
    assert kinds.kind_of(text) == "open"


def test_a_question_that_says_enough_is_not_open() -> None:
    assert kinds.kind_of("Wer leitet die Musikschule?") == "person"
    assert kinds.kind_of("Was kriegt man dafür, wenn man den Ofen rausreißt?") == "amount"
    assert kinds.kind_of("Darf man dort grillen?") == "yesno"


def test_weights_of_other_kinds_say_what_to_do(weighed: Weighed) -> None:
    weighed(named=("amount", "person"))
    with pytest.raises(DataError, match=r"kinds\.npz gehört zu anderen Fragearten") as caught:
        kinds.kind_of("Ist das Fest abgesagt?")
    assert "python -m eval.tuning.kinds" in caught.value.hint


def test_kinds_in_another_order_are_other_kinds(weighed: Weighed) -> None:
    weighed(named=kinds.KINDS[::-1])
    with pytest.raises(DataError, match="anderen Fragearten"):
        kinds.kind_of("Ist das Fest abgesagt?")


def test_the_sure_patterns_need_no_weights(weighed: Weighed) -> None:
    weighed().unlink()
    assert kinds.kind_of("Wann beginnt das Fest?") == "date"


def unreadable(file: Path) -> None:
    with pytest.raises(DataError, match=r"kinds\.npz ist nicht lesbar") as caught:
        kinds.kind_of("Ist das Fest abgesagt?")
    assert "neu installieren" in caught.value.hint


def test_missing_weights_say_what_to_do(weighed: Weighed) -> None:
    file = weighed()
    file.unlink()
    unreadable(file)
    file.write_bytes(b"keine Tabelle")
    unreadable(file)


@pytest.mark.parametrize("name", ["features", "kinds", "weights"])
def test_an_array_that_is_missing(weighed: Weighed, name: str) -> None:
    unreadable(weighed(left_out=name))


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_weights_that_were_cut_off(weighed: Weighed, share: float) -> None:
    file = weighed()
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    unreadable(file)
