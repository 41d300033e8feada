"""`eval check`: whether the cases fit the documents. A case that lies would make every figure lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.settings import Settings
from eval.quality.cases import UNANSWERABLE, Case
from eval.quality.corpora import opened
from eval.quality.evidence import occurrences, stored_in
from eval.quality.judge import Stored
from eval.quality.matching import holds


def problems(cases: Sequence[Case], settings: Settings | None = None) -> list[str]:
    """What is wrong, a sentence each: passages that are not there, values that no passage holds, doubled questions."""
    found = list(_doubled(cases))
    for corpus in dict.fromkeys(case.corpus for case in cases):
        with opened(corpus, settings) as assistant:
            stored = stored_in(assistant)
            for case in (case for case in cases if case.corpus == corpus):
                found += [f"{case.id}: {fault}" for fault in _faults(case, stored)]
    return found


def _faults(case: Case, stored: Stored) -> Iterator[str]:
    for evidence in case.evidence:
        if evidence.source not in stored.ids:
            yield f"Das Dokument »{evidence.source}« gibt es nicht."
        elif not occurrences(stored.texts[stored.ids[evidence.source]], evidence.quote):
            yield f"»{evidence.source}« enthält nicht »{evidence.quote}«."
        elif case.as_of and (stored.published[evidence.source] or "") > case.as_of:
            yield f"»{evidence.source}« ist erst nach dem {case.as_of} erschienen."
    published = {stored.published.get(evidence.source) for evidence in case.evidence}
    for value in case.expected:
        if value.derived or value.type in ("truth", "text") or value.value in published or not case.evidence:
            continue
        if not any(holds(evidence.quote, value) for evidence in case.evidence):
            yield f"Kein Beleg enthält den erwarteten Wert: {value}"
    for value in case.wrong:
        if any(value == right for right in case.expected):
            yield f"Derselbe Wert ist richtig und falsch: {value}"
    if not case.answerable and not case.statuses <= set(UNANSWERABLE[case.kind]):
        yield f"Zu »{case.kind}« passt nicht der Status {', '.join(sorted(case.statuses))}."


def _doubled(cases: Sequence[Case]) -> Iterator[str]:
    seen: dict[tuple[object, ...], str] = {}
    for case in cases:
        key = (case.corpus, " ".join(case.question.casefold().split()), case.history, case.as_of)
        if key in seen:
            yield f"{case.id}: dieselbe Frage wie {seen[key]}"
        seen.setdefault(key, case.id)


def composition(cases: Sequence[Case]) -> dict[str, int]:
    """How many cases there are of what: what the set promises to hold."""
    answerable = [case for case in cases if case.answerable]
    return {
        "answerable": len(answerable),
        "not answerable": len(cases) - len(answerable),
        "paraphrased": sum("paraphrase" in case.style for case in answerable),
        "as of a day": sum(case.as_of is not None for case in answerable),
        **{kind: sum(case.kind == kind for case in cases) for kind in dict.fromkeys(case.kind for case in cases)},
    }
