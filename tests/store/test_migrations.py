"""From nothing to this version, on both databases, and what comes out is what the code describes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect
from sqlalchemy.exc import DBAPIError

from engine.errors import DataError
from engine.settings import sqlite_url
from engine.store.connect import connect
from engine.store.migrate import configuration, require_present_version, upgrade
from engine.store.tables import METADATA

STEPS = [
    step.revision
    for step in reversed(list(ScriptDirectory.from_config(configuration(None)).walk_revisions()))
]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "empty.db")
    else:
        yield request.getfixturevalue("postgres_url")


def test_an_empty_database_becomes_what_the_code_describes(empty_url: str) -> None:
    with pytest.raises(DataError):
        require_present_version(empty_url)
    for step in STEPS:
        upgrade(empty_url, step)
    require_present_version(empty_url)
    upgrade(empty_url)

    engine = connect(empty_url)
    with engine.connect() as connection:
        differences = compare_metadata(_comparing(connection), METADATA)
        checks = {
            table: {check["name"] for check in inspect(connection).get_check_constraints(table)}
            for table in METADATA.tables
        }
    engine.dispose()

    assert differences == []
    assert checks == {
        name: {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
        for name, table in METADATA.tables.items()
    }


def test_a_database_of_another_version_is_named(empty_url: str) -> None:
    upgrade(empty_url)
    engine = connect(empty_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = 'older'")
    engine.dispose()

    with pytest.raises(DataError, match="older"):
        require_present_version(empty_url)


def test_a_step_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    engine = connect(empty_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("create table work_item (in_the_way integer)")
    with pytest.raises(DBAPIError):
        upgrade(empty_url)
    with engine.connect() as connection:
        left = inspect(connection).get_table_names()
    engine.dispose()

    assert left == ["work_item"]


def test_no_table_or_column_is_named_after_a_judgement() -> None:
    named = {
        name for table in METADATA.tables.values() for name in (table.name, *table.columns.keys())
    }

    assert not named & {
        "score",
        "risk",
        "grade",
        "rank",
        "level_of_concern",
        "watch",
        "trip",
        "label",
    }


def _comparing(connection: Connection) -> MigrationContext:
    skipped = ("search_index",)

    def ours(object: Any, name: str | None, type: str, reflected: bool, against: Any) -> bool:
        return not (name or "").startswith((*skipped, "ix_search_text_words"))

    return MigrationContext.configure(
        connection,
        opts={"include_object": ours, "compare_type": False, "compare_server_default": False},
    )


def test_deadlines_of_before_get_their_day_of_warning(empty_url: str) -> None:
    steps = ScriptDirectory.from_config(configuration(None)).walk_revisions()
    warnings = next(step for step in steps if step.path.endswith("_warnings.py"))
    upgrade(empty_url, str(warnings.down_revision))
    engine = connect(empty_url)
    with engine.begin() as connection:
        for statement in _A_PETITION:
            connection.exec_driver_sql(statement)
    engine.dispose()
    upgrade(empty_url)

    engine = connect(empty_url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("select id, warn_from from deadline order by id").all()
    engine.dispose()

    assert [(row[0], str(row[1])) for row in found] == [
        ("T1#1", "2026-03-14"),
        ("T5#1", "2026-04-16"),
        ("T9#1", "None"),
    ]


_DEADLINE = (
    "insert into deadline (petition, id, place, limit_id, law, article, power, debtor, started_on, legal_due, "
    "provisional, calendar, state, extension_days, suspensions, opened_by) values "
    "('p', '{id}', {place}, '{id}', 'law', '1', {no}, 'o', '2026-03-02', {due}, {no}, 'c', 'running', 0, '[]', 1)"
)
_A_PETITION = (
    "insert into organ (id, name_zh, name_en, code, kind, level, vertical, valid_from) "
    "values ('o', 'o', 'o', 'o', 'government', 'county', false, '2000-01-01')",
    "insert into petition (id, kind, number, code, organ, holder, title, category, channel, initial, received_on, "
    "registered_at, procedure, process, progress, facts, stage, version, seq, head, sealed, excluded, attempts) values "
    "('p', 'petition', '1', '1', 'o', 'o', 't', 'c', 'c', true, '2026-03-02', '2026-03-02 00:00:00', 'd', 'p', '', "
    "'{}', 's', 1, 1, 'h', false, '[]', 0)",
    _DEADLINE.format(id="T1#1", place=1, no="false", due="'2026-03-17'"),
    _DEADLINE.format(id="T5#1", place=2, no="false", due="'2026-05-01'"),
    _DEADLINE.format(id="T9#1", place=3, no="false", due="null"),
)
