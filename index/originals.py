"""The files as they came in, kept under their SHA-256: from them everything can be made again."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import FolderFull

_DRAFT = ".draft-"
NO_SPACE = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})


class Originals:
    """One folder of files named `<sha256><suffix>`.

    Raises:
        FolderFull: the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with _mapped():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def draft(self, suffix: str) -> Iterator[Path]:
        """A path for a copy that is not kept yet; gone afterwards unless `keep` took it."""
        path = self.new_draft(suffix)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def new_draft(self, suffix: str) -> Path:
        """A path for a copy that whoever makes it also removes; see `draft`."""
        return self.folder / f"{_DRAFT}{uuid.uuid4().hex}{suffix.lower()}"

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
        """Keep a draft under its SHA-256, safe on disk before anything refers to it."""
        with _mapped():
            with draft.open("rb") as stream:
                os.fsync(stream.fileno())
            draft.replace(self.folder / f"{sha256}{draft.suffix}")

    def adopt(self, path: Path) -> None:
        """Take in a file that is named by its SHA-256 already, from the same disk."""
        with _mapped():
            path.replace(self.folder / path.name)

    def find(self, sha256: str) -> Path | None:
        """The file of this content, if it is here."""
        return next(iter(sorted(self.folder.glob(f"{sha256}.*"))), None)

    def drop(self, sha256: str) -> None:
        """Remove the file of this content."""
        with _mapped():
            for path in self.folder.glob(f"{sha256}.*"):
                path.unlink(missing_ok=True)

    def sweep(self, wanted: set[str]) -> None:
        """Remove what no document needs: a crash came between file and catalogue."""
        with _mapped():
            for path in self.folder.iterdir():
                if path.stem not in wanted:
                    path.unlink(missing_ok=True)

    def all(self) -> dict[str, Path]:
        """Every kept file by its SHA-256."""
        return {path.stem: path for path in self.folder.iterdir() if not path.name.startswith(_DRAFT)}

    def tidy(self) -> None:
        """Remove drafts that a crash left behind."""
        with _mapped():
            for path in self.folder.glob(f"{_DRAFT}*"):
                path.unlink(missing_ok=True)


@contextmanager
def _mapped() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderFull(f"Der Datenordner lässt sich nicht beschreiben: {error.strerror}.") from error
