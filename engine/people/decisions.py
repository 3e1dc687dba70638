"""A yes or no with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import NotPermitted
from engine.petition.parties import Role
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether something is allowed, and why (not). True in a condition when it is."""

    allowed: bool
    reason: Text
    article: str | None = None

    def __bool__(self) -> bool:
        return self.allowed

    def demand(self) -> None:
        """Raise NotPermitted with the reason unless it is allowed."""
        if not self.allowed:
            raise NotPermitted(self.reason, article=self.article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission(Decision):
    """Whether an act is somebody's to do; ``role`` is the one used, ``stands_in_for`` the colleague it is lent by."""

    role: Role | None = None
    stands_in_for: str | None = None
