"""Finds models on this machine and says what they are. Reads small files only, and never asks the network.

A model is a folder as sentence-transformers or transformers save it. It is named by

    a folder                `/…`, `~/…`, `./…`
    its name on the hub     `publisher/model`, found in the folder of models or in the cache of huggingface_hub
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.models.errors import FolderMissing, ModelBroken, ModelMissing

Kind = Literal["embedding", "reranker"]
DRAFT = ".holen-"
MARKS = ("modules.json", "config.json")
_SUFFIXES = {".json", ".txt", ".model", ".safetensors", ".bin", ".vocab"}
_OTHER_ENGINES = {"onnx", "openvino"}
_WHOLE = 1 << 20
_STRETCH, _STRETCHES = 1 << 14, 64
_WORDS: dict[Kind, str] = {"embedding": "eine Einbettung", "reranker": "ein Nachordner"}
_DEFAULT_PUBLISHER = "sentence-transformers"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model on this machine: what it is called, and where it lies."""

    name: str
    path: Path

    @property
    def kind(self) -> Kind:
        """What it is for. Raises ModelBroken where the folder holds no model."""
        if not any((self.path / mark).is_file() for mark in MARKS):
            raise ModelBroken(f"In {self.path} liegt kein Modell (modules.json und config.json fehlen).")
        if self.settings.get("model_type") == "CrossEncoder":
            return "reranker"
        architectures = self.read("config.json").get("architectures") or [""]
        return "reranker" if str(architectures[0]).endswith("ForSequenceClassification") else "embedding"

    @property
    def settings(self) -> dict[str, Any]:
        """What the model says about its use with sentence-transformers; nothing where it says nothing."""
        return self.read("config_sentence_transformers.json")

    def digest(self) -> str:
        """Changes with the model. Of large files size and stretches spread over them are read, not everything."""
        whole = hashlib.sha256()
        for path in sorted(self._files()):
            size = path.stat().st_size
            whole.update(f"{path.relative_to(self.path).as_posix()}\0{size}\0".encode())
            with path.open("rb") as stream:
                for offset in _offsets(size):
                    stream.seek(offset)
                    whole.update(stream.read(_STRETCH if size > _WHOLE else size))
        return whole.hexdigest()[:12]

    def expect(self, kind: Kind) -> ModelFolder:
        """The same folder, once it is of this kind. Raises ModelBroken."""
        if self.kind != kind:
            hint = f"Bitte bei »{kind}« ein anderes Modell einstellen; was da ist: auskunft models"
            message = f"Das Modell »{self.name}« ist {_WORDS[self.kind]}, gebraucht wird {_WORDS[kind]}."
            raise ModelBroken(message, hint)
        return self

    def read(self, name: str) -> dict[str, Any]:
        """A JSON file of the model; nothing where it has none. Raises ModelBroken."""
        path = self.path / name
        try:
            found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        except (OSError, ValueError) as error:
            raise ModelBroken(f"Im Modell »{self.name}« ist die Datei {path} nicht lesbar: {error}") from error
        return found if isinstance(found, dict) else {}

    def _files(self) -> Iterator[Path]:
        for path in self.path.rglob("*"):
            parts = path.relative_to(self.path).parts
            hidden = any(part.startswith(".") for part in parts) or parts[0] in _OTHER_ENGINES
            if path.suffix in _SUFFIXES and not hidden and path.is_file():
                yield path


def find(name: str, models: Path) -> ModelFolder:
    """The folder of a model; `models` is the folder that `auskunft models get` fills.

    Raises:
        FolderMissing, ModelMissing: it is not on this machine.
    """
    if is_path(name):
        path = Path(name).expanduser()
        if not path.is_dir():
            raise FolderMissing(str(path))
        return ModelFolder(path.name, path)
    for known in (name, f"{_DEFAULT_PUBLISHER}/{name}") if "/" not in name else (name,):
        if (models / known).is_dir() and is_name(known):
            return ModelFolder(known, models / known)
        if cached := _cached(known):
            return ModelFolder(known, cached)
    raise ModelMissing(name, f"weder in {models} noch im Zwischenspeicher von huggingface_hub")


def installed(models: Path) -> list[ModelFolder]:
    """The models in the folder of models, by name."""
    if not models.is_dir():
        return []
    found = {path.parent for mark in MARKS for depth in ("*", "*/*") for path in models.glob(f"{depth}/{mark}")}
    names = {path.relative_to(models).as_posix(): path for path in found}
    inner = {name for name in names if "/" in name and name.partition("/")[0] in names}  # modules of a model
    return [ModelFolder(n, p) for n, p in sorted(names.items()) if n not in inner and is_name(n)]


def is_path(name: str) -> bool:
    """Whether a setting names a folder rather than a model."""
    return name.startswith(("/", "~", "./", "../", ".\\")) or os.path.isabs(name)


def is_name(name: str) -> bool:
    """Whether a text may be the name of a model: one or two parts, none of them hidden."""
    parts = name.split("/")
    return len(parts) <= 2 and all(part and not part.startswith(".") and "\\" not in part for part in parts)


def _cached(name: str) -> Path | None:
    """The folder of a model that another program fetched before."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        for mark in MARKS:
            found = try_to_load_from_cache(name, mark)
            if isinstance(found, str):
                return Path(found).parent
    except HFValidationError:  # not the form of a name
        return None
    return None


def _offsets(size: int) -> Iterator[int]:
    if size <= _WHOLE:
        yield 0
    else:
        yield from (number * (size - _STRETCH) // (_STRETCHES - 1) for number in range(_STRETCHES))
