"""Reading order, tables, furniture and limits of the PDF reader; pages are drawn here."""

import io
import time
import zlib

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from support import pdfs
from support.documents import body, read, text_of
from support.pdfs import drawn, ruled, write

from ingest.errors import AuskunftError, InputError, UnreadableFile
from ingest.readers.page_picture import render_page
from ingest.readers.pdf import read_pdf

TOP = A4[1] - 80
LEFT_COLUMN = [
    "Die Stadt Musterau hat im Mai ein Konzept",
    "für sichere Plätze beschlossen. Es nennt",
    "zwölf Orte, an denen abends mehr Licht",
    "gebraucht wird. Die Verwaltung prüft Prä-",
    "ventionsangebote für alle Schulen. Dazu ge-",
]
RIGHT_COLUMN = [
    "hören Kurse für Eltern. Die Kosten trägt zur",
    "Hälfte das Land. Der Rat hat dem am Montag",
    "einstimmig zugestimmt. Im Herbst wird über",
    "den zweiten Teil des Konzepts beraten, der",
    "den Bahnhof und den Markt betrifft.",
]


def in_order(text, *phrases):
    """Whether the phrases follow each other."""
    places = [text.find(phrase) for phrase in phrases]
    return -1 not in places and places == sorted(places)


def two_columns(canvas, top=TOP - 60):
    write(canvas, 60, top, LEFT_COLUMN)
    write(canvas, 310, top, RIGHT_COLUMN)


# --- columns


def test_columns_are_read_one_after_the_other():
    text = body(read(drawn(two_columns), "a.pdf"))
    assert in_order(text, "Die Stadt Musterau", "zwölf Orte", "Kurse für Eltern", "den Bahnhof und den Markt")


def test_a_word_divided_at_the_end_of_a_column_is_whole():
    text = body(read(drawn(two_columns), "a.pdf"))
    assert "prüft Präventionsangebote für alle Schulen" in text
    assert "Dazu gehören Kurse für Eltern." in text


def test_a_heading_over_both_columns_comes_first():
    def page(canvas):
        two_columns(canvas)
        write(canvas, 60, TOP, ["Sichere Plätze in Musterau und in den Dörfern ringsum"], size=18)

    assert in_order(body(read(drawn(page), "a.pdf")), "Sichere Plätze", "Die Stadt Musterau", "hören Kurse")


def test_a_paragraph_between_columns_parts_them():
    def page(canvas):
        two_columns(canvas, TOP)
        line = "Dieser Absatz läuft über die ganze Breite der Seite und trennt, was oben steht, von dem, was folgt."
        write(canvas, 60, TOP - 120, [line, line.replace("Dieser", "Auch dieser")], size=10)
        write(canvas, 60, TOP - 200, [f"{word} {line}" for word, line in zip("ABCDE", LEFT_COLUMN, strict=True)])
        write(canvas, 310, TOP - 200, [f"{word} {line}" for word, line in zip("FGHIJ", RIGHT_COLUMN, strict=True)])

    text = body(read(drawn(page), "a.pdf"))
    assert in_order(text, "Die Stadt", "Bahnhof und den Markt", "Dieser Absatz", "A Die Stadt", "F hören", "J den")


def test_three_columns():
    words = [[f"{column}{row} steht hier in der Zeile" for row in range(1, 7)] for column in "ABC"]

    def page(canvas):
        for left, lines in zip((50, 220, 390), words, strict=True):
            write(canvas, left, TOP, lines, size=9)

    assert in_order(read(drawn(page), "a.pdf").text, *(line[:2] for column in words for line in column))


def test_codes_beside_text_are_no_column():
    rows = ["Zinsen aus Krediten und Anleihen", "Gebühren der Bücherei in Musterau", "Erträge aus Vermietung der Halle"]

    def page(canvas):
        for i, row in enumerate(rows):
            write(canvas, 60, TOP - 60 * i, [row, "und aus anderen Quellen dieser Art"])
            write(canvas, 320, TOP - 60 * i, [f"0{i + 1}0"])

    text = "\n".join(block.text for block in read_pdf(drawn(page), "a.pdf").blocks)
    assert in_order(text, "Zinsen", "010", "Gebühren", "020", "Erträge", "030")


