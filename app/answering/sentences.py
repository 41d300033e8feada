"""Sentences of documents with what the rules read in them, worked out on demand and kept while they are in use.

Only the passages that a search found are divided, so that a long document costs no more than a short one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from app.answering.matching import Words, words_of
from app.answering.question import compiled, meant
from app.answering.remembered import once
from app.answering.tables import counted_in_row
from index.cache import Cache
from index.lexical import analyse
from index.search import Evidence
from ingest.facts.measures import measure_of
from ingest.facts.scenes import Scene
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import PersonMention, find_persons
from ingest.german.places import PlaceMention, find_places
from ingest.german.quantities import Quantity, find_quantities
from ingest.german.sentences import sentences
from ingest.passages import body_start
from ingest.types import Document, Section

LONGEST_LIST = 900
REMEMBERED = 3_000_000  # characters of passages whose sentences are kept
TEXT_SHARE = 8  # so many characters of a document that is kept with them count as one
PARAGRAPH = "\n\n"
LIST_MARK = re.compile(r"(?:[-–—•▪◦*·]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_LEANING = re.compile(
    r"(?:\S+\s){0,4}?(?:[Ss]ie|[Ee]r|[Ee]s|[Ii]hn\w?|[Ii]hre?\w?|[Dd]ies\w*|[Dd]avon|[Dd]azu|[Dd]afür|[Dd]arin|[Zz]udem|"
    r"[Aa]ußerdem|[Hh]ierfür|[Dd]arüber|[Zz]uvor|[Dd]ort|[Ss]o|[Ss]ein\w*)\b|(?:Die|Das|Der|Ziel)\b"
)


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence of a document with what the rules read in it (on demand). Equal is only the very same one."""

    document: Document
    start: int
    end: int
    heading: str
    previous: str
    previous_start: int = 0
    listed: bool = False  # a list item; its mark is left out of the span
    list_end: int = 0  # where the list ends that the sentence announces
    _said: dict[str, bool] = field(default_factory=dict, init=False, compare=False, repr=False)

    @once
    def text(self) -> str:
        """The sentence itself, to the letter."""
        return self.document.text[self.start : self.end]

    @once
    def words(self) -> Words:
        """Its words, and the verbs that stand in it in two parts (»tritt … bei«)."""
        meaning = meant(self.text)
        if not meaning and self.list_end <= self.end:
            return words_of(self.text)
        told = self.document.text[self.start : max(self.end, self.list_end)]
        return Words(analyse(" ".join([told, *meaning])))

    @once
    def previous_words(self) -> Words:
        """The words of the sentence before it."""
        return words_of(self.previous)

    @property
    def stems(self) -> frozenset[str]:
        """The stems of these words."""
        return self.words.stems

    @once
    def row(self) -> Scene:
        """The sentence as a possible row of a table."""
        return Scene(self.document, self.start, self.end, self.heading)

    @once
    def quantities(self) -> list[Quantity]:
        """Numbers with units; in a row of a table the column says what they count."""
        found = find_quantities(self.text)
        return [counted_in_row(self.row, quantity) for quantity in found] if self.row.cells else found

    @once
    def measures(self) -> tuple[str, ...]:
        """The canonical measure of each of its `quantities`."""
        return tuple(measure_of(self.text, quantity) for quantity in self.quantities)

    @once
    def dates(self) -> list[DateMention]:
        """Dates and periods."""
        return find_dates(self.text)

    @once
    def persons(self) -> list[PersonMention]:
        """Named office-holders."""
        return find_persons(self.text)

    @once
    def places(self) -> list[PlaceMention]:
        """Named places."""
        return find_places(self.text, self.document.text)

    @once
    def leans_back(self) -> bool:
        """Whether it refers to the one before it (»Sie ist …«, »Geleitet wird er …«)."""
        return bool(self.previous and _LEANING.match(self.text))

    def says(self, pattern: str) -> bool:
        """Whether a regular expression of the word lists, case ignored, finds something; there are few of them."""
        said = self._said.get(pattern)
        if said is None:
            said = self._said[pattern] = bool(compiled(pattern).search(self.text))
        return said


