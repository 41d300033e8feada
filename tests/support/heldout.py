"""The held-out gold data and its scoring, as `tests/data/heldout/README.md` defines it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.answers import Answer
from app.assistant import Assistant

HELDOUT = Path(__file__).resolve().parents[1] / "data" / "heldout"
FICTIONAL = HELDOUT / "fictional"
_MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Score:
    """One question, its answer, and what the answer lacks (empty: right)."""

    case: dict[str, Any]
    answer: Answer
    faults: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def cases(name: str) -> list[dict[str, Any]]:
    """The rows of `<name>.jsonl`."""
    lines = (HELDOUT / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def run(assistant: Assistant, name: str) -> list[Score]:
    """Ask all questions of a set and score the answers."""
    return [_scored(case, _ask(assistant, case)) for case in cases(name)]


def right(scores: Iterable[Score], *, answerable: bool) -> int:
    """How many of the answerable (or the other) questions are right."""
    return sum(score.right for score in scores if score.case["answerable"] is answerable)


def table(scores: Sequence[Score]) -> str:
    """Right and total per kind of question, then every fault, as text for people."""
    kinds: dict[tuple[bool, str], list[Score]] = defaultdict(list)
    for score in scores:
        kinds[not score.case["answerable"], score.case["kind"]].append(score)
    lines = [
        f"{'unanswerable' if missing else 'answerable':13} {kind:12} {sum(s.right for s in group):3} / {len(group)}"
        for (missing, kind), group in sorted(kinds.items())
    ]
    faults = [
        f"{s.case['id']} {s.case['question']!r}: {'; '.join(s.faults)} -> {s.answer.status}: {s.answer.short[:90]!r}"
        for s in scores
        if not s.right
    ]
    return "\n".join([*lines, "", *faults])


def squeezed(text: str) -> str:
    """`text` without white space and case."""
    return re.sub(r"\s+", "", text).casefold()


def flat(text: str) -> str:
    """`text` with every run of white space as one blank."""
    return " ".join(text.split())


def _ask(assistant: Assistant, case: dict[str, Any]) -> Answer:
    return assistant.ask(case["question"], history=case["history"], as_of=case["as_of"], lang=case["lang"])


def _scored(case: dict[str, Any], answer: Answer) -> Score:
    return Score(case, answer, tuple(_faults(case, answer)))


def _faults(case: dict[str, Any], answer: Answer) -> Iterable[str]:
    """The marks [n] are no text: they must not stand in for a figure."""
    said = squeezed(_MARK.sub("", "\n".join((answer.short, answer.text, *answer.notes))))
    shown = squeezed(_MARK.sub("", "\n".join((answer.short, answer.text))))
    for any_of in case["must_contain"]:
        if not any(squeezed(word) in said for word in any_of):
            yield f"lacks {any_of}"
    for word in case["must_not_contain"]:
        if squeezed(word) in shown:
            yield f"must not say {word!r}"
    if case["sources"] and not {c.document.source for c in answer.citations} & set(case["sources"]):
        yield "other source"
    quotes = [flat(c.quote) for c in answer.citations]
    if case["span_contains"] and not any(flat(span) in quote for span in case["span_contains"] for quote in quotes):
        yield "other span"
    if answer.status not in case["statuses"]:
        yield f"status not in {case['statuses']}"
