"""Questions that the documents can answer: offered after an answer and, above all, after a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from app.answering.question import Question
from app.answering.remembered import per_document
from app.answering.sentences import Sentence, document_sentences
from app.data import load
from ingest.german.places import find_places
from ingest.types import Document

LIMIT = 3
PROPOSING = 3  # nearest documents that questions are proposed from
_LONGEST = 40_000  # characters


def suggestions(
    question: Question, documents: Sequence[Document], language: str, answers: Callable[[str], bool]
) -> tuple[str, ...]:
    """Up to `LIMIT` questions about `documents` (nearest first) for which `answers` is true."""
    found: list[str] = []
    about = load("suggestions")["about"][language]
    named = [about.format(place=question.text[p.start : p.end]) for p in question.places]
    for candidate in chain(named, _proposals(documents, language)):
        if candidate.casefold() == question.text.casefold() or candidate in found:
            continue
        if answers(candidate):
            found.append(candidate)
        if len(found) == LIMIT:
            break
    return tuple(found)


def _proposals(documents: Sequence[Document], language: str) -> Iterator[str]:
    templates = load("suggestions")["suggestion"]
    for document in documents[:PROPOSING]:
        place, held = _subject(document), _held(document)
        for number, template in enumerate(templates):
            if bool(template.get("place")) == bool(place) and number in held:
                yield template[language].format(place=place)


@per_document
def _held(document: Document) -> frozenset[int]:
    """Numbers of the templates of which some sentence of a document holds what they ask for."""
    if len(document.text) > _LONGEST:
        return frozenset()  # a whole law holds something for each of them, and reading it takes long
    open_ones = dict(enumerate(load("suggestions")["suggestion"]))
    for sentence in document_sentences(document):
        for number in [n for n, template in open_ones.items() if _holds(template, sentence)]:
            del open_ones[number]
    return frozenset(range(len(load("suggestions")["suggestion"]))) - open_ones.keys()


@per_document
def _subject(document: Document) -> str:
    titled = [m for m in find_places(document.title, document.text) if m.role == "municipality"]
    if len(titled) == 1 and not titled[0].derived:
        return titled[0].name
    return ""


def _holds(template: dict[str, str], sentence: Sentence) -> bool:
    if sentence.stems.isdisjoint(template["stems"].split()):
        return False
    needs = template.get("needs", "any")
    if needs == "person":
        return bool(sentence.persons)
    return needs == "any" or any(quantity.kind == needs for quantity in sentence.quantities)
