"""Who may do an act: a role at the organ that plays the part, in one's own right or for an absent colleague."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from engine.people.decisions import Permission
from engine.people.directory import Directory
from engine.petition.parties import Actor, Role, Slot
from engine.text import Text

STAFF_OF_THE_PETITIONER = (Slot.OFFICE, Slot.ORGAN, Slot.REVIEW_ORGAN, Slot.RE_REVIEW_ORGAN)
"""The parts whose staff take down what a petitioner asks for (Art. 19(1))."""

ROLE_NAMES: Mapping[Role, Text] = {
    Role.CLERK: Text("经办员", "clerk"),
    Role.HEAD: Text("负责人", "head"),
    Role.REVIEWER: Text("复查复核员", "reviewer"),
    Role.SUPERVISOR: Text("督办员", "supervisor"),
    Role.AUDITOR: Text("审计员", "auditor"),
    Role.DESIGNER: Text("流程设计员", "designer"),
    Role.ADMINISTRATOR: Text("管理员", "administrator"),
}

SLOT_NAMES: Mapping[Slot, Text] = {
    Slot.OFFICE: Text("信访部门", "petition office"),
    Slot.ORGAN: Text("责任单位", "competent organ"),
    Slot.REVIEW_ORGAN: Text("复查机关", "reviewing organ"),
    Slot.RE_REVIEW_ORGAN: Text("复核机关", "re-reviewing organ"),
    Slot.OTHER_REVIEW_ORGAN: Text("可选的另一复查机关", "other reviewing organ open to choice"),
    Slot.OTHER_RE_REVIEW_ORGAN: Text(
        "可选的另一复核机关", "other re-reviewing organ open to choice"
    ),
    Slot.DECIDER: Text("裁决机关", "deciding organ"),
    Slot.DISCIPLINE_ORGAN: Text("纪检监察机关", "discipline organ"),
    Slot.SUPERVISING_OFFICE: Text("督办单位", "supervising office"),
    Slot.SERVER: Text("送达单位", "serving organ"),
    Slot.PETITIONER: Text("信访人", "petitioner"),
}


def may_hold(role: Role) -> tuple[Role, ...]:
    """The roles that may do a step drawn for *role*: one for a clerk may also be done by a head or a reviewer."""
    return (role, Role.HEAD, Role.REVIEWER) if role is Role.CLERK else (role,)


class ByLike(Protocol):
    """A role at the organ that plays a part (``engine.acts.act.By``)."""

    @property
    def slot(self) -> Slot: ...
    @property
    def role(self) -> Role: ...


def may_act(
    directory: Directory,
    actor: Actor,
    by: Sequence[ByLike],
    slots: Mapping[str, str],
    on: date,
) -> Permission:
    """Whether *actor* is one of those named by *by*, where *slots* says which organ plays which part.

    The roles are looked up again in *directory* for the day *on*, so that a role lost since signing in counts
    no more. An act of the petitioner is done by the staff who take it down; an administrator's act is bound to no part.
    """
    if actor.is_system:
        return Permission(allowed=True, reason=Text("系统执行", "done by the engine"))
    if not _organ_stands(directory, actor.organ, on):
        return _refused(Text("该机关、单位已不存在", "this organ no longer exists"))
    wanted = frozenset(_wanted(by, slots, actor.organ))
    if not wanted:
        return _refused(_elsewhere(directory, by, slots))
    for role, lender in _held(directory, actor, on):
        if role in wanted:
            return Permission(
                allowed=True,
                reason=Text("{role}", "{role}").filled(role=ROLE_NAMES[role]),
                role=role,
                stands_in_for=lender,
            )
    return _refused(
        Text(
            "此事由{roles}办理,您没有该岗位", "this is for the {roles}; you do not hold that role"
        ).filled(roles=_names(wanted))
    )


def _organ_stands(directory: Directory, id: str, on: date) -> bool:
    return directory.exists(id) and directory.organ(id).valid_on(on)


def _wanted(by: Iterable[ByLike], slots: Mapping[str, str], organ: str) -> Iterator[Role]:
    for one in by:
        if one.role is Role.ADMINISTRATOR:
            yield one.role
        elif one.slot is Slot.PETITIONER:
            if organ in {slots.get(slot) for slot in STAFF_OF_THE_PETITIONER}:
                yield from (Role.CLERK, Role.REVIEWER)
        elif slots.get(one.slot) == organ:
            yield one.role


def _held(directory: Directory, actor: Actor, on: date) -> Iterator[tuple[Role, str | None]]:
    own = directory.roles_of(actor.person, actor.organ, on)
    lent: list[tuple[Role, str | None]] = [
        (role, row.absent)
        for row in directory.substitutions_of(actor.person, actor.organ, on)
        if actor.stands_in_for in {None, row.absent}
        for role in sorted(directory.roles_through(row, on))
    ]
    mine: list[tuple[Role, str | None]] = [(role, None) for role in sorted(own)]
    yield from (lent + mine if actor.stands_in_for else mine + lent)


def _elsewhere(directory: Directory, by: Sequence[ByLike], slots: Mapping[str, str]) -> Text:
    names = [
        directory.organ(id).name
        for one in by
        if (id := slots.get(one.slot)) is not None and directory.exists(id)
    ]
    if not names:
        return Text("此事现在不由您所在的机关、单位办理", "this is not for your organ to do now")
    return Text("此事由{organs}办理", "this is for {organs} to do").filled(
        organs=_joined(tuple(dict.fromkeys(names)))
    )


def _names(roles: Iterable[Role]) -> Text:
    return _joined(tuple(ROLE_NAMES[role] for role in sorted(roles)))


def _joined(words: Sequence[Text]) -> Text:
    return Text("、".join(word.zh for word in words), ", ".join(word.en for word in words))


def _refused(reason: Text) -> Permission:
    return Permission(allowed=False, reason=reason)
