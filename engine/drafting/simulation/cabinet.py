"""A cabinet: where the files of a simulated office lie. Plain memory, no database; gone when nobody holds it.

It offers what the counter and the clock tower ask of a store (:mod:`engine.office.ports`). What no later act asks for is
let go of at once: entries, what is sealed beside them, papers, notices to the world.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.errors import NotFound
from engine.office.permission import slots_of
from engine.people.competence import CompetenceRow
from engine.people.directory import Directory
from engine.petition.commands import Receipt
from engine.petition.documents import Document, ServiceState
from engine.petition.entries import Entry
from engine.petition.file import Attachment, File, OutboxItem, SealedValue, WorkItem
from engine.statute.calendar import Calendar
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a transaction did to the open steps of one file: those that ended (numbers) and those that began."""

    file: str
    ended: Sequence[int]
    begun: Sequence[WorkItem]


@dataclass(slots=True, kw_only=True)
class Cabinet:
    """The files, the queue of clocks and the outbox of one office. ``moved`` collects what became of open steps."""

    organs: Directory
    days: Calendar
    competence: Sequence[CompetenceRow]
    version: str
    seen: Callable[[Entry], None]
    """Is shown every entry before it is let go of."""
    files: dict[str, File] = field(default_factory=dict)
    moved: list[Moved] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """The files whose clocks could not pass, and what followed from them."""
    _receipts: dict[str, Receipt] = field(default_factory=dict)
    _parts: dict[str, frozenset[str]] = field(default_factory=dict)
    _beside: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _numbers: dict[tuple[str, str, int], int] = field(default_factory=lambda: defaultdict(int))
    _due: list[tuple[datetime, str]] = field(default_factory=list)
    _outbox: dict[str, OutboxItem] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    # ---- the store -----------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Cabinet]:
        """One transaction. The counter refuses before it writes anything, so there is nothing to undo."""
        yield self

    reading = transaction

    def savepoint(self) -> AbstractContextManager[object]:
        """See :meth:`transaction`."""
        return nullcontext()

    # ---- reading -------------------------------------------------------------------------------------------------

    def load(self, petition: str) -> File:
        """The file *petition*. Raises NotFound."""
        found = self.files.get(petition)
        if found is None:
            raise NotFound(Text("没有这一信访事项", "there is no such petition"))
        return found

    def load_for(self, petition: str, key: str) -> tuple[Receipt | None, File]:
        """The file, and the receipt where *key* was carried out on it."""
        return self._receipts.get(key), self.load(petition)

    def receipt(self, key: str) -> Receipt | None:
        """The receipt of the command that was carried out with *key*."""
        return self._receipts.get(key)

    def work(self, petition: str) -> tuple[WorkItem, ...]:
        """Nobody takes a step for themselves here."""
        return ()

    def directory(self) -> Directory:
        """The organs and people."""
        return self.organs

    def calendar(self) -> Calendar:
        """The calendar."""
        return self.days

    def competence_rows(self) -> Sequence[CompetenceRow]:
        """The competence table."""
        return self.competence

    def current_procedure(self, day: date) -> str:
        """The one version that this office works by."""
        return self.version

    def setting(self, name: str) -> str | None:
        """No settings."""
        return None

    def procedure_files(self, digest: str) -> Mapping[str, bytes]:
        """The version was read before the office was opened."""
        return {}

    def next_due(self) -> datetime | None:
        """The next instant at which something falls due."""
        while self._due and not self._waits(*self._due[0]):
            heapq.heappop(self._due)
        return self._due[0][0] if self._due else None

    def parts(self, petition: str) -> frozenset[str]:
        """The organs that play or ever played a part in the file."""
        return self._parts.get(petition, frozenset())

    def beside(self, petition: str) -> Sequence[str]:
        """The supervision files about *petition*."""
        return self._beside[petition]

    # ---- writing -------------------------------------------------------------------------------------------------

    def create(self, file: File) -> None:
        """Lay down a new file."""
        if file.about:
            self._beside[file.about].append(file.id)
        self._keep(file)

    def save(self, file: File, *, before: File) -> None:
        """Keep what *file* has become."""
        self._keep(file)

    def settle_work(
        self, petition: str, *, close: Sequence[int], open: Sequence[WorkItem], move: Sequence[WorkItem]
    ) -> None:  # fmt: skip
        """Note which steps ended and which began; one that changes hands does both."""
        changed = [item.step for item in move]
        self.moved.append(Moved(file=petition, ended=[*close, *changed], begun=[*open, *move]))

    def append(self, entry: Entry, sealed: Sequence[SealedValue], *, file: File) -> None:
        """Show the entry, keep the receipt of its command."""
        self.seen(entry)
        if entry.key is not None:
            self._receipts[entry.key] = Receipt(
                petition=file.id, number=file.number, code=file.code, version=file.version,
                entry=entry.seq, act=entry.act,
            )  # fmt: skip

    def next_number(self, organ: str, register: str, year: int) -> int:
        """The next number of *organ* in *register*."""
        self._numbers[organ, register, year] += 1
        return self._numbers[organ, register, year]

    def issue(self, documents: Sequence[Document]) -> None:
        """Papers are not kept."""

    def set_service(self, document: str, state: ServiceState) -> None:
        """Papers are not kept."""

    def attach(self, attachments: Sequence[tuple[Attachment, bytes]], *, file: File) -> None:
        """Nothing is attached."""

    def erase(self, file: File, now: datetime) -> None:
        """There is nothing personal."""

    def trace(self, petition: str, values: Mapping[str, str]) -> None:
        """Nobody looks for duplicates."""

    # ---- clocks and the outbox -----------------------------------------------------------------------------------

    def claim_due(self, now: datetime, limit: int) -> Sequence[str]:
        """The files whose instant has come, the longest due first."""
        found: list[str] = []
        while len(found) < limit and (due := self.next_due()) is not None and due <= now:
            found.append(heapq.heappop(self._due)[1])
        return list(dict.fromkeys(found))

    def attempts(self, petition: str) -> int:
        """Nothing is tried twice."""
        return 0

    def failed(self, petition: str, reason: str, *, retry_at: datetime) -> None:
        """Let the file be; it counts as broken."""
        self.broken.add(petition)

    def enqueue(self, items: Sequence[OutboxItem]) -> None:
        """Keep commands for other files; nobody is told of anything."""
        for item in items:
            if item.kind == "command" and item.key not in self._known:
                self._known.add(item.key)
                self._outbox[item.key] = item

    def take_outbox(self, now: datetime, limit: int) -> Sequence[OutboxItem]:
        """What waits to be relayed."""
        return tuple(self._outbox.values())[:limit]

    def waiting(self, key: str) -> bool:
        """Whether the item *key* waits to be relayed."""
        return key in self._outbox

    def relayed(self, key: str) -> None:
        """Let go of the item *key*."""
        self._outbox.pop(key, None)

    def relay_failed(self, key: str, reason: str, *, retry_at: datetime) -> None:
        """Let the item be; the file that it came from counts as broken."""
        item = self._outbox.pop(key, None)
        if item is not None:
            self.broken.add(item.petition)

    # ---- inside --------------------------------------------------------------------------------------------------

    def _keep(self, file: File) -> None:
        self.files[file.id] = file
        self._parts[file.id] = self.parts(file.id) | frozenset(slots_of(file).values())
        if file.next_due_at is not None:
            heapq.heappush(self._due, (file.next_due_at, file.id))

    def _waits(self, due: datetime, file: str) -> bool:
        return file not in self.broken and self.files[file].next_due_at == due
