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
