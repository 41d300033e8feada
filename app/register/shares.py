"""Shares that documents give as the answer to one question, and that differ (»ein Drittel« against »45 Prozent«).

Such a figure has no measure of its own: two sentences ask the same if they share most of their words, name one place
and were published within weeks of each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from app.register.amounts import Interval, disjoint, interval_of
from app.register.found import Found, contradict
from app.register.rows import Row
from app.register.same import Key, is_other, subject_key, words_of
from index import lexical
from ingest.german.quantities import find_quantities

PERCENT, SHARE = "Prozent", "Anteil"
# Words without figures that both sentences have, and their part of the shorter one.
SHARED_WORDS, SHARED_PART = 4, 0.6
DAYS_APART = 31
_DAY = len("2021-11-15")


def different_shares(rows: Iterable[Row]) -> Iterator[Found]:
    """Two shares of one question that cannot both be right, a pair each."""
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        fact = row.fact
        if fact.kind == "figure" and is_other(fact) and fact.unit in (PERCENT, SHARE) and fact.place is not None:
            groups[subject_key(fact)].append(row)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if contradict(one, other) and _near(one, other) and _one_question(one, other) and _differ(one, other):
                yield Found("value", (one, other), "Auf dieselbe Frage nennen die Dokumente verschiedene Anteile")


def _near(one: Row, other: Row) -> bool:
    days = [row.entry.source.summary.published.date or "" for row in (one, other)]
    if any(len(day) != _DAY for day in days):
        return False
    return abs((date.fromisoformat(days[0]) - date.fromisoformat(days[1])).days) <= DAYS_APART


def _one_question(one: Row, other: Row) -> bool:
    a, b = _asked(one), _asked(other)
    shared = len(a & b)
    return shared >= SHARED_WORDS and shared >= SHARED_PART * min(len(a), len(b))


def _asked(row: Row) -> frozenset[str]:
    """The words of a sentence without the share itself."""
    quote = row.entry.quote
    shares = (quote[found.start : found.end] for found in find_quantities(quote))
    return words_of(row) - {stem for share in shares for stem in lexical.terms(share)}


def _differ(one: Row, other: Row) -> bool:
    spans = [_in_percent(row) for row in (one, other)]
    return spans[0] is not None and spans[1] is not None and disjoint(spans[0], spans[1])


def _in_percent(row: Row) -> Interval | None:
    span = interval_of(row)
    factor = 100 if row.fact.unit == SHARE else 1
    return (span[0] * factor, span[1] * factor) if span is not None else None
