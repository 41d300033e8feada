"""What the programme offers, and what a municipality uses of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.facts.conditions import is_about_conditions
from ingest.facts.moments import published
from ingest.facts.programmes import find_programme, programme_of
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

_NEXT = 14  # characters in which what follows a comma says that it lists towns
_BACK = 3  # sentences before that name an offering in full


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
    found = [(rule, match) for rule in section("offering") for match in _matches(rule, scene)]
    if not found and (elided := _elided(scene)) is not None:
        yield elided
    head = _head_of_item(scene)
    if head is not None and not found:
        yield _Named(head["name"], head["name"], head.start("name"))
    for rule, match in found:
        if not _is_counted_or_else(scene, rule, match):
            named = "own_name" in rule and " " in match.group()
            yield _Named(match.group() if named else str(rule["name"]), match.group(), match.start())


def _elided(scene: Scene) -> _Named | None:
    """»Zehn Analysen wurden begonnen. Vier davon sind fertig, nämlich die in Musterau …«: of the sentence before."""
    them = pattern("offerings", "of_them").search(scene.text)
    if them is None or scene.before is None or not scene.follows or not _is_told_of_towns(scene):
        return None
    rule = next((rule for rule in section("offering") if _matches(rule, scene.before)), None)
    return _Named(str(rule["name"]), them.group(), them.start()) if rule is not None else None


def _matches(rule: Mapping[str, str], scene: Scene) -> list[re.Match[str]]:
    """Where a sentence names an offering: the first place, but each of several courses, or the short word for it."""
    found = list(compiled(rule["pattern"]).finditer(scene.text))
    if not found and "short" in rule and _was_named(rule, scene):
        found = list(compiled(rule["short"]).finditer(scene.text))
    told = [m for m in found if not _counting(scene, m)]  # »TOP 2 Coaching Frau Muster stellt das Coaching vor«
    return found if "own_name" in rule else (told or found)[:1]


def _counting(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a number counts what a match names."""
    return any(q.start <= match.start() < q.end for q in scene.quantities)


def _was_named(rule: Mapping[str, str], scene: Scene) -> bool:
    """Whether the title or the sentences right before name an offering in full (»die Analyse«, »der Prozess«)."""
    above, told = scene.before, [scene.document.title, scene.heading]
    for _ in range(_BACK):
        if above is not None:
            told.append(above.text)
            above = above.before
    return bool(compiled(rule["pattern"]).search("\n".join(told)))


def _is_counted_or_else(scene: Scene, rule: Mapping[str, str], match: re.Match[str]) -> bool:
    """Whether a word for an offering is counted, is a sum of money, a gathering on its day or a course of others."""
    if _counting(scene, match) and not _is_told_of_towns(scene):
        return True
    if "staff" in rule and has(scene.text, "offerings", "staff"):
        return True
    general = rule.get("general")
    dated = general == "event" and any(d.is_day for d in scene.dates)
    money = general == "money" and any(q.kind == "money" for q in scene.quantities)
    again = pattern("offerings", "course_again").search(scene.text[: match.end()])  # »den Lehrgang«, told of before
    others = "own_name" in rule and (again or has(scene.text, "offerings", "others") or _is_headed(scene, rule))
    return dated or money or bool(others)


def _is_headed(scene: Scene, rule: Mapping[str, str]) -> bool:
    """Whether the heading has named the course that a sentence under it goes on about."""
    own = not scene.is_heading and scene.heading != scene.document.title
    return own and bool(compiled(rule["pattern"]).search(scene.heading))


def _is_told_of_towns(scene: Scene) -> bool:
    """»Vier Coachings laufen, und zwar in Musterau …«, »jährlich drei Analysen«: counted, and said besides."""
    listed = has(scene.text, "offerings", "namely") and any(m.role == "municipality" for m in scene.places)
    return listed or has(scene.text, "offerings", "regular")


def _is_row_of_offers(scene: Scene) -> bool:
    return bool(scene.cells) and has(scene.cells[0].label, "offers", "column")


def _is_listed(scene: Scene) -> bool:
    """Whether a sentence is an item under a heading or a lead that announces what is offered."""
    above = f"{scene.document.title} {scene.heading}"
    if has(above, "offers", "glossary") and pattern("offers", "entry").match(scene.text):
        return True
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
    if _is_of_programme(scene, named):
        own = _own_town(scene) if has(part, "offerings", "use") and has(part, "offerings", "town") else None
        return [(programme_of(scene.document), "offered"), *([(own, "used")] if own else [])]
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
    title = scene.document.title
    about = has(title, "offers", "leaflet") and named.wording in title
    return programme if offered or about or _is_listed(scene) or "»" in named.wording else []


def _is_of_programme(scene: Scene, named: _Named) -> bool:
    """»stellt das Coaching des FSO vor«: what the programme offers, whoever uses it."""
    if not has(scene.text, "offerings", "presented"):
        return False
    match = find_programme(scene.text[named.start :], scene.document)
    between = scene.text[named.start : named.start + match.start()] if match else ""
    again = between.rfind(named.wording)  # the word may stand in a heading before the sentence, too
    return match is not None and bool(
        pattern("offerings", "of_programme").fullmatch(between[again + len(named.wording) :])
    )


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
    if first >= 0 and pattern("offerings", "where").match(part[first:]):
        first = 0  # »Musterau, wo auf der Grundlage einer Sicherheitsanalyse …«
    if first < 0 or not (has(part[:first], "offerings", "finite") or has(part[:first], "offerings", "use")):
        first = 0
    last = part.find(", ", start)
    if last >= 0 and has(part[last : last + _NEXT], "offerings", "namely"):
        last = len(part)  # »… fortgesetzt, und zwar in Musterau und Probehain«
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
