"""What a question asks the register for. Patterns: `app/data/asked.toml`.

Sure means: every word of content is explained by what is recognised. A word more asks for more than a row says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from app.answering.question import Question, Term, compiled
from app.answering.register.statements import Rows, Statements
from app.answering.remembered import once
from app.data import load
from app.register.rows import Row
from app.register.same import plain
from app.register.time import Span, span_of
from ingest.data import load as load_rules
from ingest.facts.programmes import short_title, spelt_out
from ingest.facts.types import FactKind
from ingest.german.places import Place, all_places

FIRST, LAST = 0, 99991231
NAMING = 12  # documents that are asked for the full name of the programme
MOST = 0.6  # of the rows on one measure bear the name of the programme that a collection is about


@dataclass(frozen=True)
class Asked:
    """One question to the register: `names` are those of the programme, `documents` is the size of the collection."""

    question: Question
    statements: Statements
    names: tuple[str, ...]
    documents: int
    as_of: str | None = None

    @property
    def language(self) -> str:
        """Language of the answer."""
        return self.question.language

    def says(self, pattern: str) -> bool:
        """Whether the question itself, without what a follow-up took over, has a pattern."""
        return bool(compiled(pattern).search(self.question.own))

    def counts(self, nouns: str) -> bool:
        """Whether »wie viele« stands before one of these nouns."""
        return self.says(rf"\b{words()['count']}(?:{nouns})")

    def open_words(self, *explaining: str) -> list[str]:
        """The content words of the question that none of these patterns (for the beginning of a word) explains."""
        patterns = [compiled(rf"(?:{pattern})") for pattern in (words()["explains"], *explaining) if pattern]
        landscape = self.landscape
        return [
            term.text
            for term in self.question.terms
            if _has_content(term)
            and not any(pattern.match(term.text) for pattern in patterns)
            and term.text != landscape
        ]

    def only(self, *explaining: str, subject: str = "") -> bool:
        """Whether nothing is left open; words of the `subject` of the rows that answer are explained, too."""
        named = {form for word in plain(subject).split() for form in (word, f"{word}s")}
        return not [word for word in self.open_words(*explaining) if not set(plain(word).split()) <= named]

    @once
    def towns(self) -> tuple[tuple[Place, ...], ...]:
        """The municipalities that the question names, each with the places that the name may mean."""
        return tuple(m.candidates for m in self.question.places if m.role == "municipality")

    @once
    def district(self) -> str:
        """The key of the district that the question names, also by its landscape (»im Vogtland«), or ""."""
        named = [m.candidates[0].ags for m in self.question.places if m.role == "district"]
        return named[0] if len(named) == 1 else _districts().get(self.landscape, "")

    @once
    def landscape(self) -> str:
        """The landscape that the question names instead of a district, or ""."""
        named = [term.text for term in self.question.terms if term.text in _districts()]
        return named[0] if named and not self.question.places else ""

    @property
    def place(self) -> tuple[Place, ...]:
        """What the only place of the question may be: towns of one name, or a district."""
        mentions = self.question.places
        return mentions[0].candidates if len(mentions) == 1 and mentions[0].role != "body" else ()

    def of_place(self, kinds: Sequence[FactKind], measures: Sequence[str] = ()) -> tuple[str, Rows]:
        """The only place that the question names, also one that no gazetteer knows, and the rows about it."""
        if self.question.places:
            keys = [place.ags for place in self.place]
            rows = self.statements.rows(kinds, measures=measures, places=keys, as_of=self.as_of) if keys else ()
            return (rows[0].fact.subject if rows else ""), rows
        known = self._local(kinds, measures)
        asked = f" {plain(self.question.text)} "
        named = [name for name in known if f" {name} " in asked or f" {name}s " in asked]
        whole = [name for name in named if not any(name != other and name in other for other in named)]
        if len(whole) != 1:
            return "", ()
        return known[whole[0]][0].fact.subject, tuple(known[whole[0]])

    def _local(self, kinds: Sequence[FactKind], measures: Sequence[str]) -> Mapping[str, list[Row]]:
        """The rows about places without an official key, by the name of the place."""

        def made() -> dict[str, list[Row]]:
            found: dict[str, list[Row]] = {}
            for row in self.statements.rows(kinds, measures=measures, as_of=self.as_of):
                place = row.fact.place
                if place is not None and place.ags is None and not place.candidates:
                    found.setdefault(plain(place.name), []).append(row)
            return found

        key = ("local", tuple(kinds), tuple(measures), self.as_of)
        local: Mapping[str, list[Row]] = self.statements.worked_out(key, made)
        return local

    @property
    def elsewhere(self) -> bool:
        """Whether the question names places that are neither towns nor districts."""
        return any(mention.role == "body" for mention in self.question.places)

    @once
    def days(self) -> Span | None:
        """The days that the question names; all days where it names none, None where that is not clear."""
        dates = self.question.dates
        if any(mention.year is None for mention in dates):
            return None
        if not dates:
            return (FIRST, LAST)
        first, last = min(mention.first for mention in dates), max(mention.last for mention in dates)
        return int(first.strftime("%Y%m%d")), int(last.strftime("%Y%m%d"))

    @once
    def period(self) -> Span | None:
        """The days that it asks about: »seit 2021« goes on to this day, »vor 2021« ends before."""
        if self.days is None or len(self.question.dates) != 1:
            return self.days
        first, last = self.days
        ends = {"since": (first, LAST), "until": (FIRST, last), "after": (last + 1, LAST), "before": (FIRST, first - 1)}
        return next((end for name, end in ends.items() if self.says(words()["period"][name])), self.days)

    @property
    def open_ended(self) -> bool:
        """Whether the period goes on to this day: what is counted since a day is no state of a day."""
        return self.dated and self.period is not None and self.period[1] == LAST

    @property
    def dated(self) -> bool:
        """Whether the question names a day or period."""
        return bool(self.question.dates)

    def of_programme(self, rows: Iterable[Row]) -> Rows:
        """The rows about the programme as a whole: under its name, else under the name that most of them bear.

        A report that names nobody speaks of the same programme; its rows bear its title.
        """
        free = [row for row in rows if row.fact.place is None]
        own = [row for row in free if any(name in row.fact.subject for name in self.names)]
        if own or not free:
            return tuple(own)
        named = Counter(plain(row.fact.subject) for row in free if not _bears_title(row))
        name, number = named.most_common(1)[0] if named else (plain(free[0].fact.subject), len(free))
        if number < MOST * named.total():
            return ()
        return tuple(row for row in free if plain(row.fact.subject) == name or (named and _bears_title(row)))

    def names_of(self, rows: Rows) -> str:
        """The subjects of rows on one measure, with the full names that their documents give for them."""
        one_each = {row.entry.document_id: row for row in rows}.values()
        spelt = (name for row in islice(one_each, NAMING) for name in spelt_out(self.statements.document(row)))
        return " ".join(dict.fromkeys((*(row.fact.subject for row in rows), *spelt)))


def _bears_title(row: Row) -> bool:
    return row.fact.subject == short_title(row.entry.source.summary.title)


def within(row: Row, period: Span) -> bool:
    """Whether a row certainly holds for a day of a period."""
    if period == (FIRST, LAST):
        return True
    span = span_of(row.fact)
    return span is not None and period[0] <= span[0] and span[1] <= period[1]


def words() -> Mapping[str, Any]:
    """The vocabulary of questions to the register."""
    return load("asked")


def blocked(question: Question) -> bool:
    """Whether a word makes of the question one that no row answers."""
    return bool(compiled(words()["blocked"]).search(question.own))


def _has_content(term: Term) -> bool:
    return not term.light and not term.context and not term.text.isdigit()


@cache
def _districts() -> dict[str, str]:
    """Landscape → key of the district it lies in."""
    keys = {place.name: place.ags for place in all_places() if place.kind == "Landkreis"}
    context: dict[str, str] = load_rules("places")["context"]
    return {word: keys[name] for word, name in context.items() if name in keys and re.fullmatch(r"\w+", word)}
