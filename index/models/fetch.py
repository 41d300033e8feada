"""Fetches a model from the hub into the folder of models, all or nothing. Nothing else in this project downloads.

Only what sentence-transformers reads in this process is fetched: no code, no weights for other engines, and no pickled
weights where there are safe ones.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from index.folder import Lock
from index.models.folders import DRAFT, MARKS, ModelFolder, is_name
from ingest.errors import AuskunftError, FolderFull, FolderInUse, InputError

_WANTED = {".json", ".txt", ".model", ".vocab", ".safetensors", ".md"}
_NO_MODEL = {"training_args.bin", "optimizer.bin", "scheduler.bin"}
_OTHER_ENGINES = {"onnx", "openvino", "coreml", "gguf"}
Told = Callable[[str], None]


class FetchFailed(AuskunftError):
    """The model could not be fetched; nothing was left behind."""

    hint = "Bitte die Verbindung prüfen und es noch einmal versuchen."
    can_retry = True


class NoSuchModel(InputError):
    """The hub knows no model of this name, or does not give it to everybody."""

    hint = "Ein Name hat die Form »Anbieter/Modell«, wie er auf huggingface.co steht; Groß und klein zählt."


def fetch(name: str, models: Path, told: Told = lambda _line: None) -> ModelFolder:
    """Fetch a model, in place of a former copy of it; `told` gets a line for people before a long wait.

    Raises:
        NoSuchModel, FetchFailed, FolderFull: nothing is changed then.
    """
    if not is_name(name):
        raise NoSuchModel(f"»{name}« ist kein Name eines Modells.")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    with _errors_told(name), _alone(models):
        draft = models / f"{DRAFT}{uuid.uuid4().hex}"
        try:
            _download(name, draft, told)
            _adopt(draft, models / name, models)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return ModelFolder(name, models / name)


def chosen(files: Iterable[str]) -> list[str]:
    """Which files of a repository are needed."""
    paths = [PurePosixPath(file) for file in files]
    paths = [path for path in paths if not _left_out(path)]
    safe = {path.parent for path in paths if path.suffix == ".safetensors"}
    pickled = [p for p in paths if p.suffix == ".bin" and p.name not in _NO_MODEL and p.parent not in safe]
    return sorted(str(path) for path in [*(p for p in paths if p.suffix in _WANTED), *pickled])


def _left_out(path: PurePosixPath) -> bool:
    return path.parts[0] in _OTHER_ENGINES or any(part.startswith(".") or part == ".." for part in path.parts)


def _download(name: str, draft: Path, told: Told) -> None:
    from huggingface_hub import HfApi, snapshot_download

    info = HfApi().model_info(name, files_metadata=True)
    files = {file.rfilename: file.size or 0 for file in info.siblings or []}
    wanted = chosen(files)
    if not any(mark in wanted for mark in MARKS):
        hint = "Gebraucht wird eines in der Form von sentence-transformers oder transformers (nicht GGUF, nicht ONNX)."
        raise NoSuchModel(f"»{name}« enthält kein Modell, das sich hier benutzen lässt.", hint)
    told(f"Hole »{name}«: {len(wanted)} Dateien, {sum(files[file] for file in wanted) / 1e6:.1f} MB …")
    snapshot_download(name, revision=info.sha, local_dir=draft, allow_patterns=wanted)
    shutil.rmtree(draft / ".cache", ignore_errors=True)


def _adopt(draft: Path, target: Path, models: Path) -> None:
    """The draft takes the place of a former copy; whoever has that loaded keeps it."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        former = models / f"{DRAFT}{uuid.uuid4().hex}"
        target.rename(former)
        draft.rename(target)
        shutil.rmtree(former, ignore_errors=True)
    else:
        draft.rename(target)


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    """One fetch at a time, which first clears away what a killed one left."""
    models.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        lock = Lock(models / ".lock")
    except FolderInUse as error:
        raise FetchFailed("Es wird gerade schon ein Modell geholt.", "Bitte warten, bis es fertig ist.") from error
    try:
        for left in models.glob(f"{DRAFT}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


@contextmanager
def _errors_told(name: str) -> Iterator[None]:
    """What huggingface_hub raises, in German."""
    from huggingface_hub import errors

    try:
        yield
    except AuskunftError:
        raise
    except errors.GatedRepoError as error:
        hint = "Bitte auf der Seite des Modells zustimmen und mit »hf auth login« anmelden, oder ein anderes wählen."
        raise NoSuchModel(f"Das Modell »{name}« wird nur nach Anmeldung abgegeben.", hint) from error
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        raise NoSuchModel(f"Ein Modell »{name}« gibt es nicht.") from error
    except errors.OfflineModeIsEnabled as error:
        hint = "Die Umgebungsvariable HF_HUB_OFFLINE verbietet das Holen; für diesen Befehl bitte aufheben."
        raise FetchFailed(f"Das Modell »{name}« lässt sich nicht holen: Das Netz ist abgeschaltet.", hint) from error
    except Exception as error:  # httpx, requests or the system, by the version of huggingface_hub
        raise _failure(name, error) from error


def _failure(name: str, error: Exception) -> AuskunftError:
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.EDQUOT):
        return FolderFull(f"Das Modell »{name}« lässt sich nicht ablegen: {os.strerror(error.errno)}.")  # type: ignore[attr-defined]
    status = getattr(getattr(error, "response", None), "status_code", None)
    why = f"Der Server antwortet mit {status}." if status else "Der Server ist nicht erreichbar."
    return FetchFailed(f"Das Modell »{name}« lässt sich nicht holen. {why}")
