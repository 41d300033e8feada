"""Yes or no from single sentences of an invented town: both polarities, scope of negation, limits, modal verbs.

What a sentence does not decide stays open.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.documents import read

from app.answering.candidates import Candidate
from app.answering.question import understand
from app.answering.sentences import document_sentences
from app.answering.truth import judge
from app.answering.verdict import Correction, Verdict

TODAY = date(2031, 5, 20)
DATA = Path(__file__).parents[1] / "data" / "truth"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


ROWS, PREMISES = rows("sentences.tsv"), rows("premises.tsv")
NO_CLAIM = [
    "Wann trat Kringelfurt bei?",
    "Können Sie mir sagen, wann das Fest war?",
    "Welche Städte sind dabei?",
    "fest kringelfurt wann",
    "Nenne die Mitglieder!",
    "Die Gäste des Festes",
    "Sind das 40 Gäste oder 50?",
]


def told_by(told: str, question: str, day: date = TODAY) -> Verdict | Correction | None:
    title = "Merkblatt der Stadt Kringelfurt"
    document = read(f"---\ntitle: {title}\ndate: 2031-02-01\n---\n\n# {title}\n\n{told}\n", "merkblatt.md")
    pool = [Candidate(sentence, 1.0, 1.0, (), 1.0) for sentence in document_sentences(document)]
    return judge(understand(question), pool, day)


def decided(told: str, question: str, day: date = TODAY) -> str:
    found = told_by(told, question, day)
    if not isinstance(found, Verdict):
        return "open"
    return "yes" if found.main.yes else "no"


@pytest.mark.parametrize("row", ROWS, ids=[str(number) for number in range(len(ROWS))])
def test_a_sentence_decides_or_leaves_open(row: list[str]) -> None:
    told, question, expected, *day = row
    assert decided(told, question, *map(date.fromisoformat, day)) == expected


@pytest.mark.parametrize("question", NO_CLAIM)
def test_no_question_for_yes_or_no(question: str) -> None:
    assert decided("Zum Fest in Kringelfurt kamen 40 Gäste.", question) == "open"


@pytest.mark.parametrize("row", PREMISES, ids=[str(number) for number in range(len(PREMISES))])
def test_only_what_a_sentence_contradicts_is_corrected(row: list[str]) -> None:
    told, question, expected = row
    assert isinstance(told_by(told, question), Correction) is (expected == "corrected")
