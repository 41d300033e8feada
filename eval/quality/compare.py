"""Two runs over the same cases: who wins where, and whether that can be chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.quality.statistics import clustered_bootstrap, mcnemar
from ingest.errors import InputError


@dataclass(frozen=True, slots=True)
class Comparison:
    """`wins`: cases that only the first run has right. `difference`: of the shares of right cases."""

    wins: tuple[str, ...]
    ties: int
    losses: tuple[str, ...]
    difference: float
    low: float
    high: float
    p: float

    @property
    def total(self) -> int:
        """Cases that both runs have."""
        return len(self.wins) + self.ties + len(self.losses)


def compare(first: Mapping[str, Any], second: Mapping[str, Any], *, answerable_only: bool = False) -> Comparison:
    """The first run against the second, case by case.

    Raises:
        InputError: they have no case in common.
    """
    before = {case["id"]: bool(case["right"]) for case in second["cases"]}
    rows = [case for case in first["cases"] if case["id"] in before and (case["answerable"] or not answerable_only)]
    if not rows:
        raise InputError("Die beiden Läufe haben keinen Fall gemeinsam.", "Verglichen werden Läufe derselben Fälle.")
    gains = [int(case["right"]) - int(before[case["id"]]) for case in rows]
    wins = tuple(case["id"] for case, gain in zip(rows, gains, strict=True) if gain > 0)
    losses = tuple(case["id"] for case, gain in zip(rows, gains, strict=True) if gain < 0)
    low, high = clustered_bootstrap([float(gain) for gain in gains], [case["cluster"] for case in rows])
    ties = len(rows) - len(wins) - len(losses)
    return Comparison(wins, ties, losses, sum(gains) / len(rows), low, high, mcnemar(len(wins), len(losses)))
