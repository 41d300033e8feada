"""Whom or what a sentence is about: places of the gazetteer and names that only the documents know.

A value about one town never answers a question about another. A name counts as such if a document uses it like one
(»in X«, »Stadt X«) and never with an article.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from app.answering.question import Question
from app.answering.remembered import per_document
from ingest.german.places import PlaceMention, find_places
from ingest.types import Document

_CAPITAL = re.compile(r"[A-ZÄÖÜ][\wäöüß]+(?:-[A-ZÄÖÜ][\wäöüß]+)?")
_NAME = r"[A-ZÄÖÜ][a-zäöüß]{3,}(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
_IS_NAME = re.compile(_NAME)
_NAMED_AFTER = frozenset(
    ["in", "aus", "von", "nach", "bei", "Stadt", "Gemeinde", "Kreisstadt", "Kommune", "Ort", "Dorf"]
)
_ARTICLE = re.compile(
    r"der|die|das|dem|den|des|ein|eine|einen|einem|einer|eines|zum|zur|kein\w*|ihr\w*|sein\w*|unser\w*"
)
_AS_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_NAMED_AFTER))})\s+({_NAME})\b")
_WITH_ARTICLE = re.compile(rf"\b(?:{_ARTICLE.pattern})\s+({_NAME})\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_FURTHER_PART = re.compile(r"-[A-ZÄÖÜ][a-zäöüß]")
LONGEST_BEFORE = 20  # characters in which the word before a name stands
OPENING = 450
MOST_SUBJECTS = 3  # an opening that names more places is about none of them


# Names of places by their first word.
Towns = Mapping[str, Sequence[str]]
NO_TOWNS: Towns = {}


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
    words = set(_CAPITAL.findall(question.text))
    words |= {word[:-1] for word in words if word.endswith("s")} | {word[:-2] for word in words if word.endswith("er")}
    unknown = [word for word in words if _IS_NAME.fullmatch(word) and not find_places(word)]
    return frozenset(name for document in documents for name in unknown if _is_name_in(name, document))


def towns_of(names: Iterable[str]) -> Towns:
    """Names of places by their first word."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[name.split()[0]].append(name)
    return {word: tuple(sorted(group, key=len, reverse=True)) for word, group in found.items()}


def asked_towns(question: Question, towns: Towns) -> frozenset[str]:
    """The places of the register that a question names, also in small letters and in the genitive."""
    words = {form for word in _LETTERS.findall(question.text) for form in (word.casefold(), word.casefold()[:-1])}
    asked = question.text.casefold()
    near = (name for word, group in towns.items() if word.casefold() in words for name in group)
    return frozenset(name for name in near if name.casefold() in asked)


def _towns_in(text: str, towns: Towns) -> Iterator[str]:
    return (name for word in _CAPITAL.findall(text) for name in towns.get(word, ()) if name in text)


def about_the_names(names: frozenset[str], sentence: Spoken, towns: Towns = NO_TOWNS) -> bool:
    """Whether a sentence can be about one of `names` (always true without names); `towns` are known ones."""
    if not names or any(_begins_word(name, sentence.text) for name in names):
        return True
    document = sentence.document
    head = f"{document.title}\n{document.publisher}".casefold()  # »STADT MUSTERAU« is the same place
    opening = document.text[:OPENING]
    if not any(name.casefold() in head or name in opening for name in names):
        return False  # it is no subject of the document, whose names need not be read then
    known = local_names(document)
    others = any(_begins_word(name, sentence.text) for name in known - names)
    if others or any(name not in names for name in _towns_in(sentence.text, towns)):
        return False
    first = next(_towns_in(opening, towns), "")
    titled = any(name.casefold() in head for name in names)
    return titled or first in names or bool(names & subject_names(document))


@per_document
def local_names(document: Document) -> frozenset[str]:
    """Capitalised words that a document uses as names of places and never with an article."""
    counts = Counter(_AS_NAME.findall(document.text))
    used = [name for name, count in counts.items() if count > 1 or name in document.title]
    with_article = set(_WITH_ARTICLE.findall(document.text))
    with_article |= {name.split("-")[0] for name in with_article}  # of »der Muster-Weg« the first part, too
    return frozenset(name for name in used if name not in with_article and not find_places(name))


def _is_name_in(name: str, document: Document) -> bool:
    """Whether a name is one of `local_names`; a text is asked for one word here, as laws are long."""
    if name not in document.text:
        return False
    before = list(_before(name, document.text))
    as_name = sum(whole and word in _NAMED_AFTER for word, whole in before)
    return (as_name > 1 or (as_name == 1 and name in document.title)) and not any(
        _ARTICLE.fullmatch(word) for word, _ in before
    )


def _before(name: str, text: str) -> Iterator[tuple[str, bool]]:
    """The word before each occurrence of a name, and whether the name is the whole word that stands there."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not text[end : end + 1].isalnum() and text[at - 1 : at].isspace():
            words = text[max(0, at - LONGEST_BEFORE) : at].split()
            yield (words[-1] if words else ""), not _FURTHER_PART.match(text, end)
        at = text.find(name, end)


def _begins_word(name: str, text: str) -> bool:
    """Whether a word of the text begins with the name."""
    at = text.find(name)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(name, at + 1)
    return at >= 0


@per_document
def subject_names(document: Document) -> frozenset[str]:
    """Local names in the title, or the most frequent one of the opening."""
    names = local_names(document)
    titled = frozenset(name for name in names if name in document.title)
    counts = {name: document.text[:OPENING].count(name) for name in names}
    top = max(counts.values(), default=0)
    return titled or frozenset(name for name, count in counts.items() if top and count == top)
