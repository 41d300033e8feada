"""Commands beside the running web app do what they do without it, to the letter; and none ever meets a lock."""

from __future__ import annotations

import json
import re
import signal
import time
import urllib.request
from pathlib import Path
from threading import Thread

import pytest
from support.processes import Result, call, living, running, serving, stop, until

QUESTION = "Wie viel Prozent der Ausgaben werden gefördert?"
BATCH = "\n".join(
    json.dumps(row)
    for row in (
        {"id": "a", "question": QUESTION},
        {"id": "b", "question": 7},
        {"id": "c", "question": "Wer?", "as_of": "gestern"},
        {"id": "d \ud800", "question": "Und wer hat unterzeichnet?", "history": ["Wann ist Torgau beigetreten?"]},
    )
)
# Some of them change the folder, so that their order matters.
CALLS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("ask", QUESTION), ""),
    (("ingest", "dokumente", "--today", "2023-01-01", "--json"), ""),
    (("ingest", "dokumente", "kaputt.pdf", "fehlt.txt"), ""),
    (("ask", QUESTION), ""),
    (("ask", QUESTION, "--json", "--today", "2022-07-22"), ""),
    (("ask", "Wie wird das Wetter?", "--json", "--lang", "en"), ""),
    (("ask", QUESTION, "--as-of", "gestern"), ""),
    (("ask", "--batch", "-"), BATCH),
    (("search", "Antrag", "-k", "3"), ""),
    (("search", "Antrag", "--json", "--from", "2022", "--kind", "guideline"), ""),
    (("search", "--batch", "-"), '{"id": 1, "query": "Torgau"}\n{"id": 2}\n'),
    (("documents",), ""),
    (("documents", "--json"), ""),
    (("documents", "{id}"), ""),
    (("documents", "{id}", "--json"), ""),
    (("documents", "gibt-es-nicht"), ""),
    (("remove", "{id}", "gibt-es-nicht"), ""),
    (("remove", "{id}"), ""),
    (("documents", "--withdrawn", "--json"), ""),
    (("facts",), ""),
    (("facts", "--place", "Torgau", "--format", "json"), ""),
    (("facts", "--kind", "gibt-es-nicht"), ""),
    (("conflicts", "--json"), ""),
    (("review", "gibt-es-nicht", "hide"), ""),
    (("failures",), ""),
    (("backup", "sicherung.zip"), ""),
    (("forget", "{id}", "--json"), ""),
    (("documents", "--withdrawn"), ""),
    (("restore", "sicherung.zip", "--json"), ""),
    (("ingest", "--rebuild", "--json"), ""),
    (("documents",), ""),
)
TIMES = re.compile(r'"timings_ms": \{[^}]*\}|"seconds": [\d.]+|\(\d+,\d s\)')


def told(result: Result) -> tuple[int, str, str]:
    return result.code, TIMES.sub("…", result.out), TIMES.sub("…", result.err)


def answers(data: Path, root: Path) -> list[tuple[int, str, str]]:
    found = []
    id = ""
    for args, given in CALLS:
        result = call(data, *(arg.replace("{id}", id) for arg in args), given=given, cwd=root)
        found.append(told(result))
        if args == ("documents", "--json"):
            id = result.json[0]["id"][:8]
    return found


@pytest.mark.slow
def test_every_command_says_the_same_with_and_without_the_app(documents: Path, tmp_path: Path):
    (tmp_path / "kaputt.pdf").write_bytes(b"%PDF-1.4 kaputt")
    without = answers(tmp_path / "allein", tmp_path)
    with serving(tmp_path / "d"):
        beside = [(code, out, err.replace("/d ", "/allein ")) for code, out, err in answers(tmp_path / "d", tmp_path)]
    for (args, _), mine, other in zip(CALLS, without, beside, strict=True):
        assert other == mine, args
    assert {code for code, _, _ in without} == {0, 1, 2}


