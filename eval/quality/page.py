"""A run as one HTML file: metrics with intervals, groups as bars, every case with failures first. No script, no net."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from eval.quality.compare import Comparison
from eval.quality.floors import Floor
from eval.quality.metrics import Metric
from eval.quality.terminal import KINDS, NAMES, PLAIN, compared, interval, missed_floors, shown

Run = Mapping[str, Any]
_GROUPS = (("kind", "Art der Frage"), ("persona", "Wer fragt"), ("style", "Form der Frage"))
_BAR = 160  # pixels of a bar that stands for 100 percent


def page(run: Run, comparisons: Mapping[str, Comparison], missed: Sequence[Floor]) -> str:
    """The whole file."""
    title = f"Auskunft: Fragensatz »{run['set']}«"
    wrong = [case for case in run["cases"] if not case["right"]]
    right = [case for case in run["cases"] if case["right"]]
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{files('eval.quality').joinpath('page.css').read_text(encoding='utf-8')}</style></head><body><main>"
        f"<h1>{escape(title)}</h1>{_lead(run, len(wrong))}{_missed(missed)}{_metrics(run)}{_comparisons(comparisons)}"
        f"{_groups(run)}{_cases('Nicht richtig', wrong, opened=True)}{_cases('Richtig', right)}{_spec(run)}"
        "</main></body></html>\n"
    )


def _lead(run: Run, wrong: int) -> str:
    total = len(run["cases"])
    return (
        f"<p>{escape(run['answerer'])}, {escape(run['at'][:16].replace('T', ' '))}: {total - wrong} von {total} Fragen "
        f"richtig, {wrong} nicht.</p>"
    )


def _missed(floors: Sequence[Floor]) -> str:
    return f'<p class="warnung">{escape(missed_floors(floors))}</p>' if floors else ""


def _metrics(run: Run) -> str:
    rows = "".join(_metric(NAMES.get(row["name"], row["name"]), Metric(**row)) for row in run["metrics"])
    return _table("Kennzahlen", ("Kennzahl", "Wert", "", "Fälle", "95 %"), rows)


def _metric(title: str, metric: Metric) -> str:
    bar = "" if metric.name in PLAIN or not metric.total else _bar(metric)
    return (
        f'<tr><th scope="row">{escape(title)}</th><td class="zahl">{shown(metric)}</td><td>{bar}</td>'
        f'<td class="zahl">{metric.total}</td><td>{interval(metric)}</td></tr>'
    )


def _bar(metric: Metric) -> str:
    """A bar with the interval as a line; the figures stand beside it in words."""
    low, high = metric.low or 0.0, metric.high if metric.high is not None else metric.value
    return (
        f'<svg class="balken" viewBox="0 0 {_BAR} 14" width="{_BAR}" height="14" aria-hidden="true">'
        f'<rect class="grund" width="{_BAR}" height="14" rx="3"/>'
        f'<rect class="wert" width="{metric.value * _BAR:.1f}" height="14" rx="3"/>'
        f'<path class="spanne" d="M{low * _BAR:.1f} 7H{high * _BAR:.1f}"/></svg>'
    )


def _comparisons(comparisons: Mapping[str, Comparison]) -> str:
    if not comparisons:
        return ""
    lines = "".join(f"<li>{escape(compared(name, one))}</li>" for name, one in comparisons.items())
    return f"<h2>Vergleich</h2><ul>{lines}</ul>"


def _groups(run: Run) -> str:
    tables = []
    for name, title in _GROUPS:
        rows = "".join(_metric(KINDS.get(row["name"], row["name"]), Metric(**row)) for row in run["groups"][name])
        tables.append(_table(title, (title, "richtig", "", "Fälle", "95 %"), rows))
    return "".join(tables)


def _table(title: str, columns: Iterable[str], rows: str) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return (
        f'<h2>{escape(title)}</h2><div class="breit"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cases(title: str, cases: Sequence[Mapping[str, Any]], *, opened: bool = False) -> str:
    return f"<h2>{escape(title)} ({len(cases)})</h2>" + "".join(_case(case, opened) for case in cases)


def _case(case: Mapping[str, Any], opened: bool) -> str:
    facts = [KINDS.get(word, word) for word in (case["kind"], case["persona"], *case["style"])]
    facts += [f"Stichtag {case['as_of']}"] if case["as_of"] else []
    facts += [f"Suche: Rang {case['rank'] or 'keiner'}"] if case["rank"] is not None else []
    history = "".join(f"<p>Vorher gefragt: {escape(question)}</p>" for question in case["history"])
    evidence = "".join(f"<li>{escape(e['source'])}: »{escape(e['quote'])}«</li>" for e in case["evidence"])
    cited = "".join(
        f"<li>[{c['number']}] {escape(c['source'])}: »{escape(c['quote'])}«</li>" for c in case["citations"]
    )
    faults = "".join(f"<li>{escape(fault)}</li>" for fault in case["faults"])
    return (
        f"<details{' open' if opened else ''}><summary><strong>{escape(case['question'])}</strong> "
        f"<small>{escape(case['id'])} · {escape(' · '.join(filter(None, facts)))}</small></summary>{history}"
        f'<p class="antwort">{escape(case["short"])} <small>({escape(case["status"])}, '
        f"{case['milliseconds']:.0f} ms)</small></p>{_list('Woran es fehlt', faults)}"
        f"<p>Erwartet: {escape('; '.join(case['expected']) or 'keine Antwort')}. {escape(case['why'])}</p>"
        f"{_list('Belegt durch', evidence)}{_list('Zitiert', cited)}</details>"
    )


def _list(title: str, entries: str) -> str:
    return f"<p>{escape(title)}:</p><ul>{entries}</ul>" if entries else ""


def _spec(run: Run) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in run["spec"].items())
    return _table("Womit gemessen wurde", ("Was", "Fassung"), rows)
