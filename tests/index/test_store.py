"""Both stores, the same questions: the engine in this process and a Qdrant server (its client's local mode)."""

import subprocess
import sys
import threading
import uuid
import warnings

import numpy as np
import pytest

from index.embedding import HashedEmbedder
from index.filters import NO_FILTERS, Filters
from index.lexical import document_vector, query_vector
from index.store import EdgeStore, Point, UnreadableStore
from ingest.errors import DataError, FolderInUse

TEXTS = {
    "torgau": ("Torgau tritt der Allianz bei.", "release", 20210625, 20210625),
    "lohsa": ("Lohsa tritt der Allianz bei, 5.200 Einwohner.", "release", 20210525, 20210525),
    "november": ("Auerbach gründet einen Präventionsrat.", "release", 20211101, 20211130),
    "guideline": ("Anträge sind spätestens bis 31.08. zu stellen.", "programme", 20180612, 20180612),
    "undated": ("Die Allianz wächst weiter.", "web", None, None),
}
NAMES = {str(uuid.uuid5(uuid.NAMESPACE_URL, name)): name for name in TEXTS}
EMBEDDER = HashedEmbedder(64)


def points() -> list[Point]:
    vectors = EMBEDDER.embed([text for text, *_ in TEXTS.values()])
    return [
        Point(id, f"d-{name}", kind, first, last, document_vector(text), vector)
        for (id, name), (text, kind, first, last), vector in zip(NAMES.items(), TEXTS.values(), vectors, strict=True)
    ]


def server_store():
    from qdrant_client import QdrantClient

    from index.store_server import QdrantStore

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return QdrantStore(QdrantClient(":memory:"), 64)


@pytest.fixture(params=["edge", "server"])
def store(request, tmp_path):
    store = EdgeStore(tmp_path / "edge", 64) if request.param == "edge" else server_store()
    store.upsert(points())
    yield store
    store.close()


def names(hits) -> list[str]:
    return [NAMES[hit.id] for hit in hits]


def sparse(store, query, filters=NO_FILTERS):
    return set(names(store.search_sparse(query_vector(query), 10, filters)))


def test_points_come_and_go(store):
    assert store.count() == 5
    assert store.ids() == set(NAMES)
    store.upsert(points())
    store.delete([next(iter(NAMES)), str(uuid.uuid4())])
    assert store.count() == 4
    store.wipe()
    assert store.ids() == set()


def test_search_both_ways(store):
    assert names(store.search_sparse(query_vector("Einwohner Lohsa"), 1, NO_FILTERS)) == ["lohsa"]
    assert names(store.search_dense(EMBEDDER.embed(["Preventionsrat Auerbach"])[0], 1, NO_FILTERS)) == ["november"]
    assert store.search_sparse(query_vector("der die das"), 5, NO_FILTERS) == []


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(), {"torgau", "lohsa", "november", "guideline", "undated"}),
        (Filters(published_from="2021-06-25"), {"torgau", "november"}),
        (Filters(published_to="2021-05"), {"lohsa", "guideline"}),
        (Filters(published_from="2021-11-15", published_to="2021-11-16"), {"november"}),
        (Filters(published_from="2021", published_to="2021"), {"torgau", "lohsa", "november"}),
        (Filters(as_of="2021-06-25"), {"torgau", "lohsa", "guideline"}),
        (Filters(as_of="2021-11-15"), {"torgau", "lohsa", "guideline"}),
        (Filters(as_of="2021-11-30"), {"torgau", "lohsa", "guideline", "november"}),
        (Filters(kinds=frozenset({"programme", "web"})), {"guideline", "undated"}),
        (Filters(documents=frozenset({"d-lohsa"})), {"lohsa"}),
        (Filters(as_of="2021", kinds=frozenset({"web"})), set()),
    ],
)
def test_filters_hold_in_both_ways(store, filters, wanted):
    assert set(names(store.search_dense(EMBEDDER.embed(["Allianz"])[0], 10, filters))) == wanted
    words = "Allianz Auerbach Anträge"
    assert sparse(store, words, filters) == wanted


def test_both_stores_give_the_same_scores(tmp_path):
    edge, server = EdgeStore(tmp_path / "edge", 64), server_store()
    for store in (edge, server):
        store.upsert(points())
    for query in ("Allianz Torgau", "Präventionsräte", "Frist 31. August"):
        for ours, theirs in (
            [s.search_sparse(query_vector(query), 5, NO_FILTERS) for s in (edge, server)],
            [s.search_dense(EMBEDDER.embed([query])[0], 5, NO_FILTERS) for s in (edge, server)],
        ):
            assert {h.id: h.score for h in ours} == pytest.approx({h.id: h.score for h in theirs}, abs=1e-5)
    edge.close()


def test_points_survive_closing(tmp_path):
    store = EdgeStore(tmp_path / "edge", 64)
    store.upsert(points())
    store.close()
    with pytest.raises(UnreadableStore):
        store.count()
    again = EdgeStore(tmp_path / "edge", 64)
    assert again.ids() == set(NAMES)
    again.close()


def test_second_opener_is_refused(tmp_path):
    store = EdgeStore(tmp_path / "edge", 64)
    with pytest.raises(FolderInUse):
        EdgeStore(tmp_path / "edge", 64)
    code = (
        "import sys; from pathlib import Path\n"
        "from index.store import EdgeStore; from ingest.errors import FolderInUse\n"
        "try: EdgeStore(Path(sys.argv[1]), 64)\n"
        "except FolderInUse: print('in use')"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "edge")], capture_output=True, text=True)
    assert run.stdout.strip() == "in use"
    store.close()


def test_wrong_dimension_and_damaged_files_are_named(tmp_path):
    store = EdgeStore(tmp_path / "edge", 64)
    store.upsert(points())
    store.close()
    with pytest.raises(UnreadableStore):
        EdgeStore(tmp_path / "edge", 32)
    (tmp_path / "edge" / "edge_config.json").write_text("{")
    with pytest.raises(UnreadableStore):
        EdgeStore(tmp_path / "edge", 64)


def test_reading_while_another_thread_writes(tmp_path):
    store = EdgeStore(tmp_path / "edge", 64)
    store.upsert(points())
    errors: list[BaseException] = []
    done = threading.Event()

    def read():
        try:
            while not done.is_set():
                assert "torgau" in [NAMES.get(h.id) for h in store.search_sparse(query_vector("Torgau"), 3, NO_FILTERS)]
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    vector = np.ones(64, dtype=np.float32) / 8
    for _ in range(100):
        extra = Point(str(uuid.uuid4()), "x", "web", None, None, document_vector("Haus"), vector)
        store.upsert([extra])
        store.delete([extra.id])
    done.set()
    for reader in readers:
        reader.join()
    store.close()
    assert not errors


def test_unreachable_server_is_one_of_our_errors():
    from index.store_server import QdrantStore

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(DataError, match="Qdrant-Server"):
            QdrantStore.connect("http://127.0.0.1:9", 64)
