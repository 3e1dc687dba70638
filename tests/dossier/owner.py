"""What somebody can do who owns the database: the guards are gone, and the log's key may be stolen."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.record.canonical import canonical_bytes
from engine.record.checkpoint import Checkpoint, Signer, read_checkpoint
from engine.record.tree import Frontier, tree_hash


@dataclass(frozen=True, slots=True)
class Deed:
    """An alteration of the tables. ``petition`` and ``seq`` are the first entry at fault, where one is.

    ``exported``: whether a dossier of the file ``petition`` shows it, too.
    """

    name: str
    do: Callable[[Owner], None]
    petition: str | None = None
    seq: int | None = None
    exported: bool = False


class Owner:
    """An open SQLite database without any of its guards."""

    def __init__(self, path: Path, signer: Signer) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self.signer = signer
        for (name,) in self.rows("select name from sqlite_master where type = 'trigger'"):
            self.run(f"drop trigger {name}")

    def run(self, statement: str, *values: Any) -> None:
        """Carry out *statement*, which must touch something."""
        done = self._connection.execute(statement, values)
        assert done.rowcount != 0, statement

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()

    def entry(self, petition: str, seq: int) -> dict[str, Any]:
        (content,) = self.rows(
            "select content from entry where petition = ? and seq = ?", petition, seq
        )[0]
        found: dict[str, Any] = json.loads(content)
        return found

    def write(self, petition: str, seq: int, entry: dict[str, Any]) -> None:
        """Put *entry* in its place, with its digest."""
        content = canonical_bytes(entry)
        self.run(
            "update entry set content = ?, digest = ? where petition = ? and seq = ?",
            content, hashlib.sha256(content).hexdigest(), petition, seq,
        )  # fmt: skip

    def chain_anew(self, petition: str) -> None:
        """Number and link the whole chain anew, and make the file's row agree."""
        previous = ""
        found = self.rows("select seq from entry where petition = ? order by seq", petition)
        for number, (seq,) in enumerate(found, start=1):
            entry = {**self.entry(petition, seq), "seq": number, "previous": previous}
            self.write(petition, seq, entry)
            self.run(
                "update entry set seq = ? where petition = ? and seq = ?", number, petition, seq
            )
            previous = hashlib.sha256(canonical_bytes(entry)).hexdigest()
        if petition == "reads":
            return  # Nothing but the log keeps its head.
        table, key = ("house", "1") if petition == "system" else ("petition", petition)
        self.run(f"update {table} set head = ?, seq = ? where id = ?", previous, len(found), key)

    def log_anew(self) -> None:
        """Make every leaf anew from what the entries now say, and sign every checkpoint anew."""
        frontier, roots = Frontier(tree_hash("sha256")), {}
        entries = {
            (row[0], row[1]): row[2]
            for row in self.rows("select petition, seq, content from entry")
        }
        leaves = self.rows("select petition, seq from log_leaf order by place")
        self._connection.execute("delete from log_leaf")
        for petition, seq in leaves:
            content = entries.pop((petition, seq), None)
            if content is None:
                continue
            leaf = frontier.hashing.leaf(bytes(content))
            self.run("insert into log_leaf values (?, ?, ?, ?)", frontier.size, petition, seq, leaf)
            frontier.append(leaf)
            roots[frontier.size] = frontier.root()
        self.run("update log_state set size = ?, edge = ?", frontier.size, frontier.edge())
        for epoch, size, note in self.rows("select epoch, size, note from log_checkpoint"):
            old = read_checkpoint(note)
            if size not in roots:
                self.run("delete from log_checkpoint where size = ?", size)
                continue
            made = Checkpoint(
                origin=old.origin, size=size, root=roots[size], hash=old.hash, at=old.at
            )
            self.run(
                "update log_checkpoint set note = ? where epoch = ? and size = ?",
                self.signer.signed(made.text), epoch, size,
            )  # fmt: skip

    def close(self) -> None:
        self._connection.close()


