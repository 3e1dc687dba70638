"""Who may do what at the counter: organ, role, recusal and sealed matters. Default deny."""

from __future__ import annotations

from datetime import date

from engine.acts.act import Act, ActKind, By
from engine.errors import NotFound, NotPermitted
from engine.office.ports import Step
from engine.people.access import may_see, sight_of
from engine.people.directory import Directory
from engine.people.roles import may_act
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
    """Raise NotPermitted if *actor* is recused from this matter (Art. 28(3))."""
    recused = str(file.facts.get("recused") or "").split(",")
    if actor.person in recused:
        raise NotPermitted(
            Text(
                "您已回避本事项,请由其他人员办理",
                "you are recused from this matter; a colleague must act",
            ),
            article="28",
        )


def must_do(
    organs: Directory, actor: Actor, act: Act, file: File, step: Step | None, on: date
) -> None:
    """Raise NotPermitted unless *actor* may do *act*, at *step* where it completes one.

    Both must allow it: the statute (``act.by``) and, for a step, the part and role that the drawing gives it. The steps
    of the petitioner are done by staff on the petitioner's behalf, so there the statute alone decides.
    """
    if actor.is_system:
        return
    if act.kind is ActKind.START:
        if Role.CLERK in actor.roles or Role.SUPERVISOR in actor.roles:
            return
        raise _refusal(act, Text("登记由经办人员办理", "registration is done by a clerk"))
    if act.by:
        permission = may_act(organs, actor, act.by, slots_of(file), on)
        if not permission.allowed:
            raise _refusal(act, permission.reason)
    if step is not None and step.slot != Slot.PETITIONER:
        must_hold_step(organs, actor, file, step, on)


def must_hold_step(organs: Directory, actor: Actor, file: File, step: Step, on: date) -> None:
    """Raise NotPermitted unless *actor* holds the part and role for which the drawing opened *step*."""
    if actor.is_system:
        return
    owner = By(Slot(step.slot), Role(step.role))
    if not may_act(organs, actor, _stand_ins(owner), slots_of(file), on).allowed:
        raise NotPermitted(
            Text(
                "「{step}」由其他机关或职责的人员办理",
                "“{step}” is for another organ or role",
            ).filled(step=step.name)
        )


def slots_of(file: File) -> dict[str, str]:
    """Which organ plays which part in the petition."""
    return {
        slot.value: str(file.facts[slot.value])
        for slot in Slot
        if file.facts.get(slot.value) is not None
    }


def _stand_ins(owner: By) -> tuple[By, ...]:
    """A clerk's step at a reviewing organ may also be done by its reviewer, and a clerk's by the organ's head."""
    if owner.role is Role.CLERK:
        return (owner, By(owner.slot, Role.HEAD), By(owner.slot, Role.REVIEWER))
    return (owner,)


def _refusal(act: Act, why: Text) -> NotPermitted:
    return NotPermitted(
        Text("不能办理「{act}」:{why}", "“{act}” refused: {why}").filled(act=act.title, why=why),
        article=act.article,
    )
