"""Batches of files to be carried over: proposed, planned, confirmed, carried over, taken back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Final, cast

from engine.clock import legal_date
from engine.drafting.migration.rights import must_confirm, must_propose
from engine.drafting.migration.work import Working, route_of
from engine.errors import BadInput, NotOffered, PetitionError, Refused
from engine.office import Office
from engine.office.crossing import Plan
from engine.office.migrating import Route
from engine.office.moving import pairs_of
from engine.people.directory import Directory
from engine.petition.parties import Actor
from engine.petition.versions import VersionState
from engine.procedure import Procedure
from engine.procedure.carrying import Correspondence
from engine.store.batches import running_on
from engine.store.household import Deed
from engine.store.queries.migrations import carried_by, migration_of
from engine.store.store import Desk, Paper, Store
from engine.text import Text

OPEN: Final = frozenset({
    VersionState.APPROVED, VersionState.SCHEDULED, VersionState.IN_FORCE, VersionState.SUPERSEDED,
})  # fmt: skip
"""The states of a version to which petitions may be carried over."""


class Migrations:
    """The batches of one installation. Any number of processes may work on them at the same time."""

    def __init__(self, office: Office, store: Store) -> None:
        self._office = office
        self._store = store
        self._working = Working(office, store)

    def dry_run(self, route: Route, files: Iterable[str]) -> Iterator[Plan]:
        """What would become of each of *files* (ids), in order. Nothing is kept. Raises as :meth:`propose`."""
        with self._store.reading() as desk:
            self._must_lead_somewhere(desk, route)
            on = legal_date(self._office.clock.now())
            _must_be_open(desk, route.after, on, back=False)
        return self._working.dry_run(route, files)

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
        is not known, *route* leads nowhere or an id in it is not there; Refused, where the version to which it leads is not
        approved, or retired.
        """
        id, now = secrets.token_hex(8), self._office.clock.now()
        chosen = None if only is None else frozenset(only)
        with self._store.transaction() as paper:
            must_propose(paper.directory(), actor, legal_date(now))
            self._must_lead_somewhere(paper, route)
            _must_be_open(paper, route.after, legal_date(now), back=undoes is not None)
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
            batch = migration_of(paper, id)
            _must_be_open(paper, batch.after, legal_date(now), back=batch.undoes is not None)
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
        return self._working.on(id)

    def finish(self, id: str, told: Callable[[int], object] = lambda done: None) -> None:
        """Work on the batch *id* until there is nothing left to do; *told* hears with how many files so far."""
        done = 0
        while some := self.work(id):
            done += some
            told(done)

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
        try:
            Correspondence(old.drawing, new.drawing, route.renamed, new.limits)
        except BadInput as fault:
            raise BadInput({"renamed": next(iter(fault.fields.values()))}) from fault

    def _drawings(self, desk: Desk, field: str, digest: str) -> Procedure:
        try:
            return cast(Procedure, self._office.procedure(desk, digest))
        except PetitionError as fault:
            raise BadInput({field: fault.text}) from fault


def _must_be_open(desk: Desk, version: str, on: date, *, back: bool) -> None:
    """Raise Refused where nobody may be carried to *version*: it is not approved, or retired and this is no way back."""
    state = desk.plan().state(version, on)
    if state not in OPEN and not (back and state is VersionState.RETIRED):
        raise Refused(_NOT_OPEN)


_NOT_OPEN = Text(
    "只能迁移到已经批准、没有停用的版本",
    "only a version that is approved and not retired can be carried over to",
)
_SAME = Text("两个版本相同", "both versions are the same")
_NOT_NOW = Text("这一批迁移现在不能这样处理", "this cannot be done with the migration now")
_NOTHING_TO_UNDO = Text(
    "这一批迁移还没有完成,或者没有已迁移的事项",
    "the migration is not done yet, or has carried nothing over",
)
