"""Results of a bench as rows of words, for the terminal and for the page, in German."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.bench.measures import MEASURES
from eval.quality.terminal import number

SETS = {
    "faq": "Frage zu Antwort (FAQ von Behörden)",
    "paraphrases": "Umformulierung zu Frage",
    "headings": "Überschrift zu Abschnitt (Gesetze, nicht gelernt)",
    "encyclopaedia": "Frage zu Lexikonabschnitt (erfunden, anderes Gebiet)",
    "dev": "Fragen der Auswertung (dev)",
    "held-out": "Fragen der Auswertung (zurückgehalten)",
}
WAYS = {
    "words": "Wortstämme (BM25)",
    "lexical": "Wortstämme und 4-Gramme",
    "dense": "Einbettung",
    "hybrid": "beides (wie ausgeliefert)",
    "rrf": "beides, nach Rängen",
    "llamaindex": "LlamaIndex hybrid, MiniLM",
}
MEASURE_NAMES = {"ndcg@10": "nDCG@10", "mrr": "MRR", **{f"recall@{k}": f"Recall@{k}" for k in (1, 5, 100)}}


@dataclass(frozen=True, slots=True)
class Table:
    """Title, heads of columns, rows of words; all but the first `words` columns are numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1
    note: str = ""


def retrieval(report: Mapping[str, Any]) -> Iterable[Table]:
    """Two tables a set: the measures of every way, and what the shipped search gains over the others."""
    for row in report["sets"]:
        title = f"{SETS.get(row['set'], row['set'])}: {row['queries']} Fragen, {row['passages']} Textstellen"
        rows = [[WAYS.get(way, way), *map(_metric, metrics)] for way, metrics in row["ways"].items()]
        yield Table(title, ("Verfahren", *map(MEASURE_NAMES.__getitem__, MEASURES)), rows)
        yield Table(
            "Gewinn des ausgelieferten Verfahrens, gepaart",
            ("gegenüber", *map(MEASURE_NAMES.__getitem__, MEASURES)),
            [_gains(way, row["differences"]) for way in row["ways"] if way != "hybrid"],
        )


def skipped(report: Mapping[str, Any]) -> list[str]:
    """What was not measured, and why."""
    return [f"nicht gemessen: {row['set']} ({row['reason']})" for row in report.get("skipped", ())]


def lines(table: Table) -> str:
    """A table for the terminal."""
    widths = [max(len(row[i]) for row in (table.columns, *table.rows)) for i in range(len(table.columns))]
    shown = [
        "  ".join(
            cell.ljust(width) if column < table.words else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (table.columns, *table.rows)
    ]
    return "\n".join([table.title, *shown, *([table.note] if table.note else [])])


def _metric(metric: Mapping[str, Any]) -> str:
    return f"{number(metric['value'], 3)} ({number(metric['low'], 3)}–{number(metric['high'], 3)})"


def _gains(way: str, differences: Iterable[Mapping[str, Any]]) -> list[str]:
    found = {row["measure"]: row for row in differences if row["against"] == way}
    return [WAYS.get(way, way), *(_gain(found[measure]) for measure in MEASURES)]


def _gain(row: Mapping[str, Any]) -> str:
    return f"{_signed(row['value'])} ({_signed(row['low'])} bis {_signed(row['high'])})"


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace(".", ",")
