"""Contact questions are answered from the contact sections, never from the body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.answering.matching import match, words_of
from app.answering.question import Question
from ingest.data import load
from ingest.german.persons import find_persons, roles
from ingest.german.places import find_places
from ingest.lines import EMAIL, PHONE, has_contact_detail
from ingest.types import Document

_WANTS = {
    "mail": re.compile(r"mail", re.IGNORECASE),
    "address": re.compile(r"(?<!mail)(?<!mail-)(?:anschrift|adresse)(?!n)|wo (?:sitzt|finde)|address", re.IGNORECASE),
}
_ADDRESS = re.compile(r"(?:^|, |D-)\d{5} +[A-ZÄÖÜ]|(?:[Ss]traße|[Ss]tr\.|[Pp]latz|[Ww]eg|[Aa]llee) *\d", re.MULTILINE)
_PERSON_LABEL = re.compile(r"ansprech\w*|presse\w*|kontakt\w*|redaktion", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contact:
    """A stretch of a contact section that answers, with its one-line form."""

    document: Document
    start: int
    end: int
    line: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whom a document can be asked about: its publisher and what its contact sections say."""

    publisher: str
    block: str

    @classmethod
    def of(cls, document: Document) -> Letterhead:
        """The letterhead of a document."""
        block = " ".join(document.text[s.start : s.end] for s in document.sections if s.role == "contact")
        return cls(document.publisher, block)


def find_contact(question: Question, documents: Iterable[Document]) -> Contact | None:
    """The contact of the best fitting document (given best first), or None."""
    for document in documents:
        if not concerns(question, Letterhead.of(document)):
            continue
        parts = [part for part in _paragraphs(document) if _wanted(question, document.text[part[0] : part[1]])]
        if parts:
            start, end = parts[0][0], _run_end(parts)
            return Contact(document, start, end, _line(document.text[start:end]))
    return None


def concerns(question: Question, head: Letterhead) -> bool:
    """A named place, person, office or organisation must be in the contact block or be the publisher."""
    if not has_contact_detail(head.block):
        return False
    around = f"{head.publisher}\n{head.block}"
    wanted = question.wanted_places
    if wanted and not wanted & {p.ags for m in find_places(around) for p in m.candidates}:
        return False
    named = [p.name.split()[-1] for p in find_persons(question.text)]
    words = words_of(around)
    bodies = [t for t in question.terms if t.noun and not t.context and not t.programme and _is_body(t.text)]
    return all(name in around for name in named) and all(match(term, words) >= 0.4 for term in bodies)


def _is_body(word: str) -> bool:
    """Whether a word of the question names an office or an organisation."""
    known = (*load("letterhead")["organisations"], *roles())
    return any(name.strip().casefold() in word.casefold() for name in known) and not _PERSON_LABEL.search(word)


def _paragraphs(document: Document) -> list[tuple[int, int]]:
    """Spans of the paragraphs of all contact sections."""
    spans = []
    for section in document.sections:
        if section.role != "contact":
            continue
        start = section.start
        for text in document.text[section.start : section.end].split("\n\n"):
            spans.append((start, start + len(text)))
            start += len(text) + 2
    return spans


def _wanted(question: Question, text: str) -> bool:
    if _WANTS["mail"].search(question.own) and not _WANTS["address"].search(question.own):
        return bool(EMAIL.search(text))
    if _WANTS["address"].search(question.own):
        return bool(_ADDRESS.search(text))
    return bool(PHONE.search(text) or EMAIL.search(text) or _PERSON_LABEL.search(text))


def _run_end(parts: list[tuple[int, int]]) -> int:
    end = parts[0][1]
    for start, stop in parts[1:]:
        if start - end > 2:
            break
        end = stop
    return end


def _line(text: str) -> str:
    lines = [re.sub(r"^\W+|[*:\s]+$", "", line) for line in text.splitlines()]
    return ", ".join(line for line in lines if line)
