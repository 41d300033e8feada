import pytest
from support import pdfs
from support.documents import TODAY, body, headings, read, text_of

from ingest.errors import AuskunftError, ScanWithoutText, UnreadableFile, UnsupportedFormat
from ingest.passages import body_sentences
from ingest.readers.text import front_matter
from ingest.reading import SUFFIXES, read_document

TEXT = "Prüfung in Łaz\n\nDie Größe der »Fläche« beträgt 134 km² – etwa. Das Land hilft der Stadt.\n"


def searchable(document):
    return [document.text[start:end] for start, end in body_sentences(document)]


# --- text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings(encoding):
    assert read(TEXT.encode(encoding)).text == read(TEXT).text


def test_windows_encoding():
    text = "Prüfung – „Größe“\n\nDas Geld (5 €) hilft der Stadt.\n"
    assert read(text.encode("cp1252")).text == read(text).text


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines(newline):
    assert read(TEXT.replace("\n", newline)).text == read(TEXT).text


def test_composed_and_decomposed_letters_are_one():
    assert "Größe" in read("Pru\u0308fung\n\nDie Gro\u0308ße der Stadt wa\u0308chst.\n").text


def test_a_form_feed_begins_a_page():
    document = read("Titel der Meldung\n\nErste Seite.\n\fZweite Seite.\n")
    assert document.page_count == 2
    assert document.page_at(document.text.index("Erste")) == 1
    assert document.page_at(document.text.index("Zweite")) == 2


def test_without_form_feed_there_are_no_pages():
    assert (read(TEXT).page_count, read(TEXT).pages) == (None, ())


def test_a_wrapped_paragraph_is_one():
    assert "Das Land hilft der Stadt." in read("Titel der Meldung\n\nDas Land\nhilft der\nStadt.\n").text


# --- Markdown

MARKDOWN = """---
title: Titel im Vorspann
date: 2021-06
---
# Überschrift

Ein Absatz mit **fettem** Text und [einem Link](https://x.example.org).

## Teil zwei

- Beratung der Orte
- Förderung der Projekte

1. Antrag stellen
2. Bescheid abwarten

| Jahr | Orte |
|---|---|
| 2020 | 34 |
| 2021 | 78 |

## Teil drei

> Ein Zitat steht hier.
"""


def test_markdown_headings():
    document = read(MARKDOWN, "a.md")
    assert document.title == "Titel im Vorspann"
    assert headings(document) == ["Überschrift", "Teil zwei", "Teil drei"]


def test_markdown_without_markup():
    document = read(MARKDOWN, "a.md")
    assert "Ein Absatz mit fettem Text und einem Link." in searchable(document)
    assert "Ein Zitat steht hier." in searchable(document)
    assert "**" not in document.text


def test_markdown_lists():
    found = searchable(read(MARKDOWN, "a.md"))
    assert {"– Beratung der Orte", "– Förderung der Projekte", "1. Antrag stellen", "2. Bescheid abwarten"} <= set(
        found
    )


def test_markdown_table_rows_carry_their_column_names():
    assert "Jahr: 2021; Orte: 78." in body(read(MARKDOWN, "a.md"))


def test_markdown_table_rows_can_be_searched():
    assert {"Jahr: 2020; Orte: 34.", "Jahr: 2021; Orte: 78."} <= set(searchable(read(MARKDOWN, "a.md")))


def test_a_short_line_with_a_value_can_be_searched():
    text = (
        "Preise im Bad\n\nDas Bad ist wieder offen. Es gibt neue Preise.\n\nEintritt: 5 Euro\n\nAlle sind eingeladen.\n"
    )
    assert "Eintritt: 5 Euro" in searchable(read(text))


def test_html_inside_markdown_is_read():
    text = "# Titel\n\n<details>\n<summary>Mehr</summary>\nDas Land hilft der Stadt.\n</details>\n\nDas ist alles.\n"
    assert "Das Land hilft der Stadt." in body(read(text, "a.md"))


def test_front_matter_values_are_text():
    meta, rest = front_matter("---\ntitle: 2021\nyes: ja\n---\nText\n", "a.md")
    assert (meta, rest) == ({"title": "2021", "yes": "ja"}, "Text\n")


