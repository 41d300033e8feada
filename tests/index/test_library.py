import datetime
import os
import shutil
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest

import index.worker
from index.embedding import HashedEmbedder
from index.filters import Filters
from index.library import Library
from index.search import fuse
from ingest.errors import DataError, DocumentNotFound, FingerprintMismatch, FolderInUse

TODAY = datetime.date(2024, 1, 1)
RELEASES = {
    "torgau.txt": "Torgau tritt bei\n\nDresden, 25. Juni 2021\n\nTorgau ist der Allianz beigetreten. Die Stadt erhielt "
    "etwa 160.000 Euro Fördermittel vom Land.\n",
    "lohsa.txt": "Lohsa tritt bei\n\nDresden, 25. Mai 2021\n\nDie Gemeinde Lohsa hat etwa 5.200 Einwohner und ist der "
    "Allianz beigetreten.\n",
    "sub/auerbach.md": "# Auerbach gründet Präventionsrat\n\nAuerbach, 3. November 2021\n\nDer Kommunale "
    "Präventionsrat von Auerbach hat sich gegründet.\n",
}


@pytest.fixture
def inbox(tmp_path):
    for name, text in RELEASES.items():
        path = tmp_path / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "inbox"


@pytest.fixture
def library(tmp_path):
    with Library(tmp_path / "data") as library:
        yield library


def bring(library, *paths, **options):
    return library.ingest(paths, today=TODAY, **options)


def sources(library, query, **options):
    return [evidence.document.source for evidence in library.search(query, **options)]


def scores(library):
    queries = ("Präventionsräte", "Wie viele Einwohner hat Lohsa?", "Zuschuss für Torgau")
    return [[(e.passage.id, e.score, dict(e.scores)) for e in library.search(query)] for query in queries]


def test_ingest_search_and_again(library, inbox):
    report = bring(library, inbox)
    assert len(report.added) == 3
    assert sources(library, "Wie viele Einwohner hat Lohsa?")[0] == "lohsa.txt"
    assert sources(library, "Zuschuss Torgau")[0] == "torgau.txt"
    assert sources(library, "prevention council")[0] == "auerbach.md"
    best = library.search("Fördermittel Torgau", 1)[0]
    assert best.score == pytest.approx(1.0)
    assert best.text == best.document.text[best.passage.start : best.passage.end]
    again = bring(library, inbox)
    assert (again.unchanged, again.added, again.updated, again.failed) == (3, (), (), ())
    assert again.seconds < 0.5


def test_report_as_in_the_contract(library, inbox):
    (inbox / "copy.txt").write_text(RELEASES["torgau.txt"], encoding="utf-8")
    (inbox / "empty.txt").write_text("")
    report = bring(library, inbox, inbox / "missing.txt").to_json()
    assert list(report) == ["added", "updated", "unchanged", "removed", "duplicates", "failed", "seconds"]
    ids = {d.source: d.id for d in library.documents()}
    assert report["duplicates"] == [{"source": "torgau.txt", "of": ids["copy.txt"]}]
    assert {failure["source"] for failure in report["failed"]} == {"empty.txt", "missing.txt"}
    assert all(failure["error"] and failure["hint"] for failure in report["failed"])


def test_change_move_and_prune(library, inbox):
    bring(library, inbox)
    before = {d.source: d for d in library.documents()}
    (inbox / "torgau.txt").write_text(RELEASES["torgau.txt"].replace("160.000", "170.000"), encoding="utf-8")
    (inbox / "lohsa.txt").rename(inbox / "sub" / "lohsa-neu.txt")
    (inbox / "sub" / "auerbach.md").unlink()
    report = bring(library, inbox, prune=True)
    after = {d.source: d for d in library.documents()}
    assert set(report.updated) == {before["torgau.txt"].id, before["lohsa.txt"].id}
    assert report.removed == (before["auerbach.md"].id,)
    assert after["lohsa-neu.txt"].id == before["lohsa.txt"].id
    assert "170.000" in library.search("Torgau Euro", 1)[0].text
    assert sources(library, "Präventionsrat Auerbach gegründet") != ["auerbach.md"]
    assert library.catalogue.passage_ids() == library.keeper.opened().ids()
    assert len(list((library.folder / "originals").iterdir())) == 2


def test_new_file_at_the_old_place_of_a_moved_one(library, inbox):
    bring(library, inbox)
    (inbox / "lohsa.txt").rename(inbox / "moved.txt")
    bring(library, inbox)
    (inbox / "lohsa.txt").write_text("Lohsa zwei\n\nEin ganz anderer Text über Lohsa.\n", encoding="utf-8")
    bring(library, inbox)
    assert {d.source for d in library.documents()} == {"torgau.txt", "moved.txt", "lohsa.txt", "auerbach.md"}


