"""Whether a sentence says that a municipality joined: an agreement, membership, or words for joining, and no plan."""

from __future__ import annotations

import re

from ingest.facts.programmes import names_programme
from ingest.facts.scenes import Cell, Scene
from ingest.facts.subjects import association_in, is_example, places_of
from ingest.facts.vocabulary import find, has, pattern
from ingest.german.dates import find_dates
from ingest.german.places import PlaceMention

_DISTRICT = re.compile(
    r"(?:^|[.:;,–] |und |hat |haben |ist |will |zusammen mit |gemeinsam mit )(?:Auch |auch )?"
    r"(?:Der|der|dem|Dem) (?:gesamte )?(?:Land)?[Kk]reis $"
)
_ROW_OF_DISTRICT = re.compile(r"(?:[^:;]{1,40}: )?(?:Land)?[Kk]reis ")
_HEAD = 22  # characters that the mark of a list item and »Große Kreisstadt« take


def says_joined(scene: Scene) -> bool:
    """An agreement that was signed, or words for joining the programme."""
    text = scene.said
    agreed = pattern("joined", "cooperation")
    if scene.cells and any(agreed.search(cell.value) or _is_concluded(cell) for cell in scene.cells[1:]):
        return True
    dated = [cell for cell in scene.cells if has(cell.label, "joined", "joining_column") and find_dates(cell.value)]
    if any(not has(cell.value, "joined", "in_preparation") for cell in dated):
        return True
    if _is_listed_member(scene):
        return True
    context = f"{scene.document.title} {scene.heading} {scene.lead} {text}"
    titled = has(scene.document.title, "joined", "headline")
    agreement = titled or has(context, "joined", "agreement") or names_programme(context, scene.document)
    signs = has(text, "joined", "signed") and not has(text, "joined", "object")
    if signs and scene.is_item and pattern("localities", "several").search(scene.lead):
        return True
    asked = scene.heading.endswith("?") and has(scene.heading, "joined", "to_sign")  # »Wie lange dauert es bis …?«
    agreement = agreement or asked
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


def _is_concluded(cell: Cell) -> bool:
    """Whether a column of agreements says that there is one: »in Vorbereitung« and »geplant« say that there is none."""
    return bool(pattern("joined", "cooperation").match(cell.label)) and not has(cell.value, "joined", "in_preparation")


def _is_listed_member(scene: Scene) -> bool:
    """»– Stadt Musterau – 4. Mai 2020« or a row that begins with a town, under »Unsere Mitglieder«."""
    above = any(pattern("joined", "members_list").search(text) for text in (scene.heading, scene.lead))
    if not above or not (scene.is_item or scene.cells) or has(scene.said, "joined", "preliminary"):
        return False
    if any(has(f"{cell.label} {cell.value}", "named", "to_join") for cell in scene.cells):
        return False
    first = scene.cells[0].start if scene.cells else 0
    return any(m.start - first < _HEAD for m in scene.places if m.role == "municipality" or acts_itself(scene, m))


def _is_preliminary(scene: Scene) -> bool:
    """»Für die Stadt unterschrieb …« after a sentence, or under a title, about a preliminary agreement."""
    before = scene.before.text if scene.before is not None and scene.follows else ""
    told = has(f"{scene.document.title} {before}", "joined", "preliminary")
    return told and not has(scene.text, "joined", "agreement")


def names_them(scene: Scene) -> bool:
    """»Es sind Musterau und Probehain« after a sentence, or under a title, that says how many join."""
    before = scene.before
    if before is None or not scene.follows or not has(scene.text, "joined", "named_now"):
        return False
    told = says_joined(before) or has(scene.document.title, "joined", "trigger")
    if has(scene.text, "joined", "involved") and any(is_example(scene, m) for m in scene.places):
        return False
    many = [q for q in before.quantities if q.kind == "count" and q.value > 1]
    return bool(many) and told and not has(before.text, "joined", "planned")


def counts_many(scene: Scene) -> bool:
    """»15 Kommunen gehören dem Bündnis an« names nobody; »drei Städte treten bei« means the three of the text."""
    units = pattern("containers", "units")
    many = [q.value for q in scene.quantities if q.kind == "count" and q.value > 1 and units.search(q.unit)]
    if not many or len(places_of(scene.document)) in many or association_in(scene.text) is not None:
        return False
    return not any(m.role == "municipality" and not m.derived for m in scene.places)


def is_open(scene: Scene) -> bool:
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


def joins_beside(scene: Scene) -> bool:
    """»Musterau ist beigetreten, Probehain hat eine Vorvereinbarung«: a clause of its own says who joined."""
    match = find(scene.text, "joined", "trigger")
    if match is None or scene.cells:
        return False
    first, last = scene.clause(match.start(), match.end())
    named = any(m.role == "municipality" and first <= m.start < last for m in scene.places)
    return named and not has(scene.text[first:last], "joined", "preliminary")


def is_agenda(scene: Scene) -> bool:
    """»TOP 4: Beitritt«; minutes go on with what was said (»TOP 1 Bericht Der Bürgermeister erinnert daran …«)."""
    label = scene.before.text if scene.before is not None and scene.before.text.endswith(":") else ""
    return has(f"{label} {scene.text}".lstrip(), "joined", "agenda") and not has(scene.text, "joined", "agenda_told")


def acts_itself(scene: Scene, mention: PlaceMention) -> bool:
    """»Der Landkreis Musterland unterzeichnete …«, or a row of its own: a district, and not where a town lies."""
    before = scene.text[: mention.start]
    if mention.role != "district" or scene.is_heading:
        return False
    return bool(_ROW_OF_DISTRICT.fullmatch(before) if scene.cells else _DISTRICT.search(before))
