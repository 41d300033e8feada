"""Retrieval sets: questions, and which of many texts is right for each."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from eval.bench.laws import held_out_sections
from ingest.errors import InputError, UnreadableFile

FAQ = Path("retrieval", "faq_de.jsonl")
PARAPHRASES = Path("retrieval", "eval_question_similarity_de.csv")
LAWS = Path("training", "saxon_law.jsonl.gz")
# Enough for intervals of three hundredths, in minutes.
HEADINGS = 600


@dataclass(frozen=True, slots=True)
class Query:
    """A question, the ids of what is right for it, and the group in which questions stand or fall together."""

    text: str
    relevant: frozenset[str]
    cluster: str


@dataclass(frozen=True, slots=True)
class TextSet:
    """Texts by id, and queries for them."""

    name: str
    texts: Mapping[str, str]
    queries: tuple[Query, ...]


def faq(file: Path) -> TextSet:
    """Question to answer; equal answers are one text."""
    with _reading(file):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        queries = tuple(Query(row["question"], frozenset([row["answer"]]), row["question"]) for row in rows)
        return TextSet("faq", {row["answer"]: row["answer"] for row in rows}, queries)


def paraphrases(file: Path) -> TextSet:
    """What somebody asked to the question that a catalogue holds for it, among all questions of the catalogue."""
    with _reading(file), file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
        texts = {row["question_1"]: row["question_1"] for row in rows}
        right: dict[str, list[str]] = {}
        for row in rows:
            if row["similar"] == "1":
                right.setdefault(row["question_2"], []).append(row["question_1"])
        return TextSet("paraphrases", texts, tuple(Query(q, frozenset(r), r[0]) for q, r in right.items()))


def headings(file: Path) -> TextSet:
    """Heading to section, in laws that no embedding was trained on.

    Headings that occur twice are not asked, and of the others `HEADINGS`, chosen by their checksum.
    """
    with _reading(file):
        sections = list(held_out_sections(file))
        number: dict[str, int] = {}
        for section in sections:
            number[section.heading.casefold()] = number.get(section.heading.casefold(), 0) + 1
        single = [s for s in sections if s.heading and number[s.heading.casefold()] == 1]
        chosen = sorted(single, key=lambda s: hashlib.sha256(s.id.encode()).digest())[:HEADINGS]
        queries = tuple(Query(s.heading, frozenset([s.id]), s.law) for s in chosen)
        return TextSet("headings", {s.id: s.text for s in sections}, queries)


def encyclopaedia(folder: Path) -> TextSet:
    """Question to passage, five of each article, about everything but the field: invented, and never trained on."""
    texts: dict[str, str] = {}
    queries: list[Query] = []
    for file in sorted(folder.glob("*.jsonl")):
        with _reading(file):
            for article in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
                for number, passage in enumerate(article["passages"], start=1):
                    id = f"{file.stem}/{article['article']}/{number}"
                    texts[id] = passage["text"]
                    queries += [Query(q, frozenset([id]), article["article"]) for q in passage["questions"]]
    return TextSet("encyclopaedia", texts, tuple(queries))


TEXT_SETS: Mapping[str, tuple[Path, Callable[[Path], TextSet]]] = {
    "faq": (FAQ, faq),
    "paraphrases": (PARAPHRASES, paraphrases),
    "headings": (LAWS, headings),
}
# Shipped with the project.
OWN_SETS: Mapping[str, tuple[Path, Callable[[Path], TextSet]]] = {
    "encyclopaedia": (Path(str(files("eval").joinpath("data", "encyclopaedia"))), encyclopaedia),
}
CASE_SETS = ("dev", "held-out")
SETS = (*TEXT_SETS, *OWN_SETS, *CASE_SETS)
# What is held out is only measured when it is asked for by name.
USUAL = (*TEXT_SETS, "dev")


def names_of(given: str | None) -> tuple[str, ...]:
    """The sets of `--sets`. Raises InputError for a name that there is not."""
    names = tuple(dict.fromkeys(filter(None, (name.strip() for name in (given or "").split(","))))) or USUAL
    if unknown := [name for name in names if name not in SETS]:
        raise InputError(f"Den Satz »{unknown[0]}« gibt es nicht.", f"Möglich: {', '.join(SETS)}.")
    return names


def lacking(name: str, material: Path | None) -> str | None:
    """Why a set of texts cannot be measured; None where its file is there."""
    if name in OWN_SETS:
        return None
    path, _ = TEXT_SETS[name]
    if material is None:
        return f"braucht {path.as_posix()}; der Ordner fehlt (--material ORDNER)"
    return None if (material / path).is_file() else f"»{material / path}« gibt es nicht"


def text_set(name: str, material: Path | None) -> TextSet:
    """Read a set of texts. Raises UnreadableFile."""
    path, read = {**TEXT_SETS, **OWN_SETS}[name]
    return read(path if material is None else material / path)  # a path of ours is absolute


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Errors of a file of a set name the file."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(f"»{file}« ist nicht lesbar: {error!r}") from None
