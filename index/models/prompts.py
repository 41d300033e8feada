"""What an embedding wants before questions and passages: the model's own words, else by the table `prompts.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.models.folders import ModelFolder
from ingest.errors import DataError

TABLE = "prompts.toml"
_SHIPPED = Path(__file__).parent / TABLE


@dataclass(frozen=True, slots=True)
class Prompts:
    """What stands before a question, and before a passage."""

    query: str = ""
    text: str = ""


def prompts_of(folder: ModelFolder, models: Path) -> Prompts:
    """The prompts of a model; a table of the user in the folder `models` comes before the shipped one.

    Raises:
        DataError: a table is not readable.
    """
    shipped = _table(_SHIPPED)
    own = _own(folder, shipped["names"])
    if own.query or own.text:
        return own
    entries = [*_table(models / TABLE).get("model", []), *shipped["model"]]
    names = (folder.name, str(folder.read("config.json").get("_name_or_path", "")))
    return next((prompts for entry in entries if (prompts := _by(entry, names))), Prompts())


def _own(folder: ModelFolder, names: dict[str, list[str]]) -> Prompts:
    """What the model says itself; sentence-transformers writes empty ones for models that know of none."""
    said = folder.settings.get("prompts")
    said = said if isinstance(said, dict) else {}
    found = {key: next((str(said[n]) for n in names[key] if said.get(n)), "") for key in ("query", "text")}
    return Prompts(**found)


def _by(entry: Any, names: tuple[str, ...]) -> Prompts | None:
    try:
        matches = any(re.search(entry["match"], name, re.IGNORECASE) for name in names)
        return Prompts(str(entry.get("query", "")), str(entry.get("text", ""))) if matches else None
    except (KeyError, TypeError, AttributeError, re.error) as error:
        hint = "Ein Eintrag [[model]] braucht »match« (ein regulärer Ausdruck), dazu »query« und »text«."
        raise DataError(f"In der Tabelle {TABLE} ist ein Eintrag nicht verständlich: {error}", hint) from error


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"Die Tabelle {path} ist nicht lesbar: {error}", "Bitte die Datei berichtigen.") from error
