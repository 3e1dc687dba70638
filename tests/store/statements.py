"""Counting the SQL statements of a block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from engine.store.loading import Loading


@contextmanager
def counted(paper: Loading) -> Iterator[list[str]]:
    """The statements that *paper* sends while the block runs; an executemany is one."""
    sent: list[str] = []

    def note(
        connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        sent.append(statement)

    event.listen(paper.connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(paper.connection, "before_cursor_execute", note)
