"""Every file, without asking who looks: for whoever runs the installation and checks its records on its own machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select

from engine.errors import NotFound
from engine.store.loading import Loading
from engine.store.tables import petition
from engine.text import Text


def all_files(desk: Loading) -> tuple[str, ...]:
    """The ids of all files, oldest first."""
    query = select(petition.c.id).order_by(petition.c.registered_at, petition.c.id)
    return tuple(desk.connection.execute(query).scalars())


def numbers_of(desk: Loading, ids: Sequence[str]) -> Mapping[str, str]:
    """The numbers of the files *ids*. 1 statement."""
    query = select(petition.c.id, petition.c.number).where(petition.c.id.in_(list(ids)))
    return {row.id: row.number for row in desk.connection.execute(query)}


def file_named(desk: Loading, name: str) -> str:
    """The id of the file with the number or the id *name*. Raises NotFound, also where several bear the number."""
    query = select(petition.c.id).where(or_(petition.c.id == name, petition.c.number == name))
    found = desk.connection.execute(query.limit(2)).scalars().all()
    if len(found) != 1:
        raise NotFound(_SEVERAL.filled(name=name) if found else _NONE.filled(name=name))
    return str(found[0])


_NONE = Text("没有信访事项 {name}", "there is no petition {name}")
_SEVERAL = Text(
    "有多件事项编号为 {name},请用内部标识", "several petitions bear the number {name}: use the id"
)
