import pytest
from support.documents import body, headings, read, text_of
from support.office import odt_of, replaced, zipped

from ingest.errors import UnreadableFile
from ingest.readers.odt import read_odt

SENTENCE = "Die Stadt Musterau ist dem Verbund beigetreten."


def p(text):
    return f"<text:p>{text}</text:p>"


def cell(text, attributes=""):
    return f"<table:table-cell {attributes}>{p(text) if text else ''}</table:table-cell>"


def row(*cells):
    return "<table:table-row>" + "".join(c if c.startswith("<") else cell(c) for c in cells) + "</table:table-row>"


TEXT = (
    '<text:h text:outline-level="1">Musterau tritt dem Verbund bei</text:h>'
    + p(SENTENCE)
    + '<text:h text:outline-level="2">Was geplant ist</text:h>'
    + f"<text:list><text:list-item>{p('Beratung der Orte')}<text:list><text:list-item>"
    + f"{p('auch abends')}</text:list-item></text:list></text:list-item></text:list>"
    + "<table:table><table:table-header-rows>" + row("Jahr", "Orte") + "</table:table-header-rows>"
    + row("2020", "34") + row("2021", "78") + "</table:table>"
)  # fmt: skip
PAGES = (
    f"<style:header>{p('Medieninformation')}</style:header><style:footer>{p('Telefon 030 23125-101')}</style:footer>"
)
META = (
    "<dc:title>Musterau tritt dem Verbund bei</dc:title><meta:initial-creator>Anna Beispiel</meta:initial-creator>"
    "<meta:creation-date>2019-01-01T08:00:00</meta:creation-date><dc:date>2021-06-25T10:00:00</dc:date>"
)


@pytest.fixture(scope="module")
def letter():
    return read(odt_of(TEXT, pages=PAGES, meta=META), "brief.odt")


def lines(text, **parts):
    return [block.lines for block in read_odt(odt_of(text, **parts), "a.odt").blocks]


def test_headings_and_text(letter):
    assert headings(letter) == ["Musterau tritt dem Verbund bei", "Was geplant ist"]
    assert SENTENCE in body(letter)


def test_lists(letter):
    assert "– Beratung der Orte" in body(letter)
    assert "– auch abends" in body(letter)


def test_table_rows_carry_their_column_names(letter):
    assert "Jahr: 2020; Orte: 34." in body(letter)
    assert "Jahr: 2021; Orte: 78." in body(letter)


def test_header_and_footer_are_no_body(letter):
    assert "Medieninformation" in text_of(letter, "furniture")
    assert "030 23125-101" in text_of(letter, "contact")


def test_properties(letter):
    assert (letter.published.date, letter.published.basis) == ("2021-06-25", "file")
    assert (letter.title, letter.publisher) == ("Musterau tritt dem Verbund bei", "nicht genannt")


def test_blanks_tabs_and_line_breaks():
    text = p(
        'Erste<text:s text:c="3"/>Zeile.<text:line-break/>Zweite<text:tab/>Zeile mit <text:span>Betonung</text:span>.'
    )
    assert lines(text) == [("Erste Zeile.", "Zweite Zeile mit Betonung.")]


def test_tracked_deletions_are_gone_and_insertions_stay():
    changes = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('Gestrichen.')}</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    text = changes + p(
        'Das Land zahlt <text:change-start/>200<text:change-end/> Euro<text:change text:change-id="c"/>.'
    )
    assert lines(text) == [("Das Land zahlt 200 Euro.",)]


def test_notes_stand_at_the_end_and_comments_nowhere():
    text = f"<text:note-body>{p('Stand: Mai.')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{text}</text:note>"
    comment = f"<office:annotation>{p('Bitte prüfen')}</office:annotation>"
    assert lines(p(f"Es gibt{note} drei Räte{comment}.") + p("Ende.")) == [
        ("Es gibt drei Räte.",), ("Ende.",), ("Fußnote 1: Stand: Mai.",),
    ]  # fmt: skip