@pytest.mark.parametrize("head", ["title: [offen", "a: b: c\n- d", "\ttitle: x"])
def test_broken_front_matter(head):
    with pytest.raises(UnreadableFile, match="Vorspann") as caught:
        read(f"---\n{head}\n---\nDas Land hilft der Stadt.\n", "a.md")
    assert caught.value.hint


@pytest.mark.parametrize("text", ["---\ntitle: offen\n\nDas Land hilft.\n", "---\n- a\n- b\n---\nDas Land hilft.\n"])
def test_what_only_looks_like_front_matter_is_text(text):
    assert "Das Land hilft." in read(text, "a.md").text


# --- HTML

PAGE = """<!doctype html><html lang="de"><head><title>Musterau tritt bei | Portal</title>
<meta property="article:published_time" content="2021-06-25T10:00:00+02:00">
<meta property="og:site_name" content="Portal Musterland">
<link rel="canonical" href="https://portal.example.org/musterau">
<script>var a = "im Skript";</script><style>p {color: red}</style></head><body>
<div id="cookie-banner"><p>Wir verwenden Cookies.</p><button>Alle annehmen</button></div>
<nav><ul><li><a href="/">Startseite</a></li><li><a href="/k">Formular der Redaktion</a></li></ul></nav>
<main><article><h1>Musterau tritt dem Verbund bei</h1>
<p>Die Stadt Musterau ist dem Verbund beigetreten. Der Rat hatte am 12. Mai 2021 zugestimmt, und die Verwaltung
bereitete alles vor.</p>
<h2>Zahlen</h2>
<table><tr><th>Jahr</th><th>Orte</th></tr><tr><td>2020</td><td>34</td></tr><tr><td>2021</td><td>78</td></tr></table>
<ul><li>Beratung der Orte vor Ort</li><li>Förderung von Projekten</li></ul>
<p>Das Land bewilligte der Stadt rund 240.000&nbsp;Euro, die in zwei neue Stellen und in ein Projekt im Bahnhofsviertel
fließen.</p></article></main>
<aside><h2>Das könnte Sie auch interessieren</h2><ul><li><a href="/x">Erdachtau baut einen Bus um</a></li></ul></aside>
<footer><p>Impressum</p><p>Tel. 030 23125-800</p></footer></body></html>"""


@pytest.fixture(scope="module")
def page():
    return read(PAGE, "seite.html")


def test_html_metadata(page):
    assert page.title == "Musterau tritt dem Verbund bei"
    assert (page.published.date, page.published.basis) == ("2021-06-25", "stated")
    assert (page.publisher, page.url) == ("Portal Musterland", "https://portal.example.org/musterau")
    assert (page.language, page.kind) == ("de", "page")


def test_html_main_text(page):
    found = searchable(page)
    assert "Die Stadt Musterau ist dem Verbund beigetreten." in found
    assert any("240.000\u00a0Euro" in s or "240.000 Euro" in s for s in found)
    assert any("Beratung der Orte vor Ort" in s for s in found)


@pytest.mark.parametrize(
    "text", ["Cookies", "Startseite", "Formular der Redaktion", "Erdachtau", "interessieren", "Impressum"]
)
def test_html_surroundings_are_no_body(page, text):
    assert text not in body(page)
    assert text in page.text


@pytest.mark.parametrize("text", ["im Skript", "color: red", "Alle annehmen"])
def test_html_code_is_gone(page, text):
    assert text not in page.text


def test_html_footer_contact(page):
    assert "030 23125-800" in text_of(page, "contact")


def test_html_table_rows_can_be_searched(page):
    assert {"Jahr: 2020; Orte: 34.", "Jahr: 2021; Orte: 78."} <= set(searchable(page))


def test_html_declares_its_encoding():
    head, text = '<meta charset="iso-8859-1">', "<h1>Prüfung</h1><p>Die Größe hilft der Stadt.</p>"
    text = f"<html><head>{head}</head><body>{text}</body></html>"
    assert "Die Größe hilft der Stadt." in read(text.encode("latin-1"), "a.html").text


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<!-- nichts -->", b"<html><body><script>1</script></body></html>"]
)
def test_html_without_text(data):
    with pytest.raises(UnreadableFile) as caught:
        read(data, "a.html")
    assert caught.value.hint


# --- PDF


@pytest.fixture(scope="module")
def pdf():
    return read(pdfs.release(), "musterau.pdf")


