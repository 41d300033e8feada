"""Who joined by a sentence that says so, and on which day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.anaphora import sentence_before, towns_again
from ingest.facts.days import in_year_told
from ingest.facts.joined import acts_itself, counts_many, is_agenda, is_open, joins_beside, names_them, says_joined
from ingest.facts.moments import (
    Moment,
    known_by,
    last_before,
    moment_of,
    month_of,
    published,
    resolved,
    says_today,
    weekday_of,
)
from ingest.facts.programmes import is_proposal
from ingest.facts.scenes import Scene
from ingest.facts.subjects import association_in, headed_town, places_of, subject_of, towns_of
from ingest.facts.types import Subject
from ingest.facts.vocabulary import find, has, pattern
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import roles
from ingest.german.places import PlaceMention


@dataclass(frozen=True, slots=True)
class Joining:
    """A sentence that says that `subjects` joined, and when."""

    scene: Scene
    subjects: tuple[Subject, ...]
    moment: Moment
    today: bool


def joining_of(scene: Scene) -> Joining | None:
    text = scene.said
    if is_agenda(scene) or text.endswith("?") or (has(text, "joined", "preliminary") and not joins_beside(scene)):
        return None
    if not (says_joined(scene) or names_them(scene)) or is_open(scene) or counts_many(scene):
        return None
    subjects = _joined_places(scene)
    own = {town.name for town in places_of(scene.document)}
    dated = any(d.is_day and d.year for d in scene.dates)
    if is_proposal(scene.document) and not dated:  # its own town has not joined yet
        subjects = tuple(subject for subject in subjects if subject.name not in own)
    if not subjects:
        return None
    day = day_of(scene) or weekday_of(text, scene.document) or _day_of_occasion(scene)
    if day is not None and not scene.is_item and not any(d.year for d in scene.dates):
        day = last_before(day, scene.document)
    if scene.is_item and day is not None and str(day.date) > (known_by(scene.document) or "9999"):
        return None  # an appointment
    return Joining(scene, subjects, day or published(scene.document), says_today(text) or day is not None)


def _day_of_occasion(scene: Scene) -> Moment | None:
    """»Am Rande der Tagung«: the only day that the opening of the text tells of."""
    if not has(scene.text, "joined", "occasion"):
        return None
    above, days = scene.before, list[Moment]()
    while above is not None:
        told = [moment_of(day) for d in above.dates if d.is_day and (day := resolved(d, scene.document)) is not None]
        yesterday = weekday_of(above.text, scene.document)
        days = told or ([yesterday] if yesterday else days)
        above = above.before
    return days[0] if len(days) == 1 else None


def _joined_places(scene: Scene) -> tuple[Subject, ...]:
    """The municipalities that the sentence names, else those that the document is about."""
    first, last = _part(scene)
    association = association_in(scene.text)
    united = [Subject(association.group())] if association is not None else []
    places = [m for m in scene.places if first <= m.start < last and not _is_part(scene, association, m)]
    pronoun = re.search(r"(?:^|: )(?:Die|Der) (?:Stadt|Gemeinde|Ort)(?! [A-ZÄÖÜ])\b", scene.text)
    near = [subject_of(m) for m in scene.places if pronoun and m.end <= pronoun.start() and not m.derived]
    if near:  # »Neu ist Musterau: Die Stadt trat im Mai bei«
        return (near[-1],)
    able = [m for m in places if (m.role == "municipality" or acts_itself(scene, m)) and _can_join(scene, m)]
    outside = [m for m in able if not re.search(r"\b[Ii]n $", scene.text[: m.start])]
    match = find(scene.text, "joined", "trigger")
    weak = match is not None and has(match.group(), "joined", "weak")  # »in Musterau kamen Leuchten hinzu«
    if _points_back(scene) and not outside:
        able = []  # »unterzeichneten sie in Musterau …«: where, not who
    named = united + [subject_of(m) for m in outside or (() if weak else able)]
    if named and not united and _stands_beside(scene, outside or able):
        named = [*places_of(scene.document), *named]
    if named or weak:
        return tuple({subject.name: subject for subject in named}.values())
    if _points_back(scene) and scene.before is not None:
        meant = towns_of([m for m in scene.before.places if _can_join(scene.before, m) or m.role == "municipality"])
        if len(meant) > 1:
            return meant  # »Beide haben die Kooperationsvereinbarung unterzeichnet«
    if (group := towns_again(scene)) and not scene.is_heading:
        return group
    if scene.is_heading and not has(scene.text, "joined", "verb"):
        return ()  # »Mitglieder des Forums« says of nobody that they are
    before = sentence_before(scene) if pronoun else None
    if before is not None:
        return (before,)
    own = association_in(scene.document.title)
    headed = None if own or scene.is_heading or scene.heading == scene.document.title else headed_town(scene)
    if headed is not None:
        return (headed,)
    return (Subject(own.group()),) if own else places_of(scene.document)


def _points_back(scene: Scene) -> bool:
    """»Beide haben unterschrieben«, »heute unterzeichneten sie …«: whom the sentence before names."""
    return bool(pattern("joined", "pronoun").match(scene.text)) or has(scene.text, "joined", "pronoun_inside")


def _is_part(scene: Scene, association: re.Match[str] | None, mention: PlaceMention) -> bool:
    """»Der Gemeindeverbund Muster, Zusammenschluss von A und B, hat …«: the association joins, not its parts."""
    if association is None or mention.start < association.end():
        return False
    return has(scene.text[association.end() : mention.start], "joined", "parts")


def _stands_beside(scene: Scene, towns: list[PlaceMention]) -> bool:
    """»… unterschrieb die Bürgermeisterin, am selben Tag wie ihr Kollege aus Probehain«: the town of the text, too."""
    return bool(towns) and all(has(scene.text[: m.start], "joined", "beside") for m in towns)


def _part(scene: Scene) -> tuple[int, int]:
    """The stretch between semicolons that says who joined, if it names a town; else the whole sentence."""
    match = None if scene.cells or scene.is_item else find(scene.text, "joined", "trigger")
    if match is not None and has(scene.text, "joined", "preliminary"):
        return scene.clause(match.start(), match.end())
    if match is not None:
        first = scene.text.rfind("; ", 0, match.start()) + 1
        last = scene.text.find("; ", match.end())
        last = last if last >= 0 else len(scene.text)
        if any(m.role == "municipality" and first <= m.start < last for m in scene.places):
            return first, last
    return 0, len(scene.text)


def _can_join(scene: Scene, mention: PlaceMention) -> bool:
    """A derived name joins only with an office behind it (»die Musterrodaer Oberbürgermeisterin«)."""
    of_it = pattern("joined", "relative").match(scene.text, mention.end)  # »aus Musterau, das dem Bündnis angehört«
    if mention.role != "district" and _elsewhere(scene, mention) and not of_it:
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
        return scene.dates or _dates_before(scene)
    own = [c for c in scene.cells if has(c.label, "joined", "date_column") or has(c.value, "joined", "cooperation")]
    labels = [(c.start, c.start + len(c.value)) for c in own]
    return [d for d in scene.dates if any(start <= d.start < end for start, end in labels)]


def _dates_before(scene: Scene) -> list[DateMention]:
    """The dates of the lead of a list, or of the sentence before where »an diesem Tag« refers to it."""
    dates = find_dates(scene.lead) if scene.is_item else []
    before = scene.before
    if before is not None and names_them(scene):
        return before.dates
    if dates or not has(scene.said, "joined", "same_day"):
        return dates
    while before is not None and not before.dates and not before.is_heading:
        before = before.before
    return before.dates if before is not None else []


def day_of(scene: Scene) -> Moment | None:
    """The day of joining in the sentence: a day beats a month, a month a year."""
    usable = [
        d for d in _dates_of_joining(scene) if scene.cells or not has(scene.text[: d.start], "joined", "other_day")
    ]
    dates = [day for d in usable if (day := in_year_told(scene, d)) is not None]
    if not dates:
        return None if scene.cells else month_of(scene.text, scene.document)
    return moment_of(max(dates, key=lambda d: (d.is_day, len(d.iso))))
