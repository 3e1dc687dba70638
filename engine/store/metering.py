"""What the database is asked to do: statements, commits and the server's processes that do it. For measuring only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event

_BEGIN = "BEGIN"


class Meter:
    """Counts what goes through one engine from now on.

    ``statements`` counts every statement sent, savepoints included, a batch of the same statement once; the plain
    BEGIN and COMMIT around them are not statements but ``commits``.
    """

    def __init__(self, engine: Engine) -> None:
        self.statements = 0
        self.commits = 0
        self._servers: set[int] = set()
        # Connections opened before would not be counted.
        engine.dispose()
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "before_cursor_execute", self._sent)
        event.listen(engine, "commit", self._committed)

    @property
    def servers(self) -> frozenset[int]:
        """The process ids of the PostgreSQL backends on this machine that served the engine; none for SQLite."""
        return frozenset(self._servers)

    def _connected(self, connection: Any, record: Any) -> None:
        info = getattr(connection, "info", None)
        if info is not None and (
            not info.host or info.host.startswith("/") or info.host in {"localhost", "127.0.0.1"}
        ):
            self._servers.add(info.backend_pid)

    def _sent(
        self,
        connection: Connection,
        cursor: Any,
        statement: str,
        parameters: Any,
        context: Any,
        many: bool,
    ) -> None:
        if not statement.startswith(_BEGIN):
            self.statements += 1

    def _committed(self, connection: Connection) -> None:
        self.commits += 1
