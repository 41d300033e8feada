"""Answers and sources as HTML: escaped, exact, never more precise than known."""

from __future__ import annotations

import html
import re
from types import SimpleNamespace

import pytest

from app.answers import Answer, Citation
from app.web.changed_words import with_changed_words
from app.web.chat import Conversation, stream
from app.web.dates import parse_date, show_as_of, show_date, show_published
from app.web.markup import answer_html, esc, linked, pieces, plain_text, turn
from app.web.pagemarks import Places, pages_html
from app.web.source import Span, panel_html, text_html
from app.web.strings import strings
from app.web.texts import prose
from app.web.versions import Neighbours, neighbours
from ingest.types import Box, Document, PageSpan, Published, Section, Validity

DE, EN = strings("de"), strings("en")
TEXT = "Erster Satz <b>.\nZweiter 😀 Satz.\nTel. 0351\nDritter Satz."


def document(**more: object) -> Document:
    cut, end = TEXT.index("Tel."), TEXT.index("Dritter")
    values = {
        "id": "a/b",
        "source": "x.pdf",
        "origin": "x.pdf",
        "sha256": "0",
        "title": "Titel <i>",
        "kind": "release",
        "publisher": "Amt & Co",
        "published": Published("2021-06-25", None, "stated"),
        "text": TEXT,
        "sections": (Section("body", 0, cut), Section("contact", cut, end), Section("body", end, len(TEXT))),
        "pages": (PageSpan(1, 0, 20), PageSpan(2, 20, len(TEXT))),
    }
    return Document(**{**values, **more})  # type: ignore[arg-type]


def answer(**more: object) -> Answer:
    citation = Citation(1, document(), 0, TEXT.index("\nTel"))
    values = {
        "question": "Was <war>?",
        "standalone_question": "Was <war>?",
        "status": "answered",
        "short": "Kurz [1]",
        "text": "Kurz [1]\n\n»Satz.« [1] Mehr [12].\nStand: 25.06.2021.",
        "as_of": "2021-06-25",
        "citations": (citation,),
        "notes": ("Achtung <script>",),
        "suggestions": ('Und "dann"?',),
    }
    return Answer(**{**values, **more})  # type: ignore[arg-type]


def marked(markup: str) -> str:
    return html.unescape("".join(re.findall(r"<mark>(.*?)</mark>", markup, re.DOTALL)))


@pytest.mark.parametrize("start", range(0, len(TEXT), 5))
@pytest.mark.parametrize("end", range(3, len(TEXT) + 1, 7))
def test_highlight_is_the_quote_to_the_letter(start: int, end: int) -> None:
    if start < end:
        assert marked(text_html(document(), Span(start, end), DE)) == TEXT[start:end]


def test_whole_text_is_shown_once_and_escaped() -> None:
    markup = text_html(document(), None, DE)
    plain = re.sub(r'<p class="rolle">.*?</p>|<span class="seite">.*?</span>|</?div[^>]*>', "", markup)
    assert html.unescape(plain) == TEXT
    assert "<b>" not in markup
    assert markup.count("Seite 2") == 1
    assert "Kontaktangaben" in markup


def test_document_without_sections_is_shown() -> None:
    bare = document(sections=(), pages=())
    assert TEXT[-8:] in text_html(bare, Span(0, 3), DE)


def test_panel_shows_reason_of_an_inferred_date_and_only_web_links() -> None:
    published = Published(None, ("2021-11-01", "2021-11-30"), "inferred", "weil <so>")
    markup = panel_html(document(published=published, url="javascript:alert(1)"), Span(0, 5, 2), DE)
    assert "zwischen 01.11.2021 und 30.11.2021 (erschlossen)" in markup
    assert "weil &lt;so&gt;" in markup
    assert 'href="javascript' not in markup
    assert 'href="https://a.example/"' in panel_html(document(url="https://a.example/"), None, DE)


