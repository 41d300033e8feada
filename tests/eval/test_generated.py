"""Questions made by the thousand: the same ones for a seed, and no answer says what no source holds."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from support.processes import call

from app.assistant import Assistant
from app.settings import Settings
from eval.generated.absent import absent
from eval.generated.ask import CORPORA, ask, record
from eval.generated.draw import ANSWERABLE, drawn
from eval.generated.from_rows import from_rows
from eval.generated.from_sentences import from_sentences
from eval.generated.made import Made, Material, material_of
from eval.generated.report import FLOORS, missed, table
from eval.generated.supported import unsupported
from eval.quality.cases import Value
from eval.quality.corpora import TODAY
from eval.quality.reply import Cited, Reply
from eval.quality.run import Ours

COUNT = 200
RELEASE = """---
title: Räte in Musterland
date: 2022-07-22
---

In Musterland gibt es im Juli 2022 bereits 28 Präventionsräte. Die Stadt Lohsa hat am 14. März 2022 eine
Kooperationsvereinbarung unterzeichnet. Dort war es schön. Die Stadt Lohsa zahlt dem Träger im Jahr 12.000 Euro.
"""


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("made")
    (folder / "brief.md").write_text(RELEASE, encoding="utf-8")
    with Assistant(Settings(data=folder / "data")) as assistant:
        assert assistant.ingest([folder / "brief.md"], today=TODAY).added
        return material_of(assistant)


def questions(made: list[Made]) -> dict[str, Made]:
    return {one.question: one for one in made}


def test_a_row_is_asked_for_by_its_value(material: Material) -> None:
    found = questions(list(from_rows(material)))
    assert found["Wann trat Lohsa bei?"].right == (Value("date", "2022-03-14"),)
    assert found["Ist Lohsa Mitglied?"].right == (Value("truth", "yes"),)


def test_a_sentence_is_turned_into_a_question(material: Material) -> None:
    found = questions(list(from_sentences(material)))
    asked = found["Wann hat die Stadt Lohsa eine Kooperationsvereinbarung unterzeichnet?"]
    assert asked.right == (Value("date", "2022-03-14"),)
    assert found["Wie viel Euro zahlt die Stadt Lohsa dem Träger im Jahr?"].right == (Value("money", 12000),)
    assert not any("schön" in question for question in found)


def test_what_is_mentioned_is_never_asked_for_as_absent(material: Material) -> None:
    found = list(absent(material, Random(1)))
    assert {one.kind for one in found} >= {"absent-place", "wrong-year", "out-of-scope", "nonsense", "override"}
    assert not any("Lohsa" in one.question or one.right for one in found)


def test_the_same_seed_draws_the_same_questions(material: Material) -> None:
    first = drawn(material, 60, 7)
    assert first == drawn(material, 60, 7)
    assert first != drawn(material, 60, 8)
    assert len({(one.question, one.as_of) for one in first}) == len(first)
    assert sum(one.answerable for one in first) <= 60 * ANSWERABLE


def answer(text: str, quote: str, notes: tuple[str, ...] = ()) -> Reply:
    cited = Cited(1, "id", "brief.md", 0, len(quote), quote, "2022-07-22")
    return Reply("answered", text, text, notes, (cited,))


@pytest.mark.parametrize(
    ("text", "quote", "notes", "found"),
    [
        ("28 Räte (Stand 22.07.2022) [1]", "Es gibt 28 Räte.", (), ()),
        ("29 Räte [1]", "Es gibt 28 Räte.", (), ("29",)),
        ("28 Räte [1]", "Es gibt 28 Räte.", ("Früher: 19 Räte (Stand 03.04.2020) [1].",), ("19", "2020-04-03")),
        ("4 Analysen [1]", "Vier davon sind fertig.", (), ()),
        ("21 [1]", "Das ist die 21. Vereinbarung.", (), ()),
        ("bis zum 15. Oktober [1]", "Frist ist der 15. Oktober.", ("Sie endet am 15.10.2027.",), ()),
        ("Romina Barth [1]", "Es unterschrieb die Bürgermeisterin.", (), ("Romina Barth",)),
        ("in 26 Dokumenten nichts", "Es gibt 28 Räte.", (), ()),
    ],
)
def test_nothing_without_a_source(text: str, quote: str, notes: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert unsupported(answer(text, quote, notes), documents=26) == found


def test_a_sample_holds_the_floors() -> None:
    run = record(ask(Ours(), COUNT, 1), 1, TODAY.isoformat())
    assert len(run["cases"]) == COUNT
    assert sum(case["answerable"] for case in run["cases"]) >= 0.6 * COUNT
    assert {case["corpus"] for case in run["cases"]} == set(CORPORA)
    assert FLOORS
    assert missed(run) == [], table(run)
    assert [case for case in run["cases"] if case["unsupported"]] == []


def test_the_command_counts_by_template(tmp_path: Path) -> None:
    result = call(tmp_path / "daten", "eval", "generated", "--count", "20", "--seed", "3", "--out", str(tmp_path))
    assert "20 erzeugte Fragen, 14 davon beantwortbar (Startwert 3)" in result.out, result.err
    assert "Antworten mit unbelegten Werten" in result.out
    (path,) = tmp_path.glob("generated-*.json")
    assert path.stat().st_size > 1000
    assert call(tmp_path / "daten", "eval", "generated", "--count", "1").code == 2
