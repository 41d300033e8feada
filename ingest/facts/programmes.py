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
_COMPOUND = 4  # letters before the second part of a compound
_FAR = 100_000  # characters in which a text must say that it is about prevention at all
_HEAD = 600  # characters that say what kind of paper it is
_SHORT = r"[»„\"]?(?P<short>[A-ZÄÖÜ][\w-]*[A-ZÄÖÜ]\w*)[«“\"]?"
_CAMEL = r"[»„\"]?(?P<short>[A-ZÄÖÜ]+[a-zäöü]+[A-ZÄÖÜ][\w]*)\b"  # »des Programms BeSO«
_TAIL = re.compile(r"\s(?:Ausgabe|Newsletter|Rundbrief|Infobrief|Jahresbericht|Übersicht|Nr)$")  # of a title
_NAME, _WORDS = 90, 7  # characters and words that a name may have
_CAMEL_WORD = re.compile(r"(?<![\w@.-])(?P<short>[A-ZÄÖÜ]?(?:[A-ZÄÖÜ][a-zäöü]{1,3}){2,4}[A-ZÄÖÜ]?)(?![\w@-])")
_IN_BRACKETS = re.compile(r"[«“\"]?\s*\((?:kurz:?\s*)?(?P<short>[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*)\)")
_SHORT_WORD = re.compile(r"(?<![\w@.-])[A-ZÄÖÜ]\w{0,8}[A-ZÄÖÜ]\w{0,3}(?![\w@-])")
_QUOTED = re.compile(r"[»„“\"](?P<name>[A-ZÄÖÜ][\w-]*(?:,? [\w-]+){1,6})[«“”\"]")
_AFTER_DASH = re.compile(r"(?<![\w-])(?P<short>[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*) [–-] (?P<name>[A-ZÄÖÜ][\w-]*(?:,? [\w-]+){1,6})")
_WITH_ARTICLE = re.compile(
    r"\b(?:der|die|das|dem|den|des|im|vom|zum|zur|beim) (?P<short>[A-ZÄÖÜ][A-Za-zäöü]{0,4}[A-ZÄÖÜ]\w{0,5})\b"
)


@lru_cache(maxsize=256)
def programme_of(document: Document) -> Subject:
    """The programme of a document; a text that has nothing to do with one is its own subject."""
    text = f"{document.title}\n{document.text[:CONTEXT]}"
    if any(name in text for name in section("programme", "names")):
        return Subject(section("programme", "default"))
    own = _own_name(text)
    on_funding = document.kind not in REGULATIONS and has(document.title, "conditions", "documents")
    if own or on_funding or has(document.text[:_FAR], "programme", "context"):
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
    text = document.text[:_FAR]
    named = any(has(name, "programme", "for_towns") for name in spelt_out(document)) or has(
        text, "programme", "of_members"
    )
    return document.kind not in REGULATIONS and named and has(text, "programme", "safety")


def is_regulation(document: Document) -> bool:
    """Whether a document is a law or a guideline; a programme may also be that of a conference."""
    return document.kind in REGULATIONS and not has(document.title, "programme", "no_regulation")


@lru_cache(maxsize=256)
def is_proposal(document: Document) -> bool:
    """Whether a document only proposes what a council is to decide."""
    return has(document.title, "joined", "proposal") or has(document.text[:_HEAD], "joined", "proposed")


def names_programme(text: str, document: Document) -> bool:
    """Whether a text names the programme."""
    return find_programme(text, document) is not None


def begins_with_programme(title: str, document: Document) -> bool:
    """Whether a title is about the programme: »Bund der Orte zieht Bilanz«, »Waldbund wächst«."""
    match = _names(document).match(title)
    return bool(match) or any(title.startswith(f"{name.split()[0]} ") for name in spelt_out(document))


def find_programme(text: str, document: Document) -> re.Match[str] | None:
    """Where a text names the programme first."""
    return _names(document).search(text)


def calls_programme(text: str, document: Document) -> bool:
    """Whether a text names the programme, or calls it by the noun that its name begins with (»die Partnerschaft«)."""
    return _called(document).search(text) is not None


def without_programme(text: str, document: Document) -> str:
    """A text with the names of the programme blanked: a »Forum« that is its name is no gathering."""
    return _called(document).sub(lambda match: "_" * len(match.group()), text)


