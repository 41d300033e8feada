"""One task of the speed bench in a process of its own, so that memory is that of the task.

Called as `python -m eval.bench.child TASK`. The task comes as JSON (`task` and its arguments); the last line of output
is its result.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

Result = dict[str, Any]
WARM_UP = 10
K = 10


def embed(material: Path | None, passages: int) -> Result:
    """Passages embedded a second, one process, in portions as large as an ingest's."""
    from eval.bench import material as source
    from index.embedding import BATCH

    texts = [text for _, text in source.passages(material, passages)]
    embedder = _embedder()
    embedder.embed(texts[:1])
    started, worked = time.perf_counter(), time.process_time()
    for start in range(0, len(texts), BATCH):
        embedder.embed(texts[start : start + BATCH])
    return {"passages": len(texts), "seconds": time.perf_counter() - started, "cpu": time.process_time() - worked}


def build(material: Path | None, passages: int, data: str) -> Result:
    """Ready passages into a new data folder: embedding, BM25 vectors, vector store, catalogue; then closing it.

    The model is loaded before, as that of the stock pipeline is.
    """
    from eval.bench import material as source
    from eval.bench.collection import store
    from index.library import Library

    library = Library(Path(data))
    library.keeper.opened()
    library.embedder.embed_query("Anlauf")
    spent = store(library, source.documents(material, passages))
    started = time.perf_counter()
    library.close()
    parts = asdict(spent) | {"closing": spent.closing + time.perf_counter() - started}
    number = parts.pop("passages")
    return {"passages": number, "seconds": sum(parts.values()), **parts, "peak_mb": peak_mb()}


def ingest(data: str, folder: str) -> Result:
    """Files into a new data folder, as the command does it, with all processes it likes."""
    from index.library import Library

    started = time.perf_counter()
    with Library(Path(data)) as library:
        report = library.ingest([Path(folder)])
        number = library.catalogue.passage_count()
    return {"passages": number, "documents": len(report.added), "seconds": time.perf_counter() - started}


def query(data: str, questions: Sequence[str]) -> Result:
    """Milliseconds of each question: the whole search, and its parts alone."""
    from index import lexical
    from index.filters import NO_FILTERS
    from index.library import Library

    started = time.perf_counter()
    with Library(Path(data)) as library:
        store, embedder = library.keeper.opened(), library.embedder
        opening = time.perf_counter() - started
        search = _times(lambda question: library.search(question, K), questions)  # first, while words are new
        vectors = {question: embedder.embed_query(question) for question in questions}
        parts: dict[str, Callable[[str], object]] = {
            "embed": embedder.embed_query,
            "sparse": lambda question: store.search_sparse(lexical.query_vector(question), 50, NO_FILTERS),
            "dense": lambda question: store.search_dense(vectors[question], 50, NO_FILTERS),
        }
        times = {name: _times(part, questions) for name, part in parts.items()}
    return {"search": search, **times, "opening": opening, "peak_mb": peak_mb()}


def stock_ingest(material: Path | None, passages: int, folder: str) -> Result:
    """Ready passages into the stock pipeline, embedding included."""
    from eval.bench import material as source
    from eval.bench.stock import Stock

    ready = list(source.passages(material, passages))
    stock = Stock(Path(folder))
    stock.embedding.get_text_embedding(ready[0][1])
    started = time.perf_counter()
    stock.add(ready)
    seconds = time.perf_counter() - started
    stock.close()
    return {"passages": len(ready), "seconds": seconds, "peak_mb": peak_mb()}


def stock_query(material: Path | None, passages: int, folder: str, questions: Sequence[str]) -> Result:
    """Milliseconds of each question in the stock pipeline; vectors of passages and questions are there before."""
    from eval.bench import material as source
    from eval.bench.stock import Stock

    ready = list(source.passages(material, passages))
    stock = Stock(Path(folder))
    stock.add(ready, _vectors(len(ready)))
    vectors = dict(zip(questions, _vectors(len(questions)), strict=True))
    parts: dict[str, Callable[[str], object]] = {
        "hybrid": lambda question: stock.ranking(question, K, vector=vectors[question]),
        "dense": lambda question: stock.ranking(question, K, hybrid=False, vector=vectors[question]),
        "embed": stock.embedding.get_query_embedding,
    }
    found = {name: _times(part, questions) for name, part in parts.items()}
    stock.close()
    return found | {"peak_mb": peak_mb()}


def stock_start(folder: str, question: str) -> Result:
    """Open the stock pipeline and ask once; whoever calls takes the time of the whole process."""
    from eval.bench.stock import Stock

    stock = Stock(Path(folder))
    found = stock.ranking(question, K)
    stock.close()
    return {"hits": len(found)}


def peak_mb() -> float:
    """The most memory that this process has held (Linux; elsewhere what the system counts)."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        import resource

        divisor = 1024**2 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / divisor


def _times(part: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    for question in questions[:WARM_UP]:
        part(question)
    found = []
    for question in questions[WARM_UP:]:
        started = time.perf_counter()
        part(question)
        found.append(1000.0 * (time.perf_counter() - started))
    return found


def _vectors(number: int) -> list[list[float]]:
    """Vectors of length one without meaning: what a search by comparing all of them costs does not depend on it."""
    import numpy as np

    from eval.bench.stock import DIMENSION

    rows = np.random.default_rng(0).standard_normal((number, DIMENSION)).astype(np.float32)
    found: list[list[float]] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).tolist()
    return found


def _embedder() -> Any:
    """The embedding of a new data folder."""
    from tempfile import TemporaryDirectory

    from index.library import Library

    with TemporaryDirectory(prefix="auskunft-bench-") as data, Library(Path(data)) as library:
        return library.embedder


TASKS: dict[str, Callable[..., Result]] = {
    task.__name__: task for task in (embed, build, ingest, query, stock_ingest, stock_query, stock_start)
}


def main() -> None:
    """Carry out the task."""
    task = json.loads(sys.argv[1])
    if task.get("material") is not None:
        task["material"] = Path(task["material"])
    result = TASKS[task.pop("task")](**task)
    print(f"\n{json.dumps(result)}")


if __name__ == "__main__":
    main()
