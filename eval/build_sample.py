"""Render the sample corpus: `python -m eval.build_sample`.

Reads `eval/sample/source/<slug>.md` (YAML front matter, then Markdown) and writes
`eval/sample/documents/<slug>.<format>`, the same bytes on every run. The PDFs and the letters repeat
the layout that makes real press releases hard for a program: an address block in the middle of a sentence.
"""

import html
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any

import yaml
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

SAMPLE = Path(__file__).parent / "sample"
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


# ---------------------------------------------------------------- reading


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


# ---------------------------------------------------------------- md, txt


def render_markdown(source: Source) -> str:
    """Front matter with the public keys, the title as a heading, the text as it is."""
    return f"{front_matter(source)}\n# {source.meta['title']}\n\n{source.text}\n"


def render_plain(source: Source) -> str:
    """A letter where the layout asks for one, otherwise front matter and text without markers."""
    if source.meta.get("layout") == "letter":
        return render_letter(source)
    text = re.sub(r"^## ", "", source.text, flags=re.MULTILINE)
    return f"{front_matter(source)}\n{source.meta['title']}\n\n{text}\n"


def front_matter(source: Source) -> str:
    """The public keys in a fixed order, between lines of `---`."""
    public = {key: source.meta[key] for key in PUBLIC_KEYS if key in source.meta}
    return f"---\n{yaml.safe_dump(public, allow_unicode=True, sort_keys=False, width=1000)}---\n"


def render_letter(source: Source) -> str:
    """A release as text from a PDF reads: the address block of page one tears a sentence."""
    head = ["", "Medieninformation", "", source.meta["publisher"], "", *CONTACT, ""]
    dated = [german_date(source.meta["date"]), ""] if "date" in source.meta else []
    address = "\n".join(("", "", *ADDRESS, "", ""))
    body = re.sub(rf"\s*{re.escape(ADDRESS_MARK)}\s*", lambda _: address, source.body)
    return "\n".join([*head, *dated, source.meta["title"], "", body, "", source.origin, "", NOTE, ""])


# ---------------------------------------------------------------- html


def render_html(source: Source, sources: Mapping[str, Source]) -> str:
    """A whole web page: navigation, cookie notice, article, related links and footer around the text."""
    template = Template((SAMPLE / "templates" / "page.html").read_text(encoding="utf-8"))
    fields = {key: html.escape(str(source.meta[key])) for key in REQUIRED_KEYS}
    return template.substitute(
        fields,
        section=SECTIONS.get(source.meta["kind"], "Themen"),
        body="\n".join(html_block(block) for block in parse_blocks(source.text)),
        related="\n".join(related_link(sources[slug]) for slug in source.meta.get("related", ())),
        **published(source.meta.get("date", "")),
    )


def published(date: str) -> dict[str, str]:
    """The date for machines and for readers, or two empty fields."""
    if not date:
        return {"published_meta": "", "published_line": ""}
    return {
        "published_meta": f'<meta property="article:published_time" content="{date}">\n',
        "published_line": f'<p><time datetime="{date}">{german_date(date)}</time></p>\n',
    }


def related_link(source: Source) -> str:
    """A list item that leads to another document of the corpus."""
    return f'<li><a href="{source.filename}">{html.escape(source.meta["title"])}</a></li>'


def html_block(block: Block) -> str:
    """One block as HTML."""
    lines = [html.escape(line, quote=False) for line in block.lines]
    if block.kind == "table":
        return html_table(lines)
    if block.kind == "list":
        return "\n".join(["<ul>", *(f"<li>{line}</li>" for line in lines), "</ul>"])
    tag = "h2" if block.kind == "heading" else "p"
    return f"<{tag}>{lines[0]}</{tag}>"


def html_table(lines: Sequence[str]) -> str:
    """A pipe table as HTML; its second line only separates the head from the rows."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[2:]]
    return "\n".join(["<table>", f"<thead><tr>{head}</tr></thead>", "<tbody>", *body, "</tbody>", "</table>"])


# ---------------------------------------------------------------- pdf

COLUMN_LEFT: float = 2.2 * cm
COLUMN_WIDTH: float = 12 * cm
SIDE_LEFT: float = 15 * cm
TOP: float = A4[1] - 2.2 * cm
BOTTOM: float = 2.6 * cm


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the main column; `gap` is the space above it in lines."""

    text: str
    size: float
    font: str = "Helvetica"
    gap: float = 0.0
    justified: bool = False


def render_pdf(source: Source) -> bytes:
    """A press release on A4: body, then the address block of page one, then the rest of the body."""
    size = float(source.meta.get("font_size", 11))
    pages = break_pages(layout(source, size), size, int(source.meta.get("page_one_lines", 0)))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    describe(canvas, source)
    for number, lines in enumerate(pages, start=1):
        top = draw_head(canvas, source) if number == 1 else TOP
        draw_column(canvas, lines, top, size)
        if number == 1:
            draw_lines(canvas, ADDRESS, SIDE_LEFT, BOTTOM + len(ADDRESS) * 10, 7.5)
        draw_lines(canvas, [f"Seite {number} von {len(pages)}"], COLUMN_LEFT, 1.4 * cm, 8)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def describe(canvas: Canvas, source: Source) -> None:
    """Set the metadata that a loader can read without looking at a page."""
    canvas.setTitle(source.meta["title"])
    canvas.setAuthor(source.meta["publisher"])
    canvas.setSubject(source.meta["note"])
    canvas.setKeywords(source.meta["based_on"])
    canvas.setCreator("eval.build_sample")


