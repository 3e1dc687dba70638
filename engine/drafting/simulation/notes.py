"""What is noted while a simulated office works. Told apart by petition (in order of arrival), so that runs can be compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from engine.petition.deadlines import DeadlineState
from engine.petition.file import File

MET, LATE, OPEN = "met", "late", "open"
BECAME: Final = {
    DeadlineState.MET: MET,
    DeadlineState.MET_LATE: LATE,
    DeadlineState.OVERDUE: LATE,
    DeadlineState.RUNNING: OPEN,
    DeadlineState.SUSPENDED: OPEN,
}
"""What a duty has come to. A void one never was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One petition at one step, from its opening to its being done (``work`` None: it was never done).

    ``wait`` and ``work`` in working minutes, ``outside`` and ``stay`` in days.
    """

    root: int
    wait: float
    work: float | None
    outside: float
    stay: float


@dataclass(slots=True)
class Notes:
    """The notes of one run about the petitions that count."""

    visits: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    passed: Counter[str] = field(default_factory=Counter)
    """How often each element was come through."""
    fired: Counter[str] = field(default_factory=Counter)
    """How often each internal limit of the drawing was up."""
    duties: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    """By limit: the petition and what its duty has come to."""
    lasted: dict[int, float] = field(default_factory=dict)
    """Days from arrival to the end, of each petition that has come to one."""
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By element and sentence: what the office refused."""
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """By team: minutes worked in the period that counts."""
    lengths: dict[str, dict[date, int]] = field(default_factory=dict)
    """By team: how much waited at the end of each working day."""
    petitions: int = 0
    minutes: float = 0.0
    """Working minutes of the period that counts."""
    stuck: int = 0

    def judge(self, file: File, root: int) -> None:
        """Note what the duties of *file* have come to; powers of the petitioner lapse and are nobody's breach."""
        for row in file.ledger:
            became = BECAME.get(row.state)
            if became is not None and not row.power:
                self.duties[row.limit].append((root, became))
