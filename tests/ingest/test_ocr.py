"""Text recognition: the table of words, scans with and without tesseract, the budget."""

import os
import shutil

import pytest
from support import pdfs
from support.documents import TODAY, body, read
from support.pdfs import drawn, write

from ingest.boxes import marks
from ingest.errors import ScanWithoutText
from ingest.readers import ocr
from ingest.readers.pdf import read_pdf
from ingest.reading import read_document

LINES = (
    "Die Stadt Musterau ist dem Verbund beigetreten. Der Rat",
    "stimmte am 12. Mai zu. Das Land bewilligte rund 240.000",
    "Euro für die Präven-",
    "tion in den Schulen.",
)
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


@pytest.fixture
def without_tesseract(monkeypatch):
    monkeypatch.setattr(ocr, "ocr_available", lambda: False)


@pytest.fixture(name="recognition")
def _recognition():
    """Skips only where tesseract is not installed; in CI it is."""
    if not ocr.ocr_available():
        assert os.environ.get("CI") != "true", "tesseract with deu must be installed in CI"
        pytest.skip("tesseract with deu is not installed")


def table(*rows):
    return "\n".join([HEAD, *("\t".join(str(cell) for cell in row) for row in rows)])


def line(top, height=30):
    return (4, 1, 1, 1, 1, 0, 100, top, 900, height, -1, "")


def word(left, text, confidence=90.0):
    return (5, 1, 1, 1, 1, 1, left, 110, 80, 20, confidence, text)


# --- the table of words


def test_words_take_their_height_from_the_line():
    found = ocr.segments(table(line(100), word(100, "Musterau"), word(200, "wächst")), 1000, 10)
    assert [(s.text, s.left, s.bottom, s.right, s.top) for s in found] == [
        ("Musterau", 10.0, 87.0, 18.0, 90.0),
        ("wächst", 20.0, 87.0, 28.0, 90.0),
    ]


def test_doubtful_words_and_specks_are_left_out():
    rows = (line(100), word(100, "Musterau"), word(200, "xq", 12.0), word(300, "|", 50.0), word(400, "wächst"))
    assert [s.text for s in ocr.segments(table(*rows), 1000, 10)] == ["Musterau", "wächst"]


@pytest.mark.parametrize(
    "rows", [(), (line(100), word(1, "ab")), (line(100), *[word(i, "Musterau", 40.0) for i in range(9)])]
)
def test_a_picture_without_text_has_no_words(rows):
    assert ocr.segments(table(*rows), 1000, 10) == []


def test_a_broken_table_is_no_error():
    assert ocr.segments("unbrauchbar\nZeile\tmit\twenig", 1000, 10) == []


# --- without tesseract


@pytest.mark.usefixtures("without_tesseract")
def test_a_scan_without_tesseract_says_how_to_install_it():
    with pytest.raises(ScanWithoutText, match="ist ein Scan ohne Text") as caught:
        read_pdf(pdfs.picture_only(), "scan.pdf")
    assert "apt install tesseract-ocr tesseract-ocr-deu" in ScanWithoutText.hint + caught.value.hint


def mixed():
    """A page of text, and a page that is a picture."""
    picture = pdfs.ImageReader(pdfs.Image.new("RGB", (600, 800), "grey"))
    return drawn(lambda canvas: write(canvas, 72, 700, LINES), lambda canvas: canvas.drawImage(picture, 0, 0, 595, 842))


@pytest.mark.usefixtures("without_tesseract")
def test_scanned_pages_among_others_are_named():
    raw = read_pdf(mixed(), "a.pdf")
    assert raw.meta["missing_pages"] == "2"
    assert "ocr" not in raw.meta
    assert raw.page_count == 2


def test_available_asks_for_the_german_model(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert ocr.ocr_available.__wrapped__() is False


# --- with tesseract


@pytest.mark.ocr
@pytest.mark.usefixtures("recognition")
def test_a_scan_is_read():
    data = pdfs.scanned(*LINES)
    raw = read_pdf(data, "scan.pdf")
    assert raw.meta["ocr"] == "true"
    assert "missing_pages" not in raw.meta
    text = " ".join(body(read(data, "scan.pdf")).split())
    assert "Die Stadt Musterau ist dem Verbund beigetreten." in text
    assert "rund 240.000 Euro für die Prävention in den Schulen." in text


@pytest.mark.ocr
@pytest.mark.usefixtures("recognition")
def test_boxes_of_a_scan():
    document = read(pdfs.scanned(*LINES), "scan.pdf")
    start = document.text.index("Musterau")
    [mark] = marks(document.boxes, start, start + len("Musterau"))
    assert mark.left == pytest.approx(72 + 14 * 4.6, abs=12)
    assert mark.bottom < pdfs.TOP + 4 < mark.top


@pytest.mark.ocr
@pytest.mark.usefixtures("recognition")
def test_a_picture_without_text_is_a_scan_without_text():
    data = drawn(lambda canvas: canvas.drawImage(pdfs.ImageReader(pdfs.Image.new("L", (60, 80), 128)), 0, 0, 595, 842))
    with pytest.raises(ScanWithoutText, match="fand darin keinen Text"):
        read_pdf(data, "scan.pdf")


@pytest.mark.ocr
@pytest.mark.usefixtures("recognition")
def test_pages_beyond_the_budget_are_named(monkeypatch):
    monkeypatch.setattr(ocr, "BUDGET_S", 0.0)
    assert read_pdf(mixed(), "a.pdf").meta["missing_pages"] == "2"


@pytest.mark.ocr
@pytest.mark.usefixtures("recognition")
def test_a_scan_that_is_not_finished_in_time_can_be_tried_again(monkeypatch):
    monkeypatch.setattr(ocr, "BUDGET_S", 0.0)
    with pytest.raises(ScanWithoutText, match="nicht rechtzeitig") as caught:
        read_pdf(pdfs.scanned(*LINES), "scan.pdf")
    assert caught.value.can_retry


@pytest.mark.ocr
@pytest.mark.usefixtures("recognition")
def test_a_scan_as_a_file(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdfs.scanned(*LINES))
    document = read_document(path, origin="scan.pdf", source="scan.pdf", today=TODAY)
    assert document.page_at(document.text.index("Musterau")) == 1
