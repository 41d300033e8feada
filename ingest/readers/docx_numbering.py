"""Automatic numbers of Word: they stand nowhere in the text, but people cite them (»Nummer 2.1«)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "– "
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: `text` is a pattern such as `%1.%2`, "" for bullets."""

    text: str
    format: str
    start: int


class Numbering:
    """Counts the paragraphs of all lists of one document, in reading order."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        for abstract in root.iterfind(f"{W}abstractNum"):
            self._levels[_value(abstract, "abstractNumId", own=True)] = _levels(abstract)
        for number in root.iterfind(f"{W}num"):
            self._lists[_value(number, "numId", own=True)] = _value(number, "abstractNumId")

    def label(self, number: str, depth: int) -> str:
        """What Word prints before the next paragraph of this list, with a blank; "" where nothing."""
        if number in ("", "0"):
            return ""
        abstract = self._lists.get(number, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None or level.format in ("bullet", "none") or "%" not in level.text:
            return BULLET
        counts = self._counts[abstract]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda m: _printed(levels, counts, int(m[1]) - 1), level.text).strip() + " "


def _levels(abstract: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in abstract.iterfind(f"{W}lvl"):
        depth, start = _value(element, "ilvl", own=True), _value(element, "start")
        text, form = _value(element, "lvlText"), _value(element, "numFmt")
        if depth.isdecimal():
            found[int(depth)] = _Level(text[:40], form or "decimal", int(start) if start.isdecimal() else 1)
    return found


def _value(element: Any, name: str, *, own: bool = False) -> str:
    """An attribute of the element itself, or the `val` of a child."""
    if own:
        return str(element.get(f"{W}{name}", ""))
    child = element.find(f"{W}{name}")
    return str(child.get(f"{W}val", "")) if child is not None else ""


def _printed(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    count = counts.get(depth, level.start)
    return _FORMATS.get(level.format, str)(count)


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26)


def _roman(count: int) -> str:
    if not 0 < count < 40:
        return str(count)
    out = ""
    for value, sign in _ROMAN:
        while count >= value:
            out, count = out + sign, count - value
    return out


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
