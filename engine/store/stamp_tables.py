"""The tables of time stamps over checkpoints: what was asked, and what an authority answered. Written once, like the log."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table

from engine.store.columns import Instant
from engine.store.metadata import METADATA

stamp_request = Table(
    "stamp_request",
    METADATA,
    Column("nonce", String, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("asked_at", Instant, nullable=False),
)
"""``epoch`` and ``size`` name the checkpoint; the nonce, as hexadecimal digits, the request."""

stamp = Table(
    "stamp",
    METADATA,
    Column("nonce", String, ForeignKey("stamp_request.nonce"), primary_key=True),
    Column("reply", LargeBinary, nullable=False),
    Column("stamped_at", Instant, nullable=False),
    Column("authority", String, nullable=False),
    Column("entry", Integer, nullable=False),
)
"""``entry`` is the number of the entry of the chain ``system`` that says so."""
