"""How made questions were answered, as a table for the terminal, and what must be reached at least."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.quality.metrics import Metric
from eval.quality.terminal import interval, number, percent, shown

NAMES = {
    "answered": "Beantwortet (beantwortbare Fragen)",
    "right_value": "mit dem richtigen Wert",
    "right_in_short": "mit dem richtigen Wert in der Kurzform",
    "right_of_answered": "Richtig unter den beantworteten",
    "refused": "Unbeantwortbares abgelehnt",
    "unsupported": "Antworten mit unbelegten Werten",
    "errors": "Fehler",
    "p50_ms": "Antwortzeit, Median (ms)",
    "p95_ms": "Antwortzeit, 95 % (ms)",
}
# What was reached with 200 and with 2,000 questions, a little below; no value may stand without its source.
FLOORS: Mapping[str, float] = {"answered": 0.75, "right_value": 0.67, "refused": 0.95}
CEILINGS: Mapping[str, float] = {"unsupported": 0.0, "errors": 0.0}
FEW = 100  # a share of fewer questions says too little to fail for
_WIDTH = max(map(len, NAMES.values()))


def table(run: Mapping[str, Any]) -> str:
    """The counts as a whole, then by template and by form."""
    answerable = sum(case["answerable"] for case in run["cases"])
    total = len(run["cases"])
    lines = [f"{total} erzeugte Fragen, {answerable} davon beantwortbar (Startwert {run['seed']})", ""]
    for row in run["metrics"]:
        metric = Metric(**row)
        value = number(metric.value, 1) if metric.name.endswith("_ms") else shown(metric)
        span = "" if metric.low is None else interval(metric)
        lines.append(f"{NAMES[metric.name]:{_WIDTH}} {value:>8}  {metric.total:5}  {span}".rstrip())
    for name, title in (("templates", "Vorlage"), ("forms", "Form")):
        lines += ["", f"{title:{_WIDTH}} {'Fragen':>7} {'beantwortet':>12} {'richtig':>8} {'unbelegt':>9}"]
        lines += [_group(row) for row in run[name]]
    return "\n".join(lines)


def missed(run: Mapping[str, Any]) -> list[str]:
    """What is not reached, a sentence each."""
    values = {row["name"]: Metric(**row) for row in run["metrics"]}
    low = [
        f"{NAMES[name]}: mindestens {percent(limit)}"
        for name, limit in FLOORS.items()
        if values[name].total >= FEW / 2 and values[name].value < limit
    ]
    return low + [
        f"{NAMES[name]}: höchstens {percent(limit)}" for name, limit in CEILINGS.items() if values[name].value > limit
    ]


def _group(row: Mapping[str, Any]) -> str:
    return f"  {row['name']:{_WIDTH - 2}} {row['total']:7} {row['answered']:12} {row['right']:8} {row['unsupported']:9}"
