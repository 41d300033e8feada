"""Who takes part without being a member: planning to join, advised, with a preliminary agreement, or an example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingest.facts.anaphora import sentence_before
from ingest.facts.joining import day_of
from ingest.facts.moments import published
from ingest.facts.programmes import body_text, is_proposal, mentions_programme
from ingest.facts.scenes import Scene
from ingest.facts.statements import statement
from ingest.facts.subjects import association_in, is_example, is_venue, places_of, subject_of
from ingest.facts.types import Fact, Subject
from ingest.facts.vocabulary import has, pattern, section
from ingest.german.places import PlaceMention


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
    stage = _stage_of_row(scene) if _is_row_of_towns(scene) else _stage_of_sentence(scene)
    if association is not None and (stage == "named" or _is_listed(scene)):
        yield Subject(association.group()), "named"
    for mention in towns:
        told = stage or (None if _is_row_of_towns(scene) else _stage_of_town(scene, mention))
        if told is not None:
            yield subject_of(mention), told
    own = not towns and not association and not scene.cells
    if own and (stage in ("pre_agreement", "planned") or pattern("named", "own_town").search(scene.text)):
        told = stage or _stage_of_part(scene.text)
        before = sentence_before(scene) if pattern("named", "the_town").search(scene.text) else None
        yield from ((subject, told) for subject in ([before] if before else places_of(scene.document)) if told)


def _may_take_part(scene: Scene, mention: PlaceMention) -> bool:
    return mention.role == "municipality" and not mention.derived and not is_venue(scene.text, mention)


def _is_row_of_towns(scene: Scene) -> bool:
    """Whether a row of a table is about a municipality; one of a programme of a day says something like a sentence."""
    return bool(scene.cells) and not pattern("named", "hour").match(scene.cells[0].value)


def _stage_of_row(scene: Scene) -> str | None:
    """A row of a table of municipalities: a cell says how far they are."""
    values = " ; ".join(cell.value for cell in scene.cells[1:])
    if not scene.places and association_in(scene.cells[0].value) is None:
        return None
    if has(values, "joined", "preliminary"):
        return "pre_agreement"
    stages = section("named", "stage_of_cell")
    said = [words[0] for cell in scene.cells[1:] if (words := cell.value.split())]  # »Coaching seit 2022«
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
    joins = same or any(has(scene.text, "joined", word) for word in ("agreement", "trigger", "joins_to_be"))
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
    first, last = text.rfind("; ", 0, mention.start) + 1, text.find("; ", mention.end)
    lead = f"{scene.lead} " if scene.is_item else ""
    told = _stage_of_part(lead + text[first : last if last >= 0 else len(text)].strip())
    away = has(text[slice(*scene.clause(mention.start, mention.end))], "named", "away")
    return None if away and told == "named" else told


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
    moment = day or published(scene.document)
    return statement(
        "participant", subject, moment, scene.span,
        measure="stage", value=None, attributes={"stage": stage}, rule="participant",
    )  # fmt: skip