def test_list_marks_stay_with_their_text():
    def page(canvas):
        write(canvas, 60, TOP, ["1.", "2.", "3."])
        write(canvas, 90, TOP, ["Antrag stellen und begründen", "Bescheid abwarten", "Mittel abrufen"])

    assert "1. Antrag stellen und begründen\n2. Bescheid abwarten\n3. Mittel abrufen" in read(drawn(page), "a.pdf").text


def test_a_field_to_fill_in_does_not_tear_a_sentence():
    def page(canvas):
        write(canvas, 60, TOP, ["Insgesamt wurden"])
        canvas.line(152, TOP - 2, 238, TOP - 2)
        write(canvas, 242, TOP, ["Stimmen abgegeben."])

    assert "Insgesamt wurden … Stimmen abgegeben." in read(drawn(page), "a.pdf").text


# --- tables

CELLS = [
    ["Jahr", "Kommune", "Betrag in Euro"],
    ["2021", "Musterau", "12.500"],
    ["2022", "Fabelstadt\nund Umland", "240.000"],
]


def test_rows_of_a_ruled_table_carry_their_header():
    def page(canvas):
        write(canvas, 60, TOP, ["Die Mittel verteilen sich so auf die Orte und Jahre."])
        ruled(canvas, [60, 160, 320, 460], [TOP - 20, TOP - 45, TOP - 70, TOP - 110], CELLS)
        write(canvas, 60, TOP - 140, ["Weitere Mittel sind für das nächste Jahr beantragt."])

    text = body(read(drawn(page), "a.pdf"))
    assert "Jahr: 2021; Kommune: Musterau; Betrag in Euro: 12.500." in text
    assert "Jahr: 2022; Kommune: Fabelstadt und Umland; Betrag in Euro: 240.000." in text
    assert in_order(text, "Die Mittel", "2021", "2022", "Weitere Mittel")


def test_rows_without_rules_carry_their_header_where_a_column_holds_figures():
    def page(canvas):
        for i, (year, place, amount) in enumerate([*CELLS[:2], ["2022", "Fabelstadt", "240.000"], ["2023", "Au", "9"]]):
            for left, cell in ((60, year), (160, place), (320, amount)):
                write(canvas, left, TOP - 18 * i, [cell])

    assert "Jahr: 2022; Kommune: Fabelstadt; Betrag in Euro: 240.000." in body(read(drawn(page), "a.pdf"))


def test_a_ruled_form_is_read_cell_by_cell():
    cells = [["Name:", "Vorname:"], ["Straße und Hausnummer", "Ort"]]
    text = read(drawn(lambda canvas: ruled(canvas, [60, 260, 460], [TOP, TOP - 40, TOP - 80], cells)), "a.pdf").text
    assert in_order(text, "Name:", "Vorname:", "Straße und Hausnummer", "Ort")
    assert "Name: Straße" not in text


def test_a_frame_around_text_is_no_table():
    def page(canvas):
        canvas.rect(50, TOP - 150, 500, 180)
        two_columns(canvas, TOP)

    assert in_order(body(read(drawn(page), "a.pdf")), "Die Stadt", "zwölf Orte", "Kurse für Eltern", "den Markt")


# --- furniture, hyphens, raised digits


def numbered(number, *lines):
    def page(canvas):
        write(canvas, 60, A4[1] - 40, ["Jahresbericht zu den sicheren Plätzen"], size=8)
        write(canvas, 60, TOP - 40, lines)
        write(canvas, 290, 40, [str(number)], size=8)

    return page


PAGES = (
    numbered(7, "Der Verbund hat im letzten Jahr viele Orte beraten. Er empfiehlt den Städten ein ge-"),
    numbered(8, "meinsames Vorgehen. Alle Orte haben dem Plan des Verbunds im Mai zugestimmt."),
    numbered(9, "Im Herbst beginnt die Arbeit in den ersten drei Orten des Landkreises."),
)


