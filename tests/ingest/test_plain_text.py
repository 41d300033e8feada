"""What plain text draws with signs: headings, tables of spaces; and lists of terms in web pages."""

from __future__ import annotations

from support.documents import body, headings, read

from ingest.readers.aligned import aligned

TABLE = """\
Kommune              Zweck                      Betrag
Stadt Musterau       Koordinierungsstelle       16.800 Euro
Gemeinde Probehain   Licht am Weg                3.500 Euro"""


def test_headings_between_signs_head_their_paragraphs() -> None:
    document = read(
        "Rundbrief\n\n+++ Musterau ist dabei +++\nDie Stadt hat unterschrieben.\n\n=== Geld ===\n\nEs gibt mehr."
    )

    assert headings(document)[-2:] == ["Musterau ist dabei", "Geld"]


def test_a_table_of_spaces_gives_rows_with_the_names_of_their_columns() -> None:
    text = body(read(f"Die Bewilligungen im Überblick\n\nDrei Orte bekommen Geld vom Land.\n\n{TABLE}"))

    assert "Kommune: Gemeinde Probehain; Zweck: Licht am Weg; Betrag: 3.500 Euro." in text


def test_lines_beside_each_other_are_no_table() -> None:
    assert aligned("Bearbeiter:   Max Muster\nTelefon:      0399 12\nDatum:        3. Mai 2021") is None
    assert aligned("Der Rat        Die Pressestelle\nMusterau       Probehain\nSüd            Nord") is None
    assert aligned(TABLE) is not None


def test_terms_of_a_web_page_stay_with_what_they_mean() -> None:
    page = (
        "<html><body><main><h1>Hilfen</h1><p>Das Land hilft Kommunen auf viele Weisen, und zwar kostenlos.</p>"
        "<dl><dt>Erstgespräch</dt><dd>Ein Termin bei Ihnen im Rathaus, der drei Stunden dauert.</dd>"
        "<dt>Coaching</dt><dd>Jemand steht Ihnen zwei Jahre lang zur Seite.</dd></dl></main></body></html>"
    )

    text = body(read(page, "seite.html"))
    assert "– Erstgespräch: Ein Termin bei Ihnen im Rathaus" in text
    assert "– Coaching: Jemand steht Ihnen" in text
