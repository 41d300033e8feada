"""Office-holders: name and office together; variants of one name are linked, spelling kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.data import load
from ingest.facts.days import item_day
from ingest.facts.moments import published
from ingest.facts.offices import bare_name, office_key, offices_in
from ingest.facts.programmes import names_programme
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import places_of, subject_of, towns_named
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import pattern, section
from ingest.german.persons import one_letter_apart, roles

_FIELD = re.compile(r"(?:ung|heit|keit|schaft|tion|ität)$")  # »Referatsleiterin Förderung«
_IS_NAMED = re.compile(r"\s(?:ist|heißt|wird|bleibt)\s(?:nun |jetzt |künftig |seit [^,.;]{3,20} )?[A-ZÄÖÜ]")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of a sentence with the office as written."""

    scene: Scene
    name: str
    title: str
    role: str
    start: int


def people(found: Sequence[Scene], aside: Sequence[Scene] = ()) -> Iterator[Fact]:
    """The office-holders of a document, one row for each person and office; `aside` are lines of contact details."""
    holders = [holder for scene in found for holder in _holders(scene)]
    holders += [holder for line in aside for holder in _holders(line) if not _is_weak(holder)]
    full = {holder.name for holder in holders if " " in holder.name}
    called = {holder.name for holder in holders if not _is_weak(holder)}
    rows: dict[tuple[str, str], Holder] = {}
    for holder in holders:
        if " " not in holder.name and any(name.endswith(f" {holder.name}") for name in full):
            continue  # »Innenminister Muster« after »Innenminister Max Muster«
        if not (pattern("people", "weak").search(holder.role) and holder.name in called):
            rows.setdefault((holder.name, office_key(holder.role)), holder)
    for holder in rows.values():
        variants = sorted(name for name in full if name != holder.name and _alike(name, holder.name))
        yield _row(holder, variants)


def _is_weak(holder: Holder) -> bool:
    """Whether an office does not say what somebody is: a rank, or whom to ask."""
    return any(pattern("people", name).search(holder.role) for name in ("weak", "ranks"))


def _holders(scene: Scene) -> Iterator[Holder]:
    taken: list[tuple[int, int]] = []
    for person, offices in offices_in(scene):
        taken.append((person.start, person.end))
        name = bare_name(person.name)
        if names_programme(name, scene.document):
            continue
        title = person.name[: len(person.name) - len(name)].strip()
        for office in offices:
            yield Holder(scene, name, title, office, person.start)
    for match in _surname().finditer(scene.text):
        inside = any(start <= match.start("name") < end for start, end in taken)
        council = " " in match["role"] or match["role"].endswith(("rat", "rats", "rates"))
        field = _IS_NAMED.match(scene.text, match.end("name"))  # »Referatsleiterin Beratung ist Erika Muster«
        no_name = (
            field
            or _FIELD.search(match["name"])
            or match["name"] in _no_surnames()
            or _is_place(scene, match.start("name"))
        )
        if not (inside or council or no_name):
            yield Holder(scene, match["name"], "", match["role"], match.start("name"))


@cache
def _role_words() -> str:
    return "|".join(re.escape(role) for role in roles())


@cache
def _surname() -> re.Pattern[str]:
    role = rf"(?:{_role_words()})(?:in|innen|s|n|en|e)?"
    return re.compile(r"\b" + section("people", "surname").replace("{roles}", role))


@cache
def _no_surnames() -> frozenset[str]:
    return frozenset(load("roles")["not_names"]) | frozenset(roles())


def _is_place(scene: Scene, offset: int) -> bool:
    return any(m.start <= offset < m.end for m in scene.places)


def _alike(one: str, other: str) -> bool:
    """Whether two full names differ by one letter of the surname only."""
    first, second = one.rsplit(" ", 1), other.rsplit(" ", 1)
    if len(first) != len(second) or len(first) == 1:
        return False
    return first[0] == second[0] and one_letter_apart(first[1], second[1])


def _row(holder: Holder, variants: list[str]) -> Fact:
    scene = holder.scene
    attributes: dict[str, Attribute] = {}
    if holder.title:
        attributes["title"] = holder.title
    if variants:
        attributes["variants"] = variants
    town = _town(holder)
    return statement(
        "person",
        Subject(holder.name, town.place if town else None),
        item_day(scene) or published(scene.document),
        scene.span,
        measure="office",
        value=" ".join(holder.role.split()),
        attributes=attributes,
        rule="office",
    )


def _town(holder: Holder) -> Subject | None:
    """The town of a municipal office: named beside it, else the one that the document is about."""
    if not pattern("people", "municipal").search(holder.role):
        return None
    near = [m for m in holder.scene.places if m.role == "municipality" and abs(m.start - holder.start) < 60]
    if near:
        return subject_of(min(near, key=lambda m: abs(m.start - holder.start)))
    towns = places_of(holder.scene.document) or towns_named(holder.scene.document)
    return towns[0] if len(towns) == 1 else None
