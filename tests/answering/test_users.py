"""Which places use an offer: a list from the register, each place with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.assistant import Assistant
from app.settings import Settings

RELEASE = """---
title: Angebote von ASSKomm
date: 2022-07-22
---

Lohsa nutzt seit 2021 das Coaching von ASSKomm. Die Stadt Pirna nutzt die Sicherheitsanalyse von ASSKomm.

Auch Torgau nutzt das Coaching.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("users")
    (folder / "angebote.md").write_text(RELEASE, encoding="utf-8")
    with Assistant(Settings(data=folder / "data")) as assistant:
        assert assistant.ingest([folder / "angebote.md"]).added
        yield assistant


def asked(assistant: Assistant, question: str) -> dict[str, Any]:
    return assistant.ask(question).to_json()


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Wer nutzt das Coaching?", "Coaching: Lohsa; Torgau"),
        ("Welche Kommunen nutzen Coaching?", "Coaching: Lohsa; Torgau"),
        ("Welche Städte nutzen Sicherheitsanalysen?", "Sicherheitsanalyse: Pirna"),
        ("Guten Tag, wer nutzt das Coaching?", "Coaching: Lohsa; Torgau"),
    ],
)
def test_places_that_use_an_offer(assistant: Assistant, question: str, short: str) -> None:
    answer = asked(assistant, question)
    assert answer["status"] == "answered"
    assert answer["short"] == short
    assert len(answer["citations"]) == len(short.split("; "))


@pytest.mark.parametrize("question", ["Was nutzt Lohsa?", "Welche Angebote nimmt Lohsa in Anspruch?"])
def test_what_a_place_uses(assistant: Assistant, question: str) -> None:
    assert asked(assistant, question)["short"].startswith("Lohsa: Coaching")


def test_a_word_more_asks_for_more(assistant: Assistant) -> None:
    assert not asked(assistant, "Wer nutzt das Coaching kostenlos?")["short"].startswith("Coaching:")
    assert not asked(assistant, "Wer nutzt die Straßenbahn?")["short"].startswith("Coaching:")
