"""Towns and districts that the gazetteer does not know: names that a document itself uses like such.

A name counts if the text says what it is (»die Stadt Musterau«), if it ends like one and stands where towns stand (»in
Musterau«), or if it is in a list with one that counts. Where a word has an article, it is a thing and no town.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ingest.data import load
from ingest.facts.vocabulary import section
from ingest.german.persons import roles
from ingest.german.places import Place, PlaceMention, find_places, role_of
from ingest.types import Document
from ingest.validity import REGULATIONS

_WORD_OF_NAME = r"[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-ZÄÖÜ][a-zäöüß]+)*"
_NAME = (
    rf"(?:(?:Bad|Sankt|Klein|Groß|Neu|Alt|Nieder|Ober) )?{_WORD_OF_NAME}"
    r"(?: (?:an der|am|ob der|bei der) [A-ZÄÖÜ][a-zäöüß]+)?"
)
_ARTICLE = (
    r"(?<!, )\b(?:[Dd](?:er|ie|as|em|en|es)|[Ee]ine?[mnrs]?|[Zz]u[mr]|[IiVv]m|[Kk]eine?\w*|[Ii]hre?\w*|[Ss]eine?\w*|"
    r"[Uu]nsere?\w*|[Dd]iese\w*|[Jj]ede\w*)[ \u00a0]+"
)
_BY_RIVER = rf"\b{_WORD_OF_NAME} (?:an der|ob der) [A-ZÄÖÜ][a-zäöüß]+"
_LISTED = (  # »Drei Städte machen mit: Musterau, Probehain und Neuberg.«
    rf"\b(?:Städte|Gemeinden|Kommunen|Orte|Städten)\b[^.:;\n]{{0,90}}:\s"
    rf"(?P<list>{_NAME}(?:, {_NAME})*(?:,? (?:und|sowie) {_NAME})?)(?=[.;\n])"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LIMIT = 60_000


@lru_cache(maxsize=64)
def local_places(document: Document) -> Mapping[str, Place]:
    """The towns and districts that only this document knows, by name."""
    if document.kind in REGULATIONS:  # which speak of towns in general
        return {}
    body = document.body(LIMIT)
    publisher = document.publisher or ""
    text = f"{document.title}\n{publisher}\n{body}"
    towns = {name for name in _announced(text) | _used_like_towns(document.title, text) if _is_name(name, text)}
    towns |= {name for name in _published_in(publisher, body) if _is_name(name, text)}
    towns |= {name for name in _joined_by_list(towns, text) if _is_name(name, text)}
    kinds = section("localities", "districts")
    districts = {m["name"] for m in re.finditer(rf"\b{kinds}(?:(?:e?s)?\s+|: )(?P<name>{_NAME})", text)}
    towns |= {name for name in re.findall(_BY_RIVER, text) if _is_by_river(name)}
    found = {name: Place("", name, "", "", "Stadt", "", 0) for name in sorted(towns - districts)}
    return found | {
        name: Place("", name, "", "", "Landkreis", "", 0) for name in sorted(districts) if not find_places(name)
    }


def _is_by_river(name: str) -> bool:
    """»Musterstadt an der Muster«, but not »Beteiligung an der Planung«; the gazetteer knows its own."""
    first = name.split()[0]
    ends = re.search(rf"(?:{section('localities', 'endings')})$", first)
    return bool(ends) and first not in _common() and name not in _full_names(name)


def _full_names(text: str) -> set[str]:
    """The names of the gazetteer in a text, as it spells them."""
    return {text[mention.start : mention.end] for mention in find_places(text)}


def _used_like_towns(title: str, text: str) -> set[str]:
    """Words behind »in«, »aus«, »nach« or at the head of the title, if they end like names of towns."""
    behind = re.findall(
        rf"\b(?:[Ii]n|[Aa]us|[Nn]ach|[Vv]on|[Ff]ür|[Dd]urch|[Bb]ei|[Mm]it|wie|darunter|nämlich|zuletzt|auch)\s+({_NAME})\b",
        text,
    )
    heads = re.findall(rf"(?:^|: )({_NAME})(?=[:,]|\s[a-zäöü])", title)
    heads += re.findall(rf"(?:^|\n|[.!?:] |[–•-] )({_NAME})(?= (?:{section('localities', 'verbs')})\b)", text)
    heads += re.findall(rf"(?:[.!?:] |[–•-] |\n)({_NAME})(?=, {_NAME}(?:,| und) )", text)
    heads += re.findall(rf"\b({_NAME})(?:, das\b)", text)
    items = re.findall(rf"(?:^|\n)(?:[–•-]|\d+\.) ({_NAME})(?=:|,| \(|\n|$)", text)
    items += re.findall(rf"\n({_NAME})(?=\n)", text)
    sure = re.findall(r"\b(?:Bad|Sankt) [A-ZÄÖÜ][a-zäöüß]+", text)
    return {name for name in (*behind, *heads, *items) if _looks_like_town(name)} | set(sure)


def local_mentions(text: str, known: Mapping[str, Place]) -> list[PlaceMention]:
    """Where a text names one of the places, inflected (Musteraus) or as an adjective (Musterauer)."""
    if not known:
        return []
    found = []
    several = [name for name in known if " " in name]
    for name in several:
        for match in re.finditer(rf"\b{re.escape(name)}s?\b", text):
            before = text[max(0, match.start() - 40) : match.start()]
            found.append(PlaceMention(match.start(), match.end(), name, (known[name],), role_of(before)))
    taken = [(mention.start, mention.end) for mention in found]
    for word in _WORD.finditer(text):
        if any(start <= word.start() < end for start, end in taken):
            continue
        for form, derived in _base_forms(word.group()):
            place = known.get(form)
            if place is not None:
                role = (
                    "district" if place.kind == "Landkreis" else role_of(text[max(0, word.start() - 40) : word.start()])
                )
                found.append(PlaceMention(word.start(), word.end(), form, (place,), role, derived))
                break
    return found


def _base_forms(word: str) -> list[tuple[str, bool]]:
    forms = [(word, False)]
    if word.endswith("s"):
        forms.append((word[:-1], False))
    if word.endswith("er"):
        forms += [(word[:-2] + ending, True) for ending in ("", "e", "a", "en", "n")]
    return forms


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(rf"(?:{section('localities', 'announced_by')})\s+[»„]?(?P<name>{_NAME})")


def _announced(text: str) -> set[str]:
    """Names behind a word that says what they are, or before one that only towns go with."""
    names = {m["name"] for m in _announcing().finditer(text)}
    names |= {m["name"] for m in re.finditer(rf"\b(?P<name>{_NAME})s\s+(?:{section('localities', 'offices')})", text)}
    rows = re.finditer(rf"\bOrt: (?P<name>{_NAME})(?=[;.(])", text)
    names |= {m["name"] for m in rows if _looks_like_town(m["name"])}
    names |= {
        m["name"] for m in re.finditer(rf"(?:{section('localities', 'columns')}):\s(?P<name>{_NAME})(?=[;.(])", text)
    }
    for match in re.finditer(_LISTED, text):
        names |= set(re.findall(_NAME, match["list"]))
    offices = rf"\b(?P<name>{_NAME})er\s+(?:{section('localities', 'offices')})"
    for match in re.finditer(offices, text):
        forms = {form for form, derived in _base_forms(match["name"] + "er") if derived}
        names |= {form for form in forms if re.search(rf"\b{form}s?\b", text)}
    return {name[:-1] if name.endswith("s") and re.search(rf"\b{name[:-1]}\b", text) else name for name in names}


def _joined_by_list(known: set[str], text: str) -> set[str]:
    """»Musterau, Beispielstedt und Neuland«: what stands in a list with a town is one."""
    found = set()
    for match in re.finditer(rf"{_NAME}(?:, {_NAME})*(?:,? (?:und|sowie|oder) {_NAME})", text):
        names = re.findall(_NAME, match.group())
        if any(name in known or find_places(name) for name in names):
            found |= {name for name in names if _looks_like_town(name)}
    return found


def _published_in(publisher: str, body: str) -> set[str]:
    """»Stadtblatt Musterhausen«: a name of the publisher that ends like a town's and stands in the text."""
    bodies = "|".join(section("bodies", "names"))  # a police district is no town
    names = re.findall(rf"\s({_NAME})\b", re.sub(bodies, "", publisher))
    return {name for name in names if _looks_like_town(name) and re.search(rf"\b{re.escape(name)}\b", body)}


def _looks_like_town(name: str) -> bool:
    first = re.match(section("localities", "beginnings"), name)
    name = re.split(r" (?:an der|am|ob der|bei der) ", name)[0]
    return bool(first or re.search(rf"(?:{section('localities', 'endings')})$", name))


def _is_name(name: str, text: str) -> bool:
    if name in _common() or find_places(name) or any(role in name for role in roles()):
        return False
    if re.search(rf"\b{re.escape(name.lower())}\b", text):
        return False
    return not re.search(rf"{_ARTICLE}(?:[a-zäöüß]+e[nrs]? )?{re.escape(name)}\b", text)


@cache
def _common() -> frozenset[str]:
    return frozenset(load("roles")["not_names"]) | frozenset(section("localities", "not_names"))
