"""The command line as scripts and people meet it: real processes on a data folder of their own."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DOCUMENTS = {
    "musterau.md": """---
title: Musterau tritt bei
date: 2021-06-25
publisher: Landesamt Musterland
kind: release
---
# Musterau tritt bei

Am 25. Juni 2021 hat die Stadt Torgau eine Kooperationsvereinbarung mit dem Land unterzeichnet.
Oberbürgermeisterin Erika Musterfrau unterzeichnete die Kooperationsvereinbarung für die Stadt Torgau.
""",
    "foerderung.txt": """---
title: Förderung im Überblick
date: 2022-03
kind: guideline
---
Gefördert werden bis zu 75 Prozent der zuwendungsfähigen Ausgaben.

Der Antrag ist bis zum 15. Oktober des laufenden Jahres zu stellen.
""",
}
QUESTION = "Wie viel Prozent der Ausgaben werden gefördert?"
ANSWER_FIELDS = {
    "id", "question", "standalone_question", "status", "short", "text", "language", "as_of", "as_of_range", "citations",
    "figures", "notes", "suggestions", "mode", "timings_ms",
}  # fmt: skip
HEAVY = ("gradio", "fastapi", "starlette", "torch", "llama_index", "sentence_transformers", "pandas")


@dataclass(frozen=True, slots=True)
class Result:
    """What a process left behind; `out` is UTF-8 or the test fails."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def call(*args: object, data: Path | None = None, given: bytes = b"", **environ: str) -> Result:
    """Run the command; nothing of the tester's own settings reaches it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AUSKUNFT_", "PYTHONIO", "LC_", "LANG"))}
    base = ["--data", str(data)] if data else []
    command = [sys.executable, "-m", "app", *base, *map(str, args)]
    done = subprocess.run(command, input=given, capture_output=True, env=clean | environ, check=False, timeout=120)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def data(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two documents. Tests that change it make their own."""
    folder = tmp_path_factory.mktemp("data") / "auskunft"
    report = call("ingest", documents, "--json", data=folder).json
    assert len(report["added"]) == 2
    return folder


# --- ingest, documents, remove


def test_ingest_reports_what_happened(documents: Path, tmp_path: Path):
    first = call("ingest", documents, "--json", data=tmp_path / "d")
    assert first.code == 0
    assert first.json | {"added": 2, "seconds": 0} == {
        "added": 2, "updated": [], "unchanged": 0, "removed": [], "duplicates": [], "failed": [], "seconds": 0,
    }  # fmt: skip
    second = call("ingest", documents, data=tmp_path / "d")
    assert (second.code, second.err) == (0, "")
    assert second.out.startswith("2 unverändert")


def test_ingest_goes_on_after_a_broken_file(documents: Path, tmp_path: Path):
    (tmp_path / "kaputt.pdf").write_bytes(b"%PDF-1.4 kaputt")
    result = call("ingest", documents, tmp_path / "kaputt.pdf", tmp_path / "fehlt.txt", "--json", data=tmp_path / "d")
    assert result.code == 1
    assert len(result.json["added"]) == 2
    assert {entry["source"] for entry in result.json["failed"]} == {"kaputt.pdf", "fehlt.txt"}
    assert all(entry["error"] and entry["hint"] for entry in result.json["failed"])
    told = call("ingest", tmp_path / "kaputt.pdf", data=tmp_path / "d")
    assert told.code == 1
    assert "1 nicht lesbar" in told.out


