"""What is not funded, as written: »Nicht förderfähig sind investive Ausgaben«, »Für Feste gibt es kein Geld«."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.prescribed import prescribed
from ingest.facts.scenes import Scene
from ingest.facts.types import Fact
from ingest.facts.vocabulary import any_case, has, section

_ITEM = re.compile(r"^(?:[-–—•*·]|\(?\w{1,2}[.)])\s+")
_VERB = r"(?:sind|ist|seien|werden|wird|bleiben|bleibt|gelten|gilt)"
_ADVERBS = (
    r"(?:(?:auch|weiterhin|jedoch|aber|dagegen|hingegen|ferner|außerdem|ebenfalls|ebenso|grundsätzlich|insbesondere|"
    r"künftig|nach wie vor|unter anderem|in der Regel|generell|stets|damit|somit|dabei|zudem|nur|allerdings|"
    r"von der Förderung|von einer Förderung|als)\s+)*"
)
_BEHIND = re.compile(rf"\s*(?::|{_VERB}\b)\s*{_ADVERBS}(?P<what>[^.;:]+)")
_BEFORE = re.compile(rf"(?P<what>[^.;:]+?)\s+{_VERB}\s+{_ADVERBS}$")
_AT_END = re.compile(rf"\s+{_VERB}\s*(?:[.,;)]|$)")  # »…, dass Fahrzeuge ausgeschlossen sind«
_MONEY_BEFORE = re.compile(r"\b[Ff]ür\s+(?P<what>[^.;:]+?)\s+(?:gibt es|gebe es|wird|werden|besteht|fließen|fließt)\b")
_MONEY_BEHIND = re.compile(
    r"\s+(?:gibt es|wird|werden|erhalten|erhält|bekommen|bekommt|besteht|fließt|fließen)\s+"
    rf"(?:(?:gewährt|gezahlt|bewilligt)\s+)?{_ADVERBS}(?:für\s+)?(?P<what>[^.;:]+)"
)
_GETS_NONE = re.compile(r"^(?P<what>[^.;:]+?)\s+(?:bekommen|erhalten)\s+$")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_SHORT = 80  # characters of an answer in a few words
_AND = re.compile(r",?\s+(?:und|sowie|oder)\s+|,\s+")
_RELATIVE = re.compile(r"(?:die|der|das|deren|dessen|welche)\s.*(?:werden|wird|sind|ist|haben|hat|können|dienen|\wt)$")
_THING = re.compile(
    r"(?:(?:die|der|das|den)\s)?(?:[a-zäöüß-]+e[nrs]?\s){0,2}[A-ZÄÖÜ][\wäöüß-]+"
    r"(?:\s(?:für|von|in|an|zur|zum|im|der|des)\s[\wäöüß -]{3,40})?"
)
_CONJUNCTION = re.compile(r"^.*(?:^|,\s|\s[–-]\s)(?:dass|weil|denn|da|wobei|während|und)\s+", re.DOTALL)


def exclusions(scene: Scene) -> Iterator[Fact]:
    """What a sentence, or the list that it belongs to, excludes."""
    if scene.is_item and not scene.is_heading and has(scene.lead, "exclusion", "cue"):
        yield prescribed(scene, "funding_exclusion", _ITEM.sub("", scene.text).rstrip(" .,;"), None)
        return
    if scene.is_heading or scene.quantities or scene.text.rstrip().endswith((":", "?")):
        return
    for excluded in filter(_LETTERS.search, _each(_excluded_of(scene))):
        yield prescribed(scene, "funding_exclusion", excluded, None)


def _each(excluded: str) -> list[str]:
    """»Bauten, Feste und Fahrzeuge«: one by one, if each is a short name of a thing; else all as one."""
    if not excluded:
        return []
    parts = [part for part in _AND.split(excluded) if part]
    if len(parts) > 1 and _RELATIVE.match(parts[-1]) and excluded.endswith(f", {parts[-1]}"):
        return [*_each(excluded[: -len(parts[-1]) - 2])[:-1], f"{parts[-2]}, {parts[-1]}"]
    named = all(_THING.fullmatch(part) for part in parts)
    return parts if named else [excluded]


def _excluded_of(scene: Scene) -> str:
    text = _ITEM.sub("", scene.text)
    if _answers(scene):
        return text.rstrip(" .")
    match = any_case(section("exclusion", "turned_down")).search(text)
    if match is not None:
        return _trimmed(match["what"])
    match = any_case(section("exclusion", "cue")).search(text)
    if match is not None:
        return scene.cells[0].value if scene.cells else _excluded(text, match)
    money = any_case(section("exclusion", "no_money")).search(text)
    return _without_money(text, money) if money is not None and not scene.cells else ""


def _answers(scene: Scene) -> bool:
    """»Was wird nicht gefördert?« – »Kameras und Bauarbeiten.«: the first words below the question, without a verb."""
    asked = scene.heading.endswith("?") and has(scene.heading, "exclusion", "cue")
    first = scene.before is not None and scene.before.text.endswith("?")
    return asked and first and len(scene.text) < _SHORT and not has(scene.text, "offerings", "finite")


def _excluded(text: str, match: re.Match[str]) -> str:
    """»Nicht zuwendungsfähig sind investive Ausgaben.« → »investive Ausgaben«."""
    before = text[: match.start()]
    if _AT_END.match(text, match.end()):
        found = before
    elif behind := _BEHIND.match(text, match.end()):
        found = behind["what"]
    else:
        in_front = _BEFORE.search(before)
        found = in_front["what"] if in_front else ""
    return _trimmed(found)


def _without_money(text: str, match: re.Match[str]) -> str:
    """»Für Feste gibt es kein Geld« → »Feste«."""
    before = text[: match.start()]
    found = _MONEY_BEFORE.search(before) or _GETS_NONE.match(before) or _MONEY_BEHIND.match(text, match.end())
    return _trimmed(found["what"]) if found else ""


def _trimmed(text: str) -> str:
    return re.sub(rf"^(?:(?:Nein|Ja|Leider), )?{_ADVERBS}", "", _CONJUNCTION.sub("", text)).strip(" –-,.")
