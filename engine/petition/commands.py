"""What somebody asks of the office: one command changes one petition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.petition.parties import Actor

FREE_STEP_ACT = "fill"
"""What a command says where it completes a free step of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file handed in with a command."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Who, as which organ, asks what of which petition.

    ``act`` names an act of the statute, or is :data:`FREE_STEP_ACT` for a free step of the drawing. ``step`` is the open step
    that a step act completes. ``answers`` are the form's raw answers. ``key`` makes a repetition harmless: the same
    key is carried out once. ``expected_version``, where given, refuses the command if the petition has moved on.
    ``petition`` is None for the acts that start a file.
    """

    act: str
    actor: Actor
    key: str
    petition: str | None = None
    step: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    uploads: tuple[Upload, ...] = ()
    expected_version: int | None = None


def supervision_key(petition: str, deadline: str, entry: int) -> str:
    """The key of the command with which the clock opens the supervision of a breach: one per passing of a deadline.

    *entry* is the number of the entry that records the passing: a corrected deadline may pass again.
    """
    return f"supervise:{petition}:{deadline}:{entry}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The office's answer to a command. ``repeated`` says that it had been carried out before."""

    petition: str
    number: str
    code: str
    version: int
    entry: int
    act: str
    documents: tuple[str, ...] = ()
    repeated: bool = False
