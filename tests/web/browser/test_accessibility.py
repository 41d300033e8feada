"""axe-core over every page and state: nothing in our markup, and in Gradio's only what is known."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from support.axe import violations

KNOWN = {rule["id"] for rule in tomllib.loads((Path(__file__).parent / "gradio_axe.toml").read_text())["rules"]}
PAGES = (
    "/dokumente",
    "/register",
    "/rueckmeldung?frage=Was",
    "/rueckmeldungen",
    "/hilfe",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/anmelden",
    "/api/docs",
    "/en/hilfe",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_conversation(open_page: Callable[..., Page], scheme: str, width: int) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    box = page.locator("#frage textarea")
    box.wait_for()
    page.wait_for_timeout(300)
    ours, gradios = violations(page)
    box.fill("Wann hat Torgau die Kooperationsvereinbarung unterzeichnet?")
    box.press("Enter")
    page.locator("#lauf .werkzeug").wait_for()
    page.locator("#lauf a.cite").first.click()
    page.locator("#quelle mark").first.wait_for()
    page.wait_for_timeout(300)
    more, others = violations(page)
    assert ours + more == []
    assert gradios | others == KNOWN


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages(open_page: Callable[..., Page], running: Any, papers: dict[str, str], scheme: str) -> None:
    page = open_page("/hilfe", color_scheme=scheme)
    page.goto(f"/?token={running.service.access.issue_ticket()}")
    sources = (
        f"/quelle/{running.service.assistant.documents()[0].id}?von=0&bis=20",
        f"/quelle/{papers['jahresplan.pdf']}?von=300&bis=420",
        f"/quelle/{papers['nachtbus.md']}",
        f"/quelle/{papers['nachtbus-korrektur.md']}/aenderungen",
        f"/quelle/{papers['nachbarschaft.md']}",
    )
    running.service.assistant.ingest_upload("unlesbar.pdf", b"%PDF-1.4")
    found = {}
    for address in (*PAGES, *sources):
        page.goto(address)
        found[address] = violations(page)[0]
    page.goto("/dokumente")
    page.locator(".vergessen").first.click()
    found["dialog"] = violations(page)[0]
    running.service.assistant.dismiss([file.id for file in running.service.assistant.failures()])
    assert {address: ours for address, ours in found.items() if ours} == {}
