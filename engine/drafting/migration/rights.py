"""Who may have petitions carried over: a designer proposes, an administrator or a second designer confirms."""

from __future__ import annotations

from datetime import date

from engine.errors import NotPermitted
from engine.people.directory import Directory
from engine.petition.parties import Actor, Role
from engine.text import Text


def must_propose(organs: Directory, actor: Actor, on: date) -> None:
    """Raise NotPermitted unless *actor* is a designer in their own right on the day *on*, or the engine itself."""
    if not actor.is_system and Role.DESIGNER not in organs.roles_of(actor.person, actor.organ, on):
        raise NotPermitted(_PROPOSE)


def must_confirm(organs: Directory, actor: Actor, proposed_by: str, on: date) -> None:
    """Raise NotPermitted unless *actor* may decide on what *proposed_by* has proposed: nobody confirms their own."""
    if actor.is_system and proposed_by == actor.person:
        return  # whoever runs the installation has the machine itself
    if not organs.roles_of(actor.person, actor.organ, on) & {Role.ADMINISTRATOR, Role.DESIGNER}:
        raise NotPermitted(_CONFIRM)
    if proposed_by in {actor.person, actor.stands_in_for}:
        raise NotPermitted(_OWN)


_PROPOSE = Text("迁移由流程设计员提出", "a designer proposes a migration")
_CONFIRM = Text(
    "迁移由管理员或者另一名流程设计员确认",
    "an administrator or a second designer confirms a migration",
)
_OWN = Text("提出迁移的人不能自己确认", "nobody confirms a migration that they have proposed")
