"""Office-holders in German text: "Oberbürgermeisterin Romina Beispiel", "der Geschäftsführer des Rats, Max Muster".

A person is a name with an office beside it, or a full name whose first part is a known given name. Whoever stands in a
clause "Im Beisein von …" is present only. Vocabulary: `ingest/data/roles.toml`, `ingest/data/given_names.txt`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.data import load
from ingest.german.places import all_places

_NAME_WORD = r"[A-ZÄÖÜ][a-zäöüßéèáóčćšžłěř]+(?:-[A-ZÄÖÜ][a-zäöüßéèáóčćšžłěř]+)?"
_INITIAL = r"(?:[A-Z]\.\s+)*"
_TITLE = r"(?:(?:Prof|Dr|Dipl|Ing|h\.\s?c|med|jur|rer\.\s?nat|phil)\.[ \-]?\s*)*"
_FULL = re.compile(rf"(?P<title>{_TITLE})(?P<first>{_NAME_WORD})\s+{_INITIAL}(?P<last>(?:von\s+|de\s+)?{_NAME_WORD})")
_FIRST = re.compile(rf"\b(?P<first>{_NAME_WORD})(?=\s+[A-ZÄÖÜ])")
_PRESENT = re.compile(r"\b(?:im Beisein|in Anwesenheit|in Gegenwart)\b\s+(?:von\s+|des\s+|der\s+)?", re.IGNORECASE)
_PRESENT_END = re.compile(
    r"\b(?:haben|hat|wurde|wurden|unterzeichne\w*|unterschrieb\w*|trat|traten|ist|sind|fand|gründe\w*|konstituier\w*)\b"
)
_GOVERNING = tuple(f" {word}" for word in ("für", "im", "in", "der", "des", "von", "vom", "und", "beim", "am"))
_LONGEST_GIVEN = 9  # letters; longer words can be an office (»Amtsleiterin«)
_ACTS = re.compile(
    r"\s(?:wähl|bestimm|ernann|berief|überga|überreich|dank|begrüß|traf|lud|kam|ehrt|sprach|stell|hat|haben|hatte)\w*\s"
)
_ARTICLE = re.compile(r"\b(?:[Dd]er|[Dd]ie|[Dd]em|[Uu]nser|[Uu]nsere|[Ii]hre?|[Ss]eine?)\s+(?=[^,.;:]{2,50},\s$)")
_OF_TOWN = re.compile(r"\s[A-ZÄÖÜ][\wäöüß-]+(?:\s[A-ZÄÖÜ][\wäöüß-]+)?,\s*")  # »Leiter des Reviers Musterau, …«
_OF_BODY = re.compile(
    r"\s+(?:des|der|vom|für|im|beim|von|unseres|unserer|ihres|ihrer|seines|seiner)\s[^,.;:!?»«„“]{2,70}(?:,\s*)?"
)
_COPULA = re.compile(r"\s+(?:ist|heißt|bleibt|wird|wurde)(?:\s+(?:der|die|weiterhin|seit\s.{3,25}))*$")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """`text[start:end]` is the name with its titles; `role` the office as written, or ""."""

    start: int
    end: int
    name: str
    role: str
    present_only: bool = False


def find_persons(text: str) -> list[PersonMention]:
    """Persons named in `text` in reading order."""
    present = _present_spans(text)
    found: list[PersonMention] = []
    position = 0
    while match := _FULL.search(text, position):
        role = _role_before(text, match.start()) or _apposed(text, match)
        if not _is_name(match, role or _office_after(text, match.end())):
            position = match.end("first")
            continue
        if role.endswith(_GOVERNING):  # »Leiterin im Amt für Gemeinden Musterland«
            position = match.end()
            continue
        role = role or _role_after(text, match.end())
        inside = any(start <= match.start() < end for start, end in present)
        found.append(PersonMention(match.start(), match.end(), match.group().strip(), role, inside))
        position = match.end()
    return found


def _is_name(match: re.Match[str], role: str) -> bool:
    given = match["first"] in _given_names()
    if match["first"] in _not_names() or match["last"] in (_no_words() if given else _not_names()):
        return False
    if not match["title"] and role_pattern().fullmatch(match["last"]):
        return False
    if len(match["first"]) > _LONGEST_GIVEN and role_pattern().fullmatch(match["first"]):
        return False
    return given or bool(role) or bool(match["title"])


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two names differ by one letter: missing, surplus or replaced."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:]


@cache
def roles() -> tuple[str, ...]:
    """Offices, longest first."""
    return tuple(sorted(load("roles")["roles"], key=len, reverse=True))


@cache
def _given_names() -> frozenset[str]:
    text = files("ingest.data").joinpath("given_names.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def _not_names() -> frozenset[str]:
    """No part of a name; a surname behind a given name can be that of a place."""
    return _no_words() | {place.name for place in all_places()}


@cache
def _no_words() -> frozenset[str]:
    return frozenset(load("roles")["not_names"]) | frozenset(roles())


@cache
def role_pattern() -> re.Pattern[str]:
    """An office with its adjectives: a known one, or a compound of it."""
    words = "|".join(re.escape(role) for role in roles())
    compound = "|".join(re.escape(role.lower()) for role in roles() if " " not in role and len(role) >= 6)
    words = rf"{words}|[A-ZÄÖÜ][a-zäöüß]+(?:{compound})"
    adjectives = "|".join(load("roles")["adjectives"])
    return re.compile(rf"(?:(?:{adjectives})\s+)*\b(?:{words})(?:in|innen|s|n|en|e)?(?:\s+a\.\s?D\.)?(?!\w)")


def _role_before(text: str, start: int) -> str:
    """The office that ends right before a name, or before a comma and a name."""
    window_start = max(0, start - 110)
    window = text[window_start:start]
    best = ""
    for match in role_pattern().finditer(window):
        rest = window[match.end() :]
        if re.fullmatch(r"\s*|\s+(?:ist|heißt|bleibt|wird|wurde)\s+(?:seit\s[^,;.]{3,25}\s)?", rest):
            best = match.group()
        elif (" des " in match.group() and _OF_TOWN.fullmatch(rest)) or (
            _OF_BODY.fullmatch(rest) and not (_names_person(rest) or _ACTS.search(rest))
        ):
            best = window[match.start() :].strip(" ,")
    return " ".join(_COPULA.sub("", best).split())


def _apposed(text: str, match: re.Match[str]) -> str:
    """»Auskunft gibt die Leiterin, Erika Muster, am Telefon«: an office with its article, and a name between commas."""
    closed = re.match(r"\s*(?:[,.;!?)]|$)", text[match.end() :])
    before = _ARTICLE.search(text, max(0, match.start() - 70), match.start()) if closed else None
    office = role_pattern().match(text, before.end()) if before else None
    return " ".join(office.group().split()) if office and office.end() == match.start() - len(", ") else ""


def _names_person(text: str) -> bool:
    return any(match["first"] in _given_names() for match in _FIRST.finditer(text))


def _role_after(text: str, end: int) -> str:
    """ "Max Muster, Leiter des Amtes" or "Max Muster vom Rat" after a name."""
    after = text[end : end + 90]
    office = _office_after(text, end)
    if office:
        return office
    match = re.match(r"\s+(?:vom|von der|von dem)\s+([A-ZÄÖÜ][\w-]+)", after)
    return match.group(1) if match else ""


def _office_after(text: str, end: int) -> str:
    """ "Max Muster, Leiter des Amtes" after a name."""
    match = re.match(rf"\s*(?:,\s*|\(\s*)({role_pattern().pattern}[^,.;:)]{{0,50}})", text[end : end + 90])
    return " ".join(match.group(1).split()) if match and not _names_person(match.group(1)) else ""


def _present_spans(text: str) -> list[tuple[int, int]]:
    spans = []
    for match in _PRESENT.finditer(text):
        end = _PRESENT_END.search(text, match.end())
        spans.append((match.start(), end.start() if end else len(text)))
    return spans
