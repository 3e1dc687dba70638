"""Trials: what a designer is trying just now, kept as a scenario; and the scenarios saved beside versions and drafts.

A trial's private office is made anew from its moves wherever it is not held any more, so any process can go on with it.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from engine.clock import Clock
from engine.drafting.scenarios.expecting import present
from engine.drafting.scenarios.playing import Played, play, rehearsed
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.scenarios.reading import read_file, read_scenario
from engine.drafting.scenarios.rehearsal import Rehearsal
from engine.drafting.scenarios.scenario import MAIN, Move, Scenario
from engine.drafting.scenarios.writing import write_scenario
from engine.errors import BadInput, NotFound, NotPermitted, Refused
from engine.petition.parties import Actor, Role
from engine.procedure import Source
from engine.statute.calendar import Calendar
from engine.store.store import Desk, Paper, Store
from engine.store.trials import SavedScenario, TrialRow
from engine.text import Text

MOST_TRIALS: Final = 20
"""How many trials of one designer are kept; the oldest make room."""
MOST_MOVES: Final = 200
_HELD: Final = 4
_REMEMBERED: Final = 1000

SourceOf = Callable[[str], Source]
"""The files of what is named: a version (by its digest) or a draft. Raises NotFound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial as it stands. ``stuck`` is why its moves from number ``made`` on cannot be made (any more)."""

    row: TrialRow
    scenario: Scenario
    source: Source
    rehearsal: Rehearsal
    made: int
    stuck: Refused | BadInput | None = None

    @property
    def id(self) -> str:
        """Its id."""
        return self.row.id

    @property
    def about(self) -> str:
        """The version or the draft that is tried."""
        return self.row.about


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Scenarios as they were played, and how many are ``left`` to be played."""

    played: tuple[Played, ...]
    left: int

    @property
    def failed(self) -> int:
        """How many went otherwise than they say."""
        return sum(not one.passed for one in self.played)


@dataclass(slots=True)
class _Held:
    digest: str
    moves: tuple[Move, ...]
    rehearsal: Rehearsal


