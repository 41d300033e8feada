"""The register's page as the server renders it: kinds, filters, rows, chart, districts, decisions, export."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.registered import registered

from app.register.rows import Row


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[Any]:
    """A server over a collection whose statements are known."""
    with registered(tmp_path_factory.mktemp("register"), serving) as found:
        yield found


@pytest.fixture
def editor(running: Any) -> Iterator[httpx.Client]:
    """A browser that may decide; what it decided is taken back."""
    with httpx.Client(base_url=running.url, timeout=60, follow_redirects=True) as browser:
        browser.get(f"/?token={running.service.access.issue_ticket()}")
        yield browser
    assistant = running.service.assistant
    for row in assistant.facts(hidden=True):
        if row.decision is not None:
            assistant.decide(row.id, "reset", who="test")


def row_of(running: Any, subject: str, kind: str, **wanted: Any) -> Row:
    rows = running.service.assistant.facts(kind=kind, hidden=True)
    (row,) = [r for r in rows if r.fact.subject == subject and all(getattr(r.fact, k) == v for k, v in wanted.items())]
    return row


def lines(page: str, table: str = "angaben") -> list[str]:
    """The rows of a table as plain text."""
    body = page.split(f'id="{table}"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in body.split("</tr>") if row]


def decide(browser: httpx.Client, row: Row, action: str, **form: str) -> httpx.Response:
    return browser.post(f"/register/{row.id}/entscheiden", data={"aktion": action, **form})


def test_kinds_with_counts_and_coverage(client: httpx.Client) -> None:
    page = client.get("/register").text
    assert "Was in den vorliegenden 6 Dokumenten (neuestes: 20.01.2023) gesagt wird" in page
    assert "Was hier fehlt, kann es trotzdem geben" in page
    assert '<a href="/register?art=member">Mitglieder <span class="anzahl">4</span></a>' in page
    assert '<a href="/register?art=conflicts">Widersprüche <span class="anzahl">1</span></a>' in page
    assert '<a href="/register" aria-current="page">Alle <span class="anzahl">16</span></a>' in page
    assert "Angaben: 16" in page
    assert re.search(r'href="/dokumente">Dokumente</a></li><li><a href="/register" aria-current="page">', page)
    english = client.get("/en/register?art=funding").text
    assert "about\u00a0160,000\u00a0EUR" not in english
    assert "240,000\u00a0EUR" in english
    assert "funds made available" in english
    assert 'href="/register" lang="de"' in english


def test_rows_say_value_date_source_and_state(client: httpx.Client) -> None:
    rows = lines(client.get("/register?art=figure&ueberholt=1").text)
    (open_row,) = [row for row in rows if "über 22" in row]
    assert "Kommunale Präventionsräte über 22 Präventionsräte zwischen 01.02.2022 und 31.08.2022" in open_row
    assert "nur als Zeitraum bekannt erschlossen" in open_row
    assert "Redaktion Ortsblick · Medium · ohne Datum" in open_row
    newest = next(row for row in rows if "28 Präventionsräte" in row)
    assert "Stand 15.01.2023" not in newest
    assert "15.01.2023" in newest
    assert newest.endswith("neuester Stand")
    assert next(row for row in rows if "12 Präventionsräte" in row).endswith("überholt")
    assert any("der Orte 1/3" in row for row in rows)
    money = lines(client.get("/register?art=funding").text)
    assert any("bewilligte Mittel 1,3 Mio. EUR im Jahr 2021" in row for row in money)
    assert any("zur Verfügung gestellte Mittel 240.000 EUR" in row for row in money)


def test_members_name_signers_and_districts(client: httpx.Client) -> None:
    page = client.get("/register?art=member").text
    rows = lines(page)
    assert "unterzeichnet von: Thea Theoretisch" in next(row for row in rows if row.startswith("Dommitzsch"))
    assert "im Beisein von: Egon Ehedem unterzeichnet von: nicht genannt" in next(r for r in rows if r[:2] == "Mü")
    assert "Tag nicht genannt" in next(row for row in rows if row.startswith("Borna"))
    districts = page.split('id="kreise-titel"')[1].split("</table>")[0]
    assert "2 von 30 Gemeinden" in districts
    # The city of Leipzig and its district bear one name and are two.
    assert "kreisfreie Stadt" in districts
    assert re.search(r"kreis=14729.*?>Landkreis Leipzig</a>.*?1 von \d+ Gemeinden.*?Borna", districts, re.DOTALL)


def test_every_row_leads_to_its_sentence(client: httpx.Client, running: Any) -> None:
    page = client.get("/register?ueberholt=1").text
    links = re.findall(r'<a class="cite" href="(/quelle/[^"]+\?von=(\d+)&amp;bis=(\d+))"', page)
    assert len(links) == 20
    address, start, end = links[0]
    told = client.get(html.unescape(address)).text
    marked = html.unescape("".join(re.findall(r"<mark>(.*?)</mark>", told, re.DOTALL)))
    assert len(marked) == int(end) - int(start)


def test_filters_without_scripts(client: httpx.Client) -> None:
    def subjects(query: str) -> set[str]:
        page = client.get(f"/register?{query}").text
        return {row.split(" ")[0] for row in lines(page)} if 'id="angaben"' in page else set()

    assert subjects("text=coaching") == {"<b>Bund</b>"}
    assert subjects("ort=Dommitzschs") == {"Dommitzsch", "Thea"}
    assert subjects("kreis=14729") == {"Borna"}
    assert subjects("kreis=14713") == {"Leipzig"}
    assert subjects("groesse=localities") == {"Dommitzsch"}
    assert subjects("art=person") == {"Thea"}
    # As one could have known it: the documents of that day, and the newest among them.
    old = client.get("/register?art=figure&stand=01.01.2021").text
    assert "Gezeigt ist, was am 01.01.2021 bekannt sein konnte." in old
    assert len(lines(old)) == 1
    assert "neuester Stand" in lines(old)[0]
    wrong = client.get("/register?stand=32.13.2020").text
    assert "»32.13.2020« ist kein Datum" in wrong
    assert 'aria-invalid="true"' in wrong
    assert subjects("art=nichts&seite=-3&kreis=x") == set()


def test_nothing_found_helps_on(client: httpx.Client) -> None:
    page = client.get("/register?art=member&text=gibtesnicht&stand=2020").text
    assert "Dazu steht nichts im Register." in page
    assert "Das Register kennt nur diese Dokumente" in page
    assert "Ohne Stand-Datum suchen" in page
    assert 'href="/register">Alle Filter aufheben' in page
    assert "Stattdessen eine Frage stellen" in page


def test_text_of_documents_stays_text(client: httpx.Client) -> None:
    page = client.get("/register?art=offering").text
    assert "&lt;b&gt;Bund&lt;/b&gt;" in page
    assert "<b>Bund" not in page
    assert "style=" not in page
    hostile = client.get('/register?text="><script>alert(1)</script>&ort=<svg onload=x>').text
    assert "<script>alert" not in hostile
    assert "<svg onload" not in hostile


def test_chart_is_true_and_accessible(client: httpx.Client) -> None:
    page = client.get("/register?art=figure").text
    wide = page.split('<svg class="verlauf breite-640"')[1].split("</svg>")[0]
    assert 'role="group" aria-labelledby=' in wide
    assert ">Kommunale Präventionsräte, Bündnis Wachsame Orte</title>" in wide
    assert "Liniendiagramm mit 4 Werten; der früheste: 12 Präventionsräte (30.06.2020)" in wide
    labels = re.findall(r'<a class="cite stelle-im-verlauf" href="/quelle/[^"]+" aria-label="([^"]+)"', wide)
    assert len(labels) == 4
    assert labels[0].startswith("12 Präventionsräte, Kommunale Präventionsräte, Stand 30.06.2020, Quelle: Bilanz 2020")
    assert "über\u00a022 Präventionsräte" in labels[2]
    # Three known days and months are joined by two lines; the period stands apart as an open mark with a bar.
    curve = re.findall(r'class="kurve" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"', wide)
    assert len(curve) == 2
    assert wide.count("punkt offen") == 1
    assert wide.count('class="spanne"') == 2
    (a, b), (c, d) = [(float(line[0]), float(line[2])) for line in curve]
    # 30.06.2020 → 15.11.2021 → 15.01.2023, 503.5 and 425.5 days.
    assert (b - a) / (d - c) == pytest.approx(503.5 / 425.5, rel=0.01)
    # From zero: 28 stands as far above 0 as 28/12 of 12.
    zero = float(re.findall(r'class="null" x1="64" x2="[\d.]+" y1="([\d.]+)"', wide)[0])
    heights = [zero - float(curve[0][1]), zero - float(curve[1][3])]
    assert heights[1] / heights[0] == pytest.approx(28 / 12, rel=0.01)
    table = page.split('class="werte"')[1].split("</details>")[0]
    assert table.count("<tr>") == 5


def test_verbs_and_periods_are_series_of_their_own(client: httpx.Client) -> None:
    page = client.get("/register?art=funding").text
    options = re.findall(r'<option value="(\w{10})"[^>]*>([^<]+)</option>', page)
    titles = sorted(html.unescape(title) for _, title in options)
    assert [title.split(",")[0] for title in titles] == ["bewilligte Mittel", "zur Verfügung gestellte Mittel"]
    assert "je Kalenderjahr, in Euro" in titles[0]
    chosen = next(id for id, title in options if title.startswith("zur Verfügung"))
    other = client.get(f"/register?art=funding&verlauf={chosen}").text
    assert f'<option value="{chosen}" selected>' in other
    assert "etwa\u00a0160.000" in other.split("<svg")[1]
    yearly = next(id for id, title in options if title.startswith("bewilligte"))
    drawing = client.get(f"/register?art=funding&verlauf={yearly}").text.split("<svg")[1]
    assert 'class="kurve"' not in drawing  # counted years are periods, no days
    assert drawing.count("punkt offen") == 2


def test_contradictions_side_by_side(client: httpx.Client) -> None:
    page = client.get("/register?art=conflicts").text
    article = page.split('<article class="widerspruch')[1].split("</article>")[0]
    assert "Dommitzsch: Ortsteile" in article
    assert article.count("<li>") == 2
    assert "6 Ortsteile" in article
    assert "5 Ortsteile" in article
    assert "Behörde" in article
    assert "Medium" in article
    assert article.count('class="cite"') == 2
    assert "Widersprüche: 1" in page
    assert "kein Widerspruch bekannt" in client.get("/register?art=conflicts&ort=Borna").text


def test_export_for_german_spreadsheets(client: httpx.Client) -> None:
    link = re.search(r'<a href="(/register\.csv\?art=figure[^"]*)" download>', client.get("/register?art=figure").text)
    assert link
    told = client.get(html.unescape(link[1]))
    assert told.headers["content-type"] == "text/csv; charset=utf-8"
    assert told.headers["content-disposition"] == 'attachment; filename="register.csv"'
    assert told.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(told.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 4
    assert {row["Wert"] for row in rows} == {"0,3333", "28", "6", "5"}
    contact = client.get("/register.csv?art=contact").content.decode("utf-8-sig")
    assert "'=HYPERLINK(030)" in contact
    assert client.get("/en/register.csv?art=contact").text.count(",") > 10


def test_thousands_of_rows_come_in_pages(client: httpx.Client, running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = running.service.assistant.facts(kind="event") * 450
    monkeypatch.setattr(running.service.assistant, "facts", lambda **_: rows)
    page = client.get("/register?art=event").text
    assert "Angaben: 450" in page
    assert page.count('<tr id="angabe-') == 200
    assert "Angaben 1 bis 200 von 450" in page
    assert '<a href="/register?art=event&amp;seite=2" rel="next">' in page
    last = client.get("/register?art=event&seite=9").text
    assert "Angaben 401 bis 450 von 450" in last
    assert "seite=4" not in last


def test_nobody_decides_without_a_session(client: httpx.Client, running: Any) -> None:
    row = row_of(running, "Mügeln", "member")
    page = client.get("/register?art=member").text
    assert "/entscheiden" not in page
    refused = decide(client, row, "hide")
    assert refused.status_code == 403
    assert "Über Angaben entscheiden nur Angemeldete." in refused.text
    assert row_of(running, "Mügeln", "member").decision is None


def test_foreign_pages_cannot_decide(editor: httpx.Client, running: Any) -> None:
    row = row_of(running, "Mügeln", "member")
    address, form = f"/register/{row.id}/entscheiden", {"aktion": "hide"}
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert editor.post(address, data=form, headers=headers).status_code == 403
    assert row_of(running, "Mügeln", "member").decision is None


def test_confirming_names_who_and_when(editor: httpx.Client, running: Any, client: httpx.Client) -> None:
    row = row_of(running, "Mügeln", "member")
    told = decide(editor, row, "confirm", zurueck="/register?art=member")
    assert told.url.path == "/register"
    assert "Bestätigt: Mügeln: 05.05.2022." in told.text
    seen = next(line for line in lines(client.get("/register?art=member").text) if line.startswith("Mügeln"))
    assert re.search(r"geprüft von Einmal-Link, \d\d\.\d\d\.\d{4}, \d\d:\d\d Uhr", seen)
    assert "Bestätigt" not in client.get(f"/register?getan={row.id}").text


def test_hidden_rows_are_for_maintainers(editor: httpx.Client, running: Any, client: httpx.Client) -> None:
    row = row_of(running, "Mügeln", "member")
    decide(editor, row, "hide", vermerk="gehört nicht hierher")
    assert f"angabe-{row.id}" not in client.get("/register?art=member&ausgeblendet=1").text
    assert row.id not in client.get("/register.csv?art=member&ausgeblendet=1").text
    assert client.get(f"/register/{row.id}").status_code == 404
    assert "1 von 30 Gemeinden" in client.get("/register?art=member").text
    page = editor.get("/register?art=member").text
    assert "auch ausgeblendete zeigen (1)" in page
    assert f"angabe-{row.id}" not in page
    shown = next(r for r in lines(editor.get("/register?art=member&ausgeblendet=1").text) if r.startswith("Mügeln"))
    assert "ausgeblendet von Einmal-Link" in shown
    assert "gehört nicht hierher" in shown
    assert "Zurücknehmen" in shown
    decide(editor, row, "reset")
    assert f"angabe-{row.id}" in client.get("/register?art=member").text


def test_corrections(editor: httpx.Client, running: Any, client: httpx.Client) -> None:
    row = row_of(running, "Bündnis Wachsame Orte", "figure", value=28)
    for form, problem in (
        ({"wert": "viele"}, "»viele« passt nicht zu dieser Angabe"),
        ({"wert": "28"}, "bitte einen Wert, den Zusatz oder den Stand ändern"),
        ({"wert": "29", "stand": "32.1.2023"}, "»32.1.2023« ist kein Datum"),
    ):
        told = decide(editor, row, "correct", **form)
        assert told.status_code == 422
        assert problem in told.text
    told = decide(editor, row, "correct", wert="1.029", zusatz="etwa", stand="14.01.2023", vermerk="Tippfehler")
    assert told.url.path == f"/register/{row.id}"
    assert "Korrigiert: Bündnis Wachsame Orte: etwa\u00a01.029 Präventionsräte." in told.text
    seen = next(line for line in lines(client.get("/register?art=figure").text) if "1.029" in line)
    assert "14.01.2023" in seen
    assert "korrigiert" in seen
    assert seen.endswith("Uhr: Tippfehler")
    joined = row_of(running, "Mügeln", "member")
    assert decide(editor, joined, "correct", wert="6.5.2022").status_code == 200
    assert row_of(running, "Mügeln", "member").fact.value == "2022-05-06"


def test_a_wrong_source_says_so_beside_its_sentence(editor: httpx.Client, running: Any, client: httpx.Client) -> None:
    row = row_of(running, "Borna", "member")
    assert "Bitte im Vermerk sagen, worin die Quelle irrt." in decide(editor, row, "source_wrong").text
    decide(editor, row, "source_wrong", vermerk="Borna <i>nicht</i>")
    assert "! Quelle" not in client.get("/register?art=member").text  # the sign comes from the style sheet
    seen = next(line for line in lines(client.get("/register?art=member").text) if line.startswith("Borna"))
    assert "Quelle fehlerhaft von Einmal-Link" in seen
    address = f"/quelle/{row.entry.document_id}?von={row.fact.start}&bis={row.fact.end}"
    for part in ("", "&teil=1"):
        told = client.get(address + part).text
        assert "Quelle fehlerhaft: Borna &lt;i&gt;nicht&lt;/i&gt;</span>" in told.split("</mark>")[1]
        assert html.unescape("".join(re.findall(r"<mark>(.*?)</mark>", told, re.DOTALL))) == row.entry.quote
    assert (
        "Landkreis Leipzig"
        not in client.get("/register?art=member").text.split('id="angaben"')[0].split("kreise-titel")[1]
    )


def test_a_statement_has_a_page_with_its_history(editor: httpx.Client, running: Any, client: httpx.Client) -> None:
    row = row_of(running, "Dommitzsch", "member")
    page = client.get(f"/register/{row.id}").text
    assert "<h1>Dommitzsch</h1>" in page
    assert "Am 5. Mai 2022 unterzeichneten Dommitzsch und Mügeln" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert client.get("/register/nichts").status_code == 404
    for action in ("confirm", "hide", "reset"):
        decide(editor, row, action)
    history = editor.get(f"/register/{row.id}").text.split("Bisherige Entscheidungen")[1].split("</ol>")[0]
    assert re.findall(r"<strong>(\w+)</strong>", history) == ["Zurücknehmen", "Ausblenden", "Bestätigen"]
    assert "Bitte eine Entscheidung auswählen." in decide(editor, row, "löschen").text
    away = editor.post(
        f"/register/{row.id}/entscheiden", data={"aktion": "confirm", "zurueck": "//evil.example/register"}
    )
    assert away.url.host == "127.0.0.1"


def test_decisions_outlive_a_new_reading(editor: httpx.Client, running: Any) -> None:
    decide(editor, row_of(running, "Dommitzsch", "member"), "hide", vermerk="doppelt")
    file = running.documents / "beitritte.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("# Vier neue Orte", "# Vier neue Orte\n\nNachtrag der Redaktion."), encoding="utf-8")
    try:
        assert len(running.service.assistant.ingest([running.documents]).updated) == 1
        assert row_of(running, "Dommitzsch", "member").hidden
    finally:
        file.write_text(text, encoding="utf-8")
        running.service.assistant.ingest([running.documents])


def test_help_tells_of_the_register(client: httpx.Client) -> None:
    assert "Das Register listet jede Angabe" in client.get("/hilfe").text
    assert "The register lists every statement" in client.get("/en/hilfe").text