def test_running_heads_and_page_numbers_are_furniture():
    document = read(drawn(*PAGES), "a.pdf")
    furniture = text_of(document, "furniture")
    assert "Jahresbericht" not in body(document)
    assert furniture.count("Jahresbericht zu den sicheren Plätzen") == 3
    assert [number in furniture for number in "789"] == [True] * 3


def test_a_sentence_goes_on_over_the_page_end_and_its_furniture():
    document = read(drawn(*PAGES), "a.pdf")
    assert "ein gemeinsames Vorgehen. Alle Orte" in body(document)
    assert document.page_at(document.text.index("meinsames")) == 2
    assert document.page_at(document.text.index("ein ge")) == 1


def test_one_page_has_no_furniture():
    assert "Jahresbericht" in read_pdf(drawn(PAGES[0]), "a.pdf").blocks[0].text
    assert all(block.role is None for block in read_pdf(drawn(PAGES[0]), "a.pdf").blocks)


def test_figures_that_do_not_grow_are_no_page_numbers():
    raw = read_pdf(
        drawn(*(numbered(5, f"Seite {word} handelt von etwas anderem.") for word in ("A", "B", "C"))), "a.pdf"
    )
    assert all(block.role is None for block in raw.blocks if block.text == "5")


def test_a_raised_note_stays_apart_and_a_square_metre_whole():
    def page(canvas):
        write(canvas, 60, TOP, ["Der Verbund hat 28"])
        write(canvas, 60 + canvas.stringWidth("Der Verbund hat 28", "Helvetica", 11), TOP + 4, ["3"], size=6)
        write(canvas, 60, TOP - 20, ["Die Halle hat 134 km"])
        write(canvas, 60 + canvas.stringWidth("Die Halle hat 134 km", "Helvetica", 11), TOP - 16, ["2"], size=6)

    text = read(drawn(page), "a.pdf").text
    assert "28 ³" in text
    assert "134 km²" in text


# --- turned pages and crop boxes


def turned(canvas):
    canvas.saveState()
    canvas.translate(*A4)
    canvas.rotate(180)
    two_columns(canvas)
    canvas.restoreState()


def on_the_side(canvas):
    canvas.translate(0, A4[1])
    canvas.rotate(-90)
    write(canvas, 60, 500, ["Die Stadt Musterau baut eine neue Schule im Süden.", "Der Rat stimmte im Mai zu."])


def rotated(canvas):
    canvas.setPageRotation(90)
    on_the_side_up(canvas)


def on_the_side_up(canvas):
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    write(canvas, 60, 500, ["Die Stadt Musterau baut eine neue Schule im Süden.", "Der Rat stimmte im Mai zu."])


@pytest.mark.parametrize("draw", [on_the_side, rotated], ids=["text turned", "page turned"])
def test_turned_text_is_read(draw):
    text = read(drawn(draw), "a.pdf").text
    assert in_order(text, "Die Stadt Musterau baut eine neue Schule im Süden.", "Der Rat stimmte im Mai zu.")


def test_columns_upside_down():
    assert in_order(read(drawn(turned), "a.pdf").text, "Die Stadt Musterau", "zwölf Orte", "Kurse", "den Markt")


def test_a_turned_label_at_the_margin_does_not_disturb():
    def page(canvas):
        two_columns(canvas)
        canvas.translate(30, 300)
        canvas.rotate(90)
        write(canvas, 0, 0, ["Fassung vom Mai"], size=7)

    text = read(drawn(page), "a.pdf").text
    assert "Fassung vom Mai" in text
    assert in_order(text, "Die Stadt Musterau", "zwölf Orte", "Kurse für Eltern", "den Markt")


def test_text_outside_the_visible_page_is_not_read():
    def page(canvas):
        canvas.setCropBox((0, 400, A4[0], A4[1]))
        write(canvas, 60, TOP, ["Die Stadt Musterau baut eine neue Schule."])
        write(canvas, 60, 200, ["Dieser Satz gehört zu einer anderen Seite."])

    raw = read_pdf(drawn(page), "a.pdf")
    assert [block.text for block in raw.blocks] == ["Die Stadt Musterau baut eine neue Schule."]
    assert raw.page_sizes[0][1] == pytest.approx(A4[1] - 400, abs=0.2)
    assert 0 < raw.lines[0].bottom < raw.page_sizes[0][1]


