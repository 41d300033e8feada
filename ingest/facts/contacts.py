"""Whom to turn to: numbers and addresses of contact sections, and addresses that the text sends readers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.moments import published
from ingest.facts.offices import bare_name
from ingest.facts.owners import home_of, owner_in, publisher_of, publisher_of_host, town_of_host, with_town
from ingest.facts.programmes import calls_programme, programme_of
from ingest.facts.scenes import Scene, running_sections
from ingest.facts.statements import statement
from ingest.facts.types import Fact, Subject
from ingest.facts.vocabulary import has, pattern
from ingest.types import Document

_LINE = re.compile(r"[^\n]+(?:\n+(?=(?:D-)?\d{5}\s)[^\n]+)?")  # a street together with the town below it
_POSTCODE = re.compile(r"\b\d{5} ")
_BREAK = re.compile(r"\s*\n\s*|\s+[|·•]\s+")
_MEASURES = ("address", "mail", "web", "phone")


def contacts(document: Document, found: Sequence[Scene]) -> Iterator[Fact]:
    """The contacts of a document, each once."""
    seen: set[tuple[str, str]] = set()
    for fact in (*_of_blocks(document), *_of_sentences(document, found)):
        key = (fact.measure, str(fact.value))
        if key not in seen:
            seen.add(key)
            yield fact


def _of_blocks(document: Document) -> Iterator[Fact]:
    """Contact sections, line by line; whoever is named above has the numbers below."""
    running = running_sections(document)
    for section in document.sections:
        if section.role != "contact" or section in running:
            continue
        owner = publisher = publisher_of(document)
        for line in _LINE.finditer(document.text, section.start, section.end):
            text = line.group()
            if has(text, "contacts", "of_publisher"):
                owner = publisher
            yield from _of_text(document, text, owner, publisher, line.span())
            owner = owner_in(text, document, publisher) or owner


def _of_sentences(document: Document, found: Sequence[Scene]) -> Iterator[Fact]:
    """»Weitere Informationen unter …« in the running text."""
    bodies = [s for s in document.sections if s.role == "body"]
    for scene in found:
        asked = has(scene.text, "contacts", "turn_to") or has(scene.heading, "contacts", "headings")
        asked = asked or _is_address(scene) or has(scene.text, "contacts", "line")
        if asked or document.section_at(scene.start) not in bodies:
            owner = _referred(scene) if has(scene.text, "contacts", "pronoun") else None
            own = has(scene.text, "contacts", "we")
            speaker = publisher_of(document) if own else programme_of(document)
            yield from _of_text(document, scene.text, owner, speaker, scene.span)


def _is_address(scene: Scene) -> bool:
    """A postal address with its town in a sentence that tells of no event there."""
    match = pattern("contacts", "address").search(scene.text)
    whole = match is not None and _POSTCODE.search(match.group())
    return bool(whole) and not scene.dates and not has(scene.text, "contacts", "venue")


def _referred(scene: Scene) -> Subject | None:
    """»Sie ist unter … zu erreichen«: the only person of the sentence before, else somebody of the town that writes."""
    persons = scene.before.persons if scene.before is not None and scene.follows else []
    return Subject(bare_name(persons[0].name)) if len(persons) == 1 else home_of(scene.document)


def _of_text(
    document: Document, text: str, owner: Subject | None, speaker: Subject, span: tuple[int, int]
) -> Iterator[Fact]:
    """The contacts of a line or sentence, each of who is named between it and the one before."""
    if text.lstrip().startswith("*"):
        return  # a footnote of the letterhead
    position = 0
    for measure, match in _details(text):
        value = _BREAK.sub(", ", match.group().strip())
        between = text[position : match.start()]
        owner = (
            owner_in(between, document, speaker) or (_programme_in(between, document) if position else None) or owner
        )
        whose = owner or town_of_host(value, document) or publisher_of_host(value, document) or speaker
        yield statement(
            "contact",
            with_town(whose, value, document) if owner else whose,
            published(document),
            span,
            measure=measure,
            value=value,
            rule="contact",
        )
        position = match.end()


def _programme_in(text: str, document: Document) -> Subject | None:
    """»…, Näheres zum Verbund unter …«: the programme, where that is its name."""
    return programme_of(document) if calls_programme(text, document) else None


def _details(text: str) -> list[tuple[str, re.Match[str]]]:
    """Numbers and addresses in reading order; what is part of one is none of its own."""
    found: list[tuple[str, re.Match[str]]] = []
    for measure in _MEASURES:
        for match in pattern("contacts", measure).finditer(text):
            if any(other.start() < match.end() and match.start() < other.end() for _, other in found):
                continue
            fax = measure == "phone" and has(text[: match.start()], "contacts", "fax")
            found.append(("fax" if fax else measure, match))
    return sorted(found, key=lambda detail: detail[1].start())
