"""An office with designers, on SQLite or on each database."""

from __future__ import annotations

import pytest

from engine.petition.parties import Actor, Person, Role
from tests.acts.situations import PO
from tests.office.conftest import counter, crowded, furnished
from tests.office.counters import Counter

__all__ = ["counter", "crowded", "furnished"]
DESIGNERS = ("dina", "dirk")


@pytest.fixture
def designers(crowded: Counter) -> tuple[Actor, Actor]:
    """Two designers of the office on each database."""
    return appointed(crowded)


def appointed(counter: Counter) -> tuple[Actor, Actor]:
    """Two designers, made known to the office of *counter*."""
    with counter.house.store.transaction() as paper:
        paper.change_directory(
            people=[Person(id=who, name=f"演示{who}", login=who) for who in DESIGNERS],
            actor=counter.actor("anna"),
            now=counter.clock.now(),
        )
    first, second = (
        Actor(person=who, organ=PO, roles=frozenset({Role.DESIGNER})) for who in DESIGNERS
    )
    return first, second
