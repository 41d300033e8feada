"""Runs of the eval set, as `auskunft eval --keep` leaves them in the data folder: read only here, made elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = "quality"
FORMAT = 1
GROUPS = ("kind", "persona", "style")


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean or share over `total` things with its 95 % interval, where there is one."""

    name: str
    value: float
    total: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage; with `document_id`, `start` and `end` where it was cited."""

    source: str
    quote: str
    number: int = 0
    document_id: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a run, what was answered, and what is wrong with it."""

    id: str
    question: str
    history: tuple[str, ...]
    as_of: str | None
    kind: str
    persona: str
    style: tuple[str, ...]
    right: bool
    status: str
    short: str
    expected: tuple[str, ...]
    faults: tuple[str, ...]
    why: str
    evidence: tuple[Quote, ...]
    citations: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Which documents were asked: their name by language, how many they are, and how many questions they got."""

    title: Mapping[str, str]
    documents: int
    questions: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A limit that a run does not hold: `metric` had to be at least (or at most) `limit`."""

    metric: str
    limit: float
    most: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One run; `at` is its time (ISO), `set` the name of its questions."""

    at: str
    set: str
    spec: Mapping[str, str]
    metrics: Sequence[Measured]
    groups: Mapping[str, Sequence[Measured]]
    cases: Sequence[Asked]
    collections: Sequence[Collection]
    missed: Sequence[Missed]


def newest_run(data: Path) -> Run | None:
    """The newest run that can be read; None where there is none."""
    for path in sorted((data.expanduser() / FOLDER).glob("*.json"), reverse=True):
        try:
            run = _read(path, path.stat().st_mtime_ns)
        except OSError:
            continue
        if run is not None:
            return run
    return None


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Run | None:
    """The run of a file; None where it is none of this format. Kept until the file changes."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return _run(row) if row["format"] == FORMAT else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _run(row: Mapping[str, Any]) -> Run:
    return Run(
        at=str(row["at"]),
        set=str(row["set"]),
        spec={str(name): str(value) for name, value in row["spec"].items()},
        metrics=[_measured(item) for item in row["metrics"]],
        groups={name: [_measured(item) for item in row["groups"][name]] for name in GROUPS},
        cases=[_asked(case) for case in row["cases"]],
        collections=[
            Collection(dict(item["title"]), int(item["documents"]), int(item["questions"])) for item in row["corpora"]
        ],
        missed=[Missed(str(item["metric"]), float(item["limit"]), bool(item["most"])) for item in row["missed"]],
    )


def _measured(row: Mapping[str, Any]) -> Measured:
    low, high = (None if row[end] is None else float(row[end]) for end in ("low", "high"))
    return Measured(str(row["name"]), float(row["value"]), int(row["total"]), low, high)


def _asked(row: Mapping[str, Any]) -> Asked:
    return Asked(
        id=str(row["id"]),
        question=str(row["question"]),
        history=_texts(row["history"]),
        as_of=None if row["as_of"] is None else str(row["as_of"]),
        kind=str(row["kind"]),
        persona=str(row["persona"]),
        style=_texts(row["style"]),
        right=bool(row["right"]),
        status=str(row["status"]),
        short=str(row["short"]),
        expected=_texts(row["expected"]),
        faults=_texts(row["faults"]),
        why=str(row["why"]),
        evidence=tuple(Quote(str(item["source"]), str(item["quote"])) for item in row["evidence"]),
        citations=tuple(
            Quote(
                str(c["source"]),
                str(c["quote"]),
                int(c["number"]),
                str(c["document_id"]),
                int(c["start"]),
                int(c["end"]),
            )
            for c in row["citations"]
        ),
    )


def _texts(items: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(str, items))
