"""A simulated office: the real counter, the real clock tower, the drawing, the acts and the ledger, on a cabinet in memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from engine.acts.act import Act
from engine.acts.catalogue import ACTS
from engine.clock import ManualClock, legal_date
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.simulation.answering import answers_to, doers
from engine.drafting.simulation.assumptions import REGISTER, Way
from engine.drafting.simulation.cabinet import Cabinet
from engine.drafting.simulation.teams import Work
from engine.errors import NotPermitted, PetitionError, Refused
from engine.office import Office, permission, ports
from engine.office.answers import free_step_act
from engine.petition.commands import FREE_STEP_ACT, Command
from engine.petition.entries import Entry
from engine.petition.file import File, WorkItem
from engine.petition.parties import OrganKind, Slot
from engine.procedure import Procedure, Source
from engine.statute.calendar import Calendar
from engine.text import Text
from engine.worker import ClockTower


@dataclass(slots=True, kw_only=True)
class SimulatedOffice:
    """One office that works by one version, from the instant of ``clock`` on."""

    office: Office
    tower: ClockTower
    cabinet: Cabinet
    clock: ManualClock
    procedure: Procedure
    offices: PrivateOffices

    @classmethod
    def open(
        cls,
        offices: PrivateOffices,
        source: Source,
        at: datetime,
        calendar: Calendar,
        *,
        seen: Callable[[Entry], None],
    ) -> SimulatedOffice:
        """An office with the made-up staff of *offices*; every entry is shown to *seen*. Raises DrawingRefused."""
        procedure, clock, made_up = offices.procedure(source), ManualClock(at), offices.made_up
        cabinet = Cabinet(
            organs=made_up.directory(),
            days=calendar,
            competence=made_up.competence,
            version=source.digest,
            seen=seen,
        )
        ids = itertools.count(1)

        def load_procedure(files: Mapping[str, bytes]) -> ports.Procedure:
            return cast(ports.Procedure, procedure)

        office = Office(
            store=cabinet,
            load_procedure=load_procedure,
            law=offices.law,
            clock=clock,
            new_id=lambda: f"{next(ids):024x}",
        )
        return cls(
            office=office, tower=ClockTower(office=office, store=cabinet), cabinet=cabinet,
            clock=clock, procedure=procedure, offices=offices,
        )  # fmt: skip

    @property
    def today(self) -> date:
        """The legal day."""
        return legal_date(self.clock.now())

    def desk_of(self, way: Way | None) -> str:
        """The team that registers what comes this *way*."""
        organ = self.cabinet.organs.organs_of(self._receiver(way), self.today)[0]
        slot = Slot.OFFICE if organ.kind is OrganKind.PETITION_OFFICE else Slot.ORGAN
        return f"{slot.value}.clerk"

    def team_of(self, item: WorkItem) -> str:
        """The team that does the open step *item*: whoever serves a paper is the organ that issued it."""
        slot = item.slot
        if slot == Slot.SERVER:
            facts = self.cabinet.files[item.petition].facts
            parts = (one.value for one in _ISSUERS)
            slot = next((one for one in parts if facts.get(one) == item.organ), slot)
        return f"{slot}.{item.role}"

    def register(self, work: Work, way: Way | None) -> str:
        """Register the petition of *work*, received when it arrived. Returns the id of its file. Raises Refused, BadInput."""
        act, usual = ACTS[REGISTER], self.offices.usual
        answers = answers_to(act.form, usual, way, today=self.today, act=REGISTER)
        answers["received_on"] = legal_date(work.opened).isoformat()
        login = self._receiver(way)
        organ = self.cabinet.organs.organs_of(login, self.today)[0]
        actor = self.cabinet.organs.actor_for(login, organ.id, self.today)
        command = Command(act=REGISTER, actor=actor, key=_key(work), answers=answers)
        return self.office.perform(command).petition

    def hand_in(self, work: Work, way: Way | None) -> None:
        """Do the step (or the standing act) of *work*. Raises Refused, BadInput."""
        file, act = self.cabinet.load(str(work.file)), self._act(work)
        free = work.step is not None and act.id not in ACTS
        act_id = None if free else act.id
        answers = answers_to(act.form, self.offices.usual, way, today=self.today, act=act_id)
        refused: Refused = NotPermitted(_NOBODY)
        for actor in doers(
            self.cabinet.organs, file, act, slot=work.slot, role=work.role, on=self.today
        ):
            try:
                self.office.perform(
                    Command(
                        act=FREE_STEP_ACT if free else act.id,
                        actor=actor,
                        key=f"{_key(work)}:{work.refusals}",
                        petition=work.file,
                        step=work.step,
                        answers=answers,
                    )
                )
                return
            except NotPermitted as fault:
                refused = fault
        raise refused

    def allowed(self, act_id: str, file: File) -> bool:
        """Whether the law would allow the standing act now, and somebody may do it."""
        act, now = ACTS[act_id], self.clock.now()
        for actor in doers(self.cabinet.organs, file, act, slot="", role="", on=self.today):
            try:
                may = permission.may_do(self.cabinet.organs, actor, act, file, None, self.today)
            except Refused:
                continue
            opened = self.office.opened(self.cabinet, file, now)
            return act.offered(opened.situation(may, now)) is None
        return False

    def settle(self) -> None:
        """Let what has fallen due pass, and what follows from it happen."""
        self.tower.drain()

    def _act(self, work: Work) -> Act:
        if (act := work.key.partition("@")[0]) in ACTS:
            return ACTS[act]
        opened = self.office.opened(
            self.cabinet, self.cabinet.load(str(work.file)), self.clock.now()
        )
        step = next((one for one in opened.progress.open_steps() if one.id == work.step), None)
        return free_step_act(opened.procedure, step)

    def _receiver(self, way: Way | None) -> str:
        usual = self.offices.usual
        by = (way.by if way else None) or str(usual.acts[REGISTER]["by"])
        return usual.cast.get(by, by)


_ISSUERS = (Slot.OFFICE, Slot.ORGAN, Slot.REVIEW_ORGAN, Slot.RE_REVIEW_ORGAN, Slot.DISCIPLINE_ORGAN)
_NOBODY = Text("没有可以办理的人员", "there is nobody who may do this")


def _key(work: Work) -> str:
    return f"simulation:{work.root}:{work.key}:{work.turn}"


__all__ = ["PetitionError", "SimulatedOffice"]
