"""Questions that the documents can answer: offered after an answer and, above all, after a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.answering.candidates import Sentence, document_sentences
from app.answering.question import Question
from app.data import load
from ingest.german.places import find_places
from ingest.types import Document

LIMIT = 3


def suggestions(
    question: Question, documents: Sequence[Document], language: str, answers: Callable[[str], bool]
) -> tuple[str, ...]:
    """Up to `LIMIT` questions about `documents` (nearest first) for which `answers` is true."""
    found: list[str] = []
    about = load("suggestions")["about"][language]
    named = [about.format(place=question.text[p.start : p.end]) for p in question.places]
    for candidate in (*named, *_proposals(documents, language)):
        if candidate.casefold() == question.text.casefold() or candidate in found:
            continue
        if answers(candidate):
            found.append(candidate)
        if len(found) == LIMIT:
            break
    return tuple(found)


def _proposals(documents: Sequence[Document], language: str) -> Iterator[str]:
    templates = load("suggestions")["suggestion"]
    for document in documents[:3]:
        place = _subject(document)
        for template in templates:
            if bool(template.get("place")) != bool(place):
                continue
            if any(_holds(template, sentence) for sentence in document_sentences(document)):
                yield template[language].format(place=place)


def _subject(document: Document) -> str:
    titled = [m for m in find_places(document.title, document.text) if m.role == "municipality"]
    if len(titled) == 1 and not titled[0].derived:
        return titled[0].name
    return ""


def _holds(template: dict[str, str], sentence: Sentence) -> bool:
    kinds = {q.kind for q in sentence.quantities}
    has = {"money": "money" in kinds, "share": "share" in kinds, "person": bool(sentence.persons), "any": True}
    return has[template.get("needs", "any")] and bool(set(template["stems"].split()) & sentence.stems)
