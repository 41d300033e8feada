"""What tests do in the browser: ask, look at sources, press keys."""

from __future__ import annotations

from typing import Any

import httpx
from playwright.sync_api import Page


def ask(page: Page, question: str) -> None:
    """Types a question, presses Enter and waits for the whole answer to it."""
    box = page.locator("#frage textarea")
    box.fill(question)
    box.press("Enter")
    done(page, question)


def done(page: Page, question: str) -> None:
    """Waits for the whole answer to a question."""
    turn = page.locator("#lauf .turn", has_text=question)
    turn.locator(".werkzeug").wait_for()


def marked(page: Page) -> str:
    """What is marked in the text of the source panel."""
    page.locator("#quelle mark").first.wait_for()
    return "".join(page.locator("#quelle mark").all_text_contents())


def citations(running: Any, question: str) -> list[dict[str, Any]]:
    """The citations of an answer, from the API."""
    answer = httpx.post(f"{running.url}/api/v1/ask", json={"question": question}, timeout=60).json()
    found: list[dict[str, Any]] = answer["citations"]
    return found


def press_until(page: Page, key: str, wanted: str, limit: int = 80) -> None:
    """Presses a key until the focus is on an element that matches `wanted`; it must be visible there."""
    for _ in range(limit):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", wanted):
            outline = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
            assert outline >= 2
            return
    raise AssertionError(f"{wanted} not reached with {key}")


def allow_changes(page: Page, running: Any) -> None:
    """Opens the one-time link of `serve`."""
    page.goto(f"/?token={running.service.access.issue_ticket()}")
    assert "token" not in page.url