def deeds(file: str, other: str, entries: dict[str, int]) -> Iterator[Deed]:
    """Every alteration, for the chains in *entries* (petition: number of entries) and what lies beside them."""
    for petition, count in entries.items():
        shown = petition == file
        for seq in range(1, count + 1):
            yield from _of_entry(petition, seq, count, shown)
    yield from _of_papers(file)
    yield from _of_log(file, other)


def _of_entry(petition: str, seq: int, count: int, shown: bool) -> Iterator[Deed]:
    def altered(field: str, value: object, *, chained: bool) -> Callable[[Owner], None]:
        def do(owner: Owner) -> None:
            owner.write(petition, seq, {**owner.entry(petition, seq), field: value})
            if chained:
                owner.chain_anew(petition)

        return do

    where = f"petition = '{petition}' and seq"

    def deed(
        name: str, do: Callable[[Owner], None], at: int = seq, *, exported: bool = shown
    ) -> Deed:
        return Deed(f"{petition[:6]} {seq}: {name}", do, petition, at, exported)

    for field, value in (
        ("person", "somebody"),
        ("inputs", {"x": 1}),
        ("effective_at", "2020-01-01T00:00:00.000000+00:00"),
        ("recorded_at", "2020-01-01T00:00:00.000000+00:00"),
    ):
        for chained in (False, True):
            said = f"{field}{', chained' if chained else ''}"
            yield deed(said, altered(field, value, chained=chained))
    bent = "cast(replace(cast(content as text), '\"state\"', '\"statf\"') as blob)"
    yield deed("bytes", lambda o: o.run(f"update entry set content = {bent} where {where} = {seq}"))
    yield deed("lost", lambda o: o.run(f"delete from entry where {where} = {seq}"))
    yield deed("lost, chained", lambda o: _lost(o, petition, seq))
    yield deed("cut off", lambda o: _cut(o, petition, seq))
    yield deed(
        "column",
        lambda o: o.run(f"update entry set person = 'other' where {where} = {seq}"),
        exported=False,
    )
    yield deed(
        "digest",
        lambda o: o.run(f"update entry set digest = 'x' where {where} = {seq}"),
        exported=False,
    )
    if seq < count:
        yield deed("swapped", lambda o: _swap(o, petition, seq))
    yield deed("slipped in", lambda o: _slip_in(o, petition, seq))


def _lost(owner: Owner, petition: str, seq: int) -> None:
    owner.run("delete from entry where petition = ? and seq = ?", petition, seq)
    owner.chain_anew(petition)


def _cut(owner: Owner, petition: str, seq: int) -> None:
    owner.run("delete from entry where petition = ? and seq >= ?", petition, seq)
    owner.chain_anew(petition)


def _swap(owner: Owner, petition: str, seq: int) -> None:
    for before, after in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        owner._connection.execute("pragma ignore_check_constraints = on")
        owner.run(
            "update entry set seq = ? where petition = ? and seq = ?", after, petition, before
        )
    owner.chain_anew(petition)


def _slip_in(owner: Owner, petition: str, seq: int) -> None:
    """A forged entry before *seq*; all that follow move up by one."""
    last = owner.rows("select max(seq) from entry where petition = ?", petition)[0][0]
    for moved in range(last, seq - 1, -1):
        owner.run(
            "update entry set seq = ? where petition = ? and seq = ?", moved + 1, petition, moved
        )
    owner.run(
        "insert into entry select petition, ?, kind, act, person, organ, effective_at, recorded_at, version, null, "
        "content, digest from entry where petition = ? and seq = ?", seq, petition, seq + 1,
    )  # fmt: skip
    owner.write(petition, seq, {**owner.entry(petition, seq), "act": "decline", "key": None})
    owner.chain_anew(petition)