@dataclass(slots=True)
class _Reading:
    """The sentences of one edition of a document, by the passage in which they begin."""

    document: Document
    size: int
    passages: dict[tuple[int, int], tuple[Sentence, ...]] = field(default_factory=dict)


_remembered: Cache[tuple[str, str], _Reading] = Cache(REMEMBERED)


def passage_sentences(item: Evidence) -> Sequence[Sentence]:
    """Sentences that begin in a passage."""
    document, place = item.document, (item.passage.start, item.passage.end)
    reading = _remembered.get((document.id, document.sha256))
    if reading is None or (reading.document is not document and reading.document != document):
        reading = _Reading(document, len(document.text) // TEXT_SHARE)
    found = reading.passages.get(place)
    if found is None:
        found = reading.passages[place] = tuple(_beginning_in(document, *place))
        reading.size += place[1] - place[0]
        _remembered.put((document.id, document.sha256), reading, reading.size)
    return found


def document_sentences(document: Document) -> Iterator[Sentence]:
    """All body sentences of a document in reading order."""
    for number, section in enumerate(document.sections):
        if section.role == "body":
            start, end = body_start(document.text, section), section.end
            yield from _with_lists(document, number, list(_divided(document, section, start, end)), end)


def _beginning_in(document: Document, start: int, end: int) -> Iterator[Sentence]:
    number = bisect_right(document.sections, start, key=lambda section: section.start) - 1
    if number < 0 or document.sections[number].role != "body":
        return
    section = document.sections[number]
    first, last = _paragraphs(document.text, section, start, end)
    for sentence in _with_lists(document, number, list(_divided(document, section, first, last)), last):
        if start <= sentence.start < end:
            yield sentence


def _paragraphs(text: str, section: Section, start: int, end: int) -> tuple[int, int]:
    """The whole paragraphs around a passage, which no sentence leaves, and the one before them."""
    begin = body_start(text, section)
    first = text.rfind(PARAGRAPH, begin, start)
    if first >= 0:
        before = begin + len(text[begin:first].rstrip())
        first = text.rfind(PARAGRAPH, begin, before)
    return (begin if first < 0 else first + len(PARAGRAPH)), _paragraph_end(text, section, end)


def _paragraph_end(text: str, section: Section, offset: int) -> int:
    end = text.find(PARAGRAPH, max(section.start, offset - 1), section.end)
    return section.end if end < 0 else end


def _divided(document: Document, section: Section, start: int, end: int) -> Iterator[Sentence]:
    """The sentences of whole paragraphs of a section."""
    text = document.text
    previous, previous_start = "", section.start
    for begin, stop in ((start + a, start + b) for a, b in sentences(text[start:end])):
        mark = LIST_MARK.match(text, begin, stop)
        first = mark.end() if mark else begin
        yield Sentence(document, first, stop, section.heading or "", previous, previous_start, bool(mark))
        previous, previous_start = text[first:stop], first


def _with_lists(document: Document, number: int, found: list[Sentence], end: int) -> Iterator[Sentence]:
    """The sentences up to `end` of a section; those that announce a list, with where it ends."""
    for i, sentence in enumerate(found):
        stop = sentence.end
        if sentence.text.endswith(":"):
            following = chain(
                islice(found, i + 1, None), _further(document, number, end, sentence.start + LONGEST_LIST)
            )
            for item in following:
                if not item.listed or item.end - sentence.start > LONGEST_LIST:
                    break
                stop = item.end
        yield replace(sentence, list_end=stop) if stop > sentence.end else sentence


def _further(document: Document, number: int, start: int, limit: int) -> Iterator[Sentence]:
    """What stands behind an offset, in its section and in those after it, as far as a list may reach."""
    for section in document.sections[number:]:
        if section.start > limit:
            return
        if section.role == "body":
            begin = max(start, body_start(document.text, section))
            yield from _divided(document, section, begin, _paragraph_end(document.text, section, max(begin, limit)))
