"""The sequencer: makes leaves of entries, states the heads of all chains once a day, and signs checkpoints.

Business never waits for it: entries become pending in their own transaction, and nothing asks whether they are leaves
yet. Any number of sequencers may run; whoever holds the row of the log works, the others come again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from engine.clock import legal_date
from engine.errors import DataError, RecordBroken
from engine.petition.parties import SYSTEM
from engine.record.checkpoint import Checkpoint, Signer, read_checkpoint
from engine.record.heads import ACT
from engine.record.tree import HASHES, root, tree_hash
from engine.record.witness import Memory, Witness
from engine.store.household import Deed
from engine.store.logbook import LogReading, LogState
from engine.store.store import Paper, Store
from engine.text import Text

log = logging.getLogger(__name__)

BATCH: Final = 500
SIGN_AFTER: Final = timedelta(minutes=1)
SIGN_AFTER_LEAVES: Final = 1000
GAP: Final = "log_gap"


class NotToBeSigned(RecordBroken):
    """The log is not known to go on from what was signed before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What one turn of the sequencer did. ``unsigned`` says why no checkpoint was to be signed."""

    leaves: int = 0
    checkpoint: Checkpoint | None = None
    unsigned: Text | None = None


class Sequencer:
    """Writes the log of one store on."""

    def __init__(self, store: Store, *, signer: Signer, witness: Witness) -> None:
        self._store = store
        self.signer = signer
        self.witness = witness
        self._told = False

    def turn(self, now: datetime) -> Logged:
        """Log what waits; on a new legal day state all heads; sign when it is time. Never raises for want of a witness."""
        with self._store.reading() as desk:
            waiting, state, last = (desk.log_waiting(), desk.log_state(), desk.last_checkpoint())
            first = desk.first_unsealed_look()
        if first is not None and not timedelta() <= now - first < SIGN_AFTER:
            waiting = self.seal_looks(now) > 0 or waiting
        leaves = self.catch_up() if waiting else 0
        if state.heads_on is None or state.heads_on < legal_date(now):
            leaves += self.state_heads(now)
        size = state.size + leaves
        if not size or not _due(last, size, now, self.origin(state)):
            return Logged(leaves=leaves)
        try:
            return Logged(leaves=leaves, checkpoint=self.sign(now))
        except NotToBeSigned as reason:
            if not self._told:
                log.error("no checkpoint is signed: %s", reason.text.en)
            self._told = True
            return Logged(leaves=leaves, unsigned=reason.text)

    def catch_up(self) -> int:
        """Make leaves of everything that waits, a batch to a transaction. Returns how many."""
        before = total = 0
        while True:
            with self._store.transaction() as paper:
                state = paper.take_log()
                if state is None:
                    return total
                before = state.size
                done = paper.log_entries(state, BATCH).size - before
            total += done
            if done < BATCH:
                return total

    def seal_looks(self, now: datetime) -> int:
        """Commit to the looks at files that nothing commits to yet. Returns how many there were."""
        with self._store.transaction() as paper:
            state = paper.take_log(wait=True)
            assert state is not None  # noqa: S101 - it was waited for
            return paper.seal_looks(tree_hash(state.hash), now)

    def state_heads(self, now: datetime) -> int:
        """Commit to the heads of all chains, and log that. Returns the number of leaves made."""
        with self._store.transaction() as paper:
            state = paper.take_log(wait=True)
            assert state is not None  # noqa: S101 - it was waited for
            before = state.size
            paper.seal_looks(tree_hash(state.hash), now)
            state = _all_logged(paper, state)
            heads = paper.heads_at(state.size, state.hash)
            paper.record_change(Deed(act=ACT, inputs=heads.statement()), actor=SYSTEM, now=now)
            state = paper.set_heads_on(_all_logged(paper, state), legal_date(now))
            return state.size - before

    def sign(self, now: datetime) -> Checkpoint:
        """Sign the log as it stands. Raises NotToBeSigned unless it goes on from what the witness saw."""
        with self._store.transaction() as paper:
            state = paper.take_log(wait=True)
            assert state is not None  # noqa: S101 - it was waited for
            last = paper.last_checkpoint()
            self._require_witnessed(paper, state, last)
            if last is not None and (last.origin, last.size) == (self.origin(state), state.size):
                return last
            bare = Checkpoint(
                origin=self.origin(state),
                size=state.size,
                root=state.frontier().root(),
                hash=state.hash,
                at=now.replace(microsecond=0),
            )
            made = read_checkpoint(self.signer.signed(bare.text))
            # The witness first: a head that got out must be remembered even if this machine stops here.
            self.witness.remember(made.note)
            paper.keep_checkpoint(made, state.epoch)
        self._told = False
        return made

    def origin(self, state: LogState) -> str:
        """Whose log it is."""
        return self.signer.name + (f"/{state.epoch}" if state.epoch > 1 else "")

    def use_hash(self, name: str) -> None:
        """Hash the tree with *name*. Raises DataError for an unknown hash, and once there are leaves."""
        with self._store.transaction() as paper:
            state = paper.take_log(wait=True)
            assert state is not None  # noqa: S101 - it was waited for
            if state.size and name in HASHES:
                raise DataError(
                    Text(
                        "日志已有{size}条,散列算法不能再改", "the log has {size} leaves already: its hash stays"
                    ).filled(size=state.size)
                )  # fmt: skip
            paper.set_log_hash(state, name)

    # ------------------------------------------------------------------------------- the witness

    def resume(self, note: str | None) -> None:
        """Take *note*, the last checkpoint that somebody outside holds, for what the witness saw.

        None: nobody holds a later one than the store does. Raises RecordBroken where it is not one of ours.
        """
        with self._store.reading() as desk:
            last = desk.last_checkpoint()
        if note is None and last is None:
            self.witness.path.unlink(missing_ok=True)
            return
        found = note if note is not None else last.note if last is not None else ""
        self.signer.public.checkpoint(found)
        self.witness.remember(found)

    def accept_loss(self, now: datetime) -> Checkpoint:
        """Go on after leaves were lost for good: an entry names what was signed, and another epoch begins."""
        lost = self.witness.last(self.signer.public)
        with self._store.transaction() as paper:
            state = paper.take_log(wait=True)
            assert state is not None  # noqa: S101 - it was waited for
            deed = Deed(
                act=GAP,
                inputs={"origin": lost.origin, "size": lost.size, "root": lost.root.hex(), "left": state.size},
            )  # fmt: skip
            paper.record_change(deed, actor=SYSTEM, now=now)
            state = paper.next_epoch(_all_logged(paper, state))
            self.witness.path.rename(self.witness.path.with_suffix(f".lost-{lost.size}"))
        self.state_heads(now)
        return self.sign(now)

    def _require_witnessed(
        self, reading: LogReading, state: LogState, last: Checkpoint | None
    ) -> None:
        memory = self.witness.memory()
        origin = self.origin(state)
        if memory is Memory.NOTHING and (last is None or last.origin != origin):
            return
        if memory is not Memory.KNOWN:
            raise NotToBeSigned(_WITNESS_UNKNOWN)
        try:
            seen = self.witness.last(self.signer.public)
        except RecordBroken as fault:
            raise NotToBeSigned(fault.text) from fault
        if seen.origin != origin:
            raise NotToBeSigned(_OTHER_ORIGIN.filled(seen=seen.origin, here=origin))
        if seen.size > state.size:
            raise NotToBeSigned(_LOST.filled(seen=seen.size, here=state.size))
        if root(tree_hash(state.hash), reading.log_tree(), seen.size) != seen.root:
            raise NotToBeSigned(_ANOTHER_TREE.filled(seen=seen.size))


def _all_logged(paper: Paper, state: LogState) -> LogState:
    while True:
        moved = paper.log_entries(state, BATCH)
        if moved.size == state.size:
            return moved
        state = moved


def _due(last: Checkpoint | None, size: int, now: datetime, origin: str) -> bool:
    if last is None or last.origin != origin:
        return True
    grown = size - last.size
    return grown > 0 and (
        grown >= SIGN_AFTER_LEAVES or not timedelta() <= now - last.at < SIGN_AFTER
    )


_WITNESS_UNKNOWN = Text(
    "不知道此前最后签署的检查点:请运行 petition log resume",
    "the last checkpoint that was signed is not known: run petition log resume",
)
_OTHER_ORIGIN = Text(
    "见证文件属于另一日志:{seen},本日志为{here}", "the witness saw another log: {seen}, this one is {here}"
)  # fmt: skip
_LOST = Text(
    "见证文件已见{seen}条,数据库只有{here}条:请恢复更晚的备份;确已丢失的,运行 petition log resume --lost",
    "the witness saw {seen} leaves, the database has {here}: restore a later backup; if they are lost for good, "
    "run petition log resume --lost",
)
_ANOTHER_TREE = Text(
    "日志前{seen}条与已签署的检查点不符:记录已被改动,或者恢复后另行增长",
    "the first {seen} leaves are not those that were signed: the record was altered, or has grown anew after a restore",
)

__all__ = ["GAP", "Logged", "NotToBeSigned", "Sequencer"]
