"""HTML pages as content management systems make them: only the article is body."""

import pytest
from support.documents import body, headings, read, text_of

from ingest.readers.html import read_html

ARTICLE = """<p class="lead">Die Stadt Musterau ist dem Verbund beigetreten. Der Rat hatte am 12. Mai 2021 zugestimmt,
und die Verwaltung bereitete alles vor.</p>
<h2>Was geplant ist</h2>
<p>Das Land bewilligte der Stadt rund 240.000 Euro, die in zwei neue Stellen und in ein Projekt im Bahnhofsviertel
fließen. Die Arbeit beginnt im Herbst.</p>
<ul><li>Beratung der Orte vor Ort</li><li>Förderung von Projekten in Schulen</li></ul>
<table><thead><tr><th>Jahr</th><th>Orte</th></tr></thead><tbody><tr><td>2020</td><td>34</td></tr>
<tr><td>2021</td><td>78</td></tr></tbody></table>
<p>Die Bürgermeisterin dankte allen, die mitgewirkt haben, und lud zu einer Versammlung im Ratssaal ein.</p>"""

PAGE = (
    """<!doctype html><html lang="de"><head><title>Musterau tritt bei – Portal</title>
<meta property="og:site_name" content="Portal Musterland"></head><body class="single comments-open has-sidebar">
<div id="cookie-notice" role="dialog" aria-modal="true"><h2>Wir respektieren Ihre Privatsphäre</h2>
<p>Diese Seite setzt kleine Dateien ein, um die Nutzung auszuwerten. Sie können das ablehnen, und zwar jederzeit.</p>
<h3>Technisch notwendig</h3><p>Ohne diese Dateien läuft die Seite nicht, sie merken sich Ihre Auswahl für ein Jahr.</p>
</div>
<header class="site-header"><a href="/">Portal Musterland</a>
<nav><ul><li><a href="/p">Presse</a></li></ul></nav></header>
<div class="breadcrumb"><a href="/">Start</a> &gt; <a href="/p">Presse</a> &gt; Musterau tritt bei</div>
<main><article class="post">
<header class="entry-header"><h1>Musterau tritt dem Verbund bei</h1>
<time datetime="2021-06-25">25. Juni 2021</time></header>
"""
    + ARTICLE
    + """
<div class="share-buttons"><h3>Beitrag teilen</h3><ul><li><a href="#">Auf der Plattform teilen</a></li></ul></div>
<div class="tags-links">Schlagwörter: <a href="/t">Prävention</a>, <a href="/u">Verbund</a></div>
</article>
<section class="related-posts"><h2>Das könnte Sie auch interessieren</h2>
<article><h3>Erdachtau baut einen Bus um</h3>
<p>Der Bus soll Jugendliche auf den Dörfern erreichen und wird im Sommer fertig.</p></article>
</section>
<div><h2>Weitere Meldungen</h2><ul><li><a href="/1">Schablonitz pflanzt Bäume</a></li>
<li><a href="/2">Tagung in Probehausen</a></li></ul></div>
<section id="comments"><h2>2 Kommentare</h2><ol><li><p>Endlich passiert etwas, das war schon lange überfällig bei uns im
Viertel, finde ich jedenfalls.</p></li></ol><h3>Schreibe einen Kommentar</h3><form><label>Name</label></form></section>
</main>
<aside><h2>Termine</h2>
<p>Am 3. Juli tagt der Beirat in Fantasiegrün, die Sitzung ist öffentlich und beginnt um 18 Uhr.</p></aside>
<div class="newsletter-box"><h2>Newsletter</h2>
<p>Tragen Sie sich ein und erhalten Sie jede Woche Neuigkeiten aus dem Land.</p></div>
<footer class="site-footer"><p>Impressum</p></footer>
<script>document.write("nachgeladen")</script><img src="https://zaehler.example.org/pixel.gif" alt="Zählpixel">
</body></html>"""
)

