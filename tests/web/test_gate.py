"""The gate in front of Gradio lets only texts through: an object could name a file of the server."""

from __future__ import annotations

import json

import pytest

from app.web.gate import _plain_event

EVENT = {"data": ["Frage?", "", None], "fn_index": 0, "session_hash": "s", "trigger_id": 3, "event_data": {"x": 1}}
FILE = {"path": "token", "meta": {"_type": "gradio.FileData"}}


def test_an_event_with_texts_passes_without_extras():
    passed = json.loads(_plain_event(json.dumps(EVENT).encode()) or b"null")
    assert passed == {**EVENT, "event_data": None}


@pytest.mark.parametrize(
    "change",
    [
        {"data": [FILE, "", None]},
        {"data": ["Frage?", FILE, None]},
        {"data": ["Frage?", "", FILE]},
        {"data": [[FILE]]},
        {"data": FILE},
        {"data": ["a", "b", "c", "d"]},
        {"fn_index": 99},
        {"fn_index": "0"},
        {"session_hash": None},
    ],
)
def test_anything_else_is_refused(change):
    assert _plain_event(json.dumps({**EVENT, **change}).encode()) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b'{"data": []}'])
def test_what_is_no_event_is_refused(body):
    assert _plain_event(body) is None
