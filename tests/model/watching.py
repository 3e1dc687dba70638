"""Holding the office's record and ledger against the model, entry by entry, and against themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.clock import legal_date
from engine.petition.deadlines import Deadline
from engine.petition.entries import Entry, EntryKind
from engine.petition.facts import FactValue
from engine.petition.file import File, FileKind
from engine.record import chain
from engine.record.fold import fold
from tests.model.days import midnight_after
from tests.model.effects import hear
from tests.model.limits import POWERS, Limit
from tests.model.place import Place
from tests.model.statute_model import Matter, Told

OFFICES = frozenset({"province.petitions", "city.petitions", "county.petitions", "town.petitions"})
OFFICE_ABOVE = {
    "town.petitions": "county.petitions",
    "county.petitions": "city.petitions",
    "city.petitions": "province.petitions",
    "province.petitions": "province.government",
}
FROM_THE_TOP = ("province", "city", "county", "town")
BY_THE_CLOCK = {"accepted_on", "presumed_accepted"}
"""The facts that the passing of a limit may set."""
LAPSING = ("request_review", "request_re_review")
"""The steps that a lapse may take away."""


class Watch:
    """A matter beside its file. ``told`` is how many entries of the record the model has heard."""

    def __init__(self, place: Place, id: str, *, above: Mapping[str, tuple[str, ...]]) -> None:
        self.place = place
        self.id = id
        self.matter = Matter(offices=OFFICES, above=above)
        self.told = 0
        self.steps: frozenset[str] = frozenset()

    def look(self) -> None:
        """Hear what is new, and compare."""
        file, entries = self.place.file(self.id), self.place.entries(self.id)
        check_record(self.place, file, entries)
        if file.kind is FileKind.SUPERVISION:
            return
        for entry in entries[self.told :]:
            self._hear(entry, file)
        self.told = len(entries)
        self.steps = frozenset(item.element for item in self.place.work(self.id))
        assert self.matter.next_to_pass(self.place.clock.now()) is None, (
            "a limit has passed and no clock fired"
        )
        self._compare(file)

    def _hear(self, entry: Entry, file: File) -> None:
        due = self.matter.next_to_pass(entry.recorded_at)
        if entry.kind is EntryKind.FIRING and "deadline" in entry.inputs:
            assert due is not None, f"{entry.inputs} fired, and nothing had passed"
            assert entry.inputs["deadline"] == due.id, (
                f"{entry.inputs} fired, and {due.id} had passed"
            )
            assert due.due is not None
            assert entry.effective_at == midnight_after(due.due), (
                f"{due.id} fired for {entry.effective_at}"
            )
            self._only_the_clock_moved(entry, due)
            self.matter.passes(due)
        elif entry.kind is not EntryKind.FIRING:
            assert due is None, f"{entry.act} was done before {due} fired"
            holder = file.facts.get("office") or file.facts.get("organ")
            hear(
                self.matter, _told(entry), holder=str(holder) if entry.seq == 1 and holder else None
            )

    def _only_the_clock_moved(self, entry: Entry, limit: Limit) -> None:
        done = entry.consequences
        assert not done["documents"], f"the clock of {limit.id} issued something"
        assert set(done["facts"]) <= BY_THE_CLOCK, f"the clock of {limit.id} set {done['facts']}"
        taken = {one for one in done["left"] if one in self.steps and not one.startswith(LAPSING)}
        assert not taken, f"the clock of {limit.id} took {taken} away"

    def _compare(self, file: File) -> None:
        model = [_as_told(one) for one in self.matter.limits]
        ledger = [_as_kept(row) for row in file.ledger]
        assert ledger == model, (
            f"the ledger is\n{_listed(ledger)}\nand by the statute\n{_listed(model)}"
        )
        running = {row.limit for row in file.ledger if row.open} - POWERS
        owed = self.matter.owed()
        assert owed <= running, f"owed without a clock: {owed - running}"
        presumed = {"T5"} if not self.matter.ended and not self.matter.notified_on else set()
        assert running <= owed | presumed, f"running and not owed: {running - owed}"
        for kind in running:
            assert sum(row.open for row in file.ledger.of(kind)) == 1, f"{kind} runs twice"


def _told(entry: Entry) -> Told:
    return Told(
        act=entry.act,
        organ=entry.organ,
        day=legal_date(entry.recorded_at),
        answers=entry.inputs,
        sealed=frozenset(entry.commitments),
    )


Row = tuple[object, ...]


def _as_told(one: Limit) -> Row:
    return (one.id, one.debtor, one.start, one.nominal, one.due, one.extension, tuple(one.pauses), one.state,
            one.done_on, one.passed)  # fmt: skip


def _as_kept(row: Deadline) -> Row:
    pauses = tuple((pause.start, pause.end) for pause in row.suspensions)
    return (row.id, row.debtor, row.started_on, row.nominal_due, row.legal_due, row.extension_days, pauses,
            row.state.value, row.closed_on, row.passed_by is not None)  # fmt: skip


def _listed(rows: list[Row]) -> str:
    return "\n".join("  ".join(str(part) for part in row) for row in rows)


def check_record(place: Place, file: File, entries: tuple[Entry, ...]) -> None:
    """The record proves itself, and everything kept beside it can be made again from it."""
    chain.verify_chain(entries, head=file.head)
    standing = fold(entries)
    assert standing.seq == file.seq
    assert standing.facts == file.facts, "the facts are not those that the record tells"
    assert standing.ledger == file.ledger, "the ledger is not the one that the record tells"
    with place.house.store.reading() as desk:
        opened = place.house.office.opened(desk, file, place.clock.now())
        work = {(item.step, item.element) for item in desk.work(file.id)}
    assert opened.state_hash() == entries[-1].state, (
        "the state is not the one that the record names"
    )
    assert {(one.id, one.element) for one in opened.progress.open_steps()} == work
    ended = file.closed_at is not None
    assert opened.progress.finished == ended
    due = file.ledger.next_due()
    assert due is None or (file.next_due_at is not None and file.next_due_at <= due), (
        "a limit without an alarm"
    )


def check_supervision(watches: Mapping[str, Watch], files: Mapping[str, File]) -> None:
    """Every breach is supervised once, by somebody else than the debtor, and what was no breach is not."""
    opened: dict[tuple[str, str], list[Mapping[str, FactValue]]] = {}
    for file in files.values():
        facts = file.facts
        if file.kind is FileKind.SUPERVISION and not _annulled_by_clock(watches[file.id]):
            opened.setdefault((str(file.about), str(facts["breach_deadline"])), []).append(facts)
    for watch in watches.values():
        for limit in watch.matter.limits:
            # A supervision that was concluded before a late entry showed the duty done stays as it is.
            found = opened.pop((watch.id, limit.id), [])
            breached = limit.passed and limit.kind not in POWERS and limit.state != "met"
            going_on = [facts for facts in found if breached or not facts.get("closing")]
            assert len(going_on) == breached, (
                f"{limit.id} is {limit.state} and supervised {len(found)} times"
            )
            for facts in found:
                _check_supervisor(facts, limit, watch.matter)
    assert not opened, f"supervised, and no limit of the statute: {opened}"


def _check_supervisor(facts: Mapping[str, FactValue], limit: Limit, matter: Matter) -> None:
    supervisor, debtor = str(facts["supervising_office"]), str(limit.debtor)
    assert facts["organ"] == debtor
    assert supervisor != debtor, "an organ supervises itself"
    if debtor in OFFICES:
        assert supervisor in {OFFICE_ABOVE[debtor]} or matter.category == "accusation"
    elif matter.category != "accusation":
        likely = set(_likely(debtor, matter))
        assert supervisor in likely, f"{debtor} is supervised by {supervisor}, not by {likely}"


def _likely(debtor: str, matter: Matter) -> Iterator[str]:
    """The office that holds the file, unless it is of a lower level than the debtor; then that of the debtor's own level."""
    level = debtor.partition(".")[0]
    holding = str(matter.office).partition(".")[0]
    if matter.office in OFFICES and FROM_THE_TOP.index(holding) <= FROM_THE_TOP.index(level):
        yield str(matter.office)
    else:
        yield f"{level}.petitions"


def _annulled_by_clock(watch: Watch) -> bool:
    entries = watch.place.entries(watch.id)
    return any(one.act == "annul_supervision" and one.person == "system" for one in entries)