# --- what programs put into the title


@pytest.mark.parametrize("title", ["797273_18.indd", "Layout 1", "bgbl113073 4165..4268", "tmp-14096", "Brief.docx"])
def test_a_file_name_is_no_title(title):
    def page(canvas):
        canvas.setTitle(title)
        two_columns(canvas)

    assert "title" not in read_pdf(drawn(page), "a.pdf").meta


# --- limits

BOMB = zlib.compress(b"BT /F1 12 Tf 72 700 Td (Die Stadt Musterau baut.) Tj ET\n" * 4_000_000, 1)
UNREADABLE = {
    "a million pages": (pdfs.page(count=1_000_000), "mehr als 2000 Seiten"),
    "encrypted": (pdfs.simple("Das Land hilft.", password="geheim"), "Kennwort"),
    "truncated": (pdfs.page()[:300], "keine lesbare PDF-Datei"),
    "garbage": (b"%PDF-1.7\n" + bytes(range(256)) * 300, "keine lesbare PDF-Datei"),
    "nested": (
        pdfs.raw(b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 99_999 + b"]" * 99_999 + b">>", b"<</Type/Pages>>"),
        "keine lesbare PDF-Datei",
    ),
    "pages in a circle": (
        pdfs.raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"),
        "keine lesbare PDF-Datei",
    ),
    "bomb": (pdfs.page(BOMB, coding=b"/Filter/FlateDecode"), "zu groß|20 Sekunden"),
}


@pytest.mark.alone
@pytest.mark.parametrize(("data", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_malformed_file_ends_in_one_error(data, message):
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_pdf(data, "a.pdf")
    assert caught.value.hint
    assert time.monotonic() - started < 22


@pytest.mark.parametrize("media", [b"[0 0 9999999 9999999]", b"[0 0 1e30 1e30]", b"[0 0 0 0]"])
def test_a_page_of_absurd_size_is_read(media, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdfs.page(media=media))
    assert "Musterau" in read_pdf(path.read_bytes(), "a.pdf").blocks[0].text
    assert max(Image.open(io.BytesIO(render_page(path, 1))).size) <= 24_000_000


def test_pages_that_are_only_claimed_are_named():
    assert read_pdf(pdfs.page(count=5), "a.pdf").meta["missing_pages"] == "2-5"


@pytest.mark.alone
def test_a_page_of_very_many_letters_ends():
    letters = b"".join(b"1 0 0 1 %d %d Tm (a) Tj " % (i * 13 % 590, i * 7 % 830) for i in range(60_000))
    started = time.monotonic()
    read_pdf(pdfs.page(b"BT /F1 1 Tf " + letters + b"ET"), "a.pdf")
    assert time.monotonic() - started < 10


# --- the page as a picture


def test_a_page_as_a_picture(tmp_path):
    path = tmp_path / "Bericht.pdf"
    path.write_bytes(drawn(*PAGES))
    picture = Image.open(io.BytesIO(render_page(path, 2, width=600)))
    assert picture.format == "PNG"
    assert picture.size == (600, pytest.approx(600 * A4[1] / A4[0], abs=2))
    assert min(picture.convert("L").getdata()) < 100  # something is drawn


@pytest.mark.parametrize("page", [0, -1, 4])
def test_a_page_that_does_not_exist(page, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(drawn(*PAGES))
    with pytest.raises(InputError, match="Seite"):
        render_page(path, page)


@pytest.mark.parametrize("width", [0, 99_999])
def test_a_width_out_of_range(width, tmp_path):
    with pytest.raises(InputError, match="Bildpunkte"):
        render_page(tmp_path / "a.pdf", 1, width=width)


@pytest.mark.parametrize("data", [None, b"", b"%PDF-1.4 nichts", pdfs.simple("Text.", password="geheim")])
def test_no_picture_of_an_unreadable_file(data, tmp_path):
    path = tmp_path / "a.pdf"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(AuskunftError):
        render_page(path, 1)
