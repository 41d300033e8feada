"""Texts to measure speed on: laws where they are at hand, otherwise the sample corpus; as many as are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from eval.bench.collection import Read, plain_document
from eval.bench.laws import Law, laws
from eval.demo import sample_folder
from eval.quality.corpora import TODAY
from ingest.errors import UnsupportedFormat
from ingest.passages import split
from ingest.reading import read_document
from ingest.types import Document

FILES = (Path("training", "saxon_law.jsonl.gz"), Path("training", "federal_law.jsonl.gz"))
_FIGURES = re.compile(r"\d+")


def name_of(material: Path | None) -> str:
    """What the texts are, in German."""
    if files := _files(material):
        return f"Gesetze ({', '.join(file.name for file in files)})"
    return "Beispielbestand, wiederholt mit geänderten Zahlen"


def documents(material: Path | None, passages: int) -> Iterator[Read]:
    """Documents with exactly this many passages in all; when the texts are used up, again with other numbers."""
    left = passages
    for again in count():
        for law in _texts(material):
            document = _document(law, again)
            pieces = split(document)[:left]
            if pieces:
                yield document, pieces
                left -= len(pieces)
            if not left:
                return


def passages(material: Path | None, number: int) -> Iterator[tuple[str, str]]:
    """Passages (id, text) with their titles, as the embedding is given them."""
    for document, pieces in documents(material, number):
        for piece in pieces:
            yield piece.id, f"{document.title}\n{document.text[piece.start : piece.end]}"


def write_files(material: Path | None, number: int, folder: Path) -> None:
    """The same documents as Markdown files."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, (document, _) in enumerate(documents(material, number)):
        (folder / f"{place:06}.md").write_text(f"# {document.title}\n\n{document.text}\n", encoding="utf-8")


def changed(text: str, again: int) -> str:
    """A text of its own that is as long and has the same words: every number is raised."""
    return _FIGURES.sub(lambda figures: str(int(figures[0][:15]) + again), text) if again else text


def _document(law: Law, again: int) -> Document:
    # A title of its own, so that it is no version of the former.
    title = f"{law.title} {chr(ord('a') + again % 26) * (1 + again // 26)}" if again else law.title
    return plain_document(f"{law.id}/{again}", changed(law.text, again), title)


def _texts(material: Path | None) -> Iterator[Law]:
    files = _files(material)
    for file in files:
        yield from laws(file)
    if not files:
        yield from _sample()


def _files(material: Path | None) -> list[Path]:
    return [material / file for file in FILES if (material / file).is_file()] if material else []


def _sample() -> Iterator[Law]:
    """The documents of the sample corpus, as they are read."""
    for path in sorted(path for path in sample_folder().rglob("*") if path.is_file()):
        try:
            document = read_document(path, origin=str(path), source=path.name, today=TODAY)
        except UnsupportedFormat:  # archives hold others
            continue
        yield Law(path.name, document.title, document.text)
