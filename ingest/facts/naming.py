"""Words that a text uses like names of towns: behind what announces a town, in lists of towns, and where towns act.

A word that ends like a town's name counts wherever towns stand. One that does not counts only where the text says so:
in a list that towns are announced for, or in a sentence about joining, in the place of the one who joins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.data import load
from ingest.facts.vocabulary import has, pattern, section
from ingest.german.persons import find_persons, roles
from ingest.german.places import find_places

_WORD_OF_NAME = r"[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-ZÄÖÜ][a-zäöüß]+)*"
NAME = (
    rf"(?:(?:Bad|Sankt|Klein|Groß|Neu|Alt|Hohen|Nieder|Ober) )?{_WORD_OF_NAME}"
    r"(?: (?:an der|am|ob der|bei der) [A-ZÄÖÜ][a-zäöüß]+)?"
)
_ARTICLE = (
    r"(?<!, )\b(?:[Dd](?:er|ie|as|em|en|es)|[Ee]ine?[mnrs]?|[Zz]u[mr]|[IiVv]m|[Kk]eine?\w*|[Ii]hre?\w*|[Ss]eine?\w*|"
    r"[Uu]nsere?\w*|[Dd]iese\w*|[Jj]ede\w*)[ \u00a0]+"
)
_BRACKET = r"(?: \([^()\n]{1,40}\))?"
_MOST = "{0,40}"  # names of a list; without a limit the time for a long one would grow with the square of its length
_MORE = rf"(?:, {NAME}{_BRACKET}){_MOST}(?:,? (?:und|sowie|oder|bzw\.) (?:auch )?{NAME}{_BRACKET})?"
_LIST = rf"(?P<list>{NAME}{_BRACKET}{_MORE})"
_SURNAME = r"| (?!Mitglied|Teil\b|Partner)[A-ZÄÖÜ][a-zäöü]"
_BARE_LIST = (
    rf"(?P<list>{NAME}(?:, {NAME}){_MOST}(?:,? (?:und|sowie) (?:auch )?{NAME})?)"
    rf"(?![\w-]{_SURNAME})"
)
_BY_RIVER = rf"\b{_WORD_OF_NAME} (?:an der|ob der) [A-ZÄÖÜ][a-zäöüß]+"
_ITEM = re.compile(rf"(?:[–•*-]|\(?\d+[.)])\s(?:(?:Stadt|Gemeinde) )?(?P<name>{NAME})(?=:|,| \(|$)")
_ABSTRACT = re.compile(r"(?:fassung|(?:[bdgkrt]|ier|ch|ss)ung|heit|keit|schaft)$")  # »Zusammenfassung« is no town
_LONGEST = 1_500  # characters; what is longer is no sentence
_SENTENCE = re.compile(r"(?<=[a-zäöüß»«\")][.!?])\s+|\n")


def towns_in(title: str, publisher: str, body: str) -> set[str]:
    """All names of a text that it uses like names of towns."""
    text = f"{title}\n{publisher}\n{body}"
    found = _announced(text) | _used_like_towns(title, text) | _listed(text) | _acting(text)
    found |= {name for name in _published_in(publisher, body) if _is_name(name, text)}
    towns = {name for name in found if _is_name(name, text)}
    towns |= {name for name in _joined_by_list(towns, text) if _is_name(name, text)}
    return towns | {name for name in re.findall(_BY_RIVER, text) if _is_by_river(name)}


def _is_by_river(name: str) -> bool:
    """»Musterstadt an der Muster«, but not »Beteiligung an der Planung«; the gazetteer knows its own."""
    first = name.split()[0]
    return _ends_like_town(first) and first not in _common() and name not in _full_names(name)


def _full_names(text: str) -> set[str]:
    """The names of the gazetteer in a text, as it spells them."""
    return {text[mention.start : mention.end] for mention in find_places(text)}


def _used_like_towns(title: str, text: str) -> set[str]:
    """Words behind »in«, »aus«, »nach« or at the head of the title, if they end like names of towns."""
    found = re.findall(rf"\b(?:{section('localities', 'before')})\s+({NAME})\b", text)
    found += re.findall(rf"(?:^|: )({NAME})(?=[:,]|\s[a-zäöü])", title)
    found += re.findall(rf"(?:^|\n|[.!?:] |[–•-] )({NAME})(?= (?:{section('localities', 'verbs')})\b)", text)
    found += re.findall(rf"(?:[.!?:] |[–•-] |\n)({NAME})(?=, {NAME}(?:,| und) )", text)
    found += re.findall(rf"\b({NAME})(?:, das\b)", text)
    found += re.findall(rf"(?:^|\n)(?:[–•-]|\d+\.) ({NAME})(?=:|,| \(|\n|$)", text)
    found += re.findall(rf"\n({NAME})(?=\n)", text)
    sure = re.findall(r"\b(?:Bad|Sankt) [A-ZÄÖÜ][a-zäöüß]+", text)
    return {name for name in found if looks_like_town(name)} | set(sure)


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(rf"(?:{section('localities', 'announced_by')})\s+[»„]?(?P<name>{NAME})")


def _announced(text: str) -> set[str]:
    """Names behind a word that says what they are, or before one that only towns go with."""
    names = {m["name"] for m in _announcing().finditer(text)}
    names |= {m["name"] for m in re.finditer(rf"\b(?P<name>{NAME})s\s+(?:{section('localities', 'offices')})", text)}
    rows = re.finditer(rf"\bOrt: (?P<name>{NAME})(?=[;.(])", text)
    names |= {m["name"] for m in rows if looks_like_town(m["name"])}
    rows = re.finditer(rf"(?:^|\n)\w+: (?P<name>{NAME}); [^\n]*{section('localities', 'columns_of_towns')}", text)
    names |= {m["name"] for m in rows if not _is_ordinary(m["name"])}
    counted = r"(?:ist|wird|wurde) (?:[a-z]+ )?(?:als|die|das|der) (?:\d+\.|\w+te) (?:Kommune|Stadt|Gemeinde)"
    joined = r"ist (?:am|im|seit)\b[^.;\n]{2,20}(?:\. \w+ )?(?:dem \w+ )?(?:beigetreten|dazugekommen|hinzugekommen)"
    rows = re.finditer(rf"(?:^|\n|[.!?:] )(?P<name>{NAME}) (?:{counted}|{joined})\b", text)
    names |= {m["name"] for m in rows if not _is_ordinary(m["name"])}
    several = re.finditer(rf"\b(?:Städten?|Gemeinden|Orten?) (?P<list>{NAME}(?:, {NAME}){_MOST},? und {NAME})", text)
    names |= {name for m in several for name in _names(m["list"])}
    names |= {
        m["name"] for m in re.finditer(rf"(?:{section('localities', 'columns')}):\s(?P<name>{NAME})(?=[;.(])", text)
    }
    names |= {
        m["name"]
        for m in re.finditer(rf"(?:{section('localities', 'head')})[^.,;()\n]{{3,40}}\((?P<name>{NAME})\)", text)
    }
    offices = rf"\b(?P<name>{NAME})er\s+(?:{section('localities', 'offices')})"
    for match in re.finditer(offices, text):
        forms = {form for form, derived in base_forms(match["name"] + "er") if derived}
        names |= {form for form in forms if re.search(rf"\b{form}s?\b", text)}
    return {name[:-1] if name.endswith("s") and re.search(rf"\b{name[:-1]}\b", text) else name for name in names}


def base_forms(word: str) -> list[tuple[str, bool]]:
    """What a word may be a form of, and whether as an adjective (Musterauer)."""
    forms = [(word, False)]
    if word.endswith("s"):
        forms.append((word[:-1], False))
    if word.endswith("er"):
        forms += [(word[:-2] + ending, True) for ending in ("", "e", "a", "en", "n")]
    return forms


@cache
def _listing() -> re.Pattern[str]:
    """»Drei Städte machen mit: …«, »die Gründungsorte waren …«, »die übrigen Kommunen, nämlich …«."""
    towns = section("localities", "several")
    return re.compile(
        rf"{towns}\b(?:[^.:;\n]{{0,140}}:\s|"
        rf"[^.:;,\n]{{0,40}},? (?:{section('localities', 'namely')})\s(?:[a-zäöü\d]+\s){{0,3}})"
        rf"(?:die (?:Stadt|Gemeinde) )?{_LIST}(?=[.;,\n]| (?:sowie|und) )"
    )


def _listed(text: str) -> set[str]:
    """Names in an enumeration, or at the heads of the items of a list, that towns are announced for."""
    found = {name for match in _listing().finditer(text) for name in _names(match["list"])}
    lead, items = "", list[str]()
    for line in (*(line for line in text.split("\n") if line), ""):
        if re.match(r"(?:[–•*-]|\(?\d+[.)])\s", line):
            items.append(line)
            continue
        if items:
            found |= _heads_of(items, lead)
            items = []
        lead = line
    return found


def _heads_of(items: list[str], lead: str) -> set[str]:
    """The heads of all items, where the line above a list announces towns and some of them look like such."""
    heads = [match["name"] for line in items if (match := _ITEM.match(line))]
    told = lead.endswith(":") and has(lead, "localities", "joined")
    announced = told or pattern("localities", "several").search(lead)
    sure = any(looks_like_town(head) or find_places(head) for head in heads)
    if not announced or not sure or len(heads) < len(items):
        return set()
    return {name for name in heads if not _is_ordinary(name)}


@cache
def _places_of_actors() -> tuple[re.Pattern[str], ...]:
    """Where the one stands who joins or is advised."""
    verbs, before = section("localities", "acting_verbs"), section("localities", "acting_before")
    inside, joined = (
        section("localities", "acting_inside"),
        r"|, (?:das|ebenfalls|auch)\b| und die (?:Stadt|Gemeinde)\b",
    )
    slots = (
        rf"(?:^|[,;:–] )(?:[Aa]uch |[Nn]ur |[Ss]ogar )?{_BARE_LIST}(?= (?:{verbs})\b{joined})",
        rf":\s(?:die (?:Stadt|Gemeinde) )?(?={NAME}(?:,| und| \()){_LIST}(?=[.;,]|$| (?:sowie|und|aus)\b)",
        rf"\b(?:{before})\s+{_BARE_LIST}",
        rf"\b(?:{inside})\s+{_BARE_LIST}(?=[.;,]|$| [a-zäöü])",
        rf", (?:der|dem|die) {_BARE_LIST}(?= (?:{section('localities', 'relative')})\b)",
        rf"^(?:Dem|Der)\b[^.;:]{{0,80}}?\bgehör(?:t|te|en|ten) (?:[a-zäöü]+ ){{0,3}}{_BARE_LIST}",
        rf"^Mit {_BARE_LIST}(?= (?:{section('localities', 'concluded')})\b)",
        rf"\b[A-ZÄÖÜ\d]\w+ {_BARE_LIST}(?= (?:{section('localities', 'particles')})\b)",
    )
    return tuple(re.compile(slot) for slot in slots)


def _acting(text: str) -> set[str]:
    """In a sentence about joining or advice: what stands where the one stands who joins or is advised."""
    found = set()
    for sentence in _SENTENCE.split(text):
        if len(sentence) > _LONGEST or not has(sentence, "localities", "joining"):
            continue
        for slot in _places_of_actors():
            for match in slot.finditer(sentence):
                found |= {name for name in _names(match["list"]) if not _is_ordinary(name)}
    return found


def _names(listed: str) -> Iterator[str]:
    yield from re.findall(NAME, re.sub(r"\([^()]*\)", "", listed))


def _joined_by_list(known: set[str], text: str) -> set[str]:
    """»Musterau, Beispielstedt und Neuland«: what stands in a list with a town is one."""
    found = set()
    for match in re.finditer(rf"{NAME}(?:, {NAME})*(?:,? (?:und|sowie|oder) {NAME})", text):
        names = re.findall(NAME, match.group())
        sure = [name for name in names if name in known or find_places(name)]
        if sure:
            mostly = len(sure) * 2 >= len(names) > 2
            found |= {name for name in names if looks_like_town(name) or (mostly and not _is_ordinary(name))}
    return found


def _published_in(publisher: str, body: str) -> set[str]:
    """»Stadtblatt Musterhausen«: a name of the publisher that ends like a town's and stands in the text."""
    bodies = "|".join(section("bodies", "names"))  # a police district is no town
    names = re.findall(rf"\s({NAME})\b", re.sub(bodies, "", publisher))
    return {name for name in names if looks_like_town(name) and re.search(rf"\b{re.escape(name)}\b", body)}


