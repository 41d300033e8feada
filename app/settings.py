"""Settings of one installation: what programme it serves, where, and under whose responsibility.

Read from TOML (`--config FILE`, else AUSKUNFT_CONFIG, else `<data>/config.toml`). Loading creates nothing,
and importing this module stays cheap: the command line waits for it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ingest.errors import AuskunftError

DATA_VARIABLE = "AUSKUNFT_DATA"
CONFIG_VARIABLE = "AUSKUNFT_CONFIG"
CONFIG_NAME = "config.toml"
LANGUAGES = ("de", "en")
HASH_PREFIX = "scrypt$"

# Long texts may stand in the settings file itself or in a file of their own (`imprint_file = "impressum.txt"`).
_TEXTS = ("imprint", "privacy", "accessibility")
# A model is named by a folder where it begins like one, else by its name.
_FOLDER_MARKS = ("/", "~", "./", "../")
_SHARES = {"rerank_weight": 1.0, "prefer_recent": 0.5, "prefer_issuer": 0.5}


class SettingsError(AuskunftError):
    """The settings file cannot be used as it is."""

    hint = "Bitte die Einstellungsdatei berichtigen; README.md nennt alle Einstellungen."


@dataclass(frozen=True, slots=True)
class Maintainer:
    """A person who may change the collection: login name and scrypt hash, never a password."""

    login: str
    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation can decide. Field names are the keys of the TOML file."""

    data: Path = Path("~/.local/share/auskunft")
    host: str = "127.0.0.1"
    port: int = 7860
    hosts: tuple[str, ...] = ()
    language: str = "de"
    title: str = "Auskunft"
    programme: str = ""
    contact: str = ""
    imprint: str = ""
    privacy: str = ""
    accessibility: str = ""
    maintainers: tuple[Maintainer, ...] = ()
    open_reading: bool = False
    log_questions: bool = False
    retention_days: int = 30
    models: Path | None = None
    embedding: str = ""
    reranker: str = ""
    rerank_depth: int = 30
    rerank_weight: float = 0.5
    prefer_recent: float = 0.0
    prefer_issuer: float = 0.0

    @property
    def models_folder(self) -> Path:
        """Where models lie that are set by name."""
        return (self.models or self.data / "models").expanduser()


def load_settings(
    data: Path | str | None = None,
    config: Path | str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Settings for a data folder.

    The folder is `data`, else AUSKUNFT_DATA, else the file's `data`, else the user's default. A file that was
    named must exist; the one in the data folder is optional. Raises SettingsError.
    """
    environ = os.environ if environ is None else environ
    folder = data or environ.get(DATA_VARIABLE) or None
    named = config or environ.get(CONFIG_VARIABLE) or None
    path = Path(named) if named else Path(folder or Settings().data) / CONFIG_NAME
    path = path.expanduser()
    if named and not path.is_file():
        raise SettingsError(f"Die Einstellungsdatei {path} gibt es nicht.")
    settings = read_settings(path) if path.is_file() else Settings()
    chosen = Path(folder) if folder else settings.data
    return replace(settings, data=chosen.expanduser())


def read_settings(path: Path) -> Settings:
    """The settings of one TOML file; paths in it are relative to the file. Raises SettingsError."""
    import tomllib  # most calls find no settings file and need no parser

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"Die Einstellungsdatei {path} ist nicht lesbar: {error}") from error
    return settings_from(table, path)


def settings_from(table: Mapping[str, Any], path: Path) -> Settings:
    """Settings from a parsed table; `path` names it in messages and anchors relative paths."""
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.removesuffix("_file")
        if key not in known and name in _TEXTS:
            values[name] = _text_file(path, key, value)
        elif key not in known:
            raise SettingsError(f"Unbekannte Einstellung »{key}« in {path}.", _nearest(key, known))
        else:
            values[key] = _converted(path, key, value)
    settings = Settings(**values)
    _check(settings, path)
    return settings


def _converted(path: Path, key: str, value: Any) -> Any:
    """`value` in the type of the field `key`."""
    default = getattr(Settings(), key)
    if key == "maintainers":
        return tuple(_maintainer(path, entry) for entry in _expect(path, key, value, list))
    if key in ("data", "models"):
        return _place(path, _expect(path, key, value, str))
    if key in ("embedding", "reranker"):
        named = _expect(path, key, value, str).strip()
        return str(_place(path, named)) if named.startswith(_FOLDER_MARKS) else named
    if isinstance(default, float) and type(value) is int:
        return float(value)
    if isinstance(default, tuple):
        return tuple(_expect(path, key, entry, str) for entry in _expect(path, key, value, list))
    return _expect(path, key, value, type(default))


def _expect(path: Path, key: str, value: Any, wanted: type) -> Any:
    """`value` if it has exactly the wanted type (true is no number)."""
    if type(value) is wanted:
        return value
    words = {
        str: "einen Text", int: "eine ganze Zahl", float: "eine Zahl", bool: "true oder false", list: "eine Liste",
    }  # fmt: skip
    raise SettingsError(f"Die Einstellung »{key}« in {path} erwartet {words[wanted]}.")


def _place(path: Path, value: str) -> Path:
    """A path of the settings file; a relative one begins where the file lies."""
    return (path.parent / Path(value).expanduser()).resolve()


def _maintainer(path: Path, entry: Any) -> Maintainer:
    """One `[[maintainers]]` table."""
    if not isinstance(entry, dict) or set(entry) != {"login", "hash"}:
        raise SettingsError(f"Ein Eintrag in [[maintainers]] ({path}) braucht genau »login« und »hash«.")
    if not str(entry["hash"]).startswith(HASH_PREFIX):
        raise SettingsError(
            f"Der Eintrag »{entry['login']}« in [[maintainers]] ({path}) enthält keinen Hash.",
            "Kennwörter stehen nie im Klartext in der Datei. Den Hash erzeugt: python -m app.access",
        )
    return Maintainer(str(entry["login"]), str(entry["hash"]))


def _text_file(path: Path, key: str, value: Any) -> str:
    """The text that `…_file` points to."""
    target = path.parent / Path(_expect(path, key, value, str)).expanduser()
    try:
        return target.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"Die Datei {target} (Einstellung »{key}«) ist nicht lesbar.") from error


def _nearest(key: str, known: Mapping[str, object]) -> str:
    """The hint of an unknown key: the most similar valid one, or all of them."""
    import difflib  # only on this path: the command line imports this module on every call

    names = [*known, *(f"{name}_file" for name in _TEXTS)]
    match = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
    return f"Gemeint ist vielleicht »{match[0]}«." if match else f"Es gibt: {', '.join(names)}."


def _check(settings: Settings, path: Path) -> None:
    """Values that fit their type and still cannot work."""
    if settings.language not in LANGUAGES:
        raise SettingsError(f"Die Einstellung »language« in {path} kennt: {', '.join(LANGUAGES)}.")
    if not 0 <= settings.port <= 65535:
        raise SettingsError(f"Die Einstellung »port« in {path} erwartet eine Zahl von 0 bis 65535.")
    if settings.retention_days < 1:
        raise SettingsError(f"Die Einstellung »retention_days« in {path} erwartet mindestens 1.")
    if settings.rerank_depth < 1:
        raise SettingsError(f"Die Einstellung »rerank_depth« in {path} erwartet mindestens 1.")
    for name, most in _SHARES.items():
        if not 0.0 <= getattr(settings, name) <= most:
            shown = f"{most}".replace(".", ",")
            raise SettingsError(f"Die Einstellung »{name}« in {path} erwartet eine Zahl von 0 bis {shown}.")
