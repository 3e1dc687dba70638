"""A repeat joins a petition that is running, and no other: nobody would answer it any more."""

from __future__ import annotations

import pytest

from engine.errors import ActRefused, BadInput
from tests.office.counters import Counter


@pytest.fixture
def repeat(counter: Counter) -> str:
    """A petition that was found to be a repeat."""
    petition = counter.registered()
    counter.perform(counter.command("sort", petition, disposition="repeat"))
    return petition


def test_a_repeat_joins_a_petition_that_is_running(counter: Counter, repeat: str) -> None:
    other = counter.forwarded()
    counter.perform(counter.command("merge", repeat, "anna", merged_into=other))

    assert counter.file(repeat).facts["merged_into"] == other


@pytest.mark.parametrize("nothing", ["none", "' OR 1=1", "system"])
def test_a_repeat_joins_nothing_that_is_not_there(
    counter: Counter, repeat: str, nothing: str
) -> None:
    counter.refuses(counter.command("merge", repeat, "anna", merged_into=nothing), BadInput)


def test_a_repeat_joins_no_petition_that_has_ended(counter: Counter, repeat: str) -> None:
    ended = counter.registered()
    counter.perform(counter.command("withdraw", ended, "anna"))

    counter.refuses(counter.command("merge", repeat, "anna", merged_into=ended), ActRefused)


def test_two_petitions_do_not_join_each_other(counter: Counter, repeat: str) -> None:
    other = counter.registered()
    counter.perform(counter.command("sort", other, disposition="repeat"))
    counter.perform(counter.command("merge", repeat, "anna", merged_into=other))

    counter.refuses(counter.command("merge", other, "anna", merged_into=repeat), ActRefused)


def test_a_repeat_joins_no_petition_that_its_clerk_may_not_see(
    counter: Counter, repeat: str
) -> None:
    secret = counter.registered(category="accusation", who="abel")

    counter.refuses(counter.command("merge", repeat, "anna", merged_into=secret), BadInput)
