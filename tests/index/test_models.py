"""Embeddings by name or folder: found on this machine, loaded without the network, with the prompts they want."""

from __future__ import annotations

import datetime
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.models import bert_embedding, bert_reranker, change, static_embedding

from index.library import Library
from index.models.errors import ExtraMissing, FolderMissing, ModelBroken, ModelMissing
from index.models.folders import ModelFolder, find, installed
from index.models.neural import ModelEmbedder
from index.models.prompts import Prompts, prompts_of
from ingest.errors import DataError, FingerprintMismatch

TEXTS = ["Torgau tritt der Allianz bei", "Wann ist die Frist"]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No address is asked for, not even by somebody who would put up with getting none."""
    asked: list[object] = []

    def refuse(host: object, *_: object, **__: object) -> None:
        asked.append(host)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield
    assert asked == []


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models as `models get` fills it."""
    folder = tmp_path_factory.mktemp("models")
    static_embedding(folder / "tiny" / "static")
    static_embedding(folder / "tiny" / "e5-small")
    bert_embedding(folder / "tiny" / "bert")
    bert_reranker(folder / "tiny" / "reranker")
    return folder


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    path = tmp_path / "torgau.txt"
    path.write_text("Torgau tritt bei\n\nDresden, 25. Juni 2021\n\nTorgau ist der Allianz beigetreten.\n")
    return path


@pytest.mark.parametrize("name", ["tiny/static", "tiny/e5-small", "tiny/bert"])
def test_vectors_are_those_of_sentence_transformers(models: Path, name: str):
    from sentence_transformers import SentenceTransformer

    embedder = ModelEmbedder(name, models)
    bare = SentenceTransformer(str(models / name), device="cpu", local_files_only=True)
    query, text = ("query: ", "passage: ") if "e5" in name else ("", "")
    wanted = bare.encode([text + t for t in TEXTS], prompt="", normalize_embeddings=True)
    assert embedder.embed(TEXTS) == pytest.approx(wanted, abs=1e-5)
    asked = bare.encode([query + TEXTS[1]], prompt="", normalize_embeddings=True)[0]
    assert embedder.embed_query(TEXTS[1]) == pytest.approx(asked, abs=1e-5)
    assert embedder.embed([]).shape == (0, embedder.dimension) == (0, 16)
    assert np.linalg.norm(embedder.embed(TEXTS), axis=1) == pytest.approx(np.ones(2), abs=1e-6)


def test_a_model_is_found_by_name_and_by_folder(models: Path):
    assert find("tiny/static", models) == ModelFolder("tiny/static", models / "tiny" / "static")
    assert find(str(models / "tiny" / "static"), models).path == models / "tiny" / "static"
    assert [folder.name for folder in installed(models)] == [
        "tiny/bert",
        "tiny/e5-small",
        "tiny/reranker",
        "tiny/static",
    ]
    assert [folder.kind for folder in installed(models)] == ["embedding", "embedding", "reranker", "embedding"]
    assert installed(models / "nothing") == []


