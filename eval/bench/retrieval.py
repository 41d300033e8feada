"""Asks the queries of retrieval sets in every way, and says how good the rankings are, with intervals."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.bench.collection import Collection, of_texts
from eval.bench.measures import MEASURES, measured, units_of
from eval.bench.questions import of_cases
from eval.bench.sets import CASE_SETS, lacking, text_set
from eval.bench.stock import Stock
from eval.bench.ways import DEPTH, Ways
from eval.quality.metrics import Metric
from eval.quality.statistics import clustered_bootstrap

RANKED = 100
STOCK = "llamaindex"
# The way all others are compared with.
OURS = "hybrid"
Progress = Callable[[str, int, int], object]
Keep = Callable[[dict[str, Any]], object]
Values = Mapping[str, list[float]]  # by measure, one value a query


@dataclass
class Tally:
    """What the queries of one set gave: values by way and measure, beside the clusters of the queries."""

    clusters: list[str] = field(default_factory=list)
    values: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    passages: int = 0

    def add(self, way: str, found: Mapping[str, float]) -> None:
        """The measures of one query."""
        row = self.values.setdefault(way, {name: [] for name in MEASURES})
        for name, value in found.items():
            row[name].append(value)


def measure(
    names: Iterable[str],
    material: Path | None,
    *,
    stock: bool = False,
    progress: Progress = lambda *_: None,
    keep: Keep = lambda _: None,
) -> dict[str, Any]:
    """The rows of all sets, as JSON: `sets`, and `skipped` with reasons. `keep` gets what there is after every set.

    Raises:
        DataError: `stock` is wanted and a package is missing.
        AuskunftError: a file of a set is not readable.
    """
    report: dict[str, Any] = {"sets": [], "skipped": []}
    for name in names:
        reason = None if name in CASE_SETS else lacking(name, material)
        if reason:
            report["skipped"].append({"set": name, "reason": reason})
            continue
        started = time.perf_counter()
        tally = Tally()
        for collection in collections(name, material):
            _ask(collection, tally, stock, partial(progress, name))
        report["sets"].append(row(name, tally) | {"seconds": round(time.perf_counter() - started, 1)})
        keep(report)
    return report


def collections(name: str, material: Path | None) -> Iterator[Collection]:
    """The collections of a set; each is open until the next one is asked for."""
    if name in CASE_SETS:
        yield from of_cases(name)
    else:
        with of_texts(text_set(name, material)) as collection:
            yield collection


def row(name: str, tally: Tally) -> dict[str, Any]:
    """What is reported of one set."""
    ours = tally.values.get(OURS, {})
    return {
        "set": name,
        "queries": len(tally.clusters),
        "passages": tally.passages,
        "ways": {way: list(_metrics(values, tally.clusters)) for way, values in tally.values.items()},
        "differences": [
            difference(measure, way, ours[measure], values[measure], tally.clusters)
            for way, values in tally.values.items()
            if way != OURS
            for measure in MEASURES
        ],
    }


def difference(
    measure: str, against: str, ours: Sequence[float], other: Sequence[float], clusters: Sequence[str]
) -> dict[str, Any]:
    """Mean of the differences of the same queries, with its interval: above noise where `low` is above 0."""
    gains = [a - b for a, b in zip(ours, other, strict=True)]
    low, high = clustered_bootstrap(gains, clusters)
    value = sum(gains) / len(gains) if gains else 0.0
    return {"measure": measure, "against": against, "value": value, "low": low, "high": high}


def _metrics(values: Values, clusters: Sequence[str]) -> Iterator[dict[str, Any]]:
    for name, found in values.items():
        low, high = clustered_bootstrap(found, clusters)
        mean = sum(found) / len(found) if found else 0.0
        metric = Metric(name, mean, len(found), low, high)
        yield {field: getattr(metric, field) for field in Metric.__slots__}


def _ask(collection: Collection, tally: Tally, stock: bool, progress: Callable[[int, int], object]) -> None:
    """All queries of a collection, in every way."""
    ways = Ways(collection.library)
    tally.passages += len(collection.unit_of)
    with _stock_of(collection, stock) as other:
        for number, query in enumerate(collection.queries, start=1):
            rankings = dict(ways.rankings(query.text))
            if other is not None:
                rankings[STOCK] = other.ranking(query.text, DEPTH)
            tally.clusters.append(query.cluster)
            for way, ranking in rankings.items():
                tally.add(way, measured(units_of(ranking, collection.unit_of, RANKED), query.relevant))
            progress(number, len(collection.queries))


@contextmanager
def _stock_of(collection: Collection, wanted: bool) -> Iterator[Stock | None]:
    """The stock pipeline over the passages of a collection, where it is wanted."""
    if not wanted:
        yield None
        return
    with TemporaryDirectory(prefix="auskunft-bench-") as folder:
        stock = Stock(Path(folder))
        stock.add(list(_passages(collection)))
        try:
            yield stock
        finally:
            stock.close()


def _passages(collection: Collection) -> Iterator[tuple[str, str]]:
    """Passages with their headings, as our own embedding sees them."""
    library = collection.library
    for entry in library.documents():
        document = library.document(entry.id)
        for passage in library.passages(entry.id):
            context = passage.heading or document.title
            text = document.text[passage.start : passage.end]
            yield passage.id, f"{context}\n{text}" if context else text
