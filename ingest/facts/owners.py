"""Whose a telephone number or an address is: of whom the words before it speak, else of who publishes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.facts.offices import bare_name
from ingest.facts.programmes import names_programme, programme_of
from ingest.facts.scenes import places_in
from ingest.facts.subjects import places_of, subject_of, towns_named
from ingest.facts.types import Subject
from ingest.facts.vocabulary import has, pattern, section
from ingest.german.persons import find_persons
from ingest.types import Document

_BESIDE = 30  # characters between a person and the body that the person answers for
_INITIALS = 3  # letters of an address that tell of whom they are
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SMALL_WORDS = re.compile(r"\b(?:an|in|am|im|bei|ob|der|dem|den)\b|[^a-z]")
_NEUTER = ("amt", "ministerium", "büro", "institut", "zentrum", "präsidium", "revier", "referat", "dezernat")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is named at a stretch of a text."""

    start: int
    end: int
    subject: Subject
    is_person: bool = False
    is_unit: bool = False


def owner_in(text: str, document: Document, speaker: Subject) -> Subject | None:
    """The body, town or person named last in a text; a body beside a person goes before the person.

    An office that nobody is named for is that of the `speaker`.
    """
    named = sorted((*_bodies(text, document, speaker), *_persons(text)), key=lambda owner: owner.start)
    if not named:
        return None
    last = named[-1]
    if len(named) > 1 and last.is_unit and last.start - named[-2].end <= len(", "):
        return named[-2].subject  # »das Landratsamt Musterland, Stabsstelle Ordnung«
    beside = [o for o in named if not o.is_person and last.start - o.end < _BESIDE]
    return beside[-1].subject if last.is_person and beside else last.subject


@lru_cache(maxsize=64)
def publisher_of(document: Document) -> Subject:
    """Who publishes a document: a town, a body, or the programme where its own office does so or nobody is named."""
    name = re.sub(r"\s*\([^)]*\)", "", document.publisher or "").strip()
    if not name or name.casefold() == "nicht genannt":
        return programme_of(document)
    match = pattern("contacts", "owner").match(name)
    if match is not None and (has(match["head"], "contacts", "town") or has(match["head"], "contacts", "unit")):
        return _body(match, document, programme_of(document))
    return Subject(name)


def town_of_host(address: str, document: Document) -> Subject | None:
    """The town that a mail or web address spells (»www.musterau.example« in a text that names Musterau)."""
    parts = _parts_of_host(address)
    towns = (*places_of(document), *towns_named(document))
    return next((t for t in towns if {_spelt(t.name), _spelt(t.place.name if t.place else t.name)} & parts), None)


def publisher_of_host(address: str, document: Document) -> Subject | None:
    """Who publishes, if an address is made of the initials (»@lkv.example« of a »Landesamt Kluge Vorsorge«)."""
    publisher = publisher_of(document)
    initials = "".join(word[0] for word in re.findall(r"\w+", publisher.name) if word[0].isupper())
    named = any(len(part) >= _INITIALS and _spelt(initials).startswith(part) for part in _parts_of_host(address))
    return publisher if named and publisher != programme_of(document) else None


def _parts_of_host(address: str) -> set[str]:
    host = re.sub(r"^(?:https?://)?(?:www\.)?|^.*@", "", address).split("/")[0]
    return {_spelt(part) for part in host.split(".")[:-1]}


def with_town(owner: Subject, address: str, document: Document) -> Subject:
    """A person who answers for a town, together with the town."""
    town = town_of_host(address, document) or home_of(document)
    return owner if owner.place is not None or town is None else replace(owner, place=town.place)


@lru_cache(maxsize=64)
def home_of(document: Document) -> Subject | None:
    """The town that publishes a document."""
    name = document.publisher or ""
    return _town_in(name, document) if has(name, "contacts", "town") else None


def _persons(text: str) -> Iterator[Owner]:
    for person in find_persons(text):
        name = bare_name(person.name)
        if name.split()[0] not in section("programme", "nouns"):
            yield Owner(person.start, person.end, Subject(name), is_person=True)


def _bodies(text: str, document: Document, speaker: Subject) -> Iterator[Owner]:
    for match in pattern("contacts", "owner").finditer(text):
        if not has(match["head"], "contacts", "no_owner"):
            unit = has(match["head"], "contacts", "unit")
            yield Owner(match.start(), match.end(), _body(match, document, speaker), is_unit=unit)


def _body(match: re.Match[str], document: Document, speaker: Subject) -> Subject:
    """The office of a town is the town, that of the programme is the programme; other bodies by their full name."""
    town = has(match["head"], "contacts", "town")
    if town or has(match["head"], "contacts", "unit"):
        return _owner_of_office(match, document, speaker, is_town=town)
    full = None if match["rest"] or match["of"] or match["adjective"] else _full_name(match["head"], document)
    return Subject(full or _name(match))


def _owner_of_office(match: re.Match[str], document: Document, speaker: Subject, *, is_town: bool) -> Subject:
    named = _town_in(match.group(), document)
    if named is not None:
        return named
    if is_town:
        towns = places_of(document)
        return home_of(document) or (towns[0] if len(towns) == 1 else Subject(match.group()))
    words = match.group()
    if names_programme(words, document) or any(noun in words for noun in section("programme", "nouns")):
        return programme_of(document)
    inner = pattern("contacts", "owner").search(match["of"] or "")
    if inner is not None:
        return _body(inner, document, speaker)
    if match["rest"] and not match["rest"].strip().isdigit():
        return Subject(_name(match))
    full = _full_name(match["head"], document)
    if full:
        return Subject(full)
    return programme_of(document) if has(match["head"], "contacts", "of_programme") else home_of(document) or speaker


@lru_cache(maxsize=256)
def _full_name(head: str, document: Document) -> str | None:
    """The name that a text mostly gives a body: »das Landesbüro« is the »Landesbüro Sichere Orte«."""
    for text in (f"{document.title}\n{document.text}", document.publisher or ""):
        found = [
            m
            for m in pattern("contacts", "owner").finditer(text)
            if m["head"] == head and (m["rest"] or m["adjective"])
        ]
        names = Counter(_name(match) for match in found if not match["rest"].strip().isdigit())
        if names:
            return names.most_common(1)[0][0]
    return None


def _name(match: re.Match[str]) -> str:
    """A name in the nominative: »der Ersonnenen Förderbank« is the »Ersonnene Förderbank«."""
    adjective = (match["adjective"] or "").strip()
    if re.search(r"e[nrm]$", adjective):
        adjective = adjective[:-1]
    if adjective.endswith("e") and match["head"].casefold().endswith(_NEUTER):
        adjective += "s"
    of = match["of"] if not match["rest"] else ""
    return f"{adjective} {match['head']}{match['rest']}{of or ''}".strip()


def _town_in(text: str, document: Document) -> Subject | None:
    found = [m for m in places_in(text, document) if m.role == "municipality"]
    return subject_of(found[0]) if found else None


def _spelt(name: str) -> str:
    """A name as addresses spell it."""
    return _SMALL_WORDS.sub("", name.casefold().translate(_UMLAUTS))
