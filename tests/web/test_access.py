"""Token, logins, one-time links, and the rule about public addresses."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.access import (
    Access,
    FailureLimit,
    LoginFailed,
    NotServable,
    TooManyFailures,
    folder_token,
    hash_password,
    is_loopback,
    may_serve,
    verify_password,
)
from app.settings import Maintainer, Settings


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(tmp_path: Path, clock: Clock) -> Access:
    maintainers = (Maintainer("anna", hash_password("Kennwort")),)
    return Access(Settings(data=tmp_path / "data", maintainers=maintainers), clock)


def test_token_is_made_once_for_the_owner_only(tmp_path: Path) -> None:
    token = folder_token(tmp_path / "data")
    path = tmp_path / "data" / "token"
    assert len(token) >= 32
    assert folder_token(tmp_path / "data") == token
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_token_check(access: Access) -> None:
    token = folder_token(access.settings.data)
    assert access.check_token(token, "here")
    assert not access.check_token(token + "x", "here")
    assert not access.check_token("ü", "here")


def test_wrong_tokens_are_limited_but_lock_nobody_out(access: Access) -> None:
    for _ in range(5):
        assert not access.check_token("falsch", "here")
    with pytest.raises(TooManyFailures):
        access.check_token("falsch", "here")
    assert access.check_token(folder_token(access.settings.data), "here")


def test_passwords_are_salted_and_checked() -> None:
    first, second = hash_password("geheim"), hash_password("geheim")
    assert first != second
    assert verify_password("geheim", first)
    assert not verify_password("Geheim", first)
    assert not verify_password("geheim", "scrypt$kaputt")


def test_login_opens_a_session_that_ends(access: Access, clock: Clock) -> None:
    key = access.login("anna", "Kennwort", "here")
    session = access.session(key)
    assert session is not None
    assert session.name == "anna"
    assert access.session("other") is None
    clock.now += 12 * 3600 + 1
    assert access.session(key) is None


def test_login_with_the_token_and_logout(access: Access) -> None:
    key = access.login("", folder_token(access.settings.data), "here")
    assert access.session(key)
    access.logout(key)
    assert access.session(key) is None


@pytest.mark.parametrize(("name", "password"), [("anna", "falsch"), ("otto", "Kennwort"), ("", "falsch"), ("otto", "")])
def test_wrong_logins(access: Access, name: str, password: str) -> None:
    with pytest.raises(LoginFailed):
        access.login(name, password, "here")


def test_failures_are_limited_per_address(access: Access, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(LoginFailed):
            access.login("anna", "falsch", "here")
    with pytest.raises(TooManyFailures):
        access.login("anna", "Kennwort", "here")
    assert access.login("anna", "Kennwort", "elsewhere")
    clock.now += 301
    assert access.login("anna", "Kennwort", "here")


def test_failure_table_stays_bounded(clock: Clock) -> None:
    limit = FailureLimit(clock=clock)
    for number in range(3000):
        limit.fail(str(number))
    assert len(limit._failures) <= 1000


def test_ticket_works_once(access: Access) -> None:
    ticket = access.issue_ticket()
    assert access.redeem_ticket("other") is None
    key = access.redeem_ticket(ticket)
    assert access.session(key)
    assert access.redeem_ticket(ticket) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"])
def test_loopback(host: str, tmp_path: Path) -> None:
    assert is_loopback(host)
    may_serve(host, Settings(data=tmp_path))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "auskunft.example", ""])
def test_public_address_needs_everything(host: str) -> None:
    with pytest.raises(NotServable) as caught:
        may_serve(host, Settings(imprint="x"))
    assert "Anmeldung" in caught.value.message
    assert "Datenschutz" in caught.value.message
    assert "Impressum" not in caught.value.message
    maintainers = (Maintainer("a", hash_password("b")),)
    may_serve(host, Settings(imprint="x", privacy="y", maintainers=maintainers))
