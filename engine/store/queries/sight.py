"""Who sees which file, as a condition in SQL: the rule of :mod:`engine.people.access`, from the same inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_, select

from engine.errors import NotFound
from engine.people.access import Reach, reach
from engine.people.directory import Directory
from engine.petition.file import File
from engine.petition.parties import Actor
from engine.store.loading import Loading
from engine.store.tables import exclusion, part, petition
from engine.text import Text

NOT_KNOWN = Text(
    "没有这一信访事项,或者您无权查阅", "there is no such petition, or none that you may see"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One viewer on one day: how far they see, and the organs and people of that moment."""

    viewer: Actor
    on: date
    directory: Directory
    reach: Reach

    @property
    def reads_sealed(self) -> bool:
        """Whether there could be sealed files that the viewer sees."""
        return bool(self.reach.sealed)


def view(desk: Loading, viewer: Actor, on: date) -> View:
    """How far *viewer* sees on the day *on*."""
    directory = desk.directory()
    return View(viewer=viewer, on=on, directory=directory, reach=reach(directory, viewer, on))


def visible(view: View, files: FromClause = petition) -> ColumnElement[bool]:
    """The condition that a row of *files* (petitions) may be known to the viewer. Default deny."""
    reach, columns = view.reach, files.c
    ordinary = ~columns.sealed
    if not reach.sealed <= reach.open:
        ordinary = and_(ordinary, _plays(columns, reach.open))
    # The first condition alone decides for almost every file, so the database may start from it.
    seen = _plays(columns, reach.open | reach.sealed)
    if reach.sealed:
        ordinary = or_(ordinary, and_(columns.sealed, _plays(columns, reach.sealed)))
    return and_(seen, ordinary, ~hidden(view, files))


def hidden(view: View, files: FromClause = petition) -> ColumnElement[bool]:
    """The condition that a row of *files* (petitions) is hidden from the viewer, whatever else they may see."""
    return exists(
        select(exclusion.c.subject).where(
            exclusion.c.petition == files.c.id,
            exclusion.c.subject.in_(sorted(view.reach.hidden_by)),
        )
    )


def _plays(columns: Any, organs: frozenset[str]) -> ColumnElement[bool]:
    """One of *organs* plays or played a part in the file."""
    return exists(
        select(part.c.organ).where(part.c.petition == columns.id, part.c.organ.in_(sorted(organs)))
    )


def seen_file(desk: Loading, viewer: Actor, petition_id: str, on: date) -> File:
    """The file *petition_id*, if *viewer* may see it. Raises NotFound, the same whether it exists or not."""
    condition = visible(view(desk, viewer, on))
    found = desk.connection.execute(
        select(petition.c.id).where(petition.c.id == petition_id, condition)
    )
    if found.first() is None:
        raise NotFound(NOT_KNOWN)
    return desk.load(petition_id)
