"""What names of towns look like, alone and in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.vocabulary import pattern, section

WORD_OF_NAME = r"[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-ZÄÖÜ][a-zäöüß]+)*"
NAME = (
    rf"(?:(?:Bad|Sankt|Klein|Groß|Neu|Alt|Hohen|Nieder|Ober) )?{WORD_OF_NAME}"
    r"(?: (?:an der|am|ob der|bei der) [A-ZÄÖÜ][a-zäöüß]+)?"
)
_BRACKET = r"(?: \([^()\n]{1,40}\))?"
MOST = "{0,40}"  # names of a list; without a limit the time for a long one would grow with the square of its length
_MORE = rf"(?:, {NAME}{_BRACKET}){MOST}(?:,? (?:und|sowie|oder|bzw\.) (?:auch )?{NAME}{_BRACKET})?"
LIST = rf"(?P<list>{NAME}{_BRACKET}{_MORE})"
SURNAME = r"| (?!Mitglied|Teil\b|\w*[Bb]ürgermeister|Landrat|Partner|Landkreis|Kreis\b)[A-ZÄÖÜ][a-zäöü]"
BARE_LIST = (
    rf"(?P<list>{NAME}(?:, {NAME}){MOST}(?:,? (?:und|sowie) (?:auch )?{NAME})?)"
    rf"(?![\w-]{SURNAME})"
)


def names_of(listed: str) -> Iterator[str]:
    yield from re.findall(NAME, re.sub(r"\([^()]*\)", "", listed))


def looks_like_town(name: str) -> bool:
    """Whether a word begins or ends like names of towns do."""
    first = re.match(section("localities", "beginnings"), name)
    river = name.split()[-1] if name != without_river(name) else ""
    return (bool(first) and not (river and is_ordinary(river))) or ends_like_town(without_river(name))


def without_river(name: str) -> str:
    """»Musterau am See« is a Musterau, and »Unbehagen am Bahnhof« none."""
    return re.split(r" (?:an der|am|ob der|bei der) ", name)[0]


def ends_like_town(word: str) -> bool:
    return bool(re.search(rf"(?:{section('localities', 'endings')})$", word))


def is_ordinary(name: str) -> bool:
    """Whether a word is built like a noun of the language, and no name."""
    return bool(pattern("localities", "ordinary").search(name[:1].lower() + name[1:]))
