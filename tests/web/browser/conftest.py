"""Chromium over the running server; a page that complains or looks elsewhere fails its test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_HERE = Path(__file__).parent
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, else the one that Playwright brought."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


class Watch:
    """What a browser context must not do."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.complaints: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("console", lambda m: m.type == "error" and self.complaints.append(f"console: {m.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", lambda r: r.url.startswith((self._url, "data:")) or self.complaints.append(r.url))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))


@pytest.fixture
def open_page(chromium: Browser, running: Any) -> Iterator[Callable[..., Page]]:
    """Opens an address in a context of its own (`viewport`, `color_scheme`, …); checks all of them at the end."""
    watch = Watch(running.url)
    contexts: list[BrowserContext] = []

    def visit(address: str = "/", **options: Any) -> Page:
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "de-DE", **options}
        context = chromium.new_context(base_url=running.url, **settings)
        contexts.append(context)
        context.on("page", watch.follow)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert watch.complaints == []
