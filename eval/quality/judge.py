"""Judges one reply to one case: is it right, is it cited, does the cited passage hold what is said?

Strict: all expected values, no value of their type besides, nothing that is named as wrong, an allowed status. A
citation holds a statement if every number, amount, date and name of the statement stands in the cited words (or is the
date of the cited document, or marked as computed).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.quality.cases import Case, Value
from eval.quality.matching import content, holds, surplus
from eval.quality.reply import Cited, Reply
from index.lexical import analyse
from ingest.german.dates import find_dates, parse_period
from ingest.german.persons import find_persons
from ingest.german.quantities import find_quantities

# Answers that are one value: a second one of the same type is a fault. Others may tell more.
ONE_VALUE = frozenset(("figure", "amount", "date", "person", "place", "count", "as-of"))
Spans = Mapping[str, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Stored:
    """What the assistant keeps: texts by document id, ids and publication dates by file name."""

    texts: Mapping[str, str]
    published: Mapping[str, str | None]
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is right and wrong about one reply; `faults` says it in words.

    `statements`: checkable ones; `cited`: those of them whose citations hold them; `citations` and `holding`: marks in
    the text and those of them whose passage holds what is said; `offsets`: citations that are verbatim.
    """

    case: Case
    reply: Reply
    faults: tuple[str, ...]
    right_document: bool
    right_passage: bool
    near_passage: bool
    statements: int
    cited: int
    citations: int
    holding: int
    verbatim: int
    stale: bool
    unsupported: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with what is said."""
        return not self.faults

    @property
    def crag(self) -> int:
        """+1 right, 0 nothing said, -1 wrong (after the CRAG benchmark of 2024)."""
        if self.right:
            return 1
        return 0 if self.reply.refused or self.reply.error else -1


def judge(case: Case, reply: Reply, stored: Stored, evidence: Spans) -> Judgement:
    """Judge `reply`; `evidence` holds the spans of the case's passages by file name."""
    checked = _statements(reply) if not reply.refused else []
    marks = [mark for one in checked for mark in one.marks]
    return Judgement(
        case,
        reply,
        faults=tuple(_faults(case, reply)),
        right_document=any(citation.source in evidence for citation in reply.citations),
        right_passage=any(_overlaps(citation, evidence) for citation in reply.citations),
        near_passage=any(_overlaps(citation, evidence) for citation in reply.nearest),
        statements=sum(one.checkable for one in checked),
        cited=sum(one.checkable and not one.missing for one in checked),
        citations=len(marks),
        holding=sum(marks),
        verbatim=sum(stored.texts.get(c.document_id, "")[c.start : c.end] == c.quote for c in reply.quoted),
        stale=_stale(case, reply, stored),
        unsupported=tuple(word for one in checked for word in one.unsupported),
    )


def _faults(case: Case, reply: Reply) -> Iterable[str]:
    if reply.error:
        yield f"Fehler: {reply.error}"
        return
    if reply.status not in case.statuses:
        yield f"Status {reply.status} statt {' oder '.join(sorted(case.statuses))}"
    if reply.refused:
        return
    said = f"{reply.short}\n{reply.text}"
    for value in case.expected:
        if not holds(reply.short if value.type == "truth" else said, value):
            yield f"fehlt: {value}"
    for value in case.wrong:
        if holds(reply.short, value):
            yield f"falsch: {value}"
    if case.kind in ONE_VALUE and case.expected:
        allowed = (*case.expected, *case.also)
        types = {value.type for value in case.expected}
        for word in surplus(reply.short, types, allowed, _days(reply)):
            yield f"zu viel: {word}"


def _days(reply: Reply) -> list[str]:
    """Dates that may stand beside a value: when the answer holds, and when its sources were published."""
    days = [reply.as_of, *reply.as_of_range]
    for citation in reply.citations:
        days += [citation.published, *citation.published_range]
    return [day for day in days if day]


def _overlaps(citation: Cited, evidence: Spans) -> bool:
    spans = evidence.get(citation.source, ())
    return any(citation.start < end and start < citation.end for start, end in spans)


def _stale(case: Case, reply: Reply, stored: Stored) -> bool:
    """Whether the short answer gives a value named as wrong from a document that is older than the newest right one."""
    right = [stored.published.get(evidence.source) or "" for evidence in case.evidence]
    outdated = [c for c in reply.citations if c.published and c.published < max(right, default="")]
    given = [value for value in case.wrong if case.answerable and holds(reply.short, value)]
    return any(holds(citation.quote, value) for citation in outdated for value in given)


@dataclass(frozen=True, slots=True)
class _Checked:
    checkable: bool
    marks: tuple[bool, ...]
    missing: tuple[str, ...]
    unsupported: tuple[str, ...]


def _statements(reply: Reply) -> list[_Checked]:
    """All statements. The marks of what only points to the notes (»Weitere Angaben: [2] [3]«) are not judged there."""
    said = [(text, marks, values_of(text)) for text, marks in reply.statements()]
    valued = {mark for _, marks, values in said for mark in marks if values} | reply.noted()
    return [_checked(t, [m for m in marks if values or m not in valued], reply) for t, marks, values in said]


def _checked(text: str, marks: Sequence[int], reply: Reply) -> _Checked:
    """One statement against the passages of its marks, and against all cited passages."""
    wanted = values_of(text)
    own = [citation for citation in map(reply.cited, marks) if citation is not None]
    dates = [value for value in wanted if value.type == "date"]
    catalogue = not own and len(dates) == len(wanted) and all(is_catalogue(value, reply) for value in dates)
    missing = tuple(str(value) for value in wanted if not held(value, own, reply))
    unheld = [v for v in wanted if not held(v, reply.citations, reply) and not is_catalogue(v, reply)]
    return _Checked(
        checkable=bool(wanted) and not catalogue,
        marks=tuple(mark is not None and _supports(wanted, text, mark) for mark in map(reply.cited, marks)),
        missing=missing,
        unsupported=tuple(map(str, unheld)),
    )


def values_of(text: str) -> list[Value]:
    """Numbers, amounts, dates and persons of a statement, as values to look for."""
    values = [
        Value("money" if quantity.kind == "money" else "number", quantity.number) for quantity in find_quantities(text)
    ]
    values += [Value("date", mention.iso) for mention in find_dates(text)]
    return values + [Value("name", any=(person.name,)) for person in find_persons(text)]


def held(value: Value, citations: Sequence[Cited], reply: Reply) -> bool:
    """Whether one of the citations holds a value, is dated so, or the value is marked as computed."""
    if any(holds(citation.quote, value) for citation in citations):
        return True
    if value.type == "date" and any(_same_day(str(value.value), citation.published) for citation in citations):
        return True
    return any(holds(computed, value) for computed in reply.derived)


def _supports(wanted: Sequence[Value], text: str, citation: Cited) -> bool:
    """A mark is right if its passage holds one of the values; in a statement without values, half of its words."""
    if wanted:
        return any(held(value, [citation], Reply("", "", "")) for value in wanted)
    words = content(text)
    return len(words & set(analyse(citation.quote))) * 2 >= len(words)


def is_catalogue(value: Value, reply: Reply) -> bool:
    """Whether a date is one that the catalogue knows: of a source, or the day the whole answer holds for."""
    return value.type == "date" and any(_same_day(str(value.value), day) for day in _days(reply))


def _same_day(one: str, other: str | None) -> bool:
    if other is None or one.startswith("--"):
        return False
    first, second = parse_period(one), parse_period(other)
    return bool(first and second and (first[0] <= second[0] <= second[1] <= first[1] or first == second))