def test_withdraw(library, inbox):
    bring(library, inbox)
    id = next(d.id for d in library.documents() if d.source == "lohsa.txt")
    assert library.remove([id[:13]]) == [id]
    assert "lohsa.txt" not in sources(library, "Lohsa Einwohner")
    assert id not in {d.id for d in library.documents()}
    assert library.document(id).status == "withdrawn"
    assert library.idf(["lohsa"])["lohsa"] > library.idf(["torgau"])["torgau"]
    bring(library, inbox)
    assert library.document(id).status == "withdrawn"
    bring(library, inbox / "lohsa.txt")
    assert sources(library, "Lohsa Einwohner")[0] == "lohsa.txt"
    with pytest.raises(DocumentNotFound):
        library.remove([id, "nosuch"])
    assert library.document(id).status == "current"


def test_filters_reach_the_search(library, inbox):
    bring(library, inbox)
    assert "lohsa.txt" in sources(library, "Allianz beigetreten", filters=Filters(as_of="2021-06-01"))
    assert "torgau.txt" not in sources(library, "Allianz beigetreten", filters=Filters(as_of="2021-06-01"))
    assert set(sources(library, "Allianz", filters=Filters(published_from="2021-06"))) >= {"torgau.txt"}


def test_upload(library):
    text = RELEASES["torgau.txt"].encode()
    first = library.ingest_bytes("C:\\in\\torgau.txt", text, today=TODAY)
    assert library.document(first.added[0]).origin == "upload:torgau.txt"
    assert library.original(first.added[0]).read_bytes() == text
    assert library.ingest_bytes("torgau.txt", text, today=TODAY).unchanged == 1
    assert library.ingest_bytes("../torgau.txt", text + b"Mehr.\n", today=TODAY).updated == first.added
    assert library.ingest_bytes("virus.exe", b"x", today=TODAY).failed[0].hint


def test_reader_that_breaks_stops_nobody(library, inbox, monkeypatch, capfd):
    real = index.worker.read_document

    def broken(path, *, origin, source, today):
        if source == "lohsa.txt":
            raise ZeroDivisionError("inside a parser")
        return real(path, origin=origin, source=source, today=today)

    monkeypatch.setattr(index.worker, "read_document", broken)
    report = bring(library, inbox)
    assert len(report.added) == 2
    assert report.failed[0].source == "lohsa.txt"
    assert "ZeroDivision" not in report.failed[0].error
    assert capfd.readouterr().err == ""
    assert not [p for p in (library.folder / "originals").iterdir() if p.name.startswith(".")]


def test_embedding_that_gives_nan_fails_the_file_and_stores_nothing(tmp_path, inbox):
    class Broken(HashedEmbedder):
        def embed(self, texts):
            return np.full((len(texts), self.dimension), np.nan, dtype=np.float32)

    with Library(tmp_path / "data", embedder=Broken()) as library:
        report = bring(library, inbox)
        assert len(report.failed) == 3
        assert "NaN" in report.failed[0].error
        assert library.catalogue.passage_count() == library.keeper.opened().count() == 0


@pytest.mark.parametrize("damage", ["index folder", "edge folder", "state", "config", "points"])
def test_lost_index_is_made_again_with_the_same_results(tmp_path, inbox, damage):
    data = tmp_path / "data"
    with Library(data) as library:
        bring(library, inbox)
        wanted = scores(library)
        if damage == "points":
            with library.keeper.writing() as store:
                store().delete(sorted(store().ids())[:1])
    if damage == "index folder":
        shutil.rmtree(data / "index")
    if damage == "edge folder":
        shutil.rmtree(data / "index" / "edge-1")
    if damage == "state":
        (data / "index" / "state.json").write_text("{")
    if damage == "config":
        (data / "index" / "edge-1" / "edge_config.json").write_text("{")
    with Library(data) as library:
        assert scores(library) == wanted


CRASH = """
import os, signal, sys, datetime
from pathlib import Path
from index.catalogue import Catalogue
from index.library import Library
step, data, inbox = sys.argv[1:]
library = Library(Path(data))
if step == "before commit":
    Catalogue.put = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
else:
    put = Catalogue.put
    Catalogue.put = lambda *a, **k: (put(*a, **k), os.kill(os.getpid(), signal.SIGKILL))
library.ingest([Path(inbox)], today=datetime.date(2024, 1, 1))
"""


