"""A run as a table for the terminal, in German."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.quality.compare import Comparison
from eval.quality.floors import Floor
from eval.quality.metrics import Metric

NAMES = {
    "accuracy": "Richtig beantwortet (beantwortbare Fragen)",
    "crag": "CRAG-Punkte (+1, 0, -1)",
    "citation_precision": "Belegmarken, deren Stelle es sagt",
    "citation_recall": "Aussagen, deren Belege sie tragen",
    "offsets": "Zitate, die wörtlich stimmen",
    "right_document": "Richtiges Dokument zitiert",
    "right_passage": "Richtige Stelle zitiert",
    "as_of_accuracy": "Richtig zu einem Stichtag",
    "stale": "Veraltete Werte",
    "later_sources": "Stichtag mit späteren Quellen",
    "refusal_recall": "Unbeantwortbares erkannt",
    "refusal_precision": "Ablehnungen zu Recht",
    "over_refusal": "Zu Unrecht abgelehnt",
    "nearest_evidence": "… und daneben die Stelle gezeigt",
    "premise": "Falsche Annahmen berichtigt",
    "ambiguity": "Mehrdeutige Namen erkannt",
    "unsupported": "Antworten mit unbelegten Werten",
    "errors": "Fehler",
    "p50_ms": "Antwortzeit, Median (ms)",
    "p95_ms": "Antwortzeit, 95 % (ms)",
    "recall_at_1": "Suche: richtige Stelle als erste",
    "recall_at_5": "Suche: unter den ersten 5",
    "recall_at_10": "Suche: unter den ersten 10",
    "recall_at_40": "Suche: unter den ersten 40",
    "mrr": "Suche: Mittel von 1/Rang",
}
KINDS = {
    "figure": "Zahl", "amount": "Betrag", "date": "Datum", "person": "Person", "place": "Ort", "list": "Liste",
    "count": "Anzahl", "how-to": "Vorgehen", "definition": "Begriff", "yes-no": "ja oder nein", "open": "offen",
    "as-of": "zu einem Stichtag", "development": "Entwicklung", "comparison": "Vergleich",
    "out-of-scope": "anderes Gebiet", "missing-detail": "fehlende Einzelheit", "wrong-year": "anderes Jahr",
    "absent-place": "fehlender Ort", "nonsense": "Unsinn", "private": "Privates", "false-premise": "falsche Annahme",
    "ambiguous": "mehrdeutiger Name", "override": "Regeln umgehen", "clerk": "Verwaltung", "press": "Presse",
    "colleague": "neu im Thema", "office": "Programmbüro", "paraphrase": "mit anderen Worten", "typo": "Tippfehler",
    "ascii": "ohne Umlaute", "telegraphic": "Stichworte", "english": "Englisch", "follow-up": "Anschlussfrage",
}  # fmt: skip
PLAIN = frozenset(("crag", "p50_ms", "p95_ms", "mrr"))  # no shares
_WIDTH = max(map(len, NAMES.values()))


def table(run: Mapping[str, Any]) -> str:
    """All metrics with interval, then the shares of right answers by kind and persona."""
    lines = [f"{run['set']} ({run['answerer']}): {len(run['cases'])} Fragen in {number(run['seconds'], 1)} s", ""]
    lines += [_row(NAMES.get(row["name"], row["name"]), Metric(**row)) for row in run["metrics"]]
    for name, title in (("kind", "Art"), ("persona", "Wer fragt"), ("style", "Form")):
        lines += ["", f"Richtig nach {title}"]
        lines += [_row(f"  {KINDS.get(row['name'], row['name'])}", Metric(**row)) for row in run["groups"][name]]
    return "\n".join(lines)


def compared(name: str, comparison: Comparison) -> str:
    """A comparison in two lines."""
    c = comparison
    return (
        f"gegen {name}: {len(c.wins)} gewonnen, {c.ties} gleich, {len(c.losses)} verloren "
        f"(Unterschied {percent(c.difference, sign=True)}, 95 %: {percent(c.low, sign=True)} bis "
        f"{percent(c.high, sign=True)}; p = {number(c.p, 4)})"
    )


def missed_floors(floors: Sequence[Floor]) -> str:
    """Which floors are missed."""
    rows = (f"{NAMES[f.metric]}: {'höchstens' if f.most else 'mindestens'} {number(f.limit, 3)}" for f in floors)
    return "\n".join(f"Schwelle nicht erreicht: {row}" for row in rows)


def percent(value: float, *, sign: bool = False) -> str:
    """`0.8612` → `86,1 %`."""
    return f"{value * 100:{'+' if sign else ''}.1f} %".replace(".", ",")


def number(value: float, digits: int) -> str:
    """A number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def shown(metric: Metric) -> str:
    """The value as people read it."""
    if metric.name in PLAIN:
        return number(metric.value, 3 if metric.name in ("crag", "mrr") else 1)
    return percent(metric.value) if metric.total else "–"


def interval(metric: Metric) -> str:
    """The interval, or nothing where there is none."""
    if metric.low is None or metric.high is None or not metric.total:
        return ""
    if metric.name in PLAIN:
        return f"{number(metric.low, 3)} bis {number(metric.high, 3)}"
    return f"{percent(metric.low)} bis {percent(metric.high)}"


def _row(title: str, metric: Metric) -> str:
    return f"{title:{_WIDTH}} {shown(metric):>8}  {metric.total:5}  {interval(metric)}".rstrip()
