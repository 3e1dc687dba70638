"""Passwords: hashed with Argon2id, and slower to try the more often they were wrong.

The only module that imports argon2. Who failed when is the caller's to remember; the rule here is pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.text import Text

MINIMUM_LENGTH: Final = 10
MAXIMUM_LENGTH: Final = 200

_HASHER: Final = PasswordHasher()  # the library's own figures, which follow RFC 9106


def hashed(password: str) -> str:
    """The Argon2id hash of *password*, with its salt and parameters, for the store."""
    return _HASHER.hash(password)


def verify(stored: str | None, password: str) -> bool:
    """Whether *password* is the one behind *stored*.

    With None (no such login) the same work is done for nothing, so that the time taken tells nobody which logins exist.
    """
    try:
        matches = _HASHER.verify(stored if stored is not None else _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether *stored* was made with other parameters than today's and should be replaced at the next sign-in."""
    return _HASHER.check_needs_rehash(stored)


def fault(password: str, *, login: str) -> Text | None:
    """What is wrong with a new *password* for *login*, or None."""
    if len(password) < MINIMUM_LENGTH:
        return Text("密码至少{least}个字符", "a password has at least {least} characters").filled(
            least=MINIMUM_LENGTH
        )
    if len(password) > MAXIMUM_LENGTH:
        return Text("密码至多{most}个字符", "a password has at most {most} characters").filled(
            most=MAXIMUM_LENGTH
        )
    if login and login.lower() in password.lower():
        return Text("密码不得包含登录名", "a password must not contain the login")
    if len(set(password)) == 1:
        return Text("密码不能是同一个字符", "a password must not be one character repeated")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """How long one must wait after failed attempts: nothing at first, then twice as long each time, up to a bound.

    Failures older than ``forgotten_after`` no longer count.
    """

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgotten_after: timedelta

    def open_at(self, failures: Sequence[datetime], now: datetime) -> datetime:
        """The instant from which the next attempt is taken, *now* or later, given the instants of the failures."""
        counted = [at for at in failures if now - at < self.forgotten_after]
        beyond = len(counted) - self.free
        if beyond < 0 or not counted:
            return now
        doublings = min(beyond, 20)  # enough to reach any bound; more would only overflow
        wait: timedelta = min(self.first_wait * (1 << doublings), self.longest_wait)
        return max(now, max(counted) + wait)


PER_ACCOUNT: Final = Throttle(
    free=3,
    first_wait=timedelta(seconds=2),
    longest_wait=timedelta(minutes=10),
    forgotten_after=timedelta(hours=12),
)
PER_ADDRESS: Final = Throttle(
    free=20,
    first_wait=timedelta(seconds=2),
    longest_wait=timedelta(minutes=10),
    forgotten_after=timedelta(hours=1),
)
"""An address may be shared by a whole office, so it is given more attempts than an account."""


def wait_until(
    account_failures: Sequence[datetime], address_failures: Sequence[datetime], now: datetime
) -> datetime:
    """The instant from which a sign-in for an account from an address is tried again; *now* if at once."""
    return max(
        PER_ACCOUNT.open_at(account_failures, now), PER_ADDRESS.open_at(address_failures, now)
    )


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody signs in with this")
