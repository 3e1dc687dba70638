"""What is counted over all petitions, told out of their records: a projection that may be thrown away and told anew.

Instants are whole seconds since 1970 in UTC, so that both databases subtract them alike.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from engine.store.metadata import METADATA


def _petition() -> Column[str]:
    return Column("petition", String, ForeignKey("petition.id"), primary_key=True)


course_state = Table(
    "course_state",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("place", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="only_one"),
)
"""One row: up to which leaf of the log everything is told."""

course_way = Table(
    "course_way",
    METADATA,
    Column("id", String, primary_key=True),
    Column("acts", Text, nullable=False),
)
"""A sequence of acts that some petition went through, by its hash."""

course = Table(
    "course",
    METADATA,
    _petition(),
    Column("seq", Integer, nullable=False),
    Column("way", String, ForeignKey("course_way.id"), nullable=False),
    Column("began", BigInteger, nullable=False),
    Column("ended", BigInteger),
    Index("ix_course_way", "way"),
)
"""One row per petition: how many entries are told, its way, its first and last instant."""

course_stay = Table(
    "course_stay",
    METADATA,
    _petition(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("element", String, nullable=False),
    Column("entered", BigInteger, nullable=False),
    Column("left", BigInteger),
    Column("breaches", Integer, nullable=False),
    Index("ix_course_stay_element", "element", "petition"),
)
"""A petition in a step, a sub-process or a call; and how many duties passed their limit meanwhile."""

course_hold = Table(
    "course_hold",
    METADATA,
    _petition(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("holder", String, nullable=False),
    Column("transit", Boolean, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger),
    Index("ix_course_hold_holder", "holder", "petition"),
)
"""Who held a petition from when to when: an organ's id, or the petitioner. The spans follow each other without a gap."""

course_finding = Table(
    "course_finding",
    METADATA,
    _petition(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("limit_id", String, nullable=False),
    Column("debtor", String),
    Column("power", Boolean, nullable=False),
    Column("finding", String, nullable=False),
    Column("legal_due", Date),
    Column("started_on", Date),
    Column("days", Integer),
    Column("doubts", Integer, nullable=False),
    Index("ix_course_finding_limit", "limit_id", "legal_due"),
)
"""What became of a clause. ``open`` is said of a limit that still runs: its day decides when it is asked."""
