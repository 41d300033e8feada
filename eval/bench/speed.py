"""Runs the tasks of the speed bench, each in a process of its own, and puts the figures together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from eval.bench import material as source
from eval.bench.child import WARM_UP
from eval.quality.cases import load_cases
from eval.quality.command import case_file
from eval.quality.statistics import percentile
from ingest.errors import DataError

QUESTIONS = 200 + WARM_UP
STARTS = 3
EMBEDDED = 10_000
# Whole files take long: statements are read too.
FILES_LIMIT = 10_000
STOCK_INGEST = 1000
STOCK_LIMIT = 20_000
Say = Callable[[str], None]
Keep = Callable[[dict[str, Any]], object]


def measure(
    sizes: Sequence[int], material: Path | None, *, stock: bool, progress: Say, keep: Keep = lambda _: None
) -> dict[str, Any]:
    """All figures of all sizes, as JSON. `keep` gets what there is after every size.

    Raises:
        DataError: a task did not come to its end.
    """
    asked = questions()
    given = str(material) if material else None
    progress(f"Einbettung: {min(EMBEDDED, max(sizes))} Textstellen")
    report: dict[str, Any] = {
        "material": source.name_of(material),
        "questions": len(asked) - WARM_UP,
        "embedding": rate(run({"task": "embed", "material": given, "passages": min(EMBEDDED, max(sizes))})),
        "ours": [],
    }
    for size in sizes:
        report["ours"].append(_ours(size, given, asked, progress))
        keep(report)
    if stock:
        report["stock"] = {"ingest": _stock_ingest(min(STOCK_INGEST, max(sizes)), given, progress), "sizes": []}
        for size in (size for size in sizes if size <= STOCK_LIMIT):
            report["stock"]["sizes"].append(_stock_row(size, given, asked, progress))
            keep(report)
    return report


def questions() -> list[str]:
    """Questions of the development set."""
    return [case.question for case in load_cases(case_file("dev"))][:QUESTIONS]


def rate(result: dict[str, Any]) -> dict[str, Any]:
    """A result of seconds with passages a second, and milliseconds a passage."""
    seconds, passages = result["seconds"], result["passages"]
    return result | {"per_second": passages / seconds, "ms": 1000.0 * seconds / passages}


def spread(times: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile of milliseconds."""
    return {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}


def run(task: dict[str, Any]) -> dict[str, Any]:
    """The result of one task. Raises DataError with the end of what it said."""
    command = [sys.executable, "-m", "eval.bench.child", json.dumps(task)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=_environment(), check=False)
    if done.returncode:
        raise DataError(f"Die Messung »{task['task']}« ist gescheitert: {done.stderr.strip()[-400:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ours(size: int, material: str | None, asked: Sequence[str], progress: Say) -> dict[str, Any]:
    progress(f"{size} Textstellen: aufbauen, suchen, starten")
    with TemporaryDirectory(prefix="auskunft-bench-") as folder:
        data = str(Path(folder, "data"))
        built = rate(run({"task": "build", "material": material, "passages": size, "data": data}))
        searched = run({"task": "query", "data": data, "questions": asked})
        start = [sys.executable, "-m", "app", "--data", data, "search", asked[0], "--json"]
        times = {name: spread(searched[name]) for name in ("search", "embed", "sparse", "dense")}
        row = {
            "passages": size,
            "index": built,
            "query": times,
            "opening": searched["opening"],
            "memory_mb": searched["peak_mb"],
            "start": median(_seconds(start) for _ in range(STARTS)),
            "disk_mb": sum(path.stat().st_size for path in Path(data).rglob("*") if path.is_file()) / 1024**2,
        }
        said = f"{built['per_second']:.0f} je Sekunde aufgenommen, Suche p50 {times['search']['p50']:.1f} ms"
        progress(f"{size} Textstellen: {said}, Start {row['start']:.1f} s".replace(".", ","))
        return row | ({"files": _files(size, material, Path(folder))} if size <= FILES_LIMIT else {})


def _files(size: int, material: str | None, folder: Path) -> dict[str, Any]:
    source.write_files(Path(material) if material else None, size, folder / "files")
    return rate(run({"task": "ingest", "data": str(folder / "whole"), "folder": str(folder / "files")}))


def _stock_ingest(number: int, material: str | None, progress: Say) -> dict[str, Any]:
    progress(f"LlamaIndex: {number} Textstellen einlesen")
    with TemporaryDirectory(prefix="auskunft-bench-") as folder:
        task = {"task": "stock_ingest", "material": material, "passages": number, "folder": folder}
        return rate(run(task))


def _stock_row(size: int, material: str | None, asked: Sequence[str], progress: Say) -> dict[str, Any]:
    progress(f"LlamaIndex: in {size} Textstellen suchen")
    with TemporaryDirectory(prefix="auskunft-bench-") as folder:
        task = {"task": "stock_query", "material": material, "passages": size, "folder": folder, "questions": asked}
        found = run(task)
        opening = {"task": "stock_start", "folder": folder, "question": asked[0]}
        start = [sys.executable, "-m", "eval.bench.child", json.dumps(opening)]
        times = {name: spread(found[name]) for name in ("hybrid", "dense", "embed")}
        said = f"hybrid p50 {times['hybrid']['p50']:.1f} ms, dicht {times['dense']['p50']:.1f} ms"
        progress(f"LlamaIndex, {size} Textstellen: {said}".replace(".", ","))
        return {
            "passages": size,
            "query": times,
            "memory_mb": found["peak_mb"],
            "start": median(_seconds(start) for _ in range(STARTS)),
        }


def _seconds(command: Sequence[str]) -> float:
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=_environment(), check=False)
    if done.returncode:
        raise DataError(f"Der Start ist gescheitert: {done.stderr.strip()[-400:]}")
    return time.perf_counter() - started


def _environment() -> dict[str, str]:
    """Nothing of the settings of whoever measures, and no net."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUSKUNFT_")}
    return kept | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
