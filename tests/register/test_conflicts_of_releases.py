"""The real releases and guidelines contradict each other in two things, and in nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assistant import Assistant
from app.register.conflicts import Conflict
from app.settings import Settings

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def conflicts(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Conflict]:
    with Assistant(Settings(data=tmp_path_factory.mktemp("data"))) as assistant:
        assistant.ingest([shared / "corpus/releases", shared / "corpus/programme"])
        return assistant.conflicts()


def test_the_only_candidates_are_a_period_and_a_name(conflicts: list[Conflict]) -> None:
    assert sorted(conflict.kind for conflict in conflicts) == ["period", "spelling"]


def test_the_sum_stands_for_one_year_and_for_two(conflicts: list[Conflict]) -> None:
    (found,) = [conflict for conflict in conflicts if conflict.kind == "period"]

    assert {row.fact.value for row in found.statements} == {1_300_000}
    assert {row.fact.period for row in found.statements} == {"2022", "biennial", "yearly"}
    assert len({row.entry.document_id for row in found.statements}) == 3
    assert all(row.fact.subject == "ASSKomm" for row in found.statements)


def test_the_minister_is_spelt_in_two_ways(conflicts: list[Conflict]) -> None:
    (found,) = [conflict for conflict in conflicts if conflict.kind == "spelling"]

    assert {row.fact.subject for row in found.statements} == {"Roland Wöller", "Roland Wöllner"}


def test_every_statement_has_its_sentence(conflicts: list[Conflict]) -> None:
    for conflict in conflicts:
        for row in conflict.statements:
            name = str(row.fact.subject).rsplit(" ", 1)[-1]
            assert name in row.entry.quote or "1,3 Mi" in row.entry.quote
