"""All statements of a document."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.facts import data
from ingest.facts.conditions import is_about_conditions
from ingest.facts.contacts import contacts
from ingest.facts.events import events
from ingest.facts.figures import figures
from ingest.facts.funding import funding
from ingest.facts.implied import implied
from ingest.facts.measures import OTHER
from ingest.facts.members import memberships
from ingest.facts.offerings import offerings
from ingest.facts.people import people
from ingest.facts.programmes import is_regulation, mentions_programme
from ingest.facts.scenes import Scene, contact_lines, scenes
from ingest.facts.types import Fact
from ingest.facts.vocabulary import has
from ingest.types import Document

# Raised whenever a change of the rules gives other statements: kept ones are then made again.
_RULES = "8"


def version() -> str:
    """Names rules and vocabulary: under another version the same text may give other statements."""
    return f"{_RULES}/{data.fingerprint()}"


def extract(document: Document) -> tuple[Fact, ...]:
    """The statements of a document in reading order; the same statement only once."""
    about, rules = mentions_programme(document), is_regulation(document)
    if rules and not about and not is_about_conditions(document):
        return ()  # a law on something else
    found = list(scenes(document))
    rows = [*_numbers(found, document), *people(found, list(contact_lines(document))), *contacts(document, found)]
    if about or (not rules and has(document.text, "joined", "context")):  # other texts speak of other unions
        rows += memberships(found)
    if about or not rules:  # laws tell nothing of what is offered and who met
        rows += [*offerings(found), *events(found)]
    if about:
        rows += [*implied(rows)]
    return tuple(sorted(rows, key=lambda fact: (fact.start, fact.end)))


def _is_limit(fact: Fact, document: Document) -> bool:
    """»Gemeinden unter 5.000 Einwohnern« in a guideline: whom it is for, no population."""
    return fact.measure == "population" and is_about_conditions(document)


def _numbers(found: Iterable[Scene], document: Document) -> Iterable[Fact]:
    """Figures and funding; a number of the one is none of the other. What stands in the text beats the title."""
    rows: dict[tuple[object, ...], Fact] = {}
    headed: dict[tuple[object, ...], Fact] = {}
    for scene in found:
        grants = list(funding(scene))
        taken = {fact.value for fact in grants if fact.value is not None}
        counts = [fact for fact in figures(scene) if fact.value not in taken and not _is_limit(fact, document)]
        for fact in (*grants, *counts):
            (headed if scene.is_heading else rows).setdefault(_key(fact), fact)
    said = {_counted(fact) for fact in rows.values()}
    return [*rows.values(), *(fact for fact in headed.values() if _counted(fact) not in said)]


def _counted(fact: Fact) -> tuple[object, ...]:
    """What the title and the text say of the same: »acht Modellkommunen« above, »acht Städte« below."""
    unit = "towns" if has(fact.unit or "", "containers", "units") else (fact.unit or "")[:6]
    return (fact.kind, fact.value, unit)


def _key(fact: Fact) -> tuple[object, ...]:
    """What makes two numbers of a document the same statement."""
    counted = fact.measure if fact.measure != OTHER else (fact.unit or "").casefold()[:6]
    rest = fact.attributes.get("wording") if fact.value is None or fact.unit in ("Prozent", "Anteil") else None
    return (fact.kind, fact.subject, counted, fact.value, fact.as_of, fact.as_of_range, rest)
