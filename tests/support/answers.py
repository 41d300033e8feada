"""What holds for every answer, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.answers import Answer
from app.assistant import Assistant
from ingest.german.dates import format_german

SHORT = 200
_MARK = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def faults(assistant: Assistant, answer: Answer) -> list[str]:
    """Everything about an answer that breaks a promise of the contract."""
    found = [*_citation_faults(assistant, answer), *_mark_faults(answer)]
    if len(answer.short) > SHORT or not answer.short.strip():
        found.append(f"short has {len(answer.short)} characters")
    if answer.status == "no_evidence":
        if answer.citations or answer.figures:
            found.append("a refusal cites")
    elif answer.nearest:
        found.append("an answer shows what only comes near")
    elif not answer.citations:
        found.append("an answer without citation")
    else:
        found += [f"{number} of short is in no quote" for number in _unfounded(answer)]
    numbers = {c.number for c in answer.citations}
    found += [f"figure without citation: {f}" for f in answer.figures if f.citation not in numbers]
    return found


def marks(text: str) -> set[int]:
    """The n of all [n]."""
    return {int(number) for number in _MARK.findall(text)}


def _citation_faults(assistant: Assistant, answer: Answer) -> Iterator[str]:
    if [c.number for c in answer.citations] != list(range(1, len(answer.citations) + 1)):
        yield "citations are not numbered from 1"
    spans = [(c.document.id, c.start, c.end) for c in answer.citations]
    if len(set(spans)) < len(spans):
        yield "a span is cited twice"
    if len(answer.nearest) > 3:
        yield "more than three sentences come near"
    for row in (*answer.to_json()["citations"], *answer.to_json()["nearest"]):
        stored, _ = assistant.document(row["document_id"])
        if stored.text[row["start"] : row["end"]] != row["quote"] or not row["quote"].strip():
            yield f"[{row['number']}] is not the text at its offsets"


def _mark_faults(answer: Answer) -> Iterator[str]:
    numbers = {c.number for c in answer.citations}
    if marks(answer.text) != numbers:
        yield f"marks {sorted(marks(answer.text))} for citations {sorted(numbers)}"
    if not marks("\n".join(answer.notes)) <= numbers:
        yield "a note cites what is not cited"


def _unfounded(answer: Answer) -> list[str]:
    """Numbers of `short` in no quote, in no date of a cited document and in no computed figure."""
    known: set[str] = set()
    for citation in answer.citations:
        known |= set(_NUMBER.findall(citation.quote))
        published = citation.document.published
        days = [day for day in (published.date, *(published.range or ())) if day]
        known |= {number for day in days for number in _NUMBER.findall(f"{day} {format_german(day)}")}
    known |= {number for f in answer.figures if f.derived for number in _NUMBER.findall(f"{f.value} {f.derived}")}
    return [number for number in _NUMBER.findall(answer.short) if number not in known]
