"""Office-holders: name and office together; variants of one name are linked, spelling kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.data import load
from ingest.facts.moments import published
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import places_of, subject_of, towns_named
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import pattern, section
from ingest.german.persons import one_letter_apart, roles


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of a sentence with the office as written."""

    scene: Scene
    name: str
    title: str
    role: str
    start: int


def people(found: Sequence[Scene]) -> Iterator[Fact]:
    """The office-holders of a document, one row for each person and office."""
    holders = [holder for scene in found for holder in _holders(scene)]
    full = {holder.name for holder in holders if " " in holder.name}
    rows: dict[tuple[str, str], Holder] = {}
    for holder in holders:
        if " " not in holder.name and any(name.endswith(f" {holder.name}") for name in full):
            continue  # »Innenminister Muster« after »Innenminister Max Muster«
        key = (holder.name, _office_key(holder.role))
        rows.setdefault(key, holder)
    for holder in rows.values():
        variants = sorted(name for name in full if name != holder.name and _alike(name, holder.name))
        yield _row(holder, variants)


def bare_name(name: str) -> str:
    """A name without its titles."""
    return pattern("people", "titles").sub("", name).strip()


def _holders(scene: Scene) -> Iterator[Holder]:
    taken: list[tuple[int, int]] = []
    for person in scene.persons:
        name = bare_name(person.name)
        if name.split()[0] in section("programme", "nouns"):
            continue
        title = person.name[: len(person.name) - len(name)].strip()
        taken.append((person.start, person.end))
        behind = _office_behind(scene.text, person.end)
        role = person.role or behind or _label(scene, person.start) or _predicate(scene.text, person.start, person.end)
        for office in dict.fromkeys((role, behind)):
            if office and _is_office(office):
                yield Holder(scene, name, title, office, person.start)
    for match in _surname().finditer(scene.text):
        inside = any(start <= match.start("name") < end for start, end in taken)
        council = " " in match["role"] or match["role"].endswith(("rat", "rats", "rates"))
        if (
            not inside
            and not council
            and match["name"] not in _no_surnames()
            and not _is_place(scene, match.start("name"))
        ):
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


def _office_behind(text: str, end: int) -> str:
    """»Erika Muster als Oberbürgermeisterin«, »Erika Muster, die Leiterin des Amtes«."""
    lead = r"(?:\s+als\s+|,\s+(?:(?:der|die|dem|den)\s+)?)"
    of = r"(?:\s(?:des|der|von|vom|im|beim)\s[^,.;:]{2,60}|(?!\w|\s+(?:(?:Prof|Dr)\.|[A-ZÄÖÜ])))"
    role = rf"(?:\w+e[rnms]?\s)?(?:[A-ZÄÖÜ][a-zäöüß]+)?(?i:{_role_words()})\w{{0,5}}{of}"
    match = re.match(rf"{lead}(?P<role>{role})", text[end:])
    return match["role"] if match else ""


def _predicate(text: str, start: int, end: int) -> str:
    """»Erika Muster ist seit Januar Leiterin des Amtes«, »Neue Koordinatorin ist Erika Muster«."""
    role = rf"(?P<role>(?:{_role_words()})\w{{0,5}}(?:\s(?:des|der|von|vom|im|beim|für)\s[A-ZÄÖÜ][^,.;:(]{{2,60}}?)?)"
    after = re.match(
        rf"\s+(?:ist|wurde|war)\s+(?:seit [^,;]{{3,25}}? |nun |jetzt |neue[r]? )*(?:(?:der|die|neue[r]?) )*{role}",
        text[end:],
    )
    if after:
        return after["role"].strip()
    before = re.search(rf"{role}\s+(?:ist|heißt|wird|wurde)\s+(?:seit [^,;]{{3,25}} |nun |künftig )?$", text[:start])
    return before["role"].strip() if before else ""


def _label(scene: Scene, start: int) -> str:
    """»Koordinatorin: Erika Muster«, or a row of a table whose first cell is the office."""
    labels = "|".join(section("people", "labels"))
    match = re.search(rf"(?P<label>{labels})\s*:\s*$", scene.text[:start])
    if match:
        return match["label"]
    first = scene.cells[0].value if scene.cells and scene.cell_at(start) is not scene.cells[0] else ""
    return first if any(role in first for role in roles()) else ""


def _is_office(role: str) -> bool:
    labels = "|".join(section("people", "labels"))
    known = role.casefold()
    return any(word.casefold() in known for word in roles()) or bool(re.fullmatch(labels, role))


def _office_key(role: str) -> str:
    """The first word of the office, without inflection: »Innenministers« is »Innenminister«."""
    return re.sub(r"(?:s|n|en)$", "", role.split(" ")[0].casefold())


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
        published(scene.document),
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
