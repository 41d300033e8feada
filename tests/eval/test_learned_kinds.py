"""The labelled questions that the kinds are learned from, and what is learned from them."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.answering import kinds
from app.answering.question import restore_umlauts
from eval.tuning import kinds as learning
from ingest.errors import InputError

FILES = sorted(learning.folder().glob("*.tsv"))


def test_there_are_four_files() -> None:
    assert [path.stem for path in FILES] == ["events", "funding", "roundabout", "services"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_known_kinds_each_of_them_and_no_question_twice(path: Path) -> None:
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(len(line) == 2 for line in lines)
    assert {kind for kind, _ in lines} == set(kinds.KINDS)
    times = Counter(" ".join(question.casefold().split()) for _, question in lines)
    assert [question for question, number in times.items() if number > 1] == []
    assert learning.read(path) == [(kind, question.strip()) for kind, question in lines]


def test_sure_patterns_are_right_of_nearly_all_questions_that_they_match() -> None:
    told = [
        (kinds.sure_kind(restore_umlauts(question)), kind) for path in FILES for kind, question in learning.read(path)
    ]
    sure = [(given, kind) for given, kind in told if given is not None]
    assert len(sure) > 500
    assert sum(given == kind for given, kind in sure) >= 0.95 * len(sure)


@pytest.mark.parametrize(
    "line", ["ort\tWo ist das Fest?", "\tWo ist das Fest?", "Wo ist das Fest?", "place\t ", "Place\tWo ist das Fest?"]
)
def test_a_line_that_does_not_fit_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "eigene.tsv"
    path.write_text(f"date\tWann ist das Fest?\n{line}\nperson\tWer singt?\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"eigene\.tsv, Zeile 2") as caught:
        learning.read(path)
    assert "comparison" in caught.value.hint


@pytest.fixture
def two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with two of the files, and another place for what is learned from them."""
    for name in ("events.tsv", "funding.tsv"):
        shutil.copy(learning.folder() / name, tmp_path)
    monkeypatch.setattr(learning, "folder", lambda: tmp_path)
    monkeypatch.setattr(kinds, "FILE", tmp_path / "kinds.npz")
    kinds._model.cache_clear()
    kinds.kind_of.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    kinds._model.cache_clear()
    kinds.kind_of.cache_clear()


@pytest.mark.slow
def test_what_is_learned_from_two_files_holds_in_another(two_files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learning.main()
    said = capsys.readouterr().out
    assert "events: " in said
    assert "of 700 right" in said
    with np.load(two_files / "kinds.npz") as table:
        names = bytes(table["features"]).decode().split("\n")
        assert table["weights"].shape == (len(names) + 1, len(kinds.KINDS))
        assert len(names) == len(set(names)) > 1000
    asked = learning.read(FILES[-1])
    right = sum(kinds.kind_of(restore_umlauts(question)) == kind for kind, question in asked)
    assert right >= 0.7 * len(asked)


@pytest.mark.slow
def test_what_is_learned_from_three_files_holds_in_the_hardest() -> None:
    rows = [row for path in FILES if path.stem != "roundabout" for row in learning.read(path)]
    asked = learning.read(learning.folder() / "roundabout.tsv")
    given = learning._predicted(rows, asked)
    assert len(given) == len(asked)
    assert sum(kind == found for (kind, _), found in zip(asked, given, strict=True)) >= 0.7 * len(asked)
