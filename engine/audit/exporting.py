"""Taking a petition's record away: the dossier, for somebody who may see the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import PurePath
from typing import Final

from engine.audit.issued import Issued
from engine.audit.reading_copy import Subject, reading_copy
from engine.audit.replay import Replay
from engine.audit.wording import Wording
from engine.clock import legal_date
from engine.errors import DataError, PetitionError, RecordBroken
from engine.people.directory import Directory
from engine.petition.file import File, SealedValue
from engine.petition.parties import Actor
from engine.record.canonical import canonical_bytes, read_canonical
from engine.record.chain import digest_of, entry_from_content
from engine.record.checkpoint import Checkpoint
from engine.record.dossier import (
    PROCEDURE,
    VALUES,
    Earlier,
    HeadsProved,
    Parts,
    Proved,
    write_dossier,
)
from engine.record.held import Held
from engine.record.stamps import NOTE, REPLY, STAMPS
from engine.record.tree import consistency_path, inclusion_path, tree_hash
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.store.logbook import LogState
from engine.store.queries.file_view import FileView, sealed_values
from engine.store.queries.office_rows import calendar_of
from engine.store.queries.stamped import StampRow, first_stamp_over
from engine.store.sequencer import Sequencer
from engine.store.store import Desk, Store
from engine.text import Text

EXPORT: Final = "export"
READING_COPY: Final = "dossier.pdf"
_FORMS: Final = "forms/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which dossier is wanted. With a ``purpose`` it holds what is personal in the clear, else only the commitments.

    ``heads`` are heads of the log that the reader holds: the dossier will lead from them to its own.
    """

    viewer: Actor
    petition: str
    purpose: str = ""
    heads: Sequence[Held] = field(default=())


class Exporter:
    """Makes dossiers of one office. Every export is logged as a look at the file."""

    def __init__(self, store: Store, log: Sequencer, *, replay: Replay, words: Wording) -> None:
        self._store = store
        self._log = log
        self._replay = replay
        self._words = words

    def export(self, wish: Wish, now: datetime) -> bytes:
        """The dossier. Raises NotFound where the file may not be seen; RecordBroken where the log does not hold it.

        The log is brought up to date first, so that the dossier is whole to this moment.
        """
        with self._store.transaction() as paper:
            paper.look(wish.viewer, wish.petition, EXPORT, now=now, purpose=wish.purpose)
        self._log.seal_looks(now)
        self._log.catch_up()
        with self._store.reading() as desk:
            whole = _stated_to_the_end(desk, wish.petition)
        if not whole:
            self._log.state_heads(now)
        checkpoint = self._log.sign(now)
        with self._store.reading() as desk:
            made = _Export(desk, wish, checkpoint, now)
            files = dict(made.further_files(self._words.law))
            copy = made.reading_copy(self._words, self._replay, key=str(self._log.signer.public))
            if copy is not None:
                files[READING_COPY] = copy
            return write_dossier(made.parts(files), self._log.signer)


