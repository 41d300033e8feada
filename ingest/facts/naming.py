"""Words that a text uses like names of towns: behind what announces a town, in lists of towns, and where towns act.

A word that ends like a town's name counts wherever towns stand. One that does not counts only where the text says so:
in a list that towns are announced for, or in a sentence about joining, in the place of the one who joins.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.data import load
from ingest.facts.actors import acting_towns
from ingest.facts.names import (
    LIST,
    MOST,
    NAME,
    SURNAME,
    WORD_OF_NAME,
    ends_like_town,
    is_ordinary,
    looks_like_town,
    names_of,
    without_river,
)
from ingest.facts.vocabulary import has, pattern, section
from ingest.german.lexicon import is_known, is_word
from ingest.german.persons import find_persons, roles
from ingest.german.places import find_places

_ARTICLE = (
    r"(?<!, )\b(?:[Dd](?:er|ie|as|em|en|es)|[Ee]ine?[mnrs]?|[Zz]u[mr]|[IiVv]m|[Kk]eine?\w*|[Ii]hre?\w*|[Ss]eine?\w*|"
    r"[Uu]nsere?\w*|[Dd]iese\w*|[Jj]ede\w*)[ \u00a0]+"
)
_BY_RIVER = rf"\b{WORD_OF_NAME} (?:an der|ob der) [A-ZÄÖÜ][a-zäöüß]+"
_ITEM = re.compile(rf"(?:[–•*-]|\(?\d+[.)])\s(?:(?:Stadt|Gemeinde) )?(?P<name>{NAME})(?=:|,| \(|$)")
_PAID_ITEM = re.compile(rf"(?:[–•*-]|\(?\d+[.)])\s(?:[a-zäöüA-ZÄÖÜ]+ )?{NAME}: [^.;]{{0,30}}?\d[\d .,]* (?:Euro|EUR|€)")
_MARK = "[*†°¹²³]"  # of a footnote
_KINDS = r"(?:Nachbar|Partner|Mitglieds|Modell|Pilot|Gründungs|Klein)(?:städten?|gemeinden|orten?|kommunen)"
_BEFORE = 40  # characters
# »Hochschule Musterau« and »am Musterbach«: the name of something else.
_BELONGS = re.compile(r"(?:(?!(?:In|Aus|Nach|Auch|Für|Mit|Von|Bei)\b)\b[A-ZÄÖÜ][\w-]*|\b(?:am|vom|beim|im|zum))\s$")
_ABSTRACT = re.compile(r"(?:fassung|(?:[bdgkrt]|ier|ch|ss)ung|heit|keit|schaft)$")  # »Zusammenfassung« is no town


def towns_in(title: str, publisher: str, body: str) -> set[str]:
    """All names of a text that it uses like names of towns."""
    text = f"{title}\n{publisher}\n{body}"
    found = _announced(text) | _used_like_towns(title, text) | _listed(text) | acting_towns(text) | _unknown(text)
    found |= {name for name in _published_in(publisher, body) if _is_name(name, text)}
    people = _surnames(text)
    towns = {name for name in found if name not in people and _is_name(name, text)}
    towns |= {name for name in _joined_by_list(towns, text) if name not in people and _is_name(name, text)}
    towns -= {name for name in towns if name.endswith("s") and name[:-1] in towns}  # a genitive
    return towns | {name for name in re.findall(_BY_RIVER, text) if _is_by_river(name)}


def _surnames(text: str) -> set[str]:
    """Names of people, who act as towns do (»Musterhoff unterschrieb«), and of lands, which hold towns."""
    people = {match["name"] for match in re.finditer(section("localities", "people").replace("NAME", NAME), text)}
    return people | {match["name"] for match in re.finditer(section("localities", "lands").replace("NAME", NAME), text)}


def _is_by_river(name: str) -> bool:
    """»Musterstadt an der Muster«, but not »Beteiligung an der Planung«; the gazetteer knows its own."""
    first = name.split()[0]
    river = name.split()[-1]
    if is_ordinary(river):
        return False  # »nahm Beispielau an der Unterzeichnung teil«
    return ends_like_town(first) and first not in _common() and name not in _full_names(name)


def _full_names(text: str) -> set[str]:
    """The names of the gazetteer in a text, as it spells them."""
    return {text[mention.start : mention.end] for mention in find_places(text)}


def _used_like_towns(title: str, text: str) -> set[str]:
    """Words behind »in«, »aus«, »nach« or at the head of the title, if they end like names of towns."""
    found = re.findall(rf"\b(?:{section('localities', 'before')})\s+({NAME})\b", text)
    found += re.findall(rf"(?:^|: )({NAME})(?=[:,]|\s[a-zäöü])", title)
    found += re.findall(rf"(?:^|\n|[.!?:] |[–•-] )({NAME})(?= (?:{section('localities', 'verbs')})\b)", text)
    found += re.findall(rf"(?:[.!?:] |[–•-] |\n)({NAME})(?=, {NAME}(?:,| und) )", text)
    found += re.findall(rf"\b({NAME})(?: [a-zäöüß]+)?(?=, (?:das|wo)\b)", text)
    found += re.findall(rf"(?:^|\n|[.!?:] |[–•-] )({NAME})(?=, {section('localities', 'apposition')})", text)
    beside = rf"\b({NAME})(?=, (?:einer|eine|die|der) (?:\w+ )?(?:Kleinstadt|Stadt|Gemeinde)\b)"
    told = {name for name in re.findall(beside, text) if not is_known(name)}
    found += re.findall(rf"\b({NAME})(?= im (?:Landkreis|Kreis)\b)", text)
    found += re.findall(rf"(?:^|\n)(?:[–•-]|\d+\.) ({NAME})(?=:|,| \(|\n|$)", text)
    found += re.findall(rf"\n({NAME})(?=\n)", text)
    sure = re.findall(r"\b(?:Bad|Sankt) [A-ZÄÖÜ][a-zäöüß]+", text)
    bare = re.findall(rf"\b(?:[Ii]n|[Aa]us|[Nn]ach) ({NAME})(?![\w-]{SURNAME})", text)
    unknown = {name for name in bare if _is_no_word(name)}
    return {name for name in found if _fits(name)} | unknown | told | set(sure)


def _fits(name: str) -> bool:
    """Whether a word that stands where towns do may be one by its form."""
    word = without_river(name).split()[-1]
    if looks_like_town(name):
        return True
    return bool(re.search(rf"{section('localities', 'topographic')}$", word)) and not ("-" in word or is_known(word))


def _is_no_word(name: str) -> bool:
    """Whether a name is no German word and no compound of some: what stands where towns do is one."""
    word = without_river(name).split()[-1]
    return not ("-" in word or is_word(word) or is_ordinary(word))


def _unknown(text: str) -> set[str]:
    """Words that no dictionary knows and that end like names of towns, by themselves somewhere; valleys are none."""
    found = set()
    for match in re.finditer(rf"(?<![\w-])(?:Bad |Sankt )?(?P<word>{WORD_OF_NAME})(?![\w-])", text):
        word = match["word"]
        ordinary = word.endswith("tal") or is_ordinary(word) or not ends_like_town(word) or is_known(word)
        if not ordinary and not _BELONGS.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            found.add(match.group())
    return found


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(rf"(?:{section('localities', 'announced_by')})[ \u00a0]+[»„]?(?P<name>{NAME})")


def _announced(text: str) -> set[str]:
    """Names behind a word that says what they are, or before one that only towns go with."""
    names = {m["name"] for m in _announcing().finditer(text)}
    names |= {m["name"] for m in re.finditer(rf"\b(?P<name>{NAME})s\s+(?:{section('localities', 'offices')})", text)}
    rows = re.finditer(rf"\bOrt: (?P<name>{NAME})(?=[;.(])", text)
    names |= {m["name"] for m in rows if looks_like_town(m["name"])}
    rows = re.finditer(
        rf"(?:^|\n)\w+: (?P<name>{NAME}){_MARK}*; [^\n]*{section('localities', 'columns_of_towns')}", text
    )
    names |= {m["name"] for m in rows if not is_ordinary(m["name"])}
    counted = r"(?:ist|wird|wurde) (?:[a-z]+ )?(?:als|die|das|der) (?:\d+\.|\w+te) (?:Kommune|Stadt|Gemeinde)"
    joined = r"ist (?:am|im|seit)\b[^.;\n]{2,20}(?:\. \w+ )?(?:dem \w+ )?(?:beigetreten|dazugekommen|hinzugekommen)"
    rows = re.finditer(rf"(?:^|\n|[.!?:] )(?P<name>{NAME}) (?:{counted}|{joined})\b", text)
    names |= {m["name"] for m in rows if not is_ordinary(m["name"])}
    several = re.finditer(
        rf"\b(?:Städten?|Gemeinden|Orten?|{_KINDS}) (?P<list>{NAME}(?:, {NAME}){MOST},? und {NAME})", text
    )
    names |= {name for m in several for name in names_of(m["list"])}
    dated = re.finditer(rf"\b(?:Städten?|Gemeinden) (?={NAME} \(){LIST}", text)
    names |= {name for m in dated for name in names_of(m["list"]) if not is_known(name)}
    names |= {
        m["name"]
        for m in re.finditer(rf"(?:{section('localities', 'columns')}):\s(?P<name>{NAME})(?=[;.(]|{_MARK})", text)
    }
    names |= {
        m["name"]
        for m in re.finditer(rf"(?:{section('localities', 'head')})[^.,;()\n]{{3,40}}\((?P<name>{NAME})\)", text)
    }
    rows = re.finditer(rf"(?<![/-])\b(?P<name>{NAME}) \((?:Landkreis|Kreis|Lkr\.|LK)\b", text)
    names |= {m["name"] for m in rows if not is_ordinary(m["name"])}
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
        rf"(?:die (?:Stadt|Gemeinde) )?{LIST}(?=[.;,\n]| (?:sowie|und) )"
    )


def _listed(text: str) -> set[str]:
    """Names in an enumeration, or at the heads of the items of a list, that towns are announced for."""
    found = {name for m in _listing().finditer(text) for name in _towns_of_list(list(names_of(m["list"])))}
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


def _towns_of_list(names: list[str]) -> list[str]:
    """Names that stand together; words of the language only where others are none (»Torte, Preise und …«)."""
    sure = [name for name in names if looks_like_town(name) or not is_known(name)]
    return [name for name in (names if len(sure) * 2 >= len(names) else sure) if not is_ordinary(name)]


def _heads_of(items: list[str], lead: str) -> set[str]:
    """The heads of all items, where the line above a list announces towns and some of them look like such."""
    heads = [match["name"] for line in items if (match := _ITEM.match(line))]
    told = lead.endswith(":") and has(lead, "localities", "joined")
    announced = told or pattern("localities", "several").search(lead)
    sure = any(looks_like_town(head) or find_places(head) for head in heads)
    paid = sum(bool(_PAID_ITEM.match(line)) for line in items) == len(items) > 1
    if paid and sure and len(heads) == len(items):
        return {name for name in heads if not (is_ordinary(name) or is_known(name))}
    if not announced or not sure or len(heads) < len(items):
        return set()
    return {name for name in heads if not is_ordinary(name)}


def _joined_by_list(known: set[str], text: str) -> set[str]:
    """»Musterau, Beispielstedt und Neuland«: what stands in a list with a town is one."""
    found = set()
    for match in re.finditer(rf"{NAME}(?:(?:,|,? (?:und|sowie|oder)) {NAME}){{1,40}}", text):
        names = re.findall(NAME, match.group())
        sure = [name for name in names if name in known or find_places(name)]
        if sure:
            mostly = len(sure) * 2 >= len(names) > 2
            found |= {name for name in names if looks_like_town(name) or (mostly and not is_ordinary(name))}
    return found


def _published_in(publisher: str, body: str) -> set[str]:
    """»Stadtblatt Musterhausen«: a name of the publisher that ends like a town's and stands in the text."""
    bodies = "|".join(section("bodies", "names"))  # a police district is no town
    names = re.findall(rf"\s({NAME})\b", re.sub(bodies, "", publisher))
    return {name for name in names if looks_like_town(name) and re.search(rf"\b{re.escape(name)}\b", body)}


