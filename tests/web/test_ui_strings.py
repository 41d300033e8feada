"""Both languages say the same things, and nothing is said that no page asks for."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

import app.web
from app.web.strings import strings

FOLDER = Path(app.web.__file__).parent
TABLES = tomllib.loads((FOLDER.parent / "data" / "ui.toml").read_text(encoding="utf-8"))
# Keys that are put together from a prefix and a word of the data.
BUILT = re.compile(
    r"(status|docstatus|mode|kind|docs_col|help|imprint|privacy|accessibility|theme|docs_result|docs_upload|day)_.+|"
    r"docs_(withdraw|forget)(_.+)?|register_(kind|kinds|col|state|do|info|said|who)_.+|"
    r"quality_(metric|what|word|by|col|result)_.+|feedback_reason_.+"
)


def placeholders(text: str | list[str]) -> list[str]:
    if isinstance(text, list):
        return [str(len(text))]
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})


def test_same_keys() -> None:
    assert list(TABLES["de"]) == list(TABLES["en"])


@pytest.mark.parametrize("key", TABLES["de"])
def test_same_placeholders(key: str) -> None:
    if key in ("day_format", "register_yearly_day"):  # the languages write a day from different parts
        return
    assert placeholders(TABLES["de"][key]) == placeholders(TABLES["en"][key])


def test_nothing_is_empty() -> None:
    assert all(value for table in TABLES.values() for value in table.values())


def test_every_key_is_used_and_every_used_key_exists() -> None:
    files = [*FOLDER.rglob("*.py"), *FOLDER.glob("static/*.js"), *FOLDER.parent.joinpath("memo").glob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    code = code.replace("self.table", "")
    unused = [k for k in TABLES["de"] if not BUILT.fullmatch(k) and not re.search(rf"\b{k}\b", code)]
    assert unused == []
    asked = set(re.findall(r"""\bt\(\s*["']([a-z_]+)["']""", code)) | set(re.findall(r"texts\.([a-z_]+)", code))
    assert asked - set(TABLES["de"]) - {"lang"} == set()  # the page adds its language


def test_missing_key_and_placeholder_raise() -> None:
    t = strings("de")
    with pytest.raises(KeyError):
        t("no_such_key")
    with pytest.raises(KeyError):
        t("page", number=1)


def test_unknown_language_is_german() -> None:
    assert strings("fr").lang == "de"
    assert strings("en")("page", page=3) == "Page 3"


def names(language: dict[str, dict[str, str]]) -> list[str]:
    return [f"{group}.{name}" for group, words in language.items() for name in words]


def test_labels_of_the_register_exist_in_both_languages() -> None:
    table = tomllib.loads((FOLDER.parent / "data" / "labels.toml").read_text(encoding="utf-8"))
    assert names(table["de"]) == names(table["en"])
