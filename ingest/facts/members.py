"""Who joined: concluded a cooperation agreement, or was a model municipality."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.facts.days import in_year_of
from ingest.facts.joining import Joining, day_of, joining_of
from ingest.facts.moments import Moment, moment_of, published, resolved
from ingest.facts.offices import bare_name
from ingest.facts.participants import participants
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import is_venue, subject_of
from ingest.facts.types import Attribute, Fact, Subject
from ingest.facts.vocabulary import find, has, pattern
from ingest.german.places import PlaceMention

_BESIDE = re.compile(r"\s*\((?:seit |am |ab |dem )*$")
_IN = re.compile(r"\b(?:in|nach)\s+$")
_HEAD = 5  # characters that the mark of a list item takes
_FOUNDING_BEFORE = 3  # sentences
_QUOTED = re.compile(r":\s*[»„\"]")


def memberships(found: Sequence[Scene]) -> Iterator[Fact]:
    """Members and participants of a document, one row each; a member is no participant besides."""
    joinings = [joining for scene in found if (joining := joining_of(scene)) is not None]
    members: dict[str, Fact] = {}
    days = _days_told_apart(joinings, found)
    for joining in days:
        for subject in joining.subjects:
            row = _member(joining, subject, found)
            known = members.get(subject.name)
            members[subject.name] = row if known is None else _better(known, row)
    for scene in found:
        for subject in _models(scene):
            members.setdefault(subject.name, _model(scene, subject))
    yield from members.values()
    yield from participants(found, set(members))


def _days_told_apart(joinings: Sequence[Joining], found: Sequence[Scene]) -> list[Joining]:
    """A joining without a day takes the one that the next sentence gives for it (»… führt dazu den 10. Mai an«)."""
    out = []
    for joining in joinings:
        after = next((s for s in found if s.before is joining.scene), None)
        day = day_of(after) if after is not None and has(after.text, "joined", "day_given") else None
        out.append(replace(joining, moment=day, today=True) if day is not None and not joining.today else joining)
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
            beside = next((d for d in scene.dates if 0 <= d.start - mention.end < 12), None)
            days = [day for d in scene.dates if d.is_day and (day := resolved(d, scene.document)) is not None]
            earlier = [day for day in days if day.end <= mention.start]
            if beside is not None and _BESIDE.fullmatch(scene.text[mention.end : beside.start]):
                dated = in_year_of(scene, beside)
                return moment_of(dated) if dated is not None else None
            if len(days) > 1 and earlier:
                return moment_of(earlier[-1])
    return None


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


def _models(scene: Scene) -> Iterator[Subject]:
    """Model municipalities of the first hour: a list of them, or a town that counts among them."""
    listed = scene.is_item or bool(scene.cells)
    context = f"{scene.announced} {scene.text} {scene.heading}" if listed else scene.text
    match = find(context, "joined", "model")
    if match is None or (not scene.cells and _is_planned(scene, match)):
        return
    several = listed or has(context, "joined", "model_of")
    for mention in scene.places:
        if mention.role != "municipality" or mention.derived or is_venue(scene.text, mention):
            continue
        first, last = scene.clause(mention.start, mention.end)
        missing = has(scene.text[first:last], "joined", "missing")  # »während Musterau in der Liste fehlt«
        before = scene.text[: mention.start]
        if listed:
            counted = mention.start < _HEAD or has(f"{scene.lead} {scene.text}", "joined", "model")
        else:
            counted = (several and not _IN.search(before)) or _is_model_beside(scene, mention)
        if counted and not missing:
            yield subject_of(mention)


def _is_planned(scene: Scene, model: re.Match[str]) -> bool:
    """Whether the clause that speaks of model municipalities says that they are to be."""
    if model.group() not in scene.text:
        return has(scene.text, "joined", "planned") and not scene.is_item
    first, last = scene.clause(at := scene.text.index(model.group()), at)
    return has(scene.text[first:last], "joined", "planned")


def _is_model_beside(scene: Scene, mention: PlaceMention) -> bool:
    """»Die Modellkommune Musterau«, »Musterau, ebenfalls Modellkommune«."""
    beside = pattern("joined", "model_beside").search(scene.text[: mention.start])
    return bool(beside) or bool(pattern("joined", "model_behind").match(scene.text[mention.end :]))


def _founding_day(scene: Scene) -> Moment | None:
    """The day in the sentences right before a list of founders that tell of the founding or of signing."""
    above = scene.before
    while above is not None and above.is_item and above.heading == scene.heading:
        above = above.before
    for _ in range(_FOUNDING_BEFORE):
        if above is None or above.heading != scene.heading or above.is_heading:
            return None
        days = [d for d in above.dates if d.is_day and d.year is not None]
        if len(days) == 1 and has(above.text, "joined", "founding"):
            return moment_of(days[0])
        above = above.before
    return None


def _model(scene: Scene, subject: Subject) -> Fact:
    day = _founding_day(scene)
    moment = day or published(scene.document)
    value = day.date if day else _year_of_models(scene)
    return _joined(scene, subject, moment, value, {"agreement": "Modellkommune"}, rule="model")


def _year_of_models(scene: Scene) -> str | None:
    """»Die Modellkommunen 2019« as a title."""
    match = pattern("joined", "model_year").search(f"{scene.heading} {scene.document.title}")
    return match["year"] if match else None