def _of_papers(file: str) -> Iterator[Deed]:
    mine = f"where petition = '{file}'"
    for name, statement, exported in (
        ("document's digest", f"update document set digest = 'x' {mine}", False),
        ("document's number", f"update document set number = '假〔2026〕1号' {mine}", False),
        ("document lost", f"delete from document {mine}", False),
        ("document's entry", f"update document set entry = 1 {mine}", False),
        (
            "value lost",
            f"delete from sealed_value {mine} and entry = 1 and name = 'content'",
            False,
        ),
        (
            "value bent",
            f"update sealed_value set content = zeroblob(80) {mine} and name = 'content'",
            False,
        ),
        ("attachment lost", f"delete from attachment {mine}", False),
        ("attachment's digest", f"update attachment set digest = 'x' {mine}", False),
        ("attachment's size", f"update attachment set size = 1 {mine}", False),
        ("blob lost", f"delete from blob {mine}", False),
        ("blob bent", f"update blob set content = zeroblob(80) {mine}", False),
        ("deadline's day", f"update deadline set legal_due = '2030-01-01' {mine}", False),
        ("deadline's state", f"update deadline set state = 'void' {mine}", False),
        ("deadline lost", f"delete from deadline {mine}", False),
        ("facts", f"update petition set facts = cast('{{}}' as blob) where id = '{file}'", False),
        ("head", f"update petition set head = 'x' where id = '{file}'", False),
        ("seq", f"update petition set seq = seq + 1 where id = '{file}'", False),
    ):
        yield Deed(name, lambda o, s=statement: o.run(s), file, None, exported)
    yield Deed(
        "drawing",
        lambda o: o.run(
            "update procedure_file set content = cast(' ' as blob) where path like '%.bpmn'"
        ),
    )
    yield Deed(
        "drawing lost", lambda o: o.run("delete from procedure_file where path like 'documents/%'")
    )
    yield Deed("house's head", lambda o: o.run("update house set head = 'x'"), "system")


def _of_log(file: str, other: str) -> Iterator[Deed]:
    first = f"where petition = '{file}' and seq = 1"
    yield Deed(
        "leaf bent",
        lambda o: o.run(f"update log_leaf set hash = zeroblob(32) {first}"),
        file,
        1,
        True,
    )
    yield Deed("leaf lost", lambda o: o.run(f"delete from log_leaf {first}"))
    yield Deed(
        "leaf of another", lambda o: o.run(f"update log_leaf set petition = 'x' {first}"), "x", 1
    )
    yield Deed("log cut off", lambda o: o.run("delete from log_leaf where place > 3"))
    yield Deed("state's size", lambda o: o.run("update log_state set size = size - 1"))
    yield Deed(
        "state's edge", lambda o: o.run("update log_state set edge = zeroblob(length(edge))")
    )
    yield Deed(
        "checkpoint bent",
        lambda o: o.run("update log_checkpoint set note = replace(note, 'sha256', 'sha255')"),
    )
    for seq in (1, 2):

        def rebuilt(owner: Owner, at: int = seq) -> None:
            owner.write(file, at, {**owner.entry(file, at), "person": "somebody"})
            owner.chain_anew(file)
            owner.log_anew()

        yield Deed(f"all built anew from {seq} with the log's key", rebuilt, None, None, True)

    def vanished(owner: Owner) -> None:
        owner.run("delete from entry where petition = ?", other)
        owner.run("delete from petition where id = ?", other)
        owner.log_anew()

    yield Deed("another petition never was", vanished)
    yield from _of_looks()


def _of_looks() -> Iterator[Deed]:
    first = "where id = (select min(id) from viewing where entry = 1)"
    for name, statement in (
        ("look's reason", f"update viewing set reason = 'x' {first}"),
        ("look's person", f"update viewing set person = 'other' {first}"),
        ("look's time", f"update viewing set seen_at = '2020-01-01 00:00:00' {first}"),
        ("look moved", f"update viewing set entry = 9 {first}"),
        ("look lost", f"delete from viewing {first}"),
        (
            "look slipped in",
            "insert into viewing select 'ffff', petition, person, organ, what, reason, seen_at, entry, sealed "
            f"from viewing {first}",
        ),
    ):
        yield Deed(name, lambda o, s=statement: o.run(s), "reads", 1)
