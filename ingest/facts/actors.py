"""Where towns act: in sentences about joining, beginning and advice, in the place of the one who does."""

from __future__ import annotations

import re
from functools import cache

from ingest.facts.names import BARE_LIST, LIST, MOST, NAME, is_ordinary, looks_like_town, names_of
from ingest.facts.vocabulary import has, section
from ingest.german.lexicon import is_word
from ingest.german.places import find_places

_LONGEST = 1_500  # characters; what is longer is no sentence
_SENTENCE = re.compile(r"(?<=[a-zäöüß»«\")][.!?])\s+|\n")
_TOWN = ("Stadt", "Gemeinde")


@cache
def _places_of_actors() -> tuple[re.Pattern[str], ...]:
    """Where the one stands who joins or is advised."""
    verbs, before = section("localities", "acting_verbs"), section("localities", "acting_before")
    inside, joined = (
        section("localities", "acting_inside"),
        r"|, (?:das|ebenfalls|auch)\b| und die (?:Stadt|Gemeinde)\b",
    )
    participle = section("localities", "participle")
    slots = (
        rf"(?:^|[,;:–] )(?:[Aa]uch |[Nn]ur |[Ss]ogar )?{BARE_LIST}(?= (?:{verbs})\b{joined})",
        rf":\s(?:die (?:Stadt|Gemeinde) )?(?={NAME}(?:,| und| \()){LIST}(?=[.;,]|$| (?:sowie|und|aus)\b)",
        rf"\b(?:{before})\s+{BARE_LIST}",
        rf"\b(?:{inside})\s+{BARE_LIST}(?=[.;,]|$| [a-zäöü])",
        rf", (?:der|dem|die) {BARE_LIST}(?= (?:{section('localities', 'relative')})\b)",
        rf"^(?:Dem|Der)\b[^.;:]{{0,80}}?\bgehör(?:t|te|en|ten) (?:[a-zäöü]+ ){{0,3}}{BARE_LIST}",
        rf"^Mit {BARE_LIST}(?= (?:{section('localities', 'concluded')})\b)",
        rf"\b[A-ZÄÖÜ\d]\w+ {BARE_LIST}(?= (?:{section('localities', 'particles')})\b)",
        rf"(?:^|[,;:–] )(?:[Aa]uch )?(?!{participle}){BARE_LIST}(?= {section('localities', 'became')})",
        rf"^(?:Auch|Ebenso) {BARE_LIST}(?= (?:ha(?:t|ben)|ist|sind|w(?:ar|ird|urde))\b)",
        rf"\b[IiFf](?:n|ür) (?P<list>{NAME})(?= (?:{section('localities', 'stages')})\b)",
    )
    return tuple(re.compile(slot) for slot in slots)


@cache
def _lists_of_actors() -> tuple[re.Pattern[str], ...]:
    """Where several stand who join or begin: »dabei sind A, B und die Stadt C«, »A, B und C haben … gegründet«."""
    town = r"(?:die (?:[a-zäöü]+ )?(?:Stadt|Gemeinde) )?"
    several = rf"(?P<list>{NAME}(?:, {town}{NAME}){MOST},? (?:und|sowie) {town}{NAME})"
    slots = (
        rf"\b(?:{section('localities', 'list_behind')}) (?:[a-zäöü]+ )?{town}{several}",
        rf"(?:^|[:–] ){several}(?= (?:{section('localities', 'list_before')})\b)",
    )
    return tuple(re.compile(slot) for slot in slots)


def acting_towns(text: str) -> set[str]:
    """In a sentence about joining or advice: what stands where the one stands who joins or is advised."""
    found = set()
    for sentence in _SENTENCE.split(text):
        if len(sentence) > _LONGEST or not has(sentence, "localities", "joining"):
            continue
        for slot in _places_of_actors():
            for match in slot.finditer(sentence):
                if not _is_way(match):
                    found |= {name for name in names_of(match["list"]) if not is_ordinary(name)}
        one = re.findall(rf"\b(?:{section('localities', 'list_behind')}) ({NAME})(?=[ .,:;])", sentence)
        found |= {name for name in one if looks_like_town(name) and not is_ordinary(name)}
        for slot in _lists_of_actors():
            for match in slot.finditer(sentence):
                names = list(names_of(match["list"]))
                if any(looks_like_town(name) or find_places(name) for name in names):
                    found |= {name for name in names if not is_ordinary(name) and name not in _TOWN}
    return {name for name in found if looks_like_town(name) or not _is_plural(name)}


def _is_plural(name: str) -> bool:
    """»mit Wirtsleuten und Campingplätzen«: compounds of the language in the dative."""
    return name.endswith("n") and is_word(name)


def _is_way(match: re.Match[str]) -> bool:
    """»den Weg zwischen Bahnhof und Stadtforst«: words of the language, and no towns."""
    return match.group().startswith("zwischen ") and all(is_word(name) for name in names_of(match["list"]))
