"""Where sentences, rows of tables and items of lists name an offering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.facts.programmes import without_programme
from ingest.facts.scenes import Scene
from ingest.facts.vocabulary import compiled, has, pattern, section

_PAID = re.compile(r"\b(?:Euro|EUR|€) für [^.;,]{0,60}$")  # »9.800 Euro für Kurse an der Schule«
_ORDINAL = re.compile(r"\b(?:\d{1,2}\.|\w+(?:te|ste)[nrms]?)\s+(?:[\w-]+[\s-])?$")
_BACK = 3  # sentences before that name an offering in full


@dataclass(frozen=True, slots=True)
class Named:
    """An offering as a sentence names it, and where."""

    name: str
    wording: str
    start: int


def heads_of(found: Sequence[Scene]) -> tuple[str, ...]:
    """What the lists of offerings of a text name that no rule of the vocabulary does (»Ankergeld«)."""
    heads = [match["name"] for scene in found if (match := _head_of_item(scene)) is not None]
    return tuple(
        head for head in heads if not any(compiled(rule["pattern"]).search(head) for rule in section("offering"))
    )


def named_in(scene: Scene, heads: Sequence[str] = ()) -> Iterator[Named]:
    """Offerings of a sentence, of a row of a table, or of an item of a list of them; `heads` are names of others."""
    if scene.text.endswith("?") or has(scene.text, "exclusion", "cue"):
        return
    if is_row_of_offers(scene):
        yield Named(scene.cells[0].value, scene.cells[0].value, 0)
        return
    text = without_programme(scene.text, scene.document)  # a »Netzwerk« that is its name is no networking
    found = [(rule, match) for rule in section("offering") for match in _matches(rule, scene, text)]
    if not found and (elided := _elided(scene)) is not None:
        yield elided
    head = _head_of_item(scene)
    if head is not None:
        found = [(rule, match) for rule, match in found if match.start() < head.end("name")]  # what follows explains it
    if head is not None and not found:
        yield Named(head["name"], head["name"], head.start("name"))
    for name in heads if head is None else ():
        called = re.search(rf"\b{re.escape(name)}(?:e?s|en|n)?\b", text)
        if called is not None:
            yield Named(name, called.group(), called.start())
    for rule, match in found:
        if not _is_counted_or_else(scene, rule, match):
            named = "own_name" in rule and " " in match.group()
            if scene.is_heading and "own_name" in rule and "»" not in match.group():
                continue  # »Neuer Kurs, neue Gesichter«: the text below says which
            yield Named(match.group() if named else str(rule["name"]), match.group(), match.start())


def _elided(scene: Scene) -> Named | None:
    """»Zehn Analysen wurden begonnen. Vier davon sind fertig, nämlich die in Musterau …«: of the sentence before."""
    them = pattern("offerings", "of_them").search(scene.text)
    if them is None or scene.before is None or not scene.follows or not _is_told_of_towns(scene):
        return None
    above = scene.before
    rule = next((rule for rule in section("offering") if _matches(rule, above, above.text)), None)
    return Named(str(rule["name"]), them.group(), them.start()) if rule is not None else None


def _matches(rule: Mapping[str, str], scene: Scene, text: str) -> list[re.Match[str]]:
    """Where a sentence names an offering: the first place, but each of several courses, or the short word for it."""
    found = list(compiled(rule["pattern"]).finditer(text))
    if not found and "short" in rule and _was_named(rule, scene):
        found = list(compiled(rule["short"]).finditer(text))
    told = [m for m in found if not _counting(scene, m)]  # »TOP 2 Coaching Frau Muster stellt das Coaching vor«
    return found if "own_name" in rule else (told or found)[:1]


def _counting(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a number counts what a match names."""
    return any(q.start <= match.start() < q.end for q in scene.quantities)


def _was_named(rule: Mapping[str, str], scene: Scene) -> bool:
    """Whether the title or the sentences right before name an offering in full (»die Analyse«, »der Prozess«)."""
    above, told = scene.before, [scene.document.title, scene.heading]
    for _ in range(_BACK):
        if above is not None:
            told.append(above.text)
            above = above.before
    return bool(compiled(rule["pattern"]).search("\n".join(told)))


def _is_counted_or_else(scene: Scene, rule: Mapping[str, str], match: re.Match[str]) -> bool:
    """Whether a word for an offering is counted, is a sum of money, a gathering on its day or a course of others."""
    if _counting(scene, match) and not _is_told_of_towns(scene):
        return True
    if "staff" in rule and has(scene.text, "offerings", "staff"):
        return True
    general = rule.get("general")
    dated = general == "event" and (any(d.is_day for d in scene.dates) or _is_numbered(scene, match))
    money = general == "money" and any(q.kind == "money" for q in scene.quantities)
    money = money or ("own_name" in rule and bool(_PAID.search(scene.text[: match.start()])))
    again = pattern("offerings", "course_again").search(scene.text[: match.end()])  # »den Lehrgang«, told of before
    others = "own_name" in rule and (again or has(scene.text, "offerings", "others") or _is_headed(scene, rule))
    return dated or money or bool(others)


def _is_numbered(scene: Scene, match: re.Match[str]) -> bool:
    """»Der 3. Fachtag des Bündnisses« took place, and is nothing that is offered again and again."""
    return bool(_ORDINAL.search(scene.text[: match.start()]))


def _is_headed(scene: Scene, rule: Mapping[str, str]) -> bool:
    """Whether the heading has named the course that a sentence under it goes on about."""
    own = not scene.is_heading and scene.heading != scene.document.title
    return own and any("»" in m.group() for m in compiled(rule["pattern"]).finditer(scene.heading))


def _is_told_of_towns(scene: Scene) -> bool:
    """»Vier Coachings laufen, und zwar in Musterau …«, »jährlich drei Analysen«: counted, and said besides."""
    listed = has(scene.text, "offerings", "namely") and any(m.role == "municipality" for m in scene.places)
    return listed or has(scene.text, "offerings", "regular")


def is_row_of_offers(scene: Scene) -> bool:
    return bool(scene.cells) and has(scene.cells[0].label, "offers", "column")


def is_listed(scene: Scene) -> bool:
    """Whether a sentence is an item under a heading or a lead that announces what is offered."""
    above = f"{scene.document.title} {scene.heading}"
    if has(above, "offers", "glossary") and pattern("offers", "entry").match(scene.text):
        return True
    return scene.is_item and (has(above, "conditions", "title") or has(scene.announced, "offers", "lead"))


def _is_below_offers(scene: Scene) -> bool:
    """Whether the headings above, back to one that announces offerings, are short names like this one."""
    sections = [s for s in scene.document.sections if s.role == "body" and s.heading]
    at = next((i for i, s in enumerate(sections) if s.start <= scene.start < s.end), 0)
    for above in reversed(sections[:at]):
        heading = above.heading or ""
        alone = scene.document.text[above.start : above.end].strip() == heading
        if alone:
            return has(heading, "conditions", "title")
        if not pattern("offers", "heading").match(heading):
            return False
    return False


def _head_of_item(scene: Scene) -> re.Match[str] | None:
    """What an item of a list of offerings begins with."""
    reached = any(has(scene.text, "contacts", kind) for kind in ("phone", "mail", "web", "address"))
    match = pattern("offers", "head").match(scene.text) if is_listed(scene) and not reached else None
    if match is None and scene.is_heading and _is_below_offers(scene):
        match = pattern("offers", "heading").match(scene.text)
    return None if match and any(m.start < match.end("name") for m in scene.places) else match
