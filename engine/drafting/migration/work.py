"""Working on batches: planning their files, and carrying them over, each in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from engine.drafting.migration.gist import gist_of
from engine.errors import PetitionError, Refused, Stale
from engine.office import Office
from engine.office.crossing import Hindrance, Outcome, Plan
from engine.office.migrating import Migrating, NoPlace, Order, Route
from engine.petition.parties import SYSTEM, Actor
from engine.store.queries.migrations import MigrationRow, migrations, unplanned
from engine.store.store import Desk, Paper, Store
from engine.text import Text

log = logging.getLogger(__name__)

AT_ONCE: Final = 50
"""Files that are planned in one look at the database, or carried over before another batch has its turn."""


class Working:
    """Plans and carries over what waits. Any number of processes may do so at the same time."""

    def __init__(self, office: Office, store: Store) -> None:
        self._office = office
        self._store = store
        self._migrating = Migrating(office, store)

    def dry_run(self, route: Route, files: Iterable[str]) -> Iterator[Plan]:
        """What would become of each of *files* (ids), in order. Nothing is kept."""
        left = iter(files)
        while some := list(islice(left, AT_ONCE)):
            with self._store.reading() as desk:
                yield from [self._planned(desk, file, route) for file in some]

    def on(self, id: str | None) -> int:
        """Plan or carry over some files of the batch *id*, or of all; with how many there was something to do."""
        with self._store.reading() as desk:
            waiting = [
                one
                for one in migrations(desk, states=("planning", "running"))
                if id in {None, one.id}
            ]
        return sum(
            self._plan_some(one) if one.state == "planning" else self._carry_some(one)
            for one in waiting
        )

    def _plan_some(self, batch: MigrationRow) -> int:
        route = route_of(batch)
        with self._store.reading() as desk:
            files = unplanned(desk, batch.id, AT_ONCE)
            plans = [self._planned(desk, file, route) for file in files]
        with self._store.transaction() as paper:
            for file, plan in zip(files, plans, strict=True):
                _note(paper, batch.id, file, plan)
            if len(files) < AT_ONCE:
                paper.change_batch(batch.id, ["planning"], state="planned")
        return len(files)

    def _planned(self, desk: Desk, file: str, route: Route) -> Plan:
        try:
            return self._migrating.plan(desk, file, route)
        except PetitionError as refused:
            return _refusal(refused.text)
        except Exception:  # one file that cannot be read must not stop the others
            log.exception("planning failed petition=%s", file)
            return _refusal(_UNREADABLE)

    def _carry_some(self, batch: MigrationRow) -> int:
        for done in range(AT_ONCE):
            if not self._carry_one(batch):
                return done
        return AT_ONCE

    def _carry_one(self, batch: MigrationRow) -> bool:
        """Carry over the next file of *batch*, in a transaction of its own; False where none waits."""
        now = self._office.clock.now()
        taken = None
        try:
            with self._store.transaction() as paper:
                taken = paper.take_file(batch.id)
                if taken is None:
                    paper.finish_batch(batch.id)
                    return False
                self._carry(paper, batch, taken.petition, taken.plan, now)
        except Stale:
            return (
                True  # somebody else was in the way: it stays where it is, and has its turn again
            )
        except Exception as fault:  # what fails stays as it was, and the others have their turn
            if taken is None:
                raise
            log.exception("carrying over failed petition=%s", taken.petition)
            why = fault.text if isinstance(fault, PetitionError) else _FAILED
            with self._store.transaction() as paper:
                paper.note_result(batch.id, taken.petition, "failed", why=_words(why), now=now)
        return True

    def _carry(
        self, paper: Paper, batch: MigrationRow, file: str, planned: object, now: datetime
    ) -> None:
        try:
            with paper.savepoint():
                plan = self._migrating.carry_over(paper, file, _order(batch, file))
        except NoPlace as refused:
            _note(paper, batch.id, file, refused.plan)
            paper.note_result(batch.id, file, "refused", why=_words(refused.text), now=now)
            return
        except Refused as refused:
            paper.note_result(batch.id, file, "left", why=_words(refused.text), now=now)
            return
        anew = plan is not None and plan.data() != planned
        if plan is not None and anew:
            _note(paper, batch.id, file, plan)
        paper.note_result(batch.id, file, "anew" if anew else "carried", why=None, now=now)


def route_of(batch: MigrationRow) -> Route:
    """From where to where *batch* leads."""
    return Route(before=batch.before, after=batch.after, renamed=batch.renamed)


def _order(batch: MigrationRow, file: str) -> Order:
    confirmed = Actor(person=batch.confirmed_by or "", organ=batch.confirmed_organ or "")
    return Order(
        route=route_of(batch),
        actor=SYSTEM if confirmed.person == SYSTEM.person else confirmed,
        key=f"migrate:{batch.id}:{file}",
        batch=batch.id,
        proposed_by=batch.proposed_by,
    )


def _note(paper: Paper, batch: str, file: str, plan: Plan) -> None:
    paper.note_plan(batch, file, outcome=plan.outcome.value, gist=gist_of(plan), plan=plan.data())


def _refusal(why: Text) -> Plan:
    hindrance = Hindrance(element="", name="", why=why)
    return Plan(outcome=Outcome.REFUSED, hindrances=(hindrance,))


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


_UNREADABLE = Text("流程状态无法读取", "where it stands cannot be read")
_FAILED = Text("迁移时出错,事项保持原状", "this went wrong; the petition is as it was")