def test_ingest_prunes_and_rebuilds(tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    call("ingest", folder, data=tmp_path / "d")
    (folder / "musterau.md").unlink()
    assert len(call("ingest", folder, "--prune", "--json", data=tmp_path / "d").json["removed"]) == 1
    rebuilt = call("ingest", "--rebuild", "--json", data=tmp_path / "d")
    assert rebuilt.code == 0
    assert call("ingest", data=tmp_path / "d").code == 2
    assert call("ingest", "--prune", data=tmp_path / "d").code == 2


def test_today_decides_what_an_undated_text_can_be(tmp_path: Path):
    (tmp_path / "heute.txt").write_text("Die Fachtagung fand am 3. Mai 2019 in Musterau statt.\n", encoding="utf-8")
    call("ingest", tmp_path / "heute.txt", "--today", "2020-02-29", data=tmp_path / "d")
    row = call("documents", "--json", data=tmp_path / "d").json[0]
    assert "2020-02-29" in json.dumps(row)
    assert call("--today", "morgen", "documents", data=tmp_path / "d").code == 2


def test_documents_lists_and_shows(data: Path):
    rows = call("documents", "--json", data=data).json
    assert [row["title"] for row in rows] == ["Förderung im Überblick", "Musterau tritt bei"]
    assert rows[0]["published"] == "2022-03"
    full = call("documents", rows[0]["id"], "--json", data=data).json
    assert rows[0].items() <= full.items()
    assert full["sections"]
    short = call("documents", rows[0]["id"][:8], data=data)
    assert short.code == 0
    assert "75 Prozent" in short.out
    assert "März 2022" in call("documents", data=data).out


def test_rows_of_command_line_and_api_are_the_same(data: Path):
    from app.answers import summary_json
    from index.library import Library

    with Library(data) as library:
        assert call("documents", "--json", data=data).json == [summary_json(row) for row in library.documents()]


def test_remove_withdraws_all_or_none(documents: Path, tmp_path: Path):
    ids = call("ingest", documents, "--json", data=tmp_path / "d").json["added"]
    assert call("remove", ids[0], "gibt-es-nicht", data=tmp_path / "d").code == 2
    assert len(call("documents", "--json", data=tmp_path / "d").json) == 2
    assert call("remove", ids[0], "--json", data=tmp_path / "d").json == {"removed": [ids[0]]}
    assert [row["id"] for row in call("documents", "--json", data=tmp_path / "d").json] == [ids[1]]


# --- ask, search


def test_ask_answers_with_exact_citations(data: Path):
    result = call("ask", QUESTION, "--json", data=data)
    assert (result.code, result.err) == (0, "")
    assert set(result.json) >= ANSWER_FIELDS
    assert result.json["status"] == "answered"
    assert "75 Prozent" in result.json["short"]
    for citation in result.json["citations"]:
        text = call("documents", citation["document_id"], "--json", data=data).json["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_reads_well_in_a_terminal(data: Path):
    result = call("ask", QUESTION, data=data, COLUMNS="80")
    assert result.code == 0
    assert "75 Prozent" in result.out.splitlines()[0]
    assert "[1]" in result.out
    assert "Quellen" in result.out
    assert "März 2022" in result.out
    assert max(map(len, result.out.splitlines())) <= 80


def test_no_evidence_is_an_honest_success(data: Path):
    result = call("ask", "Wie wird morgen das Wetter?", "--json", data=data)
    assert result.code == 0
    assert (result.json["status"], result.json["citations"]) == ("no_evidence", [])


def test_ask_before_anything_was_read(tmp_path: Path):
    result = call("ask", QUESTION, "--json", data=tmp_path / "neu")
    assert (result.code, result.json["status"]) == (0, "no_evidence")
    assert "auskunft ingest" in result.err


def test_as_of_and_language(data: Path):
    early = call("ask", QUESTION, "--as-of", "2021", "--json", data=data)
    assert early.code == 0
    assert "75 Prozent" not in early.json["text"]
    assert call("ask", QUESTION, "--lang", "en", "--json", data=data).json["language"] == "en"
    assert call("ask", QUESTION, "--as-of", "gestern", data=data).code == 2


def test_search_ranks_and_filters(data: Path):
    result = call("search", "Antrag", "--json", data=data)
    assert result.code == 0
    assert set(result.json) == {"id", "query", "hits"}
    assert [hit["rank"] for hit in result.json["hits"]] == list(range(1, len(result.json["hits"]) + 1))
    assert len(call("search", "Stadt Antrag", "-k", "1", "--json", data=data).json["hits"]) == 1
    assert call("search", "Antrag", "--kind", "release", "--to", "2020", "--json", data=data).json["hits"] == []
    assert "15. Oktober" in call("search", "Antrag", "--from", "2022-01", data=data).out
    assert call("search", "Antrag", "-k", "0", data=data).code == 2


# --- batch


def test_batch_keeps_order_and_ids_and_survives_bad_lines(data: Path):
    lines: list[bytes] = [
        json.dumps({"id": "a", "question": QUESTION, "surplus": [1]}).encode(),
        b"",
        b'{"id": "b", "question": 7}',
        b"{kaputt",
        b"\xff\xfe",
        b'["a"]',
        b'{"id": 5}',
        b'{"id": "n", "question": "Wer?", "history": "keine Liste"}',
        b'{"id": "d", "question": "Wer?", "as_of": "gestern"}',
        b'{"id": "l", "question": "Wer?", "lang": "fr"}',
        b'{"id": null, "question": "Und wer hat unterzeichnet?", "history": ["Wann ist Torgau beigetreten?"]}',
        b'{"id": "half \\ud800", "question": "Wetter \\ud800?"}',
    ]  # fmt: skip
    result = call("ask", "--batch", "-", data=data, given=b"\xef\xbb\xbf" + b"\n".join(lines))
    assert result.code == 1
    rows = result.lines
    assert [row["id"] for row in rows] == ["a", "b", None, None, None, 5, "n", "d", "l", None, "half \ud800"]
    failed = [number for number, row in enumerate(rows) if "error" in row]
    assert failed == [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(set(rows[number]) == {"id", "error", "hint"} and rows[number]["hint"] for number in failed)
    assert "Torgau" in rows[9]["standalone_question"]


def test_batch_of_searches_from_a_file(data: Path, tmp_path: Path):
    file = tmp_path / "suchen.jsonl"
    file.write_text('{"id": "1", "query": "Antrag"}\n{"id": "2", "query": "Torgau"}\n', encoding="utf-8")
    result = call("search", "--batch", file, "-k", "1", data=data)
    assert result.code == 0
    assert [(row["id"], row["query"], len(row["hits"])) for row in result.lines] == [
        ("1", "Antrag", 1),
        ("2", "Torgau", 1),
    ]


def test_batch_file_that_is_missing(data: Path, tmp_path: Path):
    for path in (tmp_path / "fehlt.jsonl", tmp_path):
        result = call("ask", "--batch", path, data=data)
        assert (result.code, result.out) == (2, "")
        assert "lässt sich nicht lesen" in result.err


# --- errors and streams


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["gibtesnicht"],
        ["ask"],
        ["ask", "  "],
        ["ask", "Was?", "--batch", "-"],
        ["ask", "Was?", "--unbekannt"],
        ["documents", "gibt-es-nicht"],
        ["documents", ""],
        ["remove"],
        ["serve", "--port", "99999"],
        ["serve", "--host", "0.0.0.0"],
        ["--config", "fehlt.toml", "documents"],
    ],
    ids=" ".join,
)
def test_impossible_calls_say_why_and_what_to_do(args: list[str], data: Path):
    result = call(*args, data=data)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Fehler: ")
    assert len(result.err.splitlines()) >= 2


def test_a_damaged_data_folder_is_named(tmp_path: Path):
    (tmp_path / "catalogue.sqlite").write_bytes(b"kein Katalog" * 500)
    for args in (["documents"], ["ask", "Was?"]):
        result = call(*args, data=tmp_path)
        assert result.code == 2
        assert "Sicherung" in result.err


@pytest.mark.parametrize(
    "environ",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16"},
    ],
    ids=lambda e: ",".join(e),
)
def test_json_is_utf8_whatever_the_locale(environ: dict[str, str], data: Path):
    assert "gefördert" in call("ask", QUESTION, "--json", data=data, **environ).json["question"]
    given = json.dumps({"question": QUESTION}, ensure_ascii=False).encode()
    assert "gefördert" in call("ask", "--batch", "-", data=data, given=given, **environ).lines[0]["question"]


