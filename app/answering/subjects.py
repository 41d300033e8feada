"""Whom or what a sentence is about: places of the gazetteer and names that only the documents know.

A value about one town never answers a question about another. A name counts as such if a document uses it like one
(»in X«, »Stadt X«) and never with an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from app.answering.question import Question
from app.answering.remembered import per_document
from ingest.german.places import PlaceMention, find_places
from ingest.types import Document

_AS_NAME = re.compile(
    r"\b(?:in|aus|von|nach|bei|Stadt|Gemeinde|Kreisstadt|Kommune|Ort|Dorf)\s+([A-ZÄÖÜ][a-zäöüß]{3,}(?:-[A-ZÄÖÜ][a-zäöüß]+)?)\b"
)
_WITH_ARTICLE = re.compile(
    r"\b(?:der|die|das|dem|den|des|ein|eine|einen|einem|einer|eines|zum|zur|kein\w*|ihr\w*|sein\w*|unser\w*)\s+"
    r"([A-ZÄÖÜ][a-zäöüß]{3,}(?:-[A-ZÄÖÜ][a-zäöüß]+)?)\b"
)
OPENING = 450
MOST_SUBJECTS = 3  # an opening that names more places is about none of them


class Spoken(Protocol):
    """A sentence, as far as subjects are concerned."""

    @property
    def document(self) -> Document: ...

    @property
    def text(self) -> str: ...

    @property
    def places(self) -> list[PlaceMention]: ...


def about_the_place(question: Question, sentence: Spoken) -> bool:
    """Whether a sentence can be about the place that the question names (always true if it names none)."""
    if not question.places:
        return True
    wanted = question.wanted_places
    named = {p.ags for m in sentence.places if m.role != "body" for p in m.candidates}
    if wanted & named:
        return True
    if question.kind == "person" and wanted & titled_places(sentence.document):
        return True  # who took part may be told beside other towns
    others = [m for m in sentence.places if m.role == "municipality" and not m.derived]
    return not others and bool(wanted & subject_places(sentence.document))


def about_another_place(question: Question, document: Document) -> bool:
    """Whether the title of a document names places, and none of those asked about: a mention there is by the way."""
    titled = titled_places(document)
    wanted = question.wanted_places
    return bool(titled and wanted and not titled & wanted)


@per_document
def titled_places(document: Document) -> frozenset[str]:
    """Keys of the places that the title names."""
    mentions = find_places(document.title, document.text)
    return frozenset(p.ags for m in mentions if m.role != "body" for p in m.candidates)


@per_document
def subject_places(document: Document) -> frozenset[str]:
    """Keys of the places a document is about: named in its title, else the few that its opening names."""
    titled = titled_places(document)
    mentions = [m for m in find_places(document.text[:OPENING], document.text) if m.role == "municipality"]
    keys = frozenset(p.ags for m in mentions for p in m.candidates)
    return titled or (keys if len(keys) <= MOST_SUBJECTS else frozenset())


def asked_names(question: Question, documents: Iterable[Document]) -> frozenset[str]:
    """Names that the question shares with the documents and the gazetteer does not know."""
    words = set(re.findall(r"[A-ZÄÖÜ][\wäöüß]+(?:-[A-ZÄÖÜ][\wäöüß]+)?", question.text))
    words |= {word[:-1] for word in words if word.endswith("s")} | {word[:-2] for word in words if word.endswith("er")}
    return frozenset(
        name
        for document in documents
        for name in words & _used_as_names(document)
        if _is_local(name, document)  # asked of few names, as it reads the whole text
    )


def about_the_names(names: frozenset[str], sentence: Spoken) -> bool:
    """Whether a sentence can be about one of `names` (always true without names)."""
    if not names or any(re.search(rf"\b{name}", sentence.text) for name in names):
        return True
    known = local_names(sentence.document)
    others = [name for name in known - names if re.search(rf"\b{name}", sentence.text)]
    return not others and bool(names & subject_names(sentence.document))


@per_document
def local_names(document: Document) -> frozenset[str]:
    """Capitalised words that a document uses as names of places and never with an article."""
    return frozenset(name for name in _used_as_names(document) if _is_local(name, document))


@per_document
def _used_as_names(document: Document) -> frozenset[str]:
    """Capitalised words that stand where names of places do, in the title or more than once."""
    counts = Counter(_AS_NAME.findall(document.text))
    return frozenset(name for name, count in counts.items() if count > 1 or name in document.title)


def _is_local(name: str, document: Document) -> bool:
    """Whether such a word never has an article, and is no place of the gazetteer."""
    return name not in _with_article(document) and not find_places(name)


@per_document
def _with_article(document: Document) -> frozenset[str]:
    """Capitalised words that a document uses with an article; of »der Muster-Weg« the first part, too."""
    found = set(_WITH_ARTICLE.findall(document.text))
    return frozenset(found | {name.split("-")[0] for name in found})


@per_document
def subject_names(document: Document) -> frozenset[str]:
    """Local names in the title, or the most frequent one of the opening."""
    names = local_names(document)
    titled = frozenset(name for name in names if name in document.title)
    counts = {name: document.text[:OPENING].count(name) for name in names}
    top = max(counts.values(), default=0)
    return titled or frozenset(name for name, count in counts.items() if top and count == top)
