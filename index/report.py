"""What an ingest did, as it is told to people and scripts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.errors import AuskunftError


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` files are through after `seconds`; `source` is the one just finished."""

    done: int
    total: int
    source: str
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Files a second so far; 0 while nothing can be said."""
        return self.done / self.seconds if self.seconds > 0.5 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest will take at this rate; None while nothing can be said."""
        return (self.total - self.done) / self.rate if self.rate else None


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file whose content is the document `of` already."""

    source: str
    of: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and what to do."""

    source: str
    error: str
    hint: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Ids of documents by what happened to them; a moved file counts as updated."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    failed: tuple[Failure, ...] = ()
    seconds: float = 0.0

    def after(self, rebuild: IngestReport) -> IngestReport:
        """This ingest together with the rebuild before it, each document once."""
        updated = [id for id in dict.fromkeys((*rebuild.updated, *self.updated)) if id not in self.removed]
        return replace(
            self,
            updated=tuple(updated),
            failed=(*rebuild.failed, *self.failed),
            seconds=rebuild.seconds + self.seconds,
        )

    def to_json(self) -> dict[str, Any]:
        """The object of the contract."""
        return {
            "added": list(self.added),
            "updated": list(self.updated),
            "unchanged": self.unchanged,
            "removed": list(self.removed),
            "duplicates": [{"source": d.source, "of": d.of} for d in self.duplicates],
            "failed": [{"source": f.source, "error": f.error, "hint": f.hint} for f in self.failed],
            "seconds": round(self.seconds, 3),
        }


@dataclass(slots=True)
class Tally:
    """An `IngestReport` in the making."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    failed_origins: set[str] = field(default_factory=set)
    started: float = field(default_factory=time.perf_counter)

    def fail(self, source: str, origin: str, error: AuskunftError) -> None:
        """Note a file that could not be used."""
        self.failed.append(Failure(source, error.message, error.hint))
        self.failed_origins.add(origin)

    def report(self) -> IngestReport:
        """What was noted."""
        return IngestReport(
            tuple(self.added),
            tuple(self.updated),
            self.unchanged,
            tuple(self.removed),
            tuple(self.duplicates),
            tuple(self.failed),
            time.perf_counter() - self.started,
        )


class Steps:
    """Counts files for whoever watches."""

    def __init__(self, total: int, watcher: ProgressCallback | None) -> None:
        self._total = total
        self._done = 0
        self._started = time.monotonic()
        self._watcher = watcher

    def begin(self) -> None:
        """Nothing is through yet, but it is known how much there is."""
        if self._watcher is not None:
            self._watcher(Progress(0, self._total, "", 0.0))

    def done(self, source: str) -> None:
        """One more file is through."""
        self._done += 1
        if self._watcher is not None:
            self._watcher(Progress(self._done, self._total, source, time.monotonic() - self._started))
