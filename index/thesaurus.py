"""The thesaurus: many short lines of words that say the same, read only where a question needs them.

A line of `data/thesaurus/*.txt` reads `word, word, … | asked, asked, …`: words of documents that stand for each other,
and behind the bar words that only questions use. Members that lose their sense in the analysis are left out. There are
thousands of lines, and analysing them all would keep every cold start waiting: lines are found by the first letters of
their words, and only those found are analysed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.lexical import analyse, fold
from ingest.errors import DataError

WEIGHT = 0.4
FOLDER = Path(__file__).parent / "data" / "thesaurus"
# Lines are found by so many letters. A stem may be shorter, so words are entered by their first two and three, too.
KEY = 4
# The analysis leaves these out, and »nicht erlaubt« would stand for »erlaubt«.
_NEGATED = re.compile(r"\b(?:nicht|nie|niemals|kein\w*|ohne)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_HYPHENED = re.compile(r"\w+(?:-\w+)+")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """When all stems of `trigger` are in a question, the `targets` are looked for too."""

    trigger: frozenset[str]
    targets: tuple[Phrase, ...]
    weight: float


def rules_of(words: Iterable[str], asked: Iterable[str], weight: float) -> list[Rule]:
    """Each word stands for the other `words`, and so does each that is only `asked`."""
    told, only_asked = phrases(words), phrases(asked)
    return [
        Rule(frozenset(phrase), tuple(other for other in told if other != phrase), weight)
        for phrase in dict.fromkeys((*told, *only_asked))
    ]


def phrases(members: Iterable[str]) -> tuple[Phrase, ...]:
    """The stems of each word or phrase, those without any left out."""
    return tuple(dict.fromkeys(filter(None, map(_phrase, members))))


def _phrase(words: str) -> Phrase:
    return tuple(dict.fromkeys(analyse(words)))


@lru_cache(maxsize=4096)
def rules_at(stem: str) -> tuple[Rule, ...]:
    """The rules whose trigger has `stem` as its alphabetically first stem. Raises DataError for an unreadable file."""
    lines = dict.fromkeys(line for word, line in _lines().get(stem[:KEY], ()) if word.startswith(stem))
    return tuple(rule for line in lines for rule in _rules(line) if min(rule.trigger) == stem)


@lru_cache(maxsize=4096)
def _rules(line: str) -> tuple[Rule, ...]:
    words, asked = ([member for member in side.split(",") if _stands(member)] for side in f"{line}|".split("|")[:2])
    return tuple(rules_of(words, asked, WEIGHT))


def _stands(member: str) -> bool:
    """Whether the stems of a member say what it says: no negation, and no idiom that comes down to one of its words."""
    return not _NEGATED.search(member) and (len(member.split()) < 2 or len(_phrase(member)) > 1)


def _words(line: str) -> list[str]:
    """Words, and those with hyphens as one, too."""
    joined = [word.replace("-", "") for word in _HYPHENED.findall(line)]
    return _WORD.findall(line) + joined


@lru_cache(maxsize=1)
def _lines() -> Mapping[str, list[tuple[str, str]]]:
    """Words as stems write them, with the line that each stands in, by the first letters."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(FOLDER.glob("*.txt")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            raise DataError(f"Die Wortliste {path.name} ist nicht lesbar: {error}") from error
        for line in text.splitlines():
            if not line.startswith("#"):
                for word in map(fold, _words(line.casefold())):
                    for length in range(2, KEY + 1):
                        found[word[:length]].append((word, line))
    return found
