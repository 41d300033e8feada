"""Who may call the owner, and what becomes of calls that are cut short."""

from __future__ import annotations

import http.client
import json
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.assistant import Assistant
from app.owner import remote, shared
from app.owner.listener import BODY_LIMIT, Listener
from app.owner.record import Owner, publish, read_owner, withdraw
from app.owner.remote import OwnerGone, RemoteAssistant, alive, call
from app.owner.shared import Shared
from app.settings import Settings
from app.web.service import UPLOAD_LIMIT
from index.report import IngestReport, Progress
from ingest.errors import DataError, DocumentNotFound, FolderInUse


class Scripted:
    """An assistant whose answers the test decides."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: list[Any] = []
        self.told = 0
        self.files = 3
        self.between: Callable[[], None] = lambda: None

    def ask(self, *args: Any, **kwargs: Any) -> Any:
        self.seen.append((args, kwargs))
        return "Antwort"

    def remove(self, ids: list[str]) -> list[str]:
        raise DocumentNotFound(f"Es gibt {ids[0]} nicht.")

    def documents(self) -> list[object]:
        return [object()]

    def search(self, query: str) -> None:
        raise ZeroDivisionError(query)

    def ingest(self, paths: list[Path], *, progress: Callable[[Progress], None]) -> IngestReport:
        self.seen.append(paths)
        for number in range(self.files):
            self.between()
            progress(Progress(number + 1, self.files, "x"))
            self.told += 1
        return IngestReport(unchanged=self.told)


@pytest.fixture
def scripted(tmp_path: Path) -> Scripted:
    return Scripted(tmp_path)


@pytest.fixture
def listener(scripted: Scripted) -> Iterator[Listener]:
    with Listener(scripted, "ingest") as listener:
        yield listener


def post(owner: Owner, path: str = "/api/v1/owner/ask", *, body: bytes = b'{"arguments": {"args": [], "kwargs": {}}}',
         **headers: str) -> tuple[int, bytes]:  # fmt: skip
    given = {"Authorization": f"Bearer {owner.secret}", "Content-Length": str(len(body))}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", int(owner.address.rpartition(":")[2]), timeout=10)
    connection.putrequest("POST", path, skip_host="Host" in given)
    for name, value in given.items():
        if value:
            connection.putheader(name, value)
    connection.endheaders(body)
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


def test_a_call_needs_the_secret(listener: Listener, scripted: Scripted):
    owner = listener.owner
    assert post(owner) == (200, b'{"result": "Antwort"}\n')
    for wrong in ("", "Bearer", "Bearer x", f"Basic {owner.secret}", f"Bearer {owner.secret}x", "Bearer \xe4"):
        assert post(owner, Authorization=wrong)[0] == 401
    assert len(scripted.seen) == 1
    with pytest.raises(OwnerGone):
        call(replace(owner, secret="another"), "ask")


def test_no_page_of_a_browser_and_no_other_name_of_this_machine(listener: Listener):
    port = listener.owner.address.rpartition(":")[2]
    for origin in (listener.owner.address, "http://evil.example", "null"):
        assert post(listener.owner, Origin=origin)[0] == 403
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1:1"):
        assert post(listener.owner, Host=host)[0] == 403


def test_only_what_is_listed_can_be_called(listener: Listener):
    for path in (
        "/",
        "/api/v1/owner/",
        "/api/v1/owner/close",
        "/api/v1/owner/__init__",
        "/api/v1/owner/folder",
        "/ask",
    ):
        assert post(listener.owner, path)[0] == 404
    assert post(listener.owner, body=b"{")[0] == 400
    assert post(listener.owner, body=b"[]")[0] == 400
    assert post(listener.owner, Content_Length=str(BODY_LIMIT + 1))[0] == 413
    assert post(listener.owner, Content_Length="-1")[0] == 411
    assert BODY_LIMIT > UPLOAD_LIMIT * 4 / 3


def test_it_listens_on_this_machine_only_and_the_record_is_private(listener: Listener, scripted: Scripted):
    assert listener.owner.address.startswith("http://127.0.0.1:")
    path = scripted.folder / "owner.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(json.loads(path.read_text())) == {"address", "pid", "kind", "secret", "url"}
    assert listener.owner.secret not in repr(listener.owner)
    assert read_owner(scripted.folder) == listener.owner


def test_errors_and_progress_come_through(listener: Listener, scripted: Scripted):
    assistant = RemoteAssistant(listener.owner)
    with pytest.raises(DocumentNotFound, match="Es gibt x nicht"):
        assistant.remove(["x"])
    with pytest.raises(Exception, match="ZeroDivisionError: q"):
        assistant.search("q")
    with pytest.raises(Exception, match="object does not travel"):
        assistant.documents()
    told: list[Progress] = []
    report = assistant.ingest([Path("a"), Path("/b")], progress=told.append)
    assert report == IngestReport(unchanged=3)
    assert told == [Progress(n, 3, "x") for n in (1, 2, 3)]
    assert scripted.seen[-1] == [Path.cwd() / "a", Path("/b")]
    with pytest.raises(AttributeError):
        assistant.close()


def test_the_record_ends_with_the_owner(scripted: Scripted):
    with Listener(scripted, "serve") as listener:
        listener.announce("http://127.0.0.1:7860/")
        found = read_owner(scripted.folder)
        assert found
        assert found.url == "http://127.0.0.1:7860/"
        other = replace(listener.owner, secret="newer")
        publish(scripted.folder, other)
        assert not alive(other)
    assert read_owner(scripted.folder) == other
    withdraw(scripted.folder, other)
    assert read_owner(scripted.folder) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"address": 1, "pid": "x", "kind": 2, "secret": 3}', "null"])
def test_a_damaged_record_names_nobody(text: str, tmp_path: Path):
    (tmp_path / "owner.json").write_text(text)
    assert read_owner(tmp_path) is None


def test_a_caller_that_goes_away_stops_its_call_between_two_files(listener: Listener, scripted: Scripted):
    scripted.files = 10_000

    def leave(_progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        RemoteAssistant(listener.owner).ingest([], progress=leave)
    listener.close()  # waits for the call
    assert scripted.told < scripted.files


def test_an_owner_that_ends_stops_long_calls_between_two_files(listener: Listener, scripted: Scripted):
    begun, done = threading.Event(), threading.Event()
    scripted.files = 10_000
    scripted.between = lambda: (begun.set(), time.sleep(0.01))[0]
    gone: list[bool] = []

    def calling() -> None:
        try:
            RemoteAssistant(listener.owner).ingest([])
        except OwnerGone as error:
            gone.append(error.begun)
        done.set()

    threading.Thread(target=calling).start()
    assert begun.wait(10)
    listener.close()
    assert done.wait(10)
    assert gone == [True]
    assert scripted.told < scripted.files
    assert not alive(listener.owner)


def test_something_else_on_the_port_is_not_the_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remote, "ACCEPT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert not alive(Owner(address, 1, "serve", "s"))
    for address in ("http://evil.example:80", "http://[::1]:1", "nonsense", "http://127.0.0.1:99999", ""):
        assert not alive(Owner(address, 1, "serve", "s"))


# --- the assistant of a command


def test_a_stale_record_is_ignored(tmp_path: Path):
    publish(tmp_path, Owner("http://127.0.0.1:9", 1, "serve", "s"))
    with Shared(Settings(data=tmp_path)) as assistant:
        assert assistant.documents() == []


def test_a_folder_in_use_is_waited_for(tmp_path: Path):
    told: list[str] = []
    with Assistant(Settings(data=tmp_path)) as holder:
        holder.hold()
        with Shared(Settings(data=tmp_path), patience=0.2, tell=told.append) as waiting:
            with pytest.raises(FolderInUse, match="gibt ihn nicht frei"):
                waiting.search("x")
            threading.Timer(0.1, holder.close).start()
            assert waiting.search("x") == []
    assert told == []


def test_an_owner_that_is_held_up_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for module in (remote, shared):
        monkeypatch.setattr(module, "ACCEPT_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent, Assistant(Settings(data=tmp_path)) as holder:
        holder.hold()
        publish(tmp_path, Owner(f"http://127.0.0.1:{silent.getsockname()[1]}", 4711, "ingest", "s"))
        with Shared(Settings(data=tmp_path), patience=0.2) as waiting:
            with pytest.raises(FolderInUse, match=r"»auskunft ingest« \(Prozess 4711\)") as caught:
                waiting.search("x")
            assert "4711" in caught.value.hint


def test_a_long_command_answers_for_others_and_gives_back(tmp_path: Path):
    settings = Settings(data=tmp_path)
    with Shared(settings, kind="ingest") as first, Shared(settings) as second:
        first.own()
        owner = read_owner(tmp_path)
        assert owner
        assert (owner.kind, owner.url) == ("ingest", None)
        assert second.search("x") == []
        assert second.state().documents == 0
        assert second._local is None
    assert read_owner(tmp_path) is None


def test_an_app_that_runs_is_not_started_again(tmp_path: Path):
    settings = Settings(data=tmp_path)
    with Shared(settings, kind="serve") as first, Shared(settings, kind="serve") as second:
        assert first.own() is first.own()
        first.announce("http://127.0.0.1:7860/")
        with pytest.raises(DataError, match=r"^Die Web-App läuft bereits: http://127.0.0.1:7860/$"):
            second.own()


def test_work_that_the_owner_left_is_taken_over(tmp_path: Path):
    """The owner ends in the middle of an ingest that came through it."""
    settings, told = Settings(data=tmp_path / "d"), list[str]()
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"Die Stadt Musterau hat {number + 7000} Bäume gepflanzt.\n")
    first = Shared(settings, kind="serve")
    first.own()
    seen = threading.Event()
    threading.Thread(target=lambda: (seen.wait(30), first.close())).start()
    with Shared(settings, kind="ingest", tell=told.append) as second:
        report = second.ingest([tmp_path], progress=lambda p: seen.set() if p.done == 3 else time.sleep(0.01))
        assert len(report.added) + report.unchanged == 30
        assert len(second.documents()) == 30
    assert not report.failed
    assert all("geht hier weiter" in line for line in told)
