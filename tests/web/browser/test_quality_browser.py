"""The page about the answers' quality in Chromium: by keyboard, without sideways scrolling, with axe."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support.axe import violations
from support.browsing import press_until

from app.web.quality.stored import FOLDER
from eval.quality.cases import Case, Evidence, Value
from eval.quality.corpora import collection_of
from eval.quality.judge import Stored, judge
from eval.quality.kept import keep
from eval.quality.record import record
from eval.quality.reply import Cited, Reply
from eval.quality.run import Run

Open = Callable[..., Page]
QUOTE = "Die Gemeinde Lohsa hat etwa 5.200 Einwohnerinnen und Einwohner in 18 Ortsteilen."


@pytest.fixture(autouse=True)
def kept(running: Any) -> Iterator[Path]:
    """A run as the command keeps it: one question right, one not."""
    document = next(d for d in running.service.assistant.documents() if d.source == "lohsa.md")
    text = running.service.assistant.document(document.id)[0].text
    start = text.index(QUOTE)
    judged = []
    for number, value in enumerate((18, 15)):
        question = f"Wie viele Ortsteile hat Lohsa{' wirklich' * number}?"
        case = Case(
            f"f{number}", question, "figure", True, frozenset(["answered"]), persona="press", style=("paraphrase",),
            expected=(Value("number", value, "Ortsteile"),), evidence=(Evidence("lohsa.md", QUOTE),),
        )  # fmt: skip
        cited = Cited(1, document.id, "lohsa.md", start, start + len(QUOTE), QUOTE, "2022-03-14")
        reply = Reply("answered", "18 Ortsteile [1]", f"»{QUOTE}« [1]", citations=(cited,))
        judged.append(judge(case, reply, Stored({document.id: text}, {}, {}), {"lohsa.md": [(start, start + 10)]}))
    one = Run("auskunft", judged, {"f0": 1, "f1": 2}, {"python": "3.11"}, (collection_of("", 3, 2),))
    data = Path(running.service.settings.data)
    path = keep(record(one, "dev", "2026-11-01T10:15:00"), (), data)
    assert json.loads(path.read_text(encoding="utf-8"))["missed"] == []
    yield path
    path.unlink()
    (data / FOLDER).rmdir()


def test_a_failure_opens_by_keyboard_and_leads_to_its_source(open_page: Open) -> None:
    page = open_page("/qualitaet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie gut die Antworten sind")
    press_until(page, "Tab", "details.fall > summary")
    page.keyboard.press("Enter")
    fall = page.locator("details.fall")
    expect(fall).to_have_count(1)
    expect(fall).to_contain_text("fehlt: 15 Ortsteile")
    fall.get_by_role("link", name="lohsa.md").click()
    expect(page.locator("mark").first).to_contain_text("18 Ortsteilen")


def test_the_filter_shows_other_questions(open_page: Open) -> None:
    page = open_page("/qualitaet")
    page.get_by_label("Ergebnis").select_option("richtig")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.locator("details.fall")).to_contain_text("Wie viele Ortsteile hat Lohsa?")
    assert "ergebnis=richtig" in page.url
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How good the answers are")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1200])
def test_axe_and_reflow(open_page: Open, scheme: str, width: int) -> None:
    page = open_page("/qualitaet?ergebnis=alle", color_scheme=scheme, viewport={"width": width, "height": 800})
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page)[0] == []
