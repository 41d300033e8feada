"""axe-core over a page: what it finds in our markup, and in Gradio's."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# What lies in Gradio's app, but not in the answers that we render into it.
_GRADIOS = "s => { const e = document.querySelector(s); return !!e?.closest('gradio-app') && !e.closest('.md') }"


def violations(page: Page) -> tuple[list[str], set[str]]:
    """Findings in our markup as sentences, and the ids of the rules that Gradio's markup breaks."""
    page.evaluate(_AXE)
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    ours, gradios = [], set()
    for violation in result["violations"]:
        for node in violation["nodes"]:
            if page.evaluate(_GRADIOS, node["target"][-1]):
                gradios.add(violation["id"])
            else:
                ours.append(f"{violation['impact']} {violation['id']}: {node['html'][:200]}")
    return ours, gradios
