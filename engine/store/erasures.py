"""Erasing that lasts: what was erased stands in a register outside the database, and no dead row of it stays inside.

SQLite overwrites what is deleted at once (``secure_delete``). PostgreSQL keeps dead rows, indexes and statistics with the
values in them until the tables are written anew; that locks them for as long as it takes, so it is done in the first night
after. Its log (WAL) and older backups keep what they hold until they are recycled: engine/store/README.md.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.exc import DBAPIError

from engine.clock import SHANGHAI, legal_date
from engine.record.erasures import Erasure, Register
from engine.store.connect import contention, is_sqlite
from engine.store.erasure_tables import erasure
from engine.store.store import Store
from engine.store.tables import petition

log = logging.getLogger(__name__)

AT_NIGHT: Final = time(2, 0)
"""When dead rows are swept out: the clocks of midnight are done, and nobody works."""
SWEPT: Final = (
    "petition",
    "search_text",
    "trace",
    "sealed_value",
    "blob",
    "pg_catalog.pg_statistic",
)
"""What may hold a value of an erased file in the clear, or the key to one. The last keeps samples of values."""
_LOOKING_BACK: Final = """
select 1 from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_xmin is not null limit 1
"""
"""Whoever is in a transaction may still see rows that are dead to others, and a vacuum would leave them in."""
_PATIENCE: Final = "set lock_timeout = '2s'"
_AT_ONCE: Final = 500


class Erasures:
    """The erasures of one store, and their *register*. A keeper of the worker."""

    def __init__(self, store: Store, register: Register) -> None:
        self._store = store
        self.register = register
        self._told = -1

    def turn(self, now: datetime) -> bool:
        """Write down what was erased since, and in the night after sweep. Returns whether anything was swept."""
        with self._store.reading() as desk:
            count, unswept = desk.connection.execute(_STANDING).one()
        if count != self._told:
            self.tell()
        return unswept is not None and now >= _night_after(unswept) and self.sweep()

    def all(self) -> tuple[Erasure, ...]:
        """What was erased here, the oldest first."""
        with self._store.reading() as desk:
            return tuple(_erasure(row) for row in desk.connection.execute(_ALL))

    def tell(self) -> None:
        """Write down in the register what it does not hold yet."""
        done, known = self.all(), self.register.erasures()
        if fresh := [one for one in done if one.petition not in known]:
            self.register.add(fresh)
        self._told = len(done)

    def come_back(self) -> tuple[Erasure, ...]:
        """The erasures of the register whose files have their keys: a backup has brought them back."""
        known = self.register.erasures()
        if not known:
            return ()
        with self._store.reading() as desk:
            return tuple(
                known[id]
                for ids in _parts(sorted(known))
                for id in desk.connection.execute(_WITH_KEY, {"these": ids}).scalars()
            )

    def sweep(self) -> bool:
        """Leave nothing of what was erased in the files of the database.

        Returns whether nothing is left: False where somebody is at work on the tables, and it is to be tried again.
        """
        with self._store.reading() as desk:
            ids = list(desk.connection.execute(_UNSWEPT).scalars())
        if not ids:
            return True
        if not is_sqlite(self._store.engine) and not self._rewritten():
            return False
        with self._store.transaction() as paper:
            for some in _parts(ids):
                paper.connection.execute(_NOW_SWEPT, {"these": some})
        log.info("swept erasures=%s", len(ids))
        return True

    def _rewritten(self) -> bool:
        """Whether PostgreSQL has written the tables anew, without a row that is dead to everybody."""
        with self._store.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            if connection.exec_driver_sql(_LOOKING_BACK).first() is not None:
                return False
            connection.exec_driver_sql(_PATIENCE)
            try:
                for table in SWEPT:
                    connection.exec_driver_sql(f"vacuum (full, analyze) {table}")
            except DBAPIError as error:
                if contention(error) is None:
                    raise
                return False
            finally:
                connection.exec_driver_sql("reset lock_timeout")
        return True


def _night_after(instant: datetime) -> datetime:
    """The first hour for sweeping after *instant*."""
    day = legal_date(instant)
    night = datetime.combine(day, AT_NIGHT, tzinfo=SHANGHAI)
    return night if night > instant else night + timedelta(days=1)


def _erasure(row: Any) -> Erasure:
    return Erasure(petition=row.petition, entry=row.entry, at=row.erased_at)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[begin : begin + _AT_ONCE] for begin in range(0, len(ids), _AT_ONCE))


_STANDING: Select[Any, Any] = select(
    func.count(), func.min(erasure.c.erased_at).filter(erasure.c.swept.is_(False))
).select_from(erasure)
_ALL: Select[Any] = select(erasure).order_by(erasure.c.erased_at, erasure.c.petition)
_UNSWEPT: Select[Any] = select(erasure.c.petition).where(erasure.c.swept.is_(False))
_WITH_KEY: Select[Any] = select(petition.c.id).where(
    petition.c.id.in_(bindparam("these", expanding=True)), petition.c.wrapped_key.is_not(None)
)
_NOW_SWEPT = (
    update(erasure)
    .where(erasure.c.petition.in_(bindparam("these", expanding=True)))
    .values(swept=True)
)

__all__ = ["Erasures"]
