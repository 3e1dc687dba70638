"""What stands beside every figure: the floor of a bare transaction, and stock SpiffWorkflow on the same drawing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Final

from engine.bench.series import Operation
from engine.bench.workplace import DRAWINGS
from engine.procedure.baseline import PlainSpiff
from engine.store.floor import Floor

ANSWERS: Final = {"visit_again": "yes", "notes": "现场走访,已听取双方陈述。" * 6}
_STATE_BYTES = 1_200
_NOTE_BYTES = 1_600
"""About what a state document and an entry of the office take."""


def plain_spiff() -> PlainSpiff:
    """Stock SpiffWorkflow on the measured drawing."""
    return PlainSpiff((DRAWINGS / "petition.bpmn").read_bytes(), "petition")


def bare_transaction(floor: Floor) -> Operation:
    """The floor: one locked select, one update, one insert, one commit, on documents as long as the office's."""
    state, note = secrets.token_bytes(_STATE_BYTES), secrets.token_bytes(_NOTE_BYTES)
    floor.lay([("floor", state)])
    return lambda place: floor.transact("floor", lambda document: state, note)


def changing(
    floor: Floor, name: str, documents: Sequence[bytes], change: Callable[[bytes], bytes]
) -> Operation:
    """Stock SpiffWorkflow in the floor's transaction: load, *change*, save, note, commit, a fresh document each time."""
    note = secrets.token_bytes(_NOTE_BYTES)
    floor.lay([(f"{name}#{place}", document) for place, document in enumerate(documents)])
    return lambda place: floor.transact(f"{name}#{place}", change, note)
