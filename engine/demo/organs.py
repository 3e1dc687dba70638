"""The demonstration's organs, staff and competence table: those with which scenarios are played, too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from engine.bootstrap import CAST
from engine.people import made_up
from engine.people.made_up import MadeUpOffice


def read_office(path: Path = CAST / "office.toml", *, today: date | None = None) -> MadeUpOffice:
    """The office of the file *path*; an organ that ended a while ago ended so long before *today*, where given.

    Raises DataError naming the table at fault.
    """
    return made_up.read_office(path, today=today)
