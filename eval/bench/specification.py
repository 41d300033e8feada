"""What a measurement was made with: packages, machine, embedding, weights."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench.stock import NEEDED
from eval.quality.run import specification as packages
from index import search
from index.library import Library


def specification() -> dict[str, str]:
    """Names and versions, as words."""
    with TemporaryDirectory(prefix="auskunft-bench-") as data, Library(Path(data)) as library:
        embedding = f"{library.embedder.name}, {library.embedder.dimension}"
    return {
        **packages(()),
        "cores": str(os.cpu_count()),
        "load": _load(),
        "processor": _processor(),
        "embedding": embedding,
        "dense weight": str(search.DENSE_WEIGHT),
        **{package: found for package in NEEDED.values() if (found := _version(package))},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _load() -> str:
    """How many processes wanted to run in the last minute, before anything was measured."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def _processor() -> str:
    """What Linux says it is; nothing elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
