"""The collections that cases ask: by name, each read into a folder of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from app.assistant import Assistant
from app.settings import Settings
from ingest.errors import DataError, InputError

# Cases say what is right on this day; a real clock would let answers to »heute« drift.
TODAY = date(2026, 11, 1)
_SEARCH = ("embedding", "reranker", "rerank_depth", "rerank_weight", "prefer_recent", "prefer_issuer")
_FOLDERS = {
    "sample": ("sample", "documents"),
    "fictional-dev": ("data", "fictional", "dev"),
    "fictional-dev-2": ("data", "fictional", "dev-2"),
    "fictional-dev-3": ("data", "fictional", "dev-3"),
    "fictional-held-out": ("data", "fictional", "held-out"),
    "fictional-held-out-2": ("data", "fictional", "held-out-2"),
}

# What readers of a report are told about which documents were asked.
_TITLES = {
    "sample": ("mitgelieferte Nacherzählungen öffentlicher Dokumente", "retellings of public documents, as shipped"),
    "fictional-dev": ("erfundenes Programm mit erfundenen Orten", "an invented programme with invented towns"),
    "fictional-dev-2": ("zweites erfundenes Programm", "a second invented programme"),
    "fictional-dev-3": ("drittes erfundenes Programm", "a third invented programme"),
    "fictional-held-out": ("weiteres erfundenes Programm", "another invented programme"),
    "fictional-held-out-2": ("noch ein erfundenes Programm", "yet another invented programme"),
    "": ("Dokumente des Datenordners", "documents of the data folder"),
}


@dataclass(frozen=True, slots=True)
class Collection:
    """A corpus that was asked: its title by language, its documents, and how many questions it got."""

    name: str
    title: dict[str, str]
    documents: int
    questions: int


def collection_of(corpus: str, documents: int, questions: int) -> Collection:
    """A corpus as a report names it."""
    german, english = _TITLES[corpus]
    return Collection(corpus, {"de": german, "en": english}, documents, questions)


def folder_of(corpus: str) -> Path:
    """The documents of a corpus. Raises InputError for a name that there is not."""
    if corpus not in _FOLDERS:
        raise InputError(f"Den Bestand »{corpus}« gibt es nicht.", f"Möglich: {', '.join(_FOLDERS)}.")
    return Path(str(files("eval").joinpath(*_FOLDERS[corpus])))


def digest(folder: Path) -> str:
    """A fingerprint of all files of a folder: names and contents."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(folder)}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


@contextmanager
def opened(corpus: str, settings: Settings | None = None) -> Iterator[Assistant]:
    """An assistant over a corpus, in a folder that is gone afterwards; without a name, over the folder of `settings`.

    Models and the order of results are those of `settings` in both cases.

    Raises DataError where a document of the corpus is not readable, or no data folder was given.
    """
    if not corpus:
        if settings is None:
            raise DataError("Diese Fälle nennen keinen Bestand.", "Bitte mit --data den Datenordner angeben.")
        with Assistant(settings) as assistant:
            yield assistant
        return
    with TemporaryDirectory(prefix="auskunft-eval-") as data, Assistant(_searching(settings, data)) as assistant:
        report = assistant.ingest([folder_of(corpus)], today=TODAY)
        if report.failed:
            raise DataError(f"Der Bestand »{corpus}« ist nicht lesbar: {report.failed[0]}", "Bitte neu installieren.")
        yield assistant


def _searching(settings: Settings | None, data: str) -> Settings:
    """Settings of a folder that searches as `settings` say, and is like a new one otherwise."""
    if settings is None:
        return Settings(data=Path(data))
    wanted = {name: getattr(settings, name) for name in _SEARCH}
    return Settings(data=Path(data), **wanted | {"models": settings.models_folder})
