"""Asks made questions and judges the answers: answered, with a right value, and nothing without a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.generated.draw import drawn
from eval.generated.made import Made, material_of
from eval.generated.supported import unsupported
from eval.quality.corpora import opened
from eval.quality.matching import holds
from eval.quality.metrics import Metric
from eval.quality.reply import Reply
from eval.quality.run import Answerer, answered_by
from eval.quality.statistics import percentile, wilson

# Not the held-out collection: what fails here is read.
CORPORA = ("sample", "fictional-dev", "fictional-dev-2")
COUNT = 2000
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A made question with the reply. `unsupported`: values that no cited passage holds, wherever they stand."""

    made: Made
    corpus: str
    reply: Reply
    unsupported: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether something was answered."""
        return not self.reply.refused and not self.reply.error

    @property
    def right(self) -> bool:
        """Whether the answer holds a right value; of a question without an answer, whether that was said."""
        if not self.made.answerable:
            return self.reply.status in self.made.case("", 0).statuses
        return self.answered and self._holds(f"{self.reply.short}\n{self.reply.text}")

    @property
    def right_in_short(self) -> bool:
        """Whether the short form itself holds a right value."""
        return self.made.answerable and self.answered and self._holds(self.reply.short)

    def _holds(self, text: str) -> bool:
        return any(holds(self.reply.short if value.type == "truth" else text, value) for value in self.made.right)


def ask(answerer: Answerer, count: int, seed: int, progress: Callable[[int, int], None] | None = None) -> list[Asked]:
    """Make and ask `count` questions, as many of each collection.

    Raises:
        DataError: a collection cannot be read.
    """
    found: list[Asked] = []
    for number, corpus in enumerate(CORPORA):
        with opened(corpus) as assistant:
            size = assistant.state().documents
            for made in drawn(material_of(assistant), _part(count, number), seed):
                case = made.case(corpus, len(found))
                reply = answered_by(answerer, case, assistant)
                found.append(Asked(made, corpus, reply, unsupported(reply, size)))
                if progress:
                    progress(len(found), count)
    return found


def _part(count: int, number: int) -> int:
    return count // len(CORPORA) + (number < count % len(CORPORA))


def record(asked: Sequence[Asked], seed: int, at: str) -> dict[str, Any]:
    """The JSON object of a run: counts as a whole, by template and form, and every question."""
    return {
        "format": FORMAT,
        "set": "generated",
        "seed": seed,
        "at": at,
        "metrics": [asdict(metric) for metric in metrics(asked)],
        "templates": [_group(name, asked, lambda one: one.made.template) for name in _names(asked, "template")],
        "forms": [_group(name, asked, lambda one: one.made.form) for name in _names(asked, "form")],
        "cases": [_case(one) for one in asked],
    }


def metrics(asked: Sequence[Asked]) -> Iterator[Metric]:
    """What is promised of made questions, as shares with intervals."""
    answerable = [one for one in asked if one.made.answerable]
    others = [one for one in asked if not one.made.answerable]
    given = [one for one in asked if one.answered]
    yield _share("answered", [one.answered for one in answerable])
    yield _share("right_value", [one.right for one in answerable])
    yield _share("right_in_short", [one.right_in_short for one in answerable])
    yield _share("right_of_answered", [one.right for one in answerable if one.answered])
    yield _share("refused", [one.right for one in others])
    yield _share("unsupported", [bool(one.unsupported) for one in given])
    yield _share("errors", [bool(one.reply.error) for one in asked])
    times = [one.reply.milliseconds for one in asked if not one.reply.error]
    yield Metric("p50_ms", percentile(times, 0.5), len(times))
    yield Metric("p95_ms", percentile(times, 0.95), len(times))


def _share(name: str, hits: Sequence[bool]) -> Metric:
    total = len(hits)
    return Metric(name, sum(hits) / total if total else 0.0, total, *wilson(sum(hits), total))


def _names(asked: Sequence[Asked], field: str) -> list[str]:
    return sorted({str(getattr(one.made, field)) for one in asked})


def _group(name: str, asked: Sequence[Asked], key: Callable[[Asked], str]) -> dict[str, Any]:
    rows = [one for one in asked if key(one) == name]
    answerable = sum(one.made.answerable for one in rows)
    return {
        "name": name, "total": len(rows), "answerable": answerable, "answered": sum(one.answered for one in rows),
        "right": sum(one.right for one in rows), "unsupported": sum(bool(one.unsupported) for one in rows),
    }  # fmt: skip


def _case(one: Asked) -> dict[str, Any]:
    return {
        "template": one.made.template,
        "form": one.made.form,
        "corpus": one.corpus,
        "question": one.made.question,
        "as_of": one.made.as_of,
        "answerable": one.made.answerable,
        "expected": [str(value) for value in one.made.right],
        "right": one.right,
        "unsupported": list(one.unsupported),
        "status": one.reply.status,
        "short": one.reply.short,
        "text": one.reply.text,
        "notes": list(one.reply.notes),
        "error": one.reply.error,
        "milliseconds": round(one.reply.milliseconds, 1),
    }
