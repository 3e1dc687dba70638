"""Replaying a petition: its chain, every state on the way, and in the end the row that the office keeps of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.audit.rebuilding import CalendarOf, Diverged, Moment, ProcedureOf, Rebuilding
from engine.audit.verdict import Judged, judge
from engine.errors import DataError
from engine.office.ports import Desk as OfficeDesk
from engine.office.ports import Procedure, Progress
from engine.petition.entries import Entry
from engine.petition.file import File, WorkItem
from engine.record.chain import ChainBroken, verify_chain
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.store.desk import Desk
from engine.store.queries.office_rows import calendar_of
from engine.store.queries.timeline import entries_of
from engine.text import Text

ReadProcedure = Callable[[OfficeDesk, str], Procedure]
"""Reads the drawings of a version, by digest: what the office does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """The first thing at which record and replay part ways.

    ``seq`` is the entry, one beyond the last where the stored row is at fault.
    """

    seq: int
    what: Text
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One petition replayed; ``divergence`` is None where everything is equal."""

    petition: str
    number: str
    entries: int
    divergence: Divergence | None = None

    @property
    def equal(self) -> bool:
        """Whether the record bears out everything that is stored."""
        return self.divergence is None


class Replay:
    """Rebuilds petitions; reads each version of drawings and calendars once."""

    def __init__(self, *, law: Law, read_procedure: ReadProcedure) -> None:
        self._law = law
        self._read_procedure = read_procedure
        self._calendars: dict[str, Calendar | None] = {}

    def replay(self, desk: Desk, petition: str) -> Replayed:
        """Replay the file *petition* and compare it with what is stored. Raises NotFound. 4 statements and a few once."""
        file = desk.load(petition)
        entries = read_entries(desk, petition)
        work = desk.work(petition)
        fault: Divergence | None = None
        if isinstance(entries, Divergence):
            fault, entries = entries, ()
        else:
            fault = self._first_fault(desk, file, entries, work)
        return Replayed(
            petition=file.id, number=file.number, entries=len(entries), divergence=fault
        )

    def moments(self, desk: Desk, entries: Sequence[Entry]) -> Iterator[Moment]:
        """Where the petition stood after each of its *entries*. Raises Diverged at the first that is not borne out."""
        rebuilding = self._rebuilding(desk)
        for entry in entries:
            yield rebuilding.after(entry)

    def verdict(self, desk: Desk, entries: Sequence[Entry], on: date) -> tuple[Judged, ...]:
        """What became of each numbered clause of the statute by the day *on*."""
        return judge(entries, law=self._law, calendar_of=self._calendar_of(desk), on=on)

    def _first_fault(
        self, desk: Desk, file: File, entries: Sequence[Entry], work: Sequence[WorkItem]
    ) -> Divergence | None:
        rebuilding = self._rebuilding(desk)
        try:
            verify_chain(entries)
            for entry in entries:
                rebuilding.after(entry)
            _compare_row(file, entries, work, rebuilding)
        except ChainBroken as broken:
            return Divergence(seq=broken.seq, what=broken.text, expected="", found="")
        except Diverged as fault:
            return Divergence(
                seq=fault.seq, what=fault.what, expected=fault.expected, found=fault.found
            )
        return None

    def _rebuilding(self, desk: Desk) -> Rebuilding:
        return Rebuilding(
            law=self._law,
            procedure_of=self._procedure_of(desk),
            calendar_of=self._calendar_of(desk),
        )

    def _procedure_of(self, desk: Desk) -> ProcedureOf:
        return lambda digest: self._read_procedure(desk, digest)

    def _calendar_of(self, desk: Desk) -> CalendarOf:
        def found(version: str) -> Calendar | None:
            if version not in self._calendars:
                self._calendars[version] = calendar_of(desk, version)
            return self._calendars[version]

        return found


def read_entries(desk: Desk, petition: str) -> tuple[Entry, ...] | Divergence:
    """The entries of *petition*, or what is wrong with one that cannot even be read."""
    try:
        return entries_of(desk, petition)
    except (DataError, KeyError, ValueError, TypeError) as fault:
        return Divergence(seq=0, what=_UNREADABLE, expected="", found=str(fault))


def _compare_row(
    file: File, entries: Sequence[Entry], work: Sequence[WorkItem], rebuilding: Rebuilding
) -> None:
    standing, progress = rebuilding.standing, rebuilding.progress
    if progress is None:
        raise Diverged(1, _NO_ENTRIES, file.seq, 0)
    steps = sorted((step.id, step.element) for step in progress.open_steps())
    head = entries[-1].digest if entries else ""
    pairs: Iterator[tuple[Text, object, object]] = iter(
        (
            (Text("条数", "number of entries"), standing.seq, file.seq),
            (Text("链首", "head of the chain"), head, file.head),
            (Text("事实", "facts"), _sorted(standing.facts), _sorted(file.facts)),
            (Text("期限台账", "ledger"), standing.ledger, file.ledger),
            (Text("回避排除", "exclusions"), sorted(standing.excluded), sorted(file.excluded)),
            (
                Text("待办环节", "open steps"),
                steps,
                sorted((one.step, one.element) for one in work),
            ),
            (Text("办结", "whether it is closed"), progress.finished, file.closed_at is not None),
            (Text("阶段", "stage"), _stage(progress), file.stage),
            (Text("流程状态", "state document"), progress.dump(), file.progress),
        )
    )
    for what, replayed, stored in pairs:
        if replayed != stored:
            raise Diverged(
                standing.seq + 1, _ROW.filled(what=what), *_first_difference(replayed, stored)
            )


def _stage(progress: Progress) -> str:
    return "closed" if progress.finished else progress.stage


def _sorted(facts: object) -> object:
    return dict(sorted(facts.items())) if isinstance(facts, dict) else facts


def _first_difference(replayed: object, stored: object) -> tuple[object, object]:
    """What differs, as small as it can be said: the first fact or the first row of the ledger."""
    if isinstance(replayed, dict) and isinstance(stored, dict):
        for name in sorted({*replayed, *stored}):
            if replayed.get(name) != stored.get(name):
                return f"{name}={replayed.get(name)}", f"{name}={stored.get(name)}"
    rows, others = getattr(replayed, "rows", None), getattr(stored, "rows", None)
    if rows is not None and others is not None:
        for one, other in zip(rows, others, strict=False):
            if one != other:
                return one, other
        return len(rows), len(others)
    if isinstance(replayed, bytes) and isinstance(stored, bytes):
        return f"{len(replayed)} bytes", f"{len(stored)} other bytes"
    return replayed, stored


_UNREADABLE = Text("记录无法读取", "the record cannot be read")
_NO_ENTRIES = Text("没有任何记录", "there are no entries at all")
_ROW = Text("所存现状与记录不符:{what}", "the stored row is not what the record gives: {what}")
