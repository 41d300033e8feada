"""A Vermerk as PDF: tagged headings, title, language, and an embedded font with the letters of German and Sorbian."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageTemplate, Paragraph

from app.memo.content import Field, Line, Memo, Quote
from app.memo.tags import Element, TaggedCanvas

_ACCENT, _QUIET = HexColor("#17506f"), HexColor("#4a545d")
_TEXT, _BOLD = "SourceSansPro-Regular", "SourceSansPro-Semibold"
_LEFT, _RIGHT, _TOP, _BOTTOM = 2.5 * cm, 2.2 * cm, 2.4 * cm, 2.4 * cm
_LABEL = 4.1 * cm
# Characters that the font lacks but another one stands for; what is left is shown as an empty box.
_ALIKE = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2009": "\xa0",
    "\u202f": "\xa0",
    "\u2007": "\xa0",
    "\ufeff": "",
    "\u200b": "",
}
_MISSING = "☐"


def to_pdf(memo: Memo) -> bytes:
    """The document. It is set twice: only then the number of its pages is known."""
    pages = _Set(memo, 0).made()[1]
    return _Set(memo, pages).made()[0]


@functools.cache
def _fonts() -> frozenset[int]:
    """Registers the fonts; the characters that they have."""
    folder = files("font_source_sans_pro").joinpath("files")
    for name in (_TEXT, _BOLD):
        registerFont(TTFont(name, io.BytesIO(folder.joinpath(f"{name}.ttf").read_bytes())))
    registerFontFamily(_TEXT, normal=_TEXT, bold=_BOLD, italic=_TEXT, boldItalic=_BOLD)
    return frozenset(getFont(_TEXT).face.charToGlyph) & frozenset(getFont(_BOLD).face.charToGlyph)


def shown(words: str) -> str:
    """Text as markup of reportlab, with nothing in it that the font cannot show."""
    known = _fonts()
    same = (_ALIKE.get(char, char) if ord(char) not in known else char for char in words)
    return escape("".join(char if not char or ord(char) in known else _MISSING for char in same), quote=False)


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    values = {"fontName": _TEXT, "fontSize": size, "leading": size * 1.36, "splitLongWords": 1, **more}
    return ParagraphStyle(name, **values)


_PLAIN = _style("text", 11, spaceAfter=6)
_APART = _style("apart", 11, spaceBefore=6)
_TITLE = _style("title", 23, fontName=_BOLD, textColor=_ACCENT, spaceAfter=12)
_HEADING = _style("heading", 14, fontName=_BOLD, textColor=_ACCENT, spaceBefore=15, spaceAfter=5, keepWithNext=1)
_SHORT = _style("short", 13, fontName=_BOLD, spaceAfter=6)
_FIELD = _style(
    "field", 11, leftIndent=_LABEL, bulletIndent=0, bulletFontName=_BOLD, bulletFontSize=11, spaceAfter=2.5
)  # fmt: skip
_ITEM = _style("item", 11, leftIndent=0.55 * cm, bulletIndent=0.1 * cm, bulletFontName=_TEXT, spaceAfter=3)
_QUOTE = _style("quote", 11, leftIndent=0.7 * cm, spaceBefore=9, spaceAfter=2)
_ORIGIN = _style("origin", 9.5, leftIndent=0.7 * cm, textColor=_QUIET)


class _Text(Paragraph):  # type: ignore[misc]
    """A paragraph that is a tag; with `bar` a line beside it marks it as quoted. Its parts on two pages are one tag."""

    element: Element | None = None
    outline: str = ""
    bar = False

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.element, part.bar = self.element, self.bar
        return parts

    def draw(self) -> None:
        assert self.element is not None
        canvas = self.canv
        if self.bar:
            with canvas.artifact():
                canvas.setStrokeColor(_ACCENT)
                canvas.setLineWidth(2)
                canvas.line(0.25 * cm, 1, 0.25 * cm, self.height - 1)
        if self.outline:
            canvas.bookmarkPage(self.outline, fit="XYZ", top=canvas.absolutePosition(0, self.height)[1] + 6)
            canvas.addOutlineEntry(self.getPlainText(), self.outline, 0 if self.element.role == "H1" else 1)
        self._end_lines_with_spaces()
        with canvas.tagged(self.element):
            super().draw()

    def _end_lines_with_spaces(self) -> None:
        """reportlab drops the space at the end of a line; read aloud or copied, two words would become one."""
        if self.blPara.kind == 0:
            *lines, last = self.blPara.lines
            self.blPara.lines = [*((room, [*words, ""]) for room, words in lines), last]


class _Set:
    """One setting of a document."""

    def __init__(self, memo: Memo, pages: int) -> None:
        self._memo, self._pages = memo, pages
        self._root = Element("Document")
        self._headings = 0
        _fonts()

    def made(self) -> tuple[bytes, int]:
        """The file and the number of its pages."""
        memo, buffer = self._memo, io.BytesIO()
        template = BaseDocTemplate(
            buffer, pagesize=A4, title=memo.title, author=memo.service, subject=memo.t("memo_title"),
            creator="Auskunft", lang=memo.language, leftMargin=_LEFT, rightMargin=_RIGHT,
        )  # fmt: skip
        frame = Frame(_LEFT, _BOTTOM, A4[0] - _LEFT - _RIGHT, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
        template.addPageTemplates(PageTemplate(frames=[frame], onPage=self._around))
        template.build(self._story(), canvasmaker=self._canvas)
        return buffer.getvalue(), template.page

    def _canvas(self, *args: Any, **options: Any) -> TaggedCanvas:
        canvas = TaggedCanvas(*args, **{**options, "pageCompression": 1, "initialFontName": _TEXT})
        canvas.root = self._root
        return canvas

    def _around(self, canvas: TaggedCanvas, _template: Any) -> None:
        """Header and footer of every page."""
        t, width = self._memo.t, A4[0]
        with canvas.artifact():
            canvas.setFillColor(_QUIET)
            canvas.setFont(_TEXT, 9.5)
            canvas.drawString(_LEFT, A4[1] - 1.5 * cm, _fitting(self._memo.service, width - _LEFT - _RIGHT))
            canvas.setStrokeColor(HexColor("#c9cdd0"))
            canvas.setLineWidth(0.5)
            canvas.line(_LEFT, 1.75 * cm, width - _RIGHT, 1.75 * cm)
            canvas.setFont(_TEXT, 9)
            canvas.drawString(_LEFT, 1.25 * cm, t("memo_footer"))
            page = t("memo_page", page=canvas.getPageNumber(), pages=self._pages)
            canvas.drawRightString(width - _RIGHT, 1.25 * cm, page)

    def _story(self) -> list[Any]:
        memo, t = self._memo, self._memo.t
        story = [self._heading(t("memo_title"), "H1"), *self._fields(memo.about), self._heading(t("memo_answer"))]
        story += [self._text(memo.short, _SHORT), *self._lines(memo.text)]
        if memo.notes:
            story += [self._heading(t("notes_title")), *self._lines([Line(note, item=True) for note in memo.notes])]
        story.append(self._heading(t("memo_quotes")))
        story += [self._quote(quote) for quote in memo.quotes] or [self._text(t("memo_no_quotes"))]
        story += [self._heading(t("memo_corpus")), *self._fields(memo.corpus)]
        return [*story, self._text(memo.corpus_note, _APART)] if memo.corpus_note else story

    def _heading(self, words: str, role: str = "H2") -> _Text:
        self._headings += 1
        heading = self._text(words, _TITLE if role == "H1" else _HEADING, self._root.add(role))
        heading.outline = f"h{self._headings}"
        return heading

    def _text(
        self, words: str, style: ParagraphStyle = _PLAIN, element: Element | None = None, bullet: str | None = None
    ) -> _Text:
        made = _Text(shown(words), style, bulletText=bullet)
        made.element = element or self._root.add("P")
        return made

    def _fields(self, fields: tuple[Field, ...]) -> list[_Text]:
        return [self._text(text, _FIELD, bullet=f"{name}: ") for name, text in fields]

    def _lines(self, lines: Sequence[Line]) -> list[_Text]:
        """Paragraphs and lists; items that follow one another are one list."""
        made, items = [], None
        for line in lines:
            if not line.item:
                items = None
                made.append(self._text(line.text))
                continue
            items = items or self._root.add("L")
            made.append(self._text(line.text, _ITEM, items.add("LI").add("LBody"), "–"))
        return made

    def _quote(self, quote: Quote) -> Any:
        words = self._text(f"[{quote.number}] »{quote.text}«", _QUOTE, self._root.add("BlockQuote").add("P"))
        words.bar = True
        title = _Text(f"<b>{shown(quote.title)}</b>", ParagraphStyle("named", _ORIGIN, textColor=black))
        title.element = self._root.add("P")
        return KeepTogether([words, title, *(self._text(line, _ORIGIN) for line in quote.source)])


def _fitting(words: str, width: float) -> str:
    """One line of the header, cut where it is too long."""
    font = getFont(_TEXT)
    text = "".join(char for char in words if ord(char) in _fonts())
    while font.stringWidth(text, 9.5) > width:
        text = f"{text[:-2].rstrip()}…"
    return text
