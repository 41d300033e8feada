"""Objections on disk: private, for a while, through several hands; grouping of questions; cases for the eval set."""

from __future__ import annotations

import datetime as dt
import json
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.answers import Answer, Citation
from app.feedback import store
from app.feedback.case import case_line
from app.feedback.grouping import group
from app.feedback.report import Report
from app.feedback.store import LOCK_NAME, NAME, Feedback, FeedbackFull, UnknownReport
from app.settings import Settings
from app.web.asked import Asked
from eval.quality.cases import load_cases
from index.folder import Lock
from ingest.errors import DocumentNotFound, FolderInUse, InputError
from ingest.types import Document, Published

ASKED = Asked("Und wer?", ("Wann?",), "2022-07", "de", dt.date(2026, 11, 26))
DOCUMENT = Document(
    id="d1", source="a.md", origin="a.md", sha256="0", title="T", kind="release", publisher="P",
    published=Published("2021-06-25", None, "stated"), text="Am Anfang. Frau Muster unterschrieb.",
)  # fmt: skip
ANSWER = Answer(
    "Und wer?", "Wer?", "answered", "Frau Muster", "Frau Muster [1]", citations=(Citation(1, DOCUMENT, 11, 36),)
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest.fixture
def feedback(settings: Settings) -> Feedback:
    return Feedback(settings)


def lines(settings: Settings) -> list[dict[str, object]]:
    return [json.loads(line) for line in (settings.data / NAME).read_text(encoding="utf-8").splitlines()]


def test_what_is_kept_and_that_only_the_owner_reads_it(feedback: Feedback, settings: Settings):
    made = feedback.add(ASKED, ANSWER, "wrong", "Es war Herr Muster.")
    assert feedback.reports() == [made]
    (row,) = lines(settings)
    assert row | {"id": "", "at": ""} == {
        "id": "", "at": "", "question": "Und wer?", "history": ["Wann?"], "as_of": "2022-07", "lang": "de",
        "today": "2026-11-26", "status": "answered", "short": "Frau Muster",
        "cited": [{"document": "d1", "source": "a.md", "title": "T", "start": 11, "end": 36}],
        "reason": "wrong", "text": "Es war Herr Muster.", "done": None, "done_by": None,
    }  # fmt: skip
    assert stat.S_IMODE((settings.data / NAME).stat().st_mode) == 0o600


def test_settled_ones_are_shown_on_demand(feedback: Feedback):
    first, second = feedback.add(ASKED, ANSWER, "wrong", ""), feedback.add(ASKED, ANSWER, "other", "x")
    settled = feedback.settle(first.id[:6], "anna")
    assert (settled.done_by, settled.done is not None) == ("anna", True)
    assert feedback.reports() == [second]
    assert {report.id for report in feedback.reports(done=True)} == {first.id, second.id}
    for unknown in ("", "zz"):
        with pytest.raises(UnknownReport):
            feedback.settle(unknown, "anna")


def test_old_ones_go_from_the_list_and_from_the_disk(feedback: Feedback, settings: Settings):
    feedback.add(ASKED, ANSWER, "wrong", "neu")
    old = replace(feedback.reports()[0], id="alt", at="2020-01-01T00:00:00+00:00")
    with (settings.data / NAME).open("a", encoding="utf-8") as file:
        file.write(json.dumps(old.to_json()) + "\nkaputt\n{}\n")
    assert [report.text for report in feedback.reports(done=True)] == ["neu"]
    Feedback(settings)
    assert [row["text"] for row in lines(settings)] == ["neu"]


def test_tidying_is_done_once_a_day(feedback: Feedback, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    feedback.add(ASKED, ANSWER, "wrong", "")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=settings.retention_days + 1)
    monkeypatch.setattr(store, "_now", lambda: later)
    feedback.tidy()
    assert lines(settings) == []


def test_a_forgotten_document_is_forgotten_here(feedback: Feedback, settings: Settings):
    feedback.add(ASKED, ANSWER, "wrong", "")
    feedback.forget(["d2"])
    assert lines(settings)[0]["short"] == "Frau Muster"
    feedback.forget(["d1", "d2"])
    assert (lines(settings)[0]["short"], lines(settings)[0]["cited"]) == ("", [])


def test_the_list_has_a_length(feedback: Feedback, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "MOST", 2)
    first = feedback.add(ASKED, ANSWER, "wrong", "1")
    feedback.settle(first.id, "anna")
    feedback.add(ASKED, ANSWER, "wrong", "2")
    feedback.add(ASKED, ANSWER, "wrong", "3")
    assert sorted(report.text for report in feedback.reports(done=True)) == ["2", "3"]
    with pytest.raises(FeedbackFull):
        feedback.add(ASKED, ANSWER, "wrong", "4")


def test_many_at_once_lose_nothing(settings: Settings):
    many = [threading.Thread(target=lambda: Feedback(settings).add(ASKED, ANSWER, "wrong", "")) for _ in range(12)]
    for thread in many:
        thread.start()
    for thread in many:
        thread.join()
    assert len(Feedback(settings).reports()) == 12


def test_a_lock_that_is_never_given_back_is_said(
    feedback: Feedback, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    lock = Lock(settings.data / LOCK_NAME)
    with pytest.raises(FolderInUse):
        feedback.add(ASKED, ANSWER, "wrong", "")
    lock.release()
    assert feedback.reports() == []


def found(_id: str) -> Document:
    return DOCUMENT


def gone(id: str) -> Document:
    raise DocumentNotFound(f"{id} fehlt")


def report(**more: object) -> Report:
    made = Report(
        "ab12", "2026-11-26T10:00:00+00:00", "Und wer?", ("Wann?",), "2022-07", "en", "2026-11-26", "answered",
        "Frau Muster", (), "incomplete", "Es fehlt Herr Muster.",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_case_holds_what_is_known_and_is_refused_until_the_rest_is_there(feedback: Feedback, tmp_path: Path):
    made = feedback.add(ASKED, ANSWER, "incomplete", "Es fehlt Herr Muster.")
    row = json.loads(case_line(made, found))
    assert row["evidence"] == [{"source": "a.md", "quote": "Frau Muster unterschrieb."}]
    assert (row["style"], row["history"], row["as_of"], row["today"]) == (
        ["follow-up"],
        ["Wann?"],
        "2022-07",
        "2026-11-26",
    )
    assert row["why"] == "incomplete: Es fehlt Herr Muster. (answered: Frau Muster)"
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(InputError, match="kind"):
        load_cases(file)
    complete = row | {"kind": "person", "statuses": ["answered"], "expected": [{"type": "name", "any": ["Muster"]}]}
    file.write_text(json.dumps(complete), encoding="utf-8")
    assert load_cases(file)[0].id == f"feedback-{made.id}"


def test_places_of_a_wrong_answer_are_no_evidence(feedback: Feedback):
    for reason in ("wrong", "outdated", "source", "other"):
        assert json.loads(case_line(feedback.add(ASKED, ANSWER, reason, ""), found))["evidence"] == []
    assert json.loads(case_line(feedback.add(ASKED, ANSWER, "incomplete", ""), gone))["evidence"] == []
    assert json.loads(case_line(report(), found))["style"] == ["english", "follow-up"]


def test_similar_questions_stand_together_with_their_counts():
    asked = [
        ("Was kostet ein Hubschrauber?", "2026-11-01"),
        ("Gibt es einen Zoo in Plauen?", "2026-11-02"),
        ("Was  kostet ein Hubschrauber?", "2026-11-03"),
        ("was kosten Hubschrauber", "2026-11-05"),
        ("Gibt es in Torgau ein Freibad?", "2026-11-04"),
        ("???", "2026-11-04"),
    ]
    groups = group(asked)
    assert [(found.count, found.last, found.questions) for found in groups[:1]] == [
        (3, "2026-11-05", ("Was kostet ein Hubschrauber?", "was kosten Hubschrauber"))
    ]
    assert sorted(found.questions[0] for found in groups[1:]) == [
        "???", "Gibt es einen Zoo in Plauen?", "Gibt es in Torgau ein Freibad?",
    ]  # fmt: skip
    assert group([]) == []


def test_a_group_lists_only_so_many_wordings():
    groups = group([(f"Hubschrauber Kosten Polizei Sachsen {word}", "2026-11-01") for word in "abcdefgh"])
    assert (groups[0].count, len(groups[0].questions)) == (8, 5)
