"""Objections over HTTP: the form without scripts, and the list of maintainers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.access import hash_password
from app.assistant import Assistant
from app.feedback.store import NAME, Feedback
from app.settings import Maintainer, Settings
from app.web.application import make_service

JOINED = "Wann hat Torgau die Kooperationsvereinbarung unterzeichnet?"
TORGAU = """---
title: Torgau tritt der Allianz bei
date: 2021-06-25
publisher: Ministerium
kind: release
---
Am 25. Juni 2021 hat die Stadt Torgau eine Kooperationsvereinbarung mit dem Landespräventionsrat Sachsen unterzeichnet.
"""
Store = tuple[str, Feedback, Path]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[tuple[str, Assistant]]:
    """A server on loopback that writes questions down."""
    root = tmp_path_factory.mktemp("feedback")
    (root / "torgau.md").write_text(TORGAU, encoding="utf-8")
    maintainers = (Maintainer("anna", hash_password("K")),)
    with Assistant(
        Settings(data=root / "data", log_questions=True, retention_days=14, maintainers=maintainers)
    ) as made:
        made.ingest([root / "torgau.md"])
        with serving(make_service(made, "127.0.0.1")) as url:
            yield url, made


@pytest.fixture
def reader(site: tuple[str, Assistant]) -> Iterator[httpx.Client]:
    """Somebody without any right, before an empty list."""
    (site[1].settings.data / NAME).unlink(missing_ok=True)
    with httpx.Client(base_url=site[0], timeout=60) as client:
        yield client


@pytest.fixture
def maintainer(site: tuple[str, Assistant]) -> Iterator[httpx.Client]:
    """Somebody who is signed in."""
    with httpx.Client(base_url=site[0], timeout=60) as client:
        assert client.post("/anmelden", data={"name": "anna", "password": "K"}).status_code == 303
        yield client


@pytest.fixture
def stored(site: tuple[str, Assistant]) -> Feedback:
    return Feedback(site[1].settings)


def fields(page: str) -> dict[str, Any]:
    """The hidden fields of the form, as a browser sends them."""
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page):
        found.setdefault(name, []).append(unescape(value))
    return found


def object_to(
    client: httpx.Client, reason: str = "wrong", text: str = "", prefix: str = "", **query: Any
) -> httpx.Response:
    page = client.get(f"{prefix}/rueckmeldung", params={"frage": JOINED, **query})
    assert page.status_code == 200
    return client.post(f"{prefix}/rueckmeldung", data={**fields(page.text), "grund": reason, "text": text})


def test_the_form_shows_what_it_is_about_and_what_becomes_of_it(reader: httpx.Client) -> None:
    text = reader.get("/rueckmeldung", params={"frage": JOINED, "stand": "2022-01-01"}).text
    assert f"<strong>{JOINED}</strong>" in text
    assert "25. Juni 2021" in text or "25.06.2021" in text
    assert "Nach 14 Tagen werden sie gelöscht" in text
    assert "Die Quelle sagt das nicht." in text
    assert "<h1 " in text
    refused = reader.get("/rueckmeldung", params={"frage": "Was kostet ein Hubschrauber?"}).text
    assert "Die Dokumente beantworten diese Frage." in refused
    assert "Die Quelle sagt das nicht." not in refused


def test_an_objection_is_stored_as_the_answer_was(reader: httpx.Client, stored: Feedback, site: Any) -> None:
    response = object_to(reader, "outdated", " Seit 2024 anders. ", verlauf=["Was ist ASSKomm?"], stand="2022-01-01")
    assert (response.status_code, response.headers["location"]) == (303, "/rueckmeldung/danke")
    assert "Danke" in reader.get("/rueckmeldung/danke").text
    (report,) = stored.reports()
    answer = site[1].ask(JOINED, history=["Was ist ASSKomm?"], as_of="2022-01-01", lang="de")
    assert (report.question, report.history, report.as_of) == (JOINED, ("Was ist ASSKomm?",), "2022-01-01")
    assert (report.short, report.status, report.reason, report.text) == (
        answer.short, answer.status, "outdated", "Seit 2024 anders.",
    )  # fmt: skip
    assert [(c.document, c.start, c.end) for c in report.cited] == [
        (c.document.id, c.start, c.end) for c in answer.citations
    ]


def test_in_english(reader: httpx.Client, stored: Feedback) -> None:
    assert object_to(reader, prefix="/en").headers["location"] == "/en/rueckmeldung/danke"
    assert stored.reports()[0].lang == "en"


@pytest.mark.parametrize(
    ("reason", "message"), [("", "Bitte auswählen"), ("known", "Bitte auswählen"), ("other", "Bitte beschreiben")]
)
def test_a_reason_is_needed(reader: httpx.Client, stored: Feedback, reason: str, message: str) -> None:
    response = object_to(reader, reason)
    assert response.status_code == 422
    assert message in response.text
    assert f"<strong>{JOINED}</strong>" in response.text
    assert stored.reports() == []


def test_nothing_typed_becomes_markup(reader: httpx.Client, maintainer: httpx.Client, stored: Feedback) -> None:
    hostile = '"><script>alert(1)</script>'
    assert hostile not in object_to(reader, "", hostile, verlauf=hostile).text
    assert object_to(reader, "wrong", hostile, verlauf=hostile).status_code == 303
    page = maintainer.get("/rueckmeldungen").text
    assert hostile not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_foreign_page_cannot_object_or_settle(
    reader: httpx.Client, maintainer: httpx.Client, stored: Feedback
) -> None:
    foreign = {"Origin": "http://evil.example"}
    form = {"frage": JOINED, "grund": "wrong"}
    assert reader.post("/rueckmeldung", data=form, headers=foreign).status_code == 403
    object_to(reader)
    (report,) = stored.reports()
    assert maintainer.post(f"/rueckmeldungen/{report.id}/erledigt", headers=foreign).status_code == 403
    assert stored.reports() == [report]


def test_the_panel_gets_its_part_only(reader: httpx.Client, stored: Feedback) -> None:
    part = reader.get("/rueckmeldung", params={"frage": JOINED, "teil": 1}).text
    assert "<html" not in part
    assert 'class="zu"' in part
    sent = reader.post("/rueckmeldung?teil=1", data={**fields(part), "grund": "wrong"})
    assert (sent.status_code, "<html" in sent.text, "Danke" in sent.text) == (200, False, True)
    assert len(stored.reports()) == 1


def test_the_list_is_for_maintainers(reader: httpx.Client, stored: Feedback) -> None:
    object_to(reader)
    id = stored.reports()[0].id
    for response in (
        reader.get("/rueckmeldungen"),
        reader.get(f"/rueckmeldungen/{id}/fall.jsonl"),
        reader.post(f"/rueckmeldungen/{id}/erledigt"),
    ):
        assert response.status_code == 403
        assert 'name="ziel" value="/rueckmeldungen"' in response.text
        assert JOINED not in response.text
    assert "Rückmeldungen" not in reader.get("/hilfe").text
    assert len(stored.reports()) == 1


def test_a_maintainer_works_the_list_off(reader: httpx.Client, maintainer: httpx.Client, stored: Feedback) -> None:
    object_to(reader, "incomplete", "Wer hat unterzeichnet?")
    (report,) = stored.reports()
    page = maintainer.get("/rueckmeldungen").text
    assert "Es fehlt etwas." in page
    cited = report.cited[0]
    assert f'href="/quelle/{cited.document}?von={cited.start}&amp;bis={cited.end}"' in page
    case = maintainer.get(f"/rueckmeldungen/{report.id}/fall.jsonl")
    assert f'filename="feedback-{report.id}.jsonl"' in case.headers["content-disposition"]
    row = json.loads(case.text)
    assert row["question"] == JOINED
    assert row["evidence"][0]["quote"] in TORGAU
    done = maintainer.post(f"/rueckmeldungen/{report.id}/erledigt", follow_redirects=True)
    assert "Als erledigt vermerkt." in done.text
    assert "Keine offenen Meldungen." in done.text
    assert "erledigt von anna" in maintainer.get("/en/rueckmeldungen?erledigte=1").text.replace(
        "settled by", "erledigt von"
    )
    assert maintainer.post("/rueckmeldungen/gibtsnicht/erledigt").status_code == 404
    assert maintainer.get("/rueckmeldungen/gibtsnicht/fall.jsonl").status_code == 404


def test_refused_questions_are_grouped(maintainer: httpx.Client) -> None:
    for question in ("Was kostet ein Zeppelin?", "was kosten zeppeline", "Was kostet ein Zeppelin?", JOINED):
        maintainer.post("/api/v1/ask", json={"question": question})
    page = maintainer.get("/rueckmeldungen").text
    row = re.search(r"<tr><td[^>]*>(\d+)</td><th scope=\"row\">(Was kostet ein Zeppelin\?.*?)</th>", page)
    assert row
    assert row.groups() == ("3", "Was kostet ein Zeppelin?<br>was kosten zeppeline")
    assert JOINED not in page.partition("unbeantwortet")[2]


def test_without_a_log_the_page_says_so(running: Any, client: httpx.Client) -> None:
    client.get("/", params={"token": running.service.access.issue_ticket()})
    page = client.get("/rueckmeldungen").text
    assert "log_questions" in page
    assert '<a href="/rueckmeldungen" aria-current="page">' in page


def test_the_privacy_notice_tells_of_both(reader: httpx.Client) -> None:
    german, english = reader.get("/datenschutz").text, reader.get("/en/datenschutz").text
    assert "»Stimmt nicht?«" in german
    assert "nach 14 Tagen wird das gelöscht" in german
    assert "Ein Vermerk wird beim Herunterladen neu geschrieben und nicht gespeichert." in german
    assert "deleted after 14 days" in english


def test_a_full_list_is_said(reader: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.feedback.store.MOST", 0)
    response = object_to(reader)
    assert response.status_code == 422
    assert "nicht gespeichert" in response.text


def test_forgetting_a_document_forgets_its_words_here(reader: httpx.Client, stored: Feedback, site: Any) -> None:
    report = site[1].ingest_upload("lohsa.md", TORGAU.replace("Torgau", "Lohsa").encode())
    question = JOINED.replace("Torgau", "Lohsa")
    object_to(reader, frage=question)
    assert stored.reports()[0].short
    site[1].forget(report.added)
    assert (stored.reports()[0].short, stored.reports()[0].cited) == ("", ())
