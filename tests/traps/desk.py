"""One petition at the desk of a fresh office: acts in short, through the office's own counter."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from engine.clock import SHANGHAI, legal_date
from engine.demo.journeys import read_journeys
from engine.demo.travel import Caravan, Counter
from engine.drafting.scenarios.naming import words_of_file
from engine.drafting.scenarios.usual import resolved
from engine.petition.commands import Command, supervision_key
from engine.petition.deadlines import Deadline
from engine.petition.file import File
from tests.stories.worlds import World


class Desk:
    """Plays single acts in *world*; the clock stands wherever the test has turned it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.petition = ""
        self._commands = 0

    @property
    def today(self) -> date:
        """The legal day."""
        return legal_date(self.world.clock.now())

    @property
    def file(self) -> File:
        """The petition as it stands."""
        return self.world.file(self.petition)

    def on(self, day: date) -> Desk:
        """Turn the clock to nine in the morning of *day*, letting every clock fire on the way."""
        morning = datetime.combine(day, time(9), tzinfo=SHANGHAI).astimezone(UTC)
        Caravan(self.world.house, self.world.clock).play((), until=morning)
        return self

    def after(self, days: int) -> Desk:
        """Turn the clock *days* on."""
        return self.on(self.today + timedelta(days=days))

    def do(self, act: str, by: str, **answers: object) -> File:
        """Perform *act* as *by*, today. Raises what the office says against it."""
        self._commands += 1
        command = Command(
            act=act,
            actor=self.world.actor(by, self.today),
            key=f"desk:{self.petition}:{self._commands}:{act}",
            petition=self.petition or None,
            answers=answers,
        )
        self.petition = Counter(self.world.house).perform(command)
        return self.file

    def deadline(self, limit: str) -> Deadline:
        """The newest deadline of *limit*."""
        row = self.file.ledger.last_of(limit)
        assert row is not None, f"{limit} never ran"
        return row

    def along(self, journey: str, *, until: str) -> File:
        """Go the way of *journey*, from where its stops have not been done yet, up to and with the first *until*."""
        done = self.world.entries(self.petition) if self.petition else ()
        gone = Tally(one.act for one in done)
        for stop in next(one for one in read_journeys() if one.id == journey).stops:
            if gone[stop.act] > 0:
                gone[stop.act] -= 1
                continue
            self.after(stop.after)
            self.do(
                stop.act, stop.by, **resolved(stop.answers, today=self.today, known=self._known())
            )
            if stop.act == until:
                break
        return self.file

    def _known(self) -> Mapping[str, str]:
        return words_of_file(self.world.store, self.petition or None)

    def supervision_of(self, limit: str) -> str:
        """The file of the supervision that was opened because the newest deadline of *limit* had passed."""
        row = self.deadline(limit)
        assert row.passed_by is not None, f"{limit} has not passed"
        with self.world.store.reading() as reading:
            receipt = reading.receipt(supervision_key(self.petition, row.id, row.passed_by))
        assert receipt is not None, f"no supervision for {limit}"
        return receipt.petition
