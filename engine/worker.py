"""The clock tower: wakes at the next due instant, fires what has passed and relays the outbox.

The only module that imports APScheduler, and only as an alarm clock: what is due stands in the store. Any number of
workers may run; they meet only in the database, where each petition is claimed by one of them at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from engine.clock import SystemClock
from engine.errors import Refused
from engine.office import Office
from engine.office.ports import Paper, Store
from engine.petition.commands import Command
from engine.petition.file import OutboxItem
from engine.petition.parties import SYSTEM

log = logging.getLogger(__name__)

BATCH = 50
POLL_SECONDS = 0.5
RETRY_AFTER = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=6)
MOST_DOUBLINGS = 20  # far beyond the longest delay, and no number grows without bound
CHORE_SECONDS = 1.0


class World(Protocol):
    """Where notices go. The post office of an installation implements it; the default writes a log line."""

    def tell(self, item: OutboxItem) -> None:
        """Tell the world; telling twice must be harmless (``item.key`` is the same)."""


class Chore(Protocol):
    """What is done beside the clocks, in a thread of its own: the log over all entries (:mod:`engine.store.sequencer`),
    batches of petitions that are carried over (:mod:`engine.drafting.migration`). Business never waits for it."""

    def turn(self, now: datetime) -> object:
        """Do what waits."""


class LogWorld:
    """Writes that something was told, never what."""

    def tell(self, item: OutboxItem) -> None:
        log.info("notice relayed key=%s", item.key)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one look at the clock did."""

    petitions: int = 0
    firings: int = 0
    relayed: int = 0
    failed: int = 0

    def __add__(self, other: Turn) -> Turn:
        return Turn(
            self.petitions + other.petitions,
            self.firings + other.firings,
            self.relayed + other.relayed,
            self.failed + other.failed,
        )

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do."""
        return self.petitions == 0 and self.relayed == 0


class ClockTower:
    """Fires due clocks and relays the outbox, in batches, each batch one transaction."""

    def __init__(self, *, office: Office, store: Store, world: World | None = None) -> None:
        self._office = office
        self._store = store
        self._world = world or LogWorld()

    def turn(self, *, batch: int = BATCH) -> Turn:
        """Do one batch of each kind. A petition that fails is put back with a delay and does not stop the others."""
        return self._fire(batch) + self._relay(batch)

    def drain(self, *, batch: int = BATCH, turns: int = 100_000) -> Turn:
        """Turn until there is nothing left to do now."""
        total = Turn()
        for _ in range(turns):
            done = self.turn(batch=batch)
            total = total + done
            if done.idle:
                break
        return total

    def _fire(self, batch: int) -> Turn:
        now = self._office.clock.now()
        petitions = firings = failed = 0
        with self._store.transaction() as paper:
            for petition in paper.claim_due(now, batch):
                petitions += 1
                try:
                    with paper.savepoint():
                        firings += self._office.fire(paper, petition, now)
                except Exception as fault:  # one broken file must not stop the clocks of all others
                    failed += 1
                    log.exception("clock failed petition=%s", petition)
                    again = now + _delay(paper.attempts(petition))
                    paper.failed(petition, type(fault).__name__, retry_at=again)
        return Turn(petitions=petitions, firings=firings, failed=failed)

    def _relay(self, batch: int) -> Turn:
        relayed = failed = 0
        now = self._office.clock.now()
        with self._store.transaction() as paper:
            for item in sorted(paper.take_outbox(now, batch), key=_needs_another):
                try:
                    with paper.savepoint():
                        self._deliver(paper, item)
                        paper.relayed(item.key)
                    relayed += 1
                except _TooEarlyError:
                    paper.relay_failed(item.key, "too early", retry_at=now + _delay(item.attempts))
                except Refused as refused:
                    # The law or the state of the other file says no: that is an answer, not a fault.
                    paper.relayed(item.key)
                    relayed += 1
                    log.warning("follow-up refused key=%s: %s", item.key, type(refused).__name__)
                except Exception as fault:  # kept, with a delay, and tried again
                    failed += 1
                    log.exception("relay failed key=%s", item.key)
                    again = now + _delay(item.attempts)
                    paper.relay_failed(item.key, type(fault).__name__, retry_at=again)
        return Turn(relayed=relayed, failed=failed)

    def _deliver(self, paper: Paper, item: OutboxItem) -> None:
        if item.kind == "notice":
            self._world.tell(item)
            return
        self._office.carry_out(paper, command_of(item, paper))


class _TooEarlyError(Exception):
    """The item is about a file that another item has yet to open."""


def _delay(attempts: int) -> timedelta:
    """How long what has failed *attempts* times before is left alone: each time twice as long, up to a bound."""
    doubled = 1 << min(attempts, MOST_DOUBLINGS)
    return min(RETRY_AFTER * doubled, LONGEST_RETRY)


def command_of(item: OutboxItem, paper: Paper) -> Command:
    """The command that the outbox holds. Its key makes carrying it out twice harmless.

    Where the file is known only as the one that an earlier command opened, that command's receipt names it. Raises
    _TooEarlyError while that one still waits to be relayed.
    """
    body: Mapping[str, object] = item.body
    answers = body.get("answers")
    petition = body.get("petition")
    if body.get("opened_by"):
        opening = paper.receipt(str(body["opened_by"]))
        if opening is None and paper.waiting(str(body["opened_by"])):
            raise _TooEarlyError
        petition = opening.petition if opening else None
    return Command(
        act=str(body["act"]),
        actor=SYSTEM,
        key=item.key,
        petition=str(petition) if petition else None,
        answers=dict(answers) if isinstance(answers, Mapping) else {},
    )


def _needs_another(item: OutboxItem) -> bool:
    """Whether the item is about a file that another item, perhaps of this very batch, opens first."""
    return bool(item.body.get("opened_by"))


class Worker:
    """A clock tower with an alarm clock: drains on a tick, and at the very instant at which something falls due.

    Beside it each of the *chores* (by name) has its turn again and again.
    """

    def __init__(
        self, tower: ClockTower, *, office: Office, store: Store, chores: Mapping[str, Chore]
    ) -> None:
        self._tower = tower
        self._office = office
        self._store = store
        self._chores = chores
        self._failed: set[str] = set()

    def run(self) -> None:
        """Work until the process is told to stop."""
        self._schedule(BlockingScheduler)

    def start(self) -> BaseScheduler:
        """Work in a thread of this process: for an office of one machine."""
        return self._schedule(BackgroundScheduler)

    def _schedule(self, kind: type[BaseScheduler]) -> BaseScheduler:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = kind(
            timezone="UTC",
            executors={name: ThreadPoolExecutor(1) for name in ("default", *self._chores)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        scheduler.add_job(self._tick, "interval", seconds=POLL_SECONDS, args=[scheduler], id="poll")
        for name in self._chores:
            scheduler.add_job(
                self._do, "interval", seconds=CHORE_SECONDS, args=[name], executor=name, id=name
            )
        scheduler.start()
        return scheduler

    def _do(self, name: str) -> None:
        try:
            self._chores[name].turn(self._office.clock.now())
        except Exception:  # the clocks of petitions go on; the chore is tried again
            if name not in self._failed:
                log.exception("a chore failed: %s", name)
            self._failed.add(name)
        else:
            self._failed.discard(name)

    def _tick(self, scheduler: BaseScheduler) -> None:
        self._tower.drain(turns=200)
        with self._store.reading() as desk:
            due = desk.next_due()
        if due is None:
            return
        ahead = due - self._office.clock.now()
        if timedelta() < ahead < timedelta(seconds=POLL_SECONDS):
            scheduler.add_job(
                self._tower.drain,
                "date",
                run_date=_wall(ahead),
                id="wake",
                replace_existing=True,
            )


def _wall(ahead: timedelta) -> datetime:
    """The machine's own instant, *ahead* from now, for the alarm clock (the office's clock may be a turned one)."""
    return SystemClock().now() + ahead


__all__ = ["ClockTower", "LogWorld", "Turn", "Worker"]