def test_a_terminal_without_umlauts_is_no_error(data: Path):
    assert call("ask", QUESTION, data=data, PYTHONIOENCODING="ascii").code == 0


def test_a_reader_that_leaves_is_no_error(data: Path):
    command = [sys.executable, "-m", "app", "--data", str(data), "documents", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(60) == 141
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


def test_the_server_stops_quietly_and_holds_the_folder(documents: Path, tmp_path: Path):
    call("ingest", documents, data=tmp_path / "d")
    command = [sys.executable, "-m", "app", "--data", str(tmp_path / "d"), "serve", "--port", "0"]
    environ = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ)
    assert process.stdout is not None
    assert process.stderr is not None
    assert "http://127.0.0.1:" in process.stdout.readline().decode()
    assert call("documents", data=tmp_path / "d").code == 0
    process.send_signal(2)
    assert process.wait(30) == 0
    assert b"Traceback" not in process.stderr.read()
    process.stdout.close()
    process.stderr.close()


# --- doctor, demo


def test_doctor_finds_a_sound_folder(data: Path):
    result = call("doctor", "--json", data=data)
    assert result.code == 0
    assert {check["result"] for check in result.json["checks"]} <= {"ok", "warn"}
    by_name = {check["name"]: check for check in result.json["checks"]}
    assert by_name["index"]["result"] == "ok"
    assert "2 Dokumente" in by_name["catalogue"]["message"]
    assert "Suchindex" in call("doctor", data=data).out


