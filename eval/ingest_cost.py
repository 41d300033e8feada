"""What a passage costs while a collection grows: `python -m eval.ingest_cost FOLDER [--chart FILE.svg] [--json]`.

Every file of the folder is brought into an empty data folder. The cost of a passage is the wall time between two
documents by the number of passages, averaged over windows of equal numbers of passages. Memory (MB) is the most that
this process and its children held at one moment, looked at five times a second (Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from index.library import Library
from index.report import Progress

WINDOWS = 30
MIDDLE = 'text-anchor="middle"'


@dataclass(frozen=True, slots=True)
class Cost:
    """One measurement. `points`: passages so far, milliseconds a passage in the window that ends there."""

    documents: int
    passages: int
    failed: int
    seconds: float
    peak_mb: float
    points: tuple[tuple[int, float], ...]


def measure(folder: Path, data: Path) -> Cost:
    """Ingest `folder` into the empty data folder `data`."""
    moments: list[float] = []

    def watch(now: Progress) -> None:
        moments.append(time.perf_counter())

    started = time.perf_counter()
    with _Memory() as memory, Library(data) as library:
        report = library.ingest([folder], progress=watch)
        seconds = time.perf_counter() - started
        sizes = {row.id: row.passages for row in library.documents()}
    counts = [sizes[id] for id in report.added]
    points = windows(counts, [started, *moments[: len(counts)]])
    return Cost(len(counts), sum(counts), len(report.failed), seconds, memory.peak_mb, points)


def windows(counts: Sequence[int], moments: Sequence[float], number: int = WINDOWS) -> tuple[tuple[int, float], ...]:
    """Milliseconds a passage in windows of about equal numbers of passages.

    `counts[i]` passages were done between `moments[i]` and `moments[i + 1]` (seconds).
    """
    least = max(1, sum(counts) // number)
    points: list[tuple[int, float]] = []
    done, begun, begun_at = 0, 0, moments[0] if moments else 0.0
    for count, moment in zip(counts, moments[1:], strict=True):
        done += count
        if done - begun >= least:
            points.append((done, 1000.0 * (moment - begun_at) / (done - begun)))
            begun, begun_at = done, moment
    return tuple(points)


def chart(cost: Cost) -> str:
    """The points as a picture (SVG) that says its figures in words too."""
    width, height, left, bottom = 720, 320, 60, 50
    top = max((value for _, value in cost.points), default=1.0) * 1.25
    right = max((passages for passages, _ in cost.points), default=1)

    def place(passages: float, value: float) -> str:
        x = left + (width - left - 20) * passages / right
        return f"{x:.1f},{height - bottom - (height - bottom - 30) * value / top:.1f}"

    line = " ".join(place(*point) for point in cost.points)
    title = (
        f"{cost.documents} documents, {cost.passages} passages in {cost.seconds:.0f} s: "
        f"{1000 * cost.seconds / max(cost.passages, 1):.2f} ms a passage"
    )
    ticks = "".join(
        f'<text x="{place(right * n / 4, 0).split(",")[0]}" y="{height - 30}" {MIDDLE}>{right * n // 4}</text>'
        f'<text x="{left - 8}" y="{place(0, top * n / 4).split(",")[1]}" text-anchor="end">{top * n / 4:.2f}</text>'
        for n in range(5)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif" '
        f'font-size="12"><title>{title}</title><rect width="{width}" height="{height}" fill="#fff"/>'
        f'<text x="{left}" y="18" font-size="14">{title}</text>{ticks}'
        f'<text x="{width / 2}" y="{height - 8}" {MIDDLE}>passages in the collection</text>'
        f'<text x="14" y="{height / 2}" transform="rotate(-90 14 {height / 2})" {MIDDLE}>ms a passage</text>'
        f'<polyline points="{place(0, 0)} {place(right, 0)}" stroke="#777" fill="none"/>'
        f'<polyline points="{line}" stroke="#0b57a4" stroke-width="2" fill="none"/></svg>\n'
    )


def main() -> int:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(prog="python -m eval.ingest_cost", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--chart", type=Path, help="where the picture goes (SVG)")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        cost = measure(args.folder, Path(temporary) / "data")
    if args.chart:
        args.chart.write_text(chart(cost), encoding="utf-8")
    if args.json:
        json.dump(asdict(cost), sys.stdout)
    else:
        print(f"{cost.documents} documents, {cost.passages} passages, {cost.failed} failed: {cost.seconds:.1f} s")
        print(f"{1000 * cost.seconds / max(cost.passages, 1):.2f} ms a passage, at most {cost.peak_mb:.0f} MB")
        print("\n".join(f"{passages:8d}  {value:6.2f} ms" for passages, value in cost.points))
    return 0


class _Memory:
    """Looks at the resident memory of this process and its children while it is used as a context manager."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.2):
            own = os.getpid()
            held = sum(_resident_kb(pid) for pid in (own, *_children(own)))
            self.peak_mb = max(self.peak_mb, held / 1024)


def _children(pid: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _resident_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


if __name__ == "__main__":
    raise SystemExit(main())
