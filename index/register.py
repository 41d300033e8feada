"""The register's part of the catalogue: statements of documents as rows, and the decisions of maintainers about them.

A quotation is cut out of the stored text by the database, so it is verbatim and never a copy of its own.
"""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args
from uuid import UUID, uuid5

import sqlalchemy as sa

from index.database import Database
from index.filters import day_span, publication_days
from index.rows import FULL_COLUMNS, Row, Summary, decisions, described, document_of, documents, facts
from index.statements import VISIBLE, answering, chunks, set_meta
from ingest.errors import DocumentNotFound, InputError
from ingest.facts.extract import extract, version
from ingest.facts.types import Fact, PlaceRef
from ingest.types import Document, PageSpan

Action = Literal["confirm", "correct", "hide", "source_wrong", "reset"]
ACTIONS: tuple[Action, ...] = get_args(Action)
_NAMESPACE = UUID("0f9d6c1e-6d0c-5b43-9a57-6f1f5be0a9d1")
_RULES = "facts"


@dataclass(frozen=True, slots=True)
class Source:
    """The document of a statement, without its text."""

    summary: Summary
    pages: tuple[PageSpan, ...]
    replaced_on: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as stored: its id, its verbatim sentence, and where it stands."""

    id: str
    fact: Fact
    quote: str
    source: Source

    @property
    def document_id(self) -> str:
        """The document that says it."""
        return self.source.summary.id

    @property
    def page(self) -> int | None:
        """The page on which the sentence begins, or None."""
        return next((p.page for p in self.source.pages if p.start <= self.fact.start < p.end), None)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a maintainer decided about a statement; `change` holds corrected fields; `decided` is ISO with time.

    `statement` describes what was decided about, to know it again when ids change with the rules.
    """

    document_id: str
    fact_id: str
    action: Action
    who: str
    decided: str
    note: str = ""
    change: Mapping[str, Any] = field(default_factory=dict)
    statement: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements are wanted; an empty field wants all. `as_of` is ISO: documents as on that day."""

    kinds: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    as_of: str | None = None


class RegisterStore:
    """Statements and decisions of one database. Safe to use from several threads.

    `reading_again` is told how far reading again has come (documents read, of so many), which may take minutes.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.reading_again: Callable[[int, int], None] | None = None
        self._one_reads_again = threading.Lock()

    def entries(self, wanted: Wanted = Wanted()) -> list[Entry]:
        """The statements of all documents that answer (on the day `as_of`), by document and reading order."""
        day = day_span(wanted.as_of)[1] if wanted.as_of else None
        query = _rows().where(answering(day)).order_by(documents.c.source, facts.c.document_id, facts.c.ordinal)
        conditions = ((facts.c.kind, wanted.kinds), (facts.c.measure, wanted.measures), (facts.c.ags, wanted.places))
        for column, values in (*conditions, (facts.c.document_id, wanted.documents)):
            if values:
                query = query.where(column.in_(sorted(values)))
        with self._database.reading(snapshot=True) as connection:
            rows = connection.execute(query).all()
            sources = _sources(connection, dict.fromkeys(row.document_id for row in rows))
        found = [_entry(row, sources[row.document_id]) for row in rows if row.document_id in sources]
        return [entry for entry in found if day is None or _known_on(entry, day)]

    def unlisted_places(self) -> frozenset[str]:
        """Names of the places that statements are about and that have no official key."""
        name = facts.c.body["place"]["name"].as_string()
        query = sa.select(name).select_from(facts.join(documents)).where(VISIBLE, facts.c.ags.is_(None)).distinct()
        with self._database.reading() as connection:
            return frozenset(filter(None, connection.scalars(query)))

    def entry(self, id: str) -> Entry:
        """One statement by its id or the unique beginning of it. Raises DocumentNotFound."""
        query = _rows().where(facts.c.id.startswith(id, autoescape=True), VISIBLE).limit(2)
        with self._database.reading(snapshot=True) as connection:
            rows = connection.execute(query).all() if id else []
            sources = _sources(connection, [row.document_id for row in rows])
        if len(rows) != 1:
            hint = "»auskunft facts« listet alle Angaben mit ihrer Kennung."
            raise DocumentNotFound(f"Es gibt keine (eindeutige) Angabe mit der Kennung »{id}«.", hint)
        return _entry(rows[0], sources[rows[0].document_id])

    def decisions(self) -> list[Decision]:
        """All decisions, oldest first."""
        with self._database.reading() as connection:
            return [_decision(row) for row in connection.execute(sa.select(decisions).order_by(decisions.c.number))]

    def decide(
        self, entry: Entry, action: Action, *, who: str, note: str = "", change: Mapping[str, Any] | None = None
    ) -> Decision:
        """Note a decision; the latest about a statement holds. Raises InputError."""
        if action not in ACTIONS:
            raise InputError(f"»{action}« ist keine Entscheidung.", f"Möglich sind: {', '.join(ACTIONS)}.")
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        decided = Decision(entry.document_id, entry.id, action, who, now, note, dict(change or {}), _statement(entry))
        with self._database.writing(new_generation=False) as connection:
            connection.execute(decisions.insert(), asdict(decided))
            _touch(connection, now)
        return decided

    @property
    def state(self) -> str:
        """A token that changes with every document, every decision and the rules."""
        return "/".join(self._database.meta(name) or "" for name in ("generation", "decisions", _RULES))

    def forget(self, ids: Iterable[str]) -> None:
        """Delete the decisions about documents that are forgotten, with what they quote."""
        with self._database.writing(new_generation=False) as connection:
            for chunk in chunks(ids):
                connection.execute(decisions.delete().where(decisions.c.document_id.in_(chunk)))

    def bring_up_to_date(self) -> bool:
        """Read all stored texts again if the rules have changed since; whether they had. Other threads wait."""
        if self._database.meta(_RULES) == version():
            return False
        with self._one_reads_again:
            if self._database.meta(_RULES) != version():
                self._read_again()
        return True

    def _read_again(self) -> None:
        """No new generation: the search index is made of the texts, which stay as they are."""
        with self._database.reading() as connection:
            ids = list(connection.scalars(sa.select(documents.c.id)))
        for number, id in enumerate(ids, start=1):
            with self._database.writing(new_generation=False) as connection:
                row = connection.execute(sa.select(*FULL_COLUMNS).where(documents.c.id == id)).one_or_none()
                if row is not None:
                    document = document_of(row)
                    store(connection, document, extract(document))
            if self.reading_again is not None:
                self.reading_again(number, len(ids))
        self._database.set_meta(_RULES, version())


