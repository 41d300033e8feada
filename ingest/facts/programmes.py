"""The programme that a document belongs to: by the names of the vocabulary, else as the document itself calls it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from ingest.facts.scenes import CONTEXT
from ingest.facts.types import Subject
from ingest.facts.vocabulary import has, section
from ingest.german.places import find_places
from ingest.types import Document
from ingest.validity import REGULATIONS

_OFTEN = 2  # an abbreviation that is used more often names what the text is about
_FAR = 100_000  # characters in which a text must say that it is about prevention at all
_SHORT = r"[»„\"]?(?P<short>[A-ZÄÖÜ][\w-]*[A-ZÄÖÜ]\w*)[«“\"]?"
_CAMEL = r"[»„\"]?(?P<short>[A-ZÄÖÜ]+[a-zäöü]+[A-ZÄÖÜ][\w]*)\b"  # »des Programms BeSO«
_NAME, _WORDS = 90, 7  # characters and words that a name may have
_IN_BRACKETS = re.compile(r"[«“\"]?\s*\((?:kurz:?\s*)?(?P<short>[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*)\)")
_WITH_ARTICLE = re.compile(
    r"\b(?:der|die|das|dem|des|im|vom|zum|zur|beim) (?P<short>[A-ZÄÖÜ][A-Za-zäöü]{0,4}[A-ZÄÖÜ]\w{0,5})\b"
)


@lru_cache(maxsize=256)
def programme_of(document: Document) -> Subject:
    """The programme of a document; a text that has nothing to do with one is its own subject."""
    text = f"{document.title}\n{document.text[:CONTEXT]}"
    if any(name in text for name in section("programme", "names")):
        return Subject(section("programme", "default"))
    own = _own_name(text)
    if own or has(document.text[:_FAR], "programme", "context"):
        return Subject(own or section("programme", "default"))
    return Subject(short_title(document.title))


@lru_cache(maxsize=256)
def mentions_programme(document: Document) -> bool:
    """Whether a document is about the programme at all, and not a law or a guideline of another."""
    text = f"{document.title}\n{body_text(document)}"
    if any(name in text for name in section("programme", "names")):
        return True
    return bool(_own_name(text)) and (has(document.text[:_FAR], "programme", "context") or _is_for_towns(document))


def _is_for_towns(document: Document) -> bool:
    """»Bündnis Sichere Orte« in a text on safety; a »Bündnis Radfreundliche Orte« comes without."""
    named = any(has(name, "programme", "for_towns") for name in _spelt(document))
    return document.kind not in REGULATIONS and named and has(document.text[:_FAR], "programme", "safety")


def names_programme(text: str, document: Document) -> bool:
    """Whether a text names the programme."""
    own = programme_of(document).name
    names = [*section("programme", "names"), *([] if own == short_title(document.title) else [own, *_spelt(document)])]
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)


@lru_cache(maxsize=256)
def _spelt(document: Document) -> tuple[str, ...]:
    """The full names that the text gives for the abbreviation of its programme."""
    own = programme_of(document).name
    return tuple({name for name, short in _defined(f"{document.title}\n{document.text[:CONTEXT]}") if short == own})


def short_title(title: str) -> str:
    """A title without what explains it."""
    return re.split(r"[:(–]\s?", title)[0].strip()


@lru_cache(maxsize=64)
def body_text(document: Document) -> str:
    """The beginning of the running text."""
    return document.body(CONTEXT)


def _own_name(text: str) -> str:
    """The abbreviation in »Bündnis Sichere Orte« (BSO) that the text uses most, else the name itself."""
    found = [m["short"] for pattern in _patterns() for m in pattern.finditer(text)]
    found += [short for name, short in _defined(text) if not has(name, "programme", "institutions")]
    names = Counter(_spelt_out(m) for m in _full().finditer(text) if not find_places(m["rest"]))
    counts = _used(text, found) or names or _used(text, _spoken_of(text))
    return counts.most_common(1)[0][0] if counts else ""


def _used(text: str, shorts: Iterable[str]) -> Counter[str]:
    """How often a text uses abbreviations that may be programmes."""
    return Counter({name: text.count(name) for name in shorts if name not in section("programme", "not_programmes")})


def _defined(text: str) -> Iterator[tuple[str, str]]:
    """»Forum Sichere Orte (FSO)«: names in several words with the abbreviation that is made of their beginnings."""
    for match in _IN_BRACKETS.finditer(text):
        words = re.findall(r"[\w-]+", text[max(0, match.start() - _NAME) : match.start()])
        for count in range(2, min(len(words), _WORDS) + 1):
            name = words[-count:]
            if name[0][0].isupper() and is_made_of(match["short"], name):
                yield " ".join(name), match["short"]
                break


def is_made_of(short: str, words: Sequence[str]) -> bool:
    """Whether an abbreviation is made of the beginnings of words; small words may be left out."""
    if not words:
        return not short
    word = words[0]
    if word[0].islower() and is_made_of(short, words[1:]):
        return True
    return any(is_made_of(short[n:], words[1:]) for n in range(1, len(word) + 1) if short[:n] == word[:n])


def _spoken_of(text: str) -> list[str]:
    """Abbreviations with an article that a text uses again and again (»der FSO beigetreten«)."""
    found = Counter(match["short"] for match in _WITH_ARTICLE.finditer(text))
    return [short for short, count in found.items() if count >= _OFTEN]


def _spelt_out(match: re.Match[str]) -> str:
    """»Programm »Bündnis Sichere Orte«« is the Bündnis."""
    inner = _full().match(match["rest"])
    return _spelt_out(inner) if inner else f"{match['noun']} {match['rest']}"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    named = rf"\b(?:{'|'.join(section('programme', 'nouns'))})(?:e?s|en|n)?\b[^.;()\n]{{3,70}}?"
    compound = "|".join(section("programme", "compounds"))
    named = rf"(?:{named}|\b[A-ZÄÖÜ]\w+(?:{compound})(?:s|n)?\b[^.;()\n]{{3,70}}?)"
    direct = rf"\b(?:{'|'.join(section('programme', 'nouns'))})(?:e?s|en|n)?\s+{_CAMEL}"
    found = (rf"{named}\((?:kurz:?\s*)?{_SHORT}\)", rf"{named}[–,] kurz:? {_SHORT}", direct)
    return tuple(re.compile(pattern) for pattern in found)


@cache
def _full() -> re.Pattern[str]:
    """A name in quotation marks, or of three words, that begins with one of the nouns."""
    nouns = "|".join(section("programme", "nouns"))
    words = r"[A-ZÄÖÜ]\w+(?: [A-ZÄÖÜ]\w+){1,3}"
    return re.compile(rf"\b(?P<noun>{nouns})(?:s?es|s|en|n)?\s+[»„\"]?(?P<rest>{words})\b")
