"""Wordings of one meaning: what this project knows of German beside the laws.

Everyday and official wordings (`phrases.txt`), synonyms, thesaurus and English glossary of the search (`index/data`).
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_DATA = _HERE.parent / "data"


def groups() -> list[tuple[str, ...]]:
    """All groups of two wordings or more."""
    found = [tuple(part.strip() for part in line.split("|")) for line in _lines(_HERE / "phrases.txt")]
    for path in sorted(_DATA.glob("thesaurus/*.txt")):
        found += [tuple(word.strip() for word in re.split("[,|]", line)) for line in _lines(path)]
    for path in sorted(_DATA.glob("synonyms/*.toml")):
        found += [(*group.get("asked", ()), *group["words"]) for group in _table(path)["group"]]
    found += [
        (*english.split(" / "), *german) for english, german in _table(_DATA / "glossary_en.toml")["words"].items()
    ]
    return [group for group in found if len(group) > 1]


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
