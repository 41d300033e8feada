"""What happened on a day, and whether a sentence only refers to the day."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.facts.programmes import without_programme
from ingest.facts.scenes import Scene
from ingest.facts.vocabulary import has, pattern, section
from ingest.german.dates import DateMention

_REFERS = re.compile(r"(?:Diese|Dieser|Sie)\b")
_TITLE = re.compile(r"[»„][^«“]{1,80}[«“]")  # what an event is called (»Antrag leicht gemacht«)
BRACKET = re.compile(r"\s*\((?:seit |am |ab |dem )*$")
UNNAMED = "happening"


def kind_of(scene: Scene, start: int, end: int) -> str | None:
    """The kind that the words around a day tell, by its clause first."""
    cell = scene.cell_at(start)
    first, last = scene.clause(start, end) if cell is None else (cell.start, cell.start + len(cell.value))
    whole = (0, 0) if _counts(scene, first, last) else (0, len(scene.text))
    for begin, stop in ((first, last), whole):
        kind = kind_told(without_programme(scene.text[begin:stop], scene.document))
        if kind is not None:
            return kind
    if has(scene.text, "joined", "signed") and scene.before is not None and _REFERS.match(scene.text):
        return "agreement_signed" if has(scene.before.text, "joined", "agreement") else None
    return _kind_of_item(scene, start) or _kind_of_row(scene)


def _counts(scene: Scene, first: int, last: int) -> bool:
    """»Am 30. Juni waren es 40, …«: the clause of a day says what was so, not what happened."""
    counted = any(first <= quantity.start < last for quantity in scene.quantities)
    return counted and has(scene.text[first:last], "events", "state")


@lru_cache(maxsize=256)
def kind_told(text: str) -> str | None:
    """The first kind of which a text has a word; who votes on joining decides."""
    if has(text, "events", "votes_on"):
        return "decision"
    return next((name for name, words in _kinds() if words.search(text)), None)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(k["name"]), re.compile("|".join(k["patterns"]), re.IGNORECASE)) for k in section("event"))


def _kind_of_item(scene: Scene, start: int) -> str | None:
    """»– Musterau (3. Mai 2020)« under »Beigetreten sind:«."""
    if not scene.is_item or not BRACKET.search(scene.text[:start]) or has(scene.lead, "joined", "preliminary"):
        return None
    return "agreement_signed" if kind_told(scene.lead) == "agreement_signed" else None


def _kind_of_row(scene: Scene) -> str | None:
    """A row with a day and a place under »Termine« tells of what the heading says."""
    if not any(has(c.label, "events", "venue_column") or has(c.label, "events", "what_column") for c in scene.cells):
        return None
    return kind_told(without_programme(scene.heading, scene.document)) or UNNAMED


def is_happening(scene: Scene, mention: DateMention) -> bool:
    """Whether a sentence without a word for the kind tells or announces what happens on a day."""
    if has(scene.text, "events", "follows") or (has(scene.text, "events", "planned") and mention.is_day):
        return True
    if has(scene.text, "events", "reported"):
        return False
    if not pattern("moment", "happened").search(scene.text[: mention.start]):
        return False
    if scene.quantities and (not mention.is_day or has(scene.text, "events", "state")):
        return False  # what was counted on a day is a state of it
    return has(scene.text, "events", "told") and not has(scene.text, "events", "to_come")


def is_reference(scene: Scene, mention: DateMention, kind: str) -> bool:
    """A day that the sentence only refers to: when something appeared, ended or was due."""
    first, last = scene.clause(mention.start, mention.end)
    if scene.text.startswith(": ", mention.end):  # »3. November: Anmeldeschluss«
        last = scene.clause(mention.end + 2, mention.end + 2)[1]
    whole = kind in ("agreement_signed", "council_founded") and mention.is_day
    before = not whole and pattern("events", "before").search(scene.text[: mention.start])
    said = _TITLE.sub("", scene.text[first:last])
    if kind == "decision":
        said = pattern("events", "decided").sub("", said)
    return bool(before) or has(said, "events", "unless")
