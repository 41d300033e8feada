"""`models` and the settings that name models, as real processes meet them; the hub is one on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.hub import Hub, hub
from support.models import bert_reranker, static_embedding
from support.processes import Result, call

TEXT = "---\ntitle: Torgau tritt bei\ndate: 2021-06-25\n---\nTorgau ist der Allianz am 25. Juni 2021 beigetreten.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models and documents."""
    folder = tmp_path_factory.mktemp("made")
    static_embedding(folder / "e5-tiny")
    bert_reranker(folder / "reranker")
    (folder / "gguf").mkdir()
    (folder / "gguf" / "model.gguf").write_bytes(b"GGUF")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "torgau.md").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def server(made: Path) -> Iterator[Hub]:
    with hub({"tiny/e5-tiny": made / "e5-tiny", "tiny/gguf": made / "gguf"}) as found:
        yield found


def get(data: Path, server: Hub, name: str) -> Result:
    return call(data, "models", "get", name, HF_ENDPOINT=server.url, HF_HUB_OFFLINE="0")


def left(data: Path) -> list[str]:
    """What lies in the folder of models, the lock aside."""
    return sorted(path.name for path in (data / "models").iterdir() if path.name != ".lock")


def test_without_settings_the_shipped_model_is_used(tmp_path: Path):
    result = call(tmp_path / "data", "models", "--json")
    assert (result.code, result.err) == (0, "")
    (used,) = result.json["used"]
    assert (used["kind"], used["shipped"], used["loads"], used["dimension"]) == ("embedding", True, True, 256)
    assert result.json["installed"] == []
    assert "mitgeliefert" in call(tmp_path / "data", "models", "list").out
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_a_model_is_fetched_and_used_by_its_name(made: Path, server: Hub, tmp_path: Path):
    data = tmp_path / "data"
    assert call(data, "ingest", made / "inbox").code == 0
    fetched = get(data, server, "tiny/e5-tiny")
    assert fetched.code == 0
    assert 'embedding = "tiny/e5-tiny"' in fetched.out
    assert "--rebuild" in fetched.out
    assert left(data) == ["tiny"]
    assert {p.name for p in (data / "models" / "tiny" / "e5-tiny").iterdir()} >= {"modules.json", "model.safetensors"}
    (data / "config.toml").write_text(
        f'embedding = "tiny/e5-tiny"\nreranker = "{made / "reranker"}"\n', encoding="utf-8"
    )
    server.asked.clear()
    other = call(data, "search", "Torgau", HF_ENDPOINT=server.url)
    assert other.code == 2
    assert "ingest --rebuild" in other.err
    assert call(data, "doctor", "--json").code == 1
    assert call(data, "ingest", "--rebuild", HF_ENDPOINT=server.url).code == 0
    found = call(data, "search", "Wann ist Torgau beigetreten?", "--json", HF_ENDPOINT=server.url)
    assert found.code == 0
    assert 0.0 < found.json["hits"][0]["score"] < 1.0
    asked = call(data, "ask", "Wann ist Torgau der Allianz beigetreten?", "--json", HF_ENDPOINT=server.url)
    assert asked.json["status"] == "answered"
    assert asked.err == ""
    assert call(data, "ask", "Wer baute die Brücke von Genua?", "--json").json["status"] == "no_evidence"
    assert server.asked == []  # nothing but `models get` goes there
    listed = call(data, "models", "--json")
    assert listed.code == 0
    assert [(row["kind"], row["loads"]) for row in listed.json["used"]] == [("embedding", True), ("reranker", True)]
    assert listed.json["used"][0]["prompts"] == {"query": "query: ", "text": "passage: "}
    assert [(row["name"], row["kind"]) for row in listed.json["installed"]] == [("tiny/e5-tiny", "embedding")]
    checks = {row["name"]: row for row in call(data, "doctor", "--json").json["checks"]}
    assert "tiny/e5-tiny" in checks["models"]["message"]
    assert (checks["models"]["result"], checks["rules"]["result"]) == ("ok", "ok")


def test_a_name_that_does_not_exist_leaves_nothing(server: Hub, tmp_path: Path):
    result = get(tmp_path, server, "tiny/nothing")
    assert result.code == 2
    assert "»tiny/nothing« gibt es nicht" in result.err
    assert "Anbieter/Modell" in result.err
    assert left(tmp_path) == []


def test_a_repository_without_a_usable_model_leaves_nothing(server: Hub, tmp_path: Path):
    result = get(tmp_path, server, "tiny/gguf")
    assert result.code == 2
    assert "GGUF" in result.err
    assert left(tmp_path) == []


def test_what_breaks_off_in_the_middle_leaves_nothing_and_keeps_a_former_copy(server: Hub, tmp_path: Path):
    server.broken = "model.safetensors"
    assert "500" in get(tmp_path, server, "tiny/e5-tiny").err
    assert left(tmp_path) == []
    server.broken = ""
    assert get(tmp_path, server, "tiny/e5-tiny").code == 0
    server.broken = "model.safetensors"
    (tmp_path / "models" / ".holen-killed").mkdir()
    assert get(tmp_path, server, "tiny/e5-tiny").code == 2
    assert left(tmp_path) == ["tiny"]
    assert (tmp_path / "models" / "tiny" / "e5-tiny" / "model.safetensors").is_file()


def test_a_closed_network_is_said(tmp_path: Path):
    closed = call(tmp_path, "models", "get", "tiny/e5-tiny", HF_ENDPOINT="http://127.0.0.1:9", HF_HUB_OFFLINE="0")
    assert closed.code == 2
    assert "nicht erreichbar" in closed.err
    offline = call(tmp_path, "models", "get", "tiny/e5-tiny", HF_HUB_OFFLINE="1")
    assert offline.code == 2
    assert "HF_HUB_OFFLINE" in offline.err


def test_a_model_that_is_missing_is_named_by_every_command_that_needs_it(made: Path, tmp_path: Path):
    data = tmp_path / "data"
    assert call(data, "ingest", made / "inbox").code == 0
    (data / "config.toml").write_text('embedding = "some/model"\n', encoding="utf-8")
    for command in (["search", "Torgau"], ["ingest", made / "inbox"], ["ask", "Wann?"]):
        result = call(data, *command)
        assert result.code == 2
        assert "auskunft models get some/model" in " ".join(result.err.split())
    listed = call(data, "models")
    assert listed.code == 1
    assert "some/model" in listed.out
    checks = {row["name"]: row for row in call(data, "doctor", "--json").json["checks"]}
    assert checks["models"]["result"] == "fail"
    assert call(data, "documents").code == 0


def test_a_name_is_needed(tmp_path: Path):
    assert "Name" in call(tmp_path, "models", "get").err
    assert call(tmp_path, "models", "list", "x").code == 2
