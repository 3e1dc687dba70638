"""Tracing a drawing at work: which of its sequence flows are taken, and how often. Nothing is changed on the way."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from engine.office.ports import LedgerPort
from engine.petition.facts import Facts
from engine.procedure import Procedure


class Traced:
    """A procedure that notes in *flows* what its petitions take."""

    def __init__(self, procedure: Procedure, flows: Counter[str]) -> None:
        self._procedure = procedure
        self._flows = flows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._procedure, name)

    def start(self, process_id: str, *, facts: Facts, ledger: LedgerPort, now: datetime) -> Any:
        """The procedure's own start."""
        progress = self._procedure.start(process_id, facts=facts, ledger=ledger, now=now)
        return TracedProgress(progress, self._flows)

    def resume(self, document: bytes, *, facts: Facts, ledger: LedgerPort, now: datetime) -> Any:
        """The procedure's own resumption."""
        progress = self._procedure.resume(document, facts=facts, ledger=ledger, now=now)
        return TracedProgress(progress, self._flows)


class TracedProgress:
    """One running drawing, asked for its flows before it is put away."""

    def __init__(self, progress: Any, flows: Counter[str]) -> None:
        self._progress = progress
        self._flows = flows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._progress, name)

    def dump(self) -> bytes:
        """The drawing's own state."""
        self._flows.update(self._progress.flows_taken())
        content: bytes = self._progress.dump()
        return content
