"""Joining a repeat to another file: only to a petition that is running, and that the one who joins it may see (Art. 22(1); D)."""

from __future__ import annotations

from datetime import date

from engine.errors import ActRefused, BadInput, NotFound
from engine.office import permission
from engine.office.ports import Desk
from engine.people.directory import Directory
from engine.petition.facts import Facts
from engine.petition.file import FileKind
from engine.petition.parties import Actor
from engine.text import Text


def must_be_joinable(desk: Desk, organs: Directory, actor: Actor, facts: Facts, on: date) -> None:
    """Raise where *facts* join a file to one that cannot take it: nobody would answer the matter any more.

    BadInput for a file that is not there, or that *actor* may not know of; ActRefused for one that has come to its end.
    """
    other = facts.get("merged_into")
    if other is None:
        return
    try:
        file = desk.load(str(other))
        permission.must_see(organs, actor, file, on, earlier_parts=desk.parts(file.id))
    except NotFound:
        raise BadInput({"merged_into": _NOT_THERE}) from None
    if (
        file.kind is not FileKind.PETITION
        or file.closed_at is not None
        or file.facts.get("closing")
    ):
        raise ActRefused(_NOT_RUNNING, article="22(1)")


_NOT_THERE = Text("没有这件信访事项,请核对编号", "there is no such petition; check its number")
_NOT_RUNNING = Text(
    "只能并入正在办理的信访事项,所选的已有结果;请按新件分流,或者另选一件",
    "a repeat joins a petition that is running, and this one has ended; sort it as new or choose another",
)
