"""Who may do what at the counter: organ, role, recusal and sealed matters. Default deny."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.acts.act import Act, By
from engine.errors import BadInput, NotFound, NotPermitted
from engine.office.ports import Step
from engine.people.access import may_see, sight_of
from engine.people.decisions import Permission
from engine.people.directory import Directory
from engine.people.roles import may_act, may_hold
from engine.petition.file import File
from engine.petition.parties import Actor, Role, Slot
from engine.text import Text

NOT_KNOWN = Text(
    "没有这一信访事项,或者您无权查阅", "there is no such petition, or none that you may see"
)


def must_see(
    organs: Directory,
    actor: Actor,
    file: File,
    on: date,
    *,
    earlier_parts: frozenset[str] = frozenset(),
) -> None:
    """Raise NotFound unless *actor* may know of *file*; the sentence is the same whether it exists or not."""
    if (
        not actor.is_system
        and not may_see(organs, actor, sight_of(file, earlier_parts), on).allowed
    ):
        raise NotFound(NOT_KNOWN)


def must_be_free(actor: Actor, file: File) -> None:
    """Raise NotPermitted if *actor*, or the colleague for whom they act, is recused from this matter (Art. 28(3))."""
    recused = str(file.facts.get("recused") or "").split(",")
    if actor.person in recused or actor.stands_in_for in recused:
        raise NotPermitted(
            Text(
                "您或者您所代理的人员已回避本事项,请由其他人员办理",
                "you, or the one for whom you act, are recused from this matter; a colleague must act",
            ),
            article="28",
        )


def may_start(organs: Directory, actor: Actor, act: Act, on: date) -> Actor:
    """The actor as whom a file is opened by *act*. Raises NotPermitted unless *actor* holds a role for it at their organ."""
    if actor.is_system:
        return actor
    roles = tuple(By(Slot.OFFICE, by.role) for by in act.by)
    permission = may_act(organs, actor, roles, {Slot.OFFICE: actor.organ}, on)
    if not permission.allowed:
        raise _refusal(act, permission.reason)
    return _acting(actor, permission)


def may_do(
    organs: Directory, actor: Actor, act: Act, file: File, step: Step | None, on: date
) -> Actor:
    """The actor as whom *act* is done: in their own right, or for the absent colleague whose role they use.

    Raises NotPermitted unless both allow it: the statute (``act.by``) and, for a step, the part and role that the drawing
    gives it. The steps of the petitioner are done by staff on the petitioner's behalf, so there the statute alone decides.
    """
    if actor.is_system:
        return actor
    if not act.by and step is None:
        raise _refusal(act, Text("此事只由系统执行", "the engine alone does this"))
    acting = actor
    if act.by:
        permission = may_act(organs, actor, act.by, slots_of(file), on)
        if not permission.allowed:
            raise _refusal(act, permission.reason)
        acting = _acting(actor, permission)
    if step is not None and not (act.by and step.slot == Slot.PETITIONER):
        acting = _holding(organs, acting, file, step, on)
    must_be_free(acting, file)
    return acting


def suits(organs: Directory, person: str, organ: str, file: File, step: Step, on: date) -> bool:
    """Whether *person*, at the organ for which *step* is open (or else *organ*), could do it."""
    slots = slots_of(file)
    actor = Actor(person=person, organ=slots.get(step.slot, organ))
    return may_act(organs, actor, _stand_ins(step), slots, on).allowed


def must_suit(organs: Directory, person: str, organ: str, file: File, step: Step, on: date) -> None:
    """Raise BadInput unless *person* :func:`suits`."""
    if not suits(organs, person, organ, file, step, on):
        raise BadInput(
            {
                "person": Text(
                    "该人员在办理此环节的机关、单位没有相应岗位,请另选",
                    "this person holds no post for this step at its organ; choose another",
                )
            }
        )


def _holding(organs: Directory, actor: Actor, file: File, step: Step, on: date) -> Actor:
    """The actor as whom *step* is held. Raises NotPermitted unless *actor* has the part and role that it is open for."""
    permission = may_act(organs, actor, _stand_ins(step), slots_of(file), on)
    if not permission.allowed:
        raise NotPermitted(
            Text(
                "「{step}」由其他机关或职责的人员办理",
                "“{step}” is for another organ or role",
            ).filled(step=step.name)
        )
    return _acting(actor, permission)


def _acting(actor: Actor, permission: Permission) -> Actor:
    """*actor*, said to stand in for the colleague whose role is used, where it is not their own."""
    if permission.stands_in_for is None:
        return actor
    return replace(actor, stands_in_for=permission.stands_in_for)


def slots_of(file: File) -> dict[str, str]:
    """Which organ plays which part in the petition."""
    return {slot.value: str(file.facts[slot.value]) for slot in Slot if file.facts.get(slot.value)}


def _stand_ins(step: Step) -> tuple[By, ...]:
    """Who may do *step*, at the organ that plays its part."""
    return tuple(By(Slot(step.slot), role) for role in may_hold(Role(step.role)))


def _refusal(act: Act, why: Text) -> NotPermitted:
    return NotPermitted(
        Text("不能办理「{act}」:{why}", "“{act}” refused: {why}").filled(act=act.title, why=why),
        article=act.article,
    )
