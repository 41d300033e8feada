"""Sentences of a document's body with what surrounds them: heading, lead of a list, cells of a table row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ingest.facts.localities import local_mentions, local_places
from ingest.facts.vocabulary import pattern
from ingest.german.dates import DateMention, find_dates
from ingest.german.persons import PersonMention, find_persons
from ingest.german.places import Place, PlaceMention, find_places
from ingest.german.quantities import Quantity, find_quantities
from ingest.german.sentences import BULLET, sentences
from ingest.types import Document, Section

_PAIR = re.compile(r"(?P<label>[^:;]{1,80}):\s(?P<value>(?:[^;]|;(?!\s[^:;]{1,80}:\s))*)(?:;\s|$)")
_BARE = re.compile(
    r"(?P<value>[A-ZÄÖÜa-zäöü][^:;.!?]{1,60});\s(?=[^:;]{1,80}:\s)"
)  # a row whose first column has no name
_CLAUSE = re.compile(r"[,;:–]\s|(?<!\d)\.\s|\s(?:und|sowie)\s(?=\S)")
_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = 1_000  # characters before a list that may say what it lists
LONGEST = 3_000  # characters; what is longer is a register or a run-together table, and no sentence
CONTEXT = 20_000  # characters of a document that help to tell places of one name apart


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row, as `label: value`; `start` is the offset of the value in the sentence."""

    label: str
    value: str
    start: int


@dataclass(frozen=True, eq=False)
class Scene:
    """The sentence `document.text[start:end]`; `before` precedes it.

    `lead` introduces the list that it belongs to, and stands at the end of the paragraph `announced`.
    """

    document: Document
    start: int
    end: int
    heading: str
    lead: str = ""
    before: Scene | None = None
    announced: str = ""

    @cached_property
    def text(self) -> str:
        """The sentence."""
        return self.document.text[self.start : self.end]

    @property
    def span(self) -> tuple[int, int]:
        """Where the sentence stands in the text of the document, the mark of a list item left out."""
        mark = BULLET.match(self.text)
        return (self.start + mark.end() - 1 if mark else self.start, self.end)

    @cached_property
    def is_heading(self) -> bool:
        """Whether the sentence is the title or a heading."""
        flat = " ".join(self.text.split()).rstrip(":")
        return flat in (self.heading, self.document.title)

    @cached_property
    def is_item(self) -> bool:
        """Whether the sentence is an item of a list."""
        return bool(BULLET.match(self.text))

    @cached_property
    def said(self) -> str:
        """What an item of a list says together with the lead of the list."""
        return f"{self.lead} {self.text}" if self.is_item else self.text

    @cached_property
    def follows(self) -> bool:
        """Whether the sentence goes on in the paragraph of the one before."""
        before = self.before
        return before is not None and "\n" not in self.document.text[before.end : self.start]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells, if the sentence is a row of a table: two at least."""
        if ": " not in self.text or ";" not in self.text:
            return ()
        head = _BARE.match(self.text)
        found = tuple(
            Cell(m["label"].strip(" –-"), m["value"].rstrip(". "), m.start("value")) for m in _PAIR.finditer(self.text)
        )
        whole = sum(len(cell.label) + len(cell.value) + 4 for cell in found)
        if head is not None:
            found = (Cell("", head["value"], 0), *(cell for cell in found if cell.start >= head.end()))
            whole = len(head.group()) + sum(len(cell.label) + len(cell.value) + 4 for cell in found[1:])
        return found if len(found) > 1 and whole >= len(self.text) - 6 else ()

    @cached_property
    def dates(self) -> list[DateMention]:
        """Dates of the sentence."""
        return find_dates(self.text)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Numbers of the sentence."""
        return find_quantities(self.text)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Places of the sentence, surnames left out; see `places_in`."""
        found = [m for m in places_in(self.text, self.document) if not any(_is_surname(m, p) for p in self.persons)]
        bodies = [m.span() for m in pattern("bodies", "learned").finditer(self.text)] if found else []
        return [m for m in found if not any(start < m.start < end for start, end in bodies)]

    @cached_property
    def persons(self) -> list[PersonMention]:
        """Persons of the sentence."""
        return find_persons(self.text)

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The stretch between commas, conjunctions and marks that holds a span of the sentence."""
        before = [m.end() for m in _CLAUSE.finditer(self.text, 0, start)]
        after = _CLAUSE.search(self.text, end)
        return (before[-1] if before else 0, after.start() if after else len(self.text))

    def cell_at(self, offset: int) -> Cell | None:
        """The cell whose value holds an offset of the sentence."""
        return next((c for c in self.cells if c.start <= offset < c.start + len(c.value) + 1), None)


