"""Column types of our own: instants in UTC, and JSON in canonical form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.record.canonical import canonical_bytes, instant_text, read_canonical


class Instant(TypeDecorator[datetime]):
    """An aware instant, always UTC. On SQLite an ISO text whose order is the order of time."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        return instant.astimezone(UTC)


class CanonicalJson(TypeDecorator[Any]):
    """A JSON value in its canonical bytes: no database reads into it, so none may change it."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else canonical_bytes(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else read_canonical(bytes(value))


__all__ = ["CanonicalJson", "Instant"]
