"""The words of `ingest/facts/data/register.toml` as compiled patterns."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from ingest.facts.data import load


def section(*names: str) -> Any:
    """A value of the vocabulary by the names that lead to it."""
    found: Any = load("register")
    for name in names:
        found = found[name]
    return found


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the vocabulary."""
    return re.compile(pattern)


@lru_cache(maxsize=1024)
def any_case(pattern: str) -> re.Pattern[str]:
    """A pattern of the vocabulary, whether its words begin a sentence or not."""
    return re.compile(pattern, re.IGNORECASE)


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """The pattern that stands under these names; several are alternatives."""
    found = section(*names)
    return re.compile("|".join(found) if isinstance(found, list) else found)


def has(text: str, *names: str) -> bool:
    """Whether a pattern of the vocabulary stands somewhere in a text, at the beginning of a sentence or not."""
    return find(text, *names) is not None


def find(text: str, *names: str) -> re.Match[str] | None:
    """The first place where a pattern of the vocabulary stands in a text, at the beginning of a sentence or not."""
    return _any_case(*names).search(text)


@cache
def _any_case(*names: str) -> re.Pattern[str]:
    return re.compile(pattern(*names).pattern, re.IGNORECASE)
