"""Coroutines as tests, also where a browser of an earlier test keeps a loop running in this thread."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def in_a_loop_of_its_own(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Runs an asynchronous test in a thread with a loop of its own."""

    @functools.wraps(test)
    def run(*args: Any, **names: Any) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, test(*args, **names)).result()

    return run
