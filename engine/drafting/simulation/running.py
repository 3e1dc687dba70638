"""A run: petitions arrive, wait for somebody, are worked on and handed in, while the clocks of the law run.

A simulation of discrete events. Nothing here decides what is open next (the drawing does), what is allowed (the acts do) or
what is owed until when (the ledger does); a run only says when somebody has time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from engine.acts.catalogue import ACTS
from engine.clock import legal_date
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.simulation.agenda import Agenda, evening
from engine.drafting.simulation.answering import ways_of, with_free_steps
from engine.drafting.simulation.assumptions import ARRIVAL, FREE, REGISTER, Way
from engine.drafting.simulation.chance import Chance
from engine.drafting.simulation.notes import Notes
from engine.drafting.simulation.observing import Observer
from engine.drafting.simulation.office import SimulatedOffice
from engine.drafting.simulation.task import Task, counted
from engine.drafting.simulation.teams import Team, Where, Work
from engine.drafting.simulation.working_time import WorkingTime
from engine.errors import BadInput, Refused
from engine.petition.entries import Entry
from engine.petition.file import File, FileKind, WorkItem
from engine.petition.parties import Slot

MOST_REFUSALS: Final = 10
_DAY: Final = timedelta(days=1)
Told = Callable[[int, int], None]


def run(offices: PrivateOffices, task: Task, told: Told = lambda done, all: None) -> Notes:
    """Run *task*; *told* hears how far it is. The same task gives the same notes. Raises DrawingRefused."""
    return Run(offices, task, told).to_the_end()


@dataclass(slots=True)
class _Petition:
    arrived: datetime
    file: str | None = None
    turns: Counter[str] = field(default_factory=Counter)
    standing: dict[str, Work | None] = field(default_factory=dict)
    over: bool = False


class Run:
    """One run under way."""

    def __init__(self, offices: PrivateOffices, task: Task, told: Told) -> None:
        self._task, self._told = task, told
        self._office = SimulatedOffice.open(
            offices, task.source, task.start, task.calendar, seen=self._seen
        )
        self._assumed = with_free_steps(task.assumptions, self._office.procedure)
        self._time = WorkingTime(
            task.calendar, legal_date(task.start), opens=self._assumed.opens, hours=self._assumed.hours
        )  # fmt: skip
        self._chance = Chance(task.seed)
        self._counted = counted(task.petitions)
        self._all = self._counted.stop + self._counted.start
        self._agenda = Agenda()
        self._petitions: list[_Petition] = []
        self._roots: dict[str, int] = {}
        self._open: dict[tuple[str, int], Work] = {}
        self._held: dict[str, list[Work]] = defaultdict(list)
        self._teams: dict[str, Team] = {}
        self._left = task.petitions
        self._observer = Observer(task.petitions, self._counted, self._time)
        self._starts = next(
            one.id for one in self._office.procedure.elements() if one.act == REGISTER
        )

    def to_the_end(self) -> Notes:
        """Run until every petition that counts has come to its end, or has been followed long enough."""
        self._expect_arrival(0.0)
        self._agenda.put(evening(self._office.clock.now()), self._end_of_day)
        end: datetime | None = None
        while self._left and (at := self._agenda.next) is not None:
            due, happens = self._office.cabinet.next_due(), self._office.settle
            if due is not None and due <= at:
                at = max(due, self._office.clock.now())
            else:
                at, happens = self._agenda.take()
            if end is not None and at > end:
                break
            self._office.clock.turn_to(at)
            happens()
            self._office.settle()
            self._take_up()
            if len(self._petitions) == self._all and end is None:
                end = at + self._assumed.followed * _DAY
        return self._closed()

    # ---- arrivals ------------------------------------------------------------------------------------------------

    def _expect_arrival(self, after: float) -> None:
        root = len(self._petitions)
        mean = self._time.day / self._assumed.arrivals
        minutes = after + self._chance.gap(mean, root, "arrival")
        self._agenda.put(self._time.instant(minutes), partial(self._arrive, minutes))

    def _arrive(self, minutes: float) -> None:
        root, now = len(self._petitions), self._office.clock.now()
        one = _Petition(arrived=now)
        self._petitions.append(one)
        self._observer.arrived(root, now)
        self._tell()
        for act, standing in self._assumed.standing.items():
            if self._chance.share(root, act, "standing") < standing.share:
                one.standing[act] = None
        work = Work(
            root=root, key=REGISTER, turn=0, element=self._starts, opened=now,
            team=self._office.desk_of(self._way(root, REGISTER, 0)),
        )  # fmt: skip
        self._wait_outside(work)
        if len(self._petitions) < self._all:
            self._expect_arrival(minutes)

    # ---- one piece of work ---------------------------------------------------------------------------------------

    def _wait_outside(self, work: Work) -> None:
        pace, name = self._assumed.pace(work.key), (work.root, work.key, work.turn)
        if self._chance.share(*name, "done") > pace.done:
            return
        if work.step is None and work.key != REGISTER:
            days = self._chance.time(self._assumed.standing[work.key].after, *name, "wait")
        else:
            days = self._chance.time(pace.wait, *name, "wait")
        if days > 0:
            self._agenda.put(work.opened + days * _DAY, partial(self._ready, work))
        else:
            self._ready(work)

    def _ready(self, work: Work) -> None:
        if work.where is not Where.OUTSIDE:
            return
        work.ready = self._office.clock.now()
        if work.slot == Slot.PETITIONER:
            work.begun, work.where = work.ready, Where.WORKED_ON
            self._hand_in(work)
            return
        team = self._team(work.team)
        team.put(work, self._urgency(work))
        self._let_work(team)

    def _urgency(self, work: Work) -> datetime:
        if self._assumed.order == ARRIVAL:
            return work.ready or work.opened
        file = self._office.cabinet.files.get(work.file or "")
        due = file.ledger.earliest_duty() if file else None
        overdue = file is not None and any(row.passed_by and row.open for row in file.ledger)
        if overdue or due is None:
            return work.opened if overdue else work.opened + self._assumed.patience * _DAY
        return due

    def _let_work(self, team: Team) -> None:
        for work in team.take():
            work.begun = self._office.clock.now()
            spread = self._assumed.pace(work.key).work
            minutes = self._chance.time(spread, work.root, work.key, work.turn, "work")
            self._agenda.put(self._time.later(work.begun, minutes), partial(self._finish, work))

    def _finish(self, work: Work) -> None:
        if work.where is not Where.WORKED_ON:
            return
        team = self._team(work.team)
        team.hand_in(work)
        self._observer.worked(work, self._office.clock.now())
        self._hand_in(work)
        self._let_work(team)

    def _hand_in(self, work: Work) -> None:
        way = self._way(work.root, work.key, work.turn)
        for chosen in (way, None) if way is not None else (None,):
            try:
                self._done(work, chosen)
                return
            except (Refused, BadInput) as refusal:
                self._observer.refused(work, refusal.text.zh)
                work.refusals += 1
        self._hold(work)

    def _done(self, work: Work, way: Way | None) -> None:
        if work.key == REGISTER and work.file is None:
            file = self._office.register(work, way)
            self._petitions[work.root].file = file
            self._roots[file] = work.root
        else:
            self._office.hand_in(work, way)
        work.where = Where.OVER
        self._observer.visited(work, self._office.clock.now(), done=True)

    def _hold(self, work: Work) -> None:
        """What was refused is tried again when something has happened on the file, and on later mornings."""
        if work.step is None:
            work.where = Where.OVER
            return
        first = work.where is not Where.HELD
        work.where = Where.HELD
        if first:
            self._held[str(work.file)].append(work)
        if work.refusals < MOST_REFUSALS:
            later = self._office.clock.now() + (1 << work.refusals // 2) * _DAY
            self._agenda.put(self._time.opening(later), partial(self._try_again, work))
        elif work.refusals == MOST_REFUSALS:
            self._observer.stuck.add(work.root)

    def _try_again(self, work: Work) -> None:
        if work.where is Where.HELD:
            self._hand_in(work)

    # ---- what follows --------------------------------------------------------------------------------------------

    def _take_up(self) -> None:
        """Take up the steps that have begun, call off those that have ended."""
        cabinet = self._office.cabinet
        while cabinet.moved:
            moved, cabinet.moved = cabinet.moved, []
            for one in moved:
                file = cabinet.files[one.file]
                for step in one.ended:
                    self._call_off(one.file, step)
                for item in one.begun:
                    self._begin(item, self._root_of(file))
                for held in self._held.pop(one.file, ()):
                    self._held[one.file].append(held) if held.where is Where.HELD else None
                for held in tuple(self._held.get(one.file, ())):
                    self._try_again(held)
                self._look_after(file)

    def _begin(self, item: WorkItem, root: int) -> None:
        key = self._assumed.key(item.act or f"{FREE}{item.form}", item.slot)
        turns = self._petitions[root].turns
        turns[key] += 1
        work = Work(
            root=root, key=key, turn=turns[key], element=item.element, team=self._office.team_of(item),
            opened=self._office.clock.now(), file=item.petition, step=item.step, slot=item.slot, role=item.role,
        )  # fmt: skip
        self._open[item.petition, item.step] = work
        self._wait_outside(work)

    def _call_off(self, file: str, step: int) -> None:
        work = self._open.pop((file, step), None)
        if work is None or work.where is Where.OVER:
            return
        now = self._office.clock.now()
        self._observer.worked(work, now)
        self._observer.visited(work, now, done=False)
        if work.slot == Slot.PETITIONER:
            work.where = Where.OVER
            return
        team = self._team(work.team)
        team.call_off(work)
        self._let_work(team)

    def _look_after(self, file: File) -> None:
        """See whether the petition is over, and whether an act that it will see is allowed now."""
        if file.kind is not FileKind.PETITION:
            return
        root = self._root_of(file)
        one, over = self._petitions[root], file.closed_at is not None
        if over != one.over and root in self._counted:
            self._left += -1 if over else 1
            self._tell()
        one.over = over
        for act, begun in one.standing.items():
            if begun is None and not over and self._office.allowed(act, file):
                slot, role = ACTS[act].by[0].slot.value, ACTS[act].by[0].role.value
                work = Work(
                    root=root, key=act, turn=0, element=act, team=f"{slot}.{role}", opened=self._office.clock.now(),
                    file=file.id, slot=slot, role=role,
                )  # fmt: skip
                one.standing[act] = work
                self._wait_outside(work)

    def _root_of(self, file: File) -> int:
        while file.id not in self._roots and file.about:
            self._roots[file.id] = self._root_of(self._office.cabinet.files[file.about])
        return self._roots[file.id]

    # ---- small change --------------------------------------------------------------------------------------------

    def _seen(self, entry: Entry) -> None:
        root = self._roots.get(entry.petition, len(self._petitions) - 1)
        self._observer.seen(entry, root, self._office.procedure)

    def _end_of_day(self) -> None:
        now = self._office.clock.now()
        self._observer.end_of_day(now, self._teams)
        self._agenda.put(evening(now + _DAY), self._end_of_day)

    def _closed(self) -> Notes:
        now, cabinet = self._office.clock.now(), self._office.cabinet
        for work in self._open.values():
            if work.where is not Where.OVER:
                self._observer.visited(work, now, done=False)
        for file in cabinet.files.values():
            self._observer.judged(file, self._root_of(file))
        for root, one in enumerate(self._petitions):
            found = cabinet.files.get(one.file or "")
            if found is not None and found.closed_at is not None:
                self._observer.lasted(root, found.closed_at - one.arrived)
        self._observer.stuck |= {self._roots[file] for file in cabinet.broken}
        return self._observer.closed()

    def _way(self, root: int, key: str, turn: int) -> Way | None:
        file = self._office.cabinet.files.get(self._petitions[root].file or "")
        ways = ways_of(self._assumed.pace(key), file.facts if file is not None else {})
        return self._chance.one_of(ways, root, key, turn, "way") if ways else None

    def _team(self, name: str) -> Team:
        if name not in self._teams:
            self._teams[name] = Team(self._assumed.team(name))
        return self._teams[name]

    def _tell(self) -> None:
        arrived = min(len(self._petitions), self._counted.stop) - self._counted.start
        self._told(max(arrived, 0) + self._task.petitions - self._left, 2 * self._task.petitions)
