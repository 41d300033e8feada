"""Documents for tests, read by the real readers from text or bytes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath

from app.assistant import Assistant
from app.settings import Settings
from ingest.readers import READERS
from ingest.reading import assemble
from ingest.types import Document, Role

TODAY = datetime.date(2025, 6, 30)  # the day on which tests read their files


def read(data: str | bytes, name: str = "meldung.txt", *, today: datetime.date = TODAY) -> Document:
    """The document that a file `name` with this content becomes."""
    raw = data.encode() if isinstance(data, str) else data
    blocks = READERS[PurePath(name).suffix](raw, name)
    return assemble(blocks, origin=f"test:{name}", source=name, data=raw, today=today)


def text_of(document: Document, role: Role) -> str:
    """All text of one role, one section a line."""
    return "\n".join(document.text[s.start : s.end] for s in document.sections if s.role == role)


def body(document: Document) -> str:
    """What can be searched and quoted."""
    return text_of(document, "body")


def headings(document: Document) -> list[str]:
    """Headings of the body sections, each once, in reading order."""
    return list(dict.fromkeys(s.heading for s in document.sections if s.role == "body" and s.heading))


@contextmanager
def opened(folder: Path, documents: Mapping[str, tuple[str, str, str]]) -> Iterator[Assistant]:
    """An assistant over Markdown documents, each with title, day and text, by their names."""
    for name, (title, day, text) in documents.items():
        head = f"---\ntitle: {title}\ndate: {day}\n---\n\n# {title}\n\n"
        (folder / f"{name}.md").write_text(f"{head}{text}\n", encoding="utf-8")
    with Assistant(Settings(data=folder / "data")) as found:
        assert len(found.ingest([folder], today=TODAY).added) == len(documents)
        yield found
