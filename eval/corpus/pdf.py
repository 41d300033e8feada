"""Press releases of the sample corpus as PDF, with the letterhead that makes real ones hard to read."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from eval.corpus.sources import ADDRESS, CONTACT, NOTE, Source, german_date, parse_blocks

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
