"""Child process of an ingest: reads one file after another and sends back everything that will be stored of it.

Messages in both directions are pickles with their length before them; both ends are this program.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from index.embedding import Embedder
from index.points import points_of, term_counts
from index.store import Point
from ingest.errors import AuskunftError
from ingest.facts.extract import extract
from ingest.facts.types import Fact
from ingest.passages import split
from ingest.reading import read_document
from ingest.types import Document, Passage

MEMORY_LIMIT = 4 * 1024**3
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be read: where it lies, what it is called, which id its document gets (None: by its origin)."""

    path: Path
    origin: str
    source: str
    today: date
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A catalogued document whose points, and statements if asked for, are to be made again."""

    document: Document
    passages: tuple[Passage, ...]
    with_statements: bool = False

    @property
    def source(self) -> str:
        """The name that users see."""
        return self.document.source


Work = Task | Stored


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with everything that store and catalogue will hold of it."""

    document: Document
    passages: tuple[Passage, ...]
    points: list[Point]
    terms: dict[str, int]
    statements: tuple[Fact, ...] = ()


def prepare(work: Work, embedder: Embedder) -> Prepared:
    """Everything that can fail because of the file itself. Raises what readers raise."""
    if isinstance(work, Stored):
        read = _with_points(work.document, work.passages, embedder)
        return replace(read, statements=extract(work.document)) if work.with_statements else read
    document = read_document(work.path, origin=work.origin, source=work.source, today=work.today)
    return prepared(replace(document, id=work.id or document.id), embedder)


def prepared(document: Document, embedder: Embedder) -> Prepared:
    """Passages, points, terms and statements of a document."""
    return replace(_with_points(document, split(document), embedder), statements=extract(document))


def _with_points(document: Document, passages: tuple[Passage, ...], embedder: Embedder) -> Prepared:
    return Prepared(document, passages, points_of(document, passages, embedder), dict(term_counts(document, passages)))


def send(stream: IO[bytes], value: Any) -> None:
    """Write one message."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message. Raises EOFError where the other end has gone."""
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(header)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def main() -> None:
    """Entry point of the child: an embedder first, then tasks until the parent closes the pipe."""
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the messages
    _be_modest()
    with contextlib.suppress(EOFError, BrokenPipeError):
        embedder: Embedder = receive(incoming)
        while True:
            send(outgoing, _answer(receive(incoming), embedder))


def _answer(work: Work, embedder: Embedder) -> Prepared | AuskunftError | None:
    """What becomes of one file; None where a reader broke."""
    try:
        return prepare(work, embedder)
    except AuskunftError as error:
        return error
    except Exception as error:  # one file must not cost the others
        print(f"{type(error).__name__} in a reader", file=sys.stderr)
        return None


def _be_modest() -> None:
    """Questions go first, and no file may take all memory."""
    if hasattr(os, "nice"):
        os.nice(5)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


if __name__ == "__main__":
    main()
