"""What goes to the terminal: JSON in UTF-8 whatever the locale, German text that fits, errors without traceback."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.commands.arguments import clean

# A document must not move the cursor, change colours or hide text; tabs and line ends are dealt with by the caller.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MAX_WIDTH = 88
DEBUG_VARIABLE = "AUSKUNFT_DEBUG"


def prepare_streams() -> None:
    """A terminal that cannot show a character gets a question mark, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def drop_output() -> None:
    """Nothing is written to standard output any more, not even what still waits in its buffer."""
    try:
        target = os.open(os.devnull, os.O_WRONLY)
        os.dup2(target, sys.stdout.fileno())
        os.close(target)
    except (OSError, ValueError, AttributeError):
        pass


@contextmanager
def calm_logging() -> Iterator[None]:
    """What libraries and readers log stays off the terminal: the report says what happened."""
    import logging

    if os.environ.get(DEBUG_VARIABLE) == "1":
        yield
        return
    handler = logging.NullHandler()
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


def problem(message: str, hint: str = "") -> None:
    """What went wrong and what to do, on standard error."""
    warn(f"Fehler: {message}")
    if hint:
        warn(hint)


def warn(message: str) -> None:
    """One line for people, on standard error."""
    if sys.stderr is not None:
        print(shown(message), file=sys.stderr)


def write_json(value: Any, *, indent: int | None = 2) -> None:
    """One JSON value and a line end on standard output, in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if clean(text) != text:  # half characters can be escaped, but not encoded
        text = json.dumps(value, indent=indent)
    write_text(f"{text}\n")


def write_text(text: str) -> None:
    """`text` as it is on standard output, in UTF-8 whatever the locale."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(text)


def shown(text: str) -> str:
    """`text` without control characters and the marks that turn the direction of writing."""
    return _CONTROL.sub("", text.replace("\t", "    "))


def width() -> int:
    """Columns for running text."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, MAX_WIDTH))


def wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    """`text` in lines that fit, the first one behind `first`, the others behind `rest` (blanks unless given).

    Addresses and long words are not broken.
    """
    rest = " " * len(first) if rest is None else rest
    lines = textwrap.wrap(
        " ".join(shown(text).split()),
        width(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines) or first.rstrip()
