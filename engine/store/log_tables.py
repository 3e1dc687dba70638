"""The tables of the log over all entries: leaves, kept levels of the tree, checkpoints.

``log_pending`` is filled by a trigger on ``entry``, in the transaction of whoever writes an entry; nothing else of the log
lies in the way of business.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from engine.store.columns import Instant
from engine.store.metadata import METADATA

log_state = Table(
    "log_state",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("hash", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("heads_on", Date),
    CheckConstraint("id = 1", name="only_one"),
)
"""One row: how far the log has come. Whoever writes the log locks it."""

log_pending = Table(
    "log_pending",
    METADATA,
    Column("petition", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
)
"""The entries that are no leaves yet."""

log_leaf = Table(
    "log_leaf",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("petition", String, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("petition", "seq"),
)

log_node = Table(
    "log_node",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
"""The roots of complete subtrees of 256 ** level leaves."""

log_checkpoint = Table(
    "log_checkpoint",
    METADATA,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("signed_at", Instant, nullable=False),
    Column("note", String, nullable=False),
)