def test_a_text_box_is_furniture():
    box = f"<draw:frame><draw:text-box>{p('Kasten am Rand')}</draw:text-box></draw:frame>"
    document = read(odt_of(p(SENTENCE + box)), "a.odt")
    assert body(document) == SENTENCE
    assert "Kasten am Rand" in text_of(document, "furniture")
    assert SENTENCE in body(read(odt_of(p(box.replace("Kasten am Rand", SENTENCE))), "a.odt"))


def test_a_table_of_contents_is_furniture():
    index = (
        f"<text:table-of-content><text:index-body>{p('Was geplant ist 3')}</text:index-body></text:table-of-content>"
    )
    assert "Was geplant ist 3" not in body(read(odt_of(index + TEXT), "a.odt"))


def test_merged_cells_are_not_repeated():
    head = row(cell("Kreis"), cell("Zahl der Orte", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
    rows = (
        row(cell("Nord", 'table:number-rows-spanned="2"'), "3", "Räte")
        + "<table:table-row><table:covered-table-cell/>" + cell("4") + cell("Beiräte") + "</table:table-row>"
    )  # fmt: skip
    table = f"<table:table><table:table-header-rows>{head}</table:table-header-rows>{rows}</table:table>"
    assert lines(table) == [
        ("Kreis: Nord; Zahl der Orte: 3; Zahl der Orte: Räte.",), ("Zahl der Orte: 4; Zahl der Orte: Beiräte.",),
    ]  # fmt: skip


def test_bold_names_above_plain_rows_are_a_header():
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    strong = '<text:span text:style-name="T1">{}</text:span>'
    table = f"<table:table>{row(strong.format('Ort'), strong.format('Rat'))}{row('Musterau', 'ja')}</table:table>"
    table = table.replace("<text:span", "<table:table-cell><text:p><text:span").replace(
        "</text:span>", "</text:span></text:p></table:table-cell>"
    )
    assert lines(table, styles=styles) == [("Ort: Musterau; Rat: ja.",)]


def test_the_style_of_a_title_is_a_heading():
    styles = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    blocks = read_odt(
        odt_of('<text:p text:style-name="P1">Titel</text:p>' + p(SENTENCE), styles=styles), "a.odt"
    ).blocks
    assert [block.level for block in blocks] == [1, 0]


def test_an_external_entity_is_not_followed(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("streng geheim")
    data = odt_of(p(SENTENCE) + p("Davor &amp;x; danach steht etwas."))
    content = odt_content(data).replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file://{secret}">]>'
    )
    document = read(replaced(data, {"content.xml": content.replace("&amp;x;", "&x;")}), "a.odt")
    assert SENTENCE in document.text
    assert "streng" not in document.text


def odt_content(data):
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()


def test_encrypted():
    with pytest.raises(UnreadableFile, match="Kennwort") as caught:
        read_odt(odt_of(TEXT, manifest="<encryption-data/>"), "a.odt")
    assert caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        odt_of(TEXT)[:700],
        b"PK\x03\x04",
        b"kein Text",
        zipped({"a": "b"}),
        replaced(odt_of(TEXT), {"content.xml": "<x>"}),
    ],
    ids=["truncated", "mark only", "no zip", "other zip", "broken xml"],
)
def test_damaged(data):
    with pytest.raises(UnreadableFile, match=r"»a\.odt« ist beschädigt") as caught:
        read_odt(data, "a.odt")
    assert caught.value.hint


def test_damaged_styles_and_properties_cost_no_text():
    data = replaced(odt_of(TEXT), {"styles.xml": "<kaputt", "meta.xml": "<kaputt"})
    assert SENTENCE in body(read(data, "a.odt"))


def test_a_bomb_is_not_unpacked():
    with pytest.raises(UnreadableFile, match="dicht gepackt"):
        read_odt(replaced(odt_of(TEXT), {"content.xml": " " * (30 << 20)}), "a.odt")
