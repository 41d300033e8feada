"""The register in Chromium: filter, source, chart, export, decisions; by keyboard, on a phone, for axe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support.axe import violations
from support.browsing import allow_changes, marked, press_until
from support.registered import registered

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[Any]:
    """A server over a collection whose statements are known."""
    with registered(tmp_path_factory.mktemp("register"), serving) as found:
        yield found


@pytest.fixture(autouse=True)
def _undecided(running: Any) -> Iterator[None]:
    """Takes back what a test decided."""
    yield
    assistant = running.service.assistant
    for row in assistant.facts(hidden=True):
        if row.decision is not None:
            assistant.decide(row.id, "reset", who="test")


def test_filter_while_typing(open_page: Open) -> None:
    page = open_page("/register")
    rows = page.locator("#angaben tbody tr")
    expect(rows).to_have_count(16)
    page.get_by_label("Suchwort").press_sequentially("dommitzsch orts")
    expect(rows).to_have_count(2)
    expect(page.locator("#register-zahl")).to_have_text("Angaben: 2")
    expect(page.locator("#f-text")).to_be_focused()
    assert "text=dommitzsch+orts" in page.url
    page.get_by_label("Suchwort").fill("")
    page.get_by_text("Landkreis, Messgröße, Stand").click()
    page.get_by_label("auch überholte").check()
    expect(rows).to_have_count(20)
    page.get_by_label("Stand", exact=True).fill("99.99.9999")
    page.get_by_label("Stand", exact=True).press("Tab")
    expect(page.locator("#stand-fehler")).to_contain_text("ist kein Datum")
    page.get_by_label("Stand", exact=True).fill("1.1.2021")
    page.get_by_label("Stand", exact=True).press("Enter")
    expect(rows).to_have_count(1)
    expect(page.locator("#stand-fehler")).to_be_hidden()
    page.reload()
    expect(rows).to_have_count(1)
    expect(page.get_by_label("Stand", exact=True)).to_have_value("1.1.2021")


def test_kinds_keep_the_filters(open_page: Open) -> None:
    page = open_page("/register")
    page.get_by_label("Ort", exact=True).fill("Dommitzsch")
    kinds = page.get_by_role("navigation", name="Arten von Angaben")
    expect(kinds.get_by_role("link", name="Alle 5")).to_be_visible()
    kinds.get_by_role("link", name="Zahlen 2").click()
    expect(page.locator("#angaben tbody tr")).to_have_count(2)
    expect(page.get_by_label("Ort", exact=True)).to_have_value("Dommitzsch")


def test_everything_works_without_scripts(open_page: Open, running: Any) -> None:
    page = open_page("/register", java_script_enabled=False)
    page.get_by_label("Suchwort").fill("Mügeln")
    page.get_by_label("Art", exact=True).select_option("Mitglieder")
    page.get_by_role("button", name="Anzeigen").click()
    rows = page.locator("#angaben tbody tr")
    expect(rows).to_have_count(2)
    rows.first.locator("a.cite").click()
    expect(page.locator("mark")).to_contain_text("Am 5. Mai 2022 unterzeichneten")
    allow_changes(page, running)
    page.goto("/register?art=member")
    page.get_by_role("button", name="Bestätigen: Mügeln").click()
    expect(page.locator("#meldung")).to_contain_text("Bestätigt: Mügeln")
    expect(page.locator("#angaben tr", has_text="Mügeln").last).to_contain_text("geprüft")


def test_a_row_opens_its_sentence_by_keyboard(open_page: Open) -> None:
    page = open_page("/register?art=person")
    press_until(page, "Tab", "#angaben a.cite")
    page.keyboard.press("Enter")
    assert marked(page).startswith("Bürgermeisterin Thea Theoretisch leitet")
    expect(page.locator("#quelle-titel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#quelle")).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('#angaben a.cite')")


def test_sources_of_the_list_are_stepped_through(open_page: Open) -> None:
    page = open_page("/register?art=figure")
    page.locator("#angaben a.cite").first.click()
    first = marked(page)
    page.get_by_role("button", name="Nächste").click()
    expect(page.locator("#quelle mark").first).not_to_have_text(first)
    expect(page.locator("#angaben a.cite").nth(1)).to_have_class(re.compile("offen"))


def test_chart_by_keyboard_and_its_table(open_page: Open) -> None:
    page = open_page("/register?art=figure")
    expect(page.locator("svg.verlauf:visible")).to_have_count(1)
    press_until(page, "Tab", "svg a")
    page.keyboard.press("Tab")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label.startswith("21 Präventionsräte")
    ring = page.evaluate("getComputedStyle(document.activeElement.querySelector('.griff')).strokeWidth")
    assert ring == "3px"
    page.keyboard.press("Enter")
    assert marked(page).startswith("Im November 2021 zählte")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == label
    table = page.locator("details.werte table")
    expect(table.locator("tbody tr")).to_have_count(4)
    expect(table.locator("tbody tr").first).to_contain_text("28")
    page.get_by_text("Werte als Tabelle").click()
    expect(table).to_be_hidden()


def test_another_series(open_page: Open) -> None:
    page = open_page("/register?art=funding")
    choice = page.get_by_label("Messgröße und Gegenstand")
    choice.select_option(label=choice.locator("option", has_text="zur Verfügung").text_content())
    page.get_by_role("button", name="Zeigen", exact=True).click()
    expect(page.locator("figcaption")).to_contain_text("zur Verfügung gestellte Mittel")
    expect(page.locator("svg.verlauf:visible .kurve")).to_have_count(1)


def test_export(open_page: Open) -> None:
    page = open_page("/register?art=funding")
    page.get_by_label("Suchwort").fill("verfügung")
    expect(page.locator("#angaben tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "register.csv"
    content = download.value.path().read_text(encoding="utf-8-sig")
    assert content.splitlines()[0].startswith("Art;Gegenstand;")
    assert "240000;EUR" in content
    assert "bewilligt" not in content


def test_decisions_stay_when_the_file_is_read_again(open_page: Open, running: Any) -> None:
    page = open_page()
    allow_changes(page, running)
    page.goto("/register?art=member")
    press_until(page, "Tab", "button[aria-label='Ausblenden: Mügeln, 05.05.2022']")
    page.keyboard.press("Enter")
    expect(page.locator("#meldung")).to_contain_text("Ausgeblendet: Mügeln: 05.05.2022.")
    expect(page.locator("#meldung")).to_be_focused()
    expect(page.locator("#angaben tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Bestätigen: Dommitzsch").click()
    row = page.locator("#angaben tr", has=page.get_by_role("link", name="Dommitzsch", exact=True))
    expect(row).to_contain_text(re.compile(r"geprüft.*von Einmal-Link, \d\d\.\d\d\.\d{4}"))
    file = running.documents / "beitritte.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n\nNachtrag der Redaktion.", encoding="utf-8")
    assert running.service.assistant.ingest([running.documents]).updated
    page.reload()
    expect(row).to_contain_text("geprüft")
    expect(page.locator("#angaben tbody tr")).to_have_count(3)
    page.get_by_text("Landkreis, Messgröße, Stand").click()
    page.get_by_label("auch ausgeblendete zeigen (1)").check()
    expect(page.locator("#angaben tr.ausgeblendet")).to_contain_text("Mügeln")
    page.get_by_role("button", name="Zurücknehmen: Mügeln").click()
    expect(page.locator("#meldung")).to_contain_text("Entscheidung zurückgenommen")


def test_a_wrong_source_is_marked_beside_its_sentence(open_page: Open, running: Any) -> None:
    page = open_page()
    allow_changes(page, running)
    page.goto("/register?art=contact")
    page.get_by_role("link", name="Prüfen: Geschäftsstelle").click()
    page.get_by_role("radio", name="Quelle fehlerhaft").check()
    page.get_by_label("Vermerk").fill("Zahlendreher")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("#meldung")).to_contain_text("Als fehlerhafte Quelle vermerkt")
    page.locator("a.cite").click()
    page.locator("#quelle mark").wait_for()
    expect(page.locator("#quelle .fehler-der-quelle")).to_have_text("Quelle fehlerhaft: Zahlendreher")


# What sticks out of the window on the right.
STICKING_OUT = """width => [...document.querySelectorAll("main :is(button, input, select, a, svg, td, th, dd)")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > width + 0.5).map((e) => e.outerHTML)"""


@pytest.mark.parametrize("width", [320, 360, 800, 1100])
def test_no_sideways_scrolling(open_page: Open, running: Any, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 740})
    allow_changes(page, running)
    row = running.service.assistant.facts()[0]
    for address in (
        "/register",
        "/register?art=figure&ueberholt=1",
        "/register?art=member",
        "/register?art=funding",
        "/register?art=conflicts",
        f"/register/{row.id}",
        "/en/register?art=figure",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.evaluate(STICKING_OUT, width) == [], address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe(open_page: Open, running: Any, scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    assistant = running.service.assistant
    rows = assistant.facts(kind="member")
    for row, action in zip(rows, ("confirm", "hide", "source_wrong"), strict=False):
        assistant.decide(row.id, action, who="frau.muster", note="Vermerk")
    found = {}
    # The plainest page without a session, the fullest ones with it.
    addresses = ["/register?text=gibtesnicht&stand=x", "/en/register?art=funding"]
    kept = ["/register?art=figure&ueberholt=1", "/register?art=member&ausgeblendet=1", f"/register/{rows[0].id}"]
    for address in addresses:
        page.goto(address)
        found[address] = violations(page)[0]
    allow_changes(page, running)
    for address in (*kept, "/register?art=conflicts"):
        page.goto(address)
        found[address] = violations(page)[0]
    page.goto("/register?art=figure")
    page.locator("svg.verlauf:visible a").first.click()
    page.locator("#quelle mark").wait_for()
    found["source"] = violations(page)[0]
    assert {where: ours for where, ours in found.items() if ours} == {}
