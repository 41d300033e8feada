"""Pictures of pages: drawn when they are asked for, two at a time, and the last ones kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from app.web.turns import Turns
from ingest.types import Document

KEPT = 40
AT_ONCE = 2
WAITING = 12
# Counts up when pictures look different than before, so that no browser shows an old one.
_DRAWING = 1
_BUSY = "Gerade werden zu viele Seiten gezeichnet."


class Pictures:
    """`draw` makes the picture of a page (counted from 1) of a document by its id, as PNG."""

    def __init__(self, draw: Callable[[str, int], bytes]) -> None:
        self._draw = draw
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = Turns(AT_ONCE, WAITING, _BUSY, 5)

    async def of(self, document: Document, page: int) -> bytes:
        """The picture of a page. Raises what `draw` raises, and Busy."""
        found = self._recall(document.sha256, page)
        return found if found is not None else await self._turns.run(partial(self._drawn, document, page))

    def forget(self, sha256: str) -> None:
        """Drop the pictures of a content."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == sha256]:
                del self._kept[key]

    def _drawn(self, document: Document, page: int) -> bytes:
        """Somebody may have drawn it while this call waited."""
        found = self._recall(document.sha256, page)
        if found is None:
            found = self._draw(document.id, page)
            with self._lock:
                self._kept[document.sha256, page] = found
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found

    def _recall(self, sha256: str, page: int) -> bytes | None:
        with self._lock:
            found = self._kept.get((sha256, page))
            if found is not None:
                self._kept.move_to_end((sha256, page))
            return found


def etag(document: Document, page: int) -> str:
    """The same for the same content and page."""
    return f'"{document.sha256}-{page}-{_DRAWING}"'