def test_doctor_creates_nothing(tmp_path: Path):
    result = call("doctor", "--json", data=tmp_path / "neu")
    assert result.code == 0
    assert not (tmp_path / "neu").exists()


def test_doctor_names_what_is_wrong(documents: Path, tmp_path: Path):
    folder = tmp_path / "d"
    call("ingest", documents, data=folder)
    (folder / "token").write_text("geheim", encoding="utf-8")
    (folder / "token").chmod(stat.S_IRUSR | stat.S_IROTH)
    (folder / "config.toml").write_text("unbekannt = 1\n", encoding="utf-8")
    (folder / "catalogue.sqlite").write_bytes(b"kaputt" * 1000)
    result = call("doctor", "--json", data=folder)
    assert result.code == 1
    failed = {check["name"] for check in result.json["checks"] if check["result"] == "fail"}
    assert {"settings", "token", "catalogue"} <= failed
    assert all(check["hint"] for check in result.json["checks"] if check["name"] in {"settings", "token", "catalogue"})


def test_demo_brings_its_documents(tmp_path: Path):
    result = call("demo", "--no-serve", data=tmp_path / "demo")
    assert result.code == 0
    assert "75 neu" in result.out
    assert "75 unverändert" in call("demo", "--no-serve", data=tmp_path / "demo").out


# --- help, speed, imports


def test_help_is_german_and_complete():
    result = call("--help")
    assert result.code == 0
    register = ("facts", "conflicts", "review")
    for command in ("ingest", "documents", "remove", "ask", "search", *register, "serve", "doctor", "demo", "eval"):
        assert f"    {command} " in result.out
        assert call(command, "--help").out.startswith("Aufruf: auskunft")
    assert "show this help" not in result.out
    for later in ("check",):
        assert f"    {later} " not in result.out


def fastest(*args: object, times: int = 5, **options: Any) -> float:
    """Processor seconds of the best of some runs: its wall seconds on a machine without other work.

    Halved where more work is waiting than there are cores, because cores that share a unit slow each other down.
    """
    best = float("inf")
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        call(*args, **options)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best / 2 if os.getloadavg()[0] > (os.cpu_count() or 1) else best


def test_help_comes_at_once():
    assert fastest("--help") < 0.4


@pytest.mark.alone
def test_ask_starts_fast(data: Path):
    assert fastest("ask", QUESTION, data=data) < 1.5


@pytest.mark.parametrize("args", [["--help"], ["ask", QUESTION], ["search", "Antrag"], ["documents"]], ids=" ".join)
def test_nothing_heavy_is_imported(args: list[str], data: Path):
    program = (
        "import sys\nfrom app.cli import main\n"
        f"try:\n    main({['--data', str(data), *args]!r})\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
