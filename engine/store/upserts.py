"""INSERT … ON CONFLICT, which SQLite and PostgreSQL share and SQLAlchemy spells once for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


@lru_cache(maxsize=64)
def or_nothing(table: Table, dialect: str) -> Any:
    """INSERT a row; leave what stands there already."""
    return _insert(table, dialect).on_conflict_do_nothing()


@lru_cache(maxsize=64)
def or_replace(table: Table, dialect: str) -> Any:
    """INSERT a row; where one with the same primary key stands there, UPDATE everything else."""
    insert = _insert(table, dialect)
    key = [column.name for column in table.primary_key]
    rest = {
        column.name: insert.excluded[column.name]
        for column in table.columns
        if column.name not in key
    }
    return insert.on_conflict_do_update(index_elements=key, set_=rest)


@lru_cache(maxsize=64)
def or_count(table: Table, dialect: str, counted: str, also: Sequence[str] = ()) -> Any:
    """INSERT a row; where one stands there, add one to the column *counted* and take over the columns *also*."""
    insert = _insert(table, dialect)
    changes = {counted: table.c[counted] + 1, **{name: insert.excluded[name] for name in also}}
    return insert.on_conflict_do_update(
        index_elements=[column.name for column in table.primary_key], set_=changes
    ).returning(table.c[counted])


def _insert(table: Table, dialect: str) -> Any:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
