"""What was worked out once, kept up to a size; what was not asked for lately goes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """Bounded by the sum of sizes (characters of text, say), because entries differ a thousandfold.

    Entries are in a young or an old half. When the young half is full, it becomes the old one, and what nobody asked
    for since the last change goes. So a look at a young entry changes nothing and needs no lock: with a lock, twenty
    threads that look up a hundred things each would wait for each other far longer than they work.

    Safe to use from several threads; two of them may work out the same value at once, and the later one stays.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._young: dict[Key, tuple[Value, int]] = {}
        self._old: dict[Key, tuple[Value, int]] = {}
        self._young_size = self._old_size = 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Sum of the sizes of all entries, never above the limit."""
        return self._young_size + self._old_size

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())

    def get(self, key: Key) -> Value | None:
        """The value of a key, or None."""
        found = self._young.get(key)
        if found is not None:
            return found[0]
        found = self._old.get(key)
        return None if found is None else self.put(key, *found)

    def put(self, key: Key, value: Value, size: int) -> Value:
        """Keep a value, unless it alone is above the limit; gives it back."""
        with self._lock:
            self._remove(key)
            if size > self._limit:
                return value
            if self._young_size + size > self._limit // 2:
                self._old, self._old_size = self._young, self._young_size
                self._young, self._young_size = {}, 0
            if self.size + size > self._limit:
                self._old, self._old_size = {}, 0
            self._young[key] = (value, size)
            self._young_size += size
        return value

    def drop(self, key: Key) -> None:
        """Forget an entry, if there is one."""
        with self._lock:
            self._remove(key)

    def _remove(self, key: Key) -> None:
        self._young_size -= self._young.pop(key, (None, 0))[1]
        self._old_size -= self._old.pop(key, (None, 0))[1]

    def of(self, key: Key, make: Callable[[], Value], size: int) -> Value:
        """The value of a key, made where it is not kept."""
        found = self.get(key)
        return self.put(key, make(), size) if found is None else found
