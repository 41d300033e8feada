"""An objection as a case of the eval set, as far as it is known; `auskunft eval check` names what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from app.feedback.report import Cited, Report
from ingest.errors import DocumentNotFound
from ingest.types import Document

# The places of an incomplete answer do carry a part of it; in all other cases somebody has to look for the right one.
_PARTLY_RIGHT = "incomplete"


def case_line(report: Report, document: Callable[[str], Document]) -> str:
    """One line of JSON with the fields that `eval/data/README.md` describes; empty ones are to be filled in."""
    return json.dumps(_case(report, document), ensure_ascii=False)


def _case(report: Report, document: Callable[[str], Document]) -> dict[str, Any]:
    evidence = list(_evidence(report, document)) if report.reason == _PARTLY_RIGHT else []
    styles = [name for name, holds in (("english", report.lang == "en"), ("follow-up", report.history)) if holds]
    return {
        "id": f"feedback-{report.id}",
        "question": report.question,
        "history": list(report.history),
        "as_of": report.as_of,
        "today": report.today,
        "lang": report.lang,
        "kind": "",
        "style": styles,
        "persona": "",
        "answerable": True,
        "statuses": [],
        "expected": [],
        "also": [],
        "wrong": [],
        "evidence": evidence,
        "why": _why(report),
    }


def _evidence(report: Report, document: Callable[[str], Document]) -> Iterator[dict[str, str]]:
    for cited in report.cited:
        quote = _quote(cited, document)
        if quote:
            yield {"source": cited.source, "quote": quote}


def _quote(cited: Cited, document: Callable[[str], Document]) -> str:
    try:
        return document(cited.document).text[cited.start : cited.end]
    except DocumentNotFound:
        return ""


def _why(report: Report) -> str:
    said = f"{report.reason}: {report.text}" if report.text else report.reason
    return f"{said} (answered: {report.short})" if report.short else said