def places_in(text: str, document: Document) -> list[PlaceMention]:
    """Places of a text: those of the gazetteer and those that only the document knows.

    A name that several places bear means the one that the document calls by its full name.
    """
    found = find_places(text, document.text[:CONTEXT])
    taken = {(mention.start, mention.end) for mention in found}
    local = [m for m in local_mentions(text, local_places(document)) if (m.start, m.end) not in taken]
    found = [m for m in found if not any(o.start <= m.start and m.end < o.end for o in local)]
    known = _told_apart(document)
    chosen = [replace(m, candidates=(known[m.name],)) if m.ambiguous and m.name in known else m for m in found]
    return sorted((*chosen, *local), key=lambda mention: mention.start)


def _is_surname(mention: PlaceMention, person: PersonMention) -> bool:
    """»Erika Wolkenstein« is a person, whatever towns are called so."""
    return person.start < mention.start and mention.end == person.end


@lru_cache(maxsize=64)
def _told_apart(document: Document) -> dict[str, Place]:
    """Names of several places, and the one that the document means: the first that it calls unambiguously."""
    found: dict[str, Place] = {}
    for mention in find_places(f"{document.title}\n{document.text[:CONTEXT]}"):
        if not mention.ambiguous and mention.role == "municipality" and mention.candidates[0].suffix:
            found.setdefault(mention.name, mention.candidates[0])
    return found


def running_sections(document: Document) -> list[Section]:
    """The body, and sentences with contact details in its midst; letterheads stand behind it."""
    last = max((s.end for s in document.sections if s.role == "body"), default=0)
    found = []
    for before, section in zip((None, *document.sections), document.sections, strict=False):
        inside = section.role == "contact" and (section.end <= last or _continues(document, before, section))
        if section.role == "body" or inside:
            found.append(section)
            last = max(last, section.end)
    return found


def _continues(document: Document, before: Section | None, section: Section) -> bool:
    """Whether a contact section is the end of the paragraph before it, or a paragraph under the same heading."""
    if before is None or before.end + 2 < section.start:
        return False
    same = before.heading is not None and before.heading == section.heading
    return same or "\n" not in document.text[before.end : section.start]


def _opens_list(before: Scene | None, scene: Scene) -> bool:
    """»2. Nicht gefördert werden« above items with another mark: an item that leads a list of its own."""
    if before is None or not (before.is_item and scene.is_item) or before.end + 2 < scene.start:
        return False
    marks = [BULLET.match(item.text) for item in (before, scene)]
    numbered = [mark.group()[:1].isdigit() for mark in marks if mark]
    return numbered == [True, False] and before.text[-1:] not in ".,;!?"


def contact_lines(document: Document) -> Iterator[Scene]:
    """The lines of contact details that stand by themselves, as sentences."""
    running = running_sections(document)
    for section in document.sections:
        if section.role == "contact" and section not in running:
            for match in _LINE.finditer(document.text, section.start, section.end):
                yield Scene(document, match.start(), match.end(), section.heading or "")


def _announces(before: Scene | None, scene: Scene) -> bool:
    """»2.2 Nicht gefördert werden« right above a list: a sentence that its items complete."""
    if before is None or before.is_item or before.cells or before.end + 2 < scene.start:
        return False
    return before.text.rstrip()[-1:].isalpha() and not before.is_heading


def scenes(document: Document) -> Iterator[Scene]:
    """The sentences of the body in reading order."""
    before: Scene | None = None
    lead = paragraph = ""
    for section in running_sections(document):
        for start, end in sentences(document.text[section.start : section.end]):
            if end - start > LONGEST:
                continue
            scene = Scene(document, section.start + start, section.start + end, section.heading or "", "", before)
            if _opens_list(before, scene) or (scene.is_item and not lead and _announces(before, scene)):
                lead = before.text if before is not None else ""
            if scene.is_item or scene.cells:
                announced = paragraph if lead else ""
                scene = Scene(document, scene.start, scene.end, scene.heading, lead, before, announced)
            else:
                lead = scene.text if scene.text.endswith(":") or scene.is_heading else ""
                paragraph = f"{paragraph} {scene.text}"[-_PARAGRAPH:] if scene.follows else scene.text
            yield scene
            before = scene
