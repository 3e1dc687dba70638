"""A petition's record told for people: where it stood after each entry, who held it how long, what differed, what was known.

Shown is what can be rebuilt. From the first entry on that the record does not bear out, only facts and deadlines are told
as they were written, and where the drawing stood is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.audit.holding import Holder, holder_of
from engine.audit.rebuilding import Diverged, Moment
from engine.audit.replay import Replay
from engine.clock import legal_date
from engine.errors import PetitionError, RecordBroken
from engine.office.moving import renamed_by
from engine.office.ports import Step
from engine.petition.deadlines import Deadline
from engine.petition.entries import Entry, EntryKind
from engine.petition.facts import FactValue
from engine.record.chain import ChainBroken, verify_chain
from engine.record.fold import Standing, fold
from engine.store.desk import Desk
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One moment of a petition. ``at`` is when it began; ``walked`` are the elements passed so far."""

    entry: Entry
    at: datetime
    standing: Standing
    steps: tuple[Step, ...]
    walked: frozenset[str]
    rebuilt: bool

    @property
    def seq(self) -> int:
        """The number of the entry that led here."""
        return self.entry.seq

    @property
    def day(self) -> date:
        """The legal day of the moment."""
        return legal_date(self.at - timedelta(microseconds=1))

    @property
    def breached(self) -> tuple[Deadline, ...]:
        """The duties that passed their limit with this entry."""
        ledger = self.standing.ledger
        return tuple(row for row in ledger if row.passed_by == self.seq and not row.power)

    @property
    def changed(self) -> frozenset[str]:
        """The facts that this entry set, changed or took away."""
        return frozenset(self.entry.consequences.get("facts") or {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All moments in order; ``fault`` is the first divergence, if there is one."""

    scenes: tuple[Scene, ...]
    fault: PetitionError | None

    def at(self, seq: int) -> Scene:
        """The moment after entry *seq*, or the nearest there is."""
        return self.scenes[min(max(seq, 1), len(self.scenes)) - 1]

    def next_breach(self, seq: int) -> int | None:
        """The first entry after *seq* with which a duty passed its limit."""
        return next((one.seq for one in self.scenes if one.seq > seq and one.breached), None)


def tell(replay: Replay, desk: Desk, entries: Sequence[Entry]) -> Story:
    """The story of *entries*. Reads no more than what versions of drawings and calendars they name."""
    rebuilt: list[Moment] = []
    fault: PetitionError | None = None
    try:
        verify_chain(entries)
    except ChainBroken as broken:
        fault = broken
    try:
        for moment in replay.moments(desk, entries):
            rebuilt.append(moment)
    except Diverged as found:
        fault = fault or found
    scenes: list[Scene] = []
    try:
        for scene in _scenes(entries, rebuilt):
            scenes.append(scene)
    except (AttributeError, KeyError, ValueError, TypeError):
        # What follows cannot even be read; the fault that was found says where it begins.
        fault = fault or RecordBroken(_UNREADABLE)
    if not scenes:
        raise RecordBroken(_UNREADABLE)
    return Story(scenes=tuple(scenes), fault=fault)


_UNREADABLE = Text("记录无法读取", "the record cannot be read")


def _scenes(entries: Sequence[Entry], rebuilt: Sequence[Moment]) -> Iterable[Scene]:
    standing, walked, at = Standing(), frozenset[str](), None
    for place, entry in enumerate(entries):
        standing = standing.after(entry)
        moved = (*entry.consequences.get("entered", ()), *entry.consequences.get("left", ()))
        renamed = renamed_by(entry)
        walked = frozenset(renamed.get(id, id) for id in walked) | frozenset(moved)
        at = max(_instant(entry), at) if at else _instant(entry)
        known = place < len(rebuilt)
        yield Scene(
            entry=entry,
            at=at,
            standing=standing,
            steps=rebuilt[place].steps if known else (),
            walked=walked,
            rebuilt=known,
        )


def _instant(entry: Entry) -> datetime:
    return entry.effective_at if entry.kind is EntryKind.FIRING else entry.recorded_at


# ---- who held it how long ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How long a petition waited for somebody: an organ's id, or the petitioner; ``transit``: while it was under way."""

    holder: str
    transit: bool
    time: timedelta
    share: int
    """Of the whole time, in hundredths."""


def holder(scene: Scene) -> Holder | None:
    """For whom the petition waits at *scene*: exactly one, or nobody once it is over."""
    steps = sorted(scene.steps, key=lambda step: (step.opened_at, step.element))
    return holder_of(steps, scene.standing)


def attributed(story: Story, until: datetime) -> tuple[Held, ...]:
    """The time from the first entry to *until* (or the last entry of a finished petition), by who held it; longest first.

    Every instant belongs to exactly one; what was under way belongs to its sender, and is told apart.
    """
    scenes = story.scenes
    ends = [*(one.at for one in scenes[1:]), max(until, scenes[-1].at)]
    spent: dict[Holder, timedelta] = {}
    for scene, end in zip(scenes, ends, strict=True):
        held = holder(scene)
        if held is not None:
            spent[held] = spent.get(held, timedelta()) + (end - scene.at)
    whole = sum(spent.values(), timedelta())
    found = [
        Held(
            holder=held.id,
            transit=held.transit,
            time=time,
            share=round(100 * time / whole) if whole else 0,
        )
        for held, time in spent.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.time, one.holder, one.transit)))


# ---- two moments, two dates ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed between two moments: facts and deadlines, each before and after."""

    facts: Mapping[str, tuple[FactValue, FactValue]]
    deadlines: tuple[tuple[Deadline | None, Deadline | None], ...]


def difference(one: Standing, other: Standing) -> Difference:
    """What has to change for *one* to become *other*."""
    names = sorted({*one.facts, *other.facts})
    rows = {row.id: row for row in one.ledger}
    after = {row.id: row for row in other.ledger}
    return Difference(
        facts={
            name: (one.facts.get(name), other.facts.get(name))
            for name in names
            if one.facts.get(name) != other.facts.get(name)
        },
        deadlines=tuple(
            (rows.get(id), after.get(id))
            for id in dict.fromkeys([*rows, *after])
            if rows.get(id) != after.get(id)
        ),
    )


def known(entries: Iterable[Entry], *, in_force_on: date, known_on: date) -> Standing:
    """What had effect by the day *in_force_on*, as far as it had been recorded by the day *known_on* (both included)."""
    return fold(
        entry
        for entry in entries
        if legal_date(entry.recorded_at) <= known_on
        and legal_date(entry.effective_at) <= in_force_on
    )
