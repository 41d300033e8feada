"""The checks of `doctor`: each looks at one thing, changes nothing, and says what to do."""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import socket
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.settings import Settings
from ingest.errors import AuskunftError, FolderInUse

Result = Literal["ok", "warn", "fail"]
OLDEST_PYTHON = (3, 11)
SPACE_NEEDED = 500 * 1024 * 1024
_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:(>=|==)\s*([\d.]+))?")


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, and what to do if it is not well."""

    name: str
    result: Result
    message: str
    hint: str = ""

    def to_json(self) -> dict[str, str]:
        """As `doctor --json` shows it."""
        return {"name": self.name, "result": self.result, "message": self.message, "hint": self.hint}


def all_checks(settings: Settings) -> Iterator[Check]:
    """Every check in turn; one that breaks is a failed one."""
    for name, check in _CHECKS.items():
        try:
            yield check(settings)
        except AuskunftError as error:
            yield Check(name, "fail", error.message, error.hint)
        except Exception as error:
            yield Check(name, "fail", f"Die Prüfung selbst brach ab: {type(error).__name__}: {error}")


def check_python(_settings: Settings) -> Check:
    """The interpreter is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Check("python", "fail", f"Python {version} ist zu alt.", "Bitte Python 3.11 oder neuer verwenden.")
    return Check("python", "ok", f"Python {version}")


def check_packages(_settings: Settings) -> Check:
    """Every package the project needs is there and new enough."""
    found, wrong = [], []
    for requirement in importlib.metadata.requires("auskunft") or []:
        match = _REQUIREMENT.match(requirement)
        if match is None or "extra ==" in requirement:
            continue
        name, operator, wanted = match.groups()
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{name} fehlt")
            continue
        found.append(f"{name} {version}")
        if operator and not _fits(version, operator, wanted):
            wrong.append(f"{name} {version} statt {operator}{wanted}")
    if wrong:
        return Check("packages", "fail", "; ".join(wrong), "Bitte »pip install .« im Projektordner wiederholen.")
    engine = [entry for entry in found if entry.startswith("qdrant-edge-py")]
    return Check("packages", "ok", f"{len(found)} Pakete, Suchmaschine {' '.join(engine) or 'unbekannt'}")


def check_extras(_settings: Settings) -> Check:
    """Which optional parts are installed; none is needed."""
    missing = [name for name in ("torch", "sentence_transformers") if importlib.util.find_spec(name) is None]
    if missing:
        return Check("extras", "ok", "Neuronale Modelle sind nicht installiert; sie werden nicht gebraucht.")
    return Check("extras", "ok", "Die Zusatzpakete für neuronale Modelle sind installiert.")


def check_folder(settings: Settings) -> Check:
    """The data folder can be written, belongs to its owner alone and has room."""
    folder = settings.data.expanduser()
    if not folder.exists():
        return Check("folder", "warn", f"{folder} gibt es noch nicht.", "Anlegen und füllen: auskunft ingest ORDNER")
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Check("folder", "fail", f"In {folder} darf nicht geschrieben werden.", "Bitte Zugriffsrechte prüfen.")
    if mode := _open_to_others(folder):
        return Check("folder", "warn", f"{folder} ist für andere offen ({mode}).", f"Schließen: chmod 700 {folder}")
    free = shutil.disk_usage(folder).free
    if free < SPACE_NEEDED:
        return Check("folder", "warn", f"{folder} hat nur noch {free // 2**20} MB.", "Bitte Platz schaffen.")
    return Check("folder", "ok", str(folder))


def check_catalogue(settings: Settings) -> Check:
    """The catalogue is a sound database, and the original of every document is there."""
    path = settings.data.expanduser() / "catalogue.sqlite"
    if not path.exists():
        return Check("catalogue", "warn", "Noch kein Katalog.", "Er entsteht mit: auskunft ingest ORDNER")
    damaged = _damage(path)
    if damaged:
        hint = "Bitte catalogue.sqlite aus einer Sicherung zurückholen oder neu einlesen."
        return Check("catalogue", "fail", f"Der Katalog ist beschädigt: {damaged}", hint)
    from index.library import Library

    with Library(settings.data) as library:
        rows = library.documents()
    kept = {file.stem for file in (settings.data.expanduser() / "originals").glob("*")}
    lost = [row.source for row in rows if row.sha256 not in kept]
    if lost:
        message = f"{len(lost)} Originale fehlen, darunter {lost[0]}."
        return Check("catalogue", "warn", message, "Bitte diese Dateien noch einmal einlesen.")
    return Check("catalogue", "ok", f"{len(rows)} Dokumente, {sum(row.passages for row in rows)} Passagen")


