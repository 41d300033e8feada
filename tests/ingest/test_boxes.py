"""Boxes of text on the page: alignment of lines with cleaned text, and marks for a span."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from support import pdfs
from support.documents import read
from support.pdfs import drawn, ruled, write

from ingest.boxes import locate, marks, squeeze
from ingest.reading import assemble
from ingest.types import Box, Line, PageSpan

SAMPLE = Path(__file__).resolve().parents[2] / "eval" / "sample" / "documents"


def lines(*texts, page=1):
    return [Line(page, 10.0, 100.0 - 10 * i, 110.0, 108.0 - 10 * i, text) for i, text in enumerate(texts)]


def placed(text, found, pages=None):
    boxes = locate(text, pages or [PageSpan(1, 0, len(text))], found)
    return [(text[box.start : box.end], box.bottom) for box in boxes]


def test_lines_of_a_paragraph():
    text = "Der Rat stimmte dem Plan zu. Das Land hilft."
    assert placed(text, lines("Der Rat stimmte", "dem Plan zu. Das", "Land hilft.")) == [
        ("Der Rat stimmte", 100.0),
        ("dem Plan zu. Das", 90.0),
        ("Land hilft.", 80.0),
    ]


def test_a_dropped_hyphen():
    assert placed("Die Prävention hilft.", lines("Die Präven-", "tion hilft.")) == [
        ("Die Präven", 100.0),
        ("tion hilft.", 90.0),
    ]


def test_punctuation_of_the_line_belongs_to_its_box():
    text = "Zitat: »Wir helfen.« So ist es."
    assert placed(text, lines("Zitat:", "»Wir helfen.«", "So ist es."))[1] == ("»Wir helfen.«", 90.0)


def test_a_contact_block_that_moved_to_the_end():
    text = "Die Mittel werden in zwei Stellen investiert.\n\nHausanschrift:\nAm Markt 1"
    found = placed(text, lines("Die Mittel werden in", "Hausanschrift:", "Am Markt 1", "zwei Stellen investiert."))
    assert found == [
        ("Die Mittel werden in", 100.0),
        ("zwei Stellen investiert.", 70.0),
        ("Hausanschrift:", 90.0),
        ("Am Markt 1", 80.0),
    ]


def test_equal_lines_are_claimed_in_order():
    text = "Unterschrift\n\nDatum 2021\n\nUnterschrift\n\nDatum 2022"
    found = placed(text, lines("Unterschrift", "Datum 2021", "Unterschrift", "Datum 2022"))
    assert [bottom for _, bottom in found] == [100.0, 90.0, 80.0, 70.0]


def test_cells_of_a_table_row_with_its_header():
    text = "Jahr: 2021; Ort: Musterau.\n\nJahr: 2022; Ort: Fabelstadt."
    found = placed(text, lines("Jahr", "2021", "Ort", "Musterau", "Jahr", "2022", "Ort", "Fabelstadt"))
    assert [word for word, _ in found] == ["Jahr", "2021", "Ort", "Musterau", "Jahr", "2022", "Ort", "Fabelstadt"]
    assert [bottom for _, bottom in found] == [100.0 - 10 * i for i in range(8)]


def test_a_page_number_is_not_looked_for_inside_words():
    text = "Im Jahr 2012 kamen 31 Gäste.\n\n1"
    assert placed(text, lines("Im Jahr 2012 kamen 31 Gäste.", "1"))[-1] == ("1", 90.0)


def test_lines_are_looked_for_on_their_page_only():
    text = "Der Verbund wächst.\n\nDer Verbund wächst."
    pages = [PageSpan(1, 0, 21), PageSpan(2, 21, len(text))]
    boxes = locate(text, pages, [*lines("Der Verbund wächst.", page=2), *lines("Der Verbund wächst.", page=3)])
    assert [(box.page, box.start) for box in boxes] == [(2, 21)]


def test_a_line_without_letters_has_no_box():
    assert placed("Name\n\n………", lines("Name", "………")) == [("Name", 100.0)]


def test_nothing_to_place():
    assert locate("", [], []) == ()
    assert locate("Text", [PageSpan(1, 0, 4)], []) == ()


# --- marks

BOXES = (
    Box(0, 10, 1, 100.0, 50.0, 200.0, 60.0),
    Box(10, 20, 1, 100.0, 40.0, 200.0, 50.0),
    Box(25, 30, 2, 0.0, 0.0, 5.0, 9.0),
)


def test_marks_cut_the_first_and_the_last_line():
    assert marks(BOXES, 5, 12) == [
        Box(5, 10, 1, 150.0, 50.0, 200.0, 60.0),
        Box(10, 12, 1, 100.0, 40.0, 120.0, 50.0),
    ]


@pytest.mark.parametrize(("start", "end"), [(20, 25), (30, 40), (7, 7)])
def test_a_span_without_boxes(start, end):
    assert marks(BOXES, start, end) == []


def test_a_whole_box_stays_as_it_is():
    assert marks(BOXES, 0, 100) == list(BOXES)


# --- with real files


def in_box(page, box):
    """What the engine itself finds in a box, without what only touches it."""
    text = page.get_textpage().get_text_bounded(box.left - 1, box.bottom - 0.5, box.right + 1, box.top + 0.5)
    return squeeze(text)


def check(data, document, least):
    """Every box holds its text, and at least this share of the body lies in boxes."""
    pages = list(pdfium.PdfDocument(data))
    for box in document.boxes:
        text = squeeze(document.text[box.start : box.end])
        assert text in in_box(pages[box.page - 1], box), (document.text[box.start : box.end], box)
    covered = {i for box in document.boxes for i in range(box.start, box.end)}
    letters = [i for s in document.sections for i in range(s.start, s.end) if document.text[i].isalnum()]
    assert sum(i in covered for i in letters) >= least * len(letters)


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.pdf")), ids=lambda path: path.stem)
def test_boxes_of_the_sample_hold_their_text(path):
    data = path.read_bytes()
    check(data, read(data, path.name), 0.99)


def table(canvas):
    write(canvas, 60, A4[1] - 80, ["Die Mittel verteilen sich so auf die Orte und die Prä-", "ventionsräte."])
    cells = [["Jahr", "Kommune"], ["2021", "Musterau"], ["2022", "Fabelstadt\nund Umland"]]
    ruled(canvas, [60, 160, 320], [A4[1] - y for y in (130, 155, 180, 220)], cells)


@pytest.mark.parametrize("data", [pdfs.release(), drawn(table)], ids=["release", "table"])
def test_boxes_hold_their_text(data):
    document = read(data, "a.pdf")
    check(data, document, 1.0)
    assert document.page_sizes[0] == pytest.approx(A4, abs=0.1)


def test_a_quotation_is_marked_where_it_stands():
    data = pdfs.release()
    document = read(data, "a.pdf")
    phrase = "zwei neue Stellen"
    start = document.text.index(phrase)
    [mark] = marks(document.boxes, start, start + len(phrase))
    found = pdfium.PdfDocument(data)[0].get_textpage().search("zwei neue Stellen").get_next()
    left, bottom, _, top = pdfium.PdfDocument(data)[0].get_textpage().get_charbox(found[0])
    assert mark.left == pytest.approx(left, abs=12)
    assert mark.bottom <= bottom + 1
    assert mark.top >= top - 3


def test_boxes_of_a_turned_page_fit_the_picture():
    def page(canvas):
        canvas.setPageRotation(90)
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        write(canvas, 60, 500, ["Die Stadt Musterau baut eine neue Schule im Süden.", "Der Rat stimmte im Mai zu."])

    document = read(drawn(page), "a.pdf")
    assert document.page_sizes == (pytest.approx(pdfium.PdfDocument(drawn(page))[0].get_size(), abs=0.1),)
    first, second = document.boxes
    assert first.left == pytest.approx(60, abs=1)
    baseline = A4[1] - (A4[0] - 500)  # the media box lies on its side: the page turns back to A4
    assert first.bottom < baseline < first.top
    assert first.bottom - second.bottom == pytest.approx(14.3, abs=0.2)


def test_boxes_of_turned_text_stand_upright_on_the_page():
    def page(canvas):
        canvas.translate(0, A4[1])
        canvas.rotate(-90)
        write(canvas, 60, 500, ["Die Stadt Musterau baut eine neue Schule im Süden."])

    [box] = read(drawn(page), "a.pdf").boxes
    assert box.top == pytest.approx(A4[1] - 60, abs=1)
    assert box.top - box.bottom > 200 > 20 > box.right - box.left
    assert box.left < 500 < box.right


def test_other_formats_have_no_boxes():
    assert read("Titel der Meldung\n\nDas Land hilft.\n").boxes == ()


def test_assembling_keeps_the_page_sizes():
    raw = pdfs.simple("Die Stadt Musterau baut eine neue Schule.")
    document = read(raw, "a.pdf")
    assert assemble.__module__ == "ingest.reading"
    assert len(document.page_sizes) == document.page_count == 1