BESIDE = [
    "Privatsphäre", "kleine Dateien", "Technisch notwendig", "Auswahl für ein Jahr", "Beitrag teilen",
    "Auf der Plattform", "Schlagwörter", "Erdachtau", "interessieren", "Weitere Meldungen", "Schablonitz",
    "Probehausen", "Kommentar", "überfällig", "Termine", "Fantasiegrün", "Newsletter", "Neuigkeiten",
    "Impressum", "Start",
]  # fmt: skip


@pytest.fixture(scope="module")
def page():
    return read(PAGE, "seite.html")


@pytest.mark.parametrize("text", BESIDE)
def test_what_surrounds_the_article_is_furniture(page, text):
    assert text not in body(page)
    assert text in page.text


@pytest.mark.parametrize(
    "text",
    [
        "Die Stadt Musterau ist dem Verbund beigetreten.",
        "rund 240.000 Euro",
        "– Beratung der Orte vor Ort",
        "– Förderung von Projekten in Schulen",
        "Jahr: 2020; Orte: 34.",
        "Jahr: 2021; Orte: 78.",
        "lud zu einer Versammlung im Ratssaal ein.",
    ],
)
def test_the_article_is_body(page, text):
    assert text in " ".join(body(page).split())


def test_headings_of_the_article_only(page):
    assert headings(page) == ["Musterau tritt dem Verbund bei", "Was geplant ist"]


def test_metadata(page):
    assert (page.published.date, page.published.basis) == ("2021-06-25", "stated")
    assert (page.publisher, page.language) == ("Portal Musterland", "de")


@pytest.mark.parametrize("text", ["nachgeladen", "pixel.gif", "zaehler.example.org"])
def test_scripts_and_remote_images_are_no_text(page, text):
    assert text not in page.text


@pytest.mark.parametrize(
    "box",
    [
        "<h2>Weitere Meldungen</h2><ul><li><a href='/1'>Schablonitz pflanzt Bäume</a></li></ul>",
        "<h3>Mehr zum Thema</h3><p><a href='/1'>Schablonitz pflanzt Bäume</a></p>",
        "<div><h4>Lesen Sie auch:</h4><p>Schablonitz pflanzt Bäume</p></div>",
        "<div class='related'><p>Schablonitz pflanzt Bäume</p></div>",
        "<div role='complementary'><p>Schablonitz pflanzt Bäume</p></div>",
        "<dialog><h2>Hinweis</h2><p>Schablonitz pflanzt Bäume</p></dialog>",
        "<div id='cookieConsent'><h2>Auswahl</h2><p>Schablonitz pflanzt Bäume</p></div>",
    ],
)
def test_a_box_in_the_middle_takes_nothing_of_the_article(box):
    middle = ARTICLE.replace("<p>Das Land", box + "<p>Das Land")
    document = read(f"<html><body><main><article><h1>Titel</h1>{middle}</article></main></body></html>", "a.html")
    assert "Schablonitz" not in body(document)
    assert "rund 240.000 Euro" in body(document)
    assert "Ratssaal" in body(document)


@pytest.mark.parametrize(
    "frame",
    [
        '<form id="aspnetForm"><div class="page"><h1>Titel</h1>{}</div></form>',
        '<div class="content with-sidebar"><h1>Titel</h1>{}</div>',
        '<div class="newsletter-page"><h1>Titel</h1>{}</div>',
        '<main class="share"><h1>Titel</h1>{}</main>',
        '<article class="post related comments"><h1>Titel</h1>{}</article>',
        '<table role="presentation"><tr><td><h1>Titel</h1>{}</td></tr></table>',
        "<div><div><div><div><h1>Titel</h1>{}</div></div></div></div>",
    ],
)
def test_a_frame_that_holds_the_article_is_no_box(frame):
    document = read(f"<html><body>{frame.format(ARTICLE)}</body></html>", "a.html")
    assert "rund 240.000 Euro" in body(document)
    assert "Jahr: 2021; Orte: 78." in body(document)


