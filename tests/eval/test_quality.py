"""The cases of the eval set fit their documents, are as many as promised, and the answers hold the floors."""

from __future__ import annotations

import pytest

from eval.quality.cases import Case, load_cases
from eval.quality.checking import composition, problems
from eval.quality.command import SETS, case_file
from eval.quality.floors import FLOORS, missed
from eval.quality.record import record
from eval.quality.run import Ours, run
from eval.quality.terminal import KINDS, NAMES

# Answerable, not answerable, as of a day: at least so many.
PROMISED = {
    "dev": (250, 120, 50), "dev-2": (160, 60, 30), "dev-3": (150, 60, 20),
    "held-out": (250, 120, 50), "held-out-2": (150, 60, 20),
}  # fmt: skip


@pytest.fixture(scope="module", params=SETS)
def cases(request: pytest.FixtureRequest) -> tuple[str, tuple[Case, ...]]:
    return request.param, load_cases(case_file(request.param))


def test_every_case_fits_its_documents(cases: tuple[str, tuple[Case, ...]]) -> None:
    assert problems(cases[1]) == []


def test_a_set_is_as_large_and_mixed_as_promised(cases: tuple[str, tuple[Case, ...]]) -> None:
    held = composition(cases[1])
    counted = (held["answerable"], held["not answerable"], held["as of a day"])
    assert all(count >= least for count, least in zip(counted, PROMISED[cases[0]], strict=True))
    assert held["paraphrased"] >= held["answerable"] / 2


@pytest.mark.parametrize("name", ["dev", "dev-2"])
def test_no_document_of_the_one_half_is_asked_about_in_the_other(name: str) -> None:
    asked = (
        {e.source for case in load_cases(case_file(half)) for e in case.evidence[:1]} for half in (name, "held-out")
    )
    dev, held_out = asked
    assert held_out
    assert len(dev & held_out) <= 5  # a few facts stand in both halves of the sample corpus


def test_the_floors_hold(cases: tuple[str, tuple[Case, ...]]) -> None:
    name, asked = cases
    (ours,) = run(asked, [Ours()])
    found = record(ours, name, "2026-11-01T00:00:00")
    assert len(found["cases"]) == len(asked)
    assert FLOORS[name]
    assert missed(found) == []
    assert {row["name"] for row in found["metrics"]} <= set(NAMES)
    assert {case.kind for case in asked} <= set(KINDS)
