"""Arguments that all commands share, and argparse in German."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from app.commands import CANNOT
from ingest.errors import InputError

if TYPE_CHECKING:
    from app.assistant import Assistant
    from app.owner.shared import Shared
    from app.settings import Settings

Subparsers = Any  # argparse gives the type of `add_subparsers()` no public name

_GERMAN = {
    "usage: ": "Aufruf: ",
    "options": "Optionen",
    "positional arguments": "Angaben",
    "show this help message and exit": "diese Hilfe zeigen",
    "show program's version number and exit": "die Fassung nennen",
    "the following arguments are required: %s": "es fehlt: %s",
    "unrecognized arguments: %s": "unbekannte Angabe: %s",
    "argument %(argument_name)s: %(message)s": "Angabe %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r gibt es nicht (möglich: %(choices)s)",
    "expected one argument": "dahinter fehlt ein Wert",
    "expected at least one argument": "dahinter fehlt mindestens ein Wert",
    "not allowed with argument %s": "geht nicht zusammen mit %s",
    "one of the arguments %s is required": "eine der Angaben %s ist nötig",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s ist mehrdeutig: %(matches)s",
    "ignored explicit argument %r": "der Wert %r passt hier nicht",
}


def _german(text: str) -> str:
    return _GERMAN.get(text, text)


# argparse translates through this name; it has no other way to another language than a compiled gettext catalogue.
vars(argparse)["_"] = _german


class Parser(argparse.ArgumentParser):
    """argparse whose errors say in German what is wrong and where help is. No abbreviated options."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        """Exit 2 with the message."""
        self.exit(CANNOT, f"Fehler: {message}\nHilfe: {self.prog} --help\n")


class _Formatter(argparse.HelpFormatter):
    """Wide enough for the German option names."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=22, width=79)


def add_common(parser: argparse.ArgumentParser, *, again: bool = False) -> None:
    """`--data`, `--config`, `--today`; `again` on the commands, where they may stand as well."""
    unless_given: dict[str, Any] = {"default": argparse.SUPPRESS} if again else {}
    group = parser.add_argument_group("Überall möglich") if again else parser
    group.add_argument(
        "--data", type=Path, metavar="ORDNER", help="Datenordner (sonst AUSKUNFT_DATA, ~/.local/share/auskunft)",
        **unless_given,
    )  # fmt: skip
    group.add_argument(
        "--config", type=Path, metavar="DATEI", help="Einstellungen (sonst AUSKUNFT_CONFIG, ORDNER/config.toml)",
        **unless_given,
    )  # fmt: skip
    group.add_argument(
        "--today", type=day, metavar="DATUM", help="an diesem Tag antworten und einlesen (2022-07-22)", **unless_given
    )


def day(text: str) -> datetime.date:
    """The day that `--today` names."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"»{text}« ist kein Tag; gemeint ist eine Angabe wie 2022-07-22") from None


def positive(text: str) -> int:
    """A number from 1 on."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"»{text}« ist keine Zahl ab 1")
    return int(text)


def port(text: str) -> int:
    """A port number; 0 lets the system choose."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"»{text}« ist keine Zahl von 0 bis 65535")
    return int(text)


def one_of(words: list[str], batch: str | None, name: str) -> str | None:
    """The positional text, or None where `--batch` stands in its place.

    Raises:
        InputError: both or neither are given.
    """
    text = clean(typed(" ".join(words))).strip()
    if words and batch is not None:
        raise InputError(f"{name} und --batch gehen nicht zusammen.", "Bitte nur eines von beiden angeben.")
    if batch is None and not text:
        raise InputError(f"{name} fehlt.", "Bitte in Anführungszeichen angeben, oder eine Datei mit --batch.")
    return None if batch is not None else text


def typed(text: str) -> str:
    """What was typed in UTF-8, also where the locale knows only ASCII and Python kept the bytes as half characters."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text


def clean(text: str) -> str:
    """`text` without what no encoding can write: bytes of the shell or escapes of JSON that are half a character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings that a call means."""
    from app.settings import load_settings

    return load_settings(args.data, args.config)


@contextmanager
def assistant_of(args: argparse.Namespace, *, kind: str | None = None) -> Iterator[Assistant]:
    """The assistant that a call means, open for one command: here, or through the process that holds the data folder.

    A command that takes long gives its name as `kind`: then it answers for others in the meantime.
    """
    with shared_of(args, kind=kind) as shared:
        yield cast("Assistant", shared)  # it has the methods of one


def shared_of(args: argparse.Namespace, *, kind: str | None = None) -> Shared:
    """The same with what else it can do: hold the folder, and say so."""
    from app.commands.terminal import warn
    from app.owner.shared import Shared

    return Shared(settings_of(args), kind=kind, tell=warn)
