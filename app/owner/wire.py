"""Values as JSON and back: what the assistant takes and gives, frozen dataclasses above all. No pickle.

JSON's own values stay as they are; everything else is an object with its kind under "$". A dataclass carries the name
of its class, which must stand in one of the `MODULES`. An object that occurs again, such as the document of several
citations, is sent once and then named by its number.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from ingest import errors
from ingest.errors import AuskunftError

# Where the dataclasses that travel are defined. Each is imported only when one of its classes arrives.
MODULES = (
    "ingest.types", "ingest.facts.types", "index.report", "index.rows", "index.failures", "index.backup",
    "index.register", "app.answers", "app.difference", "app.register.rows", "app.register.conflicts",
)  # fmt: skip
_KIND = "$"

# Any: a value whose type only the caller knows, or JSON.
Json = Any


class WireError(ValueError):
    """Something that cannot travel, or did not come from a program of this version."""


class RemoteFailure(RuntimeError):
    """An error in the owner that nobody foresaw."""


def dumps(value: Any) -> bytes:
    """One value as one line. Raises WireError."""
    return json.dumps(_Encoder().encode(value)).encode("ascii") + b"\n"


def loads(line: bytes) -> Any:
    """The value of a line. Raises WireError."""
    try:
        return _Decoder().decode(json.loads(line))
    except WireError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise WireError(f"{type(error).__name__}: {error}") from error


def error_to_json(error: Exception) -> dict[str, Json]:
    """An error with all its kinds, so that the other side finds the narrowest that it knows."""
    if isinstance(error, AuskunftError):
        return {"kinds": [kind.__name__ for kind in type(error).__mro__], "message": error.message, "hint": error.hint}
    return {"kinds": [], "message": f"{type(error).__name__}: {error}", "hint": ""}


def error_of(found: Mapping[str, Json]) -> Exception:
    """The error again: the same class where it is one of `ingest.errors`, else its nearest base there."""
    for name in found["kinds"]:
        kind = getattr(errors, str(name), None)
        if isinstance(kind, type) and issubclass(kind, AuskunftError):
            return kind(found["message"], found["hint"])
    return RemoteFailure(found["message"])


class _Encoder:
    """Encodes one value; knows what it has sent, and keeps it, since an id may be given anew."""

    def __init__(self) -> None:
        self._sent: dict[int, tuple[int, Any]] = {}

    def encode(self, value: Any) -> Json:
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if is_dataclass(value) and not isinstance(value, type):
            return self._dataclass(value)
        if isinstance(value, Mapping):
            return self._mapping(value)
        if isinstance(value, list):
            return [self.encode(item) for item in value]
        return self._other(value)

    def _dataclass(self, value: Any) -> Json:
        if id(value) in self._sent:
            return {_KIND: "again", "number": self._sent[id(value)][0]}
        kind = type(value)
        if kind.__module__ not in MODULES:
            raise WireError(f"{kind.__module__}.{kind.__qualname__} does not travel: its module is not in MODULES")
        found = {field.name: self.encode(getattr(value, field.name)) for field in fields(value) if field.init}
        self._sent[id(value)] = (len(self._sent), value)
        return {_KIND: f"{kind.__module__}.{kind.__qualname__}", **found}

    def _mapping(self, value: Mapping[Any, Any]) -> Json:
        if all(isinstance(key, str) for key in value) and _KIND not in value:
            return {key: self.encode(item) for key, item in value.items()}
        return {_KIND: "dict", "items": [[self.encode(key), self.encode(item)] for key, item in value.items()]}

    def _other(self, value: Any) -> Json:
        if isinstance(value, datetime.date):
            return {_KIND: type(value).__name__, "text": value.isoformat()}
        if isinstance(value, Path):
            return {_KIND: "path", "text": str(value)}
        if isinstance(value, bytes):
            return {_KIND: "bytes", "base64": base64.b64encode(value).decode("ascii")}
        if isinstance(value, tuple | frozenset | set):
            return {_KIND: type(value).__name__, "items": [self.encode(item) for item in value]}
        if isinstance(value, Iterable):
            return [self.encode(item) for item in value]
        raise WireError(f"{type(value).__name__} does not travel")


class _Decoder:
    """Decodes one value; knows what it has received."""

    def __init__(self) -> None:
        self._received: list[Any] = []

    def decode(self, found: Json) -> Any:
        if isinstance(found, list):
            return [self.decode(item) for item in found]
        if isinstance(found, dict):
            return self._tagged(found) if _KIND in found else {key: self.decode(item) for key, item in found.items()}
        return found

    def _tagged(self, found: dict[str, Json]) -> Any:
        kind = found[_KIND]
        if kind in ("tuple", "frozenset", "set"):
            return _COLLECTIONS[kind](self.decode(item) for item in found["items"])
        if kind == "dict":
            return {self.decode(key): self.decode(item) for key, item in found["items"]}
        if kind == "again":
            return self._received[found["number"]]
        if kind in _TEXTS:
            return _TEXTS[kind](found["text"])
        if kind == "bytes":
            return base64.b64decode(found["base64"], validate=True)
        return self._dataclass(kind, found)

    def _dataclass(self, name: str, found: dict[str, Json]) -> Any:
        module, _, kind = name.rpartition(".")
        cls = getattr(import_module(module), kind) if module in MODULES else None
        if not (isinstance(cls, type) and is_dataclass(cls)):
            raise WireError(f"{name} is no dataclass that travels")
        value = cls(**{key: self.decode(item) for key, item in found.items() if key != _KIND})
        self._received.append(value)
        return value


_COLLECTIONS: dict[str, type[tuple[Any, ...]] | type[frozenset[Any]] | type[set[Any]]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "set": set,
}
_TEXTS: dict[str, Any] = {
    "path": Path,
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
}
