"""Versions of the procedure: kept once, never changed, and every decision about them an entry of the house's own chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update

from engine.clock import legal_date
from engine.petition.parties import Actor
from engine.petition.versions import StepKind, VersionState, VersionStep
from engine.store import upserts
from engine.store.household import Deed, Household
from engine.store.loading import Loading
from engine.store.tables import (
    house,
    petition,
    procedure,
    procedure_author,
    procedure_file,
    procedure_step,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRow:
    """A version of the procedure as it stands on a day.

    ``running`` counts the open files that follow it, leaving out those that are sealed. ``next_day`` is the day from
    which it will be in force, ``last_day`` that from which it last was or is.
    """

    digest: str
    title: str
    base: str | None
    kept_at: datetime
    kept_by: str
    state: VersionState
    running: int
    last_day: date | None
    next_day: date | None

    @property
    def in_force(self) -> bool:
        """Whether a petition that opens on that day takes it."""
        return self.state is VersionState.IN_FORCE


class ProcedureReading(Loading):
    """What can be read of versions."""

    def procedures(self, on: date) -> tuple[ProcedureRow, ...]:
        """The versions of the drawings as they stand on the day *on*, newest first."""
        plan = self.plan()
        return tuple(
            ProcedureRow(
                digest=row.digest,
                title=row.title,
                base=row.base,
                kept_at=row.deployed_at,
                kept_by=row.deployed_by,
                state=plan.state(row.digest, on) or VersionState.RETURNED,
                running=row.running,
                last_day=plan.last_day(row.digest, on),
                next_day=plan.next_day(row.digest, on),
            )
            for row in self._connection.execute(_PROCEDURES)
        )

    def authors(self, digest: str) -> frozenset[str]:
        """Who had a hand in the version *digest*."""
        query = select(procedure_author.c.person).where(procedure_author.c.procedure == digest)
        return frozenset(self._connection.execute(query).scalars())


class Procedures(Household, ProcedureReading):
    """What designers decide. Who may decide what is the library's rule."""

    def keep_procedure(
        self,
        files: Mapping[str, bytes],
        *,
        digest: str,
        actor: Actor,
        now: datetime,
        title: str = "",
        base: str | None = None,
        authors: Collection[str] = (),
    ) -> None:
        """Keep *files* for good, unless they are kept already; *authors* had a hand in them."""
        known = select(procedure.c.digest).where(procedure.c.digest == digest)
        if self._connection.scalar(known) is None:
            self._connection.execute(
                insert(procedure),
                {
                    "digest": digest, "deployed_at": now, "deployed_by": actor.person, "title": title, "base": base,
                },
            )  # fmt: skip
            self._connection.execute(
                insert(procedure_file),
                [
                    {"procedure": digest, "path": path, "content": files[path]}
                    for path in sorted(files)
                ],
            )
        if authors:
            self._connection.execute(
                upserts.or_nothing(procedure_author, self._connection.dialect.name),
                [{"procedure": digest, "person": person} for person in sorted(authors)],
            )

    def decide(
        self,
        digest: str,
        kind: StepKind,
        *,
        actor: Actor,
        now: datetime,
        reason: str = "",
        from_day: date | None = None,
        about: Mapping[str, object] | None = None,
    ) -> VersionStep:
        """Record a decision about the version *digest*, with what is to be known *about* it."""
        inputs: dict[str, object] = {"procedure": digest, **(about or {})}
        if reason:
            inputs["reason"] = reason
        if from_day is not None:
            inputs["from"] = from_day.isoformat()
        written = self.record_change(
            Deed(act=f"{kind}_procedure", inputs=inputs), actor=actor, now=now
        )
        step = VersionStep(
            entry=written.seq,
            version=digest,
            kind=kind,
            person=actor.person,
            at=now,
            reason=reason,
            from_day=from_day,
        )
        self._connection.execute(
            insert(procedure_step),
            {
                "entry": step.entry, "procedure": digest, "kind": kind.value, "person": step.person, "at": now,
                "reason": reason, "from_day": from_day,
            },
        )  # fmt: skip
        self._connection.execute(update(house).values(plan_version=step.entry))
        self._set_versions(plan=step.entry)
        self._plan_changed = True
        return step

    def ship(self, files: Mapping[str, bytes], *, digest: str, now: datetime, actor: Actor) -> None:
        """Keep *files*, which come with the program; approved, but not in force."""
        self.keep_procedure(files, digest=digest, actor=actor, now=now)
        self.decide(digest, StepKind.SHIP, actor=actor, now=now, about={"files": sorted(files)})

    def deploy(
        self, files: Mapping[str, bytes], *, digest: str, now: datetime, actor: Actor
    ) -> None:
        """Put *files*, which come with the program, in force at once; petitions under way keep their version."""
        if self.plan().state(digest, legal_date(now)) is None:
            self.ship(files, digest=digest, now=now, actor=actor)
        self.decide(digest, StepKind.ENACT, actor=actor, now=now, from_day=legal_date(now))


_PROCEDURES = select(
    procedure,
    select(func.count())
    .select_from(petition)
    .where(
        petition.c.procedure == procedure.c.digest,
        petition.c.closed_at.is_(None),
        ~petition.c.sealed,
    )
    .scalar_subquery()
    .label("running"),
).order_by(procedure.c.deployed_at.desc(), procedure.c.digest)
