"""The names of the specs that stand for no element: where an activity and its boundary events begin and end together, and
where a scope ends. The gate keeps elements from being called so."""

from __future__ import annotations

from typing import Final

SPLIT: Final = ".BoundaryEventSplit"
JOIN: Final = ".BoundaryEventJoin"
END: Final = ".EndJoin"


def split_of(host: str) -> str:
    """Where the activity *host* and its boundary events begin together."""
    return host + SPLIT


def join_of(host: str) -> str:
    """Where the activity *host* and its boundary events end together."""
    return host + JOIN


def end_of(scope: str) -> str:
    """Where *scope* waits for everything that still moves in it."""
    return scope + END


def parted(spec: str) -> tuple[str, str]:
    """The element or scope that *spec* belongs to, and which of the three it is (nothing: the element itself)."""
    for part in (SPLIT, JOIN, END):
        if spec.endswith(part):
            return spec.removesuffix(part), part
    return spec, ""
