"""How much work the counted tests do: enough for every change, or all of it with `./dev test --long`."""

from __future__ import annotations

import os

LONG = bool(os.environ.get("PETITION_LONG"))


def effort(short: int, *, long: int) -> int:
    """The number of seeds, rounds or examples that this run shall try."""
    return long if LONG else short
