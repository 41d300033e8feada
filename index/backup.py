"""Backups: one zip with the catalogue, the originals and the settings, made while others read and write; and back.

The index is not in it: it is made again from the catalogue. Neither is the access token.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from index.database import Database
from index.folder import Lock, make_private
from index.originals import Originals
from index.rebuild import fill
from ingest.errors import DataError, FolderFull, UnreadableFile

if TYPE_CHECKING:
    from index.library import Library

CATALOGUE = "catalogue.sqlite"
MANIFEST = "backup.json"
SETTINGS = "config.toml"
FORMAT = 1
_ORIGINAL = re.compile(r"originals/([0-9a-f]{64})(\.[a-z0-9]{1,10})?")


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds, or what was brought back from one. `missing`: originals that were not there."""

    path: Path
    documents: int
    originals: int
    missing: int = 0
    rebuild_needed: bool = False

    def to_json(self) -> dict[str, Any]:
        """As the command line shows it."""
        names = ("documents", "originals", "missing", "rebuild_needed")
        return {"path": str(self.path), **{name: getattr(self, name) for name in names}}


def backup(library: Library, target: Path) -> BackupReport:
    """Write everything into the zip `target`, all or nothing, while others read and write.

    Raises:
        FolderFull: the target cannot be written.
    """
    draft = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent, prefix=".auskunft-") as temporary:
            copy = Path(temporary) / CATALOGUE
            library.database.copy_to(copy)
            wanted = _contents(copy)
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(copy, CATALOGUE)
                kept = _add_originals(archive, library.originals, wanted)
                if (library.folder / SETTINGS).is_file():
                    archive.write(library.folder / SETTINGS, SETTINGS)
                archive.writestr(MANIFEST, json.dumps(_manifest(len(wanted))))
        draft.chmod(0o600)
        draft.replace(target)
    except OSError as error:
        raise FolderFull(f"Die Sicherung {target} lässt sich nicht schreiben: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return BackupReport(target, len(wanted), kept, len(wanted) - kept)


def restore(library: Library, source: Path) -> BackupReport:
    """Put the content of a backup in place of what is there, while others read: they see the old or the new state.

    Raises:
        UnreadableFile: it is no backup, or damaged; then nothing was changed.
    """
    database, keeper = library.database, library.keeper
    with TemporaryDirectory(dir=library.folder, prefix=".restore-") as temporary:
        staged = _unpacked(source, Path(temporary))
        wanted = _contents(staged)
        with keeper.replacing(checked=False) as fresh:
            _adopt_originals(Path(temporary), library.originals)
            database.replace_by(staged)
            rules = database.meta("fingerprint")
            fill(fresh, library.catalogue, library.embedder)
            library.originals.sweep(wanted)
    other_rules = rules not in (None, keeper.fingerprint())
    if other_rules:
        database.set_meta("fingerprint", str(rules))
    kept = len(library.originals.all().keys() & wanted)
    return BackupReport(source, len(wanted), kept, len(wanted) - kept, other_rules)


def restore_damaged(folder: Path, source: Path) -> BackupReport:
    """The same for a folder whose catalogue cannot be opened; the damaged file is kept beside.

    Raises:
        FolderInUse: another process works on the folder.
        UnreadableFile: it is no backup, or damaged; then nothing was changed.
    """
    make_private(folder)
    make_private(folder / "index")
    lock = Lock(folder / "index" / "lock")
    try:
        originals = Originals(folder / "originals")
        with TemporaryDirectory(dir=folder, prefix=".restore-") as temporary:
            staged = _unpacked(source, Path(temporary))
            wanted = _contents(staged)
            _adopt_originals(Path(temporary), originals)
            now = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
            for suffix in ("", "-wal", "-shm"):
                part = folder / f"{CATALOGUE}{suffix}"
                if part.exists():
                    part.replace(folder / f"catalogue.damaged-{now}.sqlite{suffix}")
            staged.replace(folder / CATALOGUE)
        (folder / "index" / "state.json").unlink(missing_ok=True)
    finally:
        lock.release()
    kept = len(originals.all().keys() & wanted)
    return BackupReport(source, len(wanted), kept, len(wanted) - kept)


def _manifest(documents: int) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "documents": documents,
    }


def _add_originals(archive: zipfile.ZipFile, originals: Originals, wanted: set[str]) -> int:
    """Add the files that the copied catalogue speaks of; one that was replaced meanwhile is missing."""
    kept = 0
    for sha256, path in sorted(originals.all().items()):
        if sha256 in wanted:
            with contextlib.suppress(FileNotFoundError):
                archive.write(path, f"originals/{path.name}")
                kept += 1
    return kept


def _unpacked(source: Path, folder: Path) -> Path:
    """The catalogue of a backup, checked and brought to the present version; originals beside it."""
    broken = UnreadableFile(f"»{source.name}« ist keine lesbare Sicherung.", "Bitte eine andere Sicherung nehmen.")
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                hint = "Bitte Auskunft aktualisieren."
                raise UnreadableFile(f"»{source.name}« stammt aus einer neueren Fassung von Auskunft.", hint)
            names = [name for name in archive.namelist() if name == CATALOGUE or _ORIGINAL.fullmatch(name)]
            archive.extractall(folder, names)
    except FileNotFoundError:
        raise UnreadableFile(f"»{source}« gibt es nicht.", "Bitte den Pfad prüfen.") from None
    except UnreadableFile:
        raise
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, RuntimeError, EOFError) as error:
        raise broken from error
    staged = folder / CATALOGUE
    if not _is_sound(staged):
        raise broken
    try:
        Database.at(staged).close()
    except DataError as error:
        raise UnreadableFile(f"»{source.name}«: {error.message}", error.hint) from error
    return staged


def _adopt_originals(folder: Path, originals: Originals) -> None:
    for path in (folder / "originals").glob("*") if (folder / "originals").is_dir() else ():
        originals.adopt(path)


def _contents(catalogue: Path) -> set[str]:
    """The SHA-256 of every document of a catalogue file."""
    with contextlib.closing(sqlite3.connect(catalogue)) as connection:
        return {row[0] for row in connection.execute("SELECT sha256 FROM documents")}


def _is_sound(catalogue: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(catalogue)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False
