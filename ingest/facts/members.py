"""Who joined (concluded an agreement, was a model municipality) and who only plans to, is advised or takes part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.facts.moments import Moment, moment_of, published, resolved, says_today, weekday_of
from ingest.facts.people import bare_name
from ingest.facts.scenes import Scene
from ingest.facts.subjects import (
    Subject,
    association_in,
    is_example,
    is_venue,
    mentions_programme,
    names_programme,
    places_of,
    subject_of,
)
from ingest.facts.types import Attribute, Fact
from ingest.facts.vocabulary import has, pattern
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import roles
from ingest.german.places import PlaceMention

_AGREED = re.compile(r"Kooperationsvereinbarung\b|Kooperationsvertrag\b")
_BESIDE = re.compile(r"\s*\((?:seit |am |ab |dem )*$")
_QUOTED = re.compile(r":\s*[»„\"]")


@dataclass(frozen=True, slots=True)
class Joining:
    """A sentence that says that `subjects` joined, and when."""

    scene: Scene
    subjects: tuple[Subject, ...]
    moment: Moment
    today: bool


def memberships(found: Sequence[Scene]) -> Iterator[Fact]:
    """Members and participants of a document, one row each; a member is no participant besides."""
    joinings = [joining for scene in found if (joining := _joining(scene)) is not None]
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
    seen = set(members)
    for scene in found:
        for subject, stage in _participants(scene):
            if subject.name not in seen:
                seen.add(subject.name)
                yield _participant(scene, subject, stage)


def _days_told_apart(joinings: Sequence[Joining], found: Sequence[Scene]) -> list[Joining]:
    """A joining without a day takes the one that the next sentence gives for it (»… führt dazu den 10. Mai an«)."""
    out = []
    for joining in joinings:
        after = next((s for s in found if s.before is joining.scene), None)
        day = _day_of(after) if after is not None and has(after.text, "joined", "day_given") else None
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


def _joining(scene: Scene) -> Joining | None:
    text = scene.said
    if has(text, "joined", "preliminary"):
        return None
    if has(scene.document.title, "joined", "proposal") and not any(d.is_day and d.year for d in scene.dates):
        return None
    if not _says_joined(scene) or _is_open(scene) or text.endswith("?"):
        return None
    subjects = _joined_places(scene)
    if not subjects:
        return None
    day = _day_of(scene) or (weekday_of(text, scene.document) if has(text, "joined", "signed") else None)
    return Joining(scene, subjects, day or published(scene.document), says_today(text) or day is not None)


def _says_joined(scene: Scene) -> bool:
    """An agreement that was signed, or words for joining the programme."""
    text = scene.said
    if scene.cells and any(_AGREED.match(cell.value) or _AGREED.match(cell.label) for cell in scene.cells[1:]):
        return True
    context = f"{scene.document.title} {scene.heading} {scene.lead} {text}"
    titled = has(scene.document.title, "joined", "headline")
    agreement = titled or has(context, "joined", "agreement") or names_programme(context, scene.document)
    if agreement and has(text, "joined", "signed") and not has(text, "joined", "object"):
        return has(text, "joined", "agreement") or has(text, "joined", "signing")
    if has(text, "joined", "trigger") or (scene.is_heading and has(text, "joined", "headline")):
        return True
    before = scene.before
    pronoun = re.match(r"(?:Diese|Sie)\b", text)
    return bool(
        pronoun
        and before is not None
        and re.search(r"\bKooperationsvereinbarung\b", before.text)
        and has(text, "joined", "signed")
    )


def _is_open(scene: Scene) -> bool:
    """Whether the sentence says that it has not happened: plans and negations in the clause of joining."""
    text = scene.said
    marks = [pattern("joined", "trigger").search(text), pattern("joined", "agreement").search(text)]
    found = next((m for m in marks if m), None)
    if found is None:
        return False
    if text is not scene.text:
        return has(text, "joined", "planned")
    first, last = scene.clause(found.start(), found.end())
    return has(text[first:last], "joined", "planned")


def _joined_places(scene: Scene) -> tuple[Subject, ...]:
    """The municipalities that the sentence names, else those that the document is about."""
    association = association_in(scene.text)
    united = [Subject(association.group())] if association is not None else []
    named = united + [subject_of(m) for m in scene.places if m.role == "municipality" and _can_join(scene, m)]
    if named:
        return tuple({subject.name: subject for subject in named}.values())
    own = association_in(scene.document.title)
    return (Subject(own.group()),) if own else places_of(scene.document)


def _can_join(scene: Scene, mention: PlaceMention) -> bool:
    """A derived name joins only with an office behind it (»die Musterrodaer Oberbürgermeisterin«)."""
    if is_example(scene, mention) or _elsewhere(scene, mention):
        return False
    if not mention.derived:
        return True
    after = scene.text[mention.end : mention.end + 40].split()
    return bool(after) and any(role in after[0] for role in roles())


def _elsewhere(scene: Scene, mention: PlaceMention) -> bool:
    """»Rathaus in X«, »nach X und Y«, »neben X«: where it happened, or who else."""
    before = scene.text[max(0, mention.start - 40) : mention.start]
    return has(before, "joined", "elsewhere")


def _dates_of_joining(scene: Scene) -> list[DateMention]:
    """All dates of a sentence; of a row of a table those of the columns that are about joining."""
    if not scene.cells:
        return scene.dates or (find_dates(scene.lead) if scene.is_item else [])
    labels = [(c.start, c.start + len(c.value)) for c in scene.cells if has(c.label, "joined", "date_column")]
    return [d for d in scene.dates if any(start <= d.start < end for start, end in labels)]


def _day_of(scene: Scene) -> Moment | None:
    """The day of joining in the sentence: a day beats a month, a month a year."""
    usable = [d for d in _dates_of_joining(scene) if not has(scene.text[: d.start], "joined", "other_day")]
    dates = [day for d in usable if (day := resolved(d, scene.document)) is not None]
    if not dates:
        return None
    return moment_of(max(dates, key=lambda d: (d.is_day, len(d.iso))))


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
    return Fact(
        kind="member",
        subject=subject.name,
        place=subject.place,
        measure="joined",
        value=value,
        unit="date",
        as_of=joining.moment.date,
        as_of_range=joining.moment.range,
        as_of_basis=joining.moment.basis,
        attributes=attributes,
        start=scene.start,
        end=scene.end,
        rule="joined",
    )


def _day_beside(scene: Scene, subject: Subject) -> Moment | None:
    """»Musterau (Mai 2020), Beispielstedt (8. Juli 2020)«: each its own day."""
    for mention in scene.places:
        if subject_of(mention).name == subject.name:
            beside = next((d for d in scene.dates if 0 <= d.start - mention.end < 12), None)
            earlier = [d for d in scene.dates if d.is_day and d.year and d.end <= mention.start]
            if len([d for d in scene.dates if d.is_day and d.year]) > 1 and earlier:
                return moment_of(earlier[-1])
            if beside is not None and beside.year and _BESIDE.fullmatch(scene.text[mention.end : beside.start]):
                return moment_of(beside)
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
    context = f"{scene.lead} {scene.text} {scene.heading}" if scene.is_item or scene.cells else scene.text
    listed = scene.is_item or scene.cells or has(context, "joined", "model_of")
    if not has(context, "joined", "model") or not listed or has(scene.text, "joined", "planned"):
        return
    for mention in scene.places:
        if mention.role == "municipality" and not mention.derived:
            yield subject_of(mention)


def _model(scene: Scene, subject: Subject) -> Fact:
    moment = published(scene.document)
    return Fact(
        kind="member",
        subject=subject.name,
        place=subject.place,
        measure="joined",
        value=None,
        unit="date",
        as_of=moment.date,
        as_of_range=moment.range,
        as_of_basis=moment.basis,
        attributes={"agreement": "Modellkommune"},
        start=scene.start,
        end=scene.end,
        rule="model",
    )


def _participants(scene: Scene) -> Iterator[tuple[Subject, str]]:
    stage = _stage_of_row(scene) if scene.cells else _stage(scene)
    if stage is None or scene.text.endswith("?"):
        return
    towns = [m for m in scene.places if m.role == "municipality" and not m.derived and not is_venue(scene.text, m)]
    association = association_in(scene.text)
    if association is not None and stage in ("named", "listed"):
        yield Subject(association.group()), stage
    for mention in towns:
        if stage != "listed" or is_example(scene, mention):
            yield subject_of(mention), "named" if stage == "listed" else stage
    if stage in ("pre_agreement", "planned") and not towns and not association:
        yield from ((subject, stage) for subject in places_of(scene.document))


def _stage_of_row(scene: Scene) -> str | None:
    """A row of a table of municipalities: a cell says how far they are."""
    values = " ; ".join(cell.value for cell in scene.cells[1:])
    if not scene.places and association_in(scene.cells[0].value) is None:
        return None
    if has(values, "joined", "preliminary"):
        return "pre_agreement"
    stages = {"Beratung": "advised", "Coaching": "coached"}
    return next((stages[cell.value] for cell in scene.cells[1:] if cell.value in stages), None)


def _stage(scene: Scene) -> str | None:
    """How far a town of the sentence has come."""
    text = scene.text
    if has(text, "joined", "preliminary"):
        return "pre_agreement"
    before = scene.before.text if scene.before is not None and re.match(r"Eine solche\b", text) else ""
    joins = has(f"{before} {text}", "joined", "agreement") or has(text, "joined", "trigger")
    text = scene.said
    proposed = not any(d.is_day for d in scene.dates) and has(scene.document.title, "joined", "proposal")
    if joins and (proposed or has(text, "joined", "planned")):
        return "planned"
    if has(text, "named", "list") and mentions_programme(scene.document):
        return "listed"
    if has(text, "named", "advised"):
        return "advised"
    if has(text, "named", "coached"):
        return "coached"
    if has(text, "named", "taking_part") or has(text, "named", "span"):
        return "named"
    return None


def _participant(scene: Scene, subject: Subject, stage: str) -> Fact:
    day = _day_of(scene) if stage == "pre_agreement" else None
    moment = day or published(scene.document)
    return Fact(
        kind="participant",
        subject=subject.name,
        place=subject.place,
        measure="stage",
        value=None,
        unit=None,
        as_of=moment.date,
        as_of_range=moment.range,
        as_of_basis=moment.basis,
        attributes={"stage": stage},
        start=scene.start,
        end=scene.end,
        rule="participant",
    )
