"""Source page with the page as a picture, versions, regulation days; documents page with failures and the ingest."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from support.loops import in_a_loop_of_its_own

from app.web.pictures import KEPT, Pictures
from index.ingestor import READABLE
from index.report import Progress
from ingest.boxes import marks
from ingest.errors import UnreadableFile
from ingest.types import Document, Published

SPLIT = "Das Geld fließt in zwei neue Stellen für Streetwork und in die Beratung der Familien im Bahnhofsviertel."
Papers = dict[str, str]


@pytest.fixture
def editor(running: Any) -> Any:
    """A browser that may change documents."""
    with httpx.Client(base_url=running.url, timeout=60, follow_redirects=True) as browser:
        browser.get(f"/?token={running.service.access.issue_ticket()}")
        yield browser


def span(running: Any, id: str, sentence: str) -> tuple[int, int]:
    text = running.service.assistant.document(id)[0].text
    found = re.search(r"\s+".join(map(re.escape, sentence.split())), text)
    assert found, text
    return found.span()


def test_a_quote_is_marked_on_its_page(client: httpx.Client, running: Any, papers: Papers) -> None:
    id = papers["jahresplan.pdf"]
    start, end = span(running, id, "Der Rat stimmte am 12. Mai zu.")
    page = client.get(f"/quelle/{id}?von={start}&bis={end}").text
    assert 'role="img" aria-label="Seite 1 mit markierter Textstelle"' in page
    assert f'<image href="/quelle/{id}/seite/1.png" width="595.3" height="841.9"' in page
    rects = re.findall(r'<rect class="marke-seite" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', page)
    boxes = marks(running.service.assistant.library.boxes(id)[0], start, end)
    assert [tuple(map(float, rect)) for rect in rects] == [
        pytest.approx((b.left - 1.5, 841.9 - b.top - 1.5, b.right - b.left + 3, b.top - b.bottom + 3), abs=0.11)
        for b in boxes
    ]
    assert len(boxes) == 2


def test_the_marked_places_hold_ink(client: httpx.Client, running: Any, papers: Papers) -> None:
    id = papers["jahresplan.pdf"]
    start, end = span(running, id, "Die Bürgermeisterin unterschrieb im Ratssaal.")
    boxes, sizes = running.service.assistant.library.boxes(id)
    picture = Image.open(io.BytesIO(client.get(f"/quelle/{id}/seite/1.png").content)).convert("L")
    scale = picture.width / sizes[0][0]
    for box in marks(boxes, start, end):
        top = sizes[0][1] - box.top
        cut = picture.crop(tuple(int(v * scale) for v in (box.left, top, box.right, top + box.top - box.bottom)))
        assert cut.getextrema()[0] < 80
        assert sum(cut.histogram()[:128]) > 0.03 * cut.width * cut.height


def test_a_quote_over_a_page_end_shows_both_pages(client: httpx.Client, running: Any, papers: Papers) -> None:
    id = papers["jahresplan.pdf"]
    start, end = span(running, id, SPLIT)
    page = client.get(f"/en/quelle/{id}?von={start}&bis={end}&teil=1").text
    assert re.findall(r'<image href="(.*?)"', page) == [f"/quelle/{id}/seite/{n}.png" for n in (1, 2)]
    assert "Page 2 with the passage marked" in page
    assert "style=" not in page


def test_no_picture_without_quote_or_pages(client: httpx.Client, papers: Papers) -> None:
    assert "<svg" not in client.get(f"/quelle/{papers['jahresplan.pdf']}").text
    assert "<svg" not in client.get(f"/quelle/{papers['nachtbus.md']}?von=0&bis=9").text


def test_page_picture(client: httpx.Client, papers: Papers) -> None:
    address = f"/quelle/{papers['jahresplan.pdf']}/seite/1.png"
    told = client.get(address)
    assert told.headers["content-type"] == "image/png"
    assert told.headers["cache-control"] == "private, no-cache"
    assert struct.unpack(">I", told.content[16:20]) == (1000,)
    assert client.get(address, headers={"If-None-Match": told.headers["etag"]}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"other"'}).content == told.content


@pytest.mark.parametrize("page", ["0", "3", "-1", "99999999999", "x"])
def test_a_page_that_does_not_exist_is_not_found(client: httpx.Client, papers: Papers, page: str) -> None:
    told = client.get(f"/quelle/{papers['jahresplan.pdf']}/seite/{page}.png")
    assert told.status_code in (404, 422)
    assert "<h1>" in told.text


def test_documents_without_pages_have_no_pictures(client: httpx.Client, papers: Papers) -> None:
    assert client.get(f"/quelle/{papers['nachtbus.md']}/seite/1.png").status_code == 404
    assert client.get("/quelle/nichts/seite/1.png").status_code == 404


def test_a_drawing_that_fails_is_not_found(
    client: httpx.Client, running: Any, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise UnreadableFile("kaputt")

    monkeypatch.setattr(running.service.pictures, "_draw", fail)
    running.service.pictures.forget(running.service.assistant.document(papers["jahresplan.pdf"])[0].sha256)
    assert client.get(f"/quelle/{papers['jahresplan.pdf']}/seite/2.png").status_code == 404


@in_a_loop_of_its_own
async def test_pictures_are_kept_up_to_a_bound_and_forgotten() -> None:
    drawn: list[tuple[str, int]] = []

    def draw(id: str, page: int) -> bytes:
        drawn.append((id, page))
        return b"%d" % page

    pictures = Pictures(draw)
    paper = Document("d", "d.pdf", "d", "sha", "T", "release", "P", Published(), "x")
    for page in (*range(1, KEPT + 1), KEPT + 1, 2):
        assert await pictures.of(paper, page) == b"%d" % page
    assert len(drawn) == KEPT + 1
    await pictures.of(paper, 1)
    assert drawn[-1] == ("d", 1)
    pictures.forget("sha")
    await pictures.of(paper, 2)
    assert drawn[-1] == ("d", 2)


def test_versions_name_one_another(client: httpx.Client, papers: Papers) -> None:
    old, new = papers["nachtbus.md"], papers["nachtbus-korrektur.md"]
    before, after = client.get(f"/quelle/{old}").text, client.get(f"/quelle/{new}?teil=1").text
    assert f'durch Korrektur ersetzt: <a href="/quelle/{new}">' in before
    assert f'<a href="/quelle/{new}/aenderungen">Was sich geändert hat</a>' in before
    assert f'ersetzt: <a href="/quelle/{old}" target="_blank" rel="noopener">Nachtbus' in after
    table = client.get("/dokumente").text
    assert f'neue Fassung: <a href="/quelle/{new}">' in table
    assert f'<a href="/quelle/{new}/aenderungen">' in table


def test_difference_page(client: httpx.Client, papers: Papers) -> None:
    old, new = papers["nachtbus.md"], papers["nachtbus-korrektur.md"]
    page = client.get(f"/quelle/{new}/aenderungen").text
    assert "entfallen:</span> <del>Die Stadt Musterau zahlt dafür im ersten Jahr genau <strong>12.000</strong>" in page
    assert "neu:</span> <ins>Die Stadt Musterau zahlt dafür im ersten Jahr genau <strong>21.000</strong>" in page
    assert "<summary" in page
    assert "unveränderte Sätze" in page
    assert client.get(f"/quelle/{old}/aenderungen").headers["location"] == f"/quelle/{new}/aenderungen"
    assert client.get(f"/en/quelle/{old}/aenderungen").headers["location"] == f"/en/quelle/{new}/aenderungen"
    assert client.get(f"/quelle/{papers['jahresplan.pdf']}/aenderungen").status_code == 404
    assert client.get("/quelle/nichts/aenderungen").status_code == 404


def test_days_of_a_regulation_stand_apart(client: httpx.Client, papers: Papers) -> None:
    page = client.get(f"/quelle/{papers['nachbarschaft.md']}").text
    facts, days = page.split('<dl class="tage"')
    assert "20.05.2021" in facts
    assert "<dt>unterzeichnet</dt><dd>12.05.2021</dd>" in days
    assert "<dt>gilt ab</dt><dd>01.07.2021</dd>" in days
    assert "<dt>gilt bis</dt><dd>31.12.2024</dd>" in days


def test_the_form_takes_what_is_read(editor: httpx.Client) -> None:
    found = re.search(r'accept="(.*?)"', editor.get("/dokumente").text)
    assert found
    assert set(found[1].split(",")) == set(READABLE)


def test_failures_are_listed_with_reason_and_can_be_dismissed(editor: httpx.Client, running: Any) -> None:
    files = {"file": ("zerrissen.pdf", b"%PDF-1.4 nichts")}
    editor.post("/api/v1/documents", files=files, headers=running.bearer)
    page = editor.get("/dokumente").text
    section = page.split('id="unlesbar"')[1].split("</section>")[0]
    assert "zerrissen.pdf</strong><br>»zerrissen.pdf« ist keine lesbare PDF-Datei." in section
    assert "Bitte die Datei öffnen und prüfen" in section
    assert "seit " in section
    assert "Nicht mehr zeigen" in section
    reader = httpx.get(f"{running.url}/dokumente").text
    assert "zerrissen.pdf" in reader
    assert 'class="abhaken"' not in reader
    rows = editor.get("/api/v1/failures").json()
    (id,) = [row["id"] for row in rows if row["source"] == "zerrissen.pdf"]
    assert editor.delete(f"/api/v1/failures/{id}").json() == {"dismissed": [id]}
    assert "zerrissen.pdf" not in editor.get("/dokumente").text


def test_withdrawn_documents_are_shown_on_request(editor: httpx.Client, running: Any) -> None:
    files = {"file": ("weg.md", b"# Weg damit\n\nDie Stadt Nirgendwo hat am 3. Mai 2023 einen Brunnen gebaut.")}
    (id,) = editor.post("/api/v1/documents", files=files).json()["added"]
    editor.delete(f"/api/v1/documents/{id}")
    assert f'data-id="{id}"' not in editor.get("/dokumente").text
    assert "?zurueckgezogen=1" in editor.get("/dokumente").text
    shown = editor.get("/dokumente?zurueckgezogen=1").text
    row = shown.split(f'data-id="{id}"')[1].split("</tr>")[0]
    assert "zurückgezogen</span>" in row
    assert "Endgültig löschen" in row
    assert 'class="zurueckziehen"' not in row
    assert "zurückgezogen" in editor.get(f"/quelle/{id}").text
    assert editor.delete(f"/api/v1/documents/{id}?forget=true").json() == {"forgotten": [id]}
    assert editor.get(f"/quelle/{id}").status_code == 404


def test_a_running_ingest_is_shown(client: httpx.Client, running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        'id="lauf-einlesen" class="einlesen" aria-labelledby="einlesen-titel" hidden' in client.get("/dokumente").text
    )
    monkeypatch.setattr(running.service.assistant.library, "progress", Progress(3, 12, "a.pdf", 2.0))
    page = client.get("/dokumente").text
    assert '<progress id="einlesen-balken" max="12" value="3"' in page
    assert "3 von 12 Dateien" in page


def test_public_readers_see_no_places_of_files(running: Any, tmp_path: Path, serving: Any) -> None:
    """Beyond this machine, failures and withdrawn documents are for those who may change something."""
    import dataclasses

    public = dataclasses.replace(
        running.service, host="0.0.0.0", settings=dataclasses.replace(running.service.settings, open_reading=True)
    )
    with serving(public) as url, httpx.Client(base_url=url, timeout=60) as reader:
        assert reader.get("/api/v1/failures").status_code == 401
        assert reader.get("/api/v1/documents?withdrawn=true").status_code == 401
        assert reader.get("/api/v1/failures", headers=running.bearer).status_code == 200
        assert reader.get("/api/v1/documents").status_code == 200
