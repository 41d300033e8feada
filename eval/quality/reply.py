"""What an assistant said to a case, as the contract's JSON gives it: ours, a baseline's, or another program's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.german.sentences import sentences

_MARKS = re.compile(r"\s?\[(\d+)\]")
_QUOTATION = re.compile(r"[»„\"].*[«“\"](?:\s?\[\d+\])*(?: \([^()]*\))?$")
_BEHIND = re.compile(r"([.!?:;]?[«“”\"]?[.!?:;]?)((?:\s?\[\d+\])+)")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: code points `start` to `end` of the stored text of `document_id`."""

    number: int
    document_id: str
    source: str
    start: int
    end: int
    quote: str
    published: str | None = None
    published_range: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `error` is set where there was none: an exception is no zero. `nearest`: what a refusal
    shows to read. `derived`: computed figures with their inputs, in words. `score`: a baseline's own."""

    status: str
    short: str
    text: str
    notes: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    nearest: tuple[Cited, ...] = ()
    derived: tuple[str, ...] = ()
    as_of: str | None = None
    as_of_range: tuple[str, ...] = ()
    milliseconds: float = 0.0
    error: str = ""
    score: float = 0.0

    @property
    def refused(self) -> bool:
        """Whether the assistant said that it knows nothing."""
        return self.status == "no_evidence"

    @property
    def quoted(self) -> tuple[Cited, ...]:
        """All that is shown as a quotation."""
        return self.citations + self.nearest

    def cited(self, number: int) -> Cited | None:
        """The citation with that mark."""
        return next((citation for citation in self.citations if citation.number == number), None)

    def noted(self) -> set[int]:
        """Numbers of the marks in notes."""
        return {int(number) for note in self.notes for number in _MARKS.findall(note)}

    def statements(self) -> list[tuple[str, tuple[int, ...]]]:
        """Sentences of the text with the numbers of their marks; a quotation is one statement, however long it is."""
        found: list[tuple[str, tuple[int, ...]]] = []
        for line in filter(None, map(str.strip, self.text.splitlines())):
            marked = line if _QUOTATION.match(line) else _BEHIND.sub(r"\2\1", line)
            spans = [(0, len(marked))] if marked is line else sentences(marked)
            parts = (marked[start:end] for start, end in spans)
            found += [(_MARKS.sub("", part).strip(), tuple(int(n) for n in _MARKS.findall(part))) for part in parts]
        return found


def from_json(answer: Mapping[str, Any]) -> Reply:
    """A reply from the answer object of the contract."""
    return Reply(
        status=answer["status"],
        short=answer["short"],
        text=answer["text"],
        notes=tuple(answer["notes"]),
        citations=tuple(map(_cited, answer["citations"])),
        nearest=tuple(map(_cited, answer.get("nearest", ()))),
        derived=tuple(_computed(figure) for figure in answer["figures"] if figure["derived"]),
        as_of=answer["as_of"],
        as_of_range=tuple(answer["as_of_range"] or ()),
        milliseconds=float(answer["timings_ms"].get("total", 0.0)),
    )


def _cited(c: Mapping[str, Any]) -> Cited:
    period = tuple(c["published_range"] or ())
    return Cited(
        c["number"], c["document_id"], c["source"], c["start"], c["end"], c["quote"], c["published"], period
    )  # fmt: skip


def _computed(figure: Mapping[str, Any]) -> str:
    """A computed figure in German words, with its inputs."""
    return f"{str(figure['value']).replace('.', ',')} {figure['unit']}; {figure['derived']}"


def failed(error: BaseException) -> Reply:
    """The reply of an assistant that raised instead of answering."""
    return Reply("error", "", "", error=f"{type(error).__name__}: {error}")
