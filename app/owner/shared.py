"""The assistant of a command, whoever holds the data folder: itself where the folder is free, else through the owner.

A call that meets a folder in use, or an owner that goes away in the middle, is made again on the other way. Every
method can stand that: what was done is known the second time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from app.owner.methods import LONG, METHODS
from app.owner.record import Owner, read_owner
from app.owner.remote import ACCEPT_SECONDS, OwnerGone, RemoteAssistant, alive
from app.settings import Settings
from ingest.errors import DataError, FolderInUse

if TYPE_CHECKING:
    from app.assistant import Assistant
    from app.owner.listener import Listener

# Seconds in which a folder that is in use must become free or name its owner; and the steps in which that is tried.
PATIENCE = 30.0
_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 0.5
_MANY = 200  # documents, which take some ten seconds

T = TypeVar("T")


class AlreadyServed(DataError):
    """The web app of this data folder is running."""

    hint = "Bitte diese Seite öffnen; beendet wird die Web-App dort, wo sie gestartet wurde (Strg+C)."


class Shared:
    """Has the methods of `Assistant`; a context manager for one thread.

    With a `kind` (the name of a command that takes long) the process answers for others while it holds the folder.
    `tell` gets a line for people where they have to wait.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        kind: str | None = None,
        tell: Callable[[str], None] = lambda _line: None,
        patience: float = PATIENCE,
    ) -> None:
        self.settings = settings
        self.folder = settings.data.expanduser().resolve()
        self._kind, self._tell, self._patience = kind, tell, patience
        self._local: Assistant | None = None
        self._listener: Listener | None = None
        self._silent: Owner | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in METHODS:
            raise AttributeError(name)
        return partial(self._call, name)

    def close(self) -> None:
        """Give the data folder back, if it was this process that held it."""
        try:
            if self._listener is not None:
                self._listener.close()
        finally:
            self._listener = None
            if self._local is not None:
                self._local.close()
                self._local = None

    def own(self) -> Assistant:
        """The assistant in this process, for as long as this is open. Waits for commands that hold the folder.

        Raises:
            AlreadyServed: the web app holds it.
            FolderInUse: something else does, and does not end.
        """
        return self._tried(self._owned)

    def announce(self, url: str) -> None:
        """The web app of this process can be reached now."""
        if self._listener is not None:
            self._listener.announce(url)

    # --- within

    def _call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        return self._tried(lambda: getattr(self._way(name), name)(*args, **kwargs), told=METHODS[name] == LONG)

    def _tried(self, attempt: Callable[[], T], *, told: bool = False) -> T:
        """The result of `attempt`, again and again while the folder changes hands; `told`: people may notice it."""
        spent, pause = 0.0, _FIRST_PAUSE
        while True:
            began = time.monotonic()
            try:
                return attempt()
            except OwnerGone as gone:
                self._silent = gone.owner
                if told and gone.begun:
                    self._tell(f"{gone.owner.description} ist beendet; die Arbeit geht hier weiter.")
            except FolderInUse as error:
                self.close()
                if spent > self._patience:
                    raise self._in_use() from error
                self._silent = None
            # What was refused took the time it took to find out; work that was cut short counts no more than that.
            spent += pause + min(time.monotonic() - began, ACCEPT_SECONDS)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _way(self, name: str) -> Assistant | RemoteAssistant:
        """Who is to be asked now."""
        if self._local is not None:
            return self._local
        owner = self._owner()
        if owner is not None and (owner.stays or METHODS[name] != LONG):
            return RemoteAssistant(owner)
        if owner is not None:
            self._wait_for(owner)
        return self._opened()

    def _owned(self) -> Assistant:
        owner = self._owner() if self._local is None else None
        if owner is not None and owner.stays:
            if alive(owner):
                raise AlreadyServed(f"Die Web-App läuft bereits: {owner.url or f'Prozess {owner.pid}'}")
        elif owner is not None:
            self._wait_for(owner)
        return self._local or self._opened()

    def _owner(self) -> Owner | None:
        """The owner that the folder names, unless it was silent just now."""
        owner = read_owner(self.folder)
        return None if owner == self._silent else owner

    def _wait_for(self, owner: Owner) -> None:
        """Until a command that holds the folder has ended, however long it takes."""
        told, pause = False, _FIRST_PAUSE
        while self._owner() == owner and alive(owner):
            if not told:
                self._tell(f"Warte, bis {owner.description} fertig ist …")
                told = True
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _opened(self) -> Assistant:
        """The assistant in this process, which from now on answers for others if it has a `kind`."""
        from app.assistant import Assistant

        self._local = Assistant(self.settings)
        self._local.library.register.reading_again = self._tell_reading_again
        if self._kind is not None:
            from app.owner.listener import Listener

            self._local.hold()
            self._listener = Listener(self._local, self._kind)
            self._listener.__enter__()
        return self._local

    def _tell_reading_again(self, number: int, documents: int) -> None:
        """New rules read all documents again before the first answer; with many of them it is told how far that is."""
        if documents >= _MANY and (number == 1 or number % (documents // 10) == 0):
            share = 100 * number // documents
            self._tell(f"Neue Regeln: {documents} Dokumente werden einmal neu für das Register gelesen ({share} %) …")

    def _in_use(self) -> FolderInUse:
        owner = read_owner(self.folder)
        if owner is None:
            message = "Ein anderes Programm benutzt diesen Datenordner gerade und gibt ihn nicht frei."
            return FolderInUse(message, "Bitte warten, bis es fertig ist, und es dann noch einmal versuchen.")
        message = f"Der Datenordner wird gerade benutzt, aber niemand antwortet: {owner.description}."
        return FolderInUse(message, f"Ist es angehalten? Bitte fortsetzen oder beenden (Prozess {owner.pid}).")
