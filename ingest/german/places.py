"""Municipalities and districts of Saxony in German text: inflected, derived, Sorbian and ambiguous names.

Source of the names: Gemeindeverzeichnis (Destatis), 30.11.2023; see `ingest/data/places.csv`.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from ingest.data import load

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


_DISTRICT_BEHIND = re.compile(r"\s?\((?:(?:Land)?[Kk]reis |Lkr\. |LK )?(?P<district>[A-ZÄÖÜ][\w -]+?)\)")


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality or district; `ags` is the official key, `suffix` tells twins apart (`Vogtl.`)."""

    ags: str
    name: str
    suffix: str
    sorbian: str
    kind: str
    district: str
    population: int

    @property
    def label(self) -> str:
        """The name as a reader needs it to know which place is meant."""
        if self.kind == "Landkreis" and not self.name.endswith("kreis"):
            return f"Landkreis {self.name}"
        return f"{self.name}/{self.suffix}" if self.suffix and not self.suffix[0].islower() else self.name


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """`text[start:end]` names one of `candidates`; `role` says whether the place or a body named after it is meant."""

    start: int
    end: int
    name: str
    candidates: tuple[Place, ...]
    role: Literal["municipality", "district", "body"]
    derived: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether several places bear this name and the text does not tell which."""
        return len(self.candidates) > 1


def find_places(text: str, context: str = "") -> list[PlaceMention]:
    """All places named in `text`; `context` (the document) helps to choose between twins."""
    found: list[PlaceMention] = []
    position = 0
    names, tails = _names(), _tails()
    for word in _WORD.finditer(text):
        if word.start() < position or not word.group()[0].isupper():
            continue
        mention = _match(text, word, names, tails, context or text)
        if mention is not None:
            found.append(mention)
            position = mention.end
    return found


@cache
def all_places() -> tuple[Place, ...]:
    """The gazetteer, in the order of the official keys."""
    lines = files("ingest.data").joinpath("places.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return tuple(
        Place(r["ags"], r["name"], r["suffix"], r["sorbian"], r["kind"], r["district"], int(r["population"]))
        for r in rows
    )


@cache
def _names() -> dict[str, tuple[Place, ...]]:
    table: dict[str, list[Place]] = defaultdict(list)
    for place in all_places():
        for name in {place.name, place.sorbian, _short(place.name)} - {""}:
            table[name.lower()].append(place)
    return {name: tuple(places) for name, places in table.items()}


def _short(name: str) -> str:
    """The name without what tells it apart (»Reichenbach im Vogtland«: Reichenbach)."""
    return re.split(r"\s(?:im|in|am|an|bei|a\.|i\.)\s", name)[0]


@cache
def _tails() -> dict[str, tuple[str, ...]]:
    """First word of a name of several words → the whole names, longest first."""
    table: dict[str, list[str]] = defaultdict(list)
    for name in _names():
        if " " in name:
            table[name.split(" ")[0].rstrip(".")].append(name)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in table.items()}


def _match(
    text: str, word: re.Match[str], names: dict[str, tuple[Place, ...]], tails: dict[str, tuple[str, ...]], context: str
) -> PlaceMention | None:
    lowered = word.group().lower()
    for name in tails.get(lowered, ()):
        if text[word.start() : word.start() + len(name)].lower() == name:
            return _mention(text, word.start(), word.start() + len(name), names[name], context)
    for form, derived in _base_forms(lowered):
        if form in names:
            return _mention(text, word.start(), word.end(), names[form], context, derived)
    return None


def _base_forms(word: str) -> list[tuple[str, bool]]:
    """The name itself, its genitive (Torgaus), and what an adjective (Zwickauer, Dresdner) may come from."""
    forms = [(word, False)]
    if word.endswith("s"):
        forms.append((word[:-1], False))
    stem = word[:-2] if word.endswith(("er", "es")) else word[:-3] if word.endswith(("ern", "ers")) else ""
    if len(stem) > 3:
        endings = ("", "e", "a", "en", "ow", "au", "itz")[:4]
        forms += [(stem + ending, True) for ending in endings]
        forms.append((stem[:-1] + "en", True) if stem[-1] in "nr" else (stem, True))
        forms.append((stem[:-1] + "e" + stem[-1], True))
    return forms


def _mention(
    text: str, start: int, end: int, places: tuple[Place, ...], context: str, derived: bool = False
) -> PlaceMention:
    name = places[0].name
    suffix, length = _qualifier(text[end : end + 20])
    role = role_of(text[max(0, start - 40) : start])
    if all(place.kind == "Landkreis" for place in places) and role == "municipality":
        role = "district"
    chosen = _in_district(_choose(places, suffix, role, context), places, text[end : end + 40])
    return PlaceMention(start, end + (length if suffix else 0), name, chosen, role, derived)


def _in_district(chosen: tuple[Place, ...], places: tuple[Place, ...], after: str) -> tuple[Place, ...]:
    """»Musterau (Landkreis Beispiel)«: the one of that district."""
    match = _DISTRICT_BEHIND.match(after) if len(chosen) > 1 else None
    return tuple(place for place in places if match and place.district == match["district"]) or chosen


def _qualifier(after: str) -> tuple[str, int]:
    for pattern, suffix in load("places")["qualifiers"].items():
        match = re.match(pattern, after)
        if match and match.group().strip() not in {"", "V"}:
            return suffix, len(match.group().rstrip())
    return "", 0


def role_of(before: str) -> Literal["municipality", "district", "body"]:
    """Whether a name after `before` means a town, a district or a body named after it."""
    data = load("places")
    stripped = before.rstrip(" \u00a0\n")
    for role, words in (("body", data["bodies"]), ("district", data["districts"])):
        if any(re.search(rf"(?<!\w){re.escape(word)}$", stripped) for word in words):
            return role  # type: ignore[return-value]
    return "municipality"


def _choose(places: tuple[Place, ...], suffix: str, role: str, context: str) -> tuple[Place, ...]:
    pool = [p for p in places if (p.kind == "Landkreis") == (role == "district")] or list(places)
    if suffix:
        pool = [p for p in pool if p.suffix.startswith(suffix) or p.district.startswith(suffix)] or pool
    if len(pool) > 1:
        hits = {district for word, district in load("places")["context"].items() if word in context}
        pool = [p for p in pool if p.district in hits] or pool
    return tuple(pool)
