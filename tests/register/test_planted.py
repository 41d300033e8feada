"""Contradictions, corrections and look-alikes that somebody planted who had not seen the rules: none is mistaken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.assistant import Assistant
from app.settings import Settings

_FILE = Path(__file__).parent.parent / "data" / "register" / "planted.jsonl"
_CASES = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _CASES, ids=[case["id"] for case in _CASES])
def test_only_contradictions_are_reported(case: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for document in case["documents"]:
        (folder / document["name"]).write_text(document["text"], encoding="utf-8")

    with Assistant(Settings(data=tmp_path / "data")) as assistant:
        assistant.ingest([folder])
        found = assistant.conflicts()

    assert bool(found) == (case["expected"] == "conflict"), case["why"]


def test_there_are_twenty_of_each() -> None:
    kinds = ("contradiction", "correction", "lookalike")
    counts = {kind: sum(case["kind"] == kind for case in _CASES) for kind in kinds}

    assert counts == {"contradiction": 20, "correction": 20, "lookalike": 20}
