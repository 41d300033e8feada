"""Real processes of the command line, for tests: run to their end, or kept running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from app.owner.record import Owner, read_owner
from app.owner.remote import alive

T = TypeVar("T")
SECONDS = 90


@dataclass(frozen=True, slots=True)
class Result:
    """What a process left behind."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment() -> dict[str, str]:
    """Nothing of the tester's own settings."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("AUSKUNFT_", "PYTHONIO"))}


def command(data: Path, *args: object) -> list[str]:
    return [sys.executable, "-m", "app", "--data", str(data), *map(str, args)]


def call(data: Path, *args: object, given: str = "", cwd: Path | None = None, **variables: str) -> Result:
    """Run a command to its end. Whatever happens to the data folder, people see no traceback and no lock."""
    began = time.perf_counter()
    environ = environment() | ({"PYTHONPATH": os.getcwd()} if cwd else {}) | variables
    done = subprocess.run(
        command(data, *args), input=given.encode(), capture_output=True, timeout=SECONDS, check=False, env=environ,
        cwd=cwd,
    )  # fmt: skip
    err = done.stderr.decode("utf-8", "replace")
    assert not any(word in err for word in ("Traceback", "lock", "Lock", "WouldBlock")), err
    return Result(done.returncode, done.stdout.decode("utf-8"), err, time.perf_counter() - began)


@contextmanager
def running(data: Path, *args: object) -> Iterator[subprocess.Popen[str]]:
    """A command that runs until the block ends, if it has not ended by then."""
    process = subprocess.Popen(
        command(data, *args),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment() | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=SECONDS)


@contextmanager
def serving(data: Path) -> Iterator[tuple[subprocess.Popen[str], Owner]]:
    """The web app in a process of its own, once it can be reached."""
    with running(data, "serve", "--port", 0) as process:
        owner = until(lambda: living(data, page=True), process)
        yield process, owner


def living(data: Path, *, page: bool = False) -> Owner | None:
    """The owner of the folder, if it answers; with `page` only once the web app has an address."""
    owner = read_owner(data)
    return owner if owner is not None and (owner.url or not page) and alive(owner) else None


def until(found: Callable[[], T | None], process: subprocess.Popen[str] | None = None) -> T:
    """What `found` finds in the end."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        if process is not None and process.poll() is not None:
            raise AssertionError(process.communicate()[1])
        time.sleep(0.05)
    raise AssertionError("nothing happened")


def stop(process: subprocess.Popen[str], number: int = signal.SIGINT) -> tuple[int, str]:
    """Ask a process to end; its exit code and what it said on standard error."""
    process.send_signal(number)
    _, err = process.communicate(timeout=SECONDS)
    return process.returncode, err
