"""What the duplicate hint compares: blind, and never a name alone."""

from __future__ import annotations

from collections.abc import Mapping

from engine.record.keys import KeyRing

NAME = "petitioner_name"


def traces(ring: KeyRing, values: Mapping[str, str], title: str) -> dict[str, str]:
    """The blind index of *values* by field. A name counts only together with the subject *title*."""
    found = {
        name: ring.blind_index(name, value)
        for name, value in values.items()
        if name != NAME and value
    }
    if values.get(NAME) and title:
        found[NAME] = ring.blind_index(NAME, f"{values[NAME]}{title}")
    return found
