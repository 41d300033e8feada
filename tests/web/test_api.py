"""The HTTP API over a real server: contract, rights, limits, problem documents, headers."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.office import docx_with, paragraph, zipped

from app.access import NotServable, hash_password
from app.assistant import Assistant
from app.settings import Maintainer, Settings
from app.web import serve
from app.web.application import make_service
from app.web.questionlog import LOG_NAME, QuestionLog
from app.web.server import AddressInUse, bound
from index.report import Progress
from ingest.errors import AuskunftError, CatalogueDamaged, FolderFull

JOINED = "Wann hat Torgau die Kooperationsvereinbarung unterzeichnet?"
ANSWER_FIELDS = {
    "id", "question", "standalone_question", "status", "short", "text", "language", "as_of", "as_of_range",
    "citations", "figures", "notes", "suggestions", "mode", "timings_ms",
}  # fmt: skip
DOCUMENT_FIELDS = {
    "id", "source", "url", "title", "kind", "publisher", "published", "published_range", "published_basis",
    "published_reason", "language", "pages", "characters", "passages", "status", "replaces", "sha256",
}  # fmt: skip
PROBLEM_FIELDS = {"type", "title", "status", "detail", "hint"}


def problem(response: httpx.Response, status: int) -> dict[str, object]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = response.json()
    assert body.keys() >= PROBLEM_FIELDS
    assert body["status"] == status
    return body


def test_ask_follows_the_contract(client: httpx.Client) -> None:
    body = client.post("/api/v1/ask", json={"question": JOINED, "id": "q1", "surplus": 1}).json()
    assert body.keys() >= ANSWER_FIELDS
    assert (body["id"], body["question"], body["language"]) == ("q1", JOINED, "de")
    assert body["citations"]


def test_quotes_are_the_stored_text(client: httpx.Client) -> None:
    for citation in client.post("/api/v1/ask", json={"question": JOINED}).json()["citations"]:
        document = client.get(f"/api/v1/documents/{citation['document_id']}").json()
        assert document["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_search(client: httpx.Client) -> None:
    body = client.post("/api/v1/search", json={"query": "Fördermittel Torgau", "k": 2}).json()
    assert body.keys() == {"id", "query", "hits"}
    assert 1 <= len(body["hits"]) <= 2
    early = client.post("/api/v1/search", json={"query": "Fördermittel Torgau", "to": "2020"}).json()
    assert early["hits"] == []


def test_documents(client: httpx.Client) -> None:
    rows = client.get("/api/v1/documents").json()
    assert len(rows) >= 3
    assert all(row.keys() >= DOCUMENT_FIELDS for row in rows)
    full = client.get(f"/api/v1/documents/{rows[0]['id']}").json()
    assert full.keys() >= DOCUMENT_FIELDS | {"text", "page_spans", "sections"}
    assert {k: full[k] for k in DOCUMENT_FIELDS} == {k: rows[0][k] for k in DOCUMENT_FIELDS}


def test_health(client: httpx.Client) -> None:
    body = client.get("/api/v1/health").json()
    assert body["status"] == "ok"
    assert body["documents"] >= 3


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "   "},
        {"question": "x" * 2001},
        {"question": "x", "as_of": "gestern"},
        {"question": "x", "lang": "fr"},
        {"question": "x", "history": "y"},
    ],
)
def test_invalid_questions(client: httpx.Client, body: dict[str, str]) -> None:
    told = problem(client.post("/api/v1/ask", json=body), 422)
    assert told["errors"]
    assert "x" * 50 not in json.dumps(told)


def test_broken_json(client: httpx.Client) -> None:
    problem(client.post("/api/v1/ask", content=b"{", headers={"content-type": "application/json"}), 422)


def test_unknown_document_address_and_method(client: httpx.Client) -> None:
    problem(client.get("/api/v1/documents/gibt-es-nicht"), 404)
    problem(client.get("/api/v1/nothing"), 404)
    problem(client.post("/api/v1/health/x"), 404)
    told = client.put("/api/v1/ask", json={})
    assert "POST" in told.headers["allow"]
    problem(told, 405)


def test_pages_answer_unknown_addresses_as_pages(client: httpx.Client) -> None:
    response = client.get("/gibt-es-nicht")
    assert response.status_code == 404
    assert "Seite nicht gefunden" in response.text


def test_unexpected_error_tells_nothing_inside(
    client: httpx.Client, running: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("geheime Einzelheit")

    monkeypatch.setattr(running.service.assistant, "search", fail)
    response = client.post("/api/v1/search", json={"query": "x"})
    problem(response, 500)
    assert "geheim" not in response.text
    assert "content-security-policy" in response.headers


def test_body_limits(client: httpx.Client, running: Any) -> None:
    problem(client.post("/api/v1/ask", content=b" " * 300_000), 413)
    chunks = (b" " * 10_000 for _ in range(100))
    told = client.post("/api/v1/ask", content=chunks, headers={"content-type": "application/json"})
    problem(told, 413)
    bearer = running.bearer
    big = {"file": ("gross.txt", b"x" * (51 * 1024 * 1024))}
    problem(client.post("/api/v1/documents", files=big, headers=bearer), 413)


def test_changes_need_a_right(client: httpx.Client) -> None:
    files = {"file": ("a.txt", b"Text")}
    told = client.post("/api/v1/documents", files=files)
    assert told.headers["www-authenticate"] == "Bearer"
    problem(told, 401)
    problem(client.delete("/api/v1/documents/x"), 401)
    problem(client.delete("/api/v1/documents/x", headers={"Authorization": "Bearer falsch"}), 401)
    problem(client.delete("/api/v1/documents/x", headers={"Authorization": "Basic x"}), 401)


def test_upload_and_withdraw(client: httpx.Client, running: Any, make_pdf: Callable[..., bytes]) -> None:
    bearer = running.bearer
    files = [
        ("file", ("pirna.pdf", make_pdf("Die Stadt Pirna hat am 3. Mai 2023 einen Rat gebildet."))),
        ("file", ("tabelle.exe", b"MZ")),
    ]
    report = client.post("/api/v1/documents", files=files, headers=bearer).json()
    assert len(report["added"]) == 1
    assert report["failed"][0]["source"].endswith("tabelle.exe")
    assert report["failed"][0]["hint"]
    again = client.post("/api/v1/documents", files=files[:1], headers=bearer).json()
    assert (again["added"], again["unchanged"]) == ([], 1)
    id = report["added"][0]
    assert client.delete(f"/api/v1/documents/{id}", headers=bearer).json() == {"removed": [id]}
    assert id not in [row["id"] for row in client.get("/api/v1/documents").json()]
    problem(client.delete("/api/v1/documents/gibt-es-nicht", headers=bearer), 404)


def test_upload_of_an_archive_names_each_that_failed(client: httpx.Client, running: Any) -> None:
    letter = docx_with(paragraph("Die Stadt Weida hat am 3. Mai 2023 einen Rat mit 17 Mitgliedern gebildet."))
    archive = zipped({"brief.docx": letter, "ordner/kaputt.pdf": b"%PDF-1.4 nichts", "bild.png": b"\x89PNG"})
    files = {"file": ("ablage.zip", archive)}
    report = client.post("/api/v1/documents", files=files, headers=running.bearer).json()
    assert len(report["added"]) == 1
    assert [row["source"] for row in report["failed"] if "kaputt" in row["source"]]
    client.delete(f"/api/v1/documents/{report['added'][0]}?forget=true", headers=running.bearer)
    for row in client.get("/api/v1/failures").json():
        client.delete(f"/api/v1/failures/{row['id']}", headers=running.bearer)


def test_forget_deletes_for_good(client: httpx.Client, running: Any, make_pdf: Callable[..., bytes]) -> None:
    files = {"file": ("geheim.pdf", make_pdf("Die Stadt Wehlen hat am 3. Mai 2023 einen Rat gebildet."))}
    (id,) = client.post("/api/v1/documents", files=files, headers=running.bearer).json()["added"]
    assert client.get(f"/api/v1/documents/{id}/pages/1.png").status_code == 200
    sha256 = client.get(f"/api/v1/documents/{id}").json()["sha256"]
    assert sha256 in {key[0] for key in running.service.pictures._kept}
    problem(client.delete(f"/api/v1/documents/{id}?forget=true"), 401)
    assert client.delete(f"/api/v1/documents/{id}?forget=true", headers=running.bearer).json() == {"forgotten": [id]}
    problem(client.get(f"/api/v1/documents/{id}"), 404)
    problem(client.get(f"/api/v1/documents/{id}/pages/1.png"), 404)
    assert id not in [row["id"] for row in client.get("/api/v1/documents?withdrawn=true").json()]
    assert sha256 not in {key[0] for key in running.service.pictures._kept}
    problem(client.delete(f"/api/v1/documents/{id}?forget=true", headers=running.bearer), 404)


def test_withdrawn_documents_only_if_asked_for(client: httpx.Client, running: Any) -> None:
    files = {"file": ("alt.txt", b"Die Stadt Stolpen hat am 3. Mai 2023 einen Rat gebildet.")}
    (id,) = client.post("/api/v1/documents", files=files, headers=running.bearer).json()["added"]
    client.delete(f"/api/v1/documents/{id}", headers=running.bearer)
    status = {row["id"]: row["status"] for row in client.get("/api/v1/documents?withdrawn=true").json()}
    assert status[id] == "withdrawn"
    assert id not in [row["id"] for row in client.get("/api/v1/documents").json()]
    problem(client.get("/api/v1/documents?withdrawn=vielleicht"), 422)
    client.delete(f"/api/v1/documents/{id}?forget=true", headers=running.bearer)


def test_versions_and_difference(client: httpx.Client, papers: dict[str, str]) -> None:
    old, new = papers["nachtbus.md"], papers["nachtbus-korrektur.md"]
    rows = client.get(f"/api/v1/documents/{old}/versions").json()
    assert [(row["id"], row["status"], row["replaces"]) for row in rows] == [
        (old, "corrected", None),
        (new, "current", old),
    ]
    body = client.get(f"/api/v1/documents/{new}/difference").json()
    assert (body["older"], body["newer"]) == (old, new)
    assert {change["kind"] for change in body["changes"]} == {"same", "removed", "added"}
    assert "ersetzt kein anderes" in str(problem(client.get(f"/api/v1/documents/{old}/difference"), 404)["detail"])
    problem(client.get("/api/v1/documents/gibt-es-nicht/versions"), 404)
    problem(client.get("/api/v1/documents/gibt-es-nicht/difference"), 404)


def test_page_pictures(client: httpx.Client, papers: dict[str, str]) -> None:
    id = papers["jahresplan.pdf"]
    told = client.get(f"/api/v1/documents/{id}/pages/2.png")
    assert told.headers["content-type"] == "image/png"
    assert told.content.startswith(b"\x89PNG")
    assert "jahresplan.pdf" in str(problem(client.get(f"/api/v1/documents/{id}/pages/3.png"), 404)["detail"])
    problem(client.get(f"/api/v1/documents/{papers['nachtbus.md']}/pages/1.png"), 404)
    problem(client.get(f"/api/v1/documents/{id}/pages/x.png"), 422)


def test_ingest_tells_how_far_it_is(client: httpx.Client, running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/api/v1/ingest").json() == {"running": False}
    monkeypatch.setattr(running.service.assistant.library, "progress", Progress(5, 20, "a.pdf", 2.0))
    assert client.get("/api/v1/ingest").json() == {
        "running": True, "done": 5, "total": 20, "source": "a.pdf", "seconds": 2.0, "rate": 2.5, "remaining": 6.0,
    }  # fmt: skip


def test_failures(client: httpx.Client, running: Any) -> None:
    client.post("/api/v1/documents", files={"file": ("leer.pdf", b"%PDF-1.4 x")}, headers=running.bearer)
    (row,) = [row for row in client.get("/api/v1/failures").json() if row["source"] == "leer.pdf"]
    assert row.keys() >= {"id", "source", "error", "hint", "since"}
    problem(client.delete(f"/api/v1/failures/{row['id']}"), 401)
    assert client.delete(f"/api/v1/failures/{row['id']}", headers=running.bearer).json() == {"dismissed": [row["id"]]}
    problem(client.delete(f"/api/v1/failures/{row['id']}", headers=running.bearer), 404)


@pytest.mark.parametrize(("error", "status"), [(FolderFull, 507), (CatalogueDamaged, 503)])
def test_a_folder_that_cannot_be_used_is_told(
    client: httpx.Client,
    running: Any,
    monkeypatch: pytest.MonkeyPatch,
    error: type[AuskunftError],
    status: int,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("So nicht.")

    monkeypatch.setattr(running.service.assistant, "ingest_upload", fail)
    monkeypatch.setattr(running.service.assistant, "documents", fail)
    told = problem(client.post("/api/v1/documents", files={"file": ("a.txt", b"x")}, headers=running.bearer), status)
    assert (told["detail"], told["hint"]) == ("So nicht.", error.hint)
    problem(client.get("/api/v1/documents"), status)
    assert client.get("/dokumente").status_code == status


def test_session_cookie_gives_the_right_only_to_own_pages(running: Any) -> None:
    url: str = running.url
    ticket = running.service.access.issue_ticket()
    with httpx.Client(base_url=url, timeout=60) as browser:
        told = browser.get(f"/?token={ticket}")
        assert (told.status_code, told.headers["location"]) == (303, "/")
        cookie = told.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        own = {"Origin": url, "Sec-Fetch-Site": "same-origin"}
        problem(browser.delete("/api/v1/documents/gibt-es-nicht", headers=own), 404)
        problem(browser.delete("/api/v1/documents/x", headers={"Origin": "http://evil.example"}), 403)
        problem(browser.delete("/api/v1/documents/x", headers={"Origin": "null"}), 403)
        problem(browser.delete("/api/v1/documents/x", headers={"Sec-Fetch-Site": "cross-site"}), 403)
        assert "dateien" in browser.get("/dokumente").text
        assert browser.post("/abmelden", headers=own).status_code == 303
        assert "Nur lesen" in browser.get("/dokumente").text
    with httpx.Client(base_url=url) as other:
        assert other.get(f"/?token={ticket}").status_code == 403


def test_login_page(client: httpx.Client, running: Any) -> None:
    token: str = running.token
    assert client.post("/anmelden", data={"password": "falsch"}).status_code == 403
    told = client.post("/anmelden", data={"password": token, "ziel": "//evil.example/"})
    assert (told.status_code, told.headers["location"]) == (303, "/dokumente")
    told = client.post("/en/anmelden", data={"password": token, "ziel": "/hilfe"})
    assert told.headers["location"] == "/hilfe"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_foreign_host_names_are_refused(client: httpx.Client, host: str) -> None:
    problem(client.get("/api/v1/health", headers={"Host": host}), 400)


@pytest.mark.parametrize("path", ["/", "/en/", "/dokumente", "/api/docs", "/api/v1/health", "/nichts", "/web/app.css"])
def test_headers_on_every_answer(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'nonce-" in policy
    assert ("'unsafe-inline'" in policy) == (path in {"/", "/en/"})
    assert headers["x-content-type-options"] == "nosniff"
    assert not [name for name in headers if name.startswith("access-control")]


def test_every_script_of_gradios_page_has_the_nonce(client: httpx.Client) -> None:
    response = client.get("/")
    nonce = response.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    inline = [part.split(">")[0] for part in response.text.split("<script")[1:] if "src=" not in part.split(">")[0]]
    assert all(f'nonce="{nonce}"' in tag or "application/json" in tag for tag in inline)
    assert nonce not in client.get("/").text
    assert "gradio.app" not in response.text
    assert 'lang="de"' in response.text
    assert 'lang="en"' in client.get("/en/").text.split(">")[1]


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/run/ask", "/monitoring", "/login", "/pwa_icon"],
)
def test_unneeded_parts_of_gradio_are_shut(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_api_description_loads_nothing_foreign(client: httpx.Client) -> None:
    page = client.get("/api/docs").text
    assert "/api/v1/ask" in page
    assert 'src="http' not in page
    assert "/api/v1/documents/{id}" in client.get("/api/openapi.json").json()["paths"]


def test_pages_say_what_is_not_configured(client: httpx.Client) -> None:
    assert "noch kein Impressum" in client.get("/impressum").text
    assert "noch keine Datenschutzhinweise" in client.get("/datenschutz").text
    assert "Frau Muster" in client.get("/barrierefreiheit").text
    assert "No imprint" in client.get("/en/impressum").text


def test_source_page_highlights_the_quote(client: httpx.Client) -> None:
    citation = client.post("/api/v1/ask", json={"question": JOINED}).json()["citations"][0]
    address = f"/quelle/{citation['document_id']}?von={citation['start']}&bis={citation['end']}"
    assert "<mark>" in client.get(address).text
    assert "<html" not in client.get(f"{address}&teil=1").text
    assert "<mark>" not in client.get(f"/quelle/{citation['document_id']}?von=5&bis=999999").text
    assert client.get("/quelle/nichts").status_code == 404


def test_questions_are_not_logged_by_default(client: httpx.Client, running: Any) -> None:
    client.post("/api/v1/ask", json={"question": JOINED})
    data: Path = running.service.settings.data
    assert not (data / LOG_NAME).exists()


def test_question_log_keeps_no_longer_than_told(tmp_path: Path) -> None:
    old = '{"at": "2020-01-01T00:00:00+00:00", "question": "alt"}\nkaputt\n'
    (tmp_path / LOG_NAME).write_text(old, encoding="utf-8")
    log = QuestionLog(Settings(data=tmp_path, log_questions=True))
    log.add("neu")
    lines = (tmp_path / LOG_NAME).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["question"] for line in lines] == ["neu"]
    QuestionLog(Settings(data=tmp_path))
    assert not (tmp_path / LOG_NAME).exists()


def test_public_server_needs_a_login_for_reading(tmp_path: Path, serving: Any) -> None:
    maintainers = (Maintainer("anna", hash_password("Kennwort")),)
    settings = Settings(data=tmp_path, imprint="I", privacy="P", maintainers=maintainers)
    with Assistant(settings) as assistant:
        service = make_service(assistant, "0.0.0.0")
        with serving(service) as url, httpx.Client(base_url=url) as browser:
            assert browser.get("/").headers["location"] == "/anmelden?ziel=/"
            assert browser.get("/en/dokumente").headers["location"].startswith("/en/anmelden")
            problem(browser.post("/api/v1/ask", json={"question": "x"}), 401)
            assert browser.get("/impressum").status_code == 200
            assert browser.get("/api/v1/health").status_code == 200
            told = browser.post("/anmelden", data={"name": "anna", "password": "Kennwort", "ziel": "/hilfe"})
            assert told.headers["location"] == "/hilfe"
            assert browser.get("/hilfe").status_code == 200


def test_empty_collection_says_what_to_do(tmp_path: Path, serving: Any) -> None:
    with Assistant(Settings(data=tmp_path)) as assistant:
        service = make_service(assistant, "127.0.0.1")
        with serving(service) as url, httpx.Client(base_url=url, timeout=60) as browser:
            page = browser.get("/").text
            assert "Noch keine Dokumente" in page
            assert "auskunft ingest" in page
            assert browser.post("/api/v1/ask", json={"question": "Wann?"}).json()["status"] == "no_evidence"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serve_tells_its_address_and_stops_when_asked(tmp_path: Path, stop: signal.Signals) -> None:
    code = (
        "import sys, pathlib; from app.assistant import Assistant; from app.settings import Settings; "
        "from app.web import serve; serve(lambda: Assistant(Settings(data=pathlib.Path(sys.argv[1]))), port=0)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = list(iter(process.stdout.readline, "Beenden mit Strg+C.\n"))
        address = lines[0].split()[-1]
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(httpx.TransportError):
                assert httpx.get(f"{address}api/v1/health").json()["documents"] == 0
                break
        assert "/?token=" in lines[2]
        process.send_signal(stop)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert errors == "Auskunft ist beendet.\n"


def test_serve_refuses_a_public_address(tmp_path: Path) -> None:
    with Assistant(Settings(data=tmp_path)) as assistant, pytest.raises(NotServable):
        serve(assistant, "0.0.0.0", 0)


def test_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressInUse) as caught:
            bound("127.0.0.1", port)
    assert str(port) in caught.value.message
    assert "--port" in caught.value.hint
