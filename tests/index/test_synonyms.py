"""The lists of words that stand for each other, one file a field."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from index import synonyms
from index.lexical import analyse

FILES = sorted((Path(synonyms.__file__).parent / "data" / "synonyms").glob("*.toml"))


def groups(path: Path) -> list[dict]:
    return tomllib.loads(path.read_text(encoding="utf-8"))["group"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_groups_are_well_formed(path):
    for group in groups(path):
        words = [*group["words"], *group.get("asked", [])]
        assert set(group) <= {"words", "asked", "weight"}, words
        assert group["words"], words
        assert len(words) > 1, words
        assert len(words) == len(set(words)), words
        assert 0 < group.get("weight", synonyms.DEFAULT_WEIGHT) <= synonyms.MAX_WEIGHT, words
        assert all(analyse(word) for word in words), words


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_read(path):
    first, second, *_ = groups(path)[0]["words"]
    assert set(analyse(second)) <= {*synonyms.expand(analyse(first)), *analyse(first)}


def test_words_only_asked_with_are_never_looked_for(tmp_path, monkeypatch):
    (tmp_path / "own.toml").write_text('[[group]]\nwords = ["Antrag", "Gesuch"]\nasked = ["Wisch"]\n', encoding="utf-8")
    monkeypatch.setattr(synonyms, "_SYNONYMS", tmp_path)
    monkeypatch.setattr(synonyms, "rules_at", lambda stem: ())
    synonyms._rules.cache_clear()
    try:
        assert synonyms.expand(["wisch"]) == {"antrag": 0.4, "gesuch": 0.4}
        assert synonyms.expand(["antrag"]) == {"gesuch": 0.4}
    finally:
        monkeypatch.undo()
        synonyms._rules.cache_clear()


LOOK_ALIKES = [
    ("beraten", "beteiligt"),
    ("beraten", "beigetreten"),
    ("beigetreten", "Präventionsrat"),
    ("gestartet", "abgeschlossen"),
    ("bewilligt", "ausgezahlt"),
    ("bewilligt", "bereitgestellt"),
    ("ausgezahlt", "bereitgestellt"),
    ("Vorvereinbarung", "Vereinbarung"),
    ("gestiegen", "gesunken"),
    ("erlaubt", "verboten"),
    ("Beitritt", "Austritt"),
    ("mindestens", "höchstens"),
    ("freiwillig", "verpflichtend"),
    ("befristet", "unbefristet"),
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_look_alikes_and_opposites_stay_apart(one, other):
    for asked, found in ((one, other), (other, one)):
        assert not set(analyse(found)) & set(synonyms.expand(analyse(asked)))
