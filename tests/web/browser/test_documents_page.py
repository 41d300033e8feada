"""The documents page: upload of archives, failures, deletion for good, withdrawn documents, an ingest that runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from support.browsing import allow_changes, press_until
from support.office import docx_with, paragraph, zipped

from index.report import Progress

Open = Callable[..., Page]
LETTER = docx_with(paragraph("Die Stadt Weida hat am 3. Mai 2023 einen Rat mit 17 Mitgliedern gebildet."))


@pytest.fixture(autouse=True)
def _tidy(running: Any) -> Iterator[None]:
    """Leaves the collection as it was."""
    assistant = running.service.assistant
    before = {row.id for row in assistant.documents(withdrawn=True)}
    yield
    if new := [row.id for row in assistant.documents(withdrawn=True) if row.id not in before]:
        assistant.forget(new)
    if failed := [file.id for file in assistant.failures()]:
        assistant.dismiss(failed)


@pytest.fixture
def editor(open_page: Open, running: Any) -> Page:
    """The documents page with the right to change."""
    page = open_page()
    allow_changes(page, running)
    page.goto("/dokumente")
    return page


def upload(page: Page, *files: Path) -> None:
    page.get_by_label("Dateien auswählen").set_input_files(files)
    page.get_by_role("button", name="Einlesen").click()
    expect(page.locator("#ergebnis .gesamt")).to_contain_text("Fertig")


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_upload_of_word_and_archive(editor: Page, tmp_path: Path) -> None:
    page = editor
    archive = zipped({"brief.docx": LETTER, "notiz.txt": "Die Stadt Gera hat 12 Lotsen.", "kaputt.pdf": b"%PDF-1.4 x"})
    word = docx_with(paragraph("Die Stadt Greiz hat am 3. Mai 2023 genau 23 Lotsen ausgebildet."))
    upload(page, written(tmp_path, "greiz.docx", word), written(tmp_path, "ablage.zip", archive))
    results = page.locator("#ergebnis > ul > li")
    expect(results.nth(0)).to_have_text("greiz.docx: neu eingelesen")
    expect(results.nth(1).locator("> span")).to_have_text("ablage.zip: 2 neu, 1 nicht lesbar")
    expect(results.nth(1).locator("li")).to_contain_text(
        re.compile("kaputt.pdf: nicht eingelesen: .*keine lesbare PDF")
    )
    expect(page.locator("#ergebnis .gesamt")).to_have_text("Fertig: 2 von 2 Dateien bearbeitet, 1 davon mit Fehlern.")
    expect(page.locator("#ansage")).to_contain_text("2 von 2 Dateien bearbeitet")
    expect(page.locator("#liste tr", has_text="greiz.docx")).to_be_visible()
    expect(page.locator("#unlesbar")).to_contain_text("kaputt.pdf")


def test_a_twin_is_named_by_its_title(editor: Page, tmp_path: Path) -> None:
    upload(editor, written(tmp_path, "eins.docx", LETTER), written(tmp_path, "zwei.docx", LETTER))
    expect(editor.locator("#ergebnis li").nth(1)).to_contain_text("Inhalt schon vorhanden (»")


def test_nothing_chosen_is_said(editor: Page) -> None:
    editor.get_by_role("button", name="Einlesen").click()
    expect(editor.locator("#ergebnis")).to_have_text("Bitte zuerst eine Datei auswählen.")
    expect(editor.locator("#dateien")).to_be_focused()


def test_failures_are_dismissed_by_keyboard(editor: Page, tmp_path: Path) -> None:
    page = editor
    upload(page, written(tmp_path, "eins.pdf", b"%PDF-1.4 1"), written(tmp_path, "zwei.pdf", b"%PDF-1.4 2"))
    expect(page.get_by_role("heading", name="Nicht lesbare Dateien (2)")).to_be_visible()
    expect(page.locator("#unlesbar li").first).to_contain_text("Bitte die Datei öffnen und prüfen")
    press_until(page, "Tab", ".abhaken")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nicht lesbare Dateien (1)")).to_be_focused()
    expect(page.locator("#ansage")).to_contain_text("»eins.pdf« wird nicht mehr gezeigt")
    press_until(page, "Tab", ".abhaken")
    page.keyboard.press("Enter")
    expect(page.locator("#unlesbar")).to_be_empty()
    expect(page.locator("#filter")).to_be_focused()


def test_delete_for_good_asks_first(editor: Page, running: Any, tmp_path: Path) -> None:
    page = editor
    upload(page, written(tmp_path, "geheim.docx", LETTER))
    row = page.locator("#liste tr", has_text="geheim.docx")
    id = row.get_attribute("data-id")
    page.get_by_label("Liste filtern").fill("geheim")
    press_until(page, "Tab", ".vergessen:not([hidden])")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Dokument endgültig löschen")
    expect(dialog).to_contain_text("Das lässt sich nicht rückgängig machen")
    expect(dialog).to_contain_text("Sicherungen")
    expect(dialog.get_by_role("button", name="Abbrechen")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(".vergessen:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#treffer")).to_contain_text("ist endgültig gelöscht")
    expect(row).to_have_count(0)
    assert httpx.get(f"{running.url}/api/v1/documents/{id}").status_code == 404


def test_withdrawn_documents_are_listed_on_request(editor: Page, tmp_path: Path) -> None:
    page = editor
    upload(page, written(tmp_path, "alt.docx", LETTER))
    row = page.locator("#liste tr", has_text="alt.docx")
    row.get_by_role("button", name="zurückziehen").click()
    page.get_by_role("dialog").get_by_role("button", name="Zurückziehen").click()
    expect(row).to_have_count(0)
    page.get_by_role("link", name="Zurückgezogene zeigen").click()
    page.wait_for_load_state()
    expect(row).to_contain_text("zurückgezogen")
    row.get_by_role("button", name="endgültig löschen").click()
    page.get_by_role("dialog").get_by_role("button", name="Endgültig löschen").click()
    expect(row).to_have_count(0)


def test_a_running_ingest_is_followed(open_page: Open, running: Any) -> None:
    library, asked = running.service.assistant.library, []
    page = open_page("/dokumente")
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/api/v1/ingest") else None)
    section = page.locator("#lauf-einlesen")
    expect(section).to_be_hidden()
    page.wait_for_timeout(1500)
    assert not asked
    library.progress = Progress(30, 120, "mitteilung-30.pdf", 10.0)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(section).to_contain_text(
        "30 von 120 Dateien · 3 je Sekunde · noch etwa 30 Sekunden · zuletzt: mitteilung-30.pdf"
    )
    library.progress = Progress(60, 120, "mitteilung-60.pdf", 240.0)
    expect(section).to_contain_text("60 von 120 Dateien · 15 je Minute · noch etwa 4 Minuten")
    assert page.locator("#einlesen-balken").evaluate("bar => bar.value / bar.max") == 0.5
    library.progress = None
    expect(section).to_be_hidden()
    said = page.locator("#ansage p").all_text_contents()
    assert said == ["Es wird eingelesen, 120 Dateien.", "Das Einlesen ist beendet, die Liste ist aktuell."]
    asked.clear()
    page.wait_for_timeout(1500)
    assert not asked


def test_a_renewed_list_keeps_the_focus_and_the_filter(editor: Page, running: Any) -> None:
    page = editor
    page.get_by_label("Liste filtern").fill("torgau")
    press_until(page, "Tab", ".vergessen:not([hidden])")
    label = page.evaluate("document.activeElement.ariaLabel")
    library = running.service.assistant.library
    library.progress = Progress(1, 2, "x.pdf", 1.0)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#lauf-einlesen")).to_be_visible()
    page.evaluate("document.getElementById('liste').id = 'alt'")
    library.progress = None
    page.locator("#liste").wait_for()
    assert page.evaluate("document.activeElement.ariaLabel") == label
    expect(page.locator("#liste tbody tr:visible")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 360])
def test_no_sideways_scrolling(open_page: Open, running: Any, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 740})
    allow_changes(page, running)
    running.service.assistant.ingest_upload("ein-sehr-langer-name-ohne-jede-trennung-im-wort.pdf", b"%PDF-1.4")
    page.goto("/dokumente")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for box in page.locator("main button, main input, main a").all():
        place = box.bounding_box()
        assert place is None or place["x"] + place["width"] <= width
