"""Vermerk and objection as people use them: links under an answer, the form beside it, the list, without scripts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from support.axe import violations
from support.browsing import allow_changes, ask, press_until

from app.feedback.store import NAME

JOINED = "Wann hat Torgau die Kooperationsvereinbarung unterzeichnet?"
FOLLOW_UP = "Und wer hat unterzeichnet?"
Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def _empty_list(running: Any) -> Iterator[None]:
    yield
    (running.service.settings.data / NAME).unlink(missing_ok=True)


def saved(page: Page, words: str) -> tuple[str, bytes]:
    """Name and content of the file behind a link of the last answer."""
    with page.expect_download() as download:
        page.locator("#lauf").get_by_role("link", name=words).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_answer_shown_is_the_one_saved(open_page: Open) -> None:
    page = open_page()
    ask(page, JOINED)
    ask(page, FOLLOW_UP)
    short = page.locator("#lauf .kurz").inner_text().partition(" [")[0].partition("Quelle")[0].strip()
    name, data = saved(page, "Vermerk (PDF)")
    assert name == "vermerk-und-wer-hat-unterzeichnet.pdf"
    with pypdfium2.PdfDocument(data) as pdf:
        text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    assert short in text
    assert JOINED in text
    assert "hat sich die Sammlung geändert" not in text
    name, data = saved(page, "Vermerk (Word)")
    assert name.endswith(".docx")
    assert short in "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    expect(page.locator("#verlauf .turn")).to_have_count(1)


def test_as_of_date_is_in_the_vermerk(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Stand-Datum").fill("01.01.2020")
    ask(page, "Wie viele Fördermittel wurden in Torgau zur Verfügung gestellt?")
    _, data = saved(page, "Vermerk (Word)")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    assert "Stand-Datum:\t01.01.2020" in text
    assert "Nicht belegt" in text


def test_object_beside_the_answer_by_keyboard(open_page: Open, running: Any) -> None:
    page = open_page()
    ask(page, JOINED)
    press_until(page, "Shift+Tab", "a.melden")
    page.keyboard.press("Enter")
    expect(page.locator("#quelle-titel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#quelle")).to_be_hidden()
    expect(page.locator("a.melden:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    press_until(page, "Tab", "#grund-wrong")
    page.keyboard.press("ArrowDown")
    press_until(page, "Tab", "#meldung-text")
    page.keyboard.type("Inzwischen anders.")
    press_until(page, "Tab", ".meldung-formular button")
    page.keyboard.press("Enter")
    expect(page.locator("#quelle-titel")).to_have_text("Danke, das ist angekommen.")
    expect(page.locator("#quelle-titel")).to_be_focused()
    expect(page.locator("#lauf .turn")).to_have_count(1)
    (report,) = running.service.feedback.reports()
    assert (report.question, report.reason, report.text) == (JOINED, "outdated", "Inzwischen anders.")


def test_object_and_save_without_scripts(open_page: Open, running: Any) -> None:
    page = open_page()
    ask(page, JOINED)
    address = page.locator("#lauf a.melden").get_attribute("href") or ""
    bare = open_page(address, java_script_enabled=False)
    expect(bare.get_by_role("heading", level=1)).to_have_text("Stimmt etwas nicht?")
    bare.get_by_label("Etwas anderes").check()
    bare.get_by_label("Was ist richtig").fill("Der Tag ist ein anderer.")
    bare.get_by_role("button", name="Absenden").click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("Danke, das ist angekommen.")
    assert [report.text for report in running.service.feedback.reports()] == ["Der Tag ist ein anderer."]


def test_a_maintainer_settles_and_downloads(open_page: Open, running: Any) -> None:
    page = open_page(f"/rueckmeldung?frage={JOINED}")
    page.get_by_label("Die Antwort ist falsch.").check()
    page.get_by_role("button", name="Absenden").click()
    page.wait_for_url("**/danke")
    allow_changes(page, running)
    page.get_by_role("link", name="Rückmeldungen").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Als Prüffall herunterladen").click()
    assert download.value.suggested_filename.endswith(".jsonl")
    page.get_by_role("link", name="[1] Torgau tritt der Allianz bei").click()
    expect(page.locator("mark").first).to_be_visible()
    page.goto("/rueckmeldungen")
    page.get_by_role("button", name="Erledigt").click()
    expect(page.get_by_role("status").first).to_have_text("Als erledigt vermerkt.")
    assert running.service.feedback.reports() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_use_it(open_page: Open, running: Any, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    ask(page, JOINED)
    page.locator("#lauf a.melden").click()
    page.locator("#quelle form").wait_for()
    page.wait_for_timeout(300)
    found = {"panel": violations(page)[0]}
    allow_changes(page, running)
    for address in (f"/rueckmeldung?frage={JOINED}", "/rueckmeldung/danke", "/rueckmeldungen?erledigte=1"):
        page.goto(address)
        if "frage" in address:
            page.get_by_label("Die Antwort ist falsch.").check()
            page.get_by_role("button", name="Absenden").click()
            page.wait_for_url("**/danke")
            page.go_back()
        found[address] = violations(page)[0]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    assert {address: ours for address, ours in found.items() if ours} == {}
