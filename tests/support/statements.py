"""Single sentences in an invented text about the »Forum Sichere Orte« (FSO), read as statements."""

from __future__ import annotations

from datetime import date

from ingest.facts.extract import extract
from ingest.facts.types import Fact
from ingest.readers import reader_for
from ingest.reading import assemble
from ingest.types import Document

HEAD = "---\ntitle: {title}\ndate: 2022-07-08\nkind: {kind}\n---\n\n# {title}\n\n"
ABOUT = "Das Forum Sichere Orte (FSO) fördert die kommunale Prävention.\n\n"


def document(text: str, title: str = "Neues aus Musterau", kind: str = "release") -> Document:
    data = (HEAD.format(title=title, kind=kind) + ABOUT + text + "\n").encode()
    read = reader_for(".md", data, "a.md")
    return assemble(read(data, "a.md"), origin="t", source="a.md", data=data, today=date(2026, 11, 25))


def read(text: str, kind: str, **other: str) -> list[Fact]:
    return [fact for fact in extract(document(text, **other)) if fact.kind == kind]


def only(text: str, kind: str, **other: str) -> Fact:
    found = read(text, kind, **other)
    assert len(found) == 1, found
    return found[0]
