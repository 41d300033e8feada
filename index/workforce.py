"""Reads many files at once in child processes, and a few in this one; results come in the order of the files."""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from index.embedding import Embedder
from index.worker import Prepared, Work, prepare, receive, send
from ingest.errors import AuskunftError, UnreadableFile

# Starting a child takes about as long as reading so many short files.
WORTH_CHILDREN = 16
TIMEOUT_S = 180.0
AHEAD = 4
Outcome = Prepared | AuskunftError
_log = logging.getLogger(__name__)
_START = "import sys; sys.path[:] = {path!r}; from index.worker import main; main()"


class Workforce:
    """Use as a context manager. `expected` files decide whether children are worth their start."""

    def __init__(self, embedder: Embedder, expected: int) -> None:
        self._embedder = embedder
        self._children: list[_Child] = []
        number = min(os.cpu_count() or 1, 8, expected // (WORTH_CHILDREN // 2))
        if expected >= WORTH_CHILDREN and number and _can_travel(embedder):
            self._children = [_Child(embedder) for _ in range(number)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        for child in self._children:
            child.stop()

    def outcomes(self, work: Iterable[Work | AuskunftError]) -> Iterator[Outcome]:
        """What became of each file, in order; only a few are read ahead of whoever takes the results.

        An error in place of a file passes through.
        """
        if not self._children:
            yield from (self._here(task) for task in work)
            return
        idle: deque[_Child] = deque(self._children)
        waiting: deque[Future[Outcome]] = deque()
        with ThreadPoolExecutor(len(self._children)) as threads:

            def run(task: Work | AuskunftError) -> Outcome:
                if isinstance(task, AuskunftError):
                    return task
                child = idle.popleft()
                try:
                    return child.do(task)
                finally:
                    idle.append(child)

            for task in work:
                waiting.append(threads.submit(run, task))
                if len(waiting) >= AHEAD * len(self._children):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _here(self, task: Work | AuskunftError) -> Outcome:
        if isinstance(task, AuskunftError):
            return task
        try:
            return prepare(task, self._embedder)
        except AuskunftError as error:
            return error
        except Exception:  # a broken file must not stop the others, whatever a reader makes of it
            _log.exception("reading failed")
            return broken(task)


class _Child:
    """One child process, started anew when a file has killed it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._ended = False
        self._process = self._start()

    def do(self, task: Work) -> Outcome:
        """Let the child read one file."""
        process = self._process
        alarm = threading.Timer(TIMEOUT_S, process.kill)
        alarm.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            send(process.stdin, task)
            found: Outcome | None = receive(process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            found = None
            self._end(process)
            if not self._ended:
                self._process = self._start()
        finally:
            alarm.cancel()
        return found if found is not None else broken(task)

    def stop(self) -> None:
        """End the child for good."""
        self._ended = True
        self._end(self._process)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was left in the buffer finds no reader
                    continue
        process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", _START.format(path=sys.path)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdin
        send(process.stdin, self._embedder)
        return process


def broken(task: Work) -> UnreadableFile:
    """A reader broke down over a file."""
    return UnreadableFile(f"»{task.source}« konnte nicht gelesen werden.")


def _can_travel(embedder: Embedder) -> bool:
    """Whether an embedder can be sent to a child; a model of half a gigabyte had better stay."""
    return bool(getattr(embedder, "portable", False))
