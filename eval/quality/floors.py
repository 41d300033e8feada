"""What a run must reach at least. A floor that is missed lets the command, and with it CI, fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.quality.record import value_of


@dataclass(frozen=True, slots=True)
class Floor:
    """`metric` must be at least (or at most) `limit`."""

    metric: str
    limit: float
    most: bool = False

    def missed(self, run: Mapping[str, Any]) -> bool:
        """Whether a recorded run does not hold it."""
        value = value_of(run, self.metric).value
        return value > self.limit if self.most else value < self.limit


# What was reached, a little below: the aims stand in the project's plan, a floor keeps what there is.
FLOORS: Mapping[str, tuple[Floor, ...]] = {
    "dev": (
        Floor("accuracy", 0.42), Floor("crag", 0.31), Floor("citation_precision", 0.97), Floor("citation_recall", 0.97),
        Floor("refusal_recall", 0.78), Floor("over_refusal", 0.37, most=True), Floor("unsupported", 0.01, most=True),
    ),
    "dev-2": (
        Floor("accuracy", 0.33), Floor("crag", 0.17), Floor("citation_precision", 0.97), Floor("citation_recall", 0.97),
        Floor("refusal_recall", 0.78), Floor("over_refusal", 0.44, most=True), Floor("unsupported", 0.01, most=True),
    ),
    "dev-3": (
        Floor("accuracy", 0.28), Floor("crag", 0.13), Floor("citation_precision", 0.97), Floor("citation_recall", 0.97),
        Floor("refusal_recall", 0.68), Floor("over_refusal", 0.52, most=True), Floor("unsupported", 0.01, most=True),
    ),
    "held-out": (
        Floor("accuracy", 0.24), Floor("crag", 0.08), Floor("citation_precision", 0.97), Floor("citation_recall", 0.97),
        Floor("refusal_recall", 0.78), Floor("over_refusal", 0.44, most=True), Floor("unsupported", 0.01, most=True),
    ),
    "held-out-2": (
        Floor("accuracy", 0.24), Floor("crag", 0.07), Floor("citation_precision", 0.97), Floor("citation_recall", 0.95),
        Floor("refusal_recall", 0.78), Floor("over_refusal", 0.47, most=True), Floor("unsupported", 0.01, most=True),
    ),
}  # fmt: skip


def missed(run: Mapping[str, Any]) -> list[Floor]:
    """The floors of its set that a run does not hold; sets of users have none but the promises."""
    promises = (Floor("offsets", 1.0), Floor("errors", 0.0, most=True), Floor("later_sources", 0.0, most=True))
    return [floor for floor in (*promises, *FLOORS.get(run["set"], ())) if _counted(run, floor) and floor.missed(run)]


def _counted(run: Mapping[str, Any], floor: Floor) -> bool:
    return value_of(run, floor.metric).total > 0
