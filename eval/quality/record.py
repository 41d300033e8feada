"""A run as JSON: everything a report needs, and everything `--compare` needs of an earlier run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.quality.judge import Judgement
from eval.quality.metrics import Metric, by, metrics
from eval.quality.run import DEPTH, Run
from eval.quality.statistics import wilson
from ingest.errors import InputError, UnreadableFile

FORMAT = 1
RANKS = (1, 5, 10, DEPTH)
_HINT = "Gemeint ist die JSON-Datei, die »auskunft eval« schreibt."


def record(run: Run, name: str, at: str) -> dict[str, Any]:
    """The JSON object of one run: `name` is the set, `at` the time (ISO)."""
    return {
        "format": FORMAT,
        "set": name,
        "answerer": run.name,
        "at": at,
        "seconds": round(run.seconds, 2),
        "spec": dict(run.spec),
        "metrics": [asdict(metric) for metric in (*metrics(run.judged), *retrieval(run.ranks))],
        "groups": {
            "kind": _groups(run.judged, "kind"),
            "persona": _groups(run.judged, "persona"),
            "style": _groups(run.judged, "style"),
        },
        "corpora": [asdict(collection) for collection in run.collections],
        "cases": [_case(one, run.ranks) for one in run.judged],
    }


def retrieval(ranks: Mapping[str, int]) -> tuple[Metric, ...]:
    """Share of answerable questions whose right passage is among the first k of the search, and the mean of 1/rank."""
    found = list(ranks.values())
    shares = []
    for k in RANKS:
        hits = sum(0 < rank <= k for rank in found)
        share = hits / len(found) if found else 0.0
        shares.append(Metric(f"recall_at_{k}", share, len(found), *wilson(hits, len(found))))
    mean = sum(1 / rank for rank in found if rank) / len(found) if found else 0.0
    return (*shares, Metric("mrr", mean, len(found)))


def load_record(path: Path) -> dict[str, Any]:
    """An earlier run. Raises UnreadableFile; InputError where it is none."""
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"Der Lauf »{path}« ist nicht lesbar: {error}", _HINT) from None
    if not isinstance(loaded, dict) or loaded.get("format") != FORMAT or "cases" not in loaded:
        raise InputError(f"»{path}« ist kein Lauf dieser Fassung.", _HINT)
    return loaded


def value_of(run: Mapping[str, Any], name: str) -> Metric:
    """One metric of a recorded run."""
    return next(Metric(**row) for row in run["metrics"] if row["name"] == name)


def _groups(judged: Sequence[Judgement], name: str) -> list[dict[str, Any]]:
    def key(one: Judgement) -> Iterable[str]:
        value = getattr(one.case, name)
        return ((value,) if value else ()) if isinstance(value, str) else value

    return [asdict(metric) for metric in by(judged, key).values()]


def _case(one: Judgement, ranks: Mapping[str, int]) -> dict[str, Any]:
    case, reply = one.case, one.reply
    return {
        "id": case.id,
        "corpus": case.corpus,
        "question": case.question,
        "history": list(case.history),
        "as_of": case.as_of,
        "kind": case.kind,
        "persona": case.persona,
        "style": list(case.style),
        "answerable": case.answerable,
        "cluster": case.cluster,
        "expected": [str(value) for value in case.expected],
        "evidence": [asdict(evidence) for evidence in case.evidence],
        "why": case.why,
        "right": one.right,
        "crag": one.crag,
        "faults": list(one.faults),
        "unsupported": list(one.unsupported),
        "stale": one.stale,
        "right_document": one.right_document,
        "right_passage": one.right_passage,
        "rank": ranks.get(case.id),
        "status": reply.status,
        "short": reply.short,
        "text": reply.text,
        "notes": list(reply.notes),
        "citations": [asdict(citation) for citation in reply.citations],
        "milliseconds": round(reply.milliseconds, 1),
        "score": reply.score,
    }
