"""Whom to turn to: numbers and addresses of contact sections, and web addresses that the text sends readers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.moments import published
from ingest.facts.offices import bare_name
from ingest.facts.programmes import programme_of
from ingest.facts.scenes import Scene, running_sections
from ingest.facts.statements import statement
from ingest.facts.subjects import places_of
from ingest.facts.types import Fact, Subject
from ingest.facts.vocabulary import has, pattern
from ingest.german.persons import find_persons
from ingest.types import Document

_LINE = re.compile(r"[^\n]+")


def contacts(document: Document, found: Sequence[Scene]) -> Iterator[Fact]:
    """The contacts of a document, each once."""
    seen: set[tuple[str, str]] = set()
    for fact in (*_of_blocks(document), *_of_sentences(document, found)):
        key = (fact.measure, str(fact.value))
        if key not in seen:
            seen.add(key)
            yield fact


def _of_blocks(document: Document) -> Iterator[Fact]:
    """Contact sections, line by line; a name above belongs to the numbers below it."""
    running = running_sections(document)
    for section in document.sections:
        if section.role != "contact" or section in running:
            continue
        owner = document.publisher
        for line in _LINE.finditer(document.text, section.start, section.end):
            persons = find_persons(line.group())
            owner = persons[0].name if persons else owner
            yield from _of_line(document, line.group(), line.start(), owner)


def _of_sentences(document: Document, found: Sequence[Scene]) -> Iterator[Fact]:
    """»Weitere Informationen unter …« in the running text."""
    towns = places_of(document)
    programme = programme_of(document).name
    bodies = [s for s in document.sections if s.role == "body"]
    for scene in found:
        if has(scene.text, "contacts", "turn_to") or scene.document.section_at(scene.start) not in bodies:
            local = len(towns) == 1 and has(scene.text, "contacts", "town")
            owner = towns[0].name if local else programme
            body = pattern("contacts", "owner").search(scene.text)
            named = bare_name(scene.persons[0].name) if scene.persons else body["name"] if body else owner
            yield from _of_line(document, scene.text, scene.start, named, whole=scene.span)


def _of_line(
    document: Document, text: str, start: int, owner: str, whole: tuple[int, int] | None = None
) -> Iterator[Fact]:
    if text.lstrip().startswith("*"):
        return  # a footnote of the letterhead
    rest = text
    for measure in ("address", "mail", "web", "phone"):
        for match in pattern("contacts", measure).finditer(rest):
            name = "fax" if measure == "phone" and has(text[: match.start()], "contacts", "fax") else measure
            yield _contact(document, name, match.group().strip(), owner, whole or (start, start + len(text)))
            rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]


def _contact(document: Document, measure: str, value: str, owner: str, span: tuple[int, int]) -> Fact:
    return statement("contact", Subject(owner), published(document), span, measure=measure, value=value, rule="contact")
