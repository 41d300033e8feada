"""What the programme offers, and what a municipality uses of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.anaphora import sentence_before, towns_again
from ingest.facts.conditions import is_about_conditions
from ingest.facts.moments import published
from ingest.facts.named_offerings import Named, heads_of, is_listed, is_row_of_offers, named_in
from ingest.facts.participants import users_told
from ingest.facts.programmes import find_programme, programme_of
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import (
    association_in,
    headed_town,
    is_venue,
    places_of,
    speaks_of_programme,
    subject_of,
    titled_body,
)
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import has, pattern, section
from ingest.german.places import PlaceMention

_NEXT = 14  # characters in which what follows a comma says that it lists towns


def offerings(found: Sequence[Scene]) -> Iterator[Fact]:
    """The offerings of a document, once for each subject."""
    seen: set[tuple[str, str]] = set()
    heads, stages = heads_of(found), section("named", "offering_of_stage").values()
    for scene in found:
        if is_about_conditions(scene.document) and not (scene.is_item and has(scene.lead, "conditions", "objects")):
            continue
        rows = [(named, *row) for named in named_in(scene, heads) for row in _subjects(scene, named)]
        using = {subject.name for named, subject, measure in rows if measure == "used" and named.name in stages}
        told = [row for row in _told(scene) if row[1].name not in using]  # the sentence says itself what they use
        for named, subject, measure in (*rows, *told):
            if (named.name, subject.name) not in seen:
                seen.add((named.name, subject.name))
                yield _offering(scene, named, subject, measure)


def _told(scene: Scene) -> Iterator[tuple[Named, Subject, str]]:
    """Who is advised uses the advice, whether a noun names it or not."""
    for subject, stage in users_told(scene):
        name = section("named", "offering_of_stage")[stage]
        yield Named(name, name, 0), subject, "used"


def _subjects(scene: Scene, named: Named) -> list[tuple[Subject, str]]:
    """Who offers it or uses it; nobody where the sentence does neither."""
    programme = [(titled_body(scene.document) or programme_of(scene.document), "offered")]
    named_town = any(m.role == "municipality" for m in scene.places)
    if scene.is_heading and (named_town or scene.document.title == " ".join(scene.text.split())):
        return []
    if is_about_conditions(scene.document) or is_row_of_offers(scene):
        return [(programme_of(scene.document), "offered")]
    part = _part(scene, named)
    if _is_negated(scene, named):
        return []
    if _is_of_programme(scene, named):
        own = _own_town(scene) if has(part, "offerings", "use") and has(part, "offerings", "town") else None
        return [(programme_of(scene.document), "offered"), *([(own, "used")] if own else [])]
    words = has(part, "offerings", "use") or has(part, "offerings", "belongs")
    used = words or any(has(part, "named", stage) for stage in ("advised", "coached"))
    beside = [m for m in scene.places if _is_beside(scene, m, named)]
    if beside:
        return [(subject_of(beside[-1]), "used")]
    called = [m for m in scene.places if m.derived and m.end + 1 == named.start]  # »die Musterauer Sicherheitsanalyse«
    if called:
        return [(subject_of(called[0]), "used")]
    users = _users(scene, _clause(part, named.wording)) if used or scene.cells else []
    users = users or (list(towns_again(scene)) if used else [])
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
    return programme if offered or about or is_listed(scene) or "»" in named.wording else []


def _is_beside(scene: Scene, mention: PlaceMention, named: Named) -> bool:
    """»Musterau (Coaching)«, and the item »– Gemeinde Musterau: Coaching seit Juni«: the town that uses it."""
    between = scene.text[mention.end : named.start]
    headed = scene.is_item and between == ": " and has(scene.text[: mention.start], "offers", "head_of_town")
    return mention.role == "municipality" and (between == " (" or headed)


def _is_of_programme(scene: Scene, named: Named) -> bool:
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
    if first >= 0 and has(part[first : first + _NEXT], "offerings", "resumed"):
        first = 0  # »In Musterau, wo es brannte, wird eine Sicherheitsanalyse erstellt«
    said = part[: max(first, 0)]
    if not any((has(said, "offerings", "finite"), has(said, "offerings", "use"), has(said, "events", "told"))):
        first = 0
    last = part.find(", ", start)
    if last >= 0 and has(part[last : last + _NEXT], "offerings", "namely"):
        last = len(part)  # »… fortgesetzt, und zwar in Musterau und Probehain«
    listed = last >= 0 and not (has(part[last:], "offerings", "finite") or has(part[last:], "events", "told"))
    if last < 0 or listed or not has(part[first:last], "offerings", "use"):
        last = len(part)
    clause = part[first:last]
    return part if has(clause, "offerings", "infinitive") else clause


def _part(scene: Scene, named: Named) -> str:
    """The stretch between semicolons that names an offering."""
    first = scene.text.rfind("; ", 0, named.start) + 1
    last = scene.text.find("; ", named.start)
    return scene.text if scene.cells else scene.text[first : last if last >= 0 else len(scene.text)]


def _is_negated(scene: Scene, named: Named) -> bool:
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


def _offering(scene: Scene, named: Named, subject: Subject, measure: str) -> Fact:
    attributes: dict[str, Attribute] = {"wording": re.sub(r"\s+", " ", named.wording)}
    return statement(
        "offering", subject, published(scene.document), scene.span,
        measure=measure, value=named.name, attributes=attributes, rule="offering",
    )  # fmt: skip
