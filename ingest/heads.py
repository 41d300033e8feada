"""Lines in the head of a document that are not its title: salutations, addressees, references, kinds of paper.

Vocabulary: `ingest/data/heads.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.data import load
from ingest.lines import is_date_line, plain

_LONGEST = 160  # characters of a line that can be told by its beginning


def is_no_title(text: str) -> bool:
    """Whether a block of a head addresses somebody, gives a reference or says what kind of paper it is."""
    flat = " ".join(plain(text).split()).strip("*~_ ")
    if not flat or len(flat) > _LONGEST:
        return not flat
    names = ("salutation", "reference", "dated")
    if is_date_line(flat) or any(head_pattern("title", name).match(flat) for name in names):
        return True
    if head_pattern("title", "mark").fullmatch(flat) or head_pattern("title", "numbered").fullmatch(flat):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    return subject_of(text) == "" and all(head_pattern("title", "label").match(line.strip()) for line in lines)


def names_paper(text: str) -> bool:
    """Whether a block is a title that says what it is: »Richtlinie des Ministeriums …«, »Bericht des Rates«."""
    flat = " ".join(text.split())
    return any(re.match(rule["title"], flat) for rule in load("kinds")["kind"] if "title" in rule)


def subject_of(text: str) -> str:
    """What stands behind »Betreff:«, »Gegenstand:« in a block, or ""."""
    flat = " ".join(plain(text).split())
    match = head_pattern("title", "subject").match(flat)
    return flat[match.end() :].strip() if match else ""


def leads_to_subject(text: str) -> bool:
    """Whether a block is »Betreff« alone: the title stands in the next."""
    return bool(head_pattern("title", "subject").fullmatch(" ".join(plain(text).split())))


@cache
def head_pattern(part: str, name: str) -> re.Pattern[str]:
    """A regular expression of `ingest/data/heads.toml`."""
    return re.compile(load("heads")[part][name])
