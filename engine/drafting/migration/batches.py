"""Batches of files to be carried over: proposed, planned, confirmed, carried over, taken back."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final, cast

from engine.clock import legal_date
from engine.drafting.migration.gist import gist_of
from engine.drafting.migration.rights import must_confirm, must_propose
from engine.errors import BadInput, NotOffered, PetitionError, Refused
from engine.office import Office
from engine.office.crossing import Hindrance, Outcome, Plan
from engine.office.migrating import Migrating, Order, Route
from engine.office.moving import pairs_of
from engine.people.directory import Directory
from engine.petition.parties import SYSTEM, Actor
from engine.procedure import Procedure
from engine.procedure.carrying import Correspondence
from engine.store.batches import running_on
from engine.store.household import Deed
from engine.store.queries.migrations import (
    MigrationRow,
    carried_by,
    migration_of,
    migrations,
    unplanned,
)
from engine.store.store import Desk, Paper, Store
from engine.text import Text

log = logging.getLogger(__name__)

AT_ONCE: Final = 50
"""Files that are planned in one look at the database, or carried over before somebody else may have a turn."""


class Migrations:
    """The batches of one installation. Any number of processes may work on them at the same time."""

    def __init__(self, office: Office, store: Store) -> None:
        self._office = office
        self._store = store
        self._migrating = Migrating(office, store)

    def dry_run(self, route: Route, files: Iterable[str]) -> Iterator[Plan]:
        """What would become of each of *files* (ids), in order. Nothing is kept. Raises BadInput for a wrong *route*."""
        with self._store.reading() as desk:
            self._must_lead_somewhere(desk, route)
        for some in _batched(files):
            with self._store.reading() as desk:
                yield from [self._planned(desk, file, route) for file in some]

    # ---- what people decide --------------------------------------------------------------------------------------

    def propose(
        self,
        route: Route,
        *,
        actor: Actor,
        only: Iterable[str] | None = None,
        undoes: str | None = None,
    ) -> str:
        """Propose to carry over every file that runs on the version from which *route* leads, or *only* these (ids).

        Returns the id of the batch, whose files :meth:`work` will plan. Raises NotPermitted; BadInput, where a version
        is not known, *route* leads nowhere or an id in it is not there.
        """
        id, now = secrets.token_hex(8), self._office.clock.now()
        chosen = None if only is None else frozenset(only)
        with self._store.transaction() as paper:
            must_propose(paper.directory(), actor, legal_date(now))
            self._must_lead_somewhere(paper, route)
            files = [
                one for one in running_on(paper, route.before) if chosen is None or one in chosen
            ]
            row = {
                "id": id, "before": route.before, "after": route.after, "renamed": pairs_of(route.renamed), "state": "planning",
                "proposed_by": actor.person, "proposed_at": now, "undoes": undoes,
            }  # fmt: skip
            paper.open_batch(row, files)
            inputs = {
                "batch": id, "from": route.before, "to": route.after, "renamed": pairs_of(route.renamed),
                "files": "all" if chosen is None else "some", "undoes": undoes,
            }  # fmt: skip
            deed = Deed(act="propose_migration", inputs=inputs)
            paper.record_change(deed, actor=actor, now=now)
        return id

    def confirm(self, id: str, *, actor: Actor) -> None:
        """Let the planned batch *id* begin. Raises NotPermitted, NotFound; NotOffered where it is not planned."""

        def changed(paper: Paper, now: datetime) -> bool:
            return paper.change_batch(
                id, ["planned"], state="running", confirmed_by=actor.person, confirmed_organ=actor.organ, confirmed_at=now
            )  # fmt: skip

        self._decide(id, "confirm_migration", actor, must_confirm, changed)

    def withdraw(self, id: str, *, actor: Actor) -> None:
        """Let nothing come of the batch *id*. Raises NotPermitted, NotFound; NotOffered where it has begun already."""

        def may(organs: Directory, actor: Actor, proposed_by: str, on: object) -> None:
            if actor.person != proposed_by:
                must_confirm(organs, actor, proposed_by, legal_date(self._office.clock.now()))

        def changed(paper: Paper, now: datetime) -> bool:
            return paper.change_batch(id, ["planning", "planned"], state="withdrawn")

        self._decide(id, "withdraw_migration", actor, may, changed)

    def try_again(self, id: str, *, actor: Actor) -> None:
        """Let the files of the batch *id* that failed have another turn. Raises NotPermitted, NotFound, NotOffered."""

        def changed(paper: Paper, now: datetime) -> bool:
            return paper.try_again(id) > 0 and paper.change_batch(id, ["done"], state="running")

        self._decide(id, "resume_migration", actor, must_confirm, changed)

    def undo(self, id: str, *, actor: Actor) -> str:
        """Propose to carry back what the batch *id* has carried over; the id of that batch. Raises as :meth:`propose`."""
        with self._store.reading() as desk:
            batch = migration_of(desk, id)
            files = tuple(carried_by(desk, id))
        if batch.state != "done" or not files:
            raise NotOffered(_NOTHING_TO_UNDO)
        return self.propose(route_of(batch).back(), actor=actor, only=files, undoes=id)

    # ---- what is done --------------------------------------------------------------------------------------------

    def turn(self, now: datetime) -> object:
        """Work on everything that waits: what the worker calls again and again."""
        while self.work():
            pass
        return None

    def work(self, id: str | None = None) -> int:
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

    def finish(self, id: str, told: Callable[[int], object] = lambda done: None) -> None:
        """Work on the batch *id* until there is nothing left to do; *told* hears with how many files so far."""
        done = 0
        while some := self.work(id):
            done += some
            told(done)

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
        except Refused as refused:
            result = "left" if isinstance(refused, NotOffered) else "refused"
            paper.note_result(batch.id, file, result, why=_words(refused.text), now=now)
            return
        anew = plan is not None and plan.data() != planned
        if plan is not None and anew:
            _note(paper, batch.id, file, plan)
        paper.note_result(batch.id, file, "anew" if anew else "carried", why=None, now=now)

    def _decide(
        self,
        id: str,
        act: str,
        actor: Actor,
        may: Callable[..., None],
        changed: Callable[[Paper, datetime], bool],
    ) -> None:
        now = self._office.clock.now()
        with self._store.transaction() as paper:
            batch = migration_of(paper, id)
            may(paper.directory(), actor, batch.proposed_by, legal_date(now))
            if not changed(paper, now):
                raise NotOffered(_NOT_NOW)
            paper.record_change(Deed(act=act, inputs={"batch": id}), actor=actor, now=now)

    def _must_lead_somewhere(self, desk: Desk, route: Route) -> None:
        if route.before == route.after:
            raise BadInput({"after": _SAME})
        old = self._drawings(desk, "before", route.before)
        new = self._drawings(desk, "after", route.after)
        Correspondence(old.drawing, new.drawing, route.renamed, new.limits)

    def _drawings(self, desk: Desk, field: str, digest: str) -> Procedure:
        try:
            return cast(Procedure, self._office.procedure(desk, digest))
        except PetitionError as fault:
            raise BadInput({field: fault.text}) from fault


def route_of(batch: MigrationRow) -> Route:
    """From where to where *batch* leads."""
    return Route(before=batch.before, after=batch.after, renamed=batch.renamed)


def _batched(files: Iterable[str]) -> Iterator[list[str]]:
    left = iter(files)
    while some := list(islice(left, AT_ONCE)):
        yield some


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


_SAME = Text("两个版本相同", "both versions are the same")
_NOT_NOW = Text("这一批迁移现在不能这样处理", "this cannot be done with the migration now")
_NOTHING_TO_UNDO = Text(
    "这一批迁移还没有完成,或者没有已迁移的事项",
    "the migration is not done yet, or has carried nothing over",
)
_UNREADABLE = Text("流程状态无法读取", "where it stands cannot be read")
_FAILED = Text("迁移时出错,事项保持原状", "this went wrong; the petition is as it was")
