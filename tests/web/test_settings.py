"""Settings: sources, precedence, mistakes, and that loading changes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.access import hash_password
from app.settings import Settings, SettingsError, load_settings


def write(folder: Path, text: str, name: str = "config.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_are_loopback_and_log_nothing(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, environ={})
    assert (settings.host, settings.port, settings.log_questions) == ("127.0.0.1", 7860, False)
    assert settings.data == tmp_path


def test_default_folder_is_the_users(tmp_path: Path) -> None:
    assert load_settings(environ={}).data == Path("~/.local/share/auskunft").expanduser()


def test_loading_creates_no_folder(tmp_path: Path) -> None:
    load_settings(tmp_path / "new", environ={})
    assert list(tmp_path.iterdir()) == []


def test_file_in_the_data_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, 'programme = "P"\nport = 8000\nhosts = ["a.example"]')
    settings = load_settings(tmp_path, environ={})
    assert (settings.programme, settings.port, settings.hosts) == ("P", 8000, ("a.example",))


def test_named_file_wins_and_its_folder_is_used(tmp_path: Path) -> None:
    write(tmp_path, 'title = "inner"')
    outer = write(tmp_path, 'title = "outer"\ndata = "documents"', "other.toml")
    assert load_settings(environ={"AUSKUNFT_CONFIG": str(outer)}).data == tmp_path / "documents"
    settings = load_settings(tmp_path, outer, environ={})
    assert (settings.title, settings.data) == ("outer", tmp_path)


def test_argument_beats_environment(tmp_path: Path) -> None:
    environ = {"AUSKUNFT_DATA": str(tmp_path / "a")}
    assert load_settings(environ=environ).data == tmp_path / "a"
    assert load_settings(tmp_path / "b", environ=environ).data == tmp_path / "b"


def test_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        load_settings(config=tmp_path / "gone.toml", environ={})


def test_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "log_question = true")
    with pytest.raises(SettingsError, match="log_question") as caught:
        load_settings(tmp_path, environ={})
    assert "»log_questions«" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        'port = "80"',
        "port = true",
        "port = 70000",
        "title = 1",
        'hosts = "a"',
        "hosts = [1]",
        'language = "fr"',
        "retention_days = 0",
        "maintainers = [{login = 'a'}]",
        "port = ",
    ],
)
def test_wrong_values_are_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsError):
        load_settings(tmp_path, environ={})


def test_plain_password_is_refused(tmp_path: Path) -> None:
    write(tmp_path, 'maintainers = [{login = "a", hash = "geheim"}]')
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, environ={})
    assert "geheim" not in caught.value.message + caught.value.hint


def test_maintainers_and_text_files(tmp_path: Path) -> None:
    (tmp_path / "impressum.txt").write_text("Stadt Muster", encoding="utf-8")
    stored = hash_password("x")
    write(tmp_path, f'imprint_file = "impressum.txt"\n[[maintainers]]\nlogin = "a"\nhash = "{stored}"')
    settings = load_settings(tmp_path, environ={})
    assert settings.imprint == "Stadt Muster"
    assert settings.maintainers[0].login == "a"
    assert stored not in repr(settings)


def test_missing_text_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, 'privacy_file = "fehlt.txt"')
    with pytest.raises(SettingsError, match=r"fehlt\.txt"):
        load_settings(tmp_path, environ={})


def test_settings_are_immutable() -> None:
    with pytest.raises(AttributeError):
        Settings().port = 1  # type: ignore[misc]


def test_import_is_light() -> None:
    code = "import sys, app.settings; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"tomllib", "fastapi", "gradio", "pydantic", "sqlalchemy", "difflib", "hashlib"} & set(loaded)


def test_models_are_named_or_lie_where_the_file_says(tmp_path: Path) -> None:
    write(tmp_path, 'embedding = "intfloat/multilingual-e5-small"\nreranker = "./nachordner"\nmodels = "modelle"')
    settings = load_settings(tmp_path, environ={})
    assert settings.embedding == "intfloat/multilingual-e5-small"
    assert settings.reranker == str(tmp_path / "nachordner")
    assert settings.models_folder == tmp_path / "modelle"
    assert Settings(data=tmp_path).models_folder == tmp_path / "models"


def test_shares_may_be_whole_numbers(tmp_path: Path) -> None:
    write(tmp_path, "rerank_weight = 1\nprefer_recent = 0.1\nprefer_issuer = 0")
    settings = load_settings(tmp_path, environ={})
    assert (settings.rerank_weight, settings.prefer_recent, settings.prefer_issuer) == (1.0, 0.1, 0.0)


@pytest.mark.parametrize(
    "text",
    ["rerank_weight = 1.1", "rerank_weight = '1'", "rerank_weight = nan", "prefer_recent = 0.6", "rerank_depth = 0",
     "prefer_issuer = -0.1", "rerank_weight = true", "embedding = 3", "models = 3"],
)  # fmt: skip
def test_wrong_numbers_of_the_search_are_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsError):
        load_settings(tmp_path, environ={})
