"""`ask --vermerk` and `feedback` as scripts and people meet them."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import docx
import pytest
from support.processes import call

from app.answers import Answer
from app.assistant import Assistant
from app.feedback.store import Feedback
from app.settings import Settings
from app.web.asked import Asked
from app.web.questionlog import QuestionLog

TEXT = """---
title: Torgau tritt bei
date: 2021-06-25
kind: release
---
Am 25. Juni 2021 hat die Stadt Torgau eine Kooperationsvereinbarung mit dem Land unterzeichnet.
"""
JOINED = "Wann hat Torgau die Kooperationsvereinbarung unterzeichnet?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("vermerk")
    (root / "torgau.md").write_text(TEXT, encoding="utf-8")
    with Assistant(Settings(data=root / "data")) as assistant:
        assistant.ingest([root / "torgau.md"])
    return root / "data"


def objection(data: Path, reason: str = "incomplete") -> str:
    with Assistant(Settings(data=data)) as assistant:
        answer: Answer = assistant.ask(JOINED)
    asked = Asked(JOINED, (), None, "de", dt.date(2026, 11, 26))
    return Feedback(Settings(data=data)).add(asked, answer, reason, "Wer war dabei?").id


@pytest.mark.parametrize("name", ["a.docx", "A.PDF"])
def test_ask_writes_a_vermerk_beside_the_answer(data: Path, tmp_path: Path, name: str):
    target = tmp_path / name
    result = call(data, "ask", JOINED, "--json", "--vermerk", target, "--today", "2026-03-04")
    assert result.code == 0
    assert result.json["status"] == "answered"
    assert result.err == f"Vermerk: {target}\n"
    written = target.read_bytes()
    assert written.startswith(b"%PDF" if name == "A.PDF" else b"PK")
    if name == "a.docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(written)).paragraphs)
        assert result.json["citations"][0]["quote"] in text
        assert "Gefragt am:\t04.03.2026" in text
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_ask_says_where_no_vermerk_can_come_of_it(data: Path, tmp_path: Path):
    other = call(data, "ask", JOINED, "--vermerk", tmp_path / "a.odt")
    assert (other.code, other.out) == (2, "")
    assert ".docx oder .pdf" in other.err
    nowhere = call(data, "ask", JOINED, "--vermerk", tmp_path / "fehlt" / "a.pdf")
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "lässt sich nicht schreiben" in nowhere.err
    batch = call(data, "ask", "--batch", "-", "--vermerk", tmp_path / "a.pdf")
    assert batch.code == 2
    assert "--batch gehen nicht zusammen" in batch.err


def test_feedback_lists_and_settles(data: Path):
    assert call(data, "feedback").out == "Keine offenen Meldungen.\n"
    id = objection(data)
    listed = call(data, "feedback")
    assert listed.code == 1
    assert listed.out.startswith(f"{id}  {JOINED}")
    assert "Es fehlt etwas. · Wer war dabei?" in " ".join(listed.out.split())
    assert "torgau.md" in listed.out
    rows = call(data, "feedback", "--json").json
    assert (rows["reports"][0]["id"], rows["unanswered"]) == (id, [])
    settled = call(data, "feedback", "--done", id[:7])
    assert (settled.code, settled.out) == (0, f"Erledigt: {JOINED}\n")
    assert call(data, "feedback", "--json").json["reports"] == []
    unknown = call(data, "feedback", "--done", "zzz")
    assert (unknown.code, unknown.out) == (2, "")
    assert "»zzz«" in unknown.err


def test_feedback_prints_a_case_on_one_line(data: Path):
    id = objection(data)
    out = call(data, "feedback", "--case", id).out
    assert out.count("\n") == 1
    row = json.loads(out)
    assert (row["id"], row["today"]) == (f"feedback-{id}", "2026-11-26")
    assert row["evidence"][0]["quote"] in TEXT
    assert call(data, "feedback", "--done", id, "--json").json[0]["done"] is not None


def test_refused_questions_are_grouped_where_questions_are_logged(data: Path):
    (data / "config.toml").write_text("log_questions = true\n", encoding="utf-8")
    log = QuestionLog(Settings(data=data, log_questions=True))
    for question in ("Was kostet ein Zeppelin?", "was kosten zeppeline", "Was kostet ein Zeppelin?"):
        log.add(question, "no_evidence")
    log.add("Und in Lohsa?", "no_evidence", "Was kostet ein Freibad in Lohsa?")
    log.add(JOINED, "answered", JOINED)
    result = call(data, "feedback")
    (data / "config.toml").unlink()
    assert result.code == 0
    assert result.out.splitlines()[2:] == [
        "Unbeantwortete Fragen",
        "   3× Was kostet ein Zeppelin?",
        "      was kosten zeppeline",
        "   1× Was kostet ein Freibad in Lohsa?",
    ]


def test_an_empty_folder_has_no_objections_and_gets_no_file(tmp_path: Path):
    assert call(tmp_path / "leer", "feedback").code == 0
    assert not list(tmp_path.glob("leer/feedback*"))