class Trials:
    """The trials of one office. ``source_of`` finds what is tried, ``shipped`` is the directory of shipped scenarios."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        offices: PrivateOffices,
        source_of: SourceOf,
        shipped: Path,
    ) -> None:
        self.offices = offices
        self.lock = threading.RLock()
        """Whoever looks at a rehearsal holds it: a private office serves one at a time."""
        self._store = store
        self._clock = clock
        self._source_of = source_of
        self._shipped = shipped
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._played: OrderedDict[tuple[str, str], Played] = OrderedDict()

    # ------------------------------------------------------------------------------- trials

    def of(self, actor: Actor) -> tuple[TrialRow, ...]:
        """The trials of *actor*, those worked on last first."""
        with self._store.reading() as desk:
            return desk.trials(actor.person)

    def read(self, row: TrialRow) -> Scenario:
        """What has been done in the trial of *row*."""
        return read_scenario(row.text, self.offices.usual)

    def text(self, scenario: Scenario) -> str:
        """*scenario* as a file."""
        return write_scenario(scenario, self.offices.usual)

    def begin(self, about: str, scenario: Scenario, *, actor: Actor) -> str:
        """Begin a trial of the version or draft *about* with the moves of *scenario*. Returns its id.

        Raises NotPermitted; NotFound and DrawingRefused where there is nothing to try.
        """
        _must_design(actor)
        self.offices.procedure(self._source_of(about))
        row = TrialRow(
            id=secrets.token_hex(8), person=actor.person, about=about, revision=0,
            text=self.text(scenario), changed_at=self._clock.now(),
        )  # fmt: skip
        with self._store.transaction() as paper:
            for old in paper.trials(actor.person)[MOST_TRIALS - 1 :]:
                paper.drop_trial(old.id, actor.person)
            paper.begin_trial(row)
        return row.id

    def open(self, id: str, *, actor: Actor) -> Trial:
        """The trial *id*, all its moves made that can be. Hold ``lock`` while you look at it. Raises NotFound."""
        _must_design(actor)
        with self._store.reading() as desk:
            row, calendar = desk.trial(id, actor.person), desk.calendar()
        return self._laid_out(row, self.read(row), calendar)

    def make(self, trial: Trial, move: Move) -> Trial:
        """Make one more *move*. Raises what the office says against it; the trial is then as before."""
        if trial.stuck is not None:
            raise trial.stuck
        if len(trial.scenario.moves) >= MOST_MOVES:
            raise BadInput({"": Text("步数已满,请另起一次", "too many moves; begin another trial")})
        held = self._held.pop(trial.id, None)
        trial.rehearsal.make(move)
        if held is not None:
            held.moves = (*held.moves, replace(move, expect=None))
            self._hold(trial.id, held)
        return self._change(trial, (*trial.scenario.moves, move))

    def back_to(self, trial: Trial, moves: int) -> Trial:
        """Go back to where only the first *moves* moves were made."""
        return self._change(trial, trial.scenario.moves[: max(moves, 0)])

    def expect(self, trial: Trial, *, file: str = MAIN) -> Trial:
        """Expect, after the last move, what there is on *file* now. Raises NotFound; BadInput before the first move."""
        *before, last = trial.scenario.moves or [None]
        if last is None or trial.stuck is not None:
            raise BadInput({"": Text("还没有可以记住的结果", "there is nothing to expect yet")})
        found = present(trial.rehearsal, trial.rehearsal.look(file))
        about = last.deed.file if last.deed is not None else None
        if about in {None, file}:
            return self._change(trial, (*before, replace(last, expect=found)))
        return self._change(trial, (*before, last, Move(expect=replace(found, documents=None))))

    def drop(self, id: str, *, actor: Actor) -> None:
        """Forget the trial *id*."""
        with self._store.transaction() as paper:
            paper.drop_trial(id, actor.person)
        self._held.pop(id, None)

    # ------------------------------------------------------------------------------- saved scenarios

    def save(self, trial: Trial, name: str, title: Text) -> Scenario:
        """Save the trial as the scenario *name* beside what it tries, in the place of one of that name. Raises BadInput."""
        scenario = replace(trial.scenario, id=name, title=title)
        text = self.text(scenario)
        scenario = read_scenario(text, self.offices.usual, name=name)
        with self._store.transaction() as paper:
            paper.save_scenario(
                SavedScenario(
                    about=trial.about,
                    name=name,
                    person=trial.row.person,
                    text=text,
                    changed_at=self._clock.now(),
                )
            )
        return scenario

    def forget(self, about: str, name: str, *, actor: Actor) -> None:
        """Forget the scenario *name* saved beside *about*."""
        _must_design(actor)
        with self._store.transaction() as paper:
            paper.drop_scenario(about, name)

    def saved(self, about: str) -> tuple[SavedScenario, ...]:
        """The scenarios saved beside *about* itself."""
        with self._store.reading() as desk:
            return desk.saved_scenarios([about])

    def scenarios(self, about: str) -> dict[str, Scenario]:
        """The shipped scenarios and those saved beside *about*, or beside the version that the draft *about* is drawn over.

        Of one name, the nearer goes before the farther. Raises NotFound.
        """
        usual = self.offices.usual
        shipped = (read_file(path, usual) for path in sorted(self._shipped.glob("*.toml")))
        found = {one.id: one for one in shipped}
        with self._store.reading() as desk:
            saved = inherited(desk, about)
        for one in saved:
            found[one.name] = read_scenario(one.text, usual, name=one.name)
        return dict(sorted(found.items()))

    def replay(self, about: str, *, enough: Callable[[], bool] = lambda: False) -> Replay:
        """All scenarios of *about*, played on it; what was played before is remembered.

        Of those that were not, at least one is played now, and no more once there was *enough*. Raises NotFound;
        DrawingRefused where the version cannot run.
        """
        return self._replay(about, lambda played: played > 0 and enough())

    def remembered(self, about: str) -> Replay:
        """The same without playing any. Raises NotFound."""
        return self._replay(about, lambda played: True)

    def _replay(self, about: str, enough: Callable[[int], bool]) -> Replay:
        source = self._source_of(about)
        with self._store.reading() as desk:
            calendar = desk.calendar()
        found: list[Played] = []
        played = left = 0
        for scenario in self.scenarios(about).values():
            key = (source.digest + calendar.version, self.text(scenario))
            with self.lock:
                known = self._played.get(key)
                if known is None and not enough(played):
                    known = self._played[key] = play(
                        self.offices, source, scenario, calendar=calendar
                    )
                    played += 1
                if known is None:
                    left += 1
                    continue
                found.append(known)
                self._played.move_to_end(key)
                while len(self._played) > _REMEMBERED:
                    self._played.popitem(last=False)
        return Replay(played=tuple(found), left=left)

    # ------------------------------------------------------------------------------- within

    def _laid_out(self, row: TrialRow, scenario: Scenario, calendar: Calendar) -> Trial:
        source = self._source_of(row.about)
        moves = tuple(replace(move, expect=None) for move in scenario.moves)
        held = self._held.pop(row.id, None)
        if held is None or held.digest != source.digest or held.moves != moves[: len(held.moves)]:
            fresh = rehearsed(self.offices, source, scenario, calendar=calendar)
            held = _Held(source.digest, (), fresh)
        stuck: Refused | BadInput | None = None
        for move in moves[len(held.moves) :]:
            try:
                held.rehearsal.make(move)
            except (Refused, BadInput) as refusal:
                stuck = refusal
                break
            held.moves = (*held.moves, move)
        made = len(held.moves)
        if stuck is None:
            self._hold(row.id, held)
        return Trial(
            row=row,
            scenario=scenario,
            source=source,
            rehearsal=held.rehearsal,
            made=made,
            stuck=stuck,
        )

    def _hold(self, id: str, held: _Held) -> None:
        self._held[id] = held
        while len(self._held) > _HELD:
            _, oldest = self._held.popitem(last=False)
            oldest.rehearsal.office.store.close()

    def _change(self, trial: Trial, moves: tuple[Move, ...]) -> Trial:
        scenario = replace(trial.scenario, moves=moves)
        text, now = self.text(scenario), self._clock.now()
        with self._store.transaction() as paper:
            paper.change_trial(trial.row, text, now=now)
        row = replace(trial.row, text=text, revision=trial.row.revision + 1, changed_at=now)
        return replace(trial, row=row, scenario=scenario)


def blank(start: datetime) -> Scenario:
    """A scenario without moves, from *start* on."""
    return Scenario(id="trial", title=Text("试运行", "trial"), start=start)


def inherited(desk: Desk | Paper, about: str) -> tuple[SavedScenario, ...]:
    """The scenarios saved beside *about*; before them, for a draft, those beside the version that it is drawn over."""
    try:
        base = desk.saved_scenarios([desk.draft(about).base])
    except NotFound:
        base = ()
    return (*base, *desk.saved_scenarios([about]))


def _must_design(actor: Actor) -> None:
    if Role.DESIGNER not in actor.roles:
        raise NotPermitted(Text("只有流程设计人员可以试运行", "only designers try drawings"))
