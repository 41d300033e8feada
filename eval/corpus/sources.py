"""The sources of the sample corpus: YAML front matter, then Markdown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

SAMPLE = Path(__file__).parents[1] / "sample"
NOTE = "Nacherzählung, keine amtliche Veröffentlichung"
PUBLIC_KEYS = ("title", "date", "kind", "publisher", "note", "based_on", "based_on_publisher", "language")
REQUIRED_KEYS = {*PUBLIC_KEYS, "format"} - {"date"}
# Beside the date, what only one renderer reads: related (html), layout (txt), the rest (pdf).
OPTIONAL_KEYS = {"date", "related", "layout", "hyphens", "font_size", "page_one_lines"}
KINDS = ("release", "programme", "page", "report", "newsletter", "media")
FORMATS = ("md", "txt", "html", "pdf")
SECTIONS = {
    "release": "Meldungen",
    "programme": "Förderung",
    "report": "Berichte",
    "newsletter": "Newsletter",
}
ADDRESS_MARK = "{{Hausanschrift}}"

# 030 23125 000 to 999 is a block of numbers that the German regulator keeps for fiction.
CONTACT = (
    "Ihr Ansprechpartner",
    "Redaktion Auskunft",
    "",
    "Durchwahl",
    "Telefon +49 30 23125 101",
    "Telefax +49 30 23125 109",
    "",
    "redaktion@example.org*",
)
ADDRESS = (
    "Hausanschrift:",
    "Projekt Auskunft",
    "Musterstraße 1",
    "12345 Musterstadt",
    "",
    "www.example.org",
    "",
    "Zu erreichen mit den",
    "Straßenbahnlinien 1, 2 und 4.",
    "Haltestelle Musterplatz.",
    "",
    "* Verschlüsselte E-Mails können",
    "wir unter dieser Adresse nicht",
    "öffnen. Signierte Dateien nehmen",
    "wir nur nach Absprache an.",
)


class SampleError(ValueError):
    """A source file cannot be rendered; the message names the file and what to change."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source file: front matter and Markdown text, the note being its last line."""

    slug: str
    meta: Mapping[str, Any]
    text: str

    @property
    def filename(self) -> str:
        """Name of the rendered document."""
        return f"{self.slug}.{self.meta['format']}"

    @property
    def body(self) -> str:
        """The text without the note, for layouts that put something between the two."""
        return self.text.removesuffix(NOTE).rstrip()

    @property
    def origin(self) -> str:
        """One visible line that says whose publication is retold."""
        return f"Vorlage: {self.meta['based_on_publisher']}, {self.meta['based_on']}"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of Markdown: `heading`, `paragraph`, `list` or `table`, without its markers."""

    kind: str
    lines: tuple[str, ...]


def read_sources(folder: Path) -> dict[str, Source]:
    """Read and check every source, by slug in alphabetical order."""
    sources = {path.stem: read_source(path) for path in sorted(folder.glob("*.md"))}
    for source in sources.values():
        unknown = [slug for slug in source.meta.get("related", ()) if slug not in sources]
        if unknown:
            raise SampleError(f"{source.slug}: related names no source: {', '.join(unknown)}")
    return sources


def read_source(path: Path) -> Source:
    """Split one file into front matter and text; raise `SampleError` where a rule is broken."""
    match = re.fullmatch(r"---\n(.*?)\n---\n+(.*?)\s*", path.read_text(encoding="utf-8"), re.DOTALL)
    if not match:
        raise SampleError(f"{path.name}: no front matter between two lines of ---")
    source = Source(path.stem, yaml.load(match[1], Loader=yaml.BaseLoader), match[2])
    problems = list(find_problems(source))
    if problems:
        raise SampleError(f"{path.name}: {'; '.join(problems)}")
    return source


def find_problems(source: Source) -> Iterator[str]:
    """Say in words what is wrong with one source."""
    keys = source.meta.keys()
    if missing := sorted(REQUIRED_KEYS - keys):
        yield f"missing keys: {', '.join(missing)}"
        return
    if unknown := sorted(keys - REQUIRED_KEYS - OPTIONAL_KEYS):
        yield f"unknown keys: {', '.join(unknown)}"
    if source.meta["format"] not in FORMATS or source.meta["kind"] not in KINDS:
        yield f"format must be one of {', '.join(FORMATS)}; kind one of {', '.join(KINDS)}"
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", source.meta.get("date", "2000")):
        yield 'date must read "2021", "2021-11" or "2021-06-25"'
    if source.meta["note"] != NOTE or not source.text.endswith(f"\n{NOTE}"):
        yield f"note and last line must read: {NOTE}"
    if source.text.count(ADDRESS_MARK) != (source.meta.get("layout") == "letter"):
        yield f"{ADDRESS_MARK} stands exactly once in a letter and nowhere else"


def parse_blocks(text: str) -> list[Block]:
    """Cut Markdown into blocks. Known are `## ` headings, `- ` lists, pipe tables and paragraphs."""
    blocks = []
    for chunk in re.split(r"\n{2,}", text):
        for kind, group in groupby(chunk.splitlines(), key=line_kind):
            lines = [re.sub(r"^(## |- )", "", line) for line in group]
            blocks.append(Block(kind, (" ".join(lines),) if kind == "paragraph" else tuple(lines)))
    return blocks


def line_kind(line: str) -> str:
    """Kind of the block that a line belongs to."""
    for marker, kind in (("## ", "heading"), ("- ", "list"), ("|", "table")):
        if line.startswith(marker):
            return kind
    return "paragraph"


def german_date(iso: str) -> str:
    """`2021-06-25` as `25.06.2021`, `2021-11` as `11.2021`; empty stays empty."""
    return ".".join(reversed(iso.split("-")))
