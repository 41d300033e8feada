"""What the programme offers, and what a municipality uses of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.facts.conditions import is_about_conditions
from ingest.facts.moments import published
from ingest.facts.programmes import programme_of
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import (
    association_in,
    headed_town,
    is_venue,
    places_of,
    sentence_before,
    speaks_of_programme,
    subject_of,
    titled_body,
)
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import compiled, has, pattern, section


@dataclass(frozen=True, slots=True)
class _Named:
    """An offering as a sentence names it, and where."""

    name: str
    wording: str
    start: int


def offerings(found: Sequence[Scene]) -> Iterator[Fact]:
    """The offerings of a document, once for each subject."""
    seen: set[tuple[str, str]] = set()
    for scene in found:
        if is_about_conditions(scene.document) and not (scene.is_item and has(scene.lead, "conditions", "objects")):
            continue
        for named in _named(scene):
            for subject, measure in _subjects(scene, named):
                if (named.name, subject.name) not in seen:
                    seen.add((named.name, subject.name))
                    yield _offering(scene, named, subject, measure)


def _named(scene: Scene) -> Iterator[_Named]:
    """Offerings of a sentence, of a row of a table, or of an item of a list of offerings."""
    if scene.text.endswith("?"):
        return
    if _is_row_of_offers(scene):
        yield _Named(scene.cells[0].value, scene.cells[0].value, 0)
        return
    found = [(rule, match) for rule in section("offering") for match in _matches(rule, scene.text)]
    head = _head_of_item(scene)
    if head is not None and not found:
        yield _Named(head["name"], head["name"], head.start("name"))
    for rule, match in found:
        if not _is_counted_or_else(scene, rule, match):
            named = "own_name" in rule and " " in match.group()
            yield _Named(match.group() if named else str(rule["name"]), match.group(), match.start())


def _matches(rule: Mapping[str, str], text: str) -> list[re.Match[str]]:
    """Where a sentence names an offering: the first place, but each of several courses."""
    found = list(compiled(rule["pattern"]).finditer(text))
    return found if "own_name" in rule else found[:1]


def _is_counted_or_else(scene: Scene, rule: Mapping[str, str], match: re.Match[str]) -> bool:
    """Whether a word for an offering is counted, is a sum of money, a gathering on its day or a course of others."""
    if any(q.start <= match.start() < q.end for q in scene.quantities):
        return True
    general = rule.get("general")
    dated = general == "event" and any(d.is_day for d in scene.dates)
    money = general == "money" and any(q.kind == "money" for q in scene.quantities)
    again = pattern("offerings", "course_again").search(scene.text[: match.end()])  # »den Lehrgang«, told of before
    others = "own_name" in rule and (again or has(scene.text, "offerings", "others"))
    return dated or money or bool(others)


def _is_row_of_offers(scene: Scene) -> bool:
    return bool(scene.cells) and has(scene.cells[0].label, "offers", "column")


def _is_listed(scene: Scene) -> bool:
    """Whether a sentence is an item under a heading or a lead that announces what is offered."""
    above = f"{scene.document.title} {scene.heading}"
    return scene.is_item and (has(above, "conditions", "title") or has(scene.announced, "offers", "lead"))


def _head_of_item(scene: Scene) -> re.Match[str] | None:
    """What an item of a list of offerings begins with."""
    return pattern("offers", "head").match(scene.text) if _is_listed(scene) else None


def _subjects(scene: Scene, named: _Named) -> list[tuple[Subject, str]]:
    """Who offers it or uses it; nobody where the sentence does neither."""
    programme = [(titled_body(scene.document) or programme_of(scene.document), "offered")]
    if scene.is_heading and scene.document.title == " ".join(scene.text.split()):
        return []
    if is_about_conditions(scene.document) or _is_row_of_offers(scene):
        return [(programme_of(scene.document), "offered")]
    part = _part(scene, named)
    if _is_negated(scene, named):
        return []
    words = has(part, "offerings", "use") or has(part, "offerings", "belongs")
    used = words or any(has(part, "named", stage) for stage in ("advised", "coached"))
    called = [m for m in scene.places if m.derived and m.end + 1 == named.start]  # »die Musterauer Sicherheitsanalyse«
    if called:
        return [(subject_of(called[0]), "used")]
    users = _users(scene, _clause(part, named.wording)) if used or scene.cells else []
    if users:
        return [(user, "used") for user in users]
    own = _own_town(scene)
    if own is not None and used and not _is_programmes(scene, part):
        return [(own, "used")]
    if used and own is not None and not has(part, "offerings", "offer"):
        return []
    said = f"{scene.lead} {part}" if scene.is_item else part
    offered = has(said, "offerings", "offer") or has(said, "offerings", "use") or scene.is_heading
    return programme if offered or _is_listed(scene) or "»" in named.wording else []


def _is_programmes(scene: Scene, part: str) -> bool:
    """Whether a sentence without a town speaks of the programme and not of the town of the text."""
    if pattern("offerings", "town").search(part):
        return False
    counted = any(q.kind == "count" and pattern("containers", "units").search(q.unit) for q in scene.quantities)
    return counted or speaks_of_programme(scene)


def _clause(part: str, wording: str) -> str:
    """»In Musterau läuft das Coaching, Probehain plant es«: the clause that names an offering, if it has a verb."""
    start = part.find(wording)
    first = part.rfind(", ", 0, start)
    if first < 0 or not (has(part[:first], "offerings", "finite") or has(part[:first], "offerings", "use")):
        first = 0
    last = part.find(", ", start)
    if last < 0 or not has(part[first:last], "offerings", "use"):
        last = len(part)
    clause = part[first:last]
    return part if has(clause, "offerings", "infinitive") else clause


def _part(scene: Scene, named: _Named) -> str:
    """The stretch between semicolons that names an offering."""
    first = scene.text.rfind("; ", 0, named.start) + 1
    last = scene.text.find("; ", named.start)
    return scene.text if scene.cells else scene.text[first : last if last >= 0 else len(scene.text)]


def _is_negated(scene: Scene, named: _Named) -> bool:
    part = scene.text if scene.cells else scene.text[slice(*scene.clause(named.start, named.start))]
    return has(part, "offerings", "negated") and not has(scene.text, "offerings", "free")


def _users(scene: Scene, part: str) -> list[Subject]:
    """The municipalities of the stretch that names an offering, or the association."""
    association = association_in(part)
    if association is not None:
        return [Subject(association.group())]
    start = scene.text.index(part)
    towns = [m for m in scene.places if m.role == "municipality" and not m.derived]
    towns = [m for m in towns if start <= m.start < start + len(part) and not is_venue(scene.text, m)]
    return list({subject_of(m).name: subject_of(m) for m in towns}.values())


def _own_town(scene: Scene) -> Subject | None:
    """The municipality or association that a sentence without one goes on about."""
    titled = association_in(scene.document.title)
    if titled is not None:
        return Subject(titled.group())
    if (headed := headed_town(scene)) is not None:
        return headed
    if scene.follows and has(scene.text, "offerings", "goes_on") and (before := sentence_before(scene)) is not None:
        return before
    own = places_of(scene.document)
    return own[0] if own else None


def _offering(scene: Scene, named: _Named, subject: Subject, measure: str) -> Fact:
    attributes: dict[str, Attribute] = {"wording": re.sub(r"\s+", " ", named.wording)}
    return statement(
        "offering", subject, published(scene.document), scene.span,
        measure=measure, value=named.name, attributes=attributes, rule="offering",
    )  # fmt: skip
