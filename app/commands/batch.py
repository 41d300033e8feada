"""`--batch`: JSON Lines in, JSON Lines out, same order, same `id`; a bad line costs nothing but itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from app.commands import DONE, FOUND
from app.commands.arguments import clean
from app.commands.terminal import write_json
from ingest.errors import AuskunftError, DocumentNotFound, InputError

Row = dict[str, Any]


def run_batch(source: str, answer: Callable[[Row], Row]) -> int:
    """Answer every line of a file (`-`: standard input); 1 if a line could not be answered.

    `answer` turns the object of a line into its result and raises InputError where the line cannot be used.
    A data folder that cannot be used ends the run (DataError). Raises InputError for a file that cannot be read.
    """
    code = DONE
    with _opened(source) as stream:
        for line in _lines(stream, source):
            result = _answered(line, answer)
            code = FOUND if "error" in result else code
            write_json(result, indent=None)
    return code


def text_of(row: Row, key: str) -> str:
    """The text that a line must have under `key`. Raises InputError."""
    value = optional_text(row, key)
    if value is None or not value.strip():
        raise InputError(f"»{key}« fehlt oder ist leer.", f'Jede Zeile braucht ein Feld wie "{key}": "…".')
    return value.strip()


def optional_text(row: Row, key: str) -> str | None:
    """The text that a line may have under `key`. Raises InputError for anything else than a text or null."""
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f"»{key}« ist kein Text.", "Bitte den Wert in Anführungszeichen setzen.")
    return None if value is None else clean(value)


def texts_of(row: Row, key: str) -> list[str]:
    """The list of texts that a line may have under `key`. Raises InputError."""
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise InputError(f"»{key}« ist keine Liste von Texten.", f'Gemeint ist: "{key}": ["…", "…"].')
    return [clean(entry) for entry in value]


def _answered(line: bytes, answer: Callable[[Row], Row]) -> Row:
    """The result of one line, or what is wrong with it."""
    id: Any = None
    try:
        row = _parsed(line)
        id = row.get("id")
        return answer(row) | {"id": id}
    except (InputError, DocumentNotFound) as error:
        return {"id": id, "error": error.message, "hint": error.hint}
    except AuskunftError:
        raise
    except Exception as error:  # one line must not cost the others
        message = f"Unerwarteter Fehler: {type(error).__name__}: {error}"
        return {"id": id, "error": message, "hint": "Bitte die Zeile prüfen; die übrigen werden weiter bearbeitet."}


def _parsed(line: bytes) -> Row:
    """The object of one line. Raises InputError."""
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise InputError("Die Zeile ist nicht in UTF-8.", "Bitte die Datei als UTF-8 speichern.") from None
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "zu tief verschachtelt" if isinstance(error, RecursionError) else str(error))
        raise InputError(f"Die Zeile ist kein JSON: {reason}.", "Bitte ein JSON-Objekt je Zeile angeben.") from None
    if not isinstance(row, dict):
        raise InputError("Die Zeile ist kein JSON-Objekt.", 'Gemeint ist eine Zeile wie {"id": "1", …}.')
    return row


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} ist keine Zahl")


def _lines(stream: Iterable[bytes], source: str) -> Iterator[bytes]:
    """Lines that are not empty, without a byte order mark."""
    try:
        for number, line in enumerate(stream):
            content = (line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).strip()
            if content:
                yield content
    except OSError as error:
        raise _unreadable(source, error) from error


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        if sys.stdin is None:
            raise InputError("Die Standardeingabe ist geschlossen.", "Bitte eine Datei angeben.")
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from error
    with stream:
        yield stream


def _unreadable(source: str, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or error
    return InputError(f"»{source}« lässt sich nicht lesen: {reason}.", "Bitte den Pfad prüfen.")
