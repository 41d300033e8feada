"""Runs cases through an answerer and keeps everything that was said: the record from which reports are made."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from app.assistant import Assistant
from app.settings import Settings
from eval.quality.cases import Case
from eval.quality.corpora import TODAY, Collection, collection_of, digest, folder_of, opened
from eval.quality.evidence import located, rank_in, stored_in
from eval.quality.judge import Judgement, judge
from eval.quality.reply import Reply, failed, from_json
from index.models.folders import is_path

PACKAGES = ("auskunft", "qdrant-edge-py", "qdrant-client", "llama-index-core", "numpy", "PyStemmer")
DEPTH = 40  # passages that the search gives to the answer pipeline
Progress = Callable[[int, int], None]


class Answerer(Protocol):
    """Whatever answers a case over the documents of an assistant."""

    name: str

    def reply(self, case: Case, assistant: Assistant) -> Reply:
        """One answer; may raise."""
        ...


class Ours:
    """The assistant itself."""

    name = "auskunft"

    def reply(self, case: Case, assistant: Assistant) -> Reply:
        """The assistant's answer, from the JSON that the contract promises."""
        answer = assistant.ask(
            case.question, history=case.history, as_of=case.as_of, lang=case.lang, today=case.today or TODAY
        )
        return from_json(answer.to_json())


@dataclass(frozen=True, slots=True)
class Run:
    """Judged replies with what they were made of. `ranks`: first right passage of the search by case id, 0 for none."""

    name: str
    judged: tuple[Judgement, ...]
    ranks: Mapping[str, int]
    spec: Mapping[str, str] = field(default_factory=dict)
    collections: Sequence[Collection] = ()
    seconds: float = 0.0


def run(
    cases: Sequence[Case],
    answerers: Sequence[Answerer],
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> tuple[Run, ...]:
    """Ask all cases; one run an answerer. Cases of one corpus share one assistant.

    Raises:
        InputError: a corpus or a passage that a case names is not there.
        DataError: the data folder cannot be used.
    """
    judged: dict[str, list[Judgement]] = {answerer.name: [] for answerer in answerers}
    seconds = dict.fromkeys(judged, 0.0)
    ranks: dict[str, int] = {}
    collections: list[Collection] = []
    done = 0
    for corpus in dict.fromkeys(case.corpus for case in cases):
        with opened(corpus, settings) as assistant:
            stored = stored_in(assistant)
            asked = [case for case in cases if case.corpus == corpus]
            collections.append(collection_of(corpus, len(stored.texts), len(asked)))
            for case in asked:
                spans = located(case, stored)
                if case.answerable:
                    ranks[case.id] = rank_in(assistant.search(case.question, k=DEPTH), spans)
                for answerer in answerers:
                    started = time.perf_counter()
                    reply = answered_by(answerer, case, assistant)
                    seconds[answerer.name] += time.perf_counter() - started
                    judged[answerer.name].append(judge(case, reply, stored, spans))
                done += 1
                if progress:
                    progress(done, len(cases))
    spec = specification(cases) | _models(settings or Settings())
    return tuple(
        Run(name, tuple(rows), ranks, spec, tuple(collections), seconds[name]) for name, rows in judged.items()
    )


def specification(cases: Iterable[Case]) -> dict[str, str]:
    """What a run was made of: packages, machine, documents."""
    corpora = sorted({case.corpus for case in cases if case.corpus})
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}",
        **{package: version(package) for package in PACKAGES},
        **{f"documents {corpus}": digest(folder_of(corpus)) for corpus in corpora},
    }


def _models(settings: Settings) -> dict[str, str]:
    """The models that the settings name, without the path of a folder; the shipped one goes without saying."""
    named = {"embedding": settings.embedding, "reranker": settings.reranker}
    return {kind: Path(name).name if is_path(name) else name for kind, name in named.items() if name}


def answered_by(answerer: Answerer, case: Case, assistant: Assistant) -> Reply:
    """One reply; whatever the answerer raises becomes one."""
    try:
        return answerer.reply(case, assistant)
    except Exception as error:  # one failing question must not take the others with it; it is counted as an error
        return failed(error)
