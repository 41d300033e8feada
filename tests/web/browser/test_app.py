"""The app as people use it: ask, read, check the source, add a document; with mouse, by keyboard, small, dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from support.browsing import allow_changes, ask, citations, done, marked, press_until

JOINED = "Wann hat Torgau die Kooperationsvereinbarung unterzeichnet?"
HOSTILE = "Wie viele Streetworker hat die Stadt Zwickau eingestellt?"
Open = Callable[..., Page]


def test_ask_and_check_the_source(open_page: Open, running: Any) -> None:
    page = open_page()
    ask(page, JOINED)
    expected = citations(running, JOINED)
    page.locator("#lauf a.cite", has_text="[1]").first.click()
    assert marked(page) == expected[0]["quote"]
    expect(page.locator("#quelle-titel")).to_be_focused()
    panel = page.locator("#quelle")
    expect(panel).to_contain_text(expected[0]["title"])
    expect(panel).to_contain_text("25.06.2021")
    expect(page.locator("a.cite.offen").first).to_be_visible()
    panel.get_by_role("button", name="Schließen").click()
    expect(panel).to_be_hidden()
    expect(page.locator(".cite:focus")).to_have_count(1)


def test_step_through_the_citations(open_page: Open, running: Any) -> None:
    question = f"{JOINED} Wie viele Einwohner hat Lohsa?"
    expected = citations(running, question)
    if len(expected) < 2:
        pytest.fail("this question should have two citations")
    page = open_page()
    ask(page, question)
    page.locator("#lauf a.cite", has_text="[1]").first.click()
    first = marked(page)
    page.locator("#quelle").get_by_role("button", name="Nächste").click()
    expect(page.locator("#quelle .nr")).to_contain_text("2")
    assert marked(page) != first
    page.locator("#quelle").get_by_role("button", name="Vorige").click()
    expect(page.locator("#quelle .nr")).to_contain_text("1")
    assert marked(page) == first


def test_answer_is_announced_once(open_page: Open) -> None:
    page = open_page()
    ask(page, JOINED)
    expect(page.locator("#ansage")).to_contain_text("Antwort vollständig.")
    said = [text.strip() for text in page.locator("#ansage p").all_text_contents()]
    sentences = [text.strip() for text in page.locator("#lauf .satz").all_text_contents()]
    assert [text for text in said if text in sentences] == sentences


def test_follow_up_and_new_conversation(open_page: Open) -> None:
    page = open_page()
    ask(page, JOINED)
    ask(page, "Und wer hat unterzeichnet?")
    expect(page.locator("#verlauf .turn")).to_have_count(1)
    expect(page.locator("#lauf .verstanden")).to_contain_text("Torgau")
    page.get_by_role("button", name="Neues Gespräch").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("heading", name="Beispielfragen")).to_be_visible()


def test_sample_question(open_page: Open) -> None:
    page = open_page()
    page.locator("#frage textarea").wait_for()
    sample = page.locator("#beispiele button").first
    question = sample.inner_text()
    sample.click()
    done(page, question)
    expect(page.locator("#beispiele")).to_be_hidden()


def test_copy_gives_answer_with_sources(open_page: Open, running: Any) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, JOINED)
    page.get_by_role("button", name="Antwort mit Quellen kopieren").click()
    expect(page.locator("#ansage")).to_contain_text("kopiert")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(JOINED)
    assert f"»{citations(running, JOINED)[0]['quote']}«" in text


def test_refusals_are_sentences(open_page: Open) -> None:
    page = open_page()
    box = page.locator("#frage textarea")
    box.fill("x" * 2001)
    box.press("Enter")
    expect(page.locator("#lauf .fehler")).to_contain_text("2001 Zeichen")
    box.fill("Frage?")
    page.get_by_label("Stand-Datum").fill("neulich")
    box.press("Enter")
    expect(page.locator("#lauf .fehler")).to_contain_text("»neulich«")
    assert box.input_value() == "Frage?"


def test_as_of_date(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Stand-Datum").fill("01.01.2020")
    ask(page, "Wie viele Fördermittel wurden in Torgau zur Verfügung gestellt?")
    expect(page.locator("#lauf .verstanden").first).to_contain_text("Stand 01.01.2020")
    expect(page.locator("#lauf .ist-no_evidence")).to_be_visible()


def test_failure_is_a_sentence(open_page: Open, running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("geheime Einzelheit")

    monkeypatch.setattr(running.service.assistant, "ask", fail)
    page = open_page()
    box = page.locator("#frage textarea")
    box.fill("Was ist?")
    box.press("Enter")
    expect(page.locator("#lauf .fehler")).to_contain_text("Fehler aufgetreten")
    assert "geheim" not in page.content()


def test_upload_ask_and_withdraw(open_page: Open, running: Any, make_pdf: Callable[..., bytes], tmp_path: Path) -> None:
    page = open_page()
    allow_changes(page, running)
    page.goto("/dokumente")
    (tmp_path / "bautzen.pdf").write_bytes(
        make_pdf("Die Stadt Bautzen hat am 3. Mai 2023 einen Präventionsrat mit 14 Mitgliedern gebildet.")
    )
    (tmp_path / "kaputt.pdf").write_bytes(b"%PDF-1.4 nichts")
    page.get_by_label("Dateien auswählen").set_input_files([tmp_path / "bautzen.pdf", tmp_path / "kaputt.pdf"])
    page.get_by_role("button", name="Einlesen").click()
    expect(page.locator("#ergebnis li.added")).to_contain_text("bautzen.pdf: neu eingelesen")
    expect(page.locator("#ergebnis li.failed")).to_contain_text("kaputt.pdf: nicht eingelesen")
    page.goto("/")
    question = "Wie viele Mitglieder hat der Präventionsrat in Bautzen?"
    ask(page, question)
    page.locator("#lauf a.cite").first.click()
    assert "14 Mitgliedern" in marked(page)
    withdraw(page)


def withdraw(page: Page) -> None:
    page.goto("/dokumente")
    rows = page.locator("#liste tbody tr")
    before = rows.count()
    button = rows.filter(has_text="bautzen.pdf").get_by_role("button", name="zurückziehen")
    button.click()
    page.get_by_role("dialog").get_by_role("button", name="Abbrechen").click()
    expect(rows).to_have_count(before)
    button.click()
    page.get_by_role("dialog").get_by_role("button", name="Zurückziehen").click()
    expect(rows).to_have_count(before - 1)
    expect(page.locator("#treffer")).to_contain_text("ist zurückgezogen")


def test_everything_by_keyboard(open_page: Open, running: Any, make_pdf: Callable[..., bytes], tmp_path: Path) -> None:
    page = open_page()
    allow_changes(page, running)
    page.goto("/dokumente")
    (tmp_path / "riesa.pdf").write_bytes(make_pdf("Die Stadt Riesa hat am 7. Juni 2023 genau 23 Lotsen ausgebildet."))
    press_until(page, "Tab", "#dateien")
    page.once("filechooser", lambda chooser: chooser.set_files(tmp_path / "riesa.pdf"))
    page.wait_for_timeout(200)  # until the browser knows that someone listens
    page.keyboard.press("Space")
    expect(page.locator("#dateien")).to_have_value(re.compile("riesa"))
    press_until(page, "Tab", "#hochladen button")
    page.keyboard.press("Enter")
    page.locator("#ergebnis li.added").wait_for()
    page.goto("/")
    page.locator("#frage textarea").wait_for()
    page.evaluate("document.activeElement.blur()")
    press_until(page, "Tab", ".sprung")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#frage textarea')")
    page.keyboard.type("Wie viele Lotsen hat Riesa ausgebildet?")
    page.keyboard.press("Enter")
    done(page, "Lotsen")
    press_until(page, "Shift+Tab", "a.cite")
    page.keyboard.press("Enter")
    assert "23 Lotsen" in marked(page)
    press_until(page, "Tab", "#quelle-text")
    page.keyboard.press("Escape")
    expect(page.locator("#quelle")).to_be_hidden()
    expect(page.locator(".cite:focus")).to_have_count(1)
    id = next(r["id"] for r in httpx.get(f"{running.url}/api/v1/documents").json() if "riesa" in r["source"])
    httpx.delete(f"{running.url}/api/v1/documents/{id}", headers=running.bearer)


def test_read_only_without_the_link(open_page: Open) -> None:
    page = open_page("/dokumente")
    expect(page.locator("#nur-lesen")).to_contain_text("auskunft serve")
    expect(page.locator("#dateien")).to_have_count(0)
    page.get_by_label("Liste filtern").fill("torgau 2021")
    expect(page.locator("#treffer")).to_have_text(re.compile(r"^1 von \d+ Dokumenten$"))
    page.locator("#liste a:visible").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Torgau")


def test_language_switch(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    page.get_by_label("Your question").wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.lang") == "en"
    ask(page, "When did Torgau sign the agreement?")
    expect(page.get_by_role("button", name="Copy answer with sources")).to_be_visible()
    page.goto("/en/dokumente")
    page.get_by_role("link", name="Deutsch").click()
    expect(page).to_have_url(re.compile("/dokumente$"))


def test_language_of_the_page_is_not_the_browsers(open_page: Open) -> None:
    page = open_page(locale="en-GB")
    page.locator("#frage textarea").wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.lang") == "de"


def test_dark_follows_system_and_switch(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    page.locator("#frage textarea").wait_for()

    def dark() -> bool:
        background = str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        return sum(int(part) for part in re.findall(r"\d+", background)[:3]) < 200

    assert dark()
    page.get_by_role("button", name="Ansicht").click()
    expect(page.get_by_role("button", name="Ansicht: hell")).to_be_visible()
    assert not dark()
    page.reload()
    assert not dark()


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("height", [256, 740])
def test_no_sideways_scrolling(open_page: Open, width: int, height: int) -> None:
    page = open_page(viewport={"width": width, "height": height})

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    page.locator("#frage textarea").wait_for()
    assert fits()
    ask(page, JOINED)
    page.locator("#lauf a.cite").first.click()
    page.locator("#quelle mark").first.wait_for()
    assert fits()
    for address in (
        "/dokumente",
        "/hilfe",
        "/impressum",
        "/datenschutz",
        "/barrierefreiheit",
        "/anmelden",
        "/api/docs",
    ):
        page.goto(address)
        assert fits(), address


def test_document_text_stays_text(open_page: Open, running: Any) -> None:
    """Script, picture, link and template in a document are shown as they are written, and do nothing."""
    expected = citations(running, HOSTILE)
    assert expected
    assert "<script>" in expected[0]["quote"]
    page = open_page()
    ask(page, HOSTILE)
    assert " ".join(expected[0]["quote"].split()) in page.locator("#lauf .text").inner_text()
    page.locator("#lauf a.cite").first.click()
    assert marked(page) == expected[0]["quote"]
    page.goto(f"/quelle/{expected[0]['document_id']}")
    page.goto("/dokumente")
    page.wait_for_timeout(500)
    assert page.evaluate("window.getroffen === undefined")
    assert page.locator("main img").count() == 0
