"""What takes long waits its turn without a thread, and questions are answered meanwhile."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import httpx
import pytest
from support.loops import in_a_loop_of_its_own

from app.web.service import WAITING_CHANGES
from app.web.turns import Busy, Turns


@in_a_loop_of_its_own
async def test_so_many_run_so_many_wait_and_the_rest_is_refused() -> None:
    turns, gate, most, now = Turns(2, 3, "voll", 7), threading.Event(), [0], [0]

    def work() -> None:
        now[0] += 1
        most[0] = max(most[0], now[0])
        gate.wait(10)
        now[0] -= 1

    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(turns.run, work)
        await anyio.sleep(0.2)
        with pytest.raises(Busy) as refused:
            await turns.run(work)
        gate.set()
    assert (refused.value.status_code, refused.value.headers) == (503, {"Retry-After": "7"})
    assert most == [2]
    assert await turns.run(lambda: 3) == 3


@in_a_loop_of_its_own
async def test_a_call_that_fails_gives_its_place_back() -> None:
    turns = Turns(1, 0, "voll", 1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            await turns.run(lambda: 1 // 0)


def test_waiting_uploads_stop_nobody_else(running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """More uploads than the server has threads: those that may wait do, others are told, and questions are answered."""
    gate, real = threading.Event(), running.service.assistant.ingest_upload

    def slow(name: str, data: bytes) -> Any:
        gate.wait(30)
        return real(name, data)

    monkeypatch.setattr(running.service.assistant, "ingest_upload", slow)

    def send(number: int) -> httpx.Response:
        files = {"file": (f"warteschlange-{number}.txt", b"")}
        return httpx.post(f"{running.url}/api/v1/documents", files=files, headers=running.bearer, timeout=60)

    with ThreadPoolExecutor(60) as pool:
        sent = [pool.submit(send, number) for number in range(60)]
        try:
            until = time.monotonic() + 30
            refused = 60 - WAITING_CHANGES - 1
            while sum(future.done() for future in sent) < refused and time.monotonic() < until:
                time.sleep(0.05)
            began = time.monotonic()
            told = httpx.post(
                f"{running.url}/api/v1/ask", json={"question": "Wann ist Torgau beigetreten?"}, timeout=20
            )
            assert told.status_code == 200
            assert httpx.get(f"{running.url}/dokumente", timeout=20).status_code == 200
            assert time.monotonic() - began < 10
        finally:
            gate.set()
        answers = [future.result() for future in sent]
    busy = [answer for answer in answers if answer.status_code == 503]
    assert len(busy) == refused
    assert busy[0].headers["retry-after"] == "60"
    assert "Es warten schon zu viele" in busy[0].json()["detail"]
