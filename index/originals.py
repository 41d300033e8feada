"""The files as they came in, kept under their SHA-256: from them everything can be made again."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import DataError

_DRAFT = ".draft-"


class Originals:
    """One folder of files named `<sha256><suffix>`.

    Raises:
        DataError: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with _mapped():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def draft(self, suffix: str) -> Iterator[Path]:
        """A path for a copy that is not kept yet; gone afterwards unless `keep` took it."""
        path = self._folder / f"{_DRAFT}{uuid.uuid4().hex}{suffix.lower()}"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def copy(self, source: Path, draft: Path) -> None:
        """Copy a file with its time of change, which may date a document.

        Raises:
            OSError: the file cannot be read.
        """
        shutil.copyfile(source, draft)
        shutil.copystat(source, draft)
        draft.chmod(0o600)

    def write(self, draft: Path, data: bytes) -> None:
        """Fill a draft with the bytes of an upload."""
        with _mapped():
            draft.write_bytes(data)
            draft.chmod(0o600)

    def keep(self, draft: Path, sha256: str) -> None:
        """Keep a draft under its SHA-256."""
        with _mapped():
            draft.replace(self._folder / f"{sha256}{draft.suffix}")

    def find(self, sha256: str) -> Path | None:
        """The file of this content, if it is here."""
        return next(iter(sorted(self._folder.glob(f"{sha256}.*"))), None)

    def drop(self, sha256: str) -> None:
        """Remove the file of this content."""
        with _mapped():
            for path in self._folder.glob(f"{sha256}.*"):
                path.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove drafts that a crash left behind."""
        with _mapped():
            for path in self._folder.glob(f"{_DRAFT}*"):
                path.unlink(missing_ok=True)


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "Bitte Speicherplatz und Zugriffsrechte prüfen."
        raise DataError(f"Der Datenordner lässt sich nicht beschreiben: {error.strerror}.", hint) from error
