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
    plays = _plays_a_part(files.c, view.reach)
    hidden = exists(
        select(exclusion.c.subject).where(
            exclusion.c.petition == files.c.id,
            exclusion.c.subject.in_(sorted(view.reach.hidden_by)),
        )
    )
    return and_(plays, ~hidden)


def _plays_a_part(columns: Any, reach: Reach) -> ColumnElement[bool]:
    ordinary = exists(
        select(part.c.organ).where(
            part.c.petition == columns.id, part.c.organ.in_(sorted(reach.open))
        )
    )
    sealed = exists(
        select(part.c.organ).where(
            part.c.petition == columns.id, part.c.organ.in_(sorted(reach.sealed))
        )
    )
    return or_(and_(~columns.sealed, ordinary), and_(columns.sealed, sealed))


def seen_file(desk: Loading, viewer: Actor, petition_id: str, on: date) -> File:
    """The file *petition_id*, if *viewer* may see it. Raises NotFound, the same whether it exists or not."""
    condition = visible(view(desk, viewer, on))
    found = desk.connection.execute(
        select(petition.c.id).where(petition.c.id == petition_id, condition)
    )
    if found.first() is None:
        raise NotFound(NOT_KNOWN)
    return desk.load(petition_id)
