"""Who takes part without being a member: planning to join, advised, with a preliminary agreement, or an example."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingest.facts.anaphora import sentence_before
from ingest.facts.joined import acts_itself
from ingest.facts.joining import day_of
from ingest.facts.moments import known_by, published
from ingest.facts.programmes import body_text, is_proposal, mentions_programme
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import association_in, headed_town, is_example, is_venue, places_of, subject_of
from ingest.facts.types import Fact, Subject
from ingest.facts.vocabulary import has, pattern, section
from ingest.german.places import PlaceMention

_NEW_CLAUSE = re.compile(
    r"[,;] (?=(?:und|aber|während|die|der|das|in|auch)\b|"
    r"[A-ZÄÖÜ][\w-]+ (?:plant|nutzt|hat|ist|wird|will|lässt|bereitet)\b)"
)
USING = ("advised", "coached")


def participants(found: Sequence[Scene], members: set[str]) -> Iterator[Fact]:
    """The participants of a document, one row each, leaving out `members`."""
    seen = set(members)
    for scene in found:
        for subject, stage in _participants(scene):
            if subject.name not in seen:
                seen.add(subject.name)
                yield _participant(scene, subject, stage)


def _participants(scene: Scene) -> Iterator[tuple[Subject, str]]:
    if scene.text.endswith("?"):
        return
    towns = [m for m in scene.places if _may_take_part(scene, m)]
    association = association_in(scene.text)
    stage = _stage_of_row(scene) if _is_row_of_towns(scene) else _stage_of_item(scene) or _stage_of_sentence(scene)
    listed = association is not None and _is_listed(scene)
    if association is not None and (stage == "named" or listed or (stage and scene.cells)):
        yield Subject(association.group()), "named" if listed or stage is None else stage
    for mention in towns:
        told = stage or (None if _is_row_of_towns(scene) else _stage_of_town(scene, mention))
        if told is not None:
            yield subject_of(mention), told
    own = not towns and not association and not scene.cells
    if own and (stage in ("pre_agreement", "planned") or pattern("named", "own_town").search(scene.text)):
        told = stage or _stage_of_part(scene.text)
        yield from ((subject, told) for subject in _own_towns(scene) if told)


def users_told(scene: Scene) -> Iterator[tuple[Subject, str]]:
    """The towns that a sentence says are advised or coached, whatever they are besides."""
    if scene.text.endswith("?"):
        return
    towns = [m for m in scene.places if _may_take_part(scene, m)]
    rows = _is_row_of_towns(scene)
    for mention in towns:
        told = _stage_of_row(scene) if rows else _stage_of_part(_statement_of(scene, mention))
        if told in USING and not is_example(scene, mention):
            yield subject_of(mention), told
    told = _stage_of_part(scene.text)
    if not towns and not scene.cells and told in USING and pattern("named", "own_town").search(scene.text):
        yield from ((subject, told) for subject in _own_towns(scene))


def _statement_of(scene: Scene, mention: PlaceMention) -> str:
    """What a sentence says of one town: »In Musterau wird man beraten, und in Probehain läuft ein Kurs«."""
    text = scene.said
    at = mention.start + len(text) - len(scene.text)
    starts = [0, *(m.end() for m in _NEW_CLAUSE.finditer(text)), len(text)]
    parts = [text[first:last] for first, last in itertools.pairwise(starts)]
    said, end = "", 0
    for part in parts:
        said, end = said + part, end + len(part)
        if has(said, "offerings", "finite") or _stage_of_part(said.strip()) is not None:
            if at < end:
                return said.strip()
            said = ""
    return said.strip() or text


def _own_towns(scene: Scene) -> tuple[Subject, ...]:
    """The town that a sentence without one goes on about."""
    again = pattern("named", "the_town").search(scene.text)
    before = (sentence_before(scene) or headed_town(scene)) if again else None
    return (before,) if before else places_of(scene.document)


def _may_take_part(scene: Scene, mention: PlaceMention) -> bool:
    able = mention.role == "municipality" or acts_itself(scene, mention)
    return able and not mention.derived and not is_venue(scene.text, mention)


def _is_row_of_towns(scene: Scene) -> bool:
    """Whether a row of a table is about a municipality; one of a programme of a day says something like a sentence."""
    return bool(scene.cells) and not pattern("named", "hour").match(scene.cells[0].value)


def _stage_of_item(scene: Scene) -> str | None:
    """»– Gemeinde Musterau: Coaching seit Juni«: an item of a list of towns that says how far one is."""
    match = pattern("named", "item").match(scene.text) if scene.is_item and scene.places else None
    if match is None:
        return None
    stages = section("named", "stage_of_cell")
    return next((str(stage) for end, stage in stages.items() if _ends(match["word"], end)), None)


def _stage_of_row(scene: Scene) -> str | None:
    """A row of a table of municipalities: a cell says how far they are."""
    values = " ; ".join(cell.value for cell in scene.cells[1:])
    if not scene.places and association_in(scene.cells[0].value) is None:
        return None
    if has(values, "joined", "preliminary"):
        return "pre_agreement"
    if any(has(f"{cell.label} {cell.value}", "named", "to_join") for cell in scene.cells[1:]):
        return "planned"
    if any(has(cell.value, "named", "advised_now") for cell in scene.cells[1:]):
        return "advised"
    stages = section("named", "stage_of_cell")
    parts = [part.split() for cell in scene.cells[1:] for part in re.split(r"[,;] ", cell.value)]
    said = [words[0] for words in parts if words]  # »Coaching seit 2022«
    return next((str(stage) for word in said for end, stage in stages.items() if _ends(word, end)), None)


def _ends(word: str, end: str) -> bool:
    """»Kommunalcoaching« is a Coaching."""
    return word.casefold().strip(",;").endswith(end.casefold())


def _stage_of_sentence(scene: Scene) -> str | None:
    """A preliminary agreement or a plan to join, which a sentence tells of all its towns."""
    said = scene.said
    if has(said, "joined", "preliminary"):
        return "pre_agreement"
    above = scene.before.text if scene.before is not None else ""
    same = pattern("named", "same").search(scene.text) and "vereinbarung" in above  # »… genügt. Diesen Weg ging …«
    joins = same or any(has(scene.text, "joined", word) for word in ("agreement", "trigger", "joins_to_be", "to_sign"))
    known = known_by(scene.document)
    if joins and known and scene.is_item and any(d.is_day and d.year and d.iso > known for d in scene.dates):
        return "planned"  # »6. Februar 2025: Unterzeichnung mit Musterau« in a letter of December
    proposed = not any(d.is_day for d in scene.dates) and is_proposal(scene.document)
    if joins and (proposed or has(said, "joined", "planned") or has(said, "joined", "resolved")):
        return "planned"
    if same and "orvereinbarung" in above:
        return "pre_agreement"
    follows = has(scene.text, "joined", "follows") and has(body_text(scene.document), "joined", "agreement")
    return "planned" if follows else None


def _stage_of_town(scene: Scene, mention: PlaceMention) -> str | None:
    """How far a town has come by the stretch between semicolons that names it."""
    text = scene.text
    if _is_listed(scene) and is_example(scene, mention):
        return None if has(text[: mention.start], "named", "resembles") else "named"
    told = _stage_of_part(_part_of(scene, mention))
    away = has(text[slice(*scene.clause(mention.start, mention.end))], "named", "away")
    return None if away and told == "named" else told


def _part_of(scene: Scene, mention: PlaceMention) -> str:
    """The stretch between semicolons that names a town, behind the lead of a list."""
    first, last = scene.text.rfind("; ", 0, mention.start) + 1, scene.text.find("; ", mention.end)
    lead = f"{scene.lead} " if scene.is_item else ""
    return lead + scene.text[first : last if last >= 0 else len(scene.text)].strip()


def _is_listed(scene: Scene) -> bool:
    return has(scene.said, "named", "list") and mentions_programme(scene.document)


@lru_cache(maxsize=64)
def _stage_of_part(text: str) -> str | None:
    for stage in ("advised", "coached"):
        if has(text, "named", stage):
            return stage
    return "named" if has(text, "named", "taking_part") or has(text, "named", "span") else None


def _participant(scene: Scene, subject: Subject, stage: str) -> Fact:
    day = day_of(scene) if stage == "pre_agreement" else None
    moment = day if day and day.range is None else published(scene.document)
    return statement(
        "participant", subject, moment, scene.span,
        measure="stage", value=None, attributes={"stage": stage}, rule="participant",
    )  # fmt: skip
