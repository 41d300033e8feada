"""Calls that take their turn: so many at the same time, in threads; so many more wait, without one; others are refused.

Whatever may take long goes through here, so that the threads that answer questions are never used up by waiting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException

T = TypeVar("T")


class Busy(HTTPException):
    """As many calls of this kind wait as may; coming again later helps."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(503, message, {"Retry-After": str(seconds)})


class Turns:
    """One queue: `at_once` calls run, `waiting` more wait; `busy` is told to whoever comes then."""

    def __init__(self, at_once: int, waiting: int, busy: str, retry_seconds: int) -> None:
        self._limiter = CapacityLimiter(at_once)
        self._free = at_once + waiting
        self._busy = busy
        self._retry_seconds = retry_seconds

    async def run(self, call: Callable[[], T]) -> T:
        """The result of `call`, once it is its turn. Raises Busy."""
        if not self._free:
            raise Busy(self._busy, self._retry_seconds)
        self._free -= 1
        try:
            return await to_thread.run_sync(call, limiter=self._limiter)
        finally:
            self._free += 1
