"""The states of a token, as SpiffWorkflow numbers them, and the groups that matter here."""

from __future__ import annotations

from typing import Final

from SpiffWorkflow.util.task import TaskState

FUTURE: Final[int] = TaskState.FUTURE
WAITING: Final[int] = TaskState.WAITING
READY: Final[int] = TaskState.READY
STARTED: Final[int] = TaskState.STARTED
COMPLETED: Final[int] = TaskState.COMPLETED
CANCELLED: Final[int] = TaskState.CANCELLED

LIVE: Final = WAITING | READY | STARTED
"""The token is at its element."""

MOVING: Final = FUTURE | LIVE
"""The token is at its element or just on its way: there are no merely predicted tasks here."""

OVER: Final[int] = TaskState.FINISHED_MASK
EVERY: Final[int] = TaskState.ANY_MASK
