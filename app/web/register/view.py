"""What the register's page shows for a query: the rows, how many of each kind, and what the filters offer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.assistant import Assistant
from app.register.conflicts import Conflict
from app.register.rows import Row
from app.register.same import is_other
from app.web.register.districts import District, district_name, district_of, districts
from app.web.register.query import CONFLICTS, Query
from app.web.register.words import attribute_words, folded, measure_label, measure_words, value_words
from app.web.strings import Strings
from ingest.facts.types import KINDS

PAGE_SIZE = 200
# Beyond that a list of measures is no help; the text filter finds the others.
_MOST_CHOICES = 60


@dataclass(frozen=True, slots=True)
class View:
    """Rows under all filters (`rows`), also superseded ones (`with_superseded`), and what stands around them.

    `newest` is the date of the newest document, `documents` their number; `counts` holds rows by kind.
    """

    query: Query
    rows: Sequence[Row]
    with_superseded: Sequence[Row]
    conflicts: Sequence[Conflict]
    counts: Counter[str]
    measures: Sequence[tuple[str, str]]
    districts: Sequence[District]
    places: Sequence[str]
    documents: int
    newest: str | None
    hidden: int

    @property
    def pages(self) -> int:
        """How many pages the rows fill."""
        return max(1, -(-len(self.rows) // PAGE_SIZE))

    @property
    def page(self) -> int:
        """The page that is shown."""
        return min(self.query.page, self.pages)

    @property
    def shown(self) -> Sequence[Row]:
        """The rows of the page."""
        return self.rows[(self.page - 1) * PAGE_SIZE : self.page * PAGE_SIZE]


def look(assistant: Assistant, query: Query, t: Strings) -> View:
    """Everything that the page tells. Rows about a place are found by any form of its name."""
    everything = assistant.facts(as_of=query.as_of, hidden=True)
    known = assistant.facts(place=query.place, as_of=query.as_of, hidden=True) if query.place else everything
    around = [row for row in known if (query.hidden or not row.hidden) and _matches(row, query, t)]
    listed = [row for row in around if query.superseded or not row.superseded]
    asked = [row for row in around if _asked(row, query)]
    state = assistant.state()
    conflicts = _conflicts(assistant, query, {row.id for row in known}, t)
    return View(
        query,
        _sorted([row for row in asked if query.superseded or not row.superseded], t),
        asked,
        [c for c in conflicts if query.measure in ("", *(row.fact.measure for row in c.statements))],
        Counter([row.fact.kind for row in listed] + [CONFLICTS] * len(conflicts)),
        _measures([row for row in around if query.kind in ("", row.fact.kind)], t),
        _districts(everything),
        sorted({row.fact.place.name for row in everything if row.fact.place}, key=folded),
        state.documents,
        state.newest,
        sum(row.hidden for row in known),
    )


def _matches(row: Row, query: Query, t: Strings) -> bool:
    if query.district:
        district = district_of(row)
        if district is None or district.key != query.district:
            return False
    words = query.text.casefold().split()
    return not words or _all_in(words, _haystack(row, t))


def _all_in(words: Sequence[str], text: str) -> bool:
    return all(word in text for word in words)


def _haystack(row: Row, t: Strings) -> str:
    fact, source = row.fact, row.entry.source.summary
    parts = [
        fact.subject, district_name(row), measure_words(fact, t), value_words(fact, t), fact.as_of or "",
        row.entry.quote, source.title, source.publisher, *(text for _, text in attribute_words(fact, t)),
    ]  # fmt: skip
    return "\n".join(parts).replace("\u00a0", " ").casefold()


def _asked(row: Row, query: Query) -> bool:
    kind = "" if query.kind == CONFLICTS else query.kind
    return kind in ("", row.fact.kind) and query.measure in ("", row.fact.measure)


def _sorted(rows: Iterable[Row], t: Strings) -> list[Row]:
    """By kind, then events newest first, figures by what they measure, all others by whom they are about."""
    newest_first = sorted(rows, key=lambda row: row.fact.as_of or (row.fact.as_of_range or ("",))[0], reverse=True)

    def key(row: Row) -> tuple[int, str, str]:
        fact = row.fact
        kind, subject, measure = KINDS.index(fact.kind), folded(fact.subject), folded(measure_words(fact, t))
        if fact.kind == "event":
            return kind, "", ""
        return (kind, measure, subject) if fact.kind in ("figure", "funding") else (kind, subject, measure)

    return sorted(newest_first, key=key)


def _measures(rows: Sequence[Row], t: Strings) -> list[tuple[str, str]]:
    """Measures to choose from with their words: those with a label first, then what occurs most."""
    found: dict[str, str] = {}
    for measure, _ in Counter(row.fact.measure for row in rows).most_common():
        if label := measure_label(measure, t):
            found[measure] = label
    for row in rows:
        if is_other(row.fact):
            found.setdefault(row.fact.measure, t("register_other_measure"))
        elif len(found) < _MOST_CHOICES:
            found.setdefault(row.fact.measure, measure_words(row.fact, t))
    return sorted(found.items(), key=lambda item: folded(item[1]))


def _districts(rows: Iterable[Row]) -> list[District]:
    keys = {district.key for row in rows if (district := district_of(row))}
    return sorted((districts()[key] for key in keys), key=lambda district: folded(district.name))


def _conflicts(assistant: Assistant, query: Query, known: set[str], t: Strings) -> list[Conflict]:
    """Contradictions among what the other filters leave: at least one of the statements must be asked for."""
    return [
        conflict
        for conflict in assistant.conflicts()
        if any(row.id in known and _matches(row, query, t) for row in conflict.statements)
    ]
