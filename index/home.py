"""Where the vector store lives: opening it safely, replacing it at once, and knowing whether its files are sound.

    <data>/index/lock            owned by the process that has the store open
    <data>/index/state.json      see `folder`
    <data>/index/edge-<n>/       the files of the engine; a new number with every rebuild

A rebuild fills a new folder while the old one still answers; then the state names the new one.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Literal, Protocol

from index.folder import Lock, State, checksums, make_private, read_state, write_state
from index.store import EdgeStore, Store, UnreadableStore
from ingest.errors import FolderInUse

Condition = Literal["missing", "in use", "damaged", "interrupted", "sound"]


def condition(folder: Path) -> tuple[Condition, str]:
    """How the index in `<data>/index` is, and the state of the catalogue it holds; looks only, and opens nothing."""
    if not folder.is_dir():
        return "missing", ""
    try:
        lock = Lock(folder / "lock")
    except FolderInUse:
        return "in use", ""
    try:
        state = read_state(folder / "state.json")
        if not state.folder or not (folder / state.folder).is_dir():
            return "missing", ""
        if state.files is None:
            return "interrupted", ""
        return "sound" if checksums(folder / state.folder) == state.files else "damaged", state.generation
    finally:
        lock.release()


class Home(Protocol):
    """What a library needs to know of the place of its store."""

    def open(self) -> tuple[Store, bool]:
        """The store, and whether it may be trusted to hold what it was left with (else it must be compared)."""

    def fresh(self, current: Store | None) -> Store:
        """An empty store to be filled in place of `current`."""

    def adopt(self, store: Store, former: Store | None) -> None:
        """From now on `store` is the one; the former is given up."""

    def holds(self, generation: str) -> bool:
        """Whether the store was last brought to this state of the catalogue."""

    def unsettle(self) -> None:
        """Something is going to be written."""

    def settle(self, store: Store, generation: str) -> None:
        """All is written, and the store holds this state of the catalogue."""

    def close(self, store: Store | None) -> None:
        """Give everything back."""


class EdgeHome:
    """The engine of this process in `<data>/index`."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension
        self._lock: Lock | None = None
        self._state = State()

    def open(self) -> tuple[Store, bool]:
        """Raises FolderInUse. Damaged or missing files give an empty store, which must be filled."""
        make_private(self._folder)
        self._lock = self._lock or Lock(self._folder / "lock")
        self._state = read_state(self._state_file)
        current = self._folder / self._state.folder
        if not re.fullmatch(r"edge-\d+", self._state.folder) or not current.is_dir():
            return self._empty(), False
        if self._state.files is not None and self._state.files != checksums(current):
            return self._empty(), False
        try:
            store = EdgeStore(current, self._dimension)
        except UnreadableStore:
            return self._empty(), False
        if self._state.files is not None:
            self._note_opening(current)
        self._sweep()
        return store, self._state.files is not None

    def fresh(self, current: Store | None) -> Store:
        """A store in the next folder; the present one stays open."""
        return EdgeStore(self._next_folder(), self._dimension)

    def adopt(self, store: Store, former: Store | None) -> None:
        """The folder of `store` becomes the current one."""
        assert isinstance(store, EdgeStore)
        self._state = State("", store.folder.name, None)
        write_state(self._state_file, self._state)
        if former is not None and former is not store:
            former.close()
        self._sweep()

    def holds(self, generation: str) -> bool:
        """Whether the state names this generation."""
        return self._state.generation == generation

    def unsettle(self) -> None:
        """From now on the files change, so that their checksums say nothing."""
        if self._state.files is not None:
            self._state = State(self._state.generation, self._state.folder, None)
            write_state(self._state_file, self._state)

    def settle(self, store: Store, generation: str) -> None:
        """Everything on disk, with its checksums."""
        assert isinstance(store, EdgeStore)
        store.flush()
        self._state = State(generation, store.folder.name, checksums(store.folder))
        write_state(self._state_file, self._state)

    def close(self, store: Store | None) -> None:
        """Close the engine, note how it leaves its files, and give the folder back."""
        try:
            if store is not None:
                store.close()
                if self._state.files is not None:
                    self._note_opening(self._folder / self._state.folder)
        finally:
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    @property
    def _state_file(self) -> Path:
        return self._folder / "state.json"

    def _note_opening(self, folder: Path) -> None:
        """Opening and closing touch some files without changing what the store holds."""
        found = checksums(folder)
        if found != self._state.files:
            self._state = State(self._state.generation, self._state.folder, found)
            write_state(self._state_file, self._state)

    def _empty(self) -> Store:
        """An empty store in place of one that cannot be used."""
        store = EdgeStore(self._next_folder(), self._dimension)
        self._state = State("", store.folder.name, None)
        write_state(self._state_file, self._state)
        self._sweep()
        return store

    def _next_folder(self) -> Path:
        used = [int(path.name.partition("-")[2]) for path in self._folder.glob("edge-*") if path.name[5:].isdigit()]
        return self._folder / f"edge-{max(used, default=0) + 1}"

    def _sweep(self) -> None:
        """Folders of former stores, and of rebuilds that a crash cut short."""
        for path in self._folder.glob("edge*"):
            if path.name != self._state.folder and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)


class ServerHome:
    """A store elsewhere that looks after itself, a Qdrant server for instance."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._state = State()

    def open(self) -> tuple[Store, bool]:
        """The store; whether it fits is to be compared."""
        self._state = read_state(self._folder / "state.json")
        return self._store, True

    def fresh(self, current: Store | None) -> Store:
        """The same store, emptied."""
        self._store.wipe()
        return self._store

    def adopt(self, store: Store, former: Store | None) -> None:
        """Nothing is replaced."""

    def holds(self, generation: str) -> bool:
        """Whether the state names this generation."""
        return self._state.generation == generation

    def unsettle(self) -> None:
        """The server keeps its own log."""

    def settle(self, store: Store, generation: str) -> None:
        """Note the generation."""
        store.flush()
        self._state = State(generation, "server", None)
        write_state(self._folder / "state.json", self._state)

    def close(self, store: Store | None) -> None:
        """Close the connection."""
        if store is not None:
            store.close()
