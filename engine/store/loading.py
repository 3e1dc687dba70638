"""Loading: a file, the organs, the calendar, the drawings, in as few statements as can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from engine.errors import BadInput, DataError, NotFound
from engine.people.directory import Directory
from engine.petition.commands import FREE_STEP_ACT, Receipt
from engine.petition.deadlines import Ledger
from engine.petition.entries import EntryKind
from engine.petition.file import File, WorkItem
from engine.petition.versions import Plan
from engine.record.keys import KeyRing, PetitionKey
from engine.statute.calendar import Calendar
from engine.store import rows
from engine.store.shelf import InForce, Shelf, read_directory, read_plan
from engine.store.tables import (
    deadline,
    document,
    entry,
    house,
    part,
    petition,
    procedure_file,
    setting,
    work_item,
)
from engine.text import Text


class Loading:
    """What every transaction can read: reading it, or before writing it."""

    def __init__(self, connection: Connection, *, keys: KeyRing, shelf: Shelf) -> None:
        self._connection = connection
        self._ring = keys
        self._shelf = shelf
        self._versions: InForce | None = None
        self._directory_changed = False
        self._plan_changed = False
        self._keys: dict[str, PetitionKey] = {}
        self._holders: dict[str, str] = {}

    @property
    def connection(self) -> Connection:
        """The open connection, for the queries of this room."""
        return self._connection

    # ------------------------------------------------------------------------------- one file

    def load(self, petition: str) -> File:
        """The file *petition*; within a writing transaction its row is locked. Raises NotFound. 2 statements."""
        return self.load_for(petition, "")[1]

    def load_for(self, petition: str, key: str) -> tuple[Receipt | None, File]:
        """The file *petition*, and the receipt if a command with *key* was carried out on it. 2 statements.

        Raises NotFound; BadInput where *key* was used for another petition.
        """
        row = self._connection.execute(self._petition_query(), {"id": petition}).first()
        if row is None:
            raise NotFound(_NO_SUCH_FILE)
        # A second statement, since only now, the row being locked, does it see what a faster rival has committed.
        found = self._connection.execute(
            _LEDGER_AND_RECEIPT, {"petition": petition, "key": key}
        ).all()
        self._versions = self._versions or _versions_of(found[0])
        ledger = Ledger(
            tuple(rows.deadline_of(one) for one in found if one.deadline_id is not None)
        )
        file = rows.file_of(row, ledger)
        self._holders[file.id] = row.holder
        return self._receipt_of(found[0], file) if found[0].seq is not None else None, file

    def _petition_query(self) -> Select[Any]:
        return _PETITION

    def receipt(self, key: str) -> Receipt | None:
        """The receipt of the command that was carried out with *key*, if one was."""
        row = self._connection.execute(_RECEIPT, {"key": key}).one()
        self._versions = self._versions or _versions_of(row)
        return self._receipt_of(row, None) if row.seq is not None else None

    def _receipt_of(self, row: Any, file: File | None) -> Receipt:
        if file is not None and row.entry_petition != file.id:
            raise BadInput({"": _KEY_USED})
        if file is None:
            file = self.load(row.entry_petition)
        issued = self._connection.execute(
            _DOCUMENTS_OF_VERSION, {"petition": file.id, "version": row.entry_version}
        )
        return Receipt(
            petition=file.id,
            number=file.number,
            code=file.code,
            version=row.entry_version,
            entry=row.seq,
            act=FREE_STEP_ACT if row.kind == EntryKind.FREE_STEP else row.act,
            documents=tuple(issued.scalars()),
        )

    def work(self, petition: str) -> tuple[WorkItem, ...]:
        """The open steps of *petition*, in the order in which they were opened."""
        return tuple(
            rows.work_of(row) for row in self._connection.execute(_WORK, {"petition": petition})
        )

    def acts_since(self, petition: str, version: int) -> tuple[str, ...]:
        """What happened on *petition* after its *version*: acts, and clocks that fired, in order."""
        asked = {"petition": petition, "version": version}
        return tuple(self._connection.execute(_ACTS_SINCE, asked).scalars())

    def parts(self, petition: str) -> frozenset[str]:
        """The organs that play or ever played a part in *petition*."""
        return frozenset(self._connection.execute(_PARTS, {"petition": petition}).scalars())

    def beside(self, petition: str) -> tuple[str, ...]:
        """The supervision files about *petition*."""
        return tuple(self._connection.execute(_BESIDE, {"petition": petition}).scalars())

    def next_due(self) -> datetime | None:
        """The earliest instant at which the clock tower has something to do, failed attempts included."""
        due, again = self._connection.execute(_NEXT_DUE).one()
        return min((instant for instant in (due, again) if instant is not None), default=None)

    def key_of(self, file: File) -> PetitionKey | None:
        """The key of *file*, ready for use; None once its data were erased."""
        if file.id not in self._keys:
            if file.wrapped_key is None:
                return None
            self._keys[file.id] = self._ring.unwrapped(file.id, file.wrapped_key)
        return self._keys[file.id]

    @property
    def ring(self) -> KeyRing:
        """The keys of the installation."""
        return self._ring

    # ------------------------------------------------------------------------------- the office itself

    def directory(self) -> Directory:
        """The organs and people in force. No statement while this process holds the version in force."""
        version = self._in_force().directory
        if self._directory_changed:
            # Not committed yet, hence not for others to share.
            return read_directory(self._connection, version)
        return self._shelf.directory_at(version, self._connection)

    def calendar(self) -> Calendar:
        """The calendar in force. No statement while this process holds it."""
        return self._shelf.calendar_at(self._in_force().calendar, self._connection)

    def plan(self) -> Plan:
        """Which drawings are in force when. No statement while this process holds the plan in force."""
        version = self._in_force().plan
        if self._plan_changed:
            return read_plan(self._connection, version)
        return self._shelf.plan_at(version, self._connection)

    def current_procedure(self, day: date) -> str:
        """The digest of the drawings that a petition takes which opens on *day*. Raises DataError where there are none."""
        digest = self.plan().in_force(day)
        if digest is None:
            raise DataError(
                Text("{day}没有现行的流程图", "no drawings are in force on {day}").filled(
                    day=day.isoformat()
                )
            )
        return digest

    def procedure_files(self, digest: str) -> Mapping[str, bytes]:
        """The files of the drawings *digest*, by path. Raises DataError."""
        found = self._connection.execute(_PROCEDURE_FILES, {"procedure": digest}).all()
        if not found:
            raise DataError(
                Text(
                    "没有流程图版本{digest}", "there is no version {digest} of the drawings"
                ).filled(digest=digest)
            )
        return {row.path: bytes(row.content) for row in found}

    def setting(self, name: str) -> str | None:
        """The value of the setting *name*, if it was ever set."""
        value: str | None = self._connection.scalar(_SETTING, {"name": name})
        return value

    def _in_force(self) -> InForce:
        if self._versions is None:
            row = self._connection.execute(_VERSIONS).first()
            if row is None:
                raise DataError(Text("数据库尚未初始化", "the database has not been initialised"))
            self._versions = _versions_of(row)
        return self._versions

    def _set_versions(self, **changed: Any) -> None:
        self._versions = replace(self._in_force(), **changed)


def _versions_of(row: Any) -> InForce:
    return InForce(row.directory_in_force, row.calendar_in_force, row.plan_in_force)


_NO_SUCH_FILE = Text(
    "没有这一信访事项,或者您无权查阅", "there is no such petition, or none that you may see"
)
_KEY_USED = Text(
    "这一操作标识已用于其他事项,请重新打开页面",
    "this key was used for another petition; open the page again",
)

_HOUSE = (
    house.c.directory_version.label("directory_in_force"),
    house.c.calendar.label("calendar_in_force"),
    house.c.plan_version.label("plan_in_force"),
)
_FOUND = (
    entry.c.petition.label("entry_petition"),
    entry.c.seq,
    entry.c.kind,
    entry.c.act,
    entry.c.version.label("entry_version"),
)
_DEADLINES = tuple(
    column.label("deadline_id") if column is deadline.c.id else column
    for column in deadline.columns
    if column is not deadline.c.petition
)
_PETITION: Select[Any] = select(petition).where(petition.c.id == bindparam("id"))
PETITION_LOCKED: Select[Any] = _PETITION.with_for_update(of=petition)
_LEDGER_AND_RECEIPT: Select[Any] = (
    select(*_HOUSE, *_FOUND, *_DEADLINES)
    .select_from(
        house.outerjoin(entry, entry.c.key == bindparam("key")).outerjoin(
            deadline, deadline.c.petition == bindparam("petition")
        )
    )
    .order_by(deadline.c.place)
)
_RECEIPT: Select[Any] = select(*_HOUSE, *_FOUND).select_from(
    house.outerjoin(entry, entry.c.key == bindparam("key"))
)
_DOCUMENTS_OF_VERSION: Select[Any] = (
    select(document.c.id)
    .join(entry, (entry.c.petition == document.c.petition) & (entry.c.seq == document.c.entry))
    .where(document.c.petition == bindparam("petition"), entry.c.version == bindparam("version"))
    .order_by(document.c.entry, document.c.place)
)
_VERSIONS: Select[Any] = select(*_HOUSE)
_WORK: Select[Any] = (
    select(work_item)
    .where(work_item.c.petition == bindparam("petition"))
    .order_by(work_item.c.opened_at, work_item.c.step)
)
_ACTS_SINCE: Select[Any] = (
    select(entry.c.act)
    .where(entry.c.petition == bindparam("petition"), entry.c.version > bindparam("version"))
    .order_by(entry.c.seq)
)
_PARTS: Select[Any] = select(part.c.organ).where(part.c.petition == bindparam("petition"))
_BESIDE: Select[Any] = (
    select(petition.c.id).where(petition.c.about == bindparam("petition")).order_by(petition.c.id)
)
_NEXT_DUE: Select[Any] = select(
    select(func.min(petition.c.next_due_at))
    .where(petition.c.next_due_at.is_not(None), petition.c.retry_at.is_(None))
    .scalar_subquery(),
    select(func.min(petition.c.retry_at)).where(petition.c.retry_at.is_not(None)).scalar_subquery(),
)
_PROCEDURE_FILES: Select[Any] = (
    select(procedure_file)
    .where(procedure_file.c.procedure == bindparam("procedure"))
    .order_by(procedure_file.c.path)
)
_SETTING: Select[Any] = select(setting.c.value).where(setting.c.name == bindparam("name"))

__all__ = ["PETITION_LOCKED", "Loading"]