def test_a_page_that_is_nothing_but_a_box():
    document = read(f'<html><body><div class="newsletter-box">{ARTICLE}</div></body></html>', "a.html")
    assert "rund 240.000 Euro" in body(document)


def test_merged_cells():
    table = (
        "<table><tr><th>Kreis</th><th>Ort</th><th>Räte</th></tr>"
        "<tr><td rowspan=2>Nord</td><td>Musterau</td><td>3</td></tr>"
        "<tr><td>Fabelstadt</td><td>4</td></tr><tr><td colspan=2>Summe</td><td>7</td></tr></table>"
    )
    lines = [block.lines[0] for block in read_html(f"<p>Text.</p>{table}".encode(), "a.html").blocks]
    assert lines[1:] == ["Kreis: Nord; Ort: Musterau; Räte: 3.", "Ort: Fabelstadt; Räte: 4.", "Kreis: Summe; Räte: 7."]


def test_a_table_of_names_and_values():
    table = "<table><tr><td>Ort</td><td>Musterau</td></tr><tr><td>Beginn</td><td>12. Mai 2021</td></tr></table>"
    assert "Beginn: 12. Mai 2021." in body(read(f"<h1>Titel</h1><p>Es folgt ein Satz.</p>{table}", "a.html"))


def test_very_deep_pages():
    deep = "<div>" * 240 + ARTICLE + "</div>" * 240
    assert "Musterau" in text_of(read(f"<html><body><h1>Titel</h1>{deep}</body></html>", "a.html"), "body")
    deeper = "<div>" * 5000 + "<p>Tief unten.</p>"
    assert "Satz" in read(f"<html><body><h1>Titel</h1><p>Ein Satz steht oben.</p>{deeper}</body></html>", "a.html").text


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Veröffentlicht am 5. Juni 2023 | Lesezeit: 2 Minuten", "2023-06-05"),
        ("18. September 2023 · Stadt Musterau", "2023-09-18"),
        ("Pressemitteilung vom 22.05.2023", "2023-05-22"),
        ("Musterau, 11.05.2023", "2023-05-11"),
        ("Dienstag, 6. Juni 2023, 10:30 Uhr", "2023-06-06"),
        ("Am 5. Juni 2023 tagt der Rat.", None),
        ("Zwischen dem 5. Juni 2023 und dem 6. Juni 2023", None),
        ("Der Rat tagte zuletzt am 5. Juni 2023", None),
    ],
)
def test_the_date_under_the_title(line, date):
    meta = read_html(f"<html><h1>Titel</h1><div>{line}</div><p>Ein Satz steht hier.</p></html>".encode(), "a.html").meta
    assert meta.get("date") == date


@pytest.mark.parametrize(
    ("window", "body_part", "title", "publisher"),
    [
        ("Neue Brücke - Gemeinde Musterau", "<h1>Neue Brücke</h1>", "Neue Brücke", "Gemeinde Musterau"),
        ("Stadt Musterau | Neue Brücke", "<h2>Neue Brücke</h2>", "Neue Brücke", "Stadt Musterau"),
        ("Neue Brücke", "<h1>Neue Brücke</h1><p>5. Juni 2023 · Stadt Musterau</p>", "Neue Brücke", "Stadt Musterau"),
        ("Neue Brücke | Aktuelles", "<h1>Neue Brücke</h1>", "Neue Brücke", None),
        ("Stadt Musterau – Start", "<h1>Neue Brücke</h1>", "Neue Brücke", None),
        ("Rat tagt – Beschlüsse", "<p>Ohne Überschrift.</p>", "Rat tagt – Beschlüsse", None),
    ],
)
def test_title_and_publisher_of_the_window(window, body_part, title, publisher):
    page = f"<html><head><title>{window}</title></head><body>{body_part}<p>Ein Satz steht hier.</p></body></html>"
    meta = read_html(page.encode(), "a.html").meta
    assert (meta["title"], meta.get("publisher")) == (title, publisher)
