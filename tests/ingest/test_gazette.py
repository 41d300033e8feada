"""Annexes of the official gazettes: columns, tables, forms, scans. No text of them is kept here, only digests."""

import csv
import resource
import time

import pypdfium2 as pdfium
import pytest
from support.documents import TODAY
from support.golden import difference, load, reading_order

from ingest.boxes import squeeze
from ingest.errors import ScanWithoutText
from ingest.readers import ocr
from ingest.readers.page_picture import render_page
from ingest.readers.pdf import read_pdf
from ingest.reading import assemble

pytestmark = pytest.mark.shared

FILES = (
    "a_agmahnvordrv_bgbl1_2016_j0408_0010",
    "b_berhfv_bgbl1_2014_j0002-1_0010",
    "b_berversv_2017_bgbl1_2017_j2858_0080",
    "b_binscheo_bgbl1_2017_j0330-1_0070",
    "c_coronameldepflerwv_banzat_2021_20210712v1_01",
    "f_fahrlg2018dv_bgbl1_2018_j0002-1_0040",
    "f_fev_2010_bgbl1_2010_j2279_0021",
    "f_finav_bgbl1_2013_j4209_0040",
    "f_finav_bgbl1_2020_j1890-1_0040",
    "f_frhfcuxgrv_2001_bgbl1_2009_j3048-1_0010",
    "g_gvfv_bgbl1_2016_j2591-1_0090",
    "k_kinduvv_bgbl1_2015_j2018-1_0010",
    "k_kinduvv_bgbl1_2015_j2018-1_0030",
    "p_pkhfv_bgbl1_2014_j0034-1_0040",
    "r_rheinschpersv_bgbl2_2011_j0038_0010_ab1",
    "r_rheinschpersv_bgbl2_2011_j0071_0010_ab1",
    "s_stbapo_1977_bgbl1_2012_j1126_0020",
    "s_svwo_1997_bgbl1_2021_j0190_0010",
    "s_svwo_1997_bgbl1_2022_j0105_0010",
    "v_vbrinsvv_bgbl1_2014_j0825-1_0070",
    "v_vbrinsvv_bgbl1_2020_j0859_0010",
    "z_zaganzv_bgbl1_2018_j2302_0010",
    "z_zaganzv_bgbl1_2021_j1061n_0010",
    "z_zustvv_bgbl1_2002_j0671_0040",
)
CORONA, FINANCE, SCAN = FILES[4], FILES[7], FILES[8]
# Two columns under a heading; two columns with codes; two columns with notes; a table.
GOLDEN = [(FILES[0], 3), (FILES[0], 11), (FINANCE, 1), (FILES[18], 4), (CORONA, 2)]
LEAST_PLACED = 0.98


@pytest.fixture(scope="module")
def manifest(shared):
    with (shared / "pdfs" / "manifest.csv").open(encoding="utf-8") as file:
        return {row["file"].removesuffix(".pdf"): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def raw_of(shared):
    """Reads a file, each once."""
    found = {}

    def read(name):
        if name not in found:
            found[name] = read_pdf((shared / "pdfs" / f"{name}.pdf").read_bytes(), f"{name}.pdf")
        return found[name]

    return read


def test_all_files_are_tested(manifest):
    assert set(manifest) == set(FILES)


@pytest.mark.alone
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_or_named_as_a_scan_in_time(name, raw_of, manifest):
    started = time.monotonic()
    try:
        raw = raw_of(name)
    except ScanWithoutText as scan:
        if manifest[name]["needs_ocr"] == "yes" and (scan.can_retry or not ocr.ocr_available()):
            return
        raise
    assert time.monotonic() - started < 20
    assert raw.page_count == int(manifest[name]["pages"])


@pytest.mark.parametrize("name", FILES)
def test_no_visible_letter_is_lost(name, raw_of, manifest, shared):
    if manifest[name]["needs_ocr"] == "yes":
        return  # its letters are pictures
    pages = pdfium.PdfDocument(shared / "pdfs" / f"{name}.pdf")
    visible = sum(len(squeeze(page.get_textpage().get_text_bounded(*page.get_bbox()))) for page in pages)
    lines = {(line.page, line.left, line.bottom): line.text for line in raw_of(name).lines}
    assert sum(len(squeeze(text)) for text in lines.values()) >= 0.985 * visible
    assert "missing_pages" not in raw_of(name).meta


@pytest.mark.parametrize("name", FILES)
def test_lines_are_placed(name, raw_of, manifest):
    if manifest[name]["needs_ocr"] == "yes" and not ocr.ocr_available():
        pytest.skip("a scan, and tesseract is not installed")
    raw = raw_of(name)
    document = assemble(raw, origin=name, source=f"{name}.pdf", data=b"x", today=TODAY)
    wanted = [line for line in raw.lines if squeeze(line.text)]
    assert len(document.boxes) >= LEAST_PLACED * len(wanted)
    for box in document.boxes:
        width, height = document.page_sizes[box.page - 1]
        assert -2 <= box.left <= box.right <= width + 2, document.text[box.start : box.end]
        assert -9 <= box.bottom <= box.top <= height + 9, document.text[box.start : box.end]


@pytest.mark.parametrize(("name", "page"), GOLDEN)
def test_reading_order(name, page, raw_of):
    differs = difference(load(name, page), reading_order(raw_of(name), page))
    assert not differs, f"{name}, Seite {page}:\n{differs}"


def test_rows_of_a_ruled_table_carry_their_header(raw_of):
    rows = [block.text for block in raw_of(CORONA).blocks if block.page == 2]
    assert sum(row.startswith("Krankheiten: ") for row in rows) >= 25
    assert sum("; Tod: ✓" in row for row in rows) >= 15


@pytest.mark.ocr
def test_a_scanned_form(raw_of):
    if not ocr.ocr_available():
        pytest.skip("tesseract with deu is not installed")
    raw = raw_of(SCAN)
    text = " ".join(reading_order(raw, 1))
    places = [
        text.find(word)
        for word in ("Konzeption", "Verfahren", "Betrachtungshorizont", "Zielsetzung", "Kernkapitalquote")
    ]
    assert raw.meta["ocr"] == "true"
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("name", FILES[::4])
def test_a_page_as_a_picture_in_a_second(name, shared):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert render_page(shared / "pdfs" / f"{name}.pdf", 1).startswith(b"\x89PNG")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1
