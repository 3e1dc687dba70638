"""Writing one petition: its row, its deadlines, its steps, its entries, its papers. Part of one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Table, bindparam, delete, insert, null, select, update

from engine.errors import NotFound, RecordBroken, Stale
from engine.people.access import parts_of, passed_over
from engine.petition.documents import Document, ServiceState
from engine.petition.entries import Entry
from engine.petition.file import Attachment, File, OutboxItem, SealedValue, WorkItem
from engine.record.canonical import canonical_bytes
from engine.record.keys import PetitionKey
from engine.store import rows, upserts
from engine.store.erasure_tables import erasure
from engine.store.loading import Loading
from engine.store.sealing import seal_attachment_name, seal_blob, seal_outbox, seal_value
from engine.store.search import words_of
from engine.store.tables import (
    attachment,
    blob,
    deadline,
    document,
    entry,
    exclusion,
    number_series,
    outbox,
    part,
    petition,
    sealed_value,
    search_text,
    trace,
    work_item,
)
from engine.store.traces import NAME, traces
from engine.text import Text


class Filing(Loading):
    """What the counter writes. ``erased``: something was destroyed, and the store has to let go of its old pages."""

    erased = False

    def create(self, file: File) -> None:
        """Lay down the new *file* under a key of its own. At most 5 statements."""
        wrapped = self._ring.new_key(file.id)
        self._keys[file.id] = self._ring.unwrapped(file.id, wrapped)
        self._holders[file.id] = rows.holder_of(file)
        self._connection.execute(_NEW_PETITION, rows.petition_row(file, wrapped))
        words = words_of(file.number, file.title, file.external_number)
        self._connection.execute(_NEW_WORDS, {"petition": file.id, "words": words})
        self._put(deadline, rows.changed_deadlines(file, type(file.ledger)()), replace=True)
        self._put(part, rows.part_rows(file))
        self._put(exclusion, rows.exclusion_rows(file))

    def save(self, file: File, *, before: File) -> None:
        """Write what *file* has become since *before* was read. At most 7 statements.

        Raises Stale where somebody else has changed it in between.
        """
        changed = self._connection.execute(
            _MOVED, {"this": file.id, "read_version": before.version, **rows.moving_columns(file)}
        )
        if changed.rowcount != 1:
            raise Stale(_MOVED_ON)
        self._reseat(file, before)
        self._put(deadline, rows.changed_deadlines(file, before.ledger), replace=True)
        self._put(part, rows.part_rows(file, parts_of(before)))
        gone = sorted(passed_over(before, file))
        self._many(_PASSED_OVER, [{"this": file.id, "who": organ} for organ in gone])
        hidden = rows.hidden_from(before)
        self._put(exclusion, rows.exclusion_rows(file, hidden))
        self._many(
            _SHOWN_AGAIN,
            [{"this": file.id, "who": who} for who in sorted(hidden - rows.hidden_from(file))],
        )
        if (file.number, file.title) != (before.number, before.title):
            words = words_of(file.number, file.title, file.external_number)
            self._connection.execute(_OTHER_WORDS, {"this": file.id, "words": words})

    def settle_work(
        self,
        petition: str,
        *,
        close: Sequence[int],
        open: Sequence[WorkItem],
        move: Sequence[WorkItem],
    ) -> None:
        """Take away the steps *close*, add *open*, and hand *move* to their organ and assignee. At most 3 statements.

        A step that ends hands its row on to one that begins: mostly there is one of each, and one statement less.
        """
        begun = [rows.work_row(item, self._holder(petition)) for item in open]
        handed_on = min(len(close), len(begun))
        pairs = zip(close[:handed_on], begun[:handed_on], strict=True)
        self._many(_MOVED_STEP, [{"this": petition, "number": step, **row} for step, row in pairs])
        self._many(_CLOSED_STEP, [{"this": petition, "number": step} for step in close[handed_on:]])
        self._many(insert(work_item), begun[handed_on:])
        self._many(
            _MOVED_STEP,
            [
                {
                    "this": petition,
                    "number": item.step,
                    "organ": item.organ,
                    "seat": item.organ or self._holder(petition),
                    "assignee": item.assignee,
                }
                for item in move
            ],
        )

    def append(self, entry: Entry, sealed: Sequence[SealedValue], *, file: File) -> None:
        """Add *entry*, which is chained already, and keep its *sealed* values encrypted beside it. At most 2 statements."""
        self._connection.execute(_NEW_ENTRY, rows.entry_row(entry, file.version))
        key = self._writing_key(file) if sealed else None
        if key is not None:
            self._many(_NEW_SEALED, [seal_value(key, file.id, value) for value in sealed])

    def next_number(self, organ: str, register: str, year: int) -> int:
        """The next number of *organ* in *register*: no gap, since a rollback gives it back. 1 statement."""
        counted = upserts.or_count(number_series, self._dialect, "last")
        given = {"organ": organ, "register": register, "year": year, "last": 1}
        return int(self._connection.execute(counted, given).scalar_one())

    def issue(self, documents: Sequence[Document]) -> None:
        """Keep *documents*; their contents lie among the sealed values of their entry. 1 statement."""
        self._many(insert(document), rows.document_rows(documents))

    def set_service(self, document: str, state: ServiceState) -> None:
        """Write how far the service of *document* has come. 1 statement. Raises NotFound."""
        found = self._connection.execute(_SERVED, {"this": document, "service": state.value})
        if found.rowcount != 1:
            raise NotFound(Text("没有这份文书", "there is no such document"))

    def attach(self, attachments: Sequence[tuple[Attachment, bytes]], *, file: File) -> None:
        """Keep uploads, encrypted; the same content is kept once within a petition, never across. 2 statements."""
        key = self._writing_key(file)
        contents = {one.digest: content for one, content in attachments}
        self._put(
            blob,
            [
                {"petition": file.id, "digest": digest, "content": seal_blob(key, digest, content)}
                for digest, content in contents.items()
            ],
        )
        self._many(
            insert(attachment),
            [
                {
                    "petition": file.id,
                    "entry": one.entry,
                    "place": place,
                    "digest": one.digest,
                    "name": seal_attachment_name(key, one.entry, place, one.name),
                    "media_type": one.media_type,
                    "size": one.size,
                }
                for place, (one, _) in enumerate(attachments)
            ],
        )

    def enqueue(self, items: Sequence[OutboxItem]) -> None:
        """Put *items* into the outbox; one whose key is known already changes nothing.

        1 statement, and one more for each petition whose key this transaction has not used yet.
        """
        self._put(
            outbox,
            [
                {
                    "key": item.key,
                    "petition": item.petition,
                    "kind": item.kind,
                    "body": seal_outbox(
                        self._outbox_key(item), item.key, canonical_bytes(item.body)
                    ),
                    "enqueued_at": item.enqueued_at,
                    "relayed": False,
                    "attempts": 0,
                }
                for item in items
            ],
        )

    def trace(self, petition: str, values: Mapping[str, str]) -> None:
        """Keep the blind index of telephone, id number and name with subject, for the duplicate hint. 2 statements."""
        title = self._connection.scalar(_TITLE, {"id": petition}) if NAME in values else ""
        digests = traces(self._ring, values, title or "")
        self._put(
            trace,
            [
                {"petition": petition, "name": name, "digest": digest}
                for name, digest in sorted(digests.items())
            ],
        )

    def erase(self, file: File, now: datetime) -> None:
        """Destroy the key of *file*: its personal data can never be read again, its chain still proves itself."""
        petition = file.id
        self._keys.pop(petition, None)
        done = self._connection.execute(_KEY_DESTROYED, {"this": petition})
        if done.rowcount != 1:
            raise NotFound(Text("没有这一信访事项", "there is no such petition"))
        for forgotten in (delete(trace), delete(blob), delete(sealed_value)):
            table = forgotten.table
            self._connection.execute(forgotten.where(table.c.petition == petition))
        self._connection.execute(
            update(outbox).where(outbox.c.petition == petition).values(relayed=True)
        )
        overwritten = self._dialect == "sqlite"
        if overwritten:  # What was searched for stands in the index until its parts are merged.
            self._connection.exec_driver_sql(_INDEX_MERGED)
        noted = {"petition": petition, "entry": file.seq, "erased_at": now, "swept": overwritten}
        self._put(erasure, [noted], replace=True)
        self.erased = True

    # ------------------------------------------------------------------------------- inside

    def _holder(self, petition: str) -> str:
        return (
            self._holders[petition]
            if petition in self._holders
            else rows.holder_of(self.load(petition))
        )

    def _reseat(self, file: File, before: File) -> None:
        holder = rows.holder_of(file)
        self._holders[file.id] = holder
        if holder != rows.holder_of(before):
            self._connection.execute(_RESEATED, {"this": file.id, "seat": holder})

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name

    def _writing_key(self, file: File) -> PetitionKey:
        key = self.key_of(file)
        if key is None:
            raise RecordBroken(_ERASED)
        return key

    def _outbox_key(self, item: OutboxItem) -> PetitionKey:
        if item.petition not in self._keys:
            wrapped = self._connection.scalar(_WRAPPED_KEY, {"id": item.petition})
            if wrapped is None:
                raise RecordBroken(_ERASED)
            self._keys[item.petition] = self._ring.unwrapped(item.petition, bytes(wrapped))
        return self._keys[item.petition]

    def _put(
        self, table: Table, lines: Sequence[Mapping[str, Any]], *, replace: bool = False
    ) -> None:
        statement = upserts.or_replace if replace else upserts.or_nothing
        self._many(statement(table, self._dialect), lines)

    def _many(self, statement: Executable, lines: Sequence[Mapping[str, Any]]) -> None:
        if lines:
            self._connection.execute(statement, list(lines))


_MOVED_ON = Text(
    "该事项刚刚已有变动,请查看最新情况后再办理",
    "the petition has just changed; look again and decide anew",
)
_ERASED = Text(
    "该事项的个人信息已依法删除,不能再写入",
    "this petition's personal data were erased; none can be added",
)

_INDEX_MERGED = "insert into search_index(search_index) values ('optimize')"
_NEW_PETITION = insert(petition)
_NEW_WORDS = insert(search_text)
_NEW_ENTRY = insert(entry)
_NEW_SEALED = insert(sealed_value)
_MOVED = update(petition).where(
    petition.c.id == bindparam("this"), petition.c.version == bindparam("read_version")
)
_OTHER_WORDS = update(search_text).where(search_text.c.petition == bindparam("this"))
_SHOWN_AGAIN = delete(exclusion).where(
    exclusion.c.petition == bindparam("this"), exclusion.c.subject == bindparam("who")
)
_PASSED_OVER = delete(part).where(
    part.c.petition == bindparam("this"), part.c.organ == bindparam("who")
)
_CLOSED_STEP = delete(work_item).where(
    work_item.c.petition == bindparam("this"), work_item.c.step == bindparam("number")
)
_RESEATED = update(work_item).where(
    work_item.c.petition == bindparam("this"), work_item.c.organ.is_(None)
)
_MOVED_STEP = update(work_item).where(
    work_item.c.petition == bindparam("this"), work_item.c.step == bindparam("number")
)
_SERVED = update(document).where(document.c.id == bindparam("this"))
_TITLE = select(petition.c.title).where(petition.c.id == bindparam("id"), ~petition.c.sealed)
_WRAPPED_KEY = select(petition.c.wrapped_key).where(petition.c.id == bindparam("id"))
_KEY_DESTROYED = (
    update(petition).where(petition.c.id == bindparam("this")).values(wrapped_key=null())
)
