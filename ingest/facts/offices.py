"""The offices of a person: beside the name, as what is said of it, as a label, or shared with the name before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.facts.scenes import Scene
from ingest.facts.vocabulary import pattern, section
from ingest.german.persons import PersonMention, find_persons, role_pattern, roles

_SHORT = 3  # letters; »OB« is an office only as a word of its own
_WINDOW = 160  # characters before a name that can hold its office
_OF = r"(?:\s(?:des|der|von|vom|im|beim|für)\s(?:die\s|das\s|den\s)?[A-ZÄÖÜ»„][^,.;:(]{1,60}?)?"
_SINCE = r"(?:(?:(?:seit|ab)\s[^,;]{3,25}?|nun|jetzt|künftig|weiterhin|inzwischen|derzeit|auch|zugleich|neue[rn]?)\s+)*"
_THE = r"(?:(?:der|die|das|Herr|Frau|unsere?|ihre?|seine?)\s+)?(?:[a-zäöüß]+e[rn]?\s+)?"
_NEXT = re.compile(r"(?:\s*\([^)]{2,40}\))?\s*(?:,|und|sowie)\s+(?:Herr |Frau )?$")
_IS = re.compile(r"\s(?:ist|sind|heißt|wird)\b")  # »Muster, Geschäftsführerin ist Beispiel«: the office of the next
_VERBS = re.compile(
    r"(?:\s+(?:ist|war|wurde|bleibt|hat|tätig|gewesen|begonnen|übernommen|(?:[a-zäöü]{2,5})?ge[a-zäöüß]{2,}(?:t|en)))+$"
)
_APPOSED = re.compile(r",\s+(?P<name>(?:(?:Prof|Dr)\.\s+)*[A-ZÄÖÜ][\w-]+\s[A-ZÄÖÜ][\w-]+)(?=[,.])")
_PLURAL = re.compile(r"\b(?:[Dd]ie|[Bb]eiden|zwei|drei)\s+(?:\w+en\s+)?$")


def offices_in(scene: Scene) -> Iterator[tuple[PersonMention, list[str]]]:
    """The persons of a sentence, each with the offices that the sentence gives."""
    before: tuple[int, list[str]] = (0, [])  # where the last name ends, and what the next one shares with it
    for person in scene.persons:
        if bare_name(person.name).split()[0] in section("programme", "nouns"):
            continue
        head = _head(scene.text, person)
        said = [*_said_before(scene, head), *_handed_over(scene.text, head), *_said_behind(scene.text, person.end)]
        if not said and not _is_office(person.role) and _NEXT.fullmatch(scene.text[before[0] : head]):
            said = before[1]
        own = _with_rank(scene.text, person, head)
        if said and own == person.role and pattern("people", "ranks").search(own):
            own = ""  # »Polizeirat Muster, Leiter des Reviers«: the rank beside an office is none itself
        found = [office for office in (own, *said) if _is_office(office)] or _of_row(scene, person.start)
        yield person, list({office_key(office): office for office in reversed(found)}.values())[::-1]
        before = (person.end, [*said, own] if _is_plural(scene.text, own, head) else said)


def bare_name(name: str) -> str:
    """A name without its titles."""
    return pattern("people", "titles").sub("", name).strip()


def office_key(role: str) -> str:
    """The first word of the office, without inflection: »Innenministers« is »Innenminister«."""
    return re.sub(r"(?:s|n|en)$", "", role.split(" ")[0].casefold())


def _head(text: str, person: PersonMention) -> int:
    """Where the name begins together with the office right before it."""
    words = r"\s+".join(re.escape(word) for word in person.role.split())
    before = re.search(rf"{words}[\s,]*$", text[: person.start]) if words else None
    return before.start() if before else person.start


def _with_rank(text: str, person: PersonMention, head: int) -> str:
    """»Leiter des Reviers, Polizeirat«: the rank of an office-holder together with the office."""
    if head == person.start or not pattern("people", "ranks").search(person.role):
        return person.role
    before = re.search(rf"{_office()}{_OF},?\s+$", text[max(0, head - _WINDOW) : head])
    return f"{before.group()}{person.role}" if before else person.role


def _is_plural(text: str, role: str, head: int) -> bool:
    """»den Bürgermeistern A und B«: an office of several."""
    word = role.split(" ")[0]
    several = _PLURAL.search(text[:head]) is not None and word.endswith(("er", "or", "räte"))
    return several or word.endswith(("innen", "ern"))


@cache
def _office() -> str:
    return rf"(?:{role_pattern().pattern})"


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    office, duty, holds = _office(), section("people", "duties"), section("people", "holds")
    label = "|".join((*section("people", "labels"), duty))
    chosen = r"(?:wurden?|wählten?|bestimmten?|ernannten?|berief(?:en)?|bestellten?|hat|haben|ist|sind)"
    starts = "(?:übernimmt|folgt|kommt|verstärkt uns|arbeitet|beginnt)"
    return tuple(
        re.compile(rule)
        for rule in (
            rf"(?P<role>{office}(?:{_OF}|\s[A-ZÄÖÜ][\w-]+))\s+(?:ist|sind|heißt|wird|wurden?|war|bleibt)\s+{_SINCE}{_THE}$",
            rf"\b[Aa]ls\s+(?:neue[rn]?\s+)?(?P<role>{office}{_OF})\s+{starts}\s+{_SINCE}{_THE}$",
            rf"\b[Aa]ls\s+(?:neue[rn]?\s+)?(?P<role>{office}{_OF})\s+(?:hat|ist|war|wurde)\s+(?:[a-zäöü]+\s+){{0,2}}$",
            rf"\b[Zz]u[mr]\s+(?P<role>{office}{_OF})\s+{chosen}\b[^.;:,]{{0,50}}$",
            rf"\b(?:[Dd]en|[Dd]ie)\s+(?P<role>{duty}{_OF})\s+{holds}\s+{_SINCE}{_THE}$",
            rf"(?P<role>\b(?:{label})|{office}(?:{_OF}|\s[A-ZÄÖÜ][\w-]+))\s*:\s*{_THE}$",
        )
    )


@cache
def _behind() -> tuple[re.Pattern[str], ...]:
    office, duty = _office(), section("people", "duties")
    adjective = r"(?:(?!(?:sein|ihr|deren|dessen|unser)\w*\s)\w+e[rnms]?\s)??"
    ended = r"(?:\s+(?:[a-zäöüß]+en|(?:[a-zäöü]{2,5})?ge[a-zäöüß]+t|aus|ein|an|ab|auf|vor|zu|bei|mit))?"
    works = section("people", "works")
    of = r"(?:\s(?:des|der|von|vom|im|beim|für)\s[^,.;:]{2,60}|(?!\w|\s+(?:(?:Prof|Dr)\.|[A-ZÄÖÜ])))"
    return tuple(
        re.compile(rule)
        for rule in (
            rf"(?:\s+als|(?:\s+[a-zäöüß]+(?:en|t))?,)\s+(?:(?:zugleich|gleichzeitig|auch|ebenfalls|heute|damals)\s+)?"
            rf"(?:(?:der|die|dem|den)\s+)?{adjective}(?P<role>{office}{of})",
            rf"{ended},\s+(?:der|die)\s[^,.;]{{0,40}}?(?P<role>{office}{_OF})\s+(?:gewesen\s+)?(?:ist|war|wurde|bleibt)\b",
            rf"\s+{works}\b(?!\s+(?:ihn|sie)\b)(?P<between>[^.;:,]{{0,60}}?)\s+als\s+{adjective}(?P<role>{office}{of})",
            rf"\s+(?:ist|wurde|war|bleibt|wird)\s+{_SINCE}{_THE}(?P<role>{office}{_OF})(?=[,.;:(]|\s[a-zäöü]|$)",
            rf"\s+(?:zugleich|auch|nebenbei|selbst)\s+(?P<role>{office}{_OF})\s+(?:ist|war)\b",
            rf"\s+(?:einstimmig\s+)?zu[mr]\s+(?:neuen\s+|ersten\s+)?(?P<role>{office}{_OF})(?=[,.;]|\s[a-zäöü]|$)",
            rf"\s+(?:(?:führt|hat|übernimmt|übernahm)\s+)?(?:[a-zäöü]+\s+)?(?:den|die)\s+(?P<role>{duty}{_OF})(?=[,.;]|\s[a-zäöü]|$)",
            rf"\s+(?P<role>{office}[^,.;:]{{0,60}})\.?$",
        )
    )


def _said_before(scene: Scene, head: int) -> list[str]:
    """»Vorsitzende ist Erika Muster«, »zum Leiter wurde …«, »den Vorsitz führt …«, »Koordination: …«."""
    text = scene.text[max(0, head - _WINDOW) : head]
    cell = scene.cell_at(head)
    if cell is not None and cell.start == head and pattern("people", "no_office_in_row").search(cell.label):
        return []
    return [match["role"].strip() for rule in _before() if (match := rule.search(text))]


def _said_behind(text: str, end: int) -> list[str]:
    """»Erika Muster als Oberbürgermeisterin«, »… ist Leiterin des Amtes«, »… die Leiterin des Amtes«."""
    window = text[end : end + _WINDOW]
    found = [match for rule in _behind() if (match := rule.match(window))]
    found = [m for m in found if not find_persons(m.groupdict().get("between") or "")]
    found = [m for m in found if not _IS.search(f"{m['role']}{window[m.end() :][:8]}")]
    found = [m for m in found if not _is_of_next(window[m.end() :])]
    return [_VERBS.sub("", m["role"]).strip() for m in found]


def _is_of_next(rest: str) -> bool:
    """»…, die Präsidentin der Polizeidirektion, Erika Muster, und …«: an office before a name between commas."""
    match = _APPOSED.match(rest)
    return match is not None


def _handed_over(text: str, head: int) -> list[str]:
    """»Die Leitung ging im Mai von Max Muster auf Erika Beispiel über«: the office of both."""
    before = re.search(rf"\b(?:von|auf|an|zu)\s+{_THE}$", text[:head])
    match = pattern("people", "handed_over").search(text) if before else None
    return [match["role"].strip()] if match and match.start("on") < head < match.end() else []


def _of_row(scene: Scene, start: int) -> list[str]:
    """A row of a table that has a column for the office, or whose first cell is the office."""
    columns = [cell.value for cell in scene.cells if pattern("people", "column").search(cell.label)]
    if columns:
        return columns
    first = scene.cells[0].value if scene.cells and scene.cell_at(start) is not scene.cells[0] else ""
    return [first] if any(role in first for role in roles()) else []


def _is_office(role: str) -> bool:
    """Whether a text names an office; »vom Landesrat« behind a name does not."""
    known = role.casefold()
    words = set(re.findall(r"\w+", role))
    if any(word in words if len(word) <= _SHORT else word.casefold() in known for word in roles()):
        return True
    return bool(re.match(rf"(?:{'|'.join(section('people', 'labels'))}|{section('people', 'duties')})\b", role))
