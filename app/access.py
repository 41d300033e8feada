"""Who may change the collection, and under which conditions it may be served at all.

Reading is open on loopback. Whatever changes something needs the token of the data folder (command line, HTTP API)
or a session (a login, or the one-time link that `serve` prints). Run `python -m app.access` to make a password hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.settings import HASH_PREFIX, Settings
from ingest.errors import AuskunftError

TOKEN_NAME = "token"
SESSION_SECONDS = 12 * 3600
MAX_SESSIONS = 1000
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}


class AccessError(AuskunftError):
    """Something is not allowed."""


class NotServable(AccessError):
    """The address is not loopback, and what the public must find is not configured."""


class LoginFailed(AccessError):
    """Name, password or token do not fit."""

    hint = "Bitte die Angaben prüfen."


class TooManyFailures(AccessError):
    """Too many failed logins from one address."""

    hint = "Bitte einige Minuten warten."
    can_retry = True


def is_loopback(host: str) -> bool:
    """Whether a bind address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def may_serve(host: str, settings: Settings) -> None:
    """Refuse a non-loopback address until login, imprint and privacy notice exist. Raises NotServable."""
    needed = {
        "eine Anmeldung ([[maintainers]])": settings.maintainers,
        "ein Impressum (imprint)": settings.imprint.strip(),
        "Datenschutzhinweise (privacy)": settings.privacy.strip(),
    }
    missing = [name for name, value in needed.items() if not value]
    if missing and not is_loopback(host):
        raise NotServable(
            f"Die Adresse {host} ist von anderen Rechnern erreichbar. Dafür fehlt in den Einstellungen: "
            f"{', '.join(missing)}.",
            "Bitte ergänzen, oder ohne --host nur auf diesem Rechner starten (127.0.0.1).",
        )


def hash_password(password: str) -> str:
    """A salted scrypt hash for `[[maintainers]]`: `scrypt$salt$key`, both base64."""
    salt = secrets.token_bytes(16)
    key = hashlib.scrypt(password.encode(), salt=salt, **_SCRYPT)
    return HASH_PREFIX + "$".join(base64.b64encode(part).decode() for part in (salt, key))


def verify_password(password: str, stored: str) -> bool:
    """Constant-time check of a password against a stored hash; a malformed hash fits nothing."""
    try:
        salt, key = (base64.b64decode(part, validate=True) for part in stored.removeprefix(HASH_PREFIX).split("$"))
    except ValueError:
        return False
    return hmac.compare_digest(hashlib.scrypt(password.encode(), salt=salt, **_SCRYPT), key)


def folder_token(data: Path) -> str:
    """The token of a data folder; made on first need, readable by its owner only."""
    path = data / TOKEN_NAME
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
    token = secrets.token_urlsafe(32)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was faster: its token counts
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(token + "\n")
    return token


class FailureLimit:
    """Counts failed logins per address in a sliding window; bounded memory, safe between threads."""

    def __init__(self, limit: int = 5, window: float = 300.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._window, self._clock = limit, window, clock
        self._failures: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def check(self, address: str) -> None:
        """Raises TooManyFailures while the address has used up its attempts."""
        with self._lock:
            if len(self._recent(address)) >= self._limit:
                raise TooManyFailures("Zu viele fehlgeschlagene Anmeldungen von dieser Adresse.")

    def attempt(self, address: str) -> None:
        """Take one attempt beforehand, so that many at once cannot pass together. Raises TooManyFailures."""
        with self._lock:
            recent = self._recent(address)
            if len(recent) >= self._limit:
                raise TooManyFailures("Zu viele fehlgeschlagene Anmeldungen von dieser Adresse.")
            self._failures[address] = [*recent, self._clock()]

    def forgive(self, address: str) -> None:
        """Give the last attempt back: it succeeded."""
        with self._lock:
            recent = self._recent(address)
            if recent:
                self._failures[address] = recent[:-1]

    def fail(self, address: str) -> None:
        """Count one failure."""
        with self._lock:
            self._failures[address] = [*self._recent(address), self._clock()]
            while len(self._failures) > MAX_SESSIONS:
                self._failures.pop(next(iter(self._failures)))

    def _recent(self, address: str) -> list[float]:
        since = self._clock() - self._window
        recent = [moment for moment in self._failures.get(address, []) if moment > since]
        if not recent:
            self._failures.pop(address, None)
        return recent


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that may change the collection, until `expires` (seconds of the clock)."""

    name: str
    expires: float


class Access:
    """Token, logins, one-time links and sessions of one running server. Sessions end with it."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self.failures = FailureLimit(clock=clock)
        self._clock = clock
        self._tickets: set[str] = set()
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()

    def check_token(self, candidate: str, address: str) -> bool:
        """Whether `candidate` is the folder's token; failures count. Raises TooManyFailures.

        The right token passes even then: it cannot be guessed, and its owner is not to be locked out.
        """
        if hmac.compare_digest(candidate.encode(), folder_token(self.settings.data).encode()):
            return True
        self.failures.attempt(address)
        return False

    def login(self, name: str, password: str, address: str) -> str:
        """Session id for a maintainer, or for the folder's token where `name` is empty. Raises AccessError."""
        if not name:
            if self.check_token(password, address):
                return self._open("token")
            raise LoginFailed("Dieser Zugangsschlüssel passt nicht zum Datenordner.")
        self.failures.attempt(address)
        # An unknown name costs the same time as a wrong password.
        stored = {m.login: m.hash for m in self.settings.maintainers}.get(name)
        if verify_password(password, stored or _DUMMY) and stored:
            self.failures.forgive(address)
            return self._open(name)
        raise LoginFailed("Anmeldename oder Kennwort stimmt nicht.")

    def issue_ticket(self) -> str:
        """A secret for one link that opens a session once."""
        ticket = secrets.token_urlsafe(24)
        with self._lock:
            self._tickets.add(ticket)
        return ticket

    def redeem_ticket(self, ticket: str) -> str | None:
        """Session id for an unused ticket, which is used up by this; else None."""
        with self._lock:
            found = next((t for t in self._tickets if hmac.compare_digest(t.encode(), ticket.encode())), None)
            if found is None:
                return None
            self._tickets.discard(found)
        return self._open("link")

    def session(self, key: str | None) -> Session | None:
        """The living session of a cookie value."""
        with self._lock:
            session = self._sessions.get(key or "")
            if session and session.expires < self._clock():
                del self._sessions[key or ""]
                return None
            return session

    def logout(self, key: str | None) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(key or "", None)

    def _open(self, name: str) -> str:
        key = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._sessions) >= MAX_SESSIONS:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[key] = Session(name, self._clock() + SESSION_SECONDS)
        return key


_DUMMY = HASH_PREFIX + "AAAAAAAAAAAAAAAAAAAAAA==$" + "A" * 86 + "=="


if __name__ == "__main__":
    import getpass

    print(hash_password(getpass.getpass("Kennwort: ")))
