"""A Vermerk as DOCX: real headings, title and language set, so that it can be read aloud and worked on."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.memo.content import Field, Memo, Quote

_ACCENT = RGBColor(0x17, 0x50, 0x6F)
_QUIET = RGBColor(0x4A, 0x54, 0x5D)
_FONT = "Calibri"
_LABEL = Cm(4.2)
_TEXT_WIDTH = Cm(21 - 2.5 - 2.2)


def to_docx(memo: Memo) -> bytes:
    """The document."""
    document = Document()
    _set_up(document, memo)
    t = memo.t
    document.add_heading(t("memo_title"), 1)
    _fields(document, memo.about)
    document.add_heading(t("memo_answer"), 2)
    _paragraph(document, memo.short, "Auskunft kurz")
    for line in memo.text:
        _paragraph(document, line.text, "List Bullet" if line.item else None)
    if memo.notes:
        document.add_heading(t("notes_title"), 2)
        for note in memo.notes:
            _paragraph(document, note, "List Bullet")
    document.add_heading(t("memo_quotes"), 2)
    for quote in memo.quotes:
        _quote(document, quote)
    if not memo.quotes:
        _paragraph(document, t("memo_no_quotes"))
    document.add_heading(t("memo_corpus"), 2)
    _fields(document, memo.corpus)
    if memo.corpus_note:
        _paragraph(document, memo.corpus_note).paragraph_format.space_before = Pt(6)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document: Any, memo: Memo) -> None:
    """Paper, styles, title, language, header and footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.3)
    about = document.core_properties
    about.title, about.subject, about.language = memo.title[:250], memo.t("memo_title"), memo.language
    about.author, about.comments = memo.service[:250], ""
    _styles(document, memo.language)
    header = section.header.paragraphs[0]
    header.add_run(memo.service)
    footer = section.footer.paragraphs[0]
    document.styles["Footer"].element.pPr.remove(document.styles["Footer"].element.pPr.find(qn("w:tabs")))
    footer.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(f"{memo.t('memo_footer')}\t")
    before, rest = memo.t("memo_page", page="\0", pages="\1").split("\0")
    between, after = rest.split("\1")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        footer.add_run(text)
        if field:
            _field(footer, field)


def _styles(document: Any, language: str) -> None:
    styles = document.styles
    _style(styles["Normal"], 11, after=6)
    _style(styles["Heading 1"], 22, bold=True, colour=_ACCENT, after=10)
    _style(styles["Heading 2"], 14, bold=True, colour=_ACCENT, before=16, after=5)
    _style(styles["List Bullet"], 11, after=3)
    _style(styles["Header"], 9.5, colour=_QUIET)
    _style(styles["Footer"], 9, colour=_QUIET)
    _style(styles.add_style("Auskunft kurz", 1), 13, bold=True, after=6)
    quote = styles["Quote"]
    _style(quote, 11, before=8, after=2)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Cm(0.7)
    quote.paragraph_format.keep_with_next = True
    _bar(quote.element.get_or_add_pPr())
    source = styles.add_style("Auskunft Quelle", 1)
    _style(source, 9.5, colour=_QUIET, after=1)
    source.paragraph_format.left_indent = Cm(0.7)
    for named in styles:
        if named.type == 1:
            named.element.get_or_add_rPr().append(_lang(language))
    for lang in styles.element.findall(f"{qn('w:docDefaults')}//{qn('w:lang')}"):
        lang.set(qn("w:val"), language)


def _style(
    style: Any, size: float, *, bold: bool = False, colour: RGBColor | None = None, before: float = 0, after: float = 0
) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    fonts = style.element.rPr.rFonts
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for name in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), _FONT)
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.12


def _lang(language: str) -> Any:
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), language)
    return lang


def _bar(properties: Any) -> None:
    """A line at the left, as it marks what is quoted."""
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "17506F")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _field(paragraph: Any, name: str) -> None:
    """The number that the word processor fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _fields(document: Any, fields: tuple[Field, ...]) -> None:
    """Names and what they hold, side by side: lines with a hanging indent, since a table would read worse aloud."""
    for name, text in fields:
        paragraph = document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.left_indent, layout.first_line_indent, layout.space_after = _LABEL, -_LABEL, Pt(3)
        layout.tab_stops.add_tab_stop(_LABEL)
        paragraph.add_run(f"{name}:").bold = True
        paragraph.add_run(f"\t{text}")


def _quote(document: Any, quote: Quote) -> None:
    _paragraph(document, f"[{quote.number}] »{quote.text}«", "Quote")
    title = document.add_paragraph(style="Auskunft Quelle")
    run = title.add_run(quote.title)
    run.bold, run.font.color.rgb = True, RGBColor(0, 0, 0)
    title.paragraph_format.keep_with_next = bool(quote.source)
    for number, line in enumerate(quote.source, start=1):
        last = number == len(quote.source)
        paragraph = _paragraph(document, line, "Auskunft Quelle")
        paragraph.paragraph_format.keep_with_next = not last
        if last:
            paragraph.paragraph_format.space_after = Pt(8)


def _paragraph(document: Any, text: str, style: str | None = None) -> Any:
    return document.add_paragraph(text, style)