def looks_like_town(name: str) -> bool:
    """Whether a word begins or ends like names of towns do."""
    first = re.match(section("localities", "beginnings"), name)
    return bool(first) or _ends_like_town(re.split(r" (?:an der|am|ob der|bei der) ", name)[0])


def _ends_like_town(word: str) -> bool:
    return bool(re.search(rf"(?:{section('localities', 'endings')})$", word))


def _is_ordinary(name: str) -> bool:
    """Whether a word is built like a noun of the language, and no name."""
    return bool(pattern("localities", "ordinary").search(name))


def _is_name(name: str, text: str) -> bool:
    if name in _common() or _ABSTRACT.search(name) or find_places(name) or any(role in name for role in roles()):
        return False
    if re.search(rf"\b{re.escape(name.lower())}\b", text):
        return False
    if not re.search(rf"\b{re.escape(name)}(?!\w{_SURNAME})", text):  # a given name
        return False
    if any(find_persons(m.group()) for m in re.finditer(rf"[A-ZÄÖÜ]\w+(?: [A-ZÄÖÜ]\w+)? {re.escape(name)}\b", text)):
        return False  # »Bürgermeisterin Erika Musterau«
    return not re.search(rf"{_ARTICLE}(?:[a-zäöüß]+e[nrs]? )?{re.escape(name)}\b", text)


@cache
def _common() -> frozenset[str]:
    return frozenset(load("roles")["not_names"]) | frozenset(section("localities", "not_names"))
