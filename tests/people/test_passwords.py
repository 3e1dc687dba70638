"""Passwords and the throttle on guessing them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.people import passwords
from engine.people.passwords import PER_ACCOUNT, PER_ADDRESS

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def failures(count: int, *, every: timedelta = timedelta(seconds=1)) -> list[datetime]:
    return [NOON - every * number for number in range(count)]


def test_a_password_opens_its_own_hash_and_no_other() -> None:
    stored = passwords.hashed("测试密码-correct horse")

    assert passwords.verify(stored, "测试密码-correct horse")
    assert not passwords.verify(stored, "测试密码-correct horsf")
    assert not passwords.needs_rehash(stored)
    assert stored.startswith("$argon2id$")


def test_an_unknown_login_and_a_damaged_hash_open_to_nothing() -> None:
    assert not passwords.verify(None, "nobody signs in with this")
    assert not passwords.verify("$argon2id$damaged", "anything at all")


def test_a_hash_made_with_weaker_parameters_asks_to_be_replaced() -> None:
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$oJ9zJZJpYw0GNmUj1cPsDQ"

    assert passwords.needs_rehash(weak)


@pytest.mark.parametrize("password", ["short", "x" * 201, "my-demo.clerk-1", "aaaaaaaaaaaa"])
def test_a_weak_password_is_refused_with_its_fault(password: str) -> None:
    assert passwords.fault(password, login="demo.clerk") is not None


def test_a_long_password_of_ones_own_is_taken() -> None:
    assert passwords.fault("three plain words", login="demo.clerk") is None


def test_the_first_failures_cost_no_waiting() -> None:
    assert passwords.wait_until(failures(2), failures(2), NOON) == NOON


def test_each_further_failure_doubles_the_wait_up_to_a_bound() -> None:
    waits = [PER_ACCOUNT.open_at(failures(count), NOON) - NOON for count in range(3, 7)]

    assert waits == [timedelta(seconds=seconds) for seconds in (2, 4, 8, 16)]
    assert PER_ACCOUNT.open_at(failures(500), NOON) - NOON == PER_ACCOUNT.longest_wait


def test_an_address_that_tries_many_accounts_waits_although_no_account_failed_often() -> None:
    assert passwords.wait_until(failures(1), failures(PER_ADDRESS.free + 3), NOON) > NOON


def test_failures_are_forgotten_in_the_end() -> None:
    later = NOON + PER_ACCOUNT.forgotten_after

    assert PER_ACCOUNT.open_at(failures(10), later) == later


@given(count=st.integers(0, 2000), waited=st.integers(0, 100_000))
def test_one_more_failure_never_shortens_the_wait(count: int, waited: int) -> None:
    now = NOON + timedelta(seconds=waited)

    fewer = PER_ACCOUNT.open_at(failures(count), now)
    more = PER_ACCOUNT.open_at(failures(count + 1), now)

    assert now <= fewer <= more <= now + PER_ACCOUNT.longest_wait
