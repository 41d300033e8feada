"""Questions that found no answer, grouped: what is asked for again and again shows which documents are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.lexical import analyse

# So much of their words two questions share if they ask for the same.
ALIKE = 0.5
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Similar questions: how often they were asked, when last, and their wordings, the most frequent first."""

    count: int
    last: str
    questions: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """For scripts."""
        return {"count": self.count, "last": self.last, "questions": list(self.questions)}


def group(asked: Sequence[tuple[str, str]]) -> list[Group]:
    """Groups of `(question, day)`, the largest first. The most frequent wording leads a group; the rest resemble it."""
    counts = Counter(" ".join(question.split()) for question, _ in asked)
    last: dict[str, str] = {}
    for question, day in asked:
        key = " ".join(question.split())
        last[key] = max(last.get(key, ""), day)
    led: list[tuple[frozenset[str], list[str]]] = []
    for question, _ in counts.most_common():
        stems = frozenset(analyse(question)) or frozenset([question.casefold()])
        members = next((members for leader, members in led if _alike(leader, stems)), None)
        if members is None:
            led.append((stems, [question]))
        else:
            members.append(question)
    groups = [
        Group(sum(counts[q] for q in members), max(last[q] for q in members), tuple(members[:SHOWN]))
        for _, members in led
    ]
    return sorted(groups, key=lambda found: (found.count, found.last), reverse=True)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
