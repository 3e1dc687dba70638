"""Checking the whole log against the tables: every leaf, every entry, every checkpoint, every head that somebody holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import DataError, RecordBroken
from engine.record.canonical import read_canonical
from engine.record.checkpoint import Verifier
from engine.record.held import Held
from engine.record.stamps import is_over
from engine.record.tree import Frontier, tree_hash
from engine.store.logrows import LogRow, entries_without_leaf, kept_nodes, log_rows
from engine.store.queries.stamped import stamps
from engine.store.stamping import STAMPED
from engine.store.store import Desk
from engine.text import Text


@dataclass(frozen=True, slots=True)
class LogFault:
    """What does not prove itself. ``petition`` and ``seq`` name the first entry at fault, as far as that can be told."""

    petition: str | None
    seq: int | None
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    size: int
    digits: str
    of: Text


def check_log(desk: Desk, verifier: Verifier, held: Sequence[Held] = ()) -> Iterator[LogFault]:
    """Everything that is wrong with the log, the earliest leaf first."""
    state = desk.log_state()
    heads: dict[int, list[_Head]] = {}
    for known in _signed(desk, verifier, held):
        if isinstance(known, LogFault):
            yield known
        else:
            heads.setdefault(known.size, []).append(known)
    walk = _Walk(Frontier(tree_hash(state.hash)), heads, kept_nodes(desk))
    yield from walk.through(log_rows(desk))
    yield from walk.ends_at(state.size, state.edge)
    for row in entries_without_leaf(desk):
        yield LogFault(row.petition, row.seq, Text("不在日志中", "it is not in the log"))
    yield from _last_statement(desk, state.size)
    yield from _stamps(desk)


class _Walk:
    """The log, leaf by leaf, each made again from the entry that it stands for."""

    def __init__(
        self,
        frontier: Frontier,
        heads: Mapping[int, Sequence[_Head]],
        kept: dict[tuple[int, int], bytes],
    ) -> None:
        self.frontier = frontier
        self.heads = heads
        self.kept = kept
        self.agreed = 0
        self.first_since: LogRow | None = None
        self.sound = True

    def through(self, rows: Iterator[LogRow]) -> Iterator[LogFault]:
        for row in rows:
            why = self._leaf(row)
            if why is not None:
                self.sound = False
                yield LogFault(row.petition, row.seq, why)
            if self.first_since is None:
                self.first_since = row
            for node in self.frontier.append(row.hash):
                if self.kept.pop((node.level, node.index), None) != node.hash:
                    yield LogFault(row.petition, row.seq, _NODE)
            yield from self._agrees()

    def _leaf(self, row: LogRow) -> Text | None:
        if row.place != self.frontier.size:
            return Text("日志在此之前缺叶", "a leaf is missing before it")
        if row.content is None:
            return Text("日志中有而记录中没有", "the log holds it and the record does not")
        if self.frontier.hashing.leaf(row.content) != row.hash:
            return Text("内容与日志不符", "its content is not what the log holds")
        return None

    def _agrees(self) -> Iterator[LogFault]:
        wanted = self.heads.get(self.frontier.size, ())
        if not wanted:
            return
        root = self.frontier.root().hex()
        for head in wanted:
            if not root.startswith(head.digits):
                first = self.first_since
                yield LogFault(
                    first.petition if first else None, first.seq if first else None,
                    _HEAD.filled(of=head.of, size=head.size, agreed=self.agreed),
                )  # fmt: skip
                return
        self.agreed, self.first_since = self.frontier.size, None

    def ends_at(self, size: int, edge: bytes) -> Iterator[LogFault]:
        if (self.frontier.size, self.frontier.edge()) != (size, edge):
            yield LogFault(None, None, _EDGE.filled(found=self.frontier.size, said=size))
        for head in (one for some in self.heads.values() for one in some):
            if head.size > self.frontier.size:
                yield LogFault(
                    None, None, _SHORTER.filled(of=head.of, size=head.size, here=self.frontier.size)
                )
        if self.kept:
            yield LogFault(None, None, _NODE)


def _signed(desk: Desk, verifier: Verifier, held: Sequence[Held]) -> Iterator[_Head | LogFault]:
    for checkpoint in desk.checkpoints():
        try:
            verifier.opened(checkpoint.note)
        except RecordBroken as fault:
            yield LogFault(None, None, fault.text)
        yield _Head(
            size=checkpoint.size,
            digits=checkpoint.root.hex(),
            of=Text("已签署的检查点", "the checkpoint that was signed"),
        )
    for one in held:
        yield _Head(
            size=one.size, digits=one.digits, of=Text("所持日志头", "the head that is held")
        )


def _last_statement(desk: Desk, size: int) -> Iterator[LogFault]:
    """The last statement of heads names the last entry of each chain, as the log holds them."""
    found = desk.statement_before(size)
    if found is None:
        return
    number, _, content = found
    try:
        said: Any = read_canonical(content)["inputs"]
        agrees = desk.heads_at(said["log_size"], said["hash"]).statement() == said
    except (DataError, KeyError, TypeError):
        agrees = False
    if not agrees:
        yield LogFault(
            "system",
            number,
            Text("各卷末条的记载与日志不符", "its statement of heads is not what the log holds"),
        )


def _stamps(desk: Desk) -> Iterator[LogFault]:
    """Each time stamp that is kept is over its checkpoint, and is the one that its entry names; none has gone."""
    named = {
        str(entry.inputs["nonce"]): (entry.seq, entry.inputs["reply"])
        for entry in desk.house_entries()
        if entry.act == STAMPED
    }
    for one in stamps(desk):
        seq, digest = named.pop(f"{one.nonce:x}", (None, ""))
        if one.reply is None:
            if seq is not None:
                yield LogFault("system", seq, _STAMP)
        elif hashlib.sha256(one.reply).hexdigest() != digest or not is_over(
            one.reply, one.checkpoint.note
        ):
            yield LogFault("system", seq, _STAMP)
    for seq, _ in named.values():
        yield LogFault("system", seq, _STAMP)


_STAMP = Text(
    "时间戳与记录或者检查点不符", "a time stamp is not that of its entry and its checkpoint"
)
_NODE = Text("日志的中间层与叶不符", "a kept level of the log is not what its leaves give")
_HEAD = Text(
    "日志与{of}({size}条)不符;相符至{agreed}条,此条起不能自证",
    "the log is not that of {of} ({size} leaves); it agrees up to leaf {agreed}, from this entry on nothing is proved",
)
_EDGE = Text("日志有{found}条,状态称{said}条", "the log has {found} leaves, its state says {said}")
_SHORTER = Text(
    "{of}有{size}条,日志只有{here}条:数据库曾被退回,或者末尾被截去",
    "{of} has {size} leaves, the log {here}: the database was put back, or its end was cut off",
)

__all__ = ["LogFault", "check_log"]
