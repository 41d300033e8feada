"""Starts the child process that runs the PDF engine, and maps what goes wrong there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ingest import pdf
from ingest.errors import InputError, UnreadableFile

TIMEOUT_S = 20
MAX_PAGES = 2000
_WORKER = Path(pdf.__path__[0]) / "worker.py"
_SIGXCPU = -24
_MESSAGES = {
    "password": "»{name}« ist mit einem Kennwort geschützt.",
    "format": "»{name}« ist keine lesbare PDF-Datei.",
    "pages": "»{name}« hat mehr als {limit} Seiten.",
}
_HINTS = {
    "password": "Bitte das Kennwort entfernen (öffnen und ohne Kennwort speichern), dann noch einmal einlesen.",
    "pages": "Bitte die Datei in Teile zerlegen.",
}


def call(data: bytes, name: str, *args: str, timeout: float = TIMEOUT_S) -> bytes:
    """What the child answers to `args` (see `ingest/pdf/worker.py`).

    Raises:
        UnreadableFile: damaged, encrypted, too large, or it took longer than `timeout` seconds.
        InputError: there is no such page.
    """
    command = [sys.executable, "-I", "-B", str(_WORKER), *args]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        raise too_slow(name) from None
    if done.returncode == _SIGXCPU:
        raise too_slow(name)
    if done.returncode == 3:
        raise _named(done.stderr.decode("utf-8", "replace"), name)
    if done.returncode != 0:
        raise UnreadableFile(f"»{name}« ist beschädigt oder zu groß: Das Lesen brach ab.")
    return done.stdout


def too_slow(name: str) -> UnreadableFile:
    """The error for a file that takes longer than `TIMEOUT_S`."""
    return UnreadableFile(f"»{name}« ließ sich nicht in {TIMEOUT_S} Sekunden lesen.")


def _named(failure: str, name: str) -> InputError:
    if failure == "page":
        return InputError(f"»{name}« hat diese Seite nicht.", "Bitte eine Seite wählen, die es gibt.")
    message = _MESSAGES.get(failure, _MESSAGES["format"])
    return UnreadableFile(message.format(name=name, limit=MAX_PAGES), _HINTS.get(failure, ""))