def test_panel_names_pages_that_are_missing_and_days_of_a_regulation() -> None:
    paper = document(gaps="3, 5-7", validity=Validity(signed="2021-05", valid_until="2024-12-31"), status="withdrawn")
    markup = panel_html(paper, None, DE)
    assert "Seite 3, 5–7 nicht lesbar" in markup
    assert "<dt>unterzeichnet</dt><dd>Mai 2021</dd>" in markup
    assert "<dt>gilt bis</dt><dd>31.12.2024</dd>" in markup
    assert '<p class="vermerk">zurückgezogen</p>' in markup
    assert "Page 3, 5–7 could not be read" in panel_html(paper, None, EN)


def test_pages_are_drawn_from_the_top_with_one_frame_a_line() -> None:
    boxes = (Box(0, 10, 1, 100, 700, 200, 710), Box(10, 20, 2, 50, 40, 150, 52))
    places = Places(boxes, ((600, 800), (800, 600)))
    markup = pages_html("a/b", places, 5, 20, DE)
    assert markup.count("<figure") == 2
    assert '<image href="/quelle/a%2Fb/seite/2.png" width="800" height="600"' in markup
    assert '<rect class="marke-seite" x="148.5" y="88.5" width="53.0" height="13.0"/>' in markup
    assert '<rect class="marke-seite" x="48.5" y="546.5" width="103.0" height="15.0"/>' in markup
    assert pages_html("a", places, 20, 30, DE) == ""
    assert pages_html("a", Places(boxes), 0, 20, DE) == ""


def test_a_withdrawn_document_has_no_neighbours() -> None:
    rows = [SimpleNamespace(id="x"), SimpleNamespace(id="a/b"), SimpleNamespace(id="y")]
    assert neighbours(document(), rows) == Neighbours(rows[0], rows[2])  # type: ignore[arg-type]
    assert neighbours(document(status="withdrawn"), rows) == Neighbours()  # type: ignore[arg-type]


def test_words_that_differ_are_strong() -> None:
    old, new = with_changed_words(
        ["Es waren 71 <b> Fälle.", "Ganz anderes."], ["Neues kam hinzu, viel davon.", "Es waren 17 <b> Fälle im Jahr."]
    )
    assert old == ["Es waren <strong>71</strong> &lt;b&gt; <strong>Fälle.</strong>", "Ganz anderes."]
    assert new[0] == "Neues kam hinzu, viel davon."
    assert new[1] == "Es waren <strong>17</strong> &lt;b&gt; <strong>Fälle im Jahr.</strong>"
    assert with_changed_words([], ["Nur neu."]) == ([], ["Nur neu."])


def test_answer_is_escaped_on_one_line_and_links_only_its_citations() -> None:
    markup = turn("Was <war>?", answer_html(answer(), DE), DE)
    assert "\n" not in markup
    assert "<war>" not in markup
    assert "<script" not in markup
    assert 'href="/quelle/a%2Fb?von=0&amp;bis=' in markup
    assert "[12]" in markup
    assert len(re.findall(r'class="cite"', markup)) == 3
    assert "Stand 25.06.2021" in markup
    assert "Stand: 25" not in markup.split('class="klartext"')[0]


def test_short_answer_is_not_repeated() -> None:
    assert answer_html(answer(), DE).split('class="klartext"')[0].count("Kurz ") == 1


def test_stream_grows_by_whole_pieces() -> None:
    states = list(stream(answer(), DE))
    assert [s.count('class="satz"') for s in states[:-1]] == [0, 1, 2]
    assert "quellen" not in states[-2]
    assert "quellen" in states[-1]


def test_plain_text_has_answer_sources_and_date() -> None:
    text = plain_text(answer(), DE)
    assert text.startswith("Was <war>?\n\nKurz [1]")
    assert "Beantwortet · Stand 25.06.2021" in text
    assert "[1] Titel <i>, Amt & Co, 25.06.2021, S. 1, x.pdf: »Erster Satz <b>." in text