@pytest.mark.slow
def test_the_running_app_shows_what_came_in_and_ends_cleanly(documents: Path, later: str, tmp_path: Path):
    data = tmp_path / "d"
    with serving(data) as (process, owner):
        assert owner.url
        assert call(data, "ingest", documents).code == 0
        (documents / "lohsa.txt").write_text(later, encoding="utf-8")
        assert call(data, "ingest", documents).out.startswith("1 neu, 2 unverändert")
        with urllib.request.urlopen(f"{owner.url}api/v1/documents") as response:
            assert "lohsa.txt" in {row["source"] for row in json.load(response)}
        body = json.dumps({"question": "Wie viele Bäume hat Lohsa gepflanzt?"}).encode()
        request = urllib.request.Request(f"{owner.url}api/v1/ask", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as response:
            assert "5200" in json.load(response)["short"]
        checks = {row["name"]: row for row in call(data, "doctor", "--json").json["checks"]}
        for name in ("index", "server"):
            assert checks[name]["result"] == "ok"
            assert owner.url in checks[name]["message"]
        again = call(data, "serve", "--port", 0)
        assert (again.code, again.out) == (2, "")
        assert f"Die Web-App läuft bereits: {owner.url}" in again.err
        assert stop(process) == (0, "Auskunft ist beendet.\n")
    assert not (data / "owner.json").exists()
    assert "3 Dokumente" in call(data, "documents").out


@pytest.mark.slow
def test_an_app_that_was_killed_is_no_obstacle(documents: Path, tmp_path: Path):
    data = tmp_path / "d"
    call(data, "ingest", documents)
    with serving(data) as (process, _):
        assert "75 Prozent" in call(data, "ask", QUESTION).out
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert (data / "owner.json").exists()
    assert "75 Prozent" in call(data, "ask", QUESTION).out
    assert call(data, "ingest", documents).out.startswith("2 unverändert")
    assert not (data / "owner.json").exists()


@pytest.mark.slow
def test_many_commands_at_the_same_time(documents: Path, many: Path, tmp_path: Path):
    data = tmp_path / "d"
    call(data, "ingest", documents)
    (many / "100.txt").rename(documents / "100.txt")
    found: dict[int, Result] = {}
    calls: list[tuple[object, ...]] = [("ask", QUESTION)] * 4 + [("ingest", many), ("ingest", documents)]
    threads = [Thread(target=lambda n=n: found.update({n: call(data, *calls[n])})) for n in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[n].code for n in range(6)] == [0] * 6
    assert all("75 Prozent" in found[n].out for n in range(4))
    assert found[4].out.startswith("299 neu")
    assert found[5].out.startswith("1 neu, 2 unverändert")
    assert not (data / "owner.json").exists()


@pytest.mark.slow
def test_a_question_beside_a_long_ingest_is_answered_at_once(documents: Path, many: Path, tmp_path: Path):
    data = tmp_path / "d"
    call(data, "ingest", documents)
    with running(data, "ingest", many) as process:
        until(lambda: living(data), process)
        asked = call(data, "ask", QUESTION)
        listed = call(data, "documents")
        batch = call(data, "search", "--batch", "-", given='{"query": "Antrag"}\n')
        assert process.poll() is None, "the ingest was over before the questions were"
        assert "75 Prozent" in asked.out
        assert "foerderung.txt" in listed.out
        assert "15. Oktober" in batch.out
        assert max(asked.seconds, listed.seconds, batch.seconds) < 10
        with running(data, "serve", "--port", 0) as app:
            assert app.stderr
            assert "Warte, bis »auskunft ingest«" in app.stderr.readline()
            out, err = process.communicate(timeout=90)
            assert (process.returncode, err) == (0, "")
            assert out.startswith("300 neu")
            owner = until(lambda: living(data, page=True), app)
            assert owner.kind == "serve"


@pytest.mark.slow
def test_an_ingest_that_is_interrupted_leaves_the_app_sound(documents: Path, many: Path, tmp_path: Path):
    data = tmp_path / "d"
    with serving(data) as (process, _):
        call(data, "ingest", documents)
        with running(data, "ingest", many) as ingest:
            until(lambda: call(data, "documents", "--json").json[2:], ingest)
            assert stop(ingest)[0] == 130
        counts = [0, 1]
        while counts[-1] != counts[-2]:  # the file in hand is still finished
            time.sleep(0.5)
            counts.append(len(call(data, "documents", "--json").json))
        before = counts[-1]
        assert 2 < before < 302
        assert "75 Prozent" in call(data, "ask", QUESTION).out
        assert call(data, "ingest", many).out.startswith(f"{302 - before} neu, {before - 2} unverändert")
        assert process.poll() is None
