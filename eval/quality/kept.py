"""Leaves a run in the data folder, where the web app shows the newest one (`app/web/quality/stored.py` reads it)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.web.quality.stored import FOLDER
from eval.quality.floors import Floor
from ingest.errors import DataError

KEPT = 20  # older runs are removed


def keep(run: Mapping[str, Any], missed: Sequence[Floor], data: Path) -> Path:
    """Write the run with the floors that it misses; what reads beside it sees the old runs or the whole new one.

    Raises:
        DataError: the folder cannot be written.
    """
    folder = data.expanduser() / FOLDER
    path = folder / f"{run['at'][:19].replace(':', '')}-{run['set']}.json"
    try:
        for made in (data.expanduser(), folder):  # for the owner alone, like everything in it
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        text = json.dumps({**run, "missed": [asdict(floor) for floor in missed]}, ensure_ascii=False)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
        for old in sorted(folder.glob("*.json"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise DataError(
            f"Der Lauf ließ sich nicht in »{folder}« ablegen: {error}", "Bitte den Ordner prüfen."
        ) from None
    return path