@lru_cache(maxsize=256)
def _called(document: Document) -> re.Pattern[str]:
    """The names of the programme, and »das Forum« where they begin with that."""
    names = (programme_of(document).name, *spelt_out(document))
    nouns = [noun for noun in section("programme", "nouns") if any(name.startswith(noun) for name in names)]
    article = r"\b(?:[Dd](?:as|ie|er|em|es)|[Ii]m|[Zz]u[mr]|[Vv]om)"
    short = [rf"{article} (?:{'|'.join(nouns)})s?\b"] if nouns else []
    return re.compile("|".join((_names(document).pattern, *short)))


@lru_cache(maxsize=256)
def _names(document: Document) -> re.Pattern[str]:
    own = programme_of(document).name
    names = [
        *section("programme", "names"),
        *([] if own == short_title(document.title) else [own, *spelt_out(document)]),
    ]
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})\b")


@lru_cache(maxsize=256)
def spelt_out(document: Document) -> tuple[str, ...]:
    """The full names that the text gives for the abbreviation of its programme."""
    own = programme_of(document).name
    return tuple({name for name, short in defined(f"{document.title}\n{document.text[:CONTEXT]}") if short == own})


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
    found += [short for name, short in defined(text) if not has(name, "programme", "institutions")]
    joined = [match for pattern in _joined() for match in pattern.finditer(text)]
    shorts = _used(text, (match["short"] for match in joined if match["short"]))
    names = Counter(_spelt_out(match) for match in (*joined, *_full().finditer(text)) if _is_name(match))
    for counts in (shorts, _used(text, found), names, _used(text, _spoken_of(text))):
        if counts:
            return counts.most_common(1)[0][0]
    return _only_name(text)


def _only_name(text: str) -> str:
    """The one abbreviation in mixed letters that a text speaks of, if only once: »über den BeSO«."""
    found = {m["short"] for m in _WITH_ARTICLE.finditer(text) if re.search(r"[A-ZÄÖÜ][a-zäöü]+[A-ZÄÖÜ]", m["short"])}
    names = _used(text, found) or _used(text, {match["short"] for match in _CAMEL_WORD.finditer(text)})
    return next(iter(names)) if len(names) == 1 else ""


def _is_name(match: re.Match[str]) -> bool:
    """Whether what stands behind the noun is a name, and not a town."""
    named = match.groupdict()
    rest = named["rest"] or named.get("quoted")
    return bool(named.get("field")) or (bool(rest) and not find_places(rest or ""))


def _used(text: str, shorts: Iterable[str]) -> Counter[str]:
    """How often a text uses abbreviations that may be programmes."""
    return Counter({name: text.count(name) for name in shorts if name not in section("programme", "not_programmes")})


def defined(text: str) -> Iterator[tuple[str, str]]:
    """»Forum Sichere Orte (FSO)«: names in several words with the abbreviation that is made of their beginnings."""
    for match in _IN_BRACKETS.finditer(text):
        words = re.findall(r"[\w-]+", text[max(0, match.start() - _NAME) : match.start()])
        for count in range(2, min(len(words), _WORDS) + 1):
            name = words[-count:]
            if name[0][0].isupper() and is_made_of(match["short"], name):
                yield " ".join(name), match["short"]
                break
    yield from _introduced(text)


def _introduced(text: str) -> Iterator[tuple[str, str]]:
    """»FSO – Forum Sichere Orte«, and a name in quotation marks with the abbreviation that the text uses elsewhere."""
    shorts = dict.fromkeys(match.group() for match in _SHORT_WORD.finditer(text))
    for match in _QUOTED.finditer(text):
        words = re.findall(r"[\w-]+", match["name"])
        yield from ((match["name"], short) for short in shorts if len(words) > 1 and is_made_of(short, words))
    for match in _AFTER_DASH.finditer(text):
        words = [word.group() for word in re.finditer(r"[\w-]+", match["name"])]
        for count in range(2, len(words) + 1):
            if is_made_of(match["short"], words[:count]):
                yield match["name"][: match["name"].index(words[count - 1]) + len(words[count - 1])], match["short"]
                break


def is_made_of(short: str, words: Sequence[str]) -> bool:
    """Whether an abbreviation is made of beginnings of words and of parts of compounds; small words may be left out.

    WaBuO is »Waldbund der Orte« (after Schwartz and Hearst 2003, but each capital begins a part).
    """
    if not words:
        return not short
    word = words[0]
    if word[0].islower() and is_made_of(short, words[1:]):
        return True
    return any(is_made_of(short[n:], words[1:]) for n in range(1, len(short) + 1) if _stands_for(short[:n], word))