def check_rules(settings: Settings) -> Check:
    """The collection was read with the rules that are installed now."""
    from index.library import Library

    if not _has_catalogue(settings):
        return Check("rules", "ok", "Noch nichts eingelesen.")
    with Library(settings.data) as library:
        noted, wanted = library.catalogue.meta("fingerprint"), library.fingerprint()
    if noted not in (None, wanted):
        message = "Die Dokumente wurden mit anderen Regeln eingelesen, als jetzt installiert sind."
        return Check("rules", "fail", message, "Bitte einmal »auskunft ingest --rebuild« ausführen.")
    return Check("rules", "ok", f"Regelstand {wanted}")


def check_index(settings: Settings) -> Check:
    """The search index holds exactly the passages of the catalogue."""
    from index.library import Library
    from index.store import EdgeStore, UnreadableStore

    folder = settings.data.expanduser() / "index" / "edge"
    if not _has_catalogue(settings):
        return Check("index", "ok", "Noch nichts eingelesen.")
    mended = "Er wird bei der nächsten Suche von selbst in Ordnung gebracht."
    if not any(folder.glob("segments/*")):
        return Check("index", "warn", "Der Suchindex fehlt.", mended)
    with Library(settings.data) as library:
        wanted, dimension = library.catalogue.passage_ids(), library.embedder.dimension
    try:
        store = EdgeStore(folder, dimension)
    except FolderInUse:
        message = "Der Suchindex wird gerade benutzt und ließ sich nicht prüfen."
        return Check("index", "warn", message, "Läuft die Web-App? Zum Prüfen beenden.")
    except UnreadableStore as error:
        return Check("index", "warn", error.message, mended)
    with contextlib.closing(store):
        found = store.ids()
    if found != wanted:
        return Check("index", "warn", f"Der Suchindex hat {len(found)} von {len(wanted)} Passagen.", mended)
    return Check("index", "ok", f"{len(found)} Passagen, wie im Katalog")


def check_token(settings: Settings) -> Check:
    """The token that allows changes is readable by its owner only."""
    path = settings.data.expanduser() / "token"
    if not path.exists():
        return Check("token", "ok", "Noch kein Zugangsschlüssel; er entsteht mit dem ersten Start der Web-App.")
    if mode := _open_to_others(path):
        hint = f"Bitte löschen und die Web-App neu starten: rm {path}"
        return Check("token", "fail", f"Der Zugangsschlüssel ist für andere lesbar ({mode}).", hint)
    return Check("token", "ok", "Der Zugangsschlüssel gehört nur Ihnen.")


def check_server(settings: Settings) -> Check:
    """The web app may start at the address of the settings, and the port is free."""
    from app.access import may_serve

    may_serve(settings.host, settings)
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            message = f"{settings.host}:{settings.port} ist nicht frei ({error.strerror})."
            return Check("server", "warn", message, "Läuft die Web-App schon? Sonst: auskunft serve --port NUMMER")
    return Check("server", "ok", f"{settings.host}:{settings.port} ist frei")


_CHECKS: dict[str, Callable[[Settings], Check]] = {
    "python": check_python,
    "packages": check_packages,
    "extras": check_extras,
    "folder": check_folder,
    "catalogue": check_catalogue,
    "rules": check_rules,
    "index": check_index,
    "token": check_token,
    "server": check_server,
}


def _fits(version: str, operator: str, wanted: str) -> bool:
    if operator == "==":
        return version == wanted
    return _numbers(version) >= _numbers(wanted)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _open_to_others(path: Path) -> str:
    """The rights of a file that others than its owner have any of, as `ls` shows them; else nothing."""
    mode = path.stat().st_mode
    return stat.filemode(mode) if os.name == "posix" and mode & 0o077 else ""


def _has_catalogue(settings: Settings) -> bool:
    return (settings.data.expanduser() / "catalogue.sqlite").exists()


def _damage(path: Path) -> str:
    """What is wrong with a database file; nothing if it is sound."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if answer == "ok" else str(answer)