def test_pieces_end_behind_citations() -> None:
    assert pieces("Am 12. Mai kamen 1,3 Mio. [1] [2]. Dann mehr [3]\nEnde") == [
        ["Am 12. Mai kamen 1,3 Mio. [1] [2].", " Dann mehr [3]"],
        ["Ende"],
    ]


def test_linked_keeps_unknown_numbers_as_text() -> None:
    assert linked("a [7] <b>", (), DE) == "a [7] &lt;b&gt;"


def test_esc_keeps_line_breaks_without_breaking_the_line() -> None:
    assert esc('a\r\n\n"b"') == "a&#10;&#10;&quot;b&quot;"


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (Published("2021-06-25", None, "stated"), "25.06.2021"),
        (Published("2021-11", ("2021-11-01", "2021-11-30"), "stated"), "November 2021"),
        (Published("2021-11", ("2021-11-01", "2021-11-30"), "inferred"),
         "zwischen 01.11.2021 und 30.11.2021 (erschlossen)"),
        (Published("2021-11-01", ("2021-11-01", "2021-11-30"), "stated"), "zwischen 01.11.2021 und 30.11.2021"),
        (Published("2021-11-23", None, "inferred"), "23.11.2021 (erschlossen)"),
        (Published("2020-01-02", None, "file"), "02.01.2020 (laut Datei)"),
        (Published("2020", None, "stated"), "2020"),
        (Published(), "ohne Datum"),
    ],
)  # fmt: skip
def test_publication_dates(published: Published, shown: str) -> None:
    assert show_published(published, DE) == shown


def test_dates_in_english_and_odd_ones() -> None:
    assert show_date("2021-06-05", EN) == "5 June 2021"
    assert show_date("bald", DE) == "bald"
    assert show_date("2021-13", DE) == "2021-13"
    assert show_as_of(None, ("2021-11-01", "2021-11-30"), DE) == "Stand zwischen 01.11.2021 und 30.11.2021"
    assert show_as_of(None, None, DE) == ""


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("22.07.2022", "2022-07-22"),
        (" 1.7.2022 ", "2022-07-01"),
        ("07.2022", "2022-07"),
        ("2022", "2022"),
        ("2022-07-22", "2022-07-22"),
        ("31.02.2022", None),
        ("gestern", None),
        ("2022-13", None),
    ],
)
def test_typed_dates(typed: str, iso: str | None) -> None:
    assert parse_date(typed) == iso


def test_conversation_keeps_the_last_questions_and_forgets_failed_ones() -> None:
    talk = Conversation()
    for number in range(40):
        talk = talk.with_turn(str(number), f"<{number}>")
    assert talk.questions == ("35", "36", "37", "38", "39")
    assert len(talk.turns) == 30
    assert talk.with_turn(None, "x").questions == talk.questions


def test_prose_of_legal_texts() -> None:
    assert prose("# Kopf\n\nZeile <1>\nZeile 2\n\n- a\n- https://a.example/x.") == (
        "<h2>Kopf</h2><p>Zeile &lt;1&gt;<br>Zeile 2</p>"
        '<ul><li>a</li><li><a href="https://a.example/x" rel="noopener noreferrer">https://a.example/x</a>.</li></ul>'
    )


def test_a_refusal_shows_what_comes_near_and_copies_none_of_it():
    near = Citation(1, document(), 0, TEXT.index(".\n") + 1)
    refused = answer(status="no_evidence", short="Nichts.", text="Nichts.", citations=(), as_of=None, nearest=(near,))
    shown = answer_html(refused, DE)
    assert "Erster Satz &lt;b&gt;." in shown
    assert DE("nearest_title") in shown
    assert 'href="/quelle/a%2Fb' in shown
    assert "Erster Satz" not in plain_text(refused, DE)
    assert DE("nearest_title") not in answer_html(answer(), DE)
