"""The floor: what one bare durable transaction costs through the same engine. For measuring only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)

_METADATA = MetaData()
_STATE = Table(
    "floor_state",
    _METADATA,
    Column("id", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("document", LargeBinary, nullable=False),
)
_ENTRY = Table(
    "floor_entry",
    _METADATA,
    Column("id", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
_LOCKED = (
    select(_STATE.c.version, _STATE.c.document)
    .where(_STATE.c.id == bindparam("this"))
    .with_for_update()
)
_CHANGED = (
    update(_STATE)
    .where(_STATE.c.id == bindparam("this"), _STATE.c.version == bindparam("known"))
    .values(version=bindparam("next"), document=bindparam("state"))
)


class Floor:
    """Rows of its own beside an office's tables: each holds one document, each transaction changes one and notes it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        _METADATA.create_all(engine)

    def lay(self, documents: Sequence[tuple[str, bytes]]) -> None:
        """New rows with their documents."""
        with self._engine.begin() as connection:
            rows = [{"id": id, "version": 0, "document": document} for id, document in documents]
            connection.execute(insert(_STATE), rows)

    def transact(self, id: str, change: Callable[[bytes], bytes], note: bytes) -> int:
        """One locked select, one update, one insert, one commit. Returns the length of the document afterwards."""
        with self._engine.begin() as connection:
            version, document = connection.execute(_LOCKED, {"this": id}).one()
            changed = change(bytes(document))
            connection.execute(
                _CHANGED, {"this": id, "known": version, "next": version + 1, "state": changed}
            )
            connection.execute(insert(_ENTRY), {"id": id, "seq": version + 1, "content": note})
        return len(changed)
