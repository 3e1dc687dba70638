"""A backup holds everything as it stood at one moment, and either database takes it back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import DataError
from engine.record.keys import KeyRing
from engine.settings import sqlite_url
from engine.store.archive import MANIFEST, read_manifest, restore_archive, write_archive
from engine.store.presence import Presence, presence
from engine.store.store import Store
from engine.store.tables import METADATA, search_text
from tests.store.samples import CLERK, file, furnish, outbox_item, register

Made = Callable[[str], str]


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    """Makes the URL of an absent database of a kind."""
    dropped: list[str] = []

    def made(kind: str) -> str:
        if kind == "sqlite":
            return sqlite_url(tmp_path / f"restored{len(dropped)}.db")
        dropped.append(request.getfixturevalue("postgres_server").new_database())
        return dropped[-1]

    yield made
    for url in dropped:
        request.getfixturevalue("postgres_server").drop_database(url)


def contents(store: Store) -> dict[str, list[Any]]:
    """Every row of every table, but for the number of a row of search words."""
    with store.reading() as desk:
        return {
            table.name: sorted(
                repr(tuple(row))
                for row in desk.connection.execute(
                    select(*(one for one in table.columns if one is not search_text.c.id))
                )
            )
            for table in METADATA.sorted_tables
        }


@pytest.fixture
def busy_store(store: Store) -> Store:
    """A store with a petition, a supervision file about it that sorts before it, and an outbox."""
    with store.transaction() as paper:
        petition = register(paper, file("p1"), key="k1", content="秘密的内容")
        register(paper, file("a1", about=petition.id))
        paper.enqueue([outbox_item(petition)])
        paper.set_password(CLERK.person, "a hash", now=petition.registered_at)
        paper.set_setting("demonstration", "yes")
    return store


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_either_database_takes_back_what_either_gave(
    busy_store: Store, tmp_path: Path, new_database: Made, keys: KeyRing, kind: str
) -> None:
    path, url = tmp_path / "office.backup", new_database(kind)

    written = write_archive(busy_store, path)
    restored = restore_archive(path, url)

    assert written == restored
    assert written.petitions == 2
    store = Store(url, keys=keys)
    assert contents(busy_store) == contents(store)
    with store.transaction() as paper:
        later = register(paper, file("p2"))
    with store.reading() as desk:
        assert desk.load(later.id).id == "p2"
    store.close()


def test_nothing_personal_lies_in_the_clear_in_a_backup(busy_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "office.backup"
    write_archive(busy_store, path)

    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    assert "关于道路积水的事项".encode() in everything
    assert "秘密的内容".encode() not in everything


def test_an_office_is_never_written_over(busy_store: Store, url: str, tmp_path: Path) -> None:
    path = tmp_path / "office.backup"
    write_archive(busy_store, path)
    before = contents(busy_store)

    with pytest.raises(DataError, match="已有机关"):
        restore_archive(path, url)

    assert before == contents(busy_store)


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("entry.jsonl", lambda data: data.replace(b"k1", b"k2")),
        ("petition.jsonl", lambda data: data + data),
        ("petition.jsonl", lambda data: b"[1]\n"),
        ("petition.jsonl", lambda data: b"no json\n"),
        ("organ.jsonl", lambda data: b""),
        (MANIFEST, lambda data: data.replace(b"petition-archive-1", b"something-else")),
    ],
)
def test_an_altered_backup_is_refused_and_leaves_nothing_behind(
    busy_store: Store,
    tmp_path: Path,
    member: str,
    change: Callable[[bytes], bytes],
) -> None:
    path, altered = tmp_path / "office.backup", tmp_path / "altered.backup"
    write_archive(busy_store, path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(altered, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, change(data) if name == member else data)
    url = sqlite_url(tmp_path / "restored.db")

    with pytest.raises(DataError, match="已损坏"):
        restore_archive(altered, url)

    assert presence(url) is not Presence.OFFICE


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"a picture")

    with pytest.raises(DataError, match="不是本系统的备份"):
        read_manifest(path)


def test_asking_what_a_database_holds_makes_none(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "none.db")

    assert presence(url) is Presence.ABSENT
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_anybody_is_empty_and_one_with_organs_an_office(
    bare_store: Store, url: str
) -> None:
    assert presence(url) is Presence.EMPTY

    furnish(bare_store)

    assert presence(url) is Presence.OFFICE


@pytest.mark.parametrize(
    "url",
    [
        "no url at all",
        "oracle+nothing://x",
        "postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=1",
    ],
)
def test_a_database_that_cannot_be_reached_is_a_reason_and_not_a_trace(url: str) -> None:
    with pytest.raises(DataError):
        presence(url)
