"""The data folder on disk: its rights, and the note which state of the catalogue the store was brought to."""

from __future__ import annotations

import json
from pathlib import Path

from ingest.errors import DataError


def make_private(folder: Path) -> None:
    """Make the folder, readable for its owner only; a folder that is something else already keeps its rights.

    Raises:
        DataError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / "catalogue.sqlite").exists() or not any(folder.iterdir()):
            folder.chmod(0o700)
    except OSError as error:
        hint = "Bitte mit --data einen Ordner wählen, in den geschrieben werden darf."
        raise DataError(f"Der Datenordner {folder} ist nicht benutzbar: {error.strerror}.", hint) from error


def read_state(path: Path) -> str | None:
    """The generation that was noted last; None where nothing readable is."""
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    found = state.get("generation") if isinstance(state, dict) else None
    return found if isinstance(found, str) else None


def write_state(path: Path, generation: str) -> None:
    """Note a generation, all or nothing.

    Raises:
        DataError: the folder cannot be written.
    """
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(json.dumps({"generation": generation}), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise DataError(f"Der Datenordner lässt sich nicht beschreiben: {error.strerror}.") from error
