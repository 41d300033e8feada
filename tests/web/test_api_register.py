"""The register over HTTP: rows, contradictions, decisions, rights."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.registered import read_by_sentence, write

from app.access import folder_token
from app.assistant import Assistant
from app.settings import Settings
from app.web.application import make_service


@pytest.fixture(scope="module")
def caller(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[tuple[httpx.Client, dict[str, str]]]:
    """A caller of a server with the invented collection, and the header that allows changes."""
    root = tmp_path_factory.mktemp("register-api")
    with read_by_sentence(), Assistant(Settings(data=root / "data")) as assistant:
        assistant.ingest([write(root / "documents")])
        with serving(make_service(assistant, "127.0.0.1")) as url, httpx.Client(base_url=url, timeout=60) as client:
            yield client, {"Authorization": f"Bearer {folder_token(root / 'data')}"}


@pytest.fixture
def client(caller: tuple[httpx.Client, dict[str, str]]) -> httpx.Client:
    return caller[0]


@pytest.fixture
def bearer(caller: tuple[httpx.Client, dict[str, str]]) -> dict[str, str]:
    return caller[1]


def row_of(client: httpx.Client, value: Any) -> dict[str, Any]:
    rows: list[dict[str, Any]] = client.get("/api/v1/facts").json()
    return next(row for row in rows if row["value"] == value)


def refused(response: httpx.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["detail"]
    assert body["hint"]
    return body


def test_rows_and_filters(client: httpx.Client):
    rows = client.get("/api/v1/facts").json()
    assert len(rows) > 15
    assert {row["kind"] for row in client.get("/api/v1/facts", params={"kind": "member"}).json()} == {"member"}
    named = client.get("/api/v1/facts", params={"place": "Dommitzsch", "measure": "localities"}).json()
    assert sorted(row["value"] for row in named) == [5, 6]
    early = client.get("/api/v1/facts", params={"as_of": "2021", "measure": "prevention_councils"}).json()
    assert [(row["value"], row["superseded"]) for row in early] == [(12, True), (21, False)]


def test_quotes_are_the_stored_text(client: httpx.Client):
    for row in client.get("/api/v1/facts", params={"kind": "funding"}).json():
        citation = row["citation"]
        text = client.get(f"/api/v1/documents/{citation['document_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_csv_for_spreadsheet_programs(client: httpx.Client):
    told = client.get("/api/v1/facts", params={"format": "csv", "kind": "contact"})
    assert told.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in told.headers["content-disposition"]
    assert told.content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(told.content.decode("utf-8-sig")))
    assert row["Wert"] == "'=HYPERLINK(030)"


@pytest.mark.parametrize("params", [{"kind": "x"}, {"as_of": "gestern"}, {"as_of": "2021-02-30"}, {"format": "xml"}])
def test_impossible_filters(client: httpx.Client, params: dict[str, str]):
    refused(client.get("/api/v1/facts", params=params), 422)


def test_an_unknown_kind_names_the_kinds(client: httpx.Client):
    assert "participant" in refused(client.get("/api/v1/facts", params={"kind": "x"}), 422)["hint"]


def test_conflicts_and_a_decision_that_settles_one(client: httpx.Client, bearer: dict[str, str]):
    (conflict,) = client.get("/api/v1/conflicts").json()
    assert conflict.keys() >= {"id", "subject", "measure", "statements", "reason"}
    id = row_of(client, 5)["id"]
    sent = {"action": "correct", "note": "nachgezählt", "change": {"value": 6}}
    row = client.post(f"/api/v1/facts/{id}/review", json=sent, headers=bearer).json()
    assert (row["value"], row["reviewed"]["by"], row["reviewed"]["note"]) == (6, "token", "nachgezählt")
    assert client.get("/api/v1/conflicts").json() == []
    reset = client.post(f"/api/v1/facts/{id[:13]}/review", json={"action": "reset"}, headers=bearer).json()
    assert (reset["value"], reset["reviewed"]) == (5, None)
    history = client.get(f"/api/v1/facts/{id}/reviews").json()
    assert [entry["action"] for entry in history] == ["correct", "reset"]
    assert len(client.get("/api/v1/conflicts").json()) == 1


def test_decisions_need_a_right(client: httpx.Client):
    id = row_of(client, 28)["id"]
    for headers in ({}, {"Authorization": "Bearer falsch"}):
        refused(client.post(f"/api/v1/facts/{id}/review", json={"action": "hide"}, headers=headers), 401)
    assert row_of(client, 28)["reviewed"] is None


@pytest.mark.parametrize(
    "body",
    [
        {}, {"action": "loben"}, {"action": "correct"}, {"action": "correct", "change": {"value": "viele"}},
        {"action": "correct", "change": {"quote": "x"}}, {"action": "correct", "change": {"value": [1]}},
        {"action": "confirm", "change": {"value": 3}}, {"action": "hide", "note": "x" * 3000},
    ],
)  # fmt: skip
def test_decisions_that_do_not_fit(client: httpx.Client, bearer: dict[str, str], body: dict[str, Any]):
    id = row_of(client, 28)["id"]
    refused(client.post(f"/api/v1/facts/{id}/review", json=body, headers=bearer), 422)
    assert row_of(client, 28)["reviewed"] is None


def test_a_row_that_is_not_there(client: httpx.Client, bearer: dict[str, str]):
    refused(client.post("/api/v1/facts/gibt-es-nicht/review", json={"action": "hide"}, headers=bearer), 404)
    refused(client.get("/api/v1/facts/gibt-es-nicht/reviews"), 404)


def test_the_description_is_german(client: httpx.Client):
    paths = client.get("/api/openapi.json").json()["paths"]
    summaries = [paths[f"/api/v1/{path}"][method]["summary"] for path, method in (
        ("facts", "get"), ("conflicts", "get"), ("facts/{id}/review", "post"), ("facts/{id}/reviews", "get"),
    )]  # fmt: skip
    assert all("Angabe" in summary for summary in summaries)
