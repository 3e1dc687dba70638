"""Carrying a file over to another version of the drawings: one transaction, one entry on its own chain, no clock touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from engine.acts.act import Outcome as ActOutcome
from engine.clock import legal_date
from engine.errors import NotCarried, NotOffered
from engine.office import writing
from engine.office.counter import Office
from engine.office.crossing import Outcome, Plan, plan
from engine.office.firing import catch_up
from engine.office.moving import carry, pairs_of
from engine.office.opened import OpenedFile
from engine.office.opening import Numbers
from engine.office.ports import Desk, Paper, Procedure, Store
from engine.office.recording import Deed
from engine.petition.entries import EntryKind
from engine.petition.file import File
from engine.petition.parties import Actor
from engine.text import Text

MIGRATE: Final = "migrate"
"""What an entry says that records it."""
MIGRATED: Final = Text("流程版本迁移", "Carried over to another version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """From which version to which (digests), and which elements have another id there."""

    before: str
    after: str
    renamed: Mapping[str, str] = field(default_factory=dict)

    def back(self) -> Route:
        """The way back."""
        return Route(
            before=self.after,
            after=self.before,
            renamed={new: old for old, new in self.renamed.items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who carries a file over, by which batch, and who had proposed it. ``key`` makes a repetition harmless."""

    route: Route
    actor: Actor
    key: str
    batch: str
    proposed_by: str


class NoPlace(NotCarried):
    """The new version has no place for the file; ``plan`` says why."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.hindrances)
        self.plan = plan


class Migrating:
    """Plans files for another version, and carries them over."""

    def __init__(self, office: Office, store: Store) -> None:
        self._office = office
        self._store = store

    def plan(self, desk: Desk, petition: str, route: Route) -> Plan:
        """What would become of *petition*. Nothing is written.

        Raises NotOffered where it does not run on the version from which *route* leads, NotFound, BadInput.
        """
        now = self._office.clock.now()
        opened = self._opened(desk, desk.load(petition), route, now)
        catch_up(opened, now, _unnumbered)
        target = self._office.procedure(desk, route.after)
        return plan(opened, target, route.renamed, now)

    def carry_over(self, paper: Paper, petition: str, order: Order) -> Plan | None:
        """Carry *petition* over as *order* says; the plan by which that was done, None where it had been done before.

        The clocks that have passed fire first. It is planned as it stands now, whatever it was like at a dry run. Raises
        NotOffered where it does not run on that version, NoPlace where the new one has none for it, NotFound.
        """
        now = self._office.clock.now()
        receipt, file = paper.load_for(petition, order.key)
        if receipt is not None:
            return None
        opened = self._opened(paper, file, order.route, now)
        number = Numbers(paper, opened.rules, sealed=file.sealed, year=legal_date(now).year)
        catch_up(opened, now, number)
        if opened.progress.finished:
            raise NotOffered(_ENDED)
        target = self._office.procedure(paper, order.route.after)
        planned = plan(opened, target, order.route.renamed, now)
        if planned.outcome is Outcome.REFUSED:
            raise NoPlace(planned)
        _recorded(opened, target, order, planned, now, number)
        writing.write(paper, opened, now)
        return planned

    def _opened(self, desk: Desk, file: File, route: Route, now: datetime) -> OpenedFile:
        if file.closed_at is not None:
            raise NotOffered(_ENDED)
        if file.procedure != route.before:
            raise NotOffered(_ELSEWHERE.filled(version=file.procedure[:12]))
        return self._office.opened(desk, file, now)


def _recorded(
    opened: OpenedFile,
    target: Procedure,
    order: Order,
    planned: Plan,
    now: datetime,
    number: Numbers,
) -> None:
    route = order.route
    opened.file = replace(opened.file, procedure=target.digest)
    opened.procedure = target
    deed = Deed(
        kind=EntryKind.OFFICE,
        act=MIGRATE,
        actor=order.actor,
        effective_at=now,
        now=now,
        outcome=ActOutcome(),
        inputs={
            "from": route.before,
            "to": route.after,
            "renamed": pairs_of(route.renamed),
            "plan": planned.digest,
            "batch": order.batch,
            "proposed_by": order.proposed_by,
        },
        key=order.key,
    )
    opened.record(
        deed, number=number, advance=lambda facts: opened.move(carry(route.renamed), facts, now)
    )


def _unnumbered(organ: str, kind: str) -> str:
    """No number is drawn by looking."""
    return ""


_ENDED = Text("该事项已经办结", "the petition has come to its end")
_ELSEWHERE = Text(
    "该事项现在运行在另一版本上({version})", "the petition runs on another version ({version})"
)

__all__ = ["MIGRATE", "MIGRATED", "Migrating", "NoPlace", "Order", "Route"]
