"""Further words for a question: synonyms, abbreviations and an English glossary, from data files.

The files of `data/synonyms` hold groups whose words stand for each other, one file a field; `data/glossary_en.toml`
holds English words and their German ones. A member may be a phrase; it is present when all its stems are.
A group's `asked` are words of questions only (idioms, slang): they stand for its words and are never looked for.
The many lines of the thesaurus (`index.thesaurus`) are asked beside them.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from index.thesaurus import Rule, phrases, rules_at, rules_of
from ingest.errors import DataError

MAX_WEIGHT = 0.5
DEFAULT_WEIGHT = 0.4
GLOSSARY_WEIGHT = 0.5

_DATA = Path(__file__).parent / "data"
_SYNONYMS = _DATA / "synonyms"


def expand(stems: Iterable[str]) -> dict[str, float]:
    """Stems that say the same as those of a question, with weights of at most `MAX_WEIGHT`.

    The stems of a phrase share its weight. Stems of the question itself are not repeated.
    """
    present = frozenset(stems)
    found: dict[str, float] = {}
    for rule in _applicable(present):
        for phrase in rule.targets:
            for stem in phrase:
                found[stem] = max(found.get(stem, 0.0), rule.weight / len(phrase))
    return {stem: weight for stem, weight in found.items() if stem not in present}


def _applicable(present: frozenset[str]) -> list[Rule]:
    """Rules whose trigger is present; of two nested triggers only the longer (police chief, chief)."""
    known = (rule for stem in sorted(present) for rule in (*_rules().get(stem, ()), *rules_at(stem)))
    rules = [rule for rule in known if rule.trigger <= present]
    longer = [rule.trigger for rule in rules if len(rule.trigger) > 1]
    return [rule for rule in rules if not any(rule.trigger < trigger for trigger in longer)]


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, tuple[Rule, ...]]:
    """All rules by the alphabetically first stem of their trigger."""
    found: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in (*_groups(), *_glossary()):
        found[min(rule.trigger)].append(rule)
    return {stem: tuple(rules) for stem, rules in found.items()}


def _groups() -> list[Rule]:
    rules = []
    for group in chain.from_iterable(_load(path).get("group", []) for path in sorted(_SYNONYMS.glob("*.toml"))):
        weight = min(float(group.get("weight", DEFAULT_WEIGHT)), MAX_WEIGHT)
        rules += rules_of(group.get("words", []), group.get("asked", []), weight)
    return rules


def _glossary() -> list[Rule]:
    rules = []
    for english, german in _load(_DATA / "glossary_en.toml").get("words", {}).items():
        targets = phrases(german)
        triggers = {frozenset(phrase) for phrase in phrases(english.split(" / "))}
        rules += [Rule(frozenset(t), targets, GLOSSARY_WEIGHT) for t in sorted(triggers, key=sorted)]
    return rules


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"Die Wortliste {path.name} ist nicht lesbar: {error}") from error
