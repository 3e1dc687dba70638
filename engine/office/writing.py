"""Writing an opened file back: everything that a command changed, in the command's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine.office.erasing import errands, must_be_over, newly_erased
from engine.office.opened import OpenedFile
from engine.office.permission import slots_of
from engine.office.ports import Paper, Step
from engine.petition.documents import ServiceState
from engine.petition.file import File, OutboxItem, WorkItem


def write(paper: Paper, opened: OpenedFile, now: datetime, *, fresh: bool = False) -> File:
    """Store the opened file and all that was made on it. Raises Stale if somebody else was faster."""
    file = _closing(opened, now)
    file = replace(
        file,
        progress=opened.progress.dump(),
        version=opened.before.version + 1,
        next_due_at=_next_due(opened) if file.closed_at is None else file.ledger.next_due(),
    )
    opened.file = file
    if fresh:
        paper.create(file)
    else:
        paper.save(file, before=opened.before)
    for written in opened.written:
        paper.append(written.entry, written.sealed, file=file)
    _settle_work(paper, opened)
    opened.outbox.extend(_seals(paper, opened))
    if opened.documents:
        paper.issue(opened.documents)
    _note_service(paper, opened)
    for document, state in opened.served.items():
        paper.set_service(document, state)
    erased = newly_erased(opened.before, file)
    if erased:
        must_be_over(paper, file, by=opened.written[-1].entry.person)
        opened.outbox.extend(errands(paper, file))
    if opened.outbox:
        paper.enqueue([replace(item, enqueued_at=now) for item in opened.outbox])
    if erased:
        paper.erase(file, now)
    return file


def _seals(paper: Paper, opened: OpenedFile) -> list[OutboxItem]:
    """Where a matter is sealed, or shut to more people than before: the errand to every file beside it."""
    before, after = opened.before, opened.file
    if not after.sealed or (before.sealed, before.excluded) == (after.sealed, after.excluded):
        return []
    answers = {"excluded": "\n".join(sorted(after.excluded))}
    return [
        OutboxItem(
            key=f"seal:{beside}:{after.seq}",
            petition=after.id,
            kind="command",
            body={"act": "seal", "petition": beside, "answers": answers},
        )
        for beside in paper.beside(after.id)
    ]


def _note_service(paper: Paper, opened: OpenedFile) -> None:
    """Write how far the service of an earlier document has come: the one that is, or until just now was, being served."""
    before, after = opened.before.facts, opened.file.facts
    document = after.get("serving_document") or before.get("serving_document")
    state = after.get("service")
    if state == before.get("service") or not (document and state):
        return
    if document not in {one.id for one in opened.documents}:
        paper.set_service(str(document), ServiceState(str(state)))


def _closing(opened: OpenedFile, now: datetime) -> File:
    file = opened.file
    if not opened.progress.finished:
        return replace(file, closed_at=None)
    if file.closed_at is not None:
        return file
    return replace(file, closed_at=now, stage="closed")


def _next_due(opened: OpenedFile) -> datetime | None:
    instants = (opened.file.ledger.next_due(), opened.progress.next_internal())
    return min((instant for instant in instants if instant is not None), default=None)


def _settle_work(paper: Paper, opened: OpenedFile) -> None:
    before = {step.id: step for step in opened.steps_before}
    after = {step.id: step for step in opened.progress.open_steps()}
    organs_before, organs_after = slots_of(opened.before), slots_of(opened.file)
    gone = [step_id for step_id in before if step_id not in after]
    fresh = [work_item(opened.file, step) for id, step in after.items() if id not in before]
    redrawn = _redrawn(paper, opened, before, after)
    moved = [
        work_item(opened.file, step)
        for id, step in after.items()
        if id in before and organs_before.get(step.slot) != organs_after.get(step.slot)
    ]
    if gone or fresh or moved or redrawn:
        # A step that is told anew takes its own row, so both lists begin with the same.
        close = [*(item.step for item in redrawn), *gone]
        paper.settle_work(opened.file.id, close=close, open=[*redrawn, *fresh], move=moved)


def _redrawn(
    paper: Paper, opened: OpenedFile, before: Mapping[int, Step], after: Mapping[int, Step]
) -> list[WorkItem]:
    """The steps that another version of the drawings tells otherwise. Whoever had taken one keeps it, unless it is now
    for another part or role."""
    if opened.file.procedure == opened.before.procedure:
        return []
    taken = {item.step: item.assignee for item in paper.work(opened.file.id)}
    kept = [id for id in before if id in after and before[id] != after[id]]
    return [
        replace(
            work_item(opened.file, after[id]),
            assignee=taken.get(id) if _same_part(before[id], after[id]) else None,
        )
        for id in kept
    ]


def _same_part(one: Step, other: Step) -> bool:
    return (one.slot, one.role) == (other.slot, other.role)


def reassign(paper: Paper, opened: OpenedFile, step: Step, person: str | None) -> None:
    """Let *person* work on the open *step*; None: whoever claims it."""
    item = replace(work_item(opened.file, step), assignee=person)
    paper.settle_work(opened.file.id, close=(), open=(), move=(item,))


def work_item(file: File, step: Step) -> WorkItem:
    """The open step as lists show it."""
    return WorkItem(
        petition=file.id,
        step=step.id,
        element=step.element,
        name=step.name,
        act=step.act,
        form=step.form,
        role=step.role,
        slot=step.slot,
        organ=slots_of(file).get(step.slot),
        stage=step.stage,
        opened_at=step.opened_at,
    )
