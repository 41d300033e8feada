from datetime import datetime

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from support.documents import body, headings, read, text_of
from support.office import document_xml, docx_of, docx_with, paragraph, replaced, unzipped, zipped

from ingest.errors import UnreadableFile
from ingest.readers.docx import read_docx

SENTENCE = "Die Stadt Musterau ist dem Verbund beigetreten."


def fill(document):
    document.add_heading("Musterau tritt dem Verbund bei", 0)
    document.add_paragraph(SENTENCE)
    document.add_heading("Was geplant ist", 2)
    document.add_paragraph("Beratung der Orte", style="List Bullet")
    document.add_paragraph("Antrag stellen", style="List Number")
    document.add_paragraph("Bescheid abwarten", style="List Number")
    rows = [("Jahr", "Orte", "Räte"), ("2020", "34", "5"), ("2021", "78", "6")]
    add_table(document, rows)
    document.sections[0].header.paragraphs[0].text = "Medieninformation"
    document.sections[0].footer.paragraphs[0].text = "Telefon 030 23125-101"


def add_table(document, rows):
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    return table


def table_of(*rows):
    return body(read(docx_of(lambda document: add_table(document, rows)), "a.docx"))


@pytest.fixture(scope="module")
def word():
    return read(docx_of(fill), "brief.docx")


def test_headings_have_levels(word):
    levels = [block.level for block in read_docx(docx_of(fill), "a.docx").blocks if block.level]
    assert levels == [1, 2]
    assert word.title == "Musterau tritt dem Verbund bei"
    assert headings(word) == ["Musterau tritt dem Verbund bei", "Was geplant ist"]


def test_lists_keep_marks_and_numbers(word):
    assert all(line in body(word) for line in ("– Beratung der Orte", "1. Antrag stellen", "2. Bescheid abwarten"))


def test_table_rows_carry_their_column_names(word):
    assert "Jahr: 2020; Orte: 34; Räte: 5." in body(word)


def test_header_and_footer_are_no_body(word):
    assert "Medieninformation" in text_of(word, "furniture")
    assert "030 23125-101" in text_of(word, "contact")
    assert word.kind == "release"


def test_a_marked_header_row_is_the_header():
    def table(document):
        table = add_table(document, [("Ort", "Rat"), ("Musterau", "ja"), ("Fabelstadt", "nein")])
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    assert "Ort: Fabelstadt; Rat: nein." in body(read(docx_of(table), "a.docx"))


def test_two_columns_without_header_are_name_and_value():
    assert "Ort: Musterau." in table_of(("Ort", "Musterau"), ("Beginn", "12. Mai 2021"))


def test_a_table_that_only_lays_text_out_gives_its_cells():
    text = table_of((SENTENCE, "Der Rat stimmte zu. Das Land bewilligte Geld."))
    assert SENTENCE in text
    assert "Der Rat stimmte zu." in text


def test_merged_cells_are_not_repeated():
    def merged(document):
        table = add_table(document, [("Ort", "2020", "2021"), ("Musterau", "34 Räte", ""), ("Fabelstadt", "5", "6")])
        table.cell(1, 1).merge(table.cell(1, 2))
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    text = body(read(docx_of(merged), "a.docx"))
    assert text.count("34 Räte") == 1
    assert "Ort: Fabelstadt; 2020: 5; 2021: 6." in text


def test_rows_merged_downwards_are_not_repeated():
    def merged(document):
        table = add_table(document, [("Kreis", "Ort", "Räte"), ("Nord", "Musterau", "3"), ("", "Fabelstadt", "4")])
        table.cell(1, 0).merge(table.cell(2, 0))

    text = body(read(docx_of(merged), "a.docx"))
    assert text.count("Nord") == 1
    assert "Ort: Fabelstadt; Räte: 4." in text


def test_tracked_changes():
    run = "<w:r><w:t>{}</w:t></w:r>"
    xml = (
        "<w:p>" + run.format("Das Land zahlt ")
        + "<w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        + f"<w:ins>{run.format('200')}</w:ins>" + run.format(" Euro an die Stadt Musterau.") + "</w:p>"
    )  # fmt: skip
    assert "Das Land zahlt 200 Euro an die Stadt Musterau." in body(read(docx_with(xml), "a.docx"))


def test_line_breaks_tabs_links_and_fields():
    xml = (
        "<w:p><w:r><w:t>Erste Zeile.</w:t><w:br/><w:t>Zweite</w:t><w:tab/><w:t>Zeile mit </w:t></w:r>"
        "<w:hyperlink><w:r><w:t>Verweis</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE 7</w:instrText></w:r></w:p>"
    )
    blocks = read_docx(docx_with(xml), "a.docx").blocks
    assert [block.lines for block in blocks] == [("Erste Zeile.", "Zweite Zeile mit Verweis")]


BOX = (
    "<w:p><w:r><w:t>" + SENTENCE + "</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
    + paragraph("Kasten am Rand") + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent>" + paragraph("Kasten am Rand") + "</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)  # fmt: skip


def test_a_text_box_is_furniture_once():
    document = read(docx_with(BOX), "a.docx")
    assert body(document) == SENTENCE
    assert document.text.count("Kasten am Rand") == 1


