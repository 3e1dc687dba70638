"""The document as a whole: its scopes one after another, from the outermost in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from engine.procedure.carrying.correspondence import Correspondence, Obstacle
from engine.procedure.carrying.crossing import Crossing
from engine.procedure.carrying.passage import Passage
from engine.procedure.drawing import Node
from engine.procedure.ledger import Ledger
from engine.procedure.spiff.codec import Document
from engine.procedure.spiff.reckoning import ticks
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """A document on its way: what keeps it from being used, and which events begin or cease to listen."""

    document: Document
    obstacles: tuple[Obstacle, ...]
    begun: tuple[Node, ...]
    ended: tuple[Node, ...]
    postponed: frozenset[tuple[int, str]]
    """Token and element of each internal limit that would have been up already."""


def carry(
    document: Document, answers: Correspondence, *, version: str, ledger: Ledger, now: datetime
) -> Crossed:
    """*document* written for the new drawings of *answers*, which have the digest *version*, at the instant *now*."""
    crossing = Crossing(answers, ledger, now, document.number)
    if answers.id(document.process) != document.process:
        crossing.stop(document.process, document.process, _NO_PROCESS)
    scopes = [
        (there.id, owner, list(Passage(crossing, answers.old.scopes[name], there).carried(rows)))
        for name, owner, rows in document.scopes
        if (there := answers.scope(name)) is not None
    ]
    return Crossed(
        document=replace(
            document,
            version=version,
            number=crossing.number,
            instant=ticks(now),
            ended_at=answers.id(document.ended_at or ""),
            scopes=scopes,
        ),
        obstacles=tuple(dict.fromkeys(crossing.obstacles)),
        begun=tuple(crossing.begun),
        ended=tuple(crossing.ended),
        postponed=frozenset(crossing.postponed),
    )


_NO_PROCESS = Text("新版中没有这一流程", "the new drawings have no such process")
