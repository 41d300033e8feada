"""What was worked out once, kept up to a size: the least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """Bounded by the sum of sizes (characters of text, say), because entries differ a thousandfold.

    Safe to use from several threads; two of them may work out the same value at once, and the later one stays.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Sum of the sizes of all entries, never above the limit."""
        return self._size

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Value | None:
        """The value of a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: Value, size: int) -> Value:
        """Keep a value, unless it alone is above the limit; gives it back."""
        with self._lock:
            _, former = self._kept.pop(key, (None, 0))
            self._size -= former
            if size <= self._limit:
                self._kept[key] = (value, size)
                self._size += size
            while self._size > self._limit:
                _, (_, least) = self._kept.popitem(last=False)
                self._size -= least
        return value

    def drop(self, key: Key) -> None:
        """Keep nothing of a key."""
        with self._lock:
            _, size = self._kept.pop(key, (None, 0))
            self._size -= size

    def of(self, key: Key, make: Callable[[], Value], size: int) -> Value:
        """The value of a key, made where it is not kept."""
        found = self.get(key)
        return self.put(key, make(), size) if found is None else found