def test_text_only_in_boxes_is_not_lost():
    xml = BOX.replace(SENTENCE, "").replace("Kasten am Rand", SENTENCE)
    assert SENTENCE in body(read(docx_with(xml), "a.docx"))


def test_content_controls_and_nested_tables():
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('Innen steht ein Satz über den Rat.')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    xml = f"<w:sdt><w:sdtContent>{paragraph(SENTENCE)}</w:sdtContent></w:sdt>{outer}"
    text = body(read(docx_with(xml), "a.docx"))
    assert SENTENCE in text
    assert "Innen steht ein Satz über den Rat." in text


def test_hidden_text_is_no_text():
    xml = paragraph(SENTENCE) + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Unsichtbar</w:t></w:r></w:p>"
    assert "Unsichtbar" not in read(docx_with(xml), "a.docx").text


def test_footnotes_stand_at_the_end():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    data = docx_with(paragraph(SENTENCE))
    relations = unzipped(data)["word/_rels/document.xml.rels"].decode()
    content = unzipped(data)["[Content_Types].xml"].decode()
    override = (
        '<Override PartName="/word/footnotes.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator">{paragraph("Strich")}</w:footnote>'
        f"<w:footnote>{paragraph('Stand der Zählung ist der 12. Mai 2021.')}</w:footnote></w:footnotes>"
    )
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    document = read(
        replaced(
            data,
            {
                "word/footnotes.xml": notes,
                "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation),
                "[Content_Types].xml": content.replace("</Types>", override),
            },
        ),
        "a.docx",
    )
    assert "Fußnote 1: Stand der Zählung ist der 12. Mai 2021." in body(document)
    assert "Strich" not in document.text


# --- properties


def test_title_date_and_publisher_of_the_properties():
    data = docx_of(
        lambda d: d.add_paragraph(SENTENCE + " Der Rat der Stadt hatte im Mai nach langer Beratung zugestimmt." * 3),
        title="Beitritt von Musterau", author="Stadtverwaltung Musterau", changed=datetime(2021, 6, 25, 10, 0),
    )  # fmt: skip
    document = read(data, "a.docx")
    assert (document.title, document.publisher) == ("Beitritt von Musterau", "Stadtverwaltung Musterau")
    assert (document.published.date, document.published.basis) == ("2021-06-25", "file")


@pytest.mark.parametrize("author", ["Anna Beispiel", "python-docx", "Stadtler, Anna", "admin", "Referat 33"])
def test_a_person_or_a_number_is_no_publisher(author):
    assert "publisher" not in read_docx(docx_of(fill, author=author), "a.docx").meta


@pytest.mark.parametrize("title", ["Microsoft Word - Vorlage.doc", "Pressemitteilung", "Fabelstadt baut eine Brücke"])
def test_a_title_of_a_template_or_of_another_text_is_no_title(title):
    assert read(docx_of(fill, title=title), "a.docx").title == "Musterau tritt dem Verbund bei"


def test_the_day_of_the_template_is_no_date():
    assert "file_date" not in read_docx(docx_of(fill), "a.docx").meta


# --- what cannot be read, and what only looks so


def test_an_external_entity_is_not_followed(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("streng geheim")
    doctype = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{secret}">]>'
    xml = document_xml(paragraph(SENTENCE) + paragraph("Davor &x; danach steht etwas."), doctype)
    document = read(replaced(docx_of(fill), {"word/document.xml": xml}), "a.docx")
    assert SENTENCE in document.text
    assert "geheim" not in document.text


def test_encrypted():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    with pytest.raises(UnreadableFile, match=r"»a\.docx« ist mit einem Kennwort geschützt") as caught:
        read_docx(data, "a.docx")
    assert caught.value.hint


def test_old_word_format():
    with pytest.raises(UnreadableFile, match="alten Word-Format") as caught:
        read_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "a.docx")
    assert ".docx speichern" in caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        docx_of(fill)[:3000],
        b"PK\x03\x04",
        b"kein Word",
        zipped({"a.txt": "x"}),
        replaced(docx_of(fill), {"word/document.xml": "<w:document>"}),
        replaced(docx_of(fill), {"word/document.xml": "<x/>"}),
    ],
    ids=["truncated", "mark only", "no zip", "other zip", "broken xml", "other xml"],
)
def test_damaged(data):
    with pytest.raises(UnreadableFile, match=r"»a\.docx«") as caught:
        read_docx(data, "a.docx")
    assert caught.value.hint


def test_a_template_with_macros_is_read():
    parts = unzipped(docx_of(fill))
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert SENTENCE in body(read(zipped({**parts, "[Content_Types].xml": types}), "a.docx"))


@pytest.mark.parametrize("part", ["docProps/core.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"])
def test_a_damaged_part_beside_the_text_costs_no_text(part):
    assert SENTENCE in body(read(replaced(docx_of(fill), {part: "<kaputt"}), "a.docx"))


def test_a_bomb_is_not_unpacked():
    with pytest.raises(UnreadableFile, match="dicht gepackt"):
        read_docx(replaced(docx_of(fill), {"word/document.xml": " " * (30 << 20)}), "a.docx")


def test_very_deep_markup_is_no_crash():
    xml = "<w:sdt><w:sdtContent>" * 110 + paragraph(SENTENCE) + "</w:sdtContent></w:sdt>" * 110
    with pytest.raises(UnreadableFile):
        read(docx_with(xml), "a.docx")