def store(connection: sa.Connection, document: Document, found: Sequence[Fact]) -> None:
    """The statements of a document in place of former ones, inside the caller's transaction."""
    connection.execute(facts.delete().where(facts.c.document_id == document.id))
    seen: Counter[str] = Counter()
    rows = []
    for ordinal, fact in enumerate(found):
        content = "|".join(map(str, (fact.kind, fact.subject, fact.measure, fact.value, fact.unit, fact.period)))
        name = f"{document.id}|{content}|{document.text[fact.start : fact.end]}"
        seen[name] += 1
        rows.append(_row(str(uuid5(_NAMESPACE, f"{name}|{seen[name]}")), document.id, ordinal, fact))
    if rows:
        connection.execute(facts.insert(), rows)


def fact_of(body: Mapping[str, Any], start: int, end: int) -> Fact:
    """The statement of a stored row."""
    place, span = body.get("place"), body.get("as_of_range")
    fields = dict(body) | {
        "place": PlaceRef(**(place | {"candidates": tuple(place["candidates"])})) if place else None,
        "as_of_range": (span[0], span[1]) if span else None,
    }
    return Fact(start=start, end=end, **fields)


def _row(id: str, document_id: str, ordinal: int, fact: Fact) -> dict[str, Any]:
    body = {name: value for name, value in asdict(fact).items() if name not in ("start", "end")}
    return {
        "id": id, "document_id": document_id, "ordinal": ordinal, "kind": fact.kind, "measure": fact.measure,
        "ags": fact.place.ags if fact.place else None, "start": fact.start, "end": fact.end, "body": body,
    }  # fmt: skip


def _rows() -> sa.Select[Any]:
    quote = sa.func.substr(documents.c.text, facts.c.start + 1, facts.c.end - facts.c.start).label("quote")
    columns = (facts.c.id, facts.c.document_id, facts.c.start, facts.c.end, facts.c.body, quote)
    return sa.select(*columns).select_from(facts.join(documents))


def _entry(row: Row, source: Source) -> Entry:
    return Entry(row.id, fact_of(row.body, row.start, row.end), row.quote, source)


def _sources(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Source]:
    names = [column for column in FULL_COLUMNS if column.name not in ("text", "sections")]
    found: dict[str, Source] = {}
    for chunk in chunks(ids):
        for row in connection.execute(sa.select(*names).where(documents.c.id.in_(chunk))):
            pages = tuple(PageSpan(**page) for page in row.pages)
            summary = Summary(**described(row), characters=row.characters, passages=0)
            found[row.id] = Source(summary, pages, row.replaced_on)
    return found


def _known_on(entry: Entry, day: int) -> bool:
    """Whether one could have known a statement on a day: its document cannot be later."""
    latest = publication_days(entry.source.summary.published)[1]
    return latest is not None and latest <= day


def _statement(entry: Entry) -> dict[str, Any]:
    fact = entry.fact
    names = ("kind", "subject", "measure", "value", "unit", "period")
    return {name: getattr(fact, name) for name in names} | {"quote": entry.quote}


def _touch(connection: sa.Connection, now: str) -> None:
    number = connection.scalar(sa.select(sa.func.count()).select_from(decisions))
    set_meta(connection, "decisions", f"{number}/{now}")


def _decision(row: Row) -> Decision:
    return Decision(row.document_id, row.fact_id, row.action, row.who, row.decided, row.note, row.change, row.statement)
