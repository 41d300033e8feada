"""The days of a regulation: signature, edition, validity. None of them is the day of publication, and none the other.

»Diese Richtlinie tritt am 1. April 2022 in Kraft« speaks of the text itself; »Gleichzeitig tritt die Richtlinie vom …
außer Kraft« speaks of its predecessor. Vocabulary: `ingest/data/validity.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from ingest.data import load
from ingest.german.dates import DateMention, find_dates
from ingest.german.sentences import sentences
from ingest.types import Section, Validity

# Characters of the body in which a regulation names its own edition; later it cites others.
HEAD = 900
# Kinds of documents that have such days at all.
REGULATIONS = frozenset({"programme", "guideline"})
TITLE_LINE = 300
_SLOT = "\N{OBJECT REPLACEMENT CHARACTER}"


def validity_of(text: str, sections: Sequence[Section]) -> Validity:
    """Signature, edition and validity as the body of a regulation states them; None where it states nothing."""
    body = "\n".join(text[section.start : section.end] for section in sections if section.role == "body")
    outside = "\n".join(text[section.start : section.end] for section in sections if section.role == "furniture")
    own = _own_sentences(body)
    return Validity(
        signed=_last(body, "signed") or _last(outside, "signed") or _last(body[:HEAD], "signed_head"),
        edition=_newest(_title_lines(body[:HEAD]), "edition") or _newest(outside, "edition"),
        valid_from=_first(own, "from"),
        valid_until=_first(own, "until"),
    )


def _title_lines(head: str) -> str:
    """Lines that name the edition of the text itself; sentences that cite paragraphs of other laws are none."""
    lines = (line.strip() for line in head.splitlines())
    return "\n".join(line for line in lines if len(line) <= TITLE_LINE and not re.search(r"§|\bArt(?:\.|ikel)", line))


def _own_sentences(body: str) -> list[str]:
    """The sentences (or their beginnings) that speak of the regulation itself and of its force."""
    data = load("validity")
    found = []
    for start, end in sentences(body):
        sentence = " ".join(body[start:end].split())
        own = re.split(data["other"], sentence, flags=re.IGNORECASE)[0]
        if re.search(rf"(?:^|[.;:)\s]){data['self']}\s", own, re.IGNORECASE):
            found.append(own)
    return found


def _first(texts: Iterable[str], name: str) -> str | None:
    """The first day that one of the patterns names."""
    return next((day for text in texts for day in _days(text, name)), None)


def _last(text: str, name: str) -> str | None:
    days = _days(text, name)
    return days[-1] if days else None


def _newest(text: str, name: str) -> str | None:
    return max(_days(text, name), default=None)


def _days(text: str, name: str) -> list[str]:
    """The days at the date slots of the patterns, in reading order."""
    mentions = [mention for mention in find_dates(text) if mention.year is not None]
    slotted, kept = _slotted(text, mentions)
    hits = ((match.end(), slot) for pattern in _patterns(name) for match in pattern.finditer(slotted)
            for slot in [match.end() - 1 - match.group()[::-1].index(_SLOT)])  # fmt: skip
    return [kept[slot].iso for _, slot in sorted(hits)]


def _slotted(text: str, mentions: Sequence[DateMention]) -> tuple[str, dict[int, DateMention]]:
    """`text` with one character for each date, and the date at each such offset."""
    parts: list[str] = []
    kept: dict[int, DateMention] = {}
    position = length = 0
    for mention in mentions:
        parts += [text[position : mention.start], _SLOT]
        length += mention.start - position
        kept[length] = mention
        length += 1
        position = mention.end
    return "".join([*parts, text[position:]]), kept


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    flags = re.IGNORECASE if name not in ("signed",) else re.NOFLAG
    return tuple(re.compile(pattern.replace("{date}", _SLOT), flags) for pattern in load("validity")[name])
