"""Documents that give the statements of a test instead of what the rules would read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.facts.types import Fact
from ingest.types import Document

# The beginning of a sentence, and the fields of the statement that stands there.
Beginnings = Callable[[], Iterable[tuple[str, dict[str, Any]]]]


def statements(document: Document, beginnings: Beginnings) -> tuple[Fact, ...]:
    """What stands in a document, found by the beginning of its sentence."""
    found = []
    for beginning, fields in beginnings():
        start = document.text.find(beginning)
        if start >= 0:
            end = document.text.find("\n", start)
            found.append(Fact(start=start, end=end if end >= 0 else len(document.text), **fields))
    return tuple(sorted(found, key=lambda fact: fact.start))


@contextmanager
def reading(beginnings: Beginnings) -> Iterator[None]:
    """As long as it lasts, documents give these statements."""

    def read(document: Document) -> tuple[Fact, ...]:
        return statements(document, beginnings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.worker.extract", read)
        patch.setattr("index.register.extract", read)
        yield


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Documents as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