@pytest.mark.parametrize(("step", "figure"), [("before commit", "160.000"), ("after commit", "170.000")])
def test_kill_leaves_a_document_wholly_old_or_wholly_new(tmp_path, inbox, step, figure):
    with Library(tmp_path / "data") as library:
        bring(library, inbox)
    (inbox / "torgau.txt").write_text(RELEASES["torgau.txt"].replace("160.000", "170.000"), encoding="utf-8")
    run = subprocess.run([sys.executable, "-c", CRASH, step, str(tmp_path / "data"), str(inbox)])
    assert run.returncode == -signal.SIGKILL
    with Library(tmp_path / "data") as library:
        found = library.search("Torgau Euro Fördermittel", 1)[0]
        assert figure in found.text
        assert figure in found.document.text
        assert library.catalogue.passage_ids() == library.keeper.opened().ids()
        assert len(library.documents()) == 3
        report = bring(library, inbox)
        assert "170.000" in library.search("Torgau Euro Fördermittel", 1)[0].text
        assert len(report.updated) == (step == "before commit")
        assert not [p for p in (library.folder / "originals").iterdir() if p.name.startswith(".")]


def test_second_process_may_list_but_not_search(tmp_path, inbox):
    code = (
        "import sys; from pathlib import Path\n"
        "from index.library import Library; from ingest.errors import FolderInUse\n"
        "library = Library(Path(sys.argv[1])); print(len(library.documents()))\n"
        "try: library.search('Torgau')\n"
        "except FolderInUse as error: print(error.hint)"
    )
    with Library(tmp_path / "data") as library:
        bring(library, inbox)
        run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "data")], capture_output=True, text=True)
        with Library(tmp_path / "data") as second, pytest.raises(FolderInUse):
            second.search("Torgau")
    assert run.stdout == f"3\n{FolderInUse.hint}\n"


def test_other_rules_ask_for_a_rebuild(tmp_path, inbox):
    with Library(tmp_path / "data") as library:
        bring(library, inbox)
        id = next(d.id for d in library.documents() if d.source == "lohsa.txt")
        library.remove([id])
    with Library(tmp_path / "data", embedder=HashedEmbedder(64)) as library:
        assert len(library.documents()) == 2
        for command in (lambda: library.search("Torgau"), lambda: bring(library, inbox)):
            with pytest.raises(FingerprintMismatch) as caught:
                command()
            assert "--rebuild" in caught.value.hint
        report = bring(library, inbox, rebuild=True)
        assert report.unchanged == 3
        assert sources(library, "Torgau")[0] == "torgau.txt"
        assert library.document(id).status == "withdrawn"
    with Library(tmp_path / "data", embedder=HashedEmbedder(64)) as library:
        assert sources(library, "Torgau")[0] == "torgau.txt"


def test_rebuild_without_originals_keeps_the_stored_texts(library, inbox):
    bring(library, inbox)
    before, wanted = library.documents(), scores(library)
    shutil.rmtree(library.folder / "originals")
    (library.folder / "originals").mkdir()
    library.ingest([], rebuild=True, today=TODAY)
    assert library.documents() == before
    assert scores(library) == wanted


def test_threads_read_while_one_writes(library, inbox):
    bring(library, inbox)
    errors: list[BaseException] = []
    done = threading.Event()

    def read():
        try:
            while not done.is_set():
                for evidence in library.search("Torgau Euro Fördermittel"):
                    assert evidence.text
                    assert evidence.passage.end <= len(evidence.document.text)
                assert len(library.documents()) == 3
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(8):
        text = RELEASES["torgau.txt"].replace("160.000", f"{number}70.000")
        (inbox / "torgau.txt").write_text(text * (1 + number % 3), encoding="utf-8")
        bring(library, inbox)
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []


def test_progress_and_private_folders(library, inbox):
    seen = []
    bring(library, inbox, progress=seen.append)
    assert [(p.done, p.total) for p in seen] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    for name in ("", "index", "originals"):
        assert os.stat(library.folder / name).st_mode & 0o777 == 0o700


def test_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError):
        Library(tmp_path / "file" / "data")


def test_fusion_by_hand():
    raw = {"lexical": {"a": 10.0, "b": 5.0}, "dense": {"b": 0.8, "c": 0.4, "d": -0.2}}
    joined = fuse(raw, {"lexical": 0.75, "dense": 0.25})
    assert joined == pytest.approx({"a": 0.75, "b": 0.75 * 0.5 + 0.25, "c": 0.125, "d": 0.0})
    assert fuse({"lexical": {}, "dense": {"a": -1.0}}, {"lexical": 0.5, "dense": 0.5}) == {}


def test_empty_library_and_empty_query(library, inbox):
    assert library.search("Torgau") == []
    bring(library, inbox)
    assert library.search("  ") == []
    assert library.search("Torgau", 0) == []


def test_import_is_light():
    code = "import sys, index.library; print(sorted({m.split('.')[0] for m in sys.modules}))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("llama_index", "qdrant_client", "torch", "fastapi", "gradio", "lxml", "pypdfium2"):
        assert f"'{heavy}'" not in found
