"""The store: where the paper lies. The only place in the house that commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.petition.parties import Actor
from engine.record.keys import KeyRing
from engine.store.connect import READ_ONLY, connect, contention, is_sqlite, let_go
from engine.store.desk import Desk
from engine.store.paper import Paper
from engine.store.queries.office_rows import Credentials
from engine.store.queries.petitioner import written_number
from engine.store.shelf import Shelf


class Store:
    """One database and its keys. May be used by any number of threads; connects when first asked.

    *url* is ``sqlite:///…`` or ``postgresql+psycopg://…``; the database must have been brought to this version by
    :func:`engine.store.migrate.upgrade`.
    """

    def __init__(self, url: str, *, keys: KeyRing) -> None:
        self._engine = connect(url)
        self._reading = self._engine.execution_options(**_reading_options(self._engine))
        self._keys = keys
        self._shelf = Shelf()

    @property
    def engine(self) -> Engine:
        """The engine, for backups, measurements and tests."""
        return self._engine

    @contextmanager
    def transaction(self) -> Iterator[Paper]:
        """One transaction: committed when the block ends, undone when it raises.

        On SQLite it holds the only write lock from the start. Raises Stale where another transaction was in the way.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                paper = Paper(connection, keys=self._keys, shelf=self._shelf)
                yield paper
            if paper.erased:
                let_go(self._engine)
        except DBAPIError as error:
            meant = contention(error)
            if meant is None:
                raise
            raise meant from error

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """One look at the store as it stood at one moment; nothing can be written."""
        with self._reading.connect() as connection, connection.begin():
            yield Desk(connection, keys=self._keys, shelf=self._shelf)

    @property
    def keys(self) -> KeyRing:
        """The keys of the installation."""
        return self._keys

    def setting(self, name: str) -> str | None:
        """The value of the setting *name*, if it was ever set."""
        with self.reading() as desk:
            return desk.setting(name)

    def set_setting(self, name: str, value: str) -> None:
        """Keep *value* under *name*, in a transaction of its own."""
        with self.transaction() as paper:
            paper.set_setting(name, value)

    def unmask(
        self, viewer: Actor, petition: str, *, purpose: str, now: datetime
    ) -> Mapping[str, str]:
        """What is personal in a file, in the clear, with the look logged; see :meth:`Paper.unmask`."""
        with self.transaction() as paper:
            return paper.unmask(viewer, petition, purpose=purpose, now=now)

    def keep_typed(self, key: str, answers: Mapping[str, object], now: datetime) -> None:
        """Keep what was typed on the page *key*, in a transaction of its own."""
        with self.transaction() as paper:
            paper.keep_typed(key, answers, now)

    # ------------------------------------------------------------------------------- signing in

    def credentials(self, login: str) -> Credentials | None:
        """With what *login* signs in; None where there is no such login."""
        with self.reading() as desk:
            return desk.credentials(login)

    def sign_in_failures(
        self, login: str, address: str
    ) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
        """When signing in failed, for the account and for the address."""
        with self.reading() as desk:
            return desk.sign_in_failures(_account(login)), desk.sign_in_failures(_address(address))

    def sign_in_failed(self, login: str, address: str, now: datetime) -> None:
        """Note that signing in failed."""
        with self.transaction() as paper:
            paper.sign_in_failed((_account(login), _address(address)), now)

    def sign_in_worked(self, login: str) -> None:
        """Forget the failures of the account *login*."""
        with self.transaction() as paper:
            paper.forget_failures(subject=_account(login))

    # ------------------------------------------------------------------------------- querying one's own matter

    def query_failures(
        self, number: str, address: str
    ) -> tuple[tuple[datetime, ...], tuple[datetime, ...]]:
        """When querying failed, for the petition's number and for the address."""
        with self.reading() as desk:
            return desk.sign_in_failures(_asked(number)), desk.sign_in_failures(_asker(address))

    def query_failed(self, number: str, address: str, now: datetime) -> None:
        """Note that querying failed."""
        with self.transaction() as paper:
            paper.sign_in_failed((_asked(number), _asker(address)), now)

    def query_worked(self, number: str) -> None:
        """Forget the failures of the petition *number*."""
        with self.transaction() as paper:
            paper.forget_failures(subject=_asked(number))

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def _account(login: str) -> str:
    return f"account:{login}"


def _address(address: str) -> str:
    return f"address:{address}"


def _asked(number: str) -> str:
    return f"petition:{written_number(number)}"


def _asker(address: str) -> str:
    return f"query:{address}"


def _reading_options(engine: Engine) -> dict[str, object]:
    if is_sqlite(engine):
        return {READ_ONLY: True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


__all__ = ["Desk", "Paper", "Store"]
