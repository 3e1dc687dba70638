"""What every view needs at hand: the house, the day, and who is looking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import cast

from flask import current_app, g

from engine.bootstrap import Desk, House
from engine.clock import legal_date
from engine.people.directory import Directory
from engine.petition.parties import Actor

EXTENSION = "petition_house"


def house() -> House:
    """The house that this application serves."""
    return cast(House, current_app.extensions[EXTENSION])


def today() -> date:
    """The legal day, by the house's own clock."""
    return legal_date(house().clock.now())


@contextmanager
def reading() -> Iterator[Desk]:
    """The read side of the store."""
    with house().store.reading() as desk:
        yield desk


def directory() -> Directory:
    """The organs and people, read once per request."""
    if "directory" not in g:
        with reading() as desk:
            g.directory = desk.directory()
    return cast(Directory, g.directory)


def viewer() -> Actor:
    """Who is looking: the person signed in, as the organ they speak for."""
    return cast(Actor, g.actor)
