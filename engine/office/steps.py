"""Which open step of the drawing a command is about."""

from __future__ import annotations

from engine.acts.act import Act, ActKind
from engine.errors import NotOffered
from engine.office.opened import OpenedFile
from engine.office.ports import Step
from engine.petition.commands import FREE_STEP_ACT, Command
from engine.text import Text


def step_of(opened: OpenedFile, command: Command, act: Act | None) -> Step | None:
    """The open step that *command* completes, or (an office act) is about; None for a standing act that completes none.

    *act* is None for a free step. A step act whose step is not named is taken to be about the only one that asks for it.
    Raises NotOffered.
    """
    if act is None and command.act != FREE_STEP_ACT:
        raise NotOffered(
            Text("没有「{act}」这一行为", "there is no act “{act}”").filled(act=command.act)
        )
    steps = opened.progress.open_steps()
    if command.step is not None:
        found = [step for step in steps if step.id == command.step and _asks_for(step, act)]
    elif act is not None and act.kind in {ActKind.STEP, ActKind.STANDING}:
        found = [step for step in steps if step.act == act.id]
    else:
        found = []
    if act is not None and act.kind is ActKind.STANDING and command.step is None:
        return found[0] if found else None
    if len(found) != 1:
        raise NotOffered(
            Text(
                "现在没有可以办理「{act}」的环节;请刷新后再看",
                "no step for “{act}” is open now; look at the file again",
            ).filled(act=act.title if act else command.act),
            article=act.article if act else None,
        )
    return found[0]


def _asks_for(step: Step, act: Act | None) -> bool:
    """Whether *step* is one that *act* completes; an office act is about any."""
    if act is None:
        return step.form is not None
    return act.kind is ActKind.OFFICE or step.act == act.id
