"""Rows of the register made by hand: statements of documents that nobody had to read."""

from __future__ import annotations

from typing import Any

from app.register.rows import Row
from app.register.sources import Rank
from index.register import Decision, Entry, Source
from index.rows import Summary
from ingest.facts.types import Fact, PlaceRef
from ingest.types import PageSpan, Published, Validity

MUSTERAU = PlaceRef("Musterau", "14999001", "Musterkreis")
NEUSTADT = PlaceRef("Neustadt", "14999002", "Musterkreis")


def document(
    id: str, *, kind: str = "release", publisher: str = "Stadt Musterau", date: str | None = "2022-07-22", **more: Any
) -> Summary:
    """A document without its text."""
    fields: dict[str, Any] = {
        "source": f"{id}.md", "origin": f"test:{id}", "sha256": "0" * 64, "title": f"Meldung {id}", "language": "de",
        "url": None, "page_count": None, "status": "current", "replaces": None, "note": None, "validity": Validity(),
        "gaps": None, "characters": 100, "passages": 1,
    }  # fmt: skip
    published = Published(date, None, "stated" if date else "unknown")
    return Summary(id=id, kind=kind, publisher=publisher, published=published, **(fields | more))


def fact(kind: str = "figure", subject: str = "ASSKomm", measure: str = "prevention_councils", **more: Any) -> Fact:
    """A statement; unless said otherwise a count of councils as of a stated day."""
    fields: dict[str, Any] = {
        "value": 28, "unit": "Kommunen", "start": 0, "end": 10, "as_of": "2022-07-22", "as_of_basis": "stated",
    }  # fmt: skip
    return Fact(kind=kind, subject=subject, measure=measure, **(fields | more))  # type: ignore[arg-type]


def row(
    of: str | Summary = "a",
    *,
    id: str = "",
    quote: str = "So steht es in der Meldung.",
    decision: Decision | None = None,
    rank: Rank = "unknown",
    **more: Any,
) -> Row:
    """A row of the document `of`; its id says what it holds."""
    summary = document(of) if isinstance(of, str) else of
    made = fact(**more)
    name = id or f"{summary.id}:{made.kind}:{made.subject}:{made.measure}:{made.value}:{made.as_of}:{made.period}"
    entry = Entry(name, made, quote, Source(summary, (PageSpan(3, 0, 50),), None))
    return Row(entry, made, decision, rank=rank)


def member(of: str = "a", subject: str = "Musterau", value: str | None = "2021-06-25", **more: Any) -> Row:
    """A municipality that joined."""
    place = more.pop("place", PlaceRef(subject, f"14{abs(hash(subject)) % 10**6:06}", "Musterkreis"))
    fields: dict[str, Any] = {"as_of": value, "unit": "date", "place": place}
    return row(of, kind="member", subject=subject, measure="joined", value=value, **(fields | more))


def person(of: str | Summary, name: str, office: str, **more: Any) -> Row:
    """An office-holder."""
    return row(of, kind="person", subject=name, measure="office", value=office, unit=None, **more)


def decision(action: str, of: Row | None = None, **more: Any) -> Decision:
    """What a maintainer decided about a row."""
    entry = of.entry if of else None
    fields: dict[str, Any] = {
        "document_id": entry.document_id if entry else "a", "fact_id": entry.id if entry else "f", "who": "muster",
        "decided": "2024-01-02T03:04:05+00:00",
    }  # fmt: skip
    if entry is not None:
        said = {name: getattr(entry.fact, name) for name in ("kind", "subject", "measure", "value", "unit", "period")}
        fields["statement"] = said | {"quote": entry.quote}
    return Decision(action=action, **(fields | more))  # type: ignore[arg-type]