def test_a_model_that_another_program_fetched_is_found(models: Path, tmp_path: Path):
    snapshot = tmp_path / "hub" / "models--some--model" / "snapshots" / "0123"
    shutil.copytree(models / "tiny" / "static", snapshot)
    refs = tmp_path / "hub" / "models--some--model" / "refs"
    refs.mkdir()
    (refs / "main").write_text("0123")
    code = (
        "import sys, pathlib; from index.models.folders import find; print(find('some/model', pathlib.Path('x')).path)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env={"HF_HUB_CACHE": str(tmp_path / "hub"), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(run.stdout.strip()) == snapshot


def test_what_is_missing_is_named_with_what_to_do(models: Path, tmp_path: Path):
    with pytest.raises(ModelMissing, match="some/model") as caught:
        ModelEmbedder("some/model", models).embed(TEXTS)
    assert "auskunft models get some/model" in caught.value.hint
    with pytest.raises(FolderMissing, match="nowhere"):
        find(str(tmp_path / "nowhere"), models)
    with pytest.raises(ModelMissing):
        find("tiny/../static", models)


def test_a_folder_without_a_model_or_with_a_broken_one_is_named(models: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelBroken, match="kein Modell"):
        ModelEmbedder(str(tmp_path / "empty"), models).embed(TEXTS)
    for name, content in (("model.safetensors", b"\0" * 40), ("tokenizer.json", b"{"), ("modules.json", b"{")):
        broken = shutil.copytree(models / "tiny" / "static", tmp_path / name)
        (broken / name).write_bytes(content)
        with pytest.raises(ModelBroken, match="nicht lesbar") as caught:
            ModelEmbedder(str(broken), models).embed(TEXTS)
        assert str(broken) in caught.value.message
        assert caught.value.hint
    with pytest.raises(ModelBroken, match="Nachordner"):
        ModelEmbedder("tiny/reranker", models).embed(TEXTS)


def test_missing_packages_are_named(models: Path):
    code = (
        "import sys, pathlib; sys.modules['sentence_transformers'] = None\n"
        "from index.models.errors import ExtraMissing\nfrom index.models.neural import ModelEmbedder\n"
        "try:\n    ModelEmbedder('tiny/static', pathlib.Path(sys.argv[1])).dimension\n"
        "except ExtraMissing as error: print(error.message, error.hint)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(models)], capture_output=True, text=True, check=True)
    assert "sentence_transformers" in run.stdout
    assert "pip install '.[models]'" in run.stdout
    assert issubclass(ExtraMissing, DataError)


def test_nothing_heavy_is_loaded_before_the_first_text(models: Path):
    code = (
        "import sys, pathlib; from index.models.neural import ModelEmbedder\n"
        "ModelEmbedder('tiny/static', pathlib.Path(sys.argv[1])).name\n"
        "print({'torch', 'llama_index', 'sentence_transformers', 'transformers'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(models)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


# --- prompts


def named(tmp_path: Path, name: str) -> ModelFolder:
    folder = tmp_path / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text("{}")
    return ModelFolder(name, folder)


@pytest.mark.parametrize(
    ("name", "query", "text"),
    [
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("intfloat/e5-base-v2", "query: ", "passage: "),
        ("intfloat/multilingual-e5-large-instruct", "Instruct: ", ""),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("Snowflake/snowflake-arctic-embed-m", "Represent this sentence", ""),
        ("Qwen/Qwen3-Embedding-0.6B", "Instruct: ", ""),
        ("deepset-mxbai-embed-de-large-v1", "query: ", "passage: "),
        ("sentence-transformers/all-MiniLM-L6-v2", "", ""),
        ("some/model5-base", "", ""),
    ],
)
def test_known_families_get_their_prompts(tmp_path: Path, name: str, query: str, text: str):
    found = prompts_of(named(tmp_path, name), tmp_path)
    assert (found.query.startswith(query), bool(found.query), found.text) == (True, bool(query), text)


def test_the_models_own_prompts_come_first_and_a_table_of_the_user_second(tmp_path: Path):
    folder = named(tmp_path, "intfloat/e5-small")
    table = tmp_path / "prompts.toml"
    table.write_text("[[model]]\nmatch = 'e5'\nquery = 'Frage: '\n", encoding="utf-8")
    assert prompts_of(folder, tmp_path) == Prompts("Frage: ", "")
    own = folder.path / "config_sentence_transformers.json"
    own.write_text("{}")
    change(own, prompts={"query": "", "document": ""})  # what is saved where nothing is known
    assert prompts_of(folder, tmp_path) == Prompts("Frage: ", "")
    change(own, prompts={"query": "Q: ", "document": ""})
    assert prompts_of(folder, tmp_path) == Prompts("Q: ", "")
    table.write_text("[[model]]\nmatch = '('\n", encoding="utf-8")
    change(own, prompts={})
    with pytest.raises(DataError, match=r"prompts\.toml"):
        prompts_of(folder, tmp_path)


def test_own_prompts_are_put_before_the_texts(tmp_path: Path):
    folder = static_embedding(tmp_path / "own", prompts={"query": "query: ", "document": "passage: "})
    bare = static_embedding(tmp_path / "bare")
    embedder, plain = (ModelEmbedder(str(path), tmp_path) for path in (folder, bare))
    assert embedder.embed_query("Torgau") == pytest.approx(plain.embed_query("query: Torgau"), abs=1e-6)
    assert embedder.embed(["Torgau"]) == pytest.approx(plain.embed(["passage: Torgau"]), abs=1e-6)


# --- in a library


def test_another_model_asks_for_a_rebuild(models: Path, tmp_path: Path, inbox: Path):
    today = datetime.date(2024, 1, 1)
    with Library(tmp_path / "data") as library:
        library.ingest([inbox], today=today)
    with Library(tmp_path / "data", embedder=ModelEmbedder("tiny/static", models)) as library:
        with pytest.raises(FingerprintMismatch) as caught:
            library.search("Torgau")
        assert "ingest --rebuild" in caught.value.hint
        library.ingest([], rebuild=True, today=today)
        assert library.search("Torgau")[0].scores["dense"] > 0
    with (
        Library(tmp_path / "data", embedder=ModelEmbedder("tiny/e5-small", models)) as library,
        pytest.raises(FingerprintMismatch),
    ):
        library.search("Torgau")


def test_name_and_prompts_tell_models_apart(models: Path, tmp_path: Path):
    first = ModelEmbedder("tiny/static", models).name
    assert first == ModelEmbedder("tiny/static", models).name
    other = tmp_path / "tiny" / "static"
    static_embedding(other, seed=2)
    assert ModelEmbedder("tiny/static", tmp_path).name != first
    shutil.rmtree(other)
    shutil.copytree(models / "tiny" / "static", other)
    assert ModelEmbedder("tiny/static", tmp_path).name == first
    (tmp_path / "prompts.toml").write_text("[[model]]\nmatch = 'static'\nquery = 'Frage: '\n", encoding="utf-8")
    assert ModelEmbedder("tiny/static", tmp_path).name != first


def test_lists_need_no_model(tmp_path: Path, inbox: Path):
    with Library(tmp_path / "data") as library:
        library.ingest([inbox], today=datetime.date(2024, 1, 1))
    with Library(tmp_path / "data", embedder=ModelEmbedder("some/model", tmp_path)) as library:
        assert len(library.documents()) == 1
        with pytest.raises(ModelMissing):
            library.search("Torgau")