def layout(source: Source, size: float) -> list[Line]:
    """Break the whole text into lines of the main column."""
    hyphens = {word.replace("-", ""): word for word in source.meta.get("hyphens", ())}
    lines: list[Line] = []
    for block in parse_blocks(source.body):
        for index, text in enumerate(block.lines):
            gap = 0.6 if index == 0 else 0.0
            lines += layout_text(block.kind, text, size, gap, hyphens)
    # Small and unbroken: an address that runs over two lines is no address any more.
    return [*lines, Line(source.origin, 7.5, gap=1.0), Line(NOTE, 7.5)]


def layout_text(kind: str, text: str, size: float, gap: float, hyphens: Mapping[str, str]) -> list[Line]:
    """Lines of one paragraph, heading or list item."""
    font = "Helvetica-Bold" if kind == "heading" else "Helvetica"
    broken = break_lines(f"• {text}" if kind == "list" else text, font, size, COLUMN_WIDTH, hyphens)
    justified = bool(hyphens) and kind == "paragraph"
    return [
        Line(line, size, font, gap if index == 0 else 0.0, justified and index < len(broken) - 1)
        for index, line in enumerate(broken)
    ]


def break_lines(text: str, font: str, size: float, width: float, hyphens: Mapping[str, str]) -> list[str]:
    """Fill lines word by word; a word listed in `hyphens` may be split where its entry has a hyphen."""
    lines, current = [], ""
    for word in text.split():
        if stringWidth(f"{current} {word}".strip(), font, size) > width and current:
            head, word = split_word(word, hyphens, width - stringWidth(f"{current} ", font, size), font, size)
            lines.append(f"{current} {head}".strip())
            current = ""
        current = f"{current} {word}".strip()
    return [*lines, current]


def split_word(word: str, hyphens: Mapping[str, str], room: float, font: str, size: float) -> tuple[str, str]:
    """The longest head of a word, with its hyphen, that fits into `room` points, and the rest."""
    bare = word.strip(".,;:()»«")
    syllables = hyphens.get(bare, bare).split("-") if bare in hyphens else [bare]
    prefix = word[: word.index(bare)]
    for count in range(len(syllables) - 1, 0, -1):
        head = "".join(syllables[:count])
        if stringWidth(f"{prefix}{head}-", font, size) <= room:
            return f"{prefix}{head}-", word[len(prefix) + len(head) :]
    return "", word


def break_pages(lines: Sequence[Line], size: float, page_one_lines: int) -> list[Sequence[Line]]:
    """Page one takes `page_one_lines` lines (0: as many as fit under the head), page two the rest."""
    first = page_one_lines or int((TOP - 8.5 * cm - BOTTOM) / leading(size) * 0.9)
    return [page for page in (lines[:first], lines[first:]) if page]


def leading(size: float) -> float:
    """Distance of two base lines in points."""
    return size * 1.55


def draw_head(canvas: Canvas, source: Source) -> float:
    """Draw name, contact, date and title; return the base line at which the body starts."""
    draw_lines(canvas, ["Medieninformation"], COLUMN_LEFT, TOP, 18)
    draw_lines(canvas, [source.meta["publisher"]], COLUMN_LEFT, TOP - 26, 11)
    draw_lines(canvas, CONTACT, SIDE_LEFT, TOP, 8)
    draw_lines(canvas, [german_date(source.meta.get("date", ""))], COLUMN_LEFT, TOP - 4.4 * cm, 10)
    title = break_lines(source.meta["title"], "Helvetica-Bold", 15, COLUMN_WIDTH, {})
    return draw_lines(canvas, title, COLUMN_LEFT, TOP - 5.6 * cm, 15, "Helvetica-Bold") - 12


def draw_lines(
    canvas: Canvas, lines: Iterable[str], left: float, top: float, size: float, font: str = "Helvetica"
) -> float:
    """Draw lines one under the other, an empty one as half a line; return the next base line."""
    canvas.setFont(font, size)
    for line in lines:
        if line:
            canvas.drawString(left, top, line)
        top -= size * 1.3 if line else size * 0.65
    return top


def draw_column(canvas: Canvas, lines: Sequence[Line], top: float, size: float) -> None:
    """Draw the main column; a justified line is stretched at its spaces."""
    canvas.saveState()
    for index, line in enumerate(lines):
        top -= leading(size) * (line.gap if index else 0.0)
        spare = COLUMN_WIDTH - stringWidth(line.text, line.font, line.size)
        text = canvas.beginText(COLUMN_LEFT, top)
        text.setFont(line.font, line.size)
        text.setWordSpace(spare / max(line.text.count(" "), 1) if line.justified else 0)
        text.textOut(line.text)
        canvas.drawText(text)
        top -= leading(size)
    canvas.restoreState()


# ---------------------------------------------------------------- all of it


def render(source: Source, sources: Mapping[str, Source]) -> bytes:
    """The bytes of one document in the format its front matter asks for."""
    match source.meta["format"]:
        case "pdf":
            return render_pdf(source)
        case "html":
            return render_html(source, sources).encode()
        case "txt":
            return render_plain(source).encode()
        case _:
            return render_markdown(source).encode()


def build(folder: Path = SAMPLE) -> list[Path]:
    """Render every source of a folder, remove what has no source any more, return the paths written."""
    sources = read_sources(folder / "source")
    documents = folder / "documents"
    documents.mkdir(exist_ok=True)
    written = []
    for source in sources.values():
        path = documents / source.filename
        path.write_bytes(render(source, sources))
        written.append(path)
    for stale in set(documents.iterdir()) - set(written):
        stale.unlink()
    return written


def main() -> int:
    """Build the sample corpus and say how many documents of each format it holds."""
    try:
        written = build()
    except SampleError as error:
        print(error, file=sys.stderr)
        return 1
    counts = {name: sum(path.suffix == f".{name}" for path in written) for name in FORMATS}
    print(f"{len(written)} documents:", ", ".join(f"{count} {name}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
