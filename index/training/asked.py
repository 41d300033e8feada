"""Questions to passages of the training texts (`questions.tsv`), written for this project in everyday German.

A row names the text, its section (counted from 0), the first and the last sentence of the passage (exclusive) and the
question. Rows about a text that is not trained on are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.training.corpus import Part

_FILE = Path(__file__).parent / "questions.tsv"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the sentences `first` to `last` (exclusive) of the section in row `part` that answer it."""

    question: str
    part: int
    first: int
    last: int


def asked(parts: Sequence[Part], path: Path = _FILE) -> list[Asked]:
    """The questions to sections among `parts`, in the order of the file."""
    begins: dict[str, int] = {}
    for row, part in enumerate(parts):
        begins.setdefault(part.text_id, row)
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text_id, section, first, last, question = line.split("\t")
        row = begins.get(text_id, len(parts)) + int(section)
        if row < len(parts) and parts[row].text_id == text_id and int(last) <= len(parts[row].sentences):
            found.append(Asked(question, row, int(first), int(last)))
    return found
