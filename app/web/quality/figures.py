"""Metrics as tables with bars: value, interval and number of cases stand beside each bar in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.web.frame import Frame
from app.web.markup import esc
from app.web.quality.stored import GROUPS, Measured, Run
from app.web.strings import Strings

# No shares: points from -1 to 1, a mean of ranks, and milliseconds.
POINTS, TIMES = ("crag", "mrr"), ("p50_ms", "p95_ms")
# What decides whether somebody can rely on an answer; the others are folded away.
KEY = (
    "accuracy", "unsupported", "citation_precision", "citation_recall", "offsets", "as_of_accuracy", "stale",
    "refusal_recall", "over_refusal", "nearest_evidence", "crag",
)  # fmt: skip
LOW = frozenset(("stale", "later_sources", "over_refusal", "unsupported", "errors"))  # less of it is better
_WIDTH, _HEIGHT = 160, 16


def metrics_html(run: Run, frame: Frame) -> str:
    """The key metrics with what they mean, and all others folded away."""
    t = frame.t
    by_name = {metric.name: metric for metric in run.metrics}
    key = [by_name[name] for name in KEY if name in by_name]
    others = [metric for metric in run.metrics if metric.name not in KEY]
    more = (
        f"<details><summary>{esc(t('quality_more_metrics', count=len(others)))}</summary>"
        f"{_table(others, t('quality_metric'), t('quality_more_caption'), t)}</details>"
    )
    return (
        f'<section aria-labelledby="kennzahlen"><h2 id="kennzahlen">{esc(t("quality_metrics"))}</h2>'
        f'<p class="klein">{esc(t("quality_interval_means"))}</p>'
        f"{_table(key, t('quality_metric'), t('quality_metrics'), t)}{more if others else ''}</section>"
    )


def groups_html(run: Run, frame: Frame) -> str:
    """Shares of right answers by kind, persona and style."""
    t = frame.t
    return "".join(
        f'<section aria-labelledby="nach-{name}"><h2 id="nach-{name}">{esc(t(f"quality_by_{name}"))}</h2>'
        f"{_table(_ordered(run.groups[name], t), t(f'quality_col_{name}'), t(f'quality_by_{name}'), t, 'gruppe')}"
        "</section>"
        for name in GROUPS
        if run.groups[name]
    )


def _ordered(rows: Iterable[Measured], t: Strings) -> list[Measured]:
    return sorted(rows, key=lambda row: name_of(row.name, t).casefold())


def _table(rows: Iterable[Measured], first: str, caption: str, t: Strings, kind: str = "") -> str:
    names = [first, t("quality_value"), t("quality_interval"), t("quality_cases")]
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    body = "".join(_row(row, names, t) for row in rows)
    return (
        f'<table class="liste messwerte {kind}"><caption class="sr">{esc(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(metric: Measured, names: Sequence[str], t: Strings) -> str:
    what = t.optional(f"quality_what_{metric.name}", "")
    small = f"<small>{esc(what)}</small>" if what else ""
    share = metric.name not in (*POINTS, *TIMES) and metric.total
    bar = _bar(metric) if share else ""
    value = f'<span class="wert">{bar}<strong>{esc(value_words(metric, t))}</strong></span>'
    cells = (
        value,
        esc(interval_words(metric, t) or "–"),
        metric.total,
    )
    rest = "".join(f'<td data-name="{esc(name)}">{cell}</td>' for name, cell in zip(names[1:], cells, strict=True))
    return f'<tr><th scope="row">{esc(name_of(metric.name, t))}{small}</th>{rest}</tr>'


def name_of(name: str, t: Strings) -> str:
    """The words for a metric, a kind of question, a persona or a style."""
    return t.optional(f"quality_metric_{name}", t.optional(f"quality_word_{name}", name))


def value_words(metric: Measured, t: Strings) -> str:
    """The value as people read it."""
    if metric.name in TIMES:
        return f"{number(metric.value, 1, t)} ms"
    if metric.name in POINTS:
        return number(metric.value, 2, t)
    return percent(metric.value, t) if metric.total else "–"


def interval_words(metric: Measured, t: Strings) -> str:
    """The interval, or nothing where there is none."""
    if metric.low is None or metric.high is None or not metric.total:
        return ""
    ends = [metric.low, metric.high]
    low, high = (number(end, 2, t) if metric.name in POINTS else percent(end, t) for end in ends)
    return t("quality_from_to", low=low, high=high)


def percent(value: float, t: Strings) -> str:
    """`0.8612` → »86,1 %«."""
    return number(value * 100, 1, t) + ("\u00a0%" if t.lang == "de" else "%")


def number(value: float, digits: int, t: Strings) -> str:
    """A number as the language writes it."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if t.lang == "de" else text


def _bar(metric: Measured) -> str:
    """The share as a bar and its interval as a line with ends; for the eye only, the words stand beside it."""
    kind = "balken weniger" if metric.name in LOW else "balken"
    low, high = (end if end is not None else metric.value for end in (metric.low, metric.high))
    start, end = low * _WIDTH, high * _WIDTH
    line = f"M{start:.1f} {_HEIGHT / 2}H{end:.1f}M{start:.1f} 4V12M{end:.1f} 4V12"
    return (
        f'<svg class="{kind}" viewBox="-2 0 {_WIDTH + 4} {_HEIGHT}" width="{_WIDTH + 4}" height="{_HEIGHT}" '
        f'aria-hidden="true"><rect class="bahn" width="{_WIDTH}" height="{_HEIGHT}" rx="3"/>'
        f'<rect class="anteil" width="{metric.value * _WIDTH:.1f}" height="{_HEIGHT}" rx="3"/>'
        f'<path class="hof" d="{line}"/><path class="spanne" d="{line}"/></svg>'
    )