def _stands_for(letters: str, word: str) -> bool:
    """Whether letters are the beginning of a word, or of it and of parts within it: »PräBu« is a »Präventionsbund«."""
    first, *others = re.findall(r"[A-ZÄÖÜ]?[^A-ZÄÖÜ]*", letters)[:-1] or [letters]
    if not word.startswith(first):
        return False
    at = len(first)
    for part in others:
        at = word.find(part.casefold(), at)
        if at < _COMPOUND:
            return False
        at += len(part)
    return True


def _spoken_of(text: str) -> list[str]:
    """Abbreviations with an article that a text uses again and again (»der FSO beigetreten«)."""
    found = Counter(match["short"] for match in _WITH_ARTICLE.finditer(text))
    return [short for short, count in found.items() if count >= _OFTEN]


def _spelt_out(match: re.Match[str]) -> str:
    """»Programm »Bündnis Sichere Orte«« is the Bündnis, »Programm »Helle Ecken«« the Helle Ecken."""
    named = match.groupdict()
    if named.get("field"):
        return f"{match['field']} {match['single']}"
    quoted = named.get("quoted")
    rest = quoted or _TAIL.sub("", match["rest"])
    inner = _full().match(rest)
    if inner:
        return _spelt_out(inner)
    return rest if quoted and match["noun"] in section("programme", "generic") else f"{match['noun']} {rest}"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    named = rf"\b(?:{'|'.join(section('programme', 'nouns'))})(?:e?s|en|n)?\b[^.;()\n]{{3,70}}?"
    compound = "|".join(section("programme", "compounds"))
    named = rf"(?:{named}|\b[A-ZÄÖÜ]\w+(?:{compound})(?:s|n)?\b[^.;()\n]{{3,70}}?)"
    direct = rf"\b(?:{'|'.join(section('programme', 'nouns'))})(?:e?s|en|n)?\s+{_CAMEL}"
    found = (rf"{named}\((?:kurz:?\s*)?{_SHORT}\)", rf"{named}[–,] kurz:? {_SHORT}", direct)
    return tuple(re.compile(pattern) for pattern in found)


@cache
def _joined() -> tuple[re.Pattern[str], ...]:
    """What towns join or belong to: »dem BSO beigetreten«, »Mitglieder des BSO«, »dem Bund der Orte beizutreten«."""
    nouns = "|".join(section("programme", "nouns"))
    compounds = "|".join(section("programme", "compounds"))
    rest = r"(?:(?:der|für|zur) )?[A-ZÄÖÜ]\w+(?: [A-ZÄÖÜ]\w+){0,3}"
    long = rf"(?P<noun>{nouns}|[A-ZÄÖÜ]\w+(?:{compounds}))(?:es|s)? [»„\"]?(?P<rest>{rest})"
    name = rf"(?:(?P<short>[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*)|{long})"
    return tuple(re.compile(pattern.replace("NAME", name)) for pattern in section("programme", "joined"))


@cache
def _full() -> re.Pattern[str]:
    """A name in quotation marks, or of three words, that begins with one of the nouns or a compound of one."""
    nouns, compounds = "|".join(section("programme", "nouns")), "|".join(section("programme", "compounds"))
    compound = rf"(?:{section('programme', 'fields')})(?:{compounds})"
    quoted = r"[»„“\"](?P<quoted>[A-ZÄÖÜ][\w-]*(?:,? [\w-]+){0,6})[«“”\"]"
    plain = r"[»„\"]?(?P<rest>[A-ZÄÖÜ]\w+(?: [A-ZÄÖÜ]\w+){1,3})\b"
    named = rf"[A-ZÄÖÜ][a-zäöüß]+(?:{compounds})(?=s?\s[A-ZÄÖÜ][a-zäöüß]+e[rns]?\s[A-ZÄÖÜ])"  # »Waldbund Wache Orte«
    single = r"(?P<single>[A-ZÄÖÜ]\w+(?: und [A-ZÄÖÜ]\w+)?)\b"  # a compound says enough with one word behind it
    return re.compile(
        rf"\b(?:(?P<noun>{nouns}|{compound}|{named})(?:s?es|s|en|n)?\s+(?:{quoted}|{plain})|(?P<field>{compound})\s+{single})"
    )