class _Export:
    """One dossier in the making."""

    def __init__(self, desk: Desk, wish: Wish, checkpoint: Checkpoint, now: datetime) -> None:
        self.desk = desk
        self.wish = wish
        self.checkpoint = checkpoint
        self.now = now
        self.state: LogState = desk.log_state()
        self.hashing = tree_hash(checkpoint.hash)
        self.tree = desk.log_tree()
        self.contents = _readable(desk.exact_entries(wish.petition))
        self.shown: FileView = desk.file(wish.viewer, wish.petition, on=legal_date(now))
        self.file: File = self.shown.file
        self.directory: Directory = desk.directory()

    def parts(self, files: Mapping[str, bytes]) -> Parts:
        """Everything that the dossier is made of."""
        entries = [self._proved(number) for number in range(1, len(self.contents) + 1)]
        asked = [self._asked(held) for held in self.wish.heads]
        around = [
            one
            for entry in entries
            for one in self.desk.checkpoints_around(entry.place, self.state.epoch)
        ]
        around += [one.checkpoint for one in self.stamped]
        earlier = {
            one.size: one for one in (*around, *asked) if 0 < one.size < self.checkpoint.size
        }
        return Parts(
            petition=self.file.id,
            about={
                "number": self.file.number,
                "exported_at": self.now,
                "exported_by": {"person": self.wish.viewer.person, "organ": self.wish.viewer.organ},
                "opened": bool(self.wish.purpose),
            },
            checkpoint=self.checkpoint,
            entries=entries,
            heads=list(self._heads(sorted({one.size for one in asked} | {self.checkpoint.size}))),
            earlier=[
                Earlier(
                    checkpoint=earlier[size],
                    path=consistency_path(self.hashing, self.tree, size, self.checkpoint.size),
                )
                for size in sorted(earlier)
            ],
            files={**files, **dict(_stamp_files(self.stamped))},
        )

    @cached_property
    def stamped(self) -> list[StampRow]:
        """For each entry the first time stamp over a head that covers it, as far as this dossier's head goes."""
        places = [place for place, _ in self.desk.log_places(self.file.id).values()]
        found = (first_stamp_over(self.desk, place, self.state.epoch) for place in places)
        by_size = {one.checkpoint.size: one for one in found if one is not None}
        return [one for size, one in sorted(by_size.items()) if size <= self.checkpoint.size]

    def _proved(self, number: int) -> Proved:
        place, _ = self.desk.log_places(self.file.id).get(number, (None, b""))
        if place is None:
            raise RecordBroken(_NO_LEAF.filled(number=number))
        return self._leaf(self.contents[number - 1], place)

    def _leaf(self, content: bytes, place: int) -> Proved:
        path = inclusion_path(self.hashing, self.tree, place, self.checkpoint.size)
        return Proved(content=content, place=place, path=path)

    def _asked(self, held: Held) -> Checkpoint:
        """The checkpoint of the store that is the head *held*. Raises RecordBroken where it is another."""
        found = self.desk.checkpoint_of(held.size, self.state.epoch)
        if found is None or not found.root.hex().startswith(held.digits):
            raise RecordBroken(_OTHER_HEAD.filled(size=held.size))
        return found

    def _heads(self, sizes: Sequence[int]) -> Iterator[HeadsProved]:
        """The last statement of heads under each of *sizes* that names this file."""
        told: set[int] = set()
        for size in sizes:
            found = self.desk.statement_before(size)
            if found is None or found[0] in told:
                continue
            number, place, content = found
            told.add(number)
            said = read_canonical(content)["inputs"]
            heads = self.desk.heads_at(said["log_size"], said["hash"])
            proof = heads.path(self.file.id)
            if proof is not None:
                seq = heads.all[proof[0]].seq
                yield HeadsProved(
                    statement=self._leaf(content, place), number=number, seq=seq,
                    chain_place=proof[0], chain_path=proof[1],
                )  # fmt: skip

    def reading_copy(self, words: Wording, replay: Replay, *, key: str) -> bytes | None:
        """What people read first; None where the record cannot even be told."""
        opened: dict[int, dict[str, str]] = {}
        for one in sealed_values(self.desk, self.file) if self.wish.purpose else ():
            opened.setdefault(one.entry, {})[one.name] = one.value
        entries = tuple(
            entry_from_content(content, digest_of(content)) for content in self.contents
        )
        try:
            subject = Subject(
                shown=self.shown, entries=entries, directory=self.directory, checkpoint=self.checkpoint, key=key,
                verdict=replay.verdict(self.desk, entries, legal_date(self.checkpoint.at)),
                viewer=self.wish.viewer, purpose=self.wish.purpose, opened=opened,
                forms=self._forms, calendar=self._calendar, stamps=self.stamped,
            )  # fmt: skip
            return reading_copy(subject, words).content
        except (AttributeError, LookupError, TypeError, ValueError, PetitionError):
            return None  # The copy proves nothing; whoever checks the rest learns which entry is at fault.

    def _forms(self, version: str) -> dict[str, bytes]:
        files = self.desk.procedure_files(version)
        return {
            PurePath(name).stem: data for name, data in files.items() if name.startswith(_FORMS)
        }

    def _calendar(self, version: str) -> Calendar:
        return calendar_of(self.desk, version) or self.desk.calendar()

    # ------------------------------------------------------------------------------- what entries refer to

    def further_files(self, law: Law) -> Iterator[tuple[str, bytes]]:
        """The drawings, forms and templates of each version; with a purpose, values and documents in the clear."""
        for digest in sorted({_procedure_of(content) for content in self.contents} - {""}):
            for path, data in self.desk.procedure_files(digest).items():
                yield f"{PROCEDURE}{digest}/{path}", data
        if not self.wish.purpose:
            return
        by_entry: dict[int, list[SealedValue]] = {}
        for one in sealed_values(self.desk, self.file):
            by_entry.setdefault(one.entry, []).append(one)
        for entry, values in by_entry.items():
            opened = [
                {"name": one.name, "salt": one.salt.hex(), "value": one.value} for one in values
            ]
            yield f"{VALUES}{entry}.json", canonical_bytes(opened)
        yield from self._documents(law)

    def _documents(self, law: Law) -> Iterator[tuple[str, bytes]]:
        on = legal_date(self.now)
        issued = Issued(self.desk, self.wish.viewer, self.shown, self.directory, law, on)
        for paper in self.shown.documents:
            try:
                sheet = issued.sheet(paper, issued.fields(paper))
            except DataError:
                continue  # A sheet is for reading; the contents are among the values, whatever its template.
            yield f"documents/{paper.id}.html", _page(sheet)


def _stated_to_the_end(desk: Desk, petition: str) -> bool:
    """Whether the last statement of heads names the last entry of *petition*."""
    found = desk.statement_before(desk.log_state().size)
    places = desk.log_places(petition)
    if found is None or not places:
        return False
    log_size: int = read_canonical(found[2])["inputs"]["log_size"]
    return places[max(places)][0] < log_size


def _stamp_files(stamped: Sequence[StampRow]) -> Iterator[tuple[str, bytes]]:
    for one in stamped:
        name = f"{STAMPS}{one.checkpoint.size}"
        yield f"{name}{NOTE}", one.checkpoint.note.encode()
        yield f"{name}{REPLY}", one.reply or b""


def _readable(contents: list[bytes]) -> list[bytes]:
    """*contents*, each of which must at least be an entry. Raises RecordBroken."""
    for number, content in enumerate(contents, start=1):
        try:
            entry_from_content(content, "")
        except (DataError, KeyError, TypeError, ValueError) as error:
            raise RecordBroken(_UNREADABLE.filled(number=number)) from error
    return contents


def _procedure_of(content: bytes) -> str:
    return str(entry_from_content(content, "").versions.get("procedure", ""))


def _page(sheet: str) -> bytes:
    return f'<!doctype html><meta charset="utf-8"><title></title>{sheet}'.encode()


_NO_LEAF = Text("第{number}条不在日志中", "entry {number} is not in the log")
_UNREADABLE = Text("第{number}条无法读取", "entry {number} cannot be read")
_OTHER_HEAD = Text(
    "本日志在{size}条处没有这样的日志头:所持的不是本日志的,或者记录已被改动",
    "this log has no such head at {size} leaves: the head is of another log, or the record was altered",
)

__all__ = ["EXPORT", "Exporter", "Wish"]
