"""Versions of one text: which document replaces which.

A release and its corrections share their title (but for the mark of the correction and for numbers, which may be what
was wrong) or their address, and come from one publisher. A correction says that it is one, or repeats most sentences of
an older document. Everything is decided from the documents alone, never from the order in which they were read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.data import load
from ingest.types import Document, Published

# Share of the sentences of the shorter text that the other one holds too: enough for a marked correction, and enough
# without any mark. Newsletters of one series stay below .3, republished releases above .8.
MARKED = 0.3
UNMARKED = 0.6
_EARLY, _LATE = "0000-00-00", "9999-99-99"
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Version:
    """What decides about a document among those of one title or address."""

    id: str
    publisher: str
    published: Published
    correction: int

    @property
    def first_day(self) -> str:
        """The first day on which it may have appeared; before all others where nothing is known."""
        span = self.published.range
        return span[0] if span else (self.published.date or _EARLY)

    @property
    def last_day(self) -> str:
        """The last day on which it may have appeared."""
        span = self.published.range
        return span[1] if span else (self.published.date or _LATE)


def family_of(title: str) -> str:
    """What the titles of all versions of a text have in common: letters only, without the mark of a correction."""
    bare = _mark().sub(" ", title)
    return "".join(_LETTERS.findall(bare.casefold()))


def correction_of(document: Document) -> int:
    """The number of the correction that a document says to be; 0 where it says nothing, 1 where it gives no number."""
    return max((_number(line) for line in _candidate_lines(document)), default=0)


def is_mark_line(line: str) -> bool:
    """Whether a line holds nothing but the mark of a correction."""
    return _mark_line().fullmatch(line.strip(" *_·•()[]")) is not None


def sentence_prints(text: str) -> frozenset[str]:
    """The sentences of a text without numbers, punctuation and case; short ones left out. Cheap on purpose."""
    parts = _SENTENCE_END.split(text.casefold())
    return frozenset(found for part in parts if len(found := "".join(_LETTERS.findall(part))) > 20)


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the sentences of the shorter text that the other one holds too, 0 to 1."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def predecessors(versions: Sequence[Version], alike: Callable[[str, str], float]) -> dict[str, str]:
    """For each document that replaces another: the id of the one that it replaces.

    `versions` share a title or an address; `alike` gives the similarity of two documents by id.
    """
    ordered = sorted(versions, key=lambda v: (v.first_day, v.correction, v.id))
    ordered.sort(key=lambda v: v.correction if v.correction else 0)
    chain: dict[str, str] = {}
    for position, newer in enumerate(ordered):
        rivals = [older for older in ordered[:position] if older.id not in chain.values() and _older(older, newer)]
        scored = [(alike(older.id, newer.id), older.correction, older.first_day, older.id) for older in rivals]
        enough = MARKED if newer.correction else UNMARKED
        fitting = [row for row in scored if row[0] >= enough]
        if fitting:
            chain[newer.id] = max(fitting, key=lambda row: (row[1], row[2], row[0]))[3]
    return chain


def _older(older: Version, newer: Version) -> bool:
    """Whether `newer` may replace `older`, the texts aside."""
    names = {older.publisher.casefold(), newer.publisher.casefold()} - {"nicht genannt", ""}
    if len(names) > 1:
        return False
    if newer.correction > older.correction:
        return older.first_day <= newer.last_day
    return newer.correction == older.correction and _EARLY < older.last_day < newer.first_day


def _candidate_lines(document: Document) -> Iterable[str]:
    """The mark at the beginning or the end of the title, and the lines outside the body that are one."""
    mark = _mark().search(document.title)
    if mark and (mark.start() == 0 or not re.search(r"\w", document.title[mark.end() :])):
        yield mark.group()
    for section in document.sections:
        if section.role != "body":
            yield from (line for line in document.text[section.start : section.end].splitlines() if is_mark_line(line))


def _number(line: str) -> int:
    match = _mark().search(line)
    if match is None:
        return 0
    ordinals: dict[str, int] = load("versions")["ordinals"]
    return int(match["number"] or ordinals.get((match["word"] or "").casefold(), 1))


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(load("versions")["mark"], re.IGNORECASE | re.VERBOSE)


@cache
def _mark_line() -> re.Pattern[str]:
    data = load("versions")
    return re.compile(data["mark"] + data["reference"], re.IGNORECASE | re.VERBOSE)
