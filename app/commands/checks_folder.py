"""The checks of `doctor` that look at the data folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from app.commands.check import Check, open_to_others, owner_of
from app.owner.remote import call
from app.settings import Settings
from ingest.errors import CatalogueDamaged

SPACE_NEEDED = 500 * 1024 * 1024
MENDED = "Er wird bei der nächsten Suche von selbst in Ordnung gebracht."
_CONDITIONS = {
    "missing": "Der Suchindex fehlt.",
    "damaged": "Dateien des Suchindex sind beschädigt.",
    "interrupted": "Ein Vorgang wurde mittendrin beendet; der Suchindex ist nicht abgeglichen.",
    "behind": "Der Suchindex ist auf einem früheren Stand als der Katalog.",
}


def check_folder(settings: Settings) -> Check:
    """The data folder can be written, belongs to its owner alone and has room."""
    folder = settings.data.expanduser()
    if not folder.exists():
        return Check("folder", "warn", f"{folder} gibt es noch nicht.", "Anlegen und füllen: auskunft ingest ORDNER")
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Check("folder", "fail", f"In {folder} darf nicht geschrieben werden.", "Bitte Zugriffsrechte prüfen.")
    if mode := open_to_others(folder):
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
        return Check("catalogue", "fail", f"Der Katalog ist beschädigt: {damaged}", CatalogueDamaged.hint)
    from app.opening import open_library

    with open_library(settings) as library:
        rows = library.documents()
    kept = {file.stem for file in (settings.data.expanduser() / "originals").glob("*")}
    lost = [row.source for row in rows if row.sha256 not in kept]
    if lost:
        message = f"{len(lost)} Originale fehlen, darunter {lost[0]}."
        return Check("catalogue", "warn", message, "Bitte diese Dateien noch einmal einlesen.")
    return Check("catalogue", "ok", f"{len(rows)} Dokumente, {sum(row.passages for row in rows)} Passagen")


def check_rules(settings: Settings) -> Check:
    """The collection was read with the rules that are installed now."""
    from app.opening import open_library

    if not _has_catalogue(settings):
        return Check("rules", "ok", "Noch nichts eingelesen.")
    with open_library(settings) as library:
        noted, wanted = library.database.meta("fingerprint"), library.keeper.fingerprint()
    if noted not in (None, wanted):
        message = "Die Dokumente wurden mit anderen Regeln eingelesen, als jetzt installiert sind."
        return Check("rules", "fail", message, "Bitte einmal »auskunft ingest --rebuild« ausführen.")
    return Check("rules", "ok", f"Regelstand {wanted}")


def check_index(settings: Settings) -> Check:
    """The files of the search index are as they were left, and hold the present state of the catalogue."""
    from app.opening import open_library
    from index.home import condition

    if not _has_catalogue(settings):
        return Check("index", "ok", "Noch nichts eingelesen.")
    if owner := owner_of(settings):
        return Check("index", "ok", f"{call(owner, 'state').passages} Passagen, in Benutzung: {owner.description}")
    found, generation = condition(settings.data.expanduser() / "index")
    if found == "in use":
        message = "Der Suchindex wird gerade benutzt und ließ sich nicht prüfen."
        return Check("index", "warn", message, "Bitte gleich noch einmal prüfen.")
    with open_library(settings) as library:
        wanted, passages = library.catalogue.generation, library.catalogue.passage_count()
    if found == "sound" and generation == wanted:
        return Check("index", "ok", f"{passages} Passagen, wie im Katalog")
    return Check("index", "warn", _CONDITIONS.get(found, _CONDITIONS["behind"]), MENDED)


def check_failures(settings: Settings) -> Check:
    """Whether files wait that could not be read."""
    from app.opening import open_library

    if not _has_catalogue(settings):
        return Check("failures", "ok", "Noch nichts eingelesen.")
    with open_library(settings) as library:
        files = library.failures()
    if not files:
        return Check("failures", "ok", "Alle Dateien wurden gelesen.")
    message = f"{len(files)} Dateien konnten nicht gelesen werden, darunter {files[0].source}."
    return Check("failures", "warn", message, "Gründe und Rat: auskunft failures")


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