def test_pdf_title_and_date(pdf):
    assert pdf.title == "Musterau tritt dem Verbund bei"
    assert (pdf.published.date, pdf.published.basis, pdf.kind) == ("2020-03-18", "stated", "release")


def test_pdf_sentence_over_the_page_break_is_whole(pdf):
    whole = "Das Geld fließt in zwei neue Stellen für Streetwork und in die Beratung der Familien im Bahnhofsviertel."
    assert whole in searchable(pdf)


def test_pdf_word_divided_at_the_line_end_is_whole(pdf):
    assert "für die Prävention." in body(pdf)


def test_pdf_line_may_begin_with_an_ordinal(pdf):
    assert any("bis zum 30. September 2020 eine" in " ".join(s.split()) for s in searchable(pdf))


def test_pdf_letterhead_is_contact(pdf):
    contact = text_of(pdf, "contact")
    for line in pdfs.LETTERHEAD:
        assert line in contact
        assert not line or line not in body(pdf)


def test_pdf_page_numbers_are_furniture(pdf):
    assert "Seite 1 von 2" in text_of(pdf, "furniture")
    assert "Seite" not in body(pdf)


def test_pdf_pages(pdf):
    assert pdf.page_count == 2
    assert pdf.page_at(pdf.text.index("Die Stadt Musterau")) == 1
    assert pdf.page_at(pdf.text.index("30. September")) == 2


def test_pdf_properties():
    document = read(pdfs.release(title="Titel der Datei", author="Musteramt"), "a.pdf")
    assert (document.title, document.publisher) == ("Titel der Datei", "Musteramt")


def test_pdf_defaults_of_the_writing_program_are_no_metadata():
    document = read(pdfs.simple("Musterau tritt bei.", "Das Land hilft der Stadt."), "a.pdf")
    assert (document.title, document.publisher, document.note) == ("Musterau tritt bei.", "nicht genannt", None)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdfs.simple("Ein Satz steht hier.", password="geheim"), "Kennwort"),
        (pdfs.release()[:900], "keine lesbare PDF"),
        (b"kein PDF", "keine lesbare PDF"),
    ],
    ids=["encrypted", "truncated", "no pdf"],
)
def test_unreadable_pdf(data, message):
    with pytest.raises(UnreadableFile, match=message) as caught:
        read(data, "a.pdf")
    assert caught.value.hint


def test_pdf_of_pictures():
    with pytest.raises(ScanWithoutText, match="Scan") as caught:
        read(pdfs.picture_only(), "a.pdf")
    assert "Texterkennung" in caught.value.hint


# --- files


def read_file(path):
    return read_document(path, origin=str(path), source=path.name, today=TODAY)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@pytest.mark.parametrize("data", [b"", b" \n\n "], ids=["empty", "blank"])
def test_empty_file(tmp_path, suffix, data):
    path = tmp_path / f"leer{suffix}"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="leer") as caught:
        read_file(path)
    assert caught.value.hint


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_bytes_that_are_no_text(tmp_path, suffix):
    path = tmp_path / f"datei{suffix}"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(AuskunftError) as caught:
        read_file(path)
    assert caught.value.hint


def test_unknown_suffix(tmp_path):
    path = tmp_path / "tabelle.xls"
    path.write_bytes(b"x")
    with pytest.raises(UnsupportedFormat) as caught:
        read_file(path)
    assert ".pdf" in caught.value.hint


def test_missing_file(tmp_path):
    with pytest.raises(UnreadableFile) as caught:
        read_file(tmp_path / "fehlt.txt")
    assert caught.value.hint


def test_same_bytes_same_document(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read_file(path) == read_file(path)


def test_the_sample_corpus_can_be_read(sample):
    paths = [path for path in sorted(sample.iterdir()) if path.suffix in SUFFIXES]
    assert len(paths) >= 60
    for path in paths:
        if path.suffix != ".pdf":
            assert searchable(read_file(path)), path.name


def test_front_matter_as_people_write_it():
    text = "---\ntitle: 1. Korrektur: Musterau tritt bei\ndate: 2023-05-04\n---\nMusterau ist beigetreten.\n"
    document = read(text, "a.md")
    assert document.title == "1. Korrektur: Musterau tritt bei"
    assert document.published.date == "2023-05-04"
    with pytest.raises(UnreadableFile, match="YAML"):
        read("---\ntitle: [offen\n---\nText.\n", "a.md")
