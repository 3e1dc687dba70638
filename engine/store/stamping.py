"""Asking an authority for time stamps over the log's heads, and taking its replies; files out, files in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import insert

from engine.errors import BadInput, RecordBroken
from engine.petition.parties import SYSTEM
from engine.record.checkpoint import Checkpoint
from engine.record.stamps import (
    Authorities,
    Stamp,
    is_over,
    new_request,
    read_stamp,
    verified_stamp,
)
from engine.store.household import Deed
from engine.store.queries.stamped import StampRow, stamps
from engine.store.sequencer import Sequencer
from engine.store.store import Store
from engine.store.tables import stamp, stamp_request
from engine.text import Text

ASKED: Final = "ask_stamp"
STAMPED: Final = "stamp_log"


class Stamping:
    """The time stamps of one log. Every request and every reply that was taken is an entry of the chain ``system``."""

    def __init__(self, store: Store, log: Sequencer) -> None:
        self._store = store
        self._log = log

    def ask(self, now: datetime) -> tuple[Checkpoint, bytes]:
        """Sign the log as it stands, and give its head with a request for a time stamp over it (``.tsq``)."""
        self._log.turn(now)
        head = self._log.sign(now)
        request = new_request(head.note)
        with self._store.transaction() as paper:
            epoch = paper.log_state().epoch
            paper.connection.execute(
                insert(stamp_request),
                {
                    "nonce": f"{request.nonce:x}",
                    "epoch": epoch,
                    "size": head.size,
                    "asked_at": now,
                },
            )
            said = {"size": head.size, "root": head.root.hex(), "nonce": f"{request.nonce:x}"}
            paper.record_change(Deed(act=ASKED, inputs=said), actor=SYSTEM, now=now)
        return head, request.content

    def take(
        self, reply: bytes, authorities: Authorities, now: datetime
    ) -> tuple[Checkpoint, Stamp]:
        """Keep the authority's *reply* (``.tsr``), checked against its certificates.

        Raises DataError where it is no reply, RecordBroken where it does not answer one of our requests or does not hold,
        BadInput where it was taken already.
        """
        nonce = read_stamp(reply).nonce
        with self._store.transaction() as paper:
            asked = _asked(stamps(paper), reply, nonce)
            note = asked.checkpoint.note
            made = verified_stamp(reply, note, authorities, nonce=asked.nonce)
            if asked.reply is not None:
                raise BadInput({"": _TAKEN})
            said = {
                "size": asked.checkpoint.size,
                "root": asked.checkpoint.root.hex(),
                "nonce": f"{asked.nonce:x}",
                "at": made.at,
                "authority": made.authority,
                "reply": hashlib.sha256(reply).hexdigest(),
            }
            entry = paper.record_change(Deed(act=STAMPED, inputs=said), actor=SYSTEM, now=now)
            paper.connection.execute(
                insert(stamp),
                {
                    "nonce": f"{asked.nonce:x}",
                    "reply": reply,
                    "stamped_at": made.at,
                    "authority": made.authority,
                    "entry": entry.seq,
                },
            )
        return asked.checkpoint, made


def _asked(requests: Sequence[StampRow], reply: bytes, nonce: int | None) -> StampRow:
    """The request that *reply* answers. Raises RecordBroken where it is over no head of ours, or answers another request."""
    over = [one for one in requests if is_over(reply, one.checkpoint.note)]
    if not over:
        raise RecordBroken(_NOT_OURS)
    found = next((one for one in over if one.nonce == nonce), None)
    if found is None:
        raise RecordBroken(_NOT_ASKED)
    return found


_NOT_OURS = Text(
    "时间戳不是对本日志请求过的检查点的:散列值不符",
    "the time stamp is over no head for which this log asked: its imprint is another",
)
_NOT_ASKED = Text("回复的随机数与请求不符", "its nonce is not that of the request")
_TAKEN = Text("这一回复已经收下", "this reply was taken already")

__all__ = ["ASKED", "STAMPED", "Stamping"]
