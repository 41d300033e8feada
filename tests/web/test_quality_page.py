"""The page about the answers' quality: empty at first, then the newest run, with its filters, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.web.quality.cases import PAGE_SIZE
from app.web.quality.stored import FOLDER, newest_run


def case(number: int, *, right: bool, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"f{number:03}", "question": f"Wie viele Räte gibt es in Ort {number}?", "history": [], "as_of": None,
        "kind": "figure", "persona": "press", "style": [], "right": right, "status": "answered",
        "short": f"{number} Räte",
        "expected": ["28 Räte"], "faults": [] if right else ["fehlt: 28 Räte"], "why": "zwei Zahlen in einem Satz",
        "evidence": [{"source": "torgau.md", "quote": "28 Räte"}], "citations": [],
    } | changes  # fmt: skip


def measured(name: str, value: float, total: int = 40) -> dict[str, Any]:
    return {"name": name, "value": value, "total": total, "low": max(0.0, value - 0.1), "high": min(1.0, value + 0.1)}


def run(cases: list[dict[str, Any]], at: str = "2026-11-01T10:15:00+01:00") -> dict[str, Any]:
    return {
        "format": 1, "set": "dev", "at": at, "answerer": "auskunft", "seconds": 1.0, "spec": {"python": "3.11"},
        "metrics": [measured(name, value) for name, value in (("accuracy", 0.861), ("crag", 0.5), ("mrr", 0.6))],
        "groups": {"kind": [measured("figure", 0.8)], "persona": [measured("press", 0.7)], "style": []},
        "corpora": [{"title": {"de": "Musterdokumente", "en": "Samples"}, "documents": 12, "questions": len(cases)}],
        "missed": [{"metric": "accuracy", "limit": 0.9, "most": False}], "cases": cases,
    }  # fmt: skip


@pytest.fixture
def folder(running: Any) -> Iterator[Path]:
    kept = Path(running.service.settings.data) / FOLDER
    kept.mkdir(exist_ok=True)
    yield kept
    for path in kept.iterdir():
        path.unlink()
    kept.rmdir()


def put(folder: Path, content: object, name: str = "2026-11-01T101500-dev.json") -> None:
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


def test_without_a_run_it_says_how_to_make_one(client: httpx.Client) -> None:
    answer = client.get("/qualitaet")
    assert answer.status_code == 200
    assert "auskunft eval --keep" in answer.text
    assert "Gemessen wurde in diesem Datenordner noch nicht." in answer.text
    assert "Nothing has been measured" in client.get("/en/qualitaet").text
    assert 'href="/qualitaet"' in client.get("/hilfe").text


def test_figures_with_interval_and_the_documents_asked(client: httpx.Client, folder: Path) -> None:
    put(folder, run([case(1, right=True), case(2, right=False)]))
    text = client.get("/qualitaet").text
    assert "1 von 2 Prüffragen wurden am 01.11.2026 um 10:15 Uhr richtig beantwortet." in text
    assert "Musterdokumente: 12 Dokumente, 2 Fragen" in text
    assert "86,1\u00a0%" in text
    assert "76,1\u00a0% bis 96,1\u00a0%" in text
    assert "Richtig beantwortet: mindestens 90,0\u00a0%" in text
    assert "Anteil der beantwortbaren Fragen" in text
    english = client.get("/en/qualitaet").text
    assert "Samples: 12 documents, 2 questions" in english
    assert "86.1%" in english


def test_failures_come_first_and_filters_hold(client: httpx.Client, folder: Path) -> None:
    rows = [case(1, right=True), case(2, right=False), case(3, right=False, kind="amount", persona="clerk")]
    put(folder, run(rows))

    def ids(query: str) -> list[str]:
        return re.findall(r"· (f\d{3})</small>", client.get(f"/qualitaet{query}").text)

    assert ids("") == ["f002", "f003"]
    assert ids("?ergebnis=alle") == ["f002", "f003", "f001"]
    assert ids("?ergebnis=richtig") == ["f001"]
    assert ids("?art=amount") == ["f003"]
    assert ids("?wer=press") == ["f002"]
    assert ids("?text=ORT+3") == ["f003"]
    assert ids("?ergebnis=unsinn&seite=999") == ["f002", "f003"]
    assert "Keine Frage passt" in client.get("/qualitaet?text=gibtesnicht").text


def test_many_questions_take_pages(client: httpx.Client, folder: Path) -> None:
    put(folder, run([case(n, right=False) for n in range(PAGE_SIZE + 2)]))
    first = client.get("/qualitaet?art=figure").text
    assert first.count('class="fall') == PAGE_SIZE
    assert "Seite 1 von 2" in first
    assert "art=figure&amp;seite=2#fragen" in first
    assert client.get("/qualitaet?seite=2").text.count('class="fall') == 2


def test_a_citation_leads_to_its_document_where_that_is_here(client: httpx.Client, folder: Path, running: Any) -> None:
    id = running.service.assistant.documents()[0].id
    cited = {"source": "torgau.md", "quote": "28 Räte", "number": 1, "document_id": id, "start": 3, "end": 9}
    put(folder, run([case(1, right=False, citations=[cited, cited | {"document_id": "anderswo", "number": 2}])]))
    text = client.get("/qualitaet").text
    assert f'[1] <a href="/quelle/{id}?von=3&amp;bis=9&amp;n=1">torgau.md</a>' in text
    assert "[2] torgau.md:" in text


def test_text_of_a_run_stays_text(client: httpx.Client, folder: Path) -> None:
    put(
        folder,
        run([case(1, right=False, question="<script>alert(1)</script>", faults=["Status no_evidence statt answered"])]),
    )
    text = client.get("/qualitaet").text
    assert "<script>alert" not in text
    assert "Status »Nicht belegt« statt »Beantwortet«" in text


def test_the_newest_readable_run_is_taken(folder: Path, running: Any) -> None:
    data = Path(running.service.settings.data)
    put(folder, run([case(1, right=True)]))
    put(folder, {"format": 1, "set": "dev"}, "2026-11-02T101500-dev.json")
    put(folder, {"format": 99}, "2026-11-03T101500-dev.json")
    (folder / "2026-11-04T101500-dev.json").write_text("kein JSON", encoding="utf-8")
    found = newest_run(data)
    assert found is not None
    assert found.at.startswith("2026-11-01")
    put(folder, run([case(1, right=True)], at="2026-11-05T08:00:00+01:00"), "2026-11-05T080000-dev.json")
    newer = newest_run(data)
    assert newer is not None
    assert newer.at.startswith("2026-11-05")
