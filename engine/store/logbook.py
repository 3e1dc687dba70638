"""The log over all entries, as the store keeps it: reading it, and writing it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, select, update

from engine.errors import RecordBroken
from engine.record.checkpoint import Checkpoint, read_checkpoint
from engine.record.heads import ACT, ChainHead, Heads
from engine.record.tree import WIDTH, Frontier, tree_hash
from engine.store.loading import Loading
from engine.store.tables import entry, log_checkpoint, log_leaf, log_node, log_pending, log_state
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """How far the log has come. ``heads_on`` is the legal day of the last statement about the heads of all chains."""

    hash: str
    epoch: int
    size: int
    edge: bytes
    heads_on: date | None

    def frontier(self) -> Frontier:
        """The right edge of the tree, ready to grow."""
        return Frontier.loaded(tree_hash(self.hash), self.size, self.edge)


class StoredTree:
    """The tree of the log as it lies in the store; read a block at a time."""

    def __init__(self, loading: Loading) -> None:
        self._loading = loading
        self._blocks: dict[tuple[int, int], dict[int, bytes]] = {}

    def hash(self, level: int, index: int) -> bytes:
        """See :class:`engine.record.tree.Kept`. Raises RecordBroken where it is missing."""
        block = index // WIDTH
        held = self._blocks.get((level, block))
        if held is None:
            held = self._blocks[level, block] = self._read(level, block)
        try:
            return held[index]
        except KeyError as error:
            raise RecordBroken(_LOG_INCOMPLETE.filled(place=index * WIDTH**level)) from error

    def _read(self, level: int, block: int) -> dict[int, bytes]:
        between = {"start": block * WIDTH, "stop": (block + 1) * WIDTH}
        if level == 0:
            found = self._loading.connection.execute(_LEAVES, between)
        else:
            found = self._loading.connection.execute(_NODES, {"level": level, **between})
        return {row.place: bytes(row.hash) for row in found}


class LogReading(Loading):
    """What can be read of the log."""

    def log_state(self) -> LogState:
        """How far the log has come."""
        return _state_of(self._connection.execute(_STATE).one())

    def log_waiting(self) -> bool:
        """Whether there are entries that are no leaves yet."""
        return self._connection.execute(_ANY_PENDING).first() is not None

    def log_tree(self) -> StoredTree:
        """The tree as it is stored."""
        return StoredTree(self)

    def log_places(self, petition: str) -> dict[int, tuple[int, bytes]]:
        """Place and hash of the leaf of each entry of *petition*, by number."""
        found = self._connection.execute(_PLACES, {"petition": petition})
        return {row.seq: (row.place, bytes(row.hash)) for row in found}

    def last_checkpoint(self) -> Checkpoint | None:
        """The last checkpoint that was signed, whatever the epoch."""
        note = self._connection.scalar(_LAST_CHECKPOINT)
        return None if note is None else read_checkpoint(note)

    def checkpoint_of(self, size: int, epoch: int) -> Checkpoint | None:
        """The checkpoint of *epoch* that was signed at exactly *size* leaves."""
        return self._checkpoint(_AT_SIZE, size, epoch)

    def checkpoints_around(self, place: int, epoch: int) -> list[Checkpoint]:
        """The last checkpoint of *epoch* before leaf *place*, and the first that covers it."""
        found = (self._checkpoint(query, place, epoch) for query in (_LAST_BEFORE, _FIRST_OVER))
        return [one for one in found if one is not None]

    def _checkpoint(self, query: Select[Any], size: int, epoch: int) -> Checkpoint | None:
        note = self._connection.scalar(query, {"size": size, "epoch": epoch})
        return None if note is None else read_checkpoint(note)

    def exact_entries(self, petition: str) -> list[bytes]:
        """The bytes of the entries of *petition* as they are stored, judged by nobody."""
        found = self._connection.scalars(_CONTENTS, {"petition": petition})
        return [bytes(content) for content in found]

    def statement_before(self, size: int) -> tuple[int, int, bytes] | None:
        """The last statement of heads among the first *size* leaves: its number, its place, its bytes."""
        row = self._connection.execute(_STATEMENT, {"size": size, "act": ACT}).first()
        return None if row is None else (row.seq, row.place, bytes(row.content))

    def checkpoints(self) -> list[Checkpoint]:
        """All checkpoints, the oldest first."""
        return [read_checkpoint(note) for note in self._connection.scalars(_CHECKPOINTS)]

    def heads_at(self, size: int, hash: str) -> Heads:
        """The heads of all chains as they were when the log had *size* leaves."""
        found = self._connection.execute(_HEADS, {"size": size})
        heads = [ChainHead(row.petition, row.seq, bytes(row.hash)) for row in found]
        return Heads(tree_hash(hash), size, heads)


class LogWriting(LogReading):
    """What the sequencer writes. All of it under the lock of :meth:`take_log`."""

    def take_log(self, *, wait: bool = False) -> LogState | None:
        """The state of the log, locked until the transaction ends; None where another worker holds it."""
        asked = _STATE.with_for_update(skip_locked=not wait)
        row = self._connection.execute(asked).first()
        return None if row is None else _state_of(row)

    def log_entries(self, state: LogState, limit: int) -> LogState:
        """Make leaves of at most *limit* entries that wait, each chain in its order."""
        waiting = self._connection.execute(_PENDING, {"most": limit}).all()
        if not waiting:
            return state
        frontier = state.frontier()
        leaves: list[dict[str, Any]] = []
        nodes: list[dict[str, Any]] = []
        for row in waiting:
            leaf = frontier.hashing.leaf(bytes(row.content))
            leaves.append(
                {"place": frontier.size, "petition": row.petition, "seq": row.seq, "hash": leaf}
            )
            nodes.extend(
                {"level": node.level, "place": node.index, "hash": node.hash}
                for node in frontier.append(leaf)
            )
        self._connection.execute(_NEW_LEAF, leaves)
        if nodes:
            self._connection.execute(insert(log_node), nodes)
        self._connection.execute(
            _LOGGED, [{"this": row.petition, "number": row.seq} for row in waiting]
        )
        return self._moved(state, size=frontier.size, edge=frontier.edge())

    def keep_checkpoint(self, checkpoint: Checkpoint, epoch: int) -> None:
        """Keep a signed checkpoint."""
        self._connection.execute(
            insert(log_checkpoint),
            {
                "epoch": epoch,
                "size": checkpoint.size,
                "signed_at": checkpoint.at,
                "note": checkpoint.note,
            },
        )

    def set_heads_on(self, state: LogState, day: date) -> LogState:
        """Note that the heads of all chains were committed to on *day*."""
        return self._moved(state, heads_on=day)

    def set_log_hash(self, state: LogState, hash: str) -> LogState:
        """Hash the tree, which must still be empty, with *hash*. Raises DataError for an unknown one."""
        return self._moved(state, hash=tree_hash(hash).name)

    def next_epoch(self, state: LogState) -> LogState:
        """Go on under another origin, since what the last one signed is lost."""
        return self._moved(state, epoch=state.epoch + 1)

    def _moved(self, state: LogState, **changed: Any) -> LogState:
        self._connection.execute(update(log_state).values(**changed))
        fields = ("hash", "epoch", "size", "edge", "heads_on")
        return LogState(**{name: changed.get(name, getattr(state, name)) for name in fields})


def _state_of(row: Any) -> LogState:
    return LogState(
        hash=row.hash,
        epoch=row.epoch,
        size=row.size,
        edge=bytes(row.edge),
        heads_on=row.heads_on,
    )


_LOG_INCOMPLETE = Text("日志第{place}片叶缺失", "leaf {place} of the log is missing")

_STATE: Select[Any] = select(log_state)
_ANY_PENDING: Select[Any] = select(log_pending.c.seq).limit(1)
_PENDING: Select[Any] = (
    select(log_pending.c.petition, log_pending.c.seq, entry.c.content)
    .join(entry, (entry.c.petition == log_pending.c.petition) & (entry.c.seq == log_pending.c.seq))
    .order_by(log_pending.c.petition, log_pending.c.seq)
    .limit(bindparam("most"))
)
_LEAVES: Select[Any] = select(log_leaf.c.place, log_leaf.c.hash).where(
    log_leaf.c.place >= bindparam("start"), log_leaf.c.place < bindparam("stop")
)
_NODES: Select[Any] = select(log_node.c.place, log_node.c.hash).where(
    log_node.c.level == bindparam("level"),
    log_node.c.place >= bindparam("start"),
    log_node.c.place < bindparam("stop"),
)
_PLACES: Select[Any] = select(log_leaf.c.seq, log_leaf.c.place, log_leaf.c.hash).where(
    log_leaf.c.petition == bindparam("petition")
)
_CHECKPOINTS: Select[Any] = select(log_checkpoint.c.note).order_by(
    log_checkpoint.c.epoch, log_checkpoint.c.size
)
_LAST_CHECKPOINT: Select[Any] = (
    select(log_checkpoint.c.note)
    .order_by(log_checkpoint.c.epoch.desc(), log_checkpoint.c.size.desc())
    .limit(1)
)
_OF_EPOCH = select(log_checkpoint.c.note).where(log_checkpoint.c.epoch == bindparam("epoch"))
_AT_SIZE: Select[Any] = _OF_EPOCH.where(log_checkpoint.c.size == bindparam("size"))
_LAST_BEFORE: Select[Any] = (
    _OF_EPOCH.where(log_checkpoint.c.size <= bindparam("size"))
    .order_by(log_checkpoint.c.size.desc())
    .limit(1)
)
_FIRST_OVER: Select[Any] = (
    _OF_EPOCH.where(log_checkpoint.c.size > bindparam("size"))
    .order_by(log_checkpoint.c.size)
    .limit(1)
)
_CONTENTS: Select[Any] = (
    select(entry.c.content).where(entry.c.petition == bindparam("petition")).order_by(entry.c.seq)
)
_STATEMENT: Select[Any] = (
    select(entry.c.seq, log_leaf.c.place, entry.c.content)
    .join(log_leaf, (log_leaf.c.petition == entry.c.petition) & (log_leaf.c.seq == entry.c.seq))
    .where(
        entry.c.petition == "system",
        entry.c.act == bindparam("act"),
        log_leaf.c.place < bindparam("size"),
    )
    .order_by(entry.c.seq.desc())
    .limit(1)
)
_ENDS = (
    select(log_leaf.c.petition, func.max(log_leaf.c.seq).label("seq"))
    .where(log_leaf.c.place < bindparam("size"))
    .group_by(log_leaf.c.petition)
    .subquery()
)
_HEADS: Select[Any] = select(log_leaf.c.petition, log_leaf.c.seq, log_leaf.c.hash).join(
    _ENDS, (log_leaf.c.petition == _ENDS.c.petition) & (log_leaf.c.seq == _ENDS.c.seq)
)
_NEW_LEAF = insert(log_leaf)
_LOGGED = delete(log_pending).where(
    log_pending.c.petition == bindparam("this"), log_pending.c.seq == bindparam("number")
)

__all__ = ["LogReading", "LogState", "LogWriting", "StoredTree"]
