"""Figures of the speed bench as tables, and the ratios between both sides, in German."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eval.bench.tables import Table
from eval.quality.terminal import number

Report = Mapping[str, Any]
PARTS = ("vectors", "store", "catalogue", "closing")
NO_PARTS = [""] * (len(PARTS) + 1)


def tables(report: Report) -> Iterator[Table]:
    """What a reader asks in this order: how fast it searches, how fast it reads, beside what comes with LlamaIndex."""
    yield _searching(report)
    yield _reading(report)
    if "stock" in report:
        yield _stock(report["stock"])
        yield Table(
            "Verhältnis zu LlamaIndex",
            ("Was", "Textstellen", "Faktor"),
            [[name, whole(size), number(factor, 1)] for name, size, factor in ratios(report)],
        )


def ratios(report: Report) -> Iterator[tuple[str, int, float]]:
    """How many times faster the assistant is: what, at how many passages, factor.

    Its own questions are embedded within the time, those of the other side before, unless it is said.
    """
    stock = report["stock"]
    ours = {row["passages"]: row for row in report["ours"]}
    if row := ours.get(stock["ingest"]["passages"]):
        index, other = row["index"], stock["ingest"]
        yield "Aufnahme", row["passages"], index["per_second"] / other["per_second"]
        bare = (index["vectors"] + index["store"]) / index["passages"]
        yield "Aufnahme ohne Katalog und Schließen", row["passages"], 1.0 / bare / other["per_second"]
    for other in stock["sizes"]:
        size = other["passages"]
        if size in ours:
            mine = {part: ours[size]["query"][part]["p50"] for part in ("search", "dense")}
            theirs = {part: other["query"][part]["p50"] for part in ("hybrid", "dense", "embed")}
            yield "Suche gegen hybride Suche, p50", size, theirs["hybrid"] / mine["search"]
            yield "Suche gegen dichte Suche, p50", size, theirs["dense"] / mine["search"]
            asked = theirs["dense"] + theirs["embed"]
            yield "Suche gegen dichte Suche samt Einbettung der Frage", size, asked / mine["search"]
            yield "Vektoren gegen Vektoren, p50", size, theirs["dense"] / mine["dense"]


def whole(value: float) -> str:
    """`1234.5` → `1.234`."""
    return f"{value:,.0f}".replace(",", ".")


def _searching(report: Report) -> Table:
    rows = [
        [
            whole(row["passages"]),
            *(number(row["query"]["search"][share], 1) for share in ("p50", "p95")),
            *(number(row["query"][part]["p50"], 2) for part in ("embed", "sparse", "dense")),
            number(row["opening"], 2),
            number(row["start"], 2),
            whole(row["memory_mb"]),
            whole(row["disk_mb"]),
        ]
        for row in report["ours"]
    ]
    heads = (
        "Textstellen", "Suche p50 ms", "p95 ms", "Einbettung p50", "BM25 p50", "Vektoren p50", "öffnen s",
        "Start bis Antwort s", "Arbeitsspeicher MB", "Platte MB",
    )  # fmt: skip
    note = f"Texte: {report['material']}. {report['questions']} Fragen, je 10 Treffer, ein Prozess."
    return Table("Suchen", heads, rows, words=0, note=note)


def _reading(report: Report) -> Table:
    embedding = report["embedding"]
    cpu = {
        "per_second": embedding["passages"] / embedding["cpu"],
        "ms": 1000.0 * embedding["cpu"] / embedding["passages"],
    }
    rows = [["nur einbetten", whole(embedding["passages"]), *_rate(embedding), *NO_PARTS]]
    rows.append(["einbetten, Rechenzeit", whole(embedding["passages"]), *_rate(cpu), *NO_PARTS])
    for row in report["ours"]:
        index = row["index"]
        parts = [number(1000.0 * index[part] / index["passages"], 3) for part in PARTS]
        rows.append(["aufnehmen", whole(row["passages"]), *_rate(index), *parts, whole(index["peak_mb"])])
    for row in report["ours"]:
        if files := row.get("files"):
            rows.append(["Dateien einlesen", whole(files["passages"]), *_rate(files), *NO_PARTS])
    heads = (
        "Was", "Textstellen", "je Sekunde", "ms je Stelle", "davon Vektoren", "Speichern", "Katalog", "Schließen",
        "Arbeitsspeicher MB",
    )  # fmt: skip
    note = (
        "Aufnehmen: fertige Textstellen einbetten, BM25-Vektoren, Vektorspeicher, Katalog und Schließen, in einem "
        "Prozess; der Vektorspeicher optimiert dabei nicht, und es wird ohne Optimierung gesucht. Dateien einlesen: "
        "alles, auch Aussagen, mit allen Kernen."
    )
    return Table("Einlesen", heads, rows, note=note)


def _rate(row: Report) -> list[str]:
    return [whole(row["per_second"]), number(row["ms"], 3)]


def _stock(stock: Report) -> Table:
    ingest = stock["ingest"]
    rows = [
        [
            whole(row["passages"]),
            *(number(row["query"][way][share], 1) for way in ("hybrid", "dense") for share in ("p50", "p95")),
            number(row["query"]["embed"]["p50"], 1),
            number(row["start"], 1),
            whole(row["memory_mb"]),
        ]
        for row in stock["sizes"]
    ]
    heads = (
        "Textstellen", "hybrid p50 ms", "p95 ms", "dicht p50 ms", "p95 ms", "Frage einbetten p50",
        "Start bis Antwort s", "Arbeitsspeicher MB",
    )  # fmt: skip
    note = (
        f"Aufnahme von {whole(ingest['passages'])} Textstellen: {whole(ingest['per_second'])} je Sekunde. Suche mit "
        "fertigen Vektoren, das Einbetten der Frage kommt hinzu."
    )
    return Table("LlamaIndex mit qdrant-client (lokal) und MiniLM", heads, rows, words=0, note=note)
