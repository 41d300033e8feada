"""A Vermerk as DOCX and PDF: everything that belongs in it, readable by eye and aloud."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from app.answers import Answer, Citation, CorpusState
from app.memo.content import Memo, Occasion, file_stem, make_memo
from app.memo.formats import format_of, write
from ingest.types import Document, PageSpan, Published

DAY = datetime.date(2026, 11, 26)
SENTENCE = "»Łaz« und Žźěńřŕ haben\nam 25. Juni 2021 unterzeichnet.\x07"
STATE = CorpusState(12, 40, "2022-07-22")


def document(**more: object) -> Document:
    values = {
        "id": "d1",
        "source": "łaz.pdf",
        "origin": "x",
        "sha256": "0",
        "title": "Beitritt <b> & mehr",
        "kind": "release",
        "publisher": "Landkreis Muster",
        "published": Published(None, ("2021-11-01", "2021-11-30"), "inferred", "weil"),
        "text": f"Vorher. {SENTENCE} Nachher.",
        "url": "https://example.org/laz",
        "note": "Nacherzählung",
        "pages": (PageSpan(1, 0, 3), PageSpan(2, 3, 80)),
    }
    return Document(**{**values, **more})  # type: ignore[arg-type]


def answer(**more: object) -> Answer:
    start = 8
    citation = Citation(1, document(), start, start + len(SENTENCE))
    values = {
        "question": "Und wer <i>?",
        "standalone_question": "Wer hat unterzeichnet (Łaz)?",
        "status": "answered",
        "short": "Zwei Orte",
        "text": f"Zwei Orte [1]\n\n»{SENTENCE}« [1]\n\n– Łaz: 2021 [1]\n\n– Žźěńřŕ [1]\n\nStand: 25.06.2021.",
        "as_of": "2021-06-25",
        "citations": (citation,),
        "notes": ("Das Datum ist erschlossen.",),
    }
    return Answer(**{**values, **more})  # type: ignore[arg-type]


def made(reply: Answer | None = None, **occasion: Any) -> Memo:
    values: dict[str, Any] = {
        "asked": DAY,
        "made": DAY,
        "history": ("Wann ist Łaz beigetreten?",),
        "service": "Auskunft",
    }
    return make_memo(reply or answer(), STATE, Occasion(**{**values, **occasion}))


def paper(memo: Memo) -> Any:
    return docx.Document(io.BytesIO(write(memo, "docx")))


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\r\n", "\n")


def one_line(text: str) -> str:
    return " ".join(text.split())


WANTED = (
    "Und wer <i>?", "Wann ist Łaz beigetreten?", "Wer hat unterzeichnet (Łaz)?", "26.11.2026", "25.06.2021",
    "Zwei Orte [1]", "Das Datum ist erschlossen.", "[1] »»Łaz« und Žźěńřŕ haben am 25. Juni 2021 unterzeichnet.«",
    "Beitritt <b> & mehr", "Landkreis Muster · Pressemitteilung · zwischen 01.11.2021 und 30.11.2021 (erschlossen)",
    "Seite 2", "łaz.pdf", "https://example.org/laz", "Nacherzählung", "12", "22.07.2022", "Zitate sind wörtlich.",
    "Fehlen beweist nichts.",
)  # fmt: skip


def test_docx_holds_what_belongs_in_it():
    found = paper(made())
    footer = found.sections[0].footer.paragraphs[0].text
    text = one_line("\n".join([*(paragraph.text for paragraph in found.paragraphs), footer]))
    assert [wanted for wanted in WANTED if wanted not in text] == []


def test_pdf_holds_what_belongs_in_it():
    text = one_line(pdf_text(write(made(), "pdf")))
    assert [wanted for wanted in WANTED if wanted not in text] == []
    assert "Seite 1 von 1" in text


def test_a_quote_stands_once_and_lists_are_lists():
    memo = made()
    assert [(line.text, line.item) for line in memo.text] == [("Łaz: 2021 [1]", True), ("Žźěńřŕ [1]", True)]
    assert [p.style.name for p in paper(memo).paragraphs if "Žźěńřŕ [1]" in p.text] == ["List Bullet"]


def test_docx_has_headings_title_and_language():
    found = paper(made())
    headings = [(p.style.name, p.text) for p in found.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Vermerk"), ("Heading 2", "Antwort"), ("Heading 2", "Hinweise"),
        ("Heading 2", "Wörtliche Belege"), ("Heading 2", "Stand der Sammlung"),
    ]  # fmt: skip
    assert (found.core_properties.title, found.core_properties.language) == ("Vermerk: Und wer <i>?", "de-DE")
    languages = {lang.get(qn("w:val")) for lang in found.styles.element.iter(qn("w:lang"))}
    assert languages == {"de-DE"}


def test_pdf_is_tagged_named_and_in_its_own_font():
    data = write(made(), "pdf")
    for entry in (rb"/Marked true", rb"/StructTreeRoot \d+ 0 R", rb"/Lang \(de-DE\)", rb"/DisplayDocTitle true"):
        assert re.search(entry, data), entry
    roles = re.findall(rb"/S /(\w+)", data)
    assert roles.count(b"H1") == 1
    assert roles.count(b"H2") == 4
    assert {b"BlockQuote", b"L", b"LI", b"LBody", b"P", b"Document"} <= set(roles)
    assert b"Helvetica" not in data
    with pypdfium2.PdfDocument(data) as pdf:
        assert pdf.get_metadata_dict()["Title"] == "Vermerk: Und wer <i>?"
        assert next(entry.get_title() for entry in pdf.get_toc()) == "Vermerk"


def test_words_at_the_end_of_a_line_stay_apart():
    """In what a screen reader gets, a line ends with the space that parts its words from the next line."""
    words = [f"Wort{number}" for number in range(60)]
    memo = made(answer(notes=(" ".join(words),)))
    with pypdfium2.PdfDocument(write(memo, "pdf")) as pdf:
        page = pdf[0].get_textpage()
        whole = page.get_text_range()
    ends = [line for line in whole.splitlines() if line.startswith(("– Wort", "Wort"))]
    assert len(ends) > 2
    assert all(line.endswith(" ") for line in ends[:-1])
    assert " ".join(" ".join(ends).replace("– ", "").split()) == " ".join(words)


def test_every_part_of_a_page_is_owned_by_a_tag():
    """Long answers break over pages; then each page has its own entry in the tree."""
    lines = "\n\n".join(
        f"– Ort {number}: ein Satz, der eine Zeile füllt und noch etwas mehr [1]" for number in range(120)
    )
    data = write(made(answer(text=f"Zwei Orte [1]\n\n{lines}")), "pdf")
    with pypdfium2.PdfDocument(data) as pdf:
        pages = len(pdf)
    assert pages >= 3
    assert sorted(map(int, re.findall(rb"/StructParents (\d+)", data))) == list(range(pages))
    assert f"Seite {pages} von {pages}" in pdf_text(data)


def test_a_quote_longer_than_a_page_is_kept_whole():
    words = " ".join(f"Wort{number}" for number in range(2500))
    long = document(text=words, pages=())
    text = one_line(pdf_text(write(made(answer(citations=(Citation(1, long, 0, len(words)),))), "pdf")))
    assert "Wort0 " in text
    assert "Wort2499«" in text


def test_what_the_font_cannot_show_is_a_box_and_never_a_gap():
    text = pdf_text(write(made(answer(notes=("Zeichen 漢 und ein\u2011Strich",))), "pdf"))
    assert "Zeichen ☐ und ein-Strich" in one_line(text)


def test_a_refusal_says_that_nothing_was_found():
    refusal = answer(
        status="no_evidence", short="Dazu nichts.", text="Dazu nichts.", citations=(), notes=(), as_of=None
    )
    memo = made(refusal, as_of="2021-01", history=())
    for text in (pdf_text(write(memo, "pdf")), "\n".join(p.text for p in paper(memo).paragraphs)):
        assert "Nicht belegt" in text
        assert "keine Stelle, die diese Frage beantwortet" in one_line(text)
        assert "Gefragt zum Januar 2021: Was danach veröffentlicht wurde" in one_line(text)
        assert "Hinweise" not in text


def test_in_english_every_word_of_ours_is_english():
    memo = made(answer(language="en", text="Two [1]\n\nAs of 25.06.2021.", short="Two"), changed=True)
    text = one_line(pdf_text(write(memo, "pdf")))
    assert memo.text == ()
    assert "Verbatim evidence" in text
    assert "The collection has changed since" in text
    assert "Quotes are verbatim" in text
    assert paper(memo).core_properties.language == "en-GB"


def test_another_day_of_writing_is_said():
    about = dict(made(made=datetime.date(2026, 12, 1)).about)
    assert (about["Gefragt am"], about["Erstellt am"]) == ("26.11.2026", "01.12.2026")


@pytest.mark.parametrize(
    ("question", "stem"),
    [
        ("Wann ist Łaz / Görlitz beigetreten?", "vermerk-wann-ist-az-goerlitz-beigetreten"),
        ('../"x"\r\n', "vermerk-x"),
        ("漢", "vermerk"),
        ("wort " * 40, "vermerk-" + "-".join(["wort"] * 9)),
    ],
)
def test_file_names_are_plain(question: str, stem: str):
    assert file_stem(question) == stem


def test_formats_are_told_by_the_ending():
    assert [format_of(name) for name in ("a.PDF", "b.docx", "c.odt", "pdf")] == ["pdf", "docx", None, None]


def test_mode_is_named_only_where_something_is_answered():
    assert dict(made().about)["Ergebnis"] == "Beantwortet, wörtlich"
    assert dict(made(answer(status="no_evidence")).about)["Ergebnis"] == "Nicht belegt"
