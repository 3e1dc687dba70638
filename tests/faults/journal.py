"""What a client knows: which commands it sent and which were acknowledged. Written so that it outlives a kill."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SENT, DONE, REFUSED = "sent", "done", "refused"


class Journal:
    """A file to which one process appends; each line is with the system before the next command is sent."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, what: str, key: str, **more: Any) -> None:
        os.write(self._file, json.dumps({"what": what, "key": key, **more}).encode() + b"\n")


@dataclass(slots=True)
class Told:
    """All that the journals of a directory say. ``done`` leads from keys to receipts; pages name no entry in theirs."""

    sent: set[str]
    done: dict[str, dict[str, Any]]
    refused: dict[str, str]


def told(directory: Path) -> Told:
    """What was sent, acknowledged and refused, by key."""
    return _read(*sorted(directory.glob("*.jsonl")))


def told_by_each(directory: Path) -> list[Told]:
    """The same, of each process by itself."""
    return [_read(path) for path in sorted(directory.glob("*.jsonl"))]


def _read(*journals: Path) -> Told:
    found = Told(sent=set(), done={}, refused={})
    for line in _lines(*journals):
        key = line["key"]
        match line["what"]:
            case "sent":
                found.sent.add(key)
            case "done":
                found.done[key] = line
            case "refused":
                found.refused[key] = line["why"]
    return found


def _lines(*journals: Path) -> Iterator[dict[str, Any]]:
    for path in journals:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)
