"""The cost of a passage: by hand, and on the laws of a state where they are at hand."""

import gzip
import json
import subprocess
import sys
from statistics import median

import pytest

from eval.ingest_cost import Cost, chart, windows


def test_windows_by_hand():
    assert windows([2, 2, 4], [0.0, 1.0, 3.0, 4.0], number=4) == ((2, 500.0), (4, 1000.0), (8, 250.0))
    assert windows([1, 1, 2], [0.0, 1.0, 3.0, 4.0], number=2) == ((2, 1500.0), (4, 500.0))
    assert windows([], []) == ()


def test_the_chart_says_its_figures():
    picture = chart(Cost(3, 8, 0, 4.0, 100.0, ((4, 500.0), (8, 250.0))))
    assert "3 documents, 8 passages in 4 s: 500.00 ms a passage" in picture
    assert picture.count("<polyline") == 2


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.shared
def test_laws_of_a_state(shared, tmp_path):
    """1,746 laws: flat cost. The limit of time is for a machine of two cores with nothing else to do, with some air."""
    folder = tmp_path / "laws"
    folder.mkdir()
    with gzip.open(shared / "training" / "saxon_law.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            (folder / f"{number:04}.md").write_text(json.loads(line)["text"], encoding="utf-8")
    # In a process of its own: this one holds what all tests before it have loaded.
    command = [sys.executable, "-m", "eval.ingest_cost", str(folder), "--json"]
    cost = Cost(**json.loads(subprocess.run(command, capture_output=True, check=True).stdout))
    print(f"{cost.documents} laws, {cost.passages} passages, {cost.seconds:.0f} s, {cost.peak_mb:.0f} MB")
    assert cost.failed == 0
    assert cost.documents > 1700
    assert cost.passages > 60_000
    assert cost.peak_mb < 2000
    assert cost.seconds < 300
    half = len(cost.points) // 2
    early, late = (median(value for _, value in part) for part in (cost.points[:half], cost.points[half:]))
    assert late < 1.5 * early, cost.points
