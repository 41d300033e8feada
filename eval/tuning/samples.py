"""What the models learn from: of each case the features of its sentences, which are evidence, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.answering.decide import Ranked
from app.answering.engine import Engine
from app.assistant import Assistant
from eval.quality.cases import Case
from eval.quality.corpora import TODAY, opened
from eval.quality.evidence import located, stored_in
from eval.quality.judge import Spans, judge
from eval.quality.reply import from_json
from eval.tuning.models import Array
from index.filters import Filters


@dataclass(frozen=True, slots=True)
class Sample:
    """The sentences of the first part of a case that the register does not answer, best first as weighed now.

    `right`: which of them are evidence; `fits`: which hold the wanted kind of value;
    `outcome`: +1 where the answer made of them was judged right, else -1.
    """

    case: Case
    features: Array
    right: NDArray[np.bool_]
    fits: NDArray[np.bool_]
    outcome: int


def samples(cases: Sequence[Case]) -> Iterator[Sample]:
    """A sample of every case that is answered from sentences."""
    for corpus in dict.fromkeys(case.corpus for case in cases):
        with opened(corpus) as assistant:
            stored = stored_in(assistant)
            for case in (case for case in cases if case.corpus == corpus):
                ranked = _ranked(assistant, case)
                if not any(item.fits for item in ranked):
                    continue
                spans = located(case, stored)
                reply = from_json(
                    assistant.ask(
                        case.question, history=case.history, as_of=case.as_of, lang=case.lang, today=case.today or TODAY
                    ).to_json()
                )
                verdict = judge(case, reply, stored, spans)
                yield Sample(
                    case,
                    np.array([item.features for item in ranked]),
                    np.array([_is_evidence(item, spans) for item in ranked]),
                    np.array([item.fits for item in ranked]),
                    1 if verdict.right and case.answerable else -1,
                )


def _ranked(assistant: Assistant, case: Case) -> list[Ranked]:
    engine: Engine = assistant.engine
    filters = Filters(as_of=case.as_of) if case.as_of else Filters()
    return engine.ranked(case.question, case.history, case.lang, filters, case.today or TODAY)


def _is_evidence(item: Ranked, spans: Spans) -> bool:
    sentence = item.candidate.sentence
    found = spans.get(sentence.document.source, ())
    return any(sentence.start < end and start < sentence.end for start, end in found)
