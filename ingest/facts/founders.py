"""Model municipalities, and the towns that a programme begins with: members without a day of joining."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.joined import says_joined
from ingest.facts.moments import Moment, moment_of, published
from ingest.facts.programmes import names_programme
from ingest.facts.scenes import Scene
from ingest.facts.subjects import is_venue, subject_of
from ingest.facts.types import Subject
from ingest.facts.vocabulary import find, has, pattern
from ingest.german.dates import DateMention
from ingest.german.places import PlaceMention

_IN = re.compile(r"\b(?:in|nach)\s+$")
_HEAD = 5  # characters that the mark of a list item takes
_FOUNDING_BEFORE = 3  # sentences
_RELATIVE = re.compile(r", (?:die|der|das|dem|den|wo|dass|weil|wenn)\b")


def models(scene: Scene) -> Iterator[Subject]:
    """Model municipalities of the first hour: a list of them, or a town that counts among them."""
    listed = scene.is_item or bool(scene.cells)
    context = f"{scene.announced} {scene.text} {scene.heading}" if listed else scene.text
    match = find(context, "joined", "model") or _founded(scene, f"{scene.lead} {scene.text}" if listed else scene.text)
    if match is None or (not scene.cells and _is_planned(scene, match)):
        return
    founded = has(match.group(), "joined", "founders")
    several = listed or founded or has(context, "joined", "model_of")
    for mention in scene.places:
        if mention.role != "municipality" or mention.derived or is_venue(scene.text, mention):
            continue
        first, last = scene.clause(mention.start, mention.end)
        missing = has(scene.text[first:last], "joined", "missing")  # »während Musterau in der Liste fehlt«
        before = scene.text[: mention.start]
        if listed:
            counted = mention.start < _HEAD or has(f"{scene.lead} {scene.text}", "joined", "model")
        else:
            inside = _IN.search(before) and not has(match.group(), "joined", "tried_in")
            counted = (several and not inside) or _is_model_beside(scene, mention)
        if counted and not missing:
            yield subject_of(mention)


def founding_of(scene: Scene) -> tuple[Moment, str | None]:
    """When a sentence says that they were model municipalities, and the day of the founding if it is known."""
    signed = _day_signed(scene)
    day = _founding_day(scene) or signed
    own = next((d for d in scene.dates if _dates_the_models(scene, d)), None)
    moment = day or (moment_of(own) if own else published(scene.document))
    founded = has(f"{scene.announced} {scene.text}", "joined", "founded")
    sure = founded or _tells_signing(scene) or (signed is not None and day == signed)
    return moment, day.date if day and sure else _year_of_models(scene)


def _day_signed(scene: Scene) -> Moment | None:
    """»Am 20. Mai schlossen Musterau und Probehain als Modellkommunen die ersten Vereinbarungen«."""
    days = [d for d in scene.dates if d.is_day and d.year is not None]
    signed = has(scene.text, "joined", "signed") and has(scene.text, "joined", "agreements")
    return moment_of(days[0]) if signed and len(days) == 1 else None


def _founded(scene: Scene, said: str) -> re.Match[str] | None:
    """»Den Anfang machen Musterau und Probehain«, where it is the programme that begins."""
    match = None if has(said, "joined", "without") else find(said, "joined", "founders")
    if match is not None and has(match.group(), "joined", "tried_in") and not _tries_programme(scene, match):
        return None
    above = scene.before.text if scene.before is not None and scene.follows else ""
    spoken = f"{scene.document.title} {scene.heading} {above} {scene.announced} {said}"
    begins = names_programme(spoken, scene.document) or has(spoken, "joined", "model_phase") or says_joined(scene)
    return match if begins and not has(scene.text, "joined", "agenda") else None


def _tries_programme(scene: Scene, match: re.Match[str]) -> bool:
    """»Das Programm wird in Musterau erprobt«, and not a lamp: the clause with its lists, but no relative clause."""
    breaks = [m.start() for m in _RELATIVE.finditer(scene.text)]
    first = max((at for at in breaks if at < match.start()), default=0)
    last = min((at for at in breaks if at >= match.end()), default=len(scene.text))
    part = scene.text[first:last]
    return names_programme(part, scene.document) or has(part, "joined", "programme")


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


def _tells_signing(scene: Scene) -> bool:
    """Whether the paragraph above says that something was signed; who founds has not concluded anything yet."""
    return any(has(text, "joined", "signing") for text in (scene.announced, scene.text, scene.document.title))


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


def _dates_the_models(scene: Scene, mention: DateMention) -> bool:
    """»2019 zu den Modellkommunen zählte«, »ab April 2019 erprobt haben«: when they were model municipalities."""
    if mention.year is None or not has(scene.text, "joined", "model"):
        return False
    before, after = scene.text[: mention.start], scene.text[mention.end :]
    return bool(pattern("joined", "model_since").search(before) or pattern("joined", "model_then").match(after))


def _year_of_models(scene: Scene) -> str | None:
    """»Die Modellkommunen 2019« as a title."""
    match = pattern("joined", "model_year").search(f"{scene.heading} {scene.document.title}")
    return match["year"] if match else None