def _is_name(name: str, text: str) -> bool:
    if without_river(name) in _common() or _ABSTRACT.search(name) or find_places(name):
        return False
    if any(role in name for role in roles()):
        return False
    if re.search(rf"(?<![\w.@/-]){re.escape(name.lower())}(?![\w@/-]|\.\w)", text):
        return False  # a word that is written small, too; »www.musterau.example« is none
    if not re.search(rf"\b{re.escape(name)}s?(?!\w{SURNAME})", text):  # a given name
        return False
    if re.search(rf"(?<!\d)(?!\d{{5}} |(?:19|20)\d\d )\d(?:[\d.]*\d)? {re.escape(name)}\b", text):
        return False  # what is counted
    named = len(re.findall(rf"\b{re.escape(name)}\b", text))
    if named == len(re.findall(rf"\b{section('localities', 'bodies')} {re.escape(name)}\b", text)):
        return False  # the »Leitstelle Vorausschau« is in no town of that name
    if any(find_persons(m.group()) for m in re.finditer(rf"[A-ZÄÖÜ]\w+(?: [A-ZÄÖÜ]\w+)? {re.escape(name)}\b", text)):
        return False  # »Bürgermeisterin Erika Musterau«
    return not re.search(rf"{_ARTICLE}(?:[a-zäöüß]+e[nrs]? )?{re.escape(name)}\b", text)


@cache
def _common() -> frozenset[str]:
    return frozenset(load("roles")["not_names"]) | frozenset(section("localities", "not_names"))
