"""A citation of a PDF shows its page with the passage framed where it stands; corrections show what they changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from support.browsing import ask, citations, marked, press_until

from ingest.boxes import marks

QUESTION = "Wie viel Geld bewilligte das Land für die Prävention?"
Open = Callable[..., Page]


def opened(page: Page) -> None:
    """Asks, opens the first citation and waits until the picture is there."""
    ask(page, QUESTION)
    page.locator("#lauf a.cite").first.click()
    page.locator("#quelle .marke-seite").first.wait_for()
    page.evaluate("document.querySelector('#quelle image').decode()")
    page.wait_for_timeout(200)


def test_the_page_is_shown_with_the_passage_framed(open_page: Open, running: Any, papers: dict[str, str]) -> None:
    (cited, *_) = citations(running, QUESTION)
    assert cited["document_id"] == papers["jahresplan.pdf"]
    page = open_page()
    opened(page)
    assert marked(page) == cited["quote"]
    picture = page.get_by_role("img", name="Seite 1 mit markierter Textstelle").bounding_box()
    assert picture
    boxes, sizes = running.service.assistant.library.boxes(cited["document_id"])
    width, height = sizes[0]
    scale = picture["width"] / width
    wanted = marks(boxes, cited["start"], cited["end"])
    rects = [rect.bounding_box() for rect in page.locator("#quelle .marke-seite").all()]
    assert len(rects) == len(wanted) > 1
    for rect, box in zip(rects, wanted, strict=True):
        assert rect
        assert rect["x"] - picture["x"] == pytest.approx((box.left - 1.5) * scale, abs=1.5)
        assert rect["y"] - picture["y"] == pytest.approx((height - box.top - 1.5) * scale, abs=1.5)
        assert rect["width"] == pytest.approx((box.right - box.left + 3) * scale, abs=2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_passage_is_legible_paper_and_in_view(open_page: Open, papers: dict[str, str], scheme: str) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": 1280, "height": 1000})
    opened(page)
    window = page.locator("#quelle .fenster").bounding_box()
    rect = page.locator("#quelle .marke-seite").first.bounding_box()
    assert window
    assert rect
    assert window["y"] <= rect["y"] <= rect["y"] + rect["height"] <= window["y"] + window["height"]
    clip = {name: rect[name] + change for name, change in (("x", 2), ("y", 2), ("width", -4), ("height", -4))}
    shot = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    colours = sorted(shot.getcolors(100_000) or [], reverse=True)
    ground, ink = colours[0][1], min((colour for _, colour in colours), key=sum)
    assert ground[0] > 240 > 200 > ground[2], ground  # yellow
    assert contrast(ground, ink) > 4.5


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: tuple[int, ...]) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_page_can_be_scrolled_by_keyboard(open_page: Open, papers: dict[str, str]) -> None:
    page = open_page()
    opened(page)
    press_until(page, "Tab", ".fenster")
    before = page.evaluate("document.activeElement.scrollTop")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("before => document.activeElement.scrollTop > before", arg=before)
    page.keyboard.press("Escape")
    expect(page.locator("#quelle")).to_be_hidden()
    expect(page.locator(".cite:focus")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 360])
def test_small_screens_scroll_the_page_in_its_window_only(open_page: Open, papers: dict[str, str], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 740})
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    window = page.locator("#quelle .fenster").bounding_box()
    lefts = [box["x"] for rect in page.locator("#quelle .marke-seite").all() if (box := rect.bounding_box())]
    assert window
    assert window["x"] <= min(lefts) < window["x"] + window["width"]


def test_source_page_jumps_to_the_quote(open_page: Open, running: Any, papers: dict[str, str]) -> None:
    (cited, *_) = citations(running, QUESTION)
    page = open_page(f"/quelle/{cited['document_id']}?von={cited['start']}&bis={cited['end']}#zitat")
    expect(page.locator("mark").first).to_be_in_viewport()
    expect(page.locator(".marke-seite").first).to_be_in_viewport()


def test_a_page_that_cannot_be_drawn_leaves_the_text(
    chromium: Any, running: Any, papers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a context that nobody watches: the browser notes the missing picture in its console."""

    def fail(*_: object) -> bytes:
        raise RuntimeError

    service = running.service
    service.pictures.forget(service.assistant.document(papers["jahresplan.pdf"])[0].sha256)
    monkeypatch.setattr(service.pictures, "_draw", fail)
    (cited, *_) = citations(running, QUESTION)
    page = chromium.new_page(base_url=running.url)
    page.goto(f"/quelle/{cited['document_id']}?von={cited['start']}&bis={cited['end']}")
    expect(page.locator(".seitenbild")).to_have_count(0)
    expect(page.locator("mark").first).to_be_visible()
    page.close()


def test_what_a_correction_changed(open_page: Open, papers: dict[str, str]) -> None:
    page = open_page(f"/quelle/{papers['nachtbus.md']}")
    page.get_by_role("link", name="Was sich geändert hat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was sich geändert hat")
    gone, new = page.locator(".aenderung.del").nth(1), page.locator(".aenderung.ins").nth(1)
    expect(gone).to_contain_text("entfallen: Die Stadt Musterau zahlt")
    expect(gone.locator("del strong")).to_have_text("12.000")
    expect(new.locator("ins strong")).to_have_text("21.000")
    same = page.get_by_text("Der Stadtrat hat dem neuen Angebot")
    expect(same).to_be_hidden()
    press_until(page, "Tab", "summary")
    page.keyboard.press("Enter")
    expect(same).to_be_visible()
