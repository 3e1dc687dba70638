"""Erasing what is personal in a file: its key is destroyed, and so are those of the supervision files beside it.

What is beside a file is written about it, so it is erased with it; a supervision that is still under way needs its papers,
and the file waits for it. What a backup has brought back is erased again, whatever is under way there.
"""

from __future__ import annotations

from dataclasses import replace

from engine.errors import ActRefused
from engine.office.ports import Paper
from engine.petition.commands import Command
from engine.petition.file import File, OutboxItem
from engine.petition.parties import SYSTEM
from engine.text import Text

ERASED_TITLE = Text("(个人信息已删除)", "(personal data erased)")
ERASE = "erase"
ERASED = "erased"


def again(petition: str, entry: int) -> Command:
    """The command that erases the file *petition* again, which was erased by its entry number *entry* before."""
    key = f"{ERASE}-again:{petition}:{entry}"
    return Command(act=ERASE, actor=SYSTEM, key=key, petition=petition, answers={})


def must_be_over(paper: Paper, file: File, *, by: str) -> None:
    """Raise ActRefused while a supervision file about *file* is open, if it is a person *by* whom it is to be erased."""
    if by == SYSTEM.person:
        return
    for id in paper.beside(file.id):
        beside = paper.load(id)
        if beside.closed_at is None:
            raise ActRefused(_UNDER_SUPERVISION.filled(number=beside.number), article="40")


def as_listed(file: File) -> File:
    """*file*, without its subject where what is personal in it was erased."""
    return replace(file, title=ERASED_TITLE.zh) if file.facts.get(ERASED) else file


def newly_erased(before: File, after: File) -> bool:
    """Whether what was just done erases the file."""
    return bool(after.facts.get(ERASED)) and not before.facts.get(ERASED)


def errands(paper: Paper, file: File) -> list[OutboxItem]:
    """The errand to every supervision file beside *file*: to be erased as well."""
    return [
        OutboxItem(
            key=f"{ERASE}:{beside}:{file.seq}",
            petition=beside,
            kind="command",
            body={"act": ERASE, "petition": beside, "answers": {}},
        )
        for beside in paper.beside(file.id)
    ]


_UNDER_SUPERVISION = Text(
    "督办件 {number} 尚未办结,办结后才能删除",
    "the supervision file {number} is still open; erase when it is closed",
)
