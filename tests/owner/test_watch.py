"""`watch` brings in what changes, once it lies still, and nothing else."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.processes import SECONDS, call, running, serving, stop

from app.commands.watching import Watcher, look

A, B = Path("/d/a.txt"), Path("/d/b.txt")
SUFFIXES = frozenset({".txt", ".md"})


def test_a_file_is_due_once_it_lies_still():
    watcher = Watcher()
    assert watcher.look({A: (1, 1)}).due == {}
    assert watcher.look({A: (2, 2), B: (1, 1)}).due == {}
    assert watcher.look({A: (3, 2), B: (1, 1)}).due == {B: (1, 1)}
    watcher.done({B: (1, 1)})
    changes = watcher.look({A: (3, 2), B: (1, 1)})
    assert (changes.due, changes.still, changes.gone) == ({A: (3, 2)}, True, ())
    assert watcher.look({A: (3, 2), B: (1, 1)}).due == {A: (3, 2)}, "what could not be done is due again"


def test_what_was_dealt_with_comes_again_only_when_it_changed():
    watcher = Watcher()
    watcher.look({A: (1, 1)})
    watcher.done(watcher.look({A: (1, 1)}).due)
    assert watcher.look({A: (1, 1)}).due == {}
    assert watcher.look({}).gone == (A,)
    watcher.look({A: (1, 1)})
    assert watcher.look({A: (1, 1)}).due == {}
    watcher.look({A: (1, 2)})
    assert watcher.look({A: (1, 2)}).due == {A: (1, 2)}
    watcher.forget([A])
    assert watcher.look({}).gone == ()
    watcher.look({A: (1, 2)})
    assert watcher.look({A: (1, 2)}).due == {A: (1, 2)}


def test_looking_leaves_out_what_is_hidden_or_of_another_format(tmp_path: Path):
    for name in ("a.txt", "b.MD", "c.exe", ".d.txt", ".git/e.txt", "unter/ordner/f.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = look([tmp_path, tmp_path / "c.exe", tmp_path / "fehlt"], SUFFIXES)
    assert {path.relative_to(tmp_path).as_posix() for path in found} == {"a.txt", "b.MD", "unter/ordner/f.txt", "c.exe"}


class Watching:
    """A `watch --json` in a process of its own, and its reports."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._reports: queue.Queue[Any] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def report(self, seconds: float = SECONDS) -> Any:
        return self._reports.get(timeout=seconds)

    def silent(self, seconds: float) -> bool:
        try:
            return not self.report(seconds)
        except queue.Empty:
            return True

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._reports.put(json.loads(line))


@contextmanager
def watching(data: Path, *args: object) -> Iterator[Watching]:
    with running(data, "watch", *args, "--interval", "0.3", "--json") as process:
        yield Watching(process)


@pytest.mark.slow
def test_new_changed_and_unfinished_files(documents: Path, later: str, tmp_path: Path):
    data = tmp_path / "d"
    with watching(data, documents) as watch:
        assert len(watch.report()["added"]) == 2
        assert "2 Dokumente" in call(data, "documents").out, "the folder is free between two ingests"
        (documents / "lohsa.txt").write_text(later, encoding="utf-8")
        added = watch.report()
        assert (len(added["added"]), added["unchanged"]) == (1, 0)
        (documents / "lohsa.txt").write_text(later.replace("5200", "5300"), encoding="utf-8")
        assert watch.report()["updated"] == added["added"]
        with (documents / "langsam.txt").open("w", encoding="utf-8") as stream:
            for number in range(10):
                stream.write(f"Die Stadt Musterau hat {number + 100} Laternen aufgestellt.\n\n")
                stream.flush()
                time.sleep(0.1)
        (id,) = watch.report()["added"]
        assert "109 Laternen" in call(data, "documents", id, "--json").json["text"]
        (documents / "kaputt.pdf").write_bytes(b"%PDF-1.4 kaputt")
        assert [failure["source"] for failure in watch.report()["failed"]] == ["kaputt.pdf"]
        assert watch.silent(1.5), "an unreadable file is not tried again"
        (documents / "torgau.md").unlink()
        assert watch.silent(1.5), "nothing is removed without --prune"
        assert call(data, "documents").out.startswith("4 Dokumente")
        assert stop(watch.process, signal.SIGTERM)[0] == 0


@pytest.mark.slow
def test_pruning_and_a_folder_that_vanishes(documents: Path, tmp_path: Path):
    data, away = tmp_path / "d", tmp_path / "weg"
    call(data, "ingest", documents)
    (documents / "torgau.md").unlink()
    with watching(data, documents, "--prune") as watch:
        assert len(watch.report()["removed"]) == 1
        documents.rename(away)
        assert watch.silent(1.5), "a folder that is gone is no reason to remove its documents"
        away.rename(documents)
        (documents / "foerderung.txt").rename(documents / "umbenannt.txt")
        assert len(watch.report()["updated"]) == 1
        (documents / "umbenannt.txt").unlink()
        assert len(watch.report()["removed"]) == 1
        code, err = stop(watch.process)
        assert code == 0
        assert err.count("gibt es gerade nicht") == 1
    assert call(data, "watch", tmp_path / "fehlt").code == 2


@pytest.mark.slow
def test_watching_beside_the_app_and_what_was_withdrawn(documents: Path, later: str, tmp_path: Path):
    data = tmp_path / "d"
    with serving(data) as (app, _), watching(data, documents) as watch:
        first = watch.report()["added"]
        assert len(first) == 2
        withdrawn = next(row for row in call(data, "documents", "--json").json if row["source"] == "torgau.md")
        call(data, "remove", withdrawn["id"])
        (documents / "kopie.md").write_bytes((documents / "torgau.md").read_bytes())
        (documents / "torgau.md").touch()
        assert watch.silent(1.5), "neither a touched file nor a copy brings back what was withdrawn"
        (documents / "lohsa.txt").write_text(later, encoding="utf-8")
        assert len(watch.report()["added"]) == 1
        assert stop(app)[0] == 0
        (documents / "lohsa.txt").write_text(later.replace("5200", "5300"), encoding="utf-8")
        assert len(watch.report()["updated"]) == 1
        assert "5300" in call(data, "ask", "Wie viele Bäume hat Lohsa gepflanzt?").out
        assert stop(watch.process)[0] == 0


@pytest.mark.slow
def test_lines_for_people(documents: Path, tmp_path: Path):
    (documents / "leer.txt").write_text("")
    with running(tmp_path / "d", "watch", documents, "--interval", "0,2") as process:
        assert process.stdout
        line = process.stdout.readline()
        assert stop(process)[0] == 0
    assert "2 neu, 1 nicht lesbar (" in line
    assert "leer.txt: »leer.txt« ist leer." in line
    assert call(tmp_path / "d", "watch", documents, "--interval", "0").code == 2
