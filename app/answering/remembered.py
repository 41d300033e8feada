"""Results that are worked out once: of an object, for its life; of a document, without keeping its text in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Generic, Self, TypeVar, overload

from index.cache import Cache
from ingest.types import Document

Owner = TypeVar("Owner")
Result = TypeVar("Result")
DOCUMENTS = 4096


class once(Generic[Owner, Result]):  # noqa: N801  (used like a decorator of the standard library)
    """An attribute that a method works out when it is first asked for.

    Like `functools.cached_property`, which in Python 3.11 holds one lock for all objects while it works: twenty
    threads would wait for each other. Here two of them may work out the same thing, and that is all.
    """

    def __init__(self, method: Callable[[Owner], Result]) -> None:
        self._method = method
        self.__doc__ = method.__doc__

    def __set_name__(self, _owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[Owner]) -> Self: ...

    @overload
    def __get__(self, instance: Owner, owner: type[Owner]) -> Result: ...

    def __get__(self, instance: Owner | None, owner: type[Owner]) -> Self | Result:
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._method(instance)
        return found


def per_document(function: Callable[[Document], Result]) -> Callable[[Document], Result]:
    """Keeps what a function found in title and text of a document; another version of it is another document."""
    kept: Cache[tuple[str, str, str, int], Result] = Cache(DOCUMENTS)

    @wraps(function)
    def remembering(document: Document) -> Result:
        key = (document.id, document.sha256, document.title, hash(document.text))
        return kept.of(key, lambda: function(document), 1)

    return remembering
