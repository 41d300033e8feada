"""What an ingest did, as it is told to people and scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` files are through; `source` is the one just finished."""

    done: int
    total: int
    source: str


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
