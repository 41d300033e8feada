"""The demo measures its answers beside the server, once a version, and ends that with the server."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from app import __version__
from app.web.quality.stored import FOLDER, newest_run
from eval.demo import measured_beside

PATIENCE = 180


@pytest.mark.slow
def test_a_run_appears_while_the_server_runs(tmp_path: Path) -> None:
    with measured_beside(tmp_path):
        until = time.monotonic() + PATIENCE
        while newest_run(tmp_path) is None and time.monotonic() < until:
            time.sleep(0.5)
    run = newest_run(tmp_path)
    assert run is not None
    assert run.spec["auskunft"] == __version__
    assert len(run.cases) > 300


def test_it_ends_with_the_server(tmp_path: Path) -> None:
    began = time.monotonic()
    with measured_beside(tmp_path):
        pass
    assert time.monotonic() - began < 10
    assert newest_run(tmp_path) is None


def test_a_run_of_this_version_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FOLDER).mkdir()
    run = {
        "format": 1, "set": "dev", "at": "2026-11-01T10:15:00", "spec": {"auskunft": __version__}, "metrics": [],
        "groups": {"kind": [], "persona": [], "style": []}, "corpora": [], "missed": [], "cases": [],
    }  # fmt: skip
    (tmp_path / FOLDER / "a.json").write_text(json.dumps(run), encoding="utf-8")
    with measured_beside(tmp_path):
        assert "gemessen" not in capsys.readouterr().out
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["a.json"]
