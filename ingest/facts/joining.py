"""Sentences that say that a municipality joined, and the day that they give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.anaphora import sentence_before, towns_again
from ingest.facts.days import in_year_told
from ingest.facts.moments import Moment, moment_of, month_of, published, resolved, says_today, weekday_of
from ingest.facts.programmes import is_proposal, names_programme
from ingest.facts.scenes import Scene
from ingest.facts.subjects import association_in, places_of, subject_of, towns_of
from ingest.facts.types import Subject
from ingest.facts.vocabulary import find, has, pattern
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import roles
from ingest.german.places import PlaceMention

_HEAD = 22  # characters that the mark of a list item and »Große Kreisstadt« take


@dataclass(frozen=True, slots=True)
class Joining:
    """A sentence that says that `subjects` joined, and when."""

    scene: Scene
    subjects: tuple[Subject, ...]
    moment: Moment
    today: bool


def joining_of(scene: Scene) -> Joining | None:
    text = scene.said
    if _is_agenda(scene) or text.endswith("?") or (has(text, "joined", "preliminary") and not _joins_beside(scene)):
        return None
    if not (says_joined(scene) or _names_them(scene)) or _is_open(scene) or _counts_many(scene):
        return None
    subjects = _joined_places(scene)
    own = {town.name for town in places_of(scene.document)}
    dated = any(d.is_day and d.year for d in scene.dates)
    if is_proposal(scene.document) and not dated:  # its own town has not joined yet
        subjects = tuple(subject for subject in subjects if subject.name not in own)
    if not subjects:
        return None
    day = day_of(scene) or weekday_of(text, scene.document) or _day_of_occasion(scene)
    return Joining(scene, subjects, day or published(scene.document), says_today(text) or day is not None)


def _joins_beside(scene: Scene) -> bool:
    """»Musterau ist beigetreten, Probehain hat eine Vorvereinbarung«: a clause of its own says who joined."""
    match = find(scene.text, "joined", "trigger")
    if match is None or scene.cells:
        return False
    first, last = scene.clause(match.start(), match.end())
    named = any(m.role == "municipality" and first <= m.start < last for m in scene.places)
    return named and not has(scene.text[first:last], "joined", "preliminary")


def _is_agenda(scene: Scene) -> bool:
    """»TOP 4: Beitritt«; minutes go on with what was said (»TOP 1 Bericht Der Bürgermeister erinnert daran …«)."""
    label = scene.before.text if scene.before is not None and scene.before.text.endswith(":") else ""
    return has(f"{label} {scene.text}".lstrip(), "joined", "agenda") and not has(scene.text, "joined", "agenda_told")


def _names_them(scene: Scene) -> bool:
    """»Es sind Musterau und Probehain« after a sentence, or under a title, that says how many join."""
    before = scene.before
    if before is None or not scene.follows or not has(scene.text, "joined", "named_now"):
        return False
    told = says_joined(before) or has(scene.document.title, "joined", "trigger")
    many = [q for q in before.quantities if q.kind == "count" and q.value > 1]
    return bool(many) and told and not has(before.text, "joined", "planned")


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


def says_joined(scene: Scene) -> bool:
    """An agreement that was signed, or words for joining the programme."""
    text = scene.said
    agreed = pattern("joined", "cooperation")
    if scene.cells and any(agreed.search(cell.value) or agreed.match(cell.label) for cell in scene.cells[1:]):
        return True
    if any(has(cell.label, "joined", "joining_column") and find_dates(cell.value) for cell in scene.cells):
        return True
    if _is_listed_member(scene):
        return True
    context = f"{scene.document.title} {scene.heading} {scene.lead} {text}"
    titled = has(scene.document.title, "joined", "headline")
    agreement = titled or has(context, "joined", "agreement") or names_programme(context, scene.document)
    signs = has(text, "joined", "signed") and not has(text, "joined", "object")
    if signs and scene.is_item and pattern("localities", "several").search(scene.lead):
        return True
    if agreement and signs and (has(text, "joined", "agreement") or has(text, "joined", "signing")):
        return not _is_preliminary(scene)
    belongs = has(text, "joined", "belongs") and has(text, "joined", "belongs_since")
    if has(text, "joined", "belongs_to") and names_programme(text, scene.document):
        return True
    if belongs and (names_programme(text, scene.document) or has(text, "joined", "membership")):
        return True
    if has(text, "joined", "trigger") or (scene.is_heading and has(text, "joined", "headline")):
        return True
    before = scene.before
    pronoun = pattern("joined", "pronoun").match(text)
    return bool(pronoun and before is not None and agreed.search(before.text) and has(text, "joined", "signed"))


def _is_listed_member(scene: Scene) -> bool:
    """»– Stadt Musterau – 4. Mai 2020« or a row that begins with a town, under »Unsere Mitglieder«."""
    above = any(pattern("joined", "members_list").search(text) for text in (scene.heading, scene.lead))
    if not above or not (scene.is_item or scene.cells) or has(scene.said, "joined", "preliminary"):
        return False
    first = scene.cells[0].start if scene.cells else 0
    return any(m.role == "municipality" and m.start - first < _HEAD for m in scene.places)


def _counts_many(scene: Scene) -> bool:
    """»15 Kommunen gehören dem Bündnis an« names nobody; »drei Städte treten bei« means the three of the text."""
    units = pattern("containers", "units")
    many = [q.value for q in scene.quantities if q.kind == "count" and q.value > 1 and units.search(q.unit)]
    if not many or len(places_of(scene.document)) in many or association_in(scene.text) is not None:
        return False
    return not any(m.role == "municipality" and not m.derived for m in scene.places)


def _is_preliminary(scene: Scene) -> bool:
    """»Für die Stadt unterschrieb …« after a sentence, or under a title, about a preliminary agreement."""
    before = scene.before.text if scene.before is not None and scene.follows else ""
    told = has(f"{scene.document.title} {before}", "joined", "preliminary")
    return told and not has(scene.text, "joined", "agreement")


def _is_open(scene: Scene) -> bool:
    """Whether the sentence says that it has not happened: plans and negations in the clause of joining."""
    text = scene.said
    if has(text, "joined", "without") or (has(text, "joined", "talks") and not has(text, "joined", "signed")):
        return True
    marks = [find(text, "joined", "trigger"), find(text, "joined", "agreement")]
    found = next((m for m in marks if m), None)
    if found is None:
        found = find(text, "joined", "signed")
    if found is None:
        return False
    if text is not scene.text:
        return has(text, "joined", "planned")
    first, last = scene.clause(found.start(), found.end())
    return has(text[first:last], "joined", "planned") or has(text[: found.end()], "joined", "resolved")


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
    able = [m for m in places if m.role == "municipality" and _can_join(scene, m)]
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
    if _elsewhere(scene, mention):
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
    if before is not None and _names_them(scene):
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
