"""A measurement as one HTML file: chart, tables, what it was made with. No script, no net."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from eval.bench.chart import Line, chart
from eval.bench.tables import Table, skipped
from eval.quality.terminal import number

TITLES = {"retrieval": "Auskunft: wie gut gesucht wird", "speed": "Auskunft: wie schnell gesucht wird"}


def page(report: Mapping[str, Any], shown: Iterable[Table]) -> str:
    """The whole file."""
    title = TITLES[report["bench"]]
    styles = files("eval.quality").joinpath("page.css"), files("eval.bench").joinpath("bench.css")
    left_out = "".join(f'<p class="warnung">{escape(line)}</p>' for line in skipped(report))
    spec = Table("Womit gemessen wurde", ("Was", "Fassung"), list(report["spec"].items()), words=2)
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{''.join(style.read_text(encoding='utf-8') for style in styles)}</style></head><body><main>"
        f"<h1>{escape(title)}</h1><p>{escape(report['at'][:16].replace('T', ' '))}</p>{left_out}{_picture(report)}"
        f"{''.join(map(_table, [*shown, spec]))}</main></body></html>\n"
    )


def lines_of(report: Mapping[str, Any]) -> Sequence[Line]:
    """The medians of both sides over the number of passages."""
    ours = [(row["passages"], row["query"]["search"]["p50"]) for row in report["ours"]]
    stock = report.get("stock", {}).get("sizes", ())
    found = [Line("Auskunft (alles)", ours)]
    for way, name in (("hybrid", "LlamaIndex hybrid"), ("dense", "LlamaIndex dicht")):
        found.append(Line(name, [(row["passages"], row["query"][way]["p50"]) for row in stock]))
    return found


def _picture(report: Mapping[str, Any]) -> str:
    if report["bench"] != "speed":
        return ""
    lines = lines_of(report)
    said = "; ".join(
        f"{line.name}: {', '.join(f'{number(value, 1)} ms bei {size}' for size, value in line.points)}"
        for line in lines
        if line.points
    )
    return chart("Suchzeit, Median in Millisekunden", f"{said}. Beide Achsen nach Zehnerpotenzen.", "ms", lines)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col"{_kind(i, table)}>{escape(name)}</th>' for i, name in enumerate(table.columns))
    rows = "".join(f"<tr>{''.join(_cell(i, cell, table) for i, cell in enumerate(row))}</tr>" for row in table.rows)
    note = f"<p><small>{escape(table.note)}</small></p>" if table.note else ""
    return (
        f'<h2>{escape(table.title)}</h2><div class="breit"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _cell(place: int, words: str, table: Table) -> str:
    if place == 0:
        return f'<th scope="row"{_kind(place, table)}>{escape(words)}</th>'
    return f"<td{_kind(place, table)}>{escape(words)}</td>"


def _kind(place: int, table: Table) -> str:
    return "" if place < table.words else ' class="zahl"'
