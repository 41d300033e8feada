"""The language of a text, by the short words that every text of a language has (`ingest/data/languages.toml`)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ingest.data import load

_SAMPLE = 20_000  # characters from the beginning
_FEWEST_WORDS = 15
_CLEAR_SHARE = 0.12  # of all words: below, it is a list of names or figures
_CLEAR_LEAD = 1.4  # times the hits of the next language
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, declared: str = "de") -> str:
    """The ISO 639 code of the language of `text`: "de", "en", "fr", "pl", "cs", "hsb" and some more.

    `declared` is what the file says of itself; it holds unless the text clearly is in another language, and where the
    text is too short to tell.
    """
    declared = re.split(r"[-_]", declared.strip().casefold())[0] or "de"
    words = Counter(word.casefold() for word in _WORD.findall(text[:_SAMPLE]))
    total = words.total()
    if total < _FEWEST_WORDS:
        return declared
    hits = {language: sum(words[word] for word in known) for language, known in _known().items()}
    best, second = sorted(hits, key=lambda language: hits[language], reverse=True)[:2]
    if hits[best] < _CLEAR_SHARE * total or hits[best] < _CLEAR_LEAD * hits[second]:
        return declared
    return best


@cache
def _known() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in load("languages").items()}
