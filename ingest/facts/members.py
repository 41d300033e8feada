"""Who joined: concluded a cooperation agreement, or was a model municipality."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.facts.days import days_of, year_told
from ingest.facts.founders import founding_of, models
from ingest.facts.joined import says_joined
from ingest.facts.joining import Joining, day_of, joining_of
from ingest.facts.moments import Moment, moment_of, month_of, resolved
from ingest.facts.offices import bare_name
from ingest.facts.participants import participants
from ingest.facts.scenes import Scene, places_in
from ingest.facts.statements import statement
from ingest.facts.subjects import subject_of
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import has, pattern
from ingest.german.dates import DateMention, find_dates
from ingest.german.places import PlaceMention

_BESIDE = re.compile(r"\s*\((?:seit |am |ab |dem )*$")
_NEAR = 12  # characters between a name and the date in brackets behind it
_QUOTED = re.compile(r":\s*[»„\"]")


def memberships(found: Sequence[Scene]) -> Iterator[Fact]:
    """Members and participants of a document, one row each; a member is no participant besides."""
    told = (joining_of(part) for scene in found for part in _statements(scene))
    joinings = _namesakes([joining for joining in told if joining is not None])
    members: dict[str, Fact] = {}
    days = _days_told_apart(joinings, found)
    for joining in days:
        for subject in joining.subjects:
            row = _member(joining, subject, found)
            known = members.get(subject.name)
            members[subject.name] = row if known is None else _better(known, row)
    for scene in found:
        for subject in models(scene):
            members.setdefault(subject.name, _model(scene, subject))
    yield from members.values()
    yield from participants(found, set(members))


def _statements(scene: Scene) -> list[Scene]:
    """The parts of a sentence between semicolons, where each names a town and says of it that it joined."""
    cuts = [0, *(m.end() for m in re.finditer(r"; ", scene.text)), len(scene.text)]
    spans = [(first, last) for first, last in itertools.pairwise(cuts) if last > first]
    if len(spans) < 2 or scene.cells:
        return [scene]
    parts = [replace(scene, start=scene.start + first, end=scene.start + last) for first, last in spans]
    named = all(any(m.role == "municipality" for m in part.places) for part in parts)
    return parts if named and all(says_joined(part) for part in parts) else [scene]


def _namesakes(joinings: Sequence[Joining]) -> list[Joining]:
    """Two towns of one name in tables under their districts: each with its district."""
    districts: dict[str, set[str]] = {}
    for joining in joinings:
        for subject in joining.subjects:
            districts.setdefault(subject.name, set()).add(_district_above(joining.scene))
    out = []
    for joining in joinings:
        district = _district_above(joining.scene)
        named = [
            replace(subject, name=f"{subject.name} ({district})")
            if district and len(districts[subject.name] - {""}) > 1
            else subject
            for subject in joining.subjects
        ]
        out.append(replace(joining, subjects=tuple(named)))
    return out


def _district_above(scene: Scene) -> str:
    """The district that the heading of a table names."""
    above = places_in(scene.heading, scene.document) if scene.cells else []
    return next((m.name for m in above if m.role == "district"), "")


def _days_told_apart(joinings: Sequence[Joining], found: Sequence[Scene]) -> list[Joining]:
    """A joining without a day takes the one that the next sentence gives for it (»… führt dazu den 10. Mai an«).

    Below a heading (»Musterau ist dabei«) that sentence is what says it.
    """
    out = []
    for joining in joinings:
        after = next((s for s in found if s.before is joining.scene), None)
        day = day_of(after) if after is not None and has(after.text, "joined", "day_given") else None
        if after is None or day is None or joining.today:
            out.append(joining)
        else:
            scene = after if joining.scene.is_heading else joining.scene
            out.append(replace(joining, scene=scene, moment=day, today=True))
    return out


def _better(known: Fact, row: Fact) -> Fact:
    """The row with the more precise date, with what both know of who signed and who was present."""
    best, other = (row, known) if _precision(row) > _precision(known) else (known, row)
    merged = {**other.attributes, **best.attributes}
    signed = best.attributes.get("signed_by") or other.attributes.get("signed_by")
    if signed:
        merged["signed_by"] = signed
        merged.pop("signer", None)
    return replace(best, attributes=merged)


def _precision(row: Fact) -> int:
    return len(str(row.value)) if row.value else (1 if row.as_of_range else 0)


def _member(joining: Joining, subject: Subject, found: Sequence[Scene]) -> Fact:
    scene = joining.scene
    own = _day_beside(scene, subject)
    if own is not None:
        joining = replace(joining, moment=own, today=True)
    value = joining.moment.date if joining.today else None
    attributes: dict[str, Attribute] = {}
    match = pattern("joined", "agreement").search(scene.text)
    if match:
        attributes["agreement"] = match.group()
    attributes |= _signers(scene)
    return _joined(scene, subject, joining.moment, value, attributes, rule="joined")


def _joined(
    scene: Scene, subject: Subject, moment: Moment, day: str | None, attributes: Mapping[str, Attribute], *, rule: str
) -> Fact:
    return statement(
        "member", subject, moment, scene.span,
        measure="joined", value=day, unit="date", attributes=attributes, rule=rule,
    )  # fmt: skip


def _day_beside(scene: Scene, subject: Subject) -> Moment | None:
    """»Musterau (Mai 2020), Beispielstedt (8. Juli 2020)«: each its own day."""
    for mention in scene.places:
        if subject_of(mention).name == subject.name:
            if (month := _month_beside(scene, mention)) is not None:
                return month
            if (own := _day_in_clause(scene, mention)) is not None:
                return own
            beside = next((d for d in days_of(scene) if 0 <= d.start - mention.end < _NEAR), None)
            days = [day for d in scene.dates if d.is_day and (day := resolved(d, scene.document)) is not None]
            earlier = [day for day in days if day.end <= mention.start]
            if beside is not None and _BESIDE.fullmatch(scene.text[mention.end : beside.start]):
                return moment_of(beside)
            if (respective := _respective(scene, mention)) is not None:
                return moment_of(respective)
            if len(days) > 1 and earlier:
                return moment_of(earlier[-1])
    return None


def _day_in_clause(scene: Scene, mention: PlaceMention) -> Moment | None:
    """»Musterau ist seit Oktober 2020 Mitglied, Probehain seit dem 29. März 2022«: each clause has its date."""
    dated = [d for d in scene.dates if d.year is not None]
    clauses = {scene.clause(d.start, d.end) for d in dated}
    first, last = scene.clause(mention.start, mention.end)
    inside = [d for d in dated if first <= d.start < last]
    return moment_of(inside[0]) if len(inside) == 1 and len(clauses) == len(dated) > 1 else None


def _month_beside(scene: Scene, mention: PlaceMention) -> Moment | None:
    """»Im Berichtsjahr traten bei: Musterau (12. Mai) und Probehain (Oktober)«: a month without its year."""
    match = pattern("joined", "month_beside").match(scene.text[mention.end :])
    if match is None:
        return None
    year = year_told(scene)
    return (
        moment_of(find_dates(f"{match['name']} {year}")[0]) if year else month_of(f"im {match['name']}", scene.document)
    )


def _respective(scene: Scene, mention: PlaceMention) -> DateMention | None:
    """»Musterau und Probehain sind seit 2019 beziehungsweise 2021 Mitglied«: the first since the first."""
    clause = scene.text[scene.text.rfind("; ", 0, mention.start) + 1 :]
    first = len(scene.text) - len(clause)
    towns = [m for m in scene.places if m.start >= first and m.role == "municipality" and not m.derived]
    dates = [d for d in scene.dates if d.start >= first]
    paired = has(clause, "joined", "respectively") and len(towns) == len(dates) > 1 and mention in towns
    return dates[towns.index(mention)] if paired else None


def _signers(scene: Scene) -> dict[str, Attribute]:
    """Who signed and who was merely present; nobody is named where the sentence names nobody."""
    if not has(scene.text, "joined", "signed"):
        return {}
    quoted = _QUOTED.search(scene.text)
    if quoted and not has(scene.text[: quoted.start()], "joined", "signed"):
        return {}  # a speaker is no signer
    signed = [bare_name(p.name) for p in scene.persons if not p.present_only]
    present = [bare_name(p.name) for p in scene.persons if p.present_only]
    found: dict[str, Attribute] = {"signed_by": signed} if signed else {"signed_by": [], "signer": "nicht genannt"}
    return found | ({"present": present} if present else {})


def _model(scene: Scene, subject: Subject) -> Fact:
    moment, value = founding_of(scene)
    return _joined(scene, subject, moment, value, {"agreement": "Modellkommune"}, rule="model")
