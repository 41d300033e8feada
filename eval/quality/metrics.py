"""Metrics over judged replies: pure functions, each a share with its interval. `docs/eval.md` explains them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.quality.judge import Judgement
from eval.quality.statistics import clustered_bootstrap, percentile, wilson

Judged = Sequence[Judgement]
Better = Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A mean or share with its 95 % interval over `total` things; `low` and `high` are None where there is none."""

    name: str
    value: float
    total: int
    low: float | None = None
    high: float | None = None


def metrics(judged: Judged) -> tuple[Metric, ...]:
    """All metrics of a run, in the order of the report. An error is no right answer; errors are counted apart too."""
    return (
        accuracy(judged), crag(judged),
        citation_precision(judged), citation_recall(judged), offsets(judged), right_document(judged),
        right_passage(judged), as_of_accuracy(judged), stale(judged), later_sources(judged), refusal_recall(judged),
        refusal_precision(judged), over_refusal(judged), nearest_evidence(judged), premise(judged), ambiguity(judged),
        unsupported(judged), errors(judged), *latency(judged),
    )  # fmt: skip


def accuracy(judged: Judged) -> Metric:
    """Answerable questions answered rightly; the wider of Wilson's interval and the one over documents."""
    asked = _answerable(judged)
    plain = _share("accuracy", (one.right for one in asked))
    low, high = clustered_bootstrap([float(one.right) for one in asked], [one.case.cluster for one in asked])
    if not asked or plain.low is None or plain.high is None:
        return plain
    return Metric("accuracy", plain.value, plain.total, min(plain.low, low), max(plain.high, high))


def crag(judged: Judged) -> Metric:
    """Mean of +1 (right), 0 (nothing said), -1 (wrong) over all questions."""
    values = [float(one.crag) for one in judged]
    low, high = clustered_bootstrap(values, [one.case.cluster for one in judged])
    return Metric("crag", sum(values) / len(values) if values else 0.0, len(values), low, high)


def citation_precision(judged: Judged) -> Metric:
    """Marks whose passage holds what the sentence says."""
    return _ratio("citation_precision", sum(j.holding for j in judged), sum(j.citations for j in judged))


def citation_recall(judged: Judged) -> Metric:
    """Checkable statements whose citations hold them."""
    return _ratio("citation_recall", sum(j.cited for j in judged), sum(j.statements for j in judged))


def offsets(judged: Judged) -> Metric:
    """Citations whose offsets give the quote to the letter."""
    return _ratio("offsets", sum(j.verbatim for j in judged), sum(len(j.reply.quoted) for j in judged))


def right_document(judged: Judged) -> Metric:
    """Answered questions that cite a document which holds the answer."""
    return _share("right_document", (one.right_document for one in _answered(judged)))


def right_passage(judged: Judged) -> Metric:
    """Answered questions that cite a passage which holds the answer."""
    return _share("right_passage", (one.right_passage for one in _answered(judged)))


def as_of_accuracy(judged: Judged) -> Metric:
    """Right answers among the answerable questions that are asked as of a day."""
    return _share("as_of_accuracy", (one.right for one in _answerable(judged) if one.case.as_of))


def stale(judged: Judged) -> Metric:
    """Answers that give an outdated value from an older document."""
    return _share("stale", (one.stale for one in _answered(judged)))


def later_sources(judged: Judged) -> Metric:
    """Answers as of a day that cite something published after it: there may be none."""
    dated = [one for one in judged if one.case.as_of and one.reply.citations]
    return _share(
        "later_sources", (any((c.published or "") > str(j.case.as_of) for c in j.reply.citations) for j in dated)
    )


def refusal_recall(judged: Judged) -> Metric:
    """Questions without an answer that were refused, or answered in part without anything wrong."""
    return _share("refusal_recall", (one.right for one in judged if _refusable(one)))


def refusal_precision(judged: Judged) -> Metric:
    """Refusals that were right."""
    return _share("refusal_precision", (not one.case.answerable and one.right for one in judged if one.reply.refused))


def over_refusal(judged: Judged) -> Metric:
    """Answerable questions that were refused."""
    return _share("over_refusal", (one.reply.refused for one in _answerable(judged)))


def nearest_evidence(judged: Judged) -> Metric:
    """Answerable questions that were refused, beside which a sentence that holds the answer was shown to read."""
    return _share("nearest_evidence", (one.near_passage for one in _answerable(judged) if one.reply.refused))


def premise(judged: Judged) -> Metric:
    """False premises that were corrected, with the right value."""
    return _share("premise", (one.right for one in judged if one.case.kind == "false-premise"))


def ambiguity(judged: Judged) -> Metric:
    """Names for two things of which both readings were given."""
    return _share("ambiguity", (one.right for one in judged if one.case.kind == "ambiguous"))


def unsupported(judged: Judged) -> Metric:
    """Answers that hold a number, date, amount or name which no cited passage holds."""
    return _share("unsupported", (bool(one.unsupported) for one in judged if not one.reply.refused))


def errors(judged: Judged) -> Metric:
    """Questions at which the assistant failed instead of answering."""
    return _share("errors", (bool(one.reply.error) for one in judged))


def latency(judged: Judged) -> tuple[Metric, Metric]:
    """Median and 95th percentile of the time of an answer in milliseconds."""
    times = [one.reply.milliseconds for one in judged if not one.reply.error]
    return (
        Metric("p50_ms", percentile(times, 0.5), len(times)),
        Metric("p95_ms", percentile(times, 0.95), len(times)),
    )


def by(judged: Judged, key: Callable[[Judgement], Iterable[str]]) -> dict[str, Metric]:
    """Share of right replies in groups: by kind, persona, style."""
    groups: dict[str, list[bool]] = {}
    for one in judged:
        for name in key(one):
            groups.setdefault(name, []).append(one.right)
    return {name: _share(name, rights) for name, rights in sorted(groups.items())}


def _answerable(judged: Judged) -> list[Judgement]:
    return [one for one in judged if one.case.answerable]


def _answered(judged: Judged) -> list[Judgement]:
    return [one for one in _answerable(judged) if not one.reply.refused and not one.reply.error]


def _refusable(one: Judgement) -> bool:
    return not one.case.answerable and "no_evidence" in one.case.statuses


def _share(name: str, hits: Iterable[bool]) -> Metric:
    counted = list(hits)
    return _ratio(name, sum(counted), len(counted))


def _ratio(name: str, hits: int, total: int) -> Metric:
    low, high = wilson(hits, total)
    return Metric(name, hits / total if total else 0.0, total, low, high)
