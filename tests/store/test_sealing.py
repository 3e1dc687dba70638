"""What is personal is unreadable in the database, readable to those who may, and gone for good once erased."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text, update

from engine.errors import NotFound, RecordBroken
from engine.petition.documents import Document, ServiceState
from engine.petition.entries import Entry
from engine.petition.file import Attachment, File, SealedValue
from engine.record import chain, commitments
from engine.record.keys import KeyRing
from engine.store.sealing import open_value
from engine.store.store import Store
from engine.store.tables import sealed_value
from tests.store.samples import (
    CLERK,
    HOUSING_CLERK,
    NOW,
    PETITION_OFFICE,
    TODAY,
    entry_for,
    file,
    outbox_item,
    register,
)

NAME, PHONE, CONTENT = "演示标记甲", "13912345678", "标记内容:楼道漏水"
UPLOAD, UPLOAD_NAME = b"marker bytes of an upload " * 50, "演示标记甲的照片.txt"
DIGEST = hashlib.sha256(UPLOAD).hexdigest()
MARKERS = [
    *(word.encode() for word in (NAME, PHONE, CONTENT, UPLOAD_NAME)),
    UPLOAD[:26],
    b"marked letter",
    b"marked notice",
]


def _filled(store: Store) -> File:
    """A file with every kind of thing that may hold personal data."""
    with store.transaction() as paper:
        laid = register(paper, file(), petitioner_name=NAME, phone=PHONE, content=CONTENT)
        letter = {"to": NAME, "text": "marked letter"}
        entry, values = entry_for(
            laid,
            seq=2,
            sealed={"document:d1": commitments.canonical_text(letter), "content": "更正"},
        )
        paper.append(entry, values, file=laid)
        paper.issue(
            [
                Document(
                    id="d1", petition="p1", kind="receipt", number="1号", organ=PETITION_OFFICE,
                    to="petitioner", issued_on=TODAY, entry=2, digest=entry.commitments["document:d1"],
                    service=ServiceState.PENDING,
                )
            ]
        )  # fmt: skip
        upload = Attachment(
            petition="p1", digest=DIGEST, name=UPLOAD_NAME, media_type="text/plain", size=len(UPLOAD), entry=2
        )  # fmt: skip
        paper.attach([(upload, UPLOAD)], file=laid)
        paper.enqueue([outbox_item(laid, body={"note": "marked notice", "name": NAME})])
        paper.trace("p1", {"petitioner_name": NAME, "phone": PHONE})
    return laid


def _everything_in(store: Store) -> bytes:
    """Every value of every table; on SQLite the bytes of the files themselves as well."""
    found = io.BytesIO()
    with store.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'select * from "{table}"')):
                for value in row:
                    found.write(
                        bytes(value)
                        if isinstance(value, (bytes, memoryview))
                        else str(value).encode()
                    )
    if path := store.engine.url.database if store.engine.dialect.name == "sqlite" else None:
        for suffix in ("", "-wal"):
            with open(path + suffix, "rb") as file:
                found.write(file.read())
    return found.getvalue()


def test_no_personal_data_lie_in_the_clear_in_the_database(store: Store) -> None:
    _filled(store)
    stored = _everything_in(store)

    assert [marker for marker in MARKERS if marker in stored] == []
    assert b"CODEp1" in stored  # the search itself finds what is there


def test_what_was_sealed_is_read_again_by_those_who_may(store: Store) -> None:
    _filled(store)
    with store.reading() as desk:
        shown = desk.file(CLERK, "p1", on=TODAY)
        paper, fields = desk.document(CLERK, "d1", on=TODAY)
        uploaded, content = desk.attachment(CLERK, "p1", DIGEST, on=TODAY)

    assert (paper.id, paper.to, fields) == (
        "d1",
        "petitioner",
        {"to": NAME, "text": "marked letter"},
    )
    assert (uploaded.name, uploaded.size, content) == (UPLOAD_NAME, len(UPLOAD), UPLOAD)
    assert shown.documents == (paper,)
    assert shown.attachments == (uploaded,)
    assert set(shown.sealed) == {"petitioner_name", "phone", "content"}
    assert NAME not in str(shown.sealed)
    assert [entry.seq for entry in shown.entries] == [1, 2]


def test_personal_data_are_shown_only_with_a_look_that_is_logged(store: Store) -> None:
    _filled(store)
    values = store.unmask(CLERK, "p1", purpose="电话核实", now=NOW)
    with store.reading() as desk:
        (looked,) = desk.viewings(CLERK, "p1", on=TODAY)
        assert desk.load("p1").version == 0

    assert values == {"petitioner_name": NAME, "phone": PHONE, "content": f"{CONTENT}\n更正"}
    assert (looked.person, looked.organ, looked.reason, looked.seen_at) == (
        "clerk", PETITION_OFFICE, "电话核实", NOW,
    )  # fmt: skip
    with pytest.raises(NotFound):
        store.unmask(HOUSING_CLERK, "p1", purpose="电话核实", now=NOW)


def test_erasure_leaves_the_record_and_takes_every_personal_value(store: Store) -> None:
    laid = _filled(store)
    with store.transaction() as paper:
        paper.erase(paper.load("p1"), NOW)
    with store.reading() as desk:
        shown = desk.file(CLERK, "p1", on=TODAY)
        entries = desk.entries(CLERK, "p1", on=TODAY)
        _, fields = desk.document(CLERK, "d1", on=TODAY)
        with pytest.raises(NotFound):
            desk.attachment(CLERK, "p1", DIGEST, on=TODAY)
        assert desk.duplicates(CLERK, on=TODAY, values={"phone": PHONE}) == ()

    assert shown.erased
    assert fields == {}
    assert UPLOAD_NAME not in {one.name for one in shown.attachments}
    assert chain.verify_chain(entries[:1], head=laid.head) == laid.head
    assert store.unmask(CLERK, "p1", purpose="看一看", now=NOW) == {}
    with store.transaction() as paper:
        assert paper.take_outbox(NOW + timedelta(days=1), 10) == ()
        entry, values = entry_for(laid, seq=3, sealed={"note": "x"})
        with pytest.raises(RecordBroken):
            paper.append(entry, values, file=paper.load("p1"))


def test_erasing_nothing_is_refused(store: Store) -> None:
    with store.transaction() as paper, pytest.raises(NotFound):
        paper.erase(file("nowhere"), NOW)


def test_a_sealed_value_moved_to_another_file_is_found_out(store: Store) -> None:
    with store.transaction() as paper:
        for name in ("p1", "p2"):
            register(paper, file(name), petitioner_name=NAME)
        first = paper.connection.execute(
            sealed_value.select().where(sealed_value.c.petition == "p1")
        ).one()
        paper.connection.execute(
            update(sealed_value)
            .where(sealed_value.c.petition == "p2")
            .values(content=first.content)
        )
        key = paper.key_of(paper.load("p1"))
        assert key is not None
        assert open_value(key, first).value == NAME
    with pytest.raises(RecordBroken):
        store.unmask(CLERK, "p2", purpose="电话核实", now=NOW)


def test_another_master_key_opens_nothing(store: Store, url: str) -> None:
    _filled(store)
    stranger = Store(url, keys=KeyRing.fresh())
    with pytest.raises(RecordBroken):
        stranger.unmask(CLERK, "p1", purpose="电话核实", now=NOW)
    stranger.close()


def test_a_sealed_value_still_opens_the_commitment_of_its_entry(store: Store) -> None:
    _filled(store)

    def opened(entries: tuple[Entry, ...], values: list[SealedValue]) -> list[bool]:
        committed = {
            (one.seq, name): digest for one in entries for name, digest in one.commitments.items()
        }
        return [
            commitments.opens(committed[value.entry, value.name], value.salt, value.value)
            for value in values
        ]

    with store.reading() as desk:
        entries = desk.entries(CLERK, "p1", on=TODAY)
        key = desk.key_of(desk.load("p1"))
        assert key is not None
        rows = desk.connection.execute(sealed_value.select().where(sealed_value.c.petition == "p1"))
        values = [open_value(key, row) for row in rows]

    assert opened(entries, values) == [True] * 5


def test_the_same_upload_is_kept_once_within_a_file_and_never_across(store: Store) -> None:
    def upload(petition: str, entry: int) -> Attachment:
        return Attachment(
            petition=petition,
            digest=DIGEST,
            name="a.txt",
            media_type="text/plain",
            size=1,
            entry=entry,
        )

    with store.transaction() as paper:
        for name in ("p1", "p2"):
            laid = register(paper, file(name))
            paper.attach([(upload(name, 1), UPLOAD), (upload(name, 1), UPLOAD)], file=laid)
            paper.attach([(upload(name, 2), UPLOAD)], file=laid)
        kept = paper.connection.execute(
            text("select petition, content from blob order by petition")
        ).all()
        shown = paper.file(CLERK, "p1", on=TODAY)

    assert [row.petition for row in kept] == ["p1", "p2"]
    assert bytes(kept[0].content) != bytes(kept[1].content)
    assert len(shown.attachments) == 3
